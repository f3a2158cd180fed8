#include "checker/explain_gap.hpp"

#include <numeric>
#include <utility>

namespace commitlab {
namespace {

bool possible(const Probability& chance) { return chance.numerator > 0; }

/// Both happen, one without regard to the other. Nothing if the fraction is too long.
std::optional<Probability> both(const Probability& a, const Probability& b) {
  Probability product;
  if (__builtin_mul_overflow(a.numerator, b.numerator, &product.numerator) || __builtin_mul_overflow(a.denominator, b.denominator, &product.denominator)) return std::nullopt;
  const std::uint64_t common = std::gcd(product.numerator, product.denominator);
  return Probability{product.numerator / common, product.denominator / common};
}

/// Everybody as likely as before, whatever becomes of the others.
std::optional<Voters> independent(const Voters& voters) {
  std::vector<Voter> list = voters.list();
  for (const SharedHost& host : voters.hosts())
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!host.participants.has(node_id(i + 1))) continue;
      const auto success = both(list[i].success, {host.fails.denominator - host.fails.numerator, host.fails.denominator});
      if (!success) return std::nullopt;
      list[i].success = *success;
    }
  return Voters(std::move(list));
}

}  // namespace

std::vector<Calmer> calmer_than(const Setting& setting, const Voters& voters) {
  std::vector<Calmer> calmer;
  Calmer calm{"all of these", setting, voters};
  const auto without = [&](std::string name, bool there_is, auto&& remove) {
    if (!there_is) return;
    calmer.push_back({std::move(name), setting, voters});
    remove(calmer.back()), remove(calm);
  };
  const Chances& chances = setting.chances;
  without("messages are lost", possible(chances.loss), [](Calmer& its) { its.setting.chances.loss = {}; });
  without("messages come twice", possible(chances.duplicate), [](Calmer& its) { its.setting.chances.duplicate = {}; });
  without("messages overtake each other", possible(chances.reorder), [](Calmer& its) { its.setting.chances.reorder = {}; });
  without("nodes crash", chances.may_crash(), [](Calmer& its) { its.setting.chances.crash = {}, its.setting.chances.crash_by_node.clear(); });
  without("nodes come back without their disk", possible(chances.disk_loss), [](Calmer& its) { its.setting.chances.disk_loss = {}; });
  without("stopped nodes never come back", setting.returns() && !(chances.recovery == Probability{1, 1}), [](Calmer& its) { its.setting.chances.recovery = {1, 1}; });
  without("faults are scripted", !setting.script.empty(), [](Calmer& its) { its.setting.script.clear(); });
  if (const auto each = independent(voters); each && !voters.hosts().empty())
    without("votes depend on each other", true, [&](Calmer& its) { its.voters = *each; });
  if (!calmer.empty()) calmer.push_back(std::move(calm));
  return calmer;
}

}  // namespace commitlab
