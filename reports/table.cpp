#include "reports/table.hpp"

#include <algorithm>

#include "reports/printable.hpp"

namespace commitlab {

static constexpr std::size_t kGap = 2;         // blanks between columns
static constexpr std::size_t kNarrowest = 24;  // of a column that wraps, whatever stands before it

static std::vector<std::size_t> widths(const Table& table) {
  std::vector<std::size_t> widths;
  for (const auto& row : table.rows) {
    if (row.size() > widths.size()) widths.resize(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].text.size());
  }
  return widths;
}

static std::vector<std::string> last_cell(const Table& table, const Cell& cell, std::size_t width) {
  if (cell.whole) return {cell.text};
  return table.keeps_effects ? wrapped_effects(cell.text, width) : wrapped(cell.text, width);
}

static void add_row(std::string& text, const Table& table, const std::vector<Cell>& row, const std::vector<std::size_t>& widths,
                    const Style& style) {
  std::size_t column = table.indent;
  std::string line(table.indent, ' ');
  for (std::size_t i = 0; i + 1 < widths.size() && i < row.size(); ++i) {
    const std::string padding(widths[i] - row[i].text.size(), ' ');
    const bool right = i < table.sides.size() && table.sides[i] == Table::Side::right;
    line += (right ? padding : "") + painted(row[i].text, row[i].ink, style) + (right ? "" : padding) + std::string(kGap, ' ');
    column += widths[i] + kGap;
  }
  if (row.size() == widths.size()) {
    const std::size_t left = style.width > column + kNarrowest ? style.width - column : kNarrowest;
    const bool right = table.sides.size() == widths.size() && table.sides.back() == Table::Side::right;
    if (right) line += std::string(widths.back() - row.back().text.size(), ' ');
    bool first = true;
    for (const std::string& piece : last_cell(table, row.back(), left)) {
      if (!first) line += "\n" + std::string(column, ' ');
      line += painted(piece, row.back().ink, style);
      first = false;
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  text += line + "\n";
}

std::string text_of(const Table& as_given, const Style& style) {
  // Whatever the cells hold, a name of a file or a reason from elsewhere: nothing in them commands a terminal.
  Table table = as_given;
  for (auto& row : table.rows)
    for (Cell& cell : row) cell.text = printable(cell.text);
  const auto all_widths = widths(table);
  std::string text;
  for (const auto& row : table.rows) add_row(text, table, row, all_widths, style);
  return text;
}

static std::vector<std::string> pieces(std::string_view text, char behind) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = text.find(behind);
    pieces.emplace_back(text.substr(0, end == text.npos ? end : end + 1));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  return pieces;
}

static void add_piece(std::vector<std::string>& lines, std::string piece, std::size_t width) {
  while (piece.ends_with(' ')) piece.pop_back();
  if (lines.empty() || lines.back().size() + 1 + piece.size() > width) lines.push_back(std::move(piece));
  else lines.back() += " " + piece;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (auto& word : pieces(text, ' ')) add_piece(lines, std::move(word), width);
  return lines;
}

std::vector<std::string> wrapped_effects(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (auto& part : pieces(text, ';')) {
    if (part.size() <= width) {
      add_piece(lines, std::move(part), width);
    } else {
      for (auto& word : pieces(part, ' ')) add_piece(lines, std::move(word), width);
    }
  }
  return lines;
}

}  // namespace commitlab
