#include "checker/vote_counts.hpp"

#include "checker/exact.hpp"

namespace commitlab {
namespace {

constexpr std::size_t kMostHosts = 8;

Rational exactly(const Probability& chance) { return Rational(chance.numerator, chance.denominator); }

bool uncertain(const Probability& chance) { return chance.numerator > 0 && chance.numerator < chance.denominator; }

/// The chance that this participant votes yes if none of its hosts, or one of them, has failed.
Rational chance_of_yes(const Voter& voter, bool failed) {
  if (voter.fixed) return *voter.fixed == Vote::yes ? 1 : 0;
  return failed || !voter.can_pay() ? Rational() : exactly(voter.success);
}

/// The same of all, where those of `failed` cannot do their work; times `odds`, added to `chances`.
void add_counts(const Voters& voters, NodeSet failed, const Rational& odds, std::vector<Rational>& chances) {
  std::vector<Rational> counts(chances.size());
  counts[0] = odds;
  for (std::size_t i = 0; i < voters.list().size(); ++i) {
    const Rational yes = chance_of_yes(voters.list()[i], failed.has(node_id(i + 1))), no = 1 - yes;
    for (std::size_t k = i + 1; k > 0; --k) counts[k] = counts[k] * no + counts[k - 1] * yes;
    counts[0] *= no;
  }
  for (std::size_t k = 0; k < counts.size(); ++k) chances[k] += counts[k];
}

}  // namespace

std::uint64_t ways_to_vote(const Voters& voters) {
  int draws = 0;
  for (const SharedHost& host : voters.hosts()) draws += uncertain(host.fails) ? 1 : 0;
  for (const Voter& voter : voters.list()) draws += uncertain(voter.success) ? 1 : 0;
  return std::uint64_t{1} << std::min(draws, 63);
}

std::optional<std::vector<Rational>> chances_of_counts(const Voters& voters) {
  const auto& hosts = voters.hosts();
  if (hosts.size() > kMostHosts) return std::nullopt;
  std::vector<Rational> chances(voters.list().size() + 1);
  for (std::uint32_t which = 0; which < 1u << hosts.size(); ++which) {
    NodeSet failed;
    Rational odds = 1;
    for (std::size_t h = 0; h < hosts.size(); ++h) {
      const bool fails = (which >> h & 1u) != 0;
      if (fails) failed = failed | hosts[h].participants;
      odds *= fails ? exactly(hosts[h].fails) : 1 - exactly(hosts[h].fails);
    }
    if (!(odds == 0)) add_counts(voters, failed, odds, chances);
  }
  return chances;
}

bool only_votes_are_drawn(const Setting& setting) {
  const Chances& chances = setting.chances;
  const auto happens = [](const Probability& chance) { return chance.numerator > 0; };
  return setting.script.empty() && !happens(chances.loss) && !happens(chances.duplicate) && !happens(chances.reorder) && !chances.may_crash();
}

ExactOdds mixed(const std::vector<Rational>& chances, const std::vector<Sums>& runs) {
  ExactOdds odds;
  std::array<Rational, kOutcomes> outcomes;
  Rational messages, forced, latency, settled;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    if (chances[k] == 0) continue;
    const Outcomes& came = runs[k].outcomes;
    const std::array<std::uint64_t, kOutcomes> counts = {came.commits, came.aborts, came.blocked, came.breaks};
    ++odds.counts;
    for (std::size_t i = 0; i < kOutcomes; ++i) outcomes[i] += chances[k] * counts[i];
    messages += chances[k] * runs[k].messages, forced += chances[k] * runs[k].forced_writes;
    if (came.commits + came.aborts == 0) continue;
    settled += chances[k];
    latency += chances[k] * static_cast<std::uint64_t>(runs[k].latency_ns);
  }
  Interval* const of[] = {&odds.commits, &odds.aborts, &odds.blocked, &odds.breaks};
  for (std::size_t i = 0; i < kOutcomes; ++i) *of[i] = doubles_around(outcomes[i]), odds.fractions[i] = exact_text(outcomes[i]);
  odds.messages = to_double(messages), odds.forced_writes = to_double(forced);
  if (!(settled == 0)) odds.latency_ns = to_double(latency / settled);
  return odds;
}

}  // namespace commitlab
