#include "checker/all_orders.hpp"

#include <array>
#include <cmath>
#include <map>

#include "checker/chain.hpp"
#include "checker/components.hpp"
#include "checker/schedulers.hpp"

namespace commitlab {
namespace {

using State = DecisionProcess::State;
using Choice = DecisionProcess::Choice;
using Kind = DecisionProcess::Kind;

constexpr std::array<Kind, kOutcomes> kKinds{1, 2, 3, 4};
static_assert(static_cast<Kind>(Outcome::breaks) + 1 == kKinds.back());

bool is_end(const DecisionProcess& process, State s) { return process.first_choice[s] == process.first_choice[s + 1]; }

/// What a choice may lead to.
enum class Branches { all, if_nothing_goes_wrong };

/// Adds the choices of a state to those of the latest state of another process.
void copy_choices(const DecisionProcess& from, State s, Branches which, DecisionProcess& to) {
  for (Choice c = from.first_choice[s]; c < from.first_choice[s + 1]; ++c) {
    const auto first = from.branches.begin() + from.first_branch[c];
    to.branches.insert(to.branches.end(), first, which == Branches::all ? from.branches.begin() + from.first_branch[c + 1] : first + 1);
    to.first_branch.push_back(static_cast<std::uint32_t>(to.branches.size()));
  }
}

/// From which states a scheduler can stay for ever among states of which the worst is of this kind.
std::vector<bool> staying(const DecisionProcess& process, Kind kind, Branches which) {
  DecisionProcess no_worse;  // the same states, without the choices of those of a greater kind
  no_worse.kind = process.kind, no_worse.initial = process.initial;
  for (State s = 0; s < process.states(); ++s) {
    if (process.kind[s] <= kind) copy_choices(process, s, which, no_worse);
    no_worse.first_choice.push_back(no_worse.choices());
  }
  const EndComponents ends = end_components(no_worse);
  std::vector<bool> has_kind(ends.count), stays(process.states());
  for (State s = 0; s < process.states(); ++s)
    if (ends.of[s] != EndComponents::kNone && process.kind[s] == kind) has_kind[ends.of[s]] = true;
  for (State s = 0; s < process.states(); ++s) stays[s] = ends.of[s] != EndComponents::kNone && has_kind[ends.of[s]];
  return stays;
}

/// The greatest chances to end in some kinds; what was asked before is not asked again.
class Greatest {
 public:
  Greatest(const DecisionProcess& process, Bounds* bounds) : process_(process), bounds_(bounds), beyond_(ends_in(kBeyond)) {}

  /// Between what is surely and what is perhaps reached. `kinds`: bit k stands for kind k.
  Interval of(unsigned kinds) {
    Interval chance = solve(ends_in(kinds));
    if (any(beyond_)) chance.high = solve(ends_in(kinds | kBeyond)).high;
    return chance;
  }

 private:
  static constexpr unsigned kBeyond = 1u << AllOrders::kBeyond;

  static bool any(const std::vector<bool>& states) { return std::find(states.begin(), states.end(), true) != states.end(); }
  std::vector<bool> ends_in(unsigned kinds) const {
    std::vector<bool> ends(process_.states());
    for (State s = 0; s < process_.states(); ++s) ends[s] = is_end(process_, s) && (kinds >> process_.kind[s] & 1u) != 0;
    return ends;
  }
  Interval solve(const std::vector<bool>& goal) {
    const auto [known, fresh] = asked_.try_emplace(goal);
    if (fresh) known->second = any(goal) ? extreme(goal) : Interval{0, 0};
    return known->second;
  }

  Interval extreme(const std::vector<bool>& goal) const {
    if (bounds_ != nullptr && bounds_->look()) return {0, 1};
    return bounded_extreme(process_, goal, Extreme::greatest, {.bounds = bounds_}).chance;
  }

