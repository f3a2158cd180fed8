#include "reports/frontier_words.hpp"

#include <algorithm>

#include "reports/numbers.hpp"

namespace commitlab {

struct Noun {
  std::string_view one, many;
};

// In the order of kDimensions.
static constexpr std::array<Noun, kDimensions.size()> kNouns = {{{"crash", "crashes"},
                                                                 {"lost disk", "lost disks"},
                                                                 {"loss", "losses"},
                                                                 {"duplicate", "duplicates"},
                                                                 {"reordering", "reorderings"},
                                                                 {"partition", "partitions"},
                                                                 {"suspicion", "suspicions"}}};

std::string plural(std::size_t dimension) { return std::string(kNouns[dimension].many); }

std::string counted_faults(std::size_t dimension, unsigned count) { return counted(count, kNouns[dimension].one, kNouns[dimension].many); }

std::string budgets_text(const Budgets& budgets) {
  std::string text;
  for (std::size_t i = 0; i < kDimensions.size(); ++i) {
    const unsigned count = budgets.*kDimensions[i].budget;
    if (count > 0) text += (text.empty() ? "" : " + ") + counted_faults(i, count);
  }
  return text.empty() ? "no fault" : text;
}

std::string frontier_sentence(const PropertyFrontier& property) {
  std::string text;
  const auto add = [&](std::string_view what, const Budgets& budgets) { text += (text.empty() ? "" : "; ") + std::string(what) + " " + budgets_text(budgets); };
  for (const Budgets& budgets : property.safe) add("safe with", budgets);
  for (const Breach& breach : property.breaches) add(breach.budgets == Budgets{} ? "broken with" : "broken by", breach.budgets);
  for (const Open& open : property.open) add("inconclusive with", open.budgets);
  return text;
}

std::string searched_text(const Frontier& frontier, const Method& method) {
  const auto count = [&](auto&& wanted) { return static_cast<std::uint64_t>(std::count_if(frontier.rows.begin(), frontier.rows.end(), wanted)); };
  const std::uint64_t searched = count([](const FrontierRow& row) { return row.searched; });
  const std::uint64_t open = count([](const FrontierRow& row) {
    return !row.searched && std::any_of(row.cells.begin(), row.cells.end(), [](const FrontierCell& cell) { return cell.status == Status::inconclusive; });
  });
  std::string text = grouped(searched) + " of " + counted(frontier.rows.size(), "vector", "vectors") + " of faults";
  if (frontier.searches > searched) text += " in " + counted(frontier.searches, "search", "searches");
  text += ", " + (method.symmetry ? counted(frontier.worlds, "representative", "representatives") : counted(frontier.worlds, "world", "worlds")) + ", " + counted(frontier.steps, "step", "steps");
  const std::uint64_t follow = frontier.rows.size() - searched - open;
  if (follow > 0) text += "; " + grouped(follow) + (follow == 1 ? " follows from others" : " follow from others");
  if (open > 0) text += "; " + grouped(open) + " not searched";
  return text;
}

}  // namespace commitlab
