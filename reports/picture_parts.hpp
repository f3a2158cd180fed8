// What a picture is made of: boxes, text whose width is known, and SVG elements. Units are pixels of the picture; y runs down.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace commitlab::picture {

struct Place {
  double x = 0, y = 0;
};

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool meets(const Box& other) const { return left < other.right && other.left < right && top < other.bottom && other.top < bottom; }
};
Box around(Place center, double half_width, double half_height);

/// Words in a box of their own size.
struct Label {
  enum class Anchor : std::uint8_t { start, middle, end };
  std::string text{};
  Box box{};
  Anchor anchor = Anchor::start;  // which end of the text keeps its place if a reader's font is wider or narrower
  double size = 11;
  bool bold = false, faint = false;
  bool covers = true;  // what lies beneath it
};

/// The width of a text in Helvetica, or in a font made to replace it, and a little more. What cannot be printed counts as "?".
double text_width(std::string_view text, double size, bool bold = false);
/// The text, or its beginning and an ellipsis, no wider than that.
std::string shortened(std::string_view text, double width, double size, bool bold = false);
/// Lines no wider than that, broken at blanks; a word that is wider is shortened.
std::vector<std::string> broken(std::string_view text, double width, double size, bool bold = false);

/// A label of one line whose anchored end is there, in the middle of its height.
Label label_at(Place place, Label::Anchor anchor, std::string text, double size = 11, bool bold = false);

/// With one decimal.
std::string number(double value);

// Elements. `look` are further attributes: `fill="#fff"`.
std::string rect(const Box& box, std::string_view look);
std::string line(Place from, Place to, std::string_view look);
std::string circle(Place center, double radius, std::string_view look);
std::string polygon(std::initializer_list<Place> corners, std::string_view look);
std::string polyline(std::initializer_list<Place> corners, std::string_view look);
std::string title(std::string_view text);
std::string text(const Label& label);

inline constexpr std::string_view kInk = "#1b1f24", kFaint = "#5c6670", kHair = "#d5dae0";

}  // namespace commitlab::picture
