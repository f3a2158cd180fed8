// How much of the gap between the product rule and the exact chance of a commit each kind of fault explains: by the exact chance without it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "checker/exact.hpp"
#include "checker/gap.hpp"

namespace commitlab {

/// A setting and its votes without one kind of fault, or with none.
struct Calmer {
  std::string name;
  Setting setting;
  Voters voters;
};

/// One for each kind of fault that there is; the last, if there are any, is without all of them. Where participants share a host, the
/// calmer votes are as likely for each of them, and independent.
std::vector<Calmer> calmer_than(const Setting& setting, const Voters& voters);

/// `product` by the rule, `exact` as it was found for this setting.
template <Protocol P>
Gap gap_between(const P& p, const Setting& setting, const Voters& voters, double product, const ExactOdds& exact, Bounds* bounds = nullptr) {
  // An effect is told to a few digits: no need for bounds as narrow as those of the chances themselves.
  const UnfoldLimits coarse{.moments = 60'000, .states = 300'000, .beyond = 1e-8, .bounds = bounds};
  constexpr double kWidestEffect = 1e-6;
  const auto begin = std::chrono::steady_clock::now();
  const auto middle = [](const Interval& chance) { return (chance.low + chance.high) / 2; };
  Gap gap;
  gap.product = product, gap.exact = middle(exact.commits);
  const std::vector<Calmer> all = calmer_than(setting, voters);
  if (!exact.conclusive && !all.empty()) gap.stopped = "the exact chance is not known";
  for (const Calmer& calmer : all) {
    if (!gap.stopped.empty()) break;
    const ExactOdds odds = exact_odds(p, calmer.setting, calmer.voters, coarse);
    const Interval& commits = odds.commits;
    if (commits.high - commits.low > kWidestEffect) gap.stopped = "with \"" + calmer.name + "\" switched off, the exact chance is not known: " + odds.stopped;
    gap.causes.push_back({calmer.name, commits, middle(commits) - gap.exact});
  }
  if (!gap.stopped.empty()) gap.causes.clear();
  if (!gap.causes.empty()) {
    gap.all = gap.causes.back();
    gap.causes.pop_back();
  }
  gap.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return gap;
}

}  // namespace commitlab
