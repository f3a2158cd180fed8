// What a transaction costs when nothing fails, against the published tables, for every number of participants and whatever
// the order of events.
#include "protocols/all.hpp"
#include "sim/properties.hpp"
#include "sim/choices.hpp"
#include "sim/rng.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

struct Costs {
  std::size_t messages = 0, coordinator_records = 0, participant_records = 0, forced = 0;
  friend bool operator==(const Costs&, const Costs&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Costs& costs) {
    return out << costs.messages << " messages, " << costs.coordinator_records << "+" << costs.participant_records << " records, " << costs.forced << " forced";
  }
};

/// One run without faults, in an order drawn from the seed, until nothing can happen.
template <Protocol P>
Costs costs_of(const P& p, std::size_t participants, NodeSet yes, std::uint64_t seed) {
  auto w = initial<P>(participants + 1, yes.with(kCoordinator), {.timing = Timing::synchronous});
  Costs costs;
  Rng rng(seed);
  for (;;) {
    std::vector<Step> steps;
    each_choice(p, w, [&](const Step& step, const Handled<P>&) { steps.push_back(step); });
    if (steps.empty()) break;
    apply(p, w, steps[rng.below(steps.size())], [&](NodeId who, std::uint8_t, const auto& effect) {
      if (effect.what == Do::send) costs.messages += static_cast<std::size_t>(effect.to.size());
      const bool record = effect.what == Do::force || effect.what == Do::write;
      (who == kCoordinator ? costs.coordinator_records : costs.participant_records) += record ? 1 : 0;
      costs.forced += effect.what == Do::force ? 1 : 0;
    });
  }
  REQUIRE(all_decided(w));
  return costs;
}

constexpr std::uint64_t kOrders = 20;

}  // namespace

TEST_CASE("2pc, presumed nothing, commits with 4n messages and 2n+1 forced writes (Mohan, Lindsay and Obermarck 1986)") {
  for (std::size_t n = 2; n <= 8; ++n)
    for (std::uint64_t seed = 0; seed < kOrders; ++seed) {
      const Costs expected{4 * n, 2, 2 * n, 2 * n + 1};
      CHECK(costs_of(std::get<0>(kProtocols), n, NodeSet::first(64), seed) == expected);
      CHECK(costs_of(std::get<1>(kProtocols), n, NodeSet::first(64), seed) == expected);
    }
}

TEST_CASE("2pc, presumed nothing, aborts with 2n+2y messages and 1+2y+k forced writes, y voting yes and k no") {
  for (std::size_t n = 2; n <= 8; ++n)
    for (std::size_t y = 0; y < n; ++y)
      for (std::uint64_t seed = 0; seed < kOrders; ++seed) {
        INFO("n " << n << " y " << y << " seed " << seed);
        const std::size_t k = n - y;
        CHECK(costs_of(TwoPhase{}, n, NodeSet::first(y + 1), seed) == Costs{2 * n + 2 * y, 2, 2 * y + k, 1 + 2 * y + k});
      }
}

TEST_CASE("3pc commits with 5n messages (Skeen 1981)") {
  for (std::size_t n = 2; n <= 8; ++n)
    for (std::uint64_t seed = 0; seed < kOrders; ++seed) {
      const Costs expected{5 * n, 2, 3 * n, 3 * n + 2};
      CHECK(costs_of(ThreePhase{}, n, NodeSet::first(64), seed) == expected);
      CHECK(costs_of(TextbookThreePhase{}, n, NodeSet::first(64), seed) == expected);
    }
}

}  // namespace commitlab
