// Frozen graphs against the plainest search there is, on protocols written by chance: the same worlds under the same numbers, the same steps
// in the same words; what is cut off is told as unknown, and nothing else is.
#include "checker/freeze.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "checker/random_question_for_tests.hpp"
#include "checker/search.hpp"
#include "protocols/tcommit.hpp"
#include "protocols/three_phase_flooding.hpp"
#include "protocols/two_phase.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

constexpr std::uint32_t kNever = FrozenGraph::kNever;

/// The least number of steps from a world to one of the goals, forwards; worlds beyond lead nowhere.
std::uint32_t steps_to(const FrozenGraph& graph, std::uint32_t from, auto&& goal) {
  std::map<std::uint32_t, std::uint32_t> steps{{from, 0}};
  std::vector<std::uint32_t> found{from};
  for (std::size_t at = 0; at < found.size(); ++at) {
    const std::uint32_t world = found[at];
    if (goal(world)) return steps[world];
    if (world >= graph.worlds) continue;
    for (std::uint64_t i = graph.first_edge[world]; i < graph.first_edge[world + 1]; ++i)
      if (steps.try_emplace(graph.edges[i].to, steps[world] + 1).second) found.push_back(graph.edges[i].to);
  }
  return kNever;
}

template <Protocol P>
void check_steps(const P& p, const FrozenGraph& graph, const Oracle<P>& oracle) {
  REQUIRE(graph.worlds == oracle.worlds.size());
  REQUIRE(graph.edges.size() == oracle.edges.size());
  CHECK(graph.beyond == 0);
  CHECK(graph.stopped.empty());
  std::size_t differ = 0;
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const auto& its = oracle.edges[i];
    const auto& happening = graph.happening(graph.edges[i]);
    const bool inside = graph.first_edge[its.from] <= i && i < graph.first_edge[its.from + 1];
    differ += !inside || graph.edges[i].to != its.to || happening.fault != its.fault || happening.revives != its.recovers;
  }
  CHECK(differ == 0);
  for (std::uint32_t world = 0; world < graph.worlds; ++world) {
    std::uint64_t at = graph.first_edge[world];
    const World<P>& w = oracle.worlds[world];
    each_choice(p, w, [&](const Step& step, const Handled<P>& handled) { differ += told(graph.happening(graph.edges[at++]).line) != told(line_of(w, step, handled)); });
  }
  CHECK(differ == 0);
}

template <Protocol P>
void check_parts(const P& p, const FrozenGraph& graph, const Oracle<P>& oracle) {
  std::size_t differ = 0;
  for (std::uint32_t world = 0; world < graph.worlds; ++world) {
    const World<P>& w = oracle.worlds[world];
    const auto& header = graph.headers[graph.header(world)];
    differ += header.up != w.up || header.side != w.side || header.left != w.faults.left || header.faults_stopped != w.faults_stopped;
    std::size_t on_their_way = 0;
    w.all().each([&](NodeId id) {
      on_their_way += graph.inboxes[index(id)][graph.inbox(world, index(id))].size();
      for (std::uint8_t t = 0; t < w.transactions; ++t) {
        const NodeView is = view(p, w, id, t), told = graph.owns[index(id)][graph.own(world, index(id))][t];
        const bool log_matters = w.is_up(id) || w.faults.recovery != Recovery::never;
        differ += is.state != told.state || is.decided != told.decided || is.in_doubt != (told.in_doubt && is.up) || (log_matters && is.log != told.log);
      }
    });
    differ += on_their_way != w.flight.size();
  }
  CHECK(differ == 0);
}

template <Protocol P>
void check_judgements(const FrozenGraph& graph, const Oracle<P>& oracle, const Question& question) {
  const auto nb = oracle.answer(Property::NB, question);
  std::size_t differ = 0;
  for (std::uint32_t world = 0; world < graph.worlds; ++world) differ += (graph.blocked[world] == FrozenGraph::Blocked::yes) != nb.broken[world];
  CHECK(differ == 0);
  for (std::size_t i = 0; i < graph.judged.size(); ++i) {
    const auto& judged = graph.judged[i];
    const auto answer = oracle.answer(judged.property, question);
    INFO(judged.name);
    if (judged.property == Property::AC4) continue;
    CHECK(judged.status == (answer.nearest ? Status::violated : Status::holds));
    CHECK(judged.distance.empty() == !(judged.invariant && answer.nearest));
    for (std::uint32_t world = 0; world < graph.worlds && judged.invariant; ++world) differ += ((graph.broken[world] >> i & 1u) != 0) != answer.broken[world];
  }
  CHECK(differ == 0);
}

void check_distances(const FrozenGraph& graph) {
  for (std::uint32_t world = 0; world < graph.worlds; world += 1 + static_cast<std::uint32_t>(graph.worlds) / 16) {
    CAPTURE(world);
    CHECK(graph.to_blocked[world] == steps_to(graph, world, [&](std::uint32_t w) { return w < graph.worlds && graph.blocked[w] == FrozenGraph::Blocked::yes; }));
    CHECK(graph.to_unknown[world] == steps_to(graph, world, [&](std::uint32_t w) { return w >= graph.worlds || graph.blocked[w] == FrozenGraph::Blocked::unknown; }));
    CHECK(graph.to_beyond[world] == steps_to(graph, world, [&](std::uint32_t w) { return w >= graph.worlds; }));
    for (std::size_t i = 0; i < graph.judged.size(); ++i)
      if (!graph.judged[i].distance.empty())
        CHECK(graph.judged[i].distance[world] == steps_to(graph, world, [&](std::uint32_t w) { return w < graph.worlds && (graph.broken[w] >> i & 1u) != 0; }));
  }
}

