#include "checker/exact.hpp"

#include <cmath>
#include <limits>

#include "checker/chain.hpp"
#include "checker/latency.hpp"
#include "checker/rational.hpp"

namespace commitlab {
namespace {

constexpr std::uint32_t kSmall = 5'000;  // states that are solved on rational numbers

using Kind = DecisionProcess::Kind;

/// Who goes round for ever is as badly off as at the worst moment there: whether it has decided does not change any more.
NameOfCycle worst_of(const DecisionProcess& chain) {
  return [&chain](std::span<const DecisionProcess::State> states) {
    Kind worst = 0;
    for (const auto state : states) worst = std::max(worst, chain.kind[state]);
    return std::optional(worst);
  };
}

double middle(const Interval& interval) { return std::isfinite(interval.high) ? (interval.low + interval.high) / 2 : interval.low; }

}  // namespace

Interval doubles_around(const Rational& number) {
  const double near = to_double(number);
  const double low = exact_rational(near) <= number ? near : std::nextafter(near, 0.0);
  const double high = exact_rational(near) >= number ? near : std::nextafter(near, 1.0);
  return {low, high};
}

/// Nothing is known of the chances.
static ExactOdds unknown_odds(ExactOdds odds, std::string why) {
  odds.commits = odds.aborts = odds.blocked = odds.breaks = {0, 1};
  odds.conclusive = odds.whole = false;
  odds.stopped = std::move(why);
  odds.latency_ns.reset();
  return odds;
}

ExactOdds solve(const Unfolded& unfolded, Bounds* bounds) {
  const DecisionProcess& chain = unfolded.chain;
  ExactOdds odds;
  odds.moments = chain.states(), odds.whole = unfolded.whole, odds.alike = unfolded.alike;
  odds.stopped = unfolded.stopped;
  odds.latency_ns = expected_latency(unfolded);
  Interval* const of[] = {&odds.commits, &odds.aborts, &odds.blocked, &odds.breaks};
  const auto kind_of = [](std::size_t outcome) { return outcome + 1; };
  if (unfolded.whole && chain.states() <= kSmall) {
    const ExactEnds ends = exact_ends(chain, worst_of(chain), bounds);
    if (ends.stopped) return unknown_odds(odds, bounds->reason());
    for (std::size_t i = 0; i < kOutcomes; ++i) {
      const Rational chance = kind_of(i) < ends.kinds.size() ? ends.kinds[kind_of(i)] : Rational();
      *of[i] = doubles_around(chance);
      odds.fractions[i] = exact_text(chance);
    }
    const auto expected = [](const std::optional<Rational>& reward) { return reward ? to_double(*reward) : std::numeric_limits<double>::infinity(); };
    odds.messages = expected(ends.rewards[Unfolded::kMessages]), odds.forced_writes = expected(ends.rewards[Unfolded::kForced]);
    return odds;
  }
  const BoundedEnds ends = bounded_ends(chain, worst_of(chain), {.bounds = bounds});
  const double beyond = Unfolded::kBeyond < ends.kinds.size() ? ends.kinds[Unfolded::kBeyond].high : 0;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const Interval chance = kind_of(i) < ends.kinds.size() ? ends.kinds[kind_of(i)] : Interval{0, 0};
    // Anything may come of what was left out.
    *of[i] = {chance.low, beyond == 0 ? chance.high : std::min(1.0, std::nextafter(chance.high + beyond, 2.0))};
    odds.conclusive = odds.conclusive && of[i]->high - of[i]->low <= kWidestAnswer;
  }
  if (odds.conclusive) odds.stopped.clear();
  else if (odds.stopped.empty()) odds.stopped = bounds != nullptr && bounds->is_reached() ? bounds->reason() : "there are more moments than are taken";
  odds.messages = middle(ends.rewards[Unfolded::kMessages]), odds.forced_writes = middle(ends.rewards[Unfolded::kForced]);
  return odds;
}

}  // namespace commitlab
