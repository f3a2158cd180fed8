// The checker, by every method that it has, against the plainest search there is, on protocols written by chance.
//   COMMITLAB_DIFFERENTIAL=10000   so many cases instead of a few hundred
//   COMMITLAB_DIFFERENTIAL=17..17  only these
#include <charconv>
#include <cstdlib>

#include "checker/differences_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

#ifdef NDEBUG
constexpr std::uint64_t kCases = 300;
#else
constexpr std::uint64_t kCases = 200;  // with assertions and sanitizers a case takes ten times as long
#endif

struct Seeds {
  std::uint64_t first = 0, last = kCases - 1;
  bool enough() const { return last - first >= 199; }  // for shares to mean something
};

Seeds seeds_asked() {
  Seeds seeds;
  const char* asked = std::getenv("COMMITLAB_DIFFERENTIAL");
  if (asked == nullptr) return seeds;
  const std::string text = asked;
  const auto dots = text.find("..");
  const auto number = [](const std::string& digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) FAIL("COMMITLAB_DIFFERENTIAL is 10000, or 17..17");
    return value;
  };
  if (dots == text.npos) seeds.last = number(text) - 1;
  else seeds = {number(text.substr(0, dots)), number(text.substr(dots + 2))};
  if (seeds.last < seeds.first || seeds.last == ~std::uint64_t{0}) FAIL("COMMITLAB_DIFFERENTIAL asks for no case at all");
  return seeds;
}

/// What the cases are like, all together: a test of nothing would pass as well.
struct Tally {
  std::size_t cases = 0;
  std::map<std::string, std::size_t> with{};

  template <Protocol P>
  void add(const Truth<P>& truth) {
    ++cases;
    const auto count = [&](const std::string& what, bool so) { with[what] += so ? 1 : 0; };
    const auto& faults = truth.question.faults;
    bool unsafe = false;
    for (const auto& [property, answer] : truth.answers) {
      count(std::string(name_of(property)) + (answer.nearest ? " violated" : " holds"), true);
      unsafe = unsafe || (answer.nearest && property <= Property::AC3);
      count("a witness of six steps or more", is_invariant(property) && answer.nearest >= std::uint64_t{6});
    }
    count(truth.trivial ? "AC4 violated" : "AC4 holds", true);
    count("AC1, AC2 or AC3 violated", unsafe);
    count("cycles", truth.oracle.cyclic());
    count("participants alike", !ordered(truth.p));
    count("fewer orbits than half the worlds", 2 * truth.orbits < truth.oracle.worlds.size());
    count("a torn broadcast", truth.oracle.torn);
    count("two transactions", truth.question.votes.front().size() > 1);
    count("an end in which somebody waits", somebody_waits(truth.oracle));
    for (const Event event : truth.oracle.events) count(std::string(name_of(event)), true);
    count(std::string(name_of(faults.timing)), true);
    count(std::string(name_of(faults.channels)), true);
    count(std::string(name_of(faults.recovery)), true);
    count(std::string(name_of(faults.transaction_order)), truth.question.votes.front().size() > 1);
    count(std::string(name_of(faults.messages)), truth.question.votes.front().size() > 1);
    count("held", faults.left.partitions > 0 && faults.severed == Severed::held);
  }
  std::size_t percent(const std::string& what) const { return with.contains(what) ? 100 * with.at(what) / cases : 0; }

  std::string told() const {
    std::string words = std::to_string(cases) + " cases\n";
    for (const auto& [what, count] : with) words += std::to_string(count) + " " + what + "\n";
    return words;
  }

 private:
  template <Protocol P>
  static bool somebody_waits(const Oracle<P>& oracle) {
    for (std::uint32_t id = 0; id < oracle.worlds.size(); ++id)
      if (oracle.terminal[id] && !live_decided(oracle.worlds[id])) return true;
    return false;
  }
};

void check_shares(const Tally& tally) {
  INFO(tally.told());
  CHECK(tally.percent("AC1, AC2 or AC3 violated") >= 20);
  CHECK(tally.percent("AC1, AC2 or AC3 violated") <= 80);
  CHECK(tally.percent("cycles") >= 30);
  CHECK(tally.percent("participants alike") >= 30);
  CHECK(tally.percent("fewer orbits than half the worlds") >= 10);
  CHECK(tally.percent("a witness of six steps or more") >= 5);
  CHECK(tally.percent("a torn broadcast") >= 5);
  std::vector<std::string> some{"two transactions", "an end in which somebody waits", "held"};
  for (const std::string property : {"AC1", "AC2", "AC3", "AC4", "AC5", "NB"}) some.push_back(property + " holds"), some.push_back(property + " violated");
  for (std::size_t i = 0; i < count_of<Event>(); ++i) some.push_back(std::string(name_of(static_cast<Event>(i))));
  for (const std::string setting : {"asynchronous", "synchronous", "bag", "fifo", "sticky", "never", "any_time", "when_faults_stop", "overlapping", "serial", "numbered", "unnumbered"}) some.push_back(setting);
  for (const auto& what : some) {
    INFO(what);
    CHECK(tally.percent(what) >= 1);
  }
}

}  // namespace

TEST_CASE("every method says of protocols written by chance what the plainest search says") {
  const Seeds seeds = seeds_asked();
  Tally tally;
  for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed)
    with_case(seed, [&]<class P>(const P& p, const Question& question, const Oracle<P>& oracle, const Oracle<P>& of_calm) {
      const Truth<P> truth(p, question, oracle, of_calm);
      tally.add(truth);
      const Verdict plain = check(p, question);
      for (const Promise& promise : kPromises) {
        std::string all;
        for (const auto& complaint : complaints_about(promise, truth, plain)) all += complaint + "\n";
        if (all.empty()) continue;
        const std::string number = std::to_string(seed);
        FAIL_CHECK(promise.name << ", case " << number << ":\n" << all << told(question) << told(p)
                   << "again: ./lab differential " << number << ".." << number);
      }
    });
  CHECK(tally.cases == seeds.last - seeds.first + 1);
  if (seeds.enough()) check_shares(tally);
}

TEST_CASE("a table drawn for participants alike knows no numbers, and some of those drawn as ordered do") {
  std::size_t telling = 0;
  for (std::uint64_t seed = 2; seed < 90; seed += 3)  // three participants
    with_case(seed, [&]<class P>(const P& p, const Question&, const Oracle<P>& oracle, const Oracle<P>&) {
      Renaming to;
      to.swap(NodeId{1}, NodeId{3});
      const auto successors = [&](const World<P>& w, const Renaming& then) {
        std::multiset<std::string> all;
        each_choice(p, w, [&](const Step& step, const Handled<P>&) {
          World<P> next = w;
          apply(p, next, step);
          all.insert(bytes_of(renamed(next, then)));
        });
        return all;
      };
      const bool tells = std::any_of(oracle.worlds.begin(), oracle.worlds.end(), [&](const World<P>& w) { return successors(w, to) != successors(renamed(w, to), {}); });
      INFO("case " << seed);
      if (!p.ordered) CHECK_FALSE(tells);
      telling += tells ? 1 : 0;
    });
  CHECK(telling > 0);
}

}  // namespace commitlab