  const DecisionProcess& process_;
  Bounds* const bounds_;
  const std::vector<bool> beyond_;
  std::map<std::vector<bool>, Interval> asked_;
};

Interval one_less(const Interval& chance) {
  const auto down = [](double value) { return value <= 0 ? 0 : std::nextafter(value, 0.0); };
  const auto up = [](double value) { return value >= 1 ? 1 : std::nextafter(value, 1.0); };
  return {chance.high == 0 ? 1 : down(1 - chance.high), chance.low == 1 ? 0 : up(1 - chance.low)};
}

}  // namespace

std::string why_no_range(const Setting& setting) {
  if (!setting.script.empty()) return "a script says when faults come, and an order of events has no times";
  if (setting.faults.channels == Channels::sticky) return "sticky messages are handled again and again, in every order";
  if (setting.faults.channels == Channels::fifo && setting.chances.reorder.numerator > 0)
    return "whether a message overtakes others is drawn when it arrives, which is no event of an order";
  if (setting.returns() && !(setting.chances.recovery == Probability{1, 1}))
    return "whether a stopped node ever returns is drawn when it stops, and a world does not keep it";
  return "";
}

DecisionProcess with_stays(const DecisionProcess& process, Bounds* bounds) {
  std::array<std::vector<bool>, kOutcomes> stays;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    if (bounds != nullptr && bounds->look()) return process;
    stays[i] = staying(process, kKinds[i], Branches::all);
    const auto if_calm = staying(process, kKinds[i], Branches::if_nothing_goes_wrong);
    for (State s = 0; s < process.states(); ++s) stays[i][s] = stays[i][s] || if_calm[s];
  }
  DecisionProcess more;
  more.kind = process.kind, more.numbers = process.numbers, more.initial = process.initial;
  const auto one = static_cast<std::uint32_t>(more.numbers.size());
  more.numbers.emplace_back(1);
  for (State s = 0; s < process.states(); ++s) {
    copy_choices(process, s, Branches::all, more);
    for (std::size_t i = 0; i < kOutcomes; ++i) {
      if (!stays[i][s]) continue;
      more.branches.push_back({process.states() + static_cast<State>(i), one});
      more.first_branch.push_back(static_cast<std::uint32_t>(more.branches.size()));
    }
    more.first_choice.push_back(more.choices());
  }
  for (const Kind kind : kKinds) more.kind.push_back(kind), more.first_choice.push_back(more.choices());
  return more;
}

OddsRange solve(const AllOrders& orders, Bounds* bounds) {
  OddsRange range;
  range.states = orders.process.states(), range.choices = orders.process.choices();
  range.timing = orders.timing, range.whole = orders.whole;
  range.stopped = orders.stopped;
  const DecisionProcess process = with_stays(orders.process, bounds);
  if (bounds != nullptr && bounds->is_reached()) {
    for (OddsRange::Extremes* extremes : {&range.commits, &range.aborts, &range.blocked, &range.breaks}) *extremes = {{0, 1}, {0, 1}};
    range.conclusive = false, range.stopped = bounds->reason();
    return range;
  }
  Greatest greatest(process, bounds);
  unsigned all = 0;
  for (const Kind kind : kKinds) all |= 1u << kind;
  OddsRange::Extremes* const of[] = {&range.commits, &range.aborts, &range.blocked, &range.breaks};
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const unsigned its = 1u << kKinds[i];
    of[i]->greatest = greatest.of(its), of[i]->least = one_less(greatest.of(all & ~its));
    for (const Interval& chance : {of[i]->greatest, of[i]->least}) range.conclusive = range.conclusive && chance.high - chance.low <= kWidestAnswer;
  }
  if (range.conclusive) range.stopped.clear();
  else if (bounds != nullptr && bounds->is_reached()) range.stopped = bounds->reason();
  else if (range.stopped.empty()) range.stopped = "bounds approach each other too slowly";
  return range;
}

}  // namespace commitlab
