#include "reports/table.hpp"

#include <algorithm>
#include <optional>

#include "reports/printable.hpp"

namespace commitlab {

static constexpr std::size_t kGap = 2;         // blanks between columns
static constexpr std::size_t kNarrowest = 24;  // of a column that wraps, whatever stands before it

// The columns of a table as they are laid out.
struct Layout {
  std::vector<std::size_t> widths{};
  std::size_t gap = kGap;

  std::size_t start_of_last(std::size_t indent) const {
    std::size_t column = indent;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) column += widths[i] + gap;
    return column;
  }
};

static Layout as_they_are(const Table& table) {
  Layout layout;
  for (const auto& row : table.rows) {
    if (row.size() > layout.widths.size()) layout.widths.resize(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i) layout.widths[i] = std::max(layout.widths[i], row[i].text.size());
  }
  return layout;
}

// How wide a table is at least: a last column that is too long for a line wraps, but not below a few words.
static std::size_t width_of(const Table& table, const Layout& layout) {
  std::size_t last = 0;
  for (const auto& row : table.rows)
    if (row.size() == layout.widths.size() && !row.empty() && !row.back().whole) last = std::max(last, std::min(row.back().text.size(), kNarrowest));
  return layout.start_of_last(table.indent) + last;
}

// A column made narrower, and how many lines that adds to the table.
struct Narrower {
  std::size_t width = 0, lines = 0;
};

static std::vector<std::string> cell_lines(const Cell& cell, std::size_t width) {
  if (cell.whole || cell.text.size() <= width) return {cell.text};
  return wrapped(cell.text, width);
}

// To the next width at which the column's words still fit; nothing if a word is as wide as the column.
static std::optional<Narrower> narrower(const Table& table, std::size_t column, std::size_t width) {
  Narrower next;
  for (const auto& row : table.rows) {
    if (column >= row.size()) continue;
    const auto lines = cell_lines(row[column], width - 1);
    for (const auto& line : lines) next.width = std::max(next.width, line.size());
    next.lines += lines.size() - 1;
  }
  if (next.width >= width) return std::nullopt;
  return next;
}

// Columns are made narrower where that adds the fewest lines, until the table fits or no column can be; then the gaps are.
static Layout layout_of(const Table& table, std::size_t width) {
  Layout layout = as_they_are(table);
  while (width_of(table, layout) > width) {
    std::optional<Narrower> best;
    std::size_t column = 0;
    for (std::size_t i = 0; i + 1 < layout.widths.size(); ++i) {
      const auto next = layout.widths[i] > 1 ? narrower(table, i, layout.widths[i]) : std::nullopt;
      if (next && (!best || next->lines < best->lines)) best = next, column = i;
    }
    if (!best) break;
    layout.widths[column] = best->width;
  }
  if (width_of(table, layout) > width) layout.gap = 1;
  return layout;
}

static std::vector<std::string> last_cell(const Table& table, const Cell& cell, std::size_t width) {
  if (cell.whole) return {cell.text};
  return table.keeps_effects ? wrapped_effects(cell.text, width) : wrapped(cell.text, width);
}

static void add_row(std::string& text, const Table& table, const std::vector<Cell>& row, const Layout& layout, const Style& style) {
  const std::size_t columns = layout.widths.size(), start = layout.start_of_last(table.indent);
  std::vector<std::vector<std::string>> cells;
  std::size_t lines = 1;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::size_t left = style.width > start + kNarrowest ? style.width - start : kNarrowest;
    cells.push_back(i + 1 == columns ? last_cell(table, row[i], left) : cell_lines(row[i], layout.widths[i]));
    lines = std::max(lines, cells.back().size());
  }
  for (std::size_t k = 0; k < lines; ++k) {
    std::string line(table.indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string piece = k < cells[i].size() ? cells[i][k] : "";
      const std::string padding(layout.widths[i] > piece.size() ? layout.widths[i] - piece.size() : 0, ' ');
      const bool right = i < table.sides.size() && table.sides[i] == Table::Side::right;
      line += (right ? padding : "") + painted(piece, row[i].ink, style);
      if (i + 1 < columns) line += (right ? "" : padding) + std::string(layout.gap, ' ');
    }
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
}

std::string text_of(const Table& as_given, const Style& style) {
  // Whatever the cells hold, a name of a file or a reason from elsewhere: nothing in them commands a terminal.
  Table table = as_given;
  for (auto& row : table.rows)
    for (Cell& cell : row) cell.text = printable(cell.text);
  const Layout layout = layout_of(table, style.width);
  std::string text;
  for (const auto& row : table.rows) add_row(text, table, row, layout, style);
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

std::string lines_within(std::string_view text, std::size_t width) {
  std::string page;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    if (line.size() <= width) {
      page += std::string(line);
    } else {
      std::string before(indent, ' ');
      bool first = true;
      for (const auto& piece : wrapped(line.substr(indent), width > indent + 2 ? width - indent - 2 : 1)) {
        page += (first ? "" : "\n") + before + (first ? "" : "  ") + piece;
        first = false;
      }
    }
    if (end < text.size()) page += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return page;
}

}  // namespace commitlab