/// The first worlds of a graph are those of the whole one, and nothing that they say of it is wrong.
void check_part(const FrozenGraph& part, const FrozenGraph& whole) {
  REQUIRE(part.worlds < whole.worlds);
  REQUIRE(part.beyond > 0);
  CHECK(part.stopped == "the limit of " + std::to_string(part.worlds) + " worlds was reached");
  std::size_t wrong = 0;
  for (std::uint32_t world = 0; world < part.worlds; ++world) {
    wrong += part.first_edge[world + 1] != whole.first_edge[world + 1] || part.broken[world] != whole.broken[world];
    for (std::uint64_t i = part.first_edge[world]; i < part.first_edge[world + 1]; ++i) wrong += part.edges[i].to != whole.edges[i].to;
    wrong += part.blocked[world] != FrozenGraph::Blocked::unknown && part.blocked[world] != whole.blocked[world];
    wrong += whole.to_blocked[world] < std::min(part.to_blocked[world], part.to_unknown[world]) || whole.to_blocked[world] > part.to_blocked[world];
    for (std::size_t i = 0; i < whole.judged.size(); ++i) {
      const auto distance = [&](const FrozenGraph& graph) { return graph.judged[i].distance.empty() ? kNever : graph.judged[i].distance[world]; };
      wrong += distance(whole) < std::min(distance(part), part.to_beyond[world]) || distance(whole) > distance(part);
    }
  }
  CHECK(wrong == 0);
  for (std::size_t i = 0; i < whole.judged.size(); ++i)
    if (part.judged[i].property != Property::AC4) CHECK((part.judged[i].status == Status::inconclusive || part.judged[i].status == whole.judged[i].status));
}

template <Protocol P>
void check_all(const P& p, Question question, const Oracle<P>& oracle) {
  const FrozenGraph graph = freeze(p, question);
  check_steps(p, graph, oracle);
  check_parts(p, graph, oracle);
  check_judgements(graph, oracle, question);
  check_distances(graph);
  question.limits.worlds = graph.starts.size() + (graph.worlds - graph.starts.size()) / 2;
  const FrozenGraph part = freeze(p, question);
  check_part(part, graph);
  check_distances(part);
}

}  // namespace

TEST_CASE("a frozen graph is the plain search, world by world and step by step") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 72; ++seed)
    with_case(seed, [&](const auto& p, const Question& question, const auto& oracle, const auto&) {
      CAPTURE(seed);
      check_all(p, question, oracle);
      for (const auto& edge : oracle.edges) seen.insert(edge.from == edge.to ? "a step that changes nothing" : edge.fault ? "a fault" : edge.recovers ? "a recovery" : "a step");
      if (question.votes.front().size() > 1) seen.insert("two transactions");
    });
  CHECK(seen == std::set<std::string>{"a step that changes nothing", "a fault", "a recovery", "a step", "two transactions"});
}

TEST_CASE("protocols that suspect, or see the states of others, are frozen as well") {
  const Faults crash{.left = {.crashes = 1, .suspicions = 1}, .timing = Timing::synchronous};
  const Question flooding = ask(2, crash, {Property::AC1, Property::NB});
  check_all(ThreePhaseFlooding{}, flooding, oracle_of(ThreePhaseFlooding{}, flooding, 30'000));
  const Question specification = all_yes(ask(2, Faults{.channels = Channels::sticky}, {Property::AC1}));
  const auto oracle = oracle_of(TCommit{}, specification, 1'000);
  check_steps(TCommit{}, freeze(TCommit{}, specification), oracle);
}

TEST_CASE("a frozen graph has at least its starts, and says their votes") {
  Question question = ask(2, {}, {Property::AC1, Property::AC4});
  question.limits.worlds = 1;
  const FrozenGraph graph = freeze(TwoPhase{}, question);
  CHECK(graph.worlds == 4);
  REQUIRE(graph.starts.size() == 4);
  CHECK(graph.starts[1].votes == std::vector<std::string>{"yes no"});
  CHECK(graph.starts[3].world == 3);
  CHECK(graph.protocol == "2pc");
}

TEST_CASE("a frozen graph ends soon once it is interrupted, or out of time") {
  Question question = ask(2, {.left = {.crashes = 1}}, {Property::AC1});
  const std::atomic<bool> interrupt{true};
  question.method.interrupt = &interrupt;
  CHECK(freeze(TwoPhase{}, question).stopped == kInterrupted);
  question.method.interrupt = nullptr, question.limits.seconds = 0;
  const FrozenGraph graph = freeze(TwoPhase{}, question);
  CHECK(graph.stopped == "the time limit was reached");
  CHECK(graph.judged.front().status == Status::inconclusive);
}

TEST_CASE("a frozen graph that would take too much is cut, also within its starts, and says so") {
  Question question = ask(3, {.left = {.crashes = 1}}, {Property::AC1});
  question.limits.bytes = 3000;
  const FrozenGraph graph = freeze(TwoPhase{}, question);
  CHECK(graph.stopped == "the memory limit was reached");
  CHECK(graph.judged.front().status == Status::inconclusive);
  CHECK(graph.worlds > 0);
  CHECK(graph.worlds < 8);
  REQUIRE(graph.starts.size() == graph.worlds);
  CHECK(graph.starts.back().votes.size() == 1);
}

}  // namespace commitlab
