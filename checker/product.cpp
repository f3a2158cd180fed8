#include "checker/product.hpp"

#include "checker/rational.hpp"

namespace commitlab {
namespace {

/// The chance that it votes yes.
Rational chance_of_yes(const Voter& voter) {
  if (voter.fixed) return *voter.fixed == Vote::yes ? 1 : 0;
  if (!voter.can_pay()) return 0;
  return Rational(voter.success.numerator, voter.success.denominator);
}

bool possible(const Probability& chance) { return chance.numerator > 0; }

/// One attempt, independent votes, no fault of the coordinator, the network or a timeout: what of this does not hold?
std::vector<std::string> assumptions_broken_by(const Setting& setting) {
  std::vector<std::string> broken;
  const auto say = [&](bool is_so, const char* words) {
    if (is_so) broken.emplace_back(words);
  };
  bool scripted_crash = false, scripted_partition = false;
  for (const auto& fault : setting.script) {
    scripted_crash = scripted_crash || fault.what == ScriptedFault::Do::crash;
    scripted_partition = scripted_partition || fault.what == ScriptedFault::Do::partition;
  }
  say(possible(setting.chances.loss), "messages are lost: a lost request or vote times out into an abort");
  say(possible(setting.chances.crash), "nodes crash: a participant that stops before it votes aborts the transaction, a coordinator that stops blocks it");
  say(scripted_crash, "a crash is scripted");
  say(scripted_partition, "a partition is scripted: what it cuts off counts as lost");
  const Nanoseconds round_trip = 2 * greatest(setting.delays.message);
  say(2 * setting.delays.timeout <= round_trip, "a timeout can be shorter than a round trip: a slow vote counts as none");
  return broken;
}

Interval interval_of(std::uint64_t count, std::uint64_t runs, double level) { return runs == 0 ? Interval{} : clopper_pearson({count, runs}, level); }

void take_averages(const Sums& sums, Estimate& estimate) {
  const auto runs = static_cast<double>(sums.outcomes.runs());
  const std::uint64_t decided = sums.outcomes.commits + sums.outcomes.aborts;
  estimate.messages = static_cast<double>(sums.messages) / runs;
  estimate.forced_writes = static_cast<double>(sums.forced_writes) / runs;
  if (decided > 0) estimate.latency_ns = static_cast<double>(sums.latency_ns) / static_cast<double>(decided);
}

}  // namespace

double widest(const Outcomes& outcomes, double level) {
  double most = 0;
  for (const std::uint64_t count : {outcomes.commits, outcomes.aborts, outcomes.blocked, outcomes.breaks}) {
    const Interval interval = interval_of(count, outcomes.runs(), level);
    most = std::max(most, interval.high - interval.low);
  }
  return most;
}

Estimate judged(const std::vector<std::string>& names, const std::vector<Voter>& voters, const Setting& setting, const Sampling& sampling, const Sampled& sampled) {
  Estimate estimate;
  estimate.outcomes = sampled.sums.outcomes;
  estimate.width = sampling.width, estimate.looks = sampled.looks, estimate.look = sampled.look, estimate.narrow = sampled.narrow;
  estimate.seed = sampling.seed, estimate.seconds = sampled.seconds;
  take_averages(sampled.sums, estimate);

  std::vector<Rational> factors;
  for (std::size_t i = 0; i < voters.size(); ++i) {
    factors.push_back(chance_of_yes(voters[i]));
    estimate.factors.push_back({names[i], exact_text(factors.back())});
  }
  const Rational all = product(factors);
  estimate.product = exact_text(all);
  estimate.product_decimal = decimal_text(all, 10);
  estimate.one_less_product = decimal_text(1 - all, 10);

  const Outcomes& counted = estimate.outcomes;
  const double level = sampled.looks.level;
  estimate.commits = interval_of(counted.commits, counted.runs(), level);
  estimate.aborts = interval_of(counted.aborts, counted.runs(), level);
  estimate.blocked = interval_of(counted.blocked, counted.runs(), level);
  estimate.breaks = interval_of(counted.breaks, counted.runs(), level);
  estimate.product_inside = contains(estimate.commits, all);
  estimate.broken_assumptions = assumptions_broken_by(setting);
  return estimate;
}

}  // namespace commitlab
