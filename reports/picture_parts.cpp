#include "reports/picture_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/printable.hpp"

namespace commitlab::picture {

// Of Helvetica, in thousandths of its size, from the blank to the tilde. Arial and Liberation Sans are as wide.
static constexpr std::array<short, 95> kWidths = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
static constexpr double kSpare = 1.08;  // other fonts are a little wider
static constexpr double kBold = 1.08;

static bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80; }

// Of one character in UTF-8, in thousandths; those of scripts beyond the Latin ones may be as wide as they are high.
static double width_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte < 0x7f) return kWidths[byte - 0x20];
  return byte >= 0xe1 ? 1000 : 750;
}

Box around(Place center, double half_width, double half_height) { return {center.x - half_width, center.y - half_height, center.x + half_width, center.y + half_height}; }

double text_width(std::string_view text, double size, bool bold) {
  double thousandths = 0;
  for (const char c : printable(text))
    if (begins_character(c)) thousandths += width_of(c);
  return thousandths / 1000 * size * kSpare * (bold ? kBold : 1);
}

std::string shortened(std::string_view text, double width, double size, bool bold) {
  if (text_width(text, size, bold) <= width) return std::string(text);
  static constexpr std::string_view kEllipsis = "\u2026";
  std::string shown = printable(text);
  while (!shown.empty() && text_width(shown + std::string(kEllipsis), size, bold) > width) {
    while (!begins_character(shown.back())) shown.pop_back();
    shown.pop_back();
  }
  return shown + std::string(kEllipsis);
}

std::vector<std::string> broken(std::string_view text, double width, double size, bool bold) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string word = shortened(text.substr(0, end), width, size, bold);
    if (!lines.empty() && text_width(lines.back() + " " + word, size, bold) <= width) lines.back() += " " + word;
    else lines.push_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Label label_at(Place place, Label::Anchor anchor, std::string text, double size, bool bold) {
  const double width = text_width(text, size, bold);
  const double left = anchor == Label::Anchor::start ? place.x : anchor == Label::Anchor::end ? place.x - width : place.x - width / 2;
  return {.text = std::move(text), .box = {left, place.y - size * 0.55, left + width, place.y + size * 0.55}, .anchor = anchor, .size = size, .bold = bold};
}

std::string number(double value) { return fixed(std::abs(value) < 0.05 ? 0.0 : value, 1); }

static std::string attribute(std::string_view name, double value) { return " " + std::string(name) + "=\"" + number(value) + "\""; }

static std::string element(std::string_view name, const std::string& attributes, std::string_view look) {
  return "<" + std::string(name) + attributes + (look.empty() ? "" : " ") + std::string(look) + "/>";
}

std::string rect(const Box& box, std::string_view look) {
  return element("rect", attribute("x", box.left) + attribute("y", box.top) + attribute("width", box.right - box.left) + attribute("height", box.bottom - box.top), look);
}

std::string line(Place from, Place to, std::string_view look) {
  return element("line", attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) + attribute("y2", to.y), look);
}

std::string circle(Place center, double radius, std::string_view look) {
  return element("circle", attribute("cx", center.x) + attribute("cy", center.y) + attribute("r", radius), look);
}

static std::string points(std::initializer_list<Place> corners) {
  std::string list;
  for (const Place& corner : corners) list += (list.empty() ? "" : " ") + number(corner.x) + "," + number(corner.y);
  return " points=\"" + list + "\"";
}

std::string polygon(std::initializer_list<Place> corners, std::string_view look) { return element("polygon", points(corners), look); }

std::string polyline(std::initializer_list<Place> corners, std::string_view look) { return element("polyline", points(corners), look); }

std::string title(std::string_view text) { return "<title>" + html_text(text) + "</title>"; }

std::string text(const Label& label) {
  static constexpr std::array<std::string_view, 3> kAnchors = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
  const auto anchor = static_cast<std::size_t>(label.anchor);
  const double x = anchor == 0 ? label.box.left : anchor == 2 ? label.box.right : (label.box.left + label.box.right) / 2;
  std::string shown;
  if (label.covers) shown += rect({label.box.left - 1, label.box.top, label.box.right + 1, label.box.bottom}, "fill=\"#fff\" fill-opacity=\"0.8\"");
  shown += "<text" + attribute("x", x) + attribute("y", (label.box.top + label.box.bottom) / 2 + label.size * 0.35) + std::string(kAnchors[anchor]);
  shown += attribute("font-size", label.size);
  if (label.bold) shown += " font-weight=\"bold\"";
  if (label.faint) shown += " fill=\"" + std::string(kFaint) + "\"";
  return shown + ">" + html_text(label.text) + "</text>";
}

}  // namespace commitlab::picture
