// Columns that line up, within the width of the page: the last one wraps there, others where they must. No word is broken.
#pragma once

#include <string>
#include <vector>

#include "reports/style.hpp"

namespace commitlab {

struct Cell {
  std::string text{};
  Ink ink = Ink::plain;
  bool whole = false;  // is never wrapped, so that it can be copied
};

struct Table {
  enum class Side : std::uint8_t { left, right };

  std::vector<Side> sides{};              // of the columns that are not `left`; missing ones are
  std::vector<std::vector<Cell>> rows{};  // a row may be shorter than others
  std::size_t indent = 2;
  bool keeps_effects = false;  // a last cell is broken behind a ";" if possible

  void add(std::vector<Cell> row) { rows.push_back(std::move(row)); }
};

/// Each row as a line, or several where a cell wraps. A table whose words leave no other way is wider than the page. The texts must be ASCII: a byte is a column.
std::string text_of(const Table& table, const Style& style);

/// Lines of at most `width` columns, broken at blanks; a longer word has a line of its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);
/// A text of several lines with those that are longer than `width` broken at blanks, and indented as they were and by two more.
std::string lines_within(std::string_view text, std::size_t width);
/// As `wrapped`, broken behind a ";" if possible.
std::vector<std::string> wrapped_effects(std::string_view text, std::size_t width);

}  // namespace commitlab
