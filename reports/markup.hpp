// Pieces of HTML, so that nobody who writes a page forgets that what is told is text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commitlab {

/// `<name class="classes">inner</name>`; without classes, no attribute. `inner` is HTML.
std::string element(std::string_view name, std::string_view classes, const std::string& inner);
/// The same around text.
std::string text_element(std::string_view name, std::string_view classes, std::string_view text);

/// Text whose lines may end behind each comma and brace: "up={alice,<wbr>bob}".
std::string breakable(std::string_view text);

/// A link to a place on the same page, around text.
std::string link_to(const std::string& id, std::string_view text);

/// A box that scrolls by itself, and by the keyboard, where the page is narrower than what is in it; `label` says what that is.
std::string scroller(std::string_view classes, std::string_view label, const std::string& inner);

/// A table, in a box that scrolls by itself where the page is narrower.
struct Grid {
  std::vector<std::string> heads{};              // text
  std::vector<std::string> classes{};            // of the columns; missing ones have none
  std::vector<std::vector<std::string>> rows{};  // HTML; a row may be shorter than others
  std::vector<std::string> row_attributes{};     // HTML: ` id="AC1-3"`; missing ones have none

  void add(std::vector<std::string> row, std::string attributes = "");
};
std::string html_of(const Grid& grid);

/// What is so called, and what it is: as a list of definitions. The names are text, the rest is HTML.
using Facts = std::vector<std::pair<std::string, std::string>>;
std::string html_of(const Facts& facts);

/// Fit for the id of an element and for the end of an address: letters, digits and "_"; all else becomes "_".
std::string id_of(std::string_view name);

}  // namespace commitlab
