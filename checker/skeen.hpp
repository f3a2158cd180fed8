// Skeen's theorem (Skeen 1981; Skeen and Stonebraker 1983): a commit protocol is non-blocking if and only if (1) no local
// state can be occupied together with both a commit and an abort state, and (2) no local state that is not committable can be
// occupied together with a commit state.
#pragma once

#include <chrono>
#include <map>
#include <set>

#include "checker/bounds.hpp"
#include "checker/concurrency.hpp"
#include "checker/kinds.hpp"
#include "checker/numbered.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

namespace skeen {

/// The coordinator may refuse as long as it collects votes. Our coordinators have no vote, but a timer, and give up by it.
template <Protocol P>
bool is_refusal(const World<P>& w, const Step& step, const Handled<P>& handled) {
  if (step.event != Event::timeout || step.node != kCoordinator || w.slot(kCoordinator).decided.ever()) return false;
  const auto effects = handled.out.list();
  return std::any_of(effects.begin(), effects.end(), [](const auto& effect) { return effect.what == Do::decide && effect.decision == Decision::abort; });
}

/// A step of the failure-free global graph. No other timer fires there: nobody has failed, so nobody is given up.
template <Protocol P>
bool belongs(const World<P>& w, const Step& step, const Handled<P>& handled) {
  return step.event != Event::timeout || is_refusal(w, step, handled);
}

inline constexpr std::uint64_t kBytesBeside = 96;  // what a world takes in a set, beside its own bytes; about

/// Calls visit(World, may_refuse) once for every world of the failure-free global graph, from all votes; returns why it
/// stopped before the end, or nothing. Such graphs are small: this is as plain as a search can be.
template <Protocol P>
std::string each_failure_free_world(const P& p, std::size_t participants, const Limits& limits, auto&& visit) {
  Bounds bounds(limits);
  const Faults none{.timing = Timing::asynchronous};
  World<P> w = initial<P>(participants + 1, NodeSet::first(participants + 1), none), next = w;
  Numbered<P> relation(p, w, all_different(participants + 1));
  std::set<std::vector<Number>> seen;
  std::vector<const std::vector<Number>*> found;  // in that order
  std::vector<Number> row;
  std::uint64_t held = 0;
  const auto reach = [&](const World<P>& world) {
    if (bounds.reached(16)) return;
    relation.number(world, row);
    const auto [place, fresh] = seen.insert(row);
    if (!fresh) return;
    found.push_back(&*place);
    held += kBytesBeside + row.size() * sizeof(Number);
    bounds.pass(held);
  };
  for (std::uint64_t yes = 0; yes < std::uint64_t{1} << participants; ++yes) reach(initial<P>(participants + 1, NodeSet::from_bits(yes << 1 | 1), none));
  bool overflowed = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (bounds.reached() || bounds.pass_worlds(found.size())) return bounds.reason();
    relation.world(*found[i], w);
    bool may_refuse = false;
    each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
      if (!belongs(w, step, handled)) return;
      overflowed = overflowed || handled.out.overflowed();
      may_refuse = may_refuse || is_refusal(w, step, handled);
      next = w;
      apply(next, step, handled);
      reach(next);
    });
    if (overflowed || !relation.defect().empty()) return "a value or a list of effects is larger than its room";
    visit(w, may_refuse);
  }
  return bounds.reason();
}

/// A local state as it is told from others, and sorted.
struct Key {
  Role who{};
  std::vector<std::size_t> enumerators{};
  std::optional<Decision> decided{};
  friend auto operator<=>(const Key&, const Key&) = default;
};

/// "prepared", or "idle(duty=votes)": the first enumerator, and those behind it that are not the first of their kind.
std::string name_of_state(const auto& state) {
  std::string head, rest;
  each_enumerator(state, [&](std::string_view field, auto value) {
    if (head.empty()) head = name_of(value);
    else if (value != decltype(value){}) rest += (rest.empty() ? "" : ",") + std::string(field) + "=" + std::string(name_of(value));
  });
  return rest.empty() ? head : head + "(" + rest + ")";
}

template <Protocol P>
Key key_of(const World<P>& w, NodeId id) {
  const auto& slot = w.slot(id);
  Key key{id == kCoordinator ? Role::coordinator : Role::participant, {}, {}};
  each_enumerator(slot.state, [&](std::string_view, auto value) { key.enumerators.push_back(static_cast<std::size_t>(value)); });
  if (slot.decided.ever()) key.decided = slot.decided.ever_commit ? Decision::commit : Decision::abort;
  return key;
}

/// Has this participant voted yes? A protocol that says who is in doubt says so; of another, whoever has left its first state
/// and has not aborted.
template <Protocol P>
bool has_voted_yes(const P& p, const World<P>& w, NodeId id) {
  const auto& slot = w.slot(id);
  if (slot.vote == Vote::no || slot.decided.ever_abort) return false;
  if (slot.decided.ever_commit) return true;
  if constexpr (Doubts<P>) return p.in_doubt(slot.state);
  const World<P> start = initial<P>(w.nodes, w.all(), w.faults);
  return key_of(w, id) != key_of(start, id);
}

/// Can nobody refuse any more? Then whoever is in a state now may be in a committable one.
template <Protocol P>
bool all_voted_yes(const P& p, const World<P>& w, bool may_refuse) {
  const auto& coordinator = w.slot(kCoordinator);
  bool all = !may_refuse && coordinator.part == Part::running && !coordinator.decided.ever_abort;
  w.all().without(kCoordinator).each([&](NodeId id) { all = all && has_voted_yes(p, w, id); });
  return all;
}

struct Occupied {
  std::string name{};
  bool committable = true;  // as far as was seen
  std::set<Key> beside{};
};

inline std::vector<LocalState> judged(const std::map<Key, Occupied>& graph) {
  std::vector<LocalState> states;
  for (const auto& [key, state] : graph) {
    LocalState& local = states.emplace_back(LocalState{.who = key.who, .name = state.name, .decided = key.decided, .committable = state.committable});
    bool commit = false, abort = false;
    for (const Key& other : state.beside) {
      local.beside.push_back(static_cast<std::size_t>(std::distance(graph.begin(), graph.find(other))));
      commit = commit || other.decided == Decision::commit;
      abort = abort || other.decided == Decision::abort;
    }
    local.sees_both = commit && abort;
    local.sees_commit_too_early = commit && !state.committable;
  }
  return states;
}

}  // namespace skeen

/// The concurrency set of every local state of p among so many participants and the coordinator, and which of them fail a
/// condition of the theorem.
template <Protocol P>
Concurrency concurrency(const P& p, std::size_t participants, const Limits& limits) {
  using namespace skeen;
  const auto begin = std::chrono::steady_clock::now();
  Concurrency answer{.participants = participants};
  std::map<Key, Occupied> graph;
  answer.stopped = each_failure_free_world(p, participants, limits, [&](const World<P>& w, bool may_refuse) {
    ++answer.worlds;
    const bool all_yes = all_voted_yes(p, w, may_refuse);
    std::vector<Key> keys;
    w.all().each([&](NodeId id) { keys.push_back(key_of(w, id)); });
    w.all().each([&](NodeId id) {
      Occupied& state = graph[keys[index(id)]];
      if (state.name.empty()) state.name = name_of_state(w.slot(id).state);
      state.committable = state.committable && all_yes;
      for (std::size_t other = 0; other < keys.size(); ++other)
        if (other != index(id)) state.beside.insert(keys[other]);
    });
  });
  answer.states = judged(graph);
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return answer;
}

}  // namespace commitlab
