// Makes the odds of one protocol, beside its entry: they instantiate the simulator and the chains of its runs.
#pragma once

#include <array>
#include <tuple>
#include <utility>

#include "checker/all_orders.hpp"
#include "checker/blocking.hpp"
#include "checker/exact.hpp"
#include "checker/explain_gap.hpp"
#include "checker/named_process.hpp"
#include "checker/rational.hpp"
#include "checker/sample.hpp"
#include "checker/splitting.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/question.hpp"
#include "scenarios/setting.hpp"

namespace commitlab {

/// States that an exported chain may have and be whole: other tools have no use for bounds, so more than where odds are asked.
inline constexpr std::uint32_t kExportedWhole = 50'000;

/// The odds of the protocol at place i of a tuple of them, which must live as long as the program; none of a specification.
template <const auto& protocols, std::size_t i>
Offered<Odds> odds() {
  static constexpr const auto& p = std::get<i>(protocols);
  using P = std::remove_cvref_t<decltype(p)>;
  if constexpr (Specification<P>) {
    return {};
  } else {
    Odds odds;
    odds.chain = [](const Scenario& scenario) { return with_ends_named(unfold(p, setting_of(scenario), voters_of(scenario), {.small = kExportedWhole}).chain); };
    odds.sample = [](const Scenario& scenario, const Sampling& sampling) { return sample(p, setting_of(scenario), voters_of(scenario), sampling); };
    odds.estimate = [](const Scenario& scenario, const Sampling& sampling, const Sampled& sampled) {
      auto names = node_names(scenario);
      names.erase(names.begin());
      Estimate estimate = judged(names, voters_of(scenario), setting_of(scenario), sampling, sampled);
      if (sampling.rare) estimate.rare = rare_odds(p, setting_of(scenario), voters_of(scenario), sampling, sampled.sums.outcomes.runs());
      estimate.exact = exact_odds(p, setting_of(scenario), voters_of(scenario));
      return estimate;
    };
    odds.blocking = [](const Scenario& scenario, std::uint64_t seed, std::uint64_t runs, const std::vector<Nanoseconds>& times) {
      return blocking(p, setting_of(scenario), voters_of(scenario), seed, runs, times);
    };
    odds.gap = [](const Scenario& scenario, const Estimate& estimate) {
      const double product = to_double(rational_from(estimate.product).value());
      return gap_between(p, setting_of(scenario), voters_of(scenario), product, estimate.exact.value());
    };
    odds.orders = [](const Scenario& scenario) { return with_ends_named(with_stays(all_orders(p, setting_of(scenario), voters_of(scenario)).process)); };
    odds.why_no_range = [](const Scenario& scenario) { return why_no_range(setting_of(scenario)); };
    odds.range = [](const Scenario& scenario) { return odds_range(p, setting_of(scenario), voters_of(scenario)); };
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
