// The whole lattice: rows of vectors, or a grid for each property where two budgets vary.
#include <algorithm>

#include "reports/frontier_report.hpp"
#include "reports/frontier_words.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"

namespace commitlab {

static constexpr std::size_t kTerminal = 80;  // columns

// Whether a cell names the breach that it follows from.
enum class Says : std::uint8_t { which, that };

static Cell cell_of(const Budgets& budgets, const FrontierCell& cell, Says says) {
  switch (cell.status) {
    case Status::holds: return {"holds", Ink::good};
    case Status::inconclusive: return {cell.searched ? "inconclusive" : "not searched", Ink::unsure};
    case Status::violated: break;
  }
  if (cell.broken_by == budgets) return {"broken, " + counted(cell.steps, "step", "steps"), Ink::bad};
  return {says == Says::that || !cell.broken_by ? "broken already" : "by " + budgets_text(*cell.broken_by), Ink::faint};
}

static std::vector<std::size_t> varying(const Budgets& corner) {
  std::vector<std::size_t> dimensions;
  for (std::size_t i = 0; i < kDimensions.size(); ++i)
    if (corner.*kDimensions[i].budget > 0) dimensions.push_back(i);
  return dimensions;
}

static std::size_t width_of(const std::string& text) {
  std::size_t widest = 0, begin = 0;
  for (std::size_t end = text.find('\n'); end != text.npos; begin = end + 1, end = text.find('\n', begin)) widest = std::max(widest, end - begin);
  return widest;
}

// The table that says the most and fits.
static std::string fitting(auto&& table_that, const Style& style) {
  Style bare = style;
  bare.colour = false;
  const Says says = width_of(text_of(table_that(Says::which), bare)) <= kTerminal ? Says::which : Says::that;
  return text_of(table_that(says), style);
}

static Table rows_table(const Frontier& frontier, Says says) {
  const auto dimensions = varying(frontier.corner);
  Table table;
  std::vector<Cell> headings;
  for (const std::size_t dimension : dimensions) headings.push_back({plural(dimension), Ink::faint}), table.sides.push_back(Table::Side::right);
  if (dimensions.empty()) headings.push_back({"faults", Ink::faint});
  for (const auto& property : frontier.properties) headings.push_back({property.name, Ink::strong});
  table.add(std::move(headings));
  for (const FrontierRow& row : frontier.rows) {
    std::vector<Cell> cells;
    for (const std::size_t dimension : dimensions) {
      const unsigned count = row.budgets.*kDimensions[dimension].budget;
      cells.push_back({std::to_string(count), count == 0 ? Ink::faint : Ink::plain});
    }
    if (dimensions.empty()) cells.push_back({"none"});
    for (const FrontierCell& cell : row.cells) cells.push_back(cell_of(row.budgets, cell, says));
    table.add(std::move(cells));
  }
  return table;
}

static const FrontierCell& cell_at(const Frontier& frontier, const Budgets& budgets, std::size_t property) {
  const auto row = std::find_if(frontier.rows.begin(), frontier.rows.end(), [&](const FrontierRow& one) { return one.budgets == budgets; });
  return row->cells[property];
}

static Table grid(const Frontier& frontier, std::size_t property, std::size_t down, std::size_t across, Says says) {
  Table table;
  std::vector<Cell> headings = {{frontier.properties[property].name, Ink::strong}};
  for (unsigned j = 0; j <= frontier.corner.*kDimensions[across].budget; ++j) headings.push_back({counted_faults(across, j), Ink::faint});
  table.add(std::move(headings));
  for (unsigned i = 0; i <= frontier.corner.*kDimensions[down].budget; ++i) {
    std::vector<Cell> cells = {{counted_faults(down, i), Ink::faint}};
    for (unsigned j = 0; j <= frontier.corner.*kDimensions[across].budget; ++j) {
      Budgets budgets;
      budgets.*kDimensions[down].budget = static_cast<std::uint8_t>(i);
      budgets.*kDimensions[across].budget = static_cast<std::uint8_t>(j);
      cells.push_back(cell_of(budgets, cell_at(frontier, budgets, property), says));
    }
    table.add(std::move(cells));
  }
  return table;
}

// A grid for each property that does not hold everywhere, and a line for those that do.
static std::string grids(const Frontier& frontier, std::size_t down, std::size_t across, const Style& style) {
  std::string text;
  std::vector<std::string> safe;
  for (std::size_t i = 0; i < frontier.properties.size(); ++i) {
    if (frontier.properties[i].status == Status::holds) {
      safe.push_back(frontier.properties[i].name);
      continue;
    }
    text += (text.empty() ? "" : "\n") + fitting([&](Says says) { return grid(frontier, i, down, across, says); }, style);
  }
  if (safe.empty()) return text;
  return text + (text.empty() ? "  " : "\n  ") + enumerated(safe) + (safe.size() == 1 ? " holds" : " hold") + " in every field\n";
}

std::string frontier_table(const Frontier& frontier, const Style& style) {
  const auto dimensions = varying(frontier.corner);
  if (dimensions.size() == 2) {
    const auto budget = [&](std::size_t dimension) { return frontier.corner.*kDimensions[dimension].budget; };
    const bool upright = budget(dimensions[0]) >= budget(dimensions[1]);  // the longer side goes down the page
    const std::size_t down = dimensions[upright ? 0 : 1], across = dimensions[upright ? 1 : 0];
    const std::string text = grids(frontier, down, across, {.colour = false});
    if (width_of(text) <= kTerminal) return grids(frontier, down, across, style);
  }
  return fitting([&](Says says) { return rows_table(frontier, says); }, style);
}

}  // namespace commitlab
