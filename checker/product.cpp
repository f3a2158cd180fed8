#include "checker/product.hpp"

#include "checker/rational.hpp"

namespace commitlab {
namespace {

Rational exactly(const Probability& chance) { return Rational(chance.numerator, chance.denominator); }

/// The chance that participant i votes yes, whatever the others do.
Rational chance_of_yes(const Voters& voters, std::size_t i) {
  const Voter& voter = voters.list()[i];
  if (voter.fixed) return *voter.fixed == Vote::yes ? 1 : 0;
  if (!voter.can_pay()) return 0;
  Rational chance = exactly(voter.success);
  for (const SharedHost& host : voters.hosts())
    if (host.participants.has(node_id(i + 1))) chance *= 1 - exactly(host.fails);
  return chance;
}

bool possible(const Probability& chance) { return chance.numerator > 0; }

/// "alice, bob and carol".
std::string enumerated(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : i + 1 < names.size() ? ", " : " and ") + names[i];
  return text;
}

/// Who would vote no together and yes otherwise, for each host that several such run on. names[i] is participant i's.
std::vector<std::string> dependent_votes(const std::vector<std::string>& names, const Voters& voters) {
  std::vector<std::string> dependent;
  for (const SharedHost& host : voters.hosts()) {
    std::vector<std::string> together;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool it_matters = !voters.list()[i].fixed && chance_of_yes(voters, i) > 0;
      if (host.participants.has(node_id(i + 1)) && it_matters) together.push_back(names[i]);
    }
    if (!possible(host.fails) || together.size() < 2) continue;
    dependent.push_back("votes depend on each other: " + enumerated(together) + " share a host, which fails with " + exact_text(exactly(host.fails)) +
                        " and takes them all with it");
  }
  return dependent;
}

/// What it means for a transaction that these nodes may crash.
const char* crash_words(bool coordinator, bool participants) {
  if (!participants) return "the coordinator crashes: if it stops, it blocks the transaction";
  if (!coordinator) return "participants crash: one that stops before it votes aborts the transaction";
  return "nodes crash: a participant that stops before it votes aborts the transaction, a coordinator that stops blocks it";
}

/// One attempt, no fault of the coordinator, the network or a timeout: what of this does not hold?
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
  bool coordinator_crashes = false, participants_crash = false;
  NodeSet::first(setting.nodes).each([&](NodeId id) {
    const bool may = setting.chances.may_crash(id) && (setting.faults.crash_only.empty() || setting.faults.crash_only.has(id));
    (id == kCoordinator ? coordinator_crashes : participants_crash) |= may;
  });
  say(possible(setting.chances.loss), "messages are lost: a lost request or vote times out into an abort");
  say(coordinator_crashes || participants_crash, crash_words(coordinator_crashes, participants_crash));
  say(scripted_crash, "a crash is scripted");
  say(scripted_partition, "a partition is scripted: what it cuts off counts as lost");
  const Nanoseconds round_trip = 2 * greatest(setting.delays.message);
  say(2 * setting.delays.timeout <= round_trip, "a timeout can be shorter than a round trip: a slow vote counts as none");
  return broken;
}

Interval interval_of(std::uint64_t count, std::uint64_t runs, double level) { return runs == 0 ? Interval{0, 1} : clopper_pearson({count, runs}, level); }

void take_averages(const Sums& sums, Estimate& estimate) {
  if (sums.outcomes.runs() == 0) return;  // a limit came before the first was over
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

Estimate judged(const std::vector<std::string>& names, const Voters& voters, const Setting& setting, const Sampling& sampling, const Sampled& sampled) {
  Estimate estimate;
  estimate.outcomes = sampled.sums.outcomes;
  estimate.width = sampling.width, estimate.looks = sampled.looks, estimate.look = sampled.look, estimate.narrow = sampled.narrow;
  estimate.seed = sampling.seed, estimate.seconds = sampled.seconds;
  estimate.stopped = sampled.stopped;
  take_averages(sampled.sums, estimate);

  std::vector<Rational> factors;
  for (std::size_t i = 0; i < voters.list().size(); ++i) {
    factors.push_back(chance_of_yes(voters, i));
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
  estimate.broken_assumptions = dependent_votes(names, voters);
  for (auto& assumption : assumptions_broken_by(setting)) estimate.broken_assumptions.push_back(std::move(assumption));
  return estimate;
}

}  // namespace commitlab
