// What must be true of every protocol in the list, whatever its rules: walked at random with a fixed seed.
#include <map>
#include <set>

#include "checker/numbered.hpp"
#include "checker/steps.hpp"
#include "protocols/each_for_tests.hpp"
#include "sim/properties.hpp"
#include "sim/rename.hpp"
#include "sim/rng.hpp"
#include "sim/words.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// Every kind of fault at once, so that walks come everywhere.
Faults everything(Timing timing, Channels channels) {
  const bool sticky = channels == Channels::sticky;
  const std::uint8_t some = sticky ? 0 : 2;
  return {.left = {.crashes = 3, .disk_losses = 1, .losses = some, .duplicates = some, .reorders = 1, .partitions = 1,
                   .suspicions = std::uint8_t(timing == Timing::synchronous ? 2 : 0)},
          .recovery = Recovery::any_time, .timing = timing, .channels = channels};
}

/// Walks at random from the start, showing each world that is come to.
template <Protocol P>
void walk(const P& p, World<P> w, std::uint64_t seed, std::size_t length, auto&& visit) {
  Rng rng(seed);
  for (std::size_t i = 0; i < length; ++i) {
    visit(w);
    std::vector<Step> steps;
    each_choice(p, w, [&](const Step& step, const Handled<P>&) { steps.push_back(step); });
    if (steps.empty()) return;
    apply(p, w, steps[rng.below(steps.size())]);
  }
}

/// Walks of many kinds through the worlds of p.
template <Protocol P>
void walks(const P& p, auto&& visit) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto timing = seed % 2 == 0 ? Timing::asynchronous : Timing::synchronous;
    const auto channels = seed % 5 == 3 ? Channels::fifo : seed % 5 == 4 && timing == Timing::asynchronous ? Channels::sticky : Channels::bag;
    const std::array votes{NodeSet::from_bits(seed * 0x9e3779b97f4a7c15u | 1 | (seed % 3 == 0 ? ~0u : 0u)), NodeSet::first(64)};
    const std::span<const NodeSet> some(votes.data(), seed % 4 == 1 ? 2 : 1);
    walk(p, initial<P>(2 + seed % 4, some, everything(timing, channels)), seed, 60, visit);
  }
}

template <Protocol P>
std::vector<Number> numbered(Numbered<P>& relation, const World<P>& w) {
  std::vector<Number> row;
  relation.number(w, row);
  return row;
}

template <Protocol P>
std::multiset<std::vector<Number>> successors(const P& p, const World<P>& w, Numbered<P>& relation, const Renaming& to = {}) {
  std::multiset<std::vector<Number>> all;
  each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
    World<P> next = w;
    apply(next, step, handled);
    all.insert(numbered(relation, renamed(next, to)));
  });
  return all;
}

/// How many of the worlds that walks come to have other successors once their participants are renamed.
template <Protocol P>
std::size_t worlds_that_tell_names_apart(const P& p) {
  std::size_t count = 0;
  walks(p, [&](const World<P>& w) {
    if (w.nodes < 3) return;
    Numbered<P> relation(p, w, all_different(w.nodes));
    Renaming to;
    to.swap(NodeId{1}, node_id(w.nodes - 1u));
    if (successors(p, w, relation, to) != successors(p, renamed(w, to), relation)) ++count;
  });
  return count;
}

}  // namespace

TEST_CASE("a handler that runs twice asks for the same") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    using P = std::remove_cvref_t<decltype(p)>;
    walks(p, [&](const World<P>& w) {
      each_choice(p, w, [&](const Step& step, const Handled<P>& first) {
        if (!runs_handler(step.event)) return;
        const Handled<P> second = handle(p, w, step);
        REQUIRE(std::memcmp(&first.after, &second.after, sizeof first.after) == 0);
        REQUIRE(first.out.list().size() == second.out.list().size());
        for (std::size_t i = 0; i < first.out.list().size(); ++i)
          REQUIRE(words::effect<P>(first.out.list()[i]) == words::effect<P>(second.out.list()[i]));
      });
    });
  });
}

TEST_CASE("a world that is numbered and read back is the same world") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    using P = std::remove_cvref_t<decltype(p)>;
    walks(p, [&](const World<P>& w) {
      Numbered<P> relation(p, w, all_different(w.nodes));
      const auto row = numbered(relation, w);
      const World<P> back = relation.world(row);
      REQUIRE(numbered(relation, back) == row);
      REQUIRE(successors(p, back, relation) == successors(p, w, relation));
    });
  });
}

TEST_CASE("the steps of a world are those of its nodes, each worked out from the node's own parts") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    using P = std::remove_cvref_t<decltype(p)>;
    walks(p, [&](const World<P>& w) {
      Numbered<P> relation(p, w, all_different(w.nodes));
      Steps steps(relation);
      const auto row = numbered(relation, w);
      std::multiset<std::vector<Number>> all;
      const auto idle = steps.expand(row, {}, [&](const Move&, std::span<const Change> changes) {
        auto after = row;
        for (const Change& change : changes) after[change.place] = change.after;
        all.insert(after);
      });
      for (int i = 0; i < idle.steps; ++i) all.insert(row);
      REQUIRE(all == successors(p, w, relation));
    });
  });
}

TEST_CASE("what can happen has words of its own, so a play is never ambiguous") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    using P = std::remove_cvref_t<decltype(p)>;
    walks(p, [&](const World<P>& w) {
      std::set<std::string> seen;
      each_choice(p, w, [&](const Step& step, const Handled<P>& handled) { REQUIRE(seen.insert(told(line_of(w, step, handled))).second); });
    });
  });
}

TEST_CASE("renaming the participants changes nothing, for a protocol whose rules do not order them") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    if (!ordered(p)) CHECK(worlds_that_tell_names_apart(p) == 0);
  });
}

TEST_CASE("a protocol that declares its ids ordered has a reason: renaming changes what it does") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    if (ordered(p)) CHECK(worlds_that_tell_names_apart(p) > 0);
  });
}

TEST_CASE("a step is a new fault if and only if it spends a budget") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    using P = std::remove_cvref_t<decltype(p)>;
    walks(p, [&](const World<P>& w) {
      each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
        World<P> next = w;
        apply(next, step, handled);
        REQUIRE(is_fault(step) == !(next.faults.left == w.faults.left));
      });
    });
  });
}

TEST_CASE("a decision is forced before it is taken, by whoever has a disk") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    using P = std::remove_cvref_t<decltype(p)>;
    walks(p, [&](const World<P>& w) {
      each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
        if (step.event == Event::recover) return;  // it repeats a decision that its log holds
        bool forced = false;
        for (const auto& effect : handled.out.list()) {
          forced = forced || effect.what == Do::force;
          if (effect.what == Do::decide) REQUIRE(forced);
        }
      });
    });
  });
}

}  // namespace commitlab
