// Makes the odds of one protocol, beside its entry: they instantiate the simulator and the chains of its runs.
#pragma once

#include <array>
#include <tuple>
#include <utility>

#include "checker/all_orders.hpp"
#include "checker/blocking.hpp"
#include "checker/chain.hpp"
#include "checker/exact.hpp"
#include "checker/explain_gap.hpp"
#include "checker/named_process.hpp"
#include "checker/part_of_verb.hpp"
#include "checker/rational.hpp"
#include "checker/resident.hpp"
#include "checker/sample.hpp"
#include "checker/splitting.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/question.hpp"
#include "scenarios/setting.hpp"

namespace commitlab {

/// States that an exported chain may have and be whole: other tools have no use for bounds, so more than where odds are asked.
inline constexpr std::uint32_t kExportedWhole = 50'000;

/// The same draws within the limits of the scenario.
inline Sampling limited(Sampling sampling, const Scenario& scenario) {
  sampling.limits = scenario.limits;
  return sampling;
}

/// The odds of the protocol at place i of a tuple of them, which must live as long as the program; none of a specification.
template <const auto& protocols, std::size_t i>
Offered<Odds> odds() {
  static constexpr const auto& p = std::get<i>(protocols);
  using P = std::remove_cvref_t<decltype(p)>;
  if constexpr (Specification<P>) {
    return {};
  } else {
    Odds odds;
    odds.chain = [](const Scenario& scenario) {
      Bounds bounds = part_of_verb(scenario.limits);
      const Unfolded unfolded = unfold(p, setting_of(scenario), voters_of(scenario), {.small = kExportedWhole, .bounds = &bounds});
      NamedProcess named = with_ends_named(unfolded.chain);
      named.stopped = unfolded.stopped;
      return named;
    };
    odds.sample = [](const Scenario& scenario, const Sampling& sampling) {
      return sample(p, setting_of(scenario), voters_of(scenario), limited(sampling, scenario));
    };
    odds.estimate = [](const Scenario& scenario, const Sampling& sampling, const Sampled& sampled) {
      auto names = node_names(scenario);
      names.erase(names.begin());
      Estimate estimate = judged_of(p, names, voters_of(scenario), setting_of(scenario), sampling, sampled);
      if (sampling.rare) estimate.rare = rare_odds(p, setting_of(scenario), voters_of(scenario), limited(sampling, scenario), sampled.sums.outcomes.runs());
      return_freed_memory();
      Bounds bounds = part_of_verb(scenario.limits);
      estimate.exact = exact_odds(p, setting_of(scenario), voters_of(scenario), {.wanted = kWidestAnswer, .bounds = &bounds});
      return_freed_memory();
      return estimate;
    };
    odds.blocking = [](const Scenario& scenario, std::uint64_t seed, std::uint64_t runs, const std::vector<Nanoseconds>& times) {
      return blocking(p, setting_of(scenario), voters_of(scenario), seed, runs, times, scenario.limits);
    };
    odds.gap = [](const Scenario& scenario, const Estimate& estimate) {
      const auto whole = rational_from(estimate.product);  // unless it is too long
      const double product = to_double(whole ? *whole : rational_from(estimate.product_decimal).value());
      Bounds bounds = part_of_verb(scenario.limits);
      return gap_between(p, setting_of(scenario), voters_of(scenario), product, estimate.exact.value(), &bounds);
    };
    odds.orders = [](const Scenario& scenario) {
      Bounds bounds = part_of_verb(scenario.limits);
      const AllOrders orders = all_orders(p, setting_of(scenario), voters_of(scenario), {.bounds = &bounds});
      NamedProcess named = with_ends_named(with_stays(orders.process, &bounds));
      named.stopped = bounds.is_reached() ? bounds.reason() : orders.stopped;
      return named;
    };
    odds.why_no_range = [](const Scenario& scenario) { return why_no_range(setting_of(scenario)); };
    odds.range = [](const Scenario& scenario) {
      return_freed_memory();
      Bounds bounds = part_of_verb(scenario.limits);
      return odds_range(p, setting_of(scenario), voters_of(scenario), {.bounds = &bounds});
    };
    return odds;
  }
}

/// Those of all protocols of a tuple, in its order.
template <const auto& protocols>
std::span<const Offered<Odds>> odds_of() {
  using Tuple = std::remove_cvref_t<decltype(protocols)>;
  static const auto all = []<std::size_t... i>(std::index_sequence<i...>) {
    return std::array{odds<protocols, i>()...};
  }(std::make_index_sequence<std::tuple_size_v<Tuple>>());
  return all;
}

}  // namespace commitlab
