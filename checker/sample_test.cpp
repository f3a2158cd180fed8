// The product rule beside counted runs: where they agree, and why where they do not.
#include "checker/sample.hpp"

#include "checker/exact.hpp"
#include "checker/odds_instances_for_tests.hpp"
#include "checker/rational.hpp"
#include "protocols/each_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back("p" + std::to_string(i));
  return names;
}

Setting setting(std::size_t participants) { return {.nodes = participants + 1}; }

/// The coordinator decides by an act of its own, whatever the votes.
struct Chooser {
  enum class Message : std::uint8_t { commit, abort };
  enum class Record : std::uint8_t {};
  enum class Act : std::uint8_t { commit, abort };
  struct State {
    bool chosen = false;
    static constexpr void fields(auto& s, auto&& field) { field("chosen", s.chosen); }
  };
  using Out = Effects<Message, Record>;
  std::string_view name = "chooser", summary = "for tests";

  void start(State&, const Self&, Out&) const {}
  void receive(State&, const Self&, NodeId, Message message, Out& out) const { out.decide(message == Message::commit ? Decision::commit : Decision::abort); }
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  std::uint32_t acts(const State& s, const Self& self) const { return self.coordinates() && !s.chosen ? 3u : 0u; }
  void act(State& s, const Self& self, Act which, Out& out) const {
    s.chosen = true;
    out.decide(which == Act::commit ? Decision::commit : Decision::abort);
    out.send(self.participants(), which == Act::commit ? Message::commit : Message::abort);
  }
  std::span<const Claim> claims() const { return {}; }
};

const std::vector<Voter> kBank{{.success = {99, 100}}, {.success = {995, 1000}}};

}  // namespace

TEST_CASE("without faults the counted commits agree with the product, under every protocol") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    const Estimate estimate = sample(p, setting(2), names(2), kBank, 1, 20'000);
    CHECK(estimate.product == "0.98505");
    CHECK(estimate.product_inside);
    CHECK(estimate.outcomes.runs() == 20'000);
    CHECK(estimate.outcomes.blocked == 0);
    CHECK(estimate.outcomes.breaks == 0);
    CHECK(estimate.broken_assumptions.empty());
  });
}

TEST_CASE("where acts decide, the exact chance is not the product, and the acts are named as the assumption that does not hold") {
  const std::vector<Voter> one{Voter{}};
  const Estimate estimate = sample(Chooser{}, setting(1), names(1), one, 0, 20'000);
  CHECK(estimate.product == "1");
  CHECK_FALSE(estimate.product_inside);
  CHECK(estimate.broken_assumptions == std::vector<std::string>{"nodes act by themselves: what they choose to do may decide the transaction"});
  const ExactOdds exact = exact_odds(Chooser{}, setting(1), one);
  CHECK(exact.fractions[0] == "0.5");
  CHECK(exact.fractions[1] == "0.5");
}

TEST_CASE("runs that a limit of time stops are not counted, and the others are not lost") {
  Setting faulty = setting(2);
  faulty.chances.loss = {1, 10};
  const Sampling all{.runs = 5'000'000, .limits = {.seconds = 0.05}};
  const Sampled sampled = sample(TwoPhase{}, faulty, kBank, all);
  CHECK(sampled.stopped == "the time limit was reached");
  const std::uint64_t counted = sampled.sums.outcomes.runs();
  CHECK(counted < all.runs);
  CHECK(sampled.sums == sample(TwoPhase{}, faulty, kBank, Sampling{.runs = std::max<std::uint64_t>(counted, 1)}).sums);
  const Estimate none = judged(names(2), kBank, faulty, all, Sampled{.looks = one_look(all.runs)});
  CHECK(none.commits.low == 0);
  CHECK(none.commits.high == 1);
  CHECK(none.messages == 0);
}

TEST_CASE("a lost message breaks an assumption, and the product is outside") {
  Setting lossy = setting(2);
  lossy.chances.loss = {1, 20};
  const Estimate estimate = sample(TwoPhase{}, lossy, names(2), kBank, 1, 5'000);
  CHECK_FALSE(estimate.product_inside);
  CHECK(estimate.commits.high < 0.98505);
  REQUIRE(estimate.broken_assumptions.size() == 1);
  CHECK(estimate.broken_assumptions.front().find("messages are lost") == 0);
  // Request and vote of both must arrive: 0.95^4 of what the votes alone allow.
  const Rational expected = Rational(98505, 100'000) * Rational(95 * 95 * 95 * 95, 100'000'000);
  CHECK(contains(estimate.commits, expected));
}

TEST_CASE("a coordinator that stops blocks those in doubt, and each run is in exactly one class") {
  Setting crashing = setting(3);
  crashing.chances.crash = {1, 50};
  const Estimate estimate = sample(TwoPhase{}, crashing, names(3), std::vector<Voter>(3), 2, 4'000);
  CHECK(estimate.outcomes.blocked > 0);
  CHECK(estimate.outcomes.breaks == 0);
  CHECK(estimate.outcomes.commits + estimate.outcomes.aborts + estimate.outcomes.blocked == 4'000);
}

TEST_CASE("a crash within the pre-commit broadcast of the textbook's 3pc breaks some runs") {
  Setting crashing = setting(3);
  crashing.chances.crash = {1, 10};
  CHECK(sample(TextbookThreePhase{}, crashing, names(3), std::vector<Voter>(3), 3, 4'000).outcomes.breaks > 0);
}

TEST_CASE("a run is drawn from its own stream: the first thousand are the same in a longer estimate") {
  Setting lossy = setting(2);
  lossy.chances.loss = {1, 10};
  const Estimate half = sample(TwoPhase{}, lossy, names(2), kBank, 9, 1'000), again = sample(TwoPhase{}, lossy, names(2), kBank, 9, 1'000);
  CHECK(half.outcomes.commits == again.outcomes.commits);
  const Estimate whole = sample(TwoPhase{}, lossy, names(2), kBank, 9, 2'000);
  CHECK(whole.outcomes.commits >= half.outcomes.commits);
  CHECK(whole.outcomes.commits <= half.outcomes.commits + 1'000);
  CHECK(sample(TwoPhase{}, lossy, names(2), kBank, 10, 1'000).messages != half.messages);
}

TEST_CASE("a vote that is fixed, or that the holdings do not allow, is a factor of one or zero") {
  std::vector<Voter> voters{{.success = {1, 2}, .fixed = Vote::yes}, {.success = {1, 3}}};
  CHECK(sample(TwoPhase{}, setting(2), names(2), voters, 1, 100).product == "1/3");
  voters.front() = {.success = {1, 1}, .holds = {50}, .does = {-51}};
  const Estimate estimate = sample(TwoPhase{}, setting(2), names(2), voters, 1, 100);
  CHECK(estimate.product == "0");
  CHECK(estimate.outcomes.commits == 0);
}

TEST_CASE("what a transaction costs on average, where nothing fails, is what the tables say") {
  const Estimate estimate = sample(TwoPhase{}, setting(4), names(4), std::vector<Voter>(4), 1, 50);
  CHECK(estimate.messages == 16);
  CHECK(estimate.forced_writes == 9);
  CHECK(estimate.latency_ns > 0);
}

TEST_CASE("any number of threads counts the same, to the last nanosecond") {
  Setting lossy = setting(2);
  lossy.chances.loss = {1, 10};
  lossy.delays.message = Delay::exponential(3'000'000);
  const Sampled one = sample(TwoPhase{}, lossy, kBank, {.seed = 9, .runs = 3'000});
  CHECK(one.sums.latency_ns > 0);
  for (const unsigned threads : {2u, 3u, 8u}) CHECK(sample(TwoPhase{}, lossy, kBank, {.seed = 9, .runs = 3'000, .threads = threads}).sums == one.sums);
}

TEST_CASE("the shards of an estimate add up to it, however many they are") {
  Setting lossy = setting(2);
  lossy.chances.loss = {1, 10};
  const Sums whole = sample(TwoPhase{}, lossy, kBank, {.seed = 9, .runs = 1'000}).sums;
  for (const std::uint64_t of : {1u, 2u, 3u, 7u, 1000u}) {
    Sums sums;
    for (std::uint64_t part = 1; part <= of; ++part) {
      const Shard shard{part, of};
      const Sums counted = sample(TwoPhase{}, lossy, kBank, {.seed = 9, .runs = 1'000, .shard = shard}).sums;
      CHECK(counted.outcomes.runs() == shard.size(1'000));
      sums += counted;
    }
    CHECK(sums == whole);
  }
}

TEST_CASE("runs end at the first look at which every interval is narrow enough, or when there may be no more") {
  const Sampling sampling{.seed = 4, .runs = kTallyRunsMost, .width = 0.05};
  const Sampled narrow = sample(TwoPhase{}, setting(2), kBank, sampling);
  CHECK(narrow.narrow);
  CHECK(narrow.sums.outcomes.runs() == narrow.looks.at[narrow.look]);
  CHECK(widest(narrow.sums.outcomes, narrow.looks.level) <= 0.05);
  REQUIRE(narrow.look > 0);
  const std::uint64_t before = narrow.looks.at[narrow.look - 1];
  CHECK(widest(sample(TwoPhase{}, setting(2), kBank, {.seed = 4, .runs = before}).sums.outcomes, narrow.looks.level) > 0.05);
  CHECK(sample(TwoPhase{}, setting(2), kBank, {.seed = 4, .runs = narrow.sums.outcomes.runs()}).sums == narrow.sums);

  const Sampled cut = sample(TwoPhase{}, setting(2), kBank, {.seed = 4, .runs = 100, .width = 0.05});
  CHECK_FALSE(cut.narrow);
  CHECK(cut.sums.outcomes.runs() == 100);
}

}  // namespace commitlab
