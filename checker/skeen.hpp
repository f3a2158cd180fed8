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

/// Does the coordinator give up here? Our coordinators have no vote, but a timer; so this is how one refuses, as long as it collects votes.
template <Protocol P>
bool gives_up(const World<P>& w, const Step& step, const Handled<P>& handled) {
  if (step.event != Event::timeout || step.node != kCoordinator || w.slot(kCoordinator).decided.ever()) return false;
  const auto effects = handled.out.list();
  return std::any_of(effects.begin(), effects.end(), [](const auto& effect) { return effect.what == Do::decide && effect.decision == Decision::abort; });
}

inline constexpr std::uint64_t kBytesBeside = 96;  // what a world takes in a set, beside its own bytes; about

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

template <Protocol P>
bool participants_voted_yes(const P& p, const World<P>& w) {
  bool all = true;
  w.all().without(kCoordinator).each([&](NodeId id) { all = all && has_voted_yes(p, w, id); });
  return all;
}

/// Can nobody refuse any more? Then whoever is in a state now may be in a committable one.
template <Protocol P>
bool all_voted_yes(const P& p, const World<P>& w, bool may_refuse) {
  const auto& coordinator = w.slot(kCoordinator);
  return !may_refuse && coordinator.part == Part::running && !coordinator.decided.ever_abort && participants_voted_yes(p, w);
}

/// The states in which the coordinator cannot know that all votes are in: in some world in which it is in such a state, somebody has not
/// voted yes. In these it still collects votes, and may refuse; in any other its timer waits for something else.
template <Protocol P>
class Collecting {
 public:
  void look(const P& p, const World<P>& w) {
    if (!w.slot(kCoordinator).decided.ever() && !participants_voted_yes(p, w)) states_.insert(bytes_of(w));
  }
  bool is_in(const World<P>& w) const { return states_.contains(bytes_of(w)); }

 private:
  static std::string bytes_of(const World<P>& w) {
    const auto& state = w.slot(kCoordinator).state;
    return {reinterpret_cast<const char*>(&state), sizeof state};
  }

  std::set<std::string> states_;
};

/// The failure-free global graph, from all votes: small, so this is as plain as a search can be.
template <Protocol P>
class FailureFree {
 public:
  FailureFree(const P& p, std::size_t participants, const Limits& limits)
      : p_(p), bounds_(limits), start_(initial<P>(participants + 1, NodeSet::first(participants + 1), Faults{})), relation_(p, start_, all_different(participants + 1)) {
    for (std::uint64_t yes = 0; yes < std::uint64_t{1} << participants; ++yes)
      reach(initial<P>(participants + 1, NodeSet::from_bits(yes << 1 | 1), start_.faults));
  }

  /// Calls visit(World, may_refuse) for every world, and a second time for those in which the coordinator may refuse; returns why it
  /// stopped before the end, or nothing. First come the worlds in which it has not refused: only all of them tell in which of its states
  /// it still collects votes.
  std::string visit(auto&& visit) {
    Collecting<P> collecting;
    std::vector<std::size_t> giving_up;
    std::string stopped = each_world([&](const World<P>& w, bool gives_up) {
      if (gives_up) giving_up.push_back(visited_ - 1);
      collecting.look(p_, w);
      visit(w, false);
    });
    World<P> w = start_;
    for (const std::size_t i : giving_up) {
      if (!stopped.empty()) return stopped;
      relation_.world(*found_[i], w);
      if (!collecting.is_in(w)) continue;
      visit(w, true);
      refuse(w);
      stopped = past_limit();
    }
    return stopped.empty() ? each_world([&](const World<P>& world, bool) { visit(world, false); }) : stopped;
  }
  /// Different ones.
  std::uint64_t visited() const { return visited_; }

 private:
  /// Calls visit(World, gives_up) for the worlds that have been found and not visited, and for all that they lead to without a timer:
  /// nobody has failed, so nobody is given up. `gives_up`: the coordinator may, by its timer.
  std::string each_world(auto&& visit) {
    World<P> w = start_, next = start_;
    bool overflowed = false;
    while (visited_ < found_.size()) {
      if (std::string limit = past_limit(); !limit.empty()) return limit;
      relation_.world(*found_[visited_], w);
      bool giving_up = false;
      each_choice(p_, w, [&](const Step& step, const Handled<P>& handled) {
        giving_up = giving_up || gives_up(w, step, handled);
        if (step.event == Event::timeout) return;
        overflowed = overflowed || handled.out.overflowed();
        next = w;
        apply(next, step, handled);
        reach(next);
      });
      if (overflowed || !relation_.defect().empty()) return "a value or a list of effects is larger than its room";
      ++visited_;
      visit(w, giving_up);
    }
    return past_limit();
  }
  /// The coordinator gives up.
  void refuse(const World<P>& w) {
    each_choice(p_, w, [&](const Step& step, const Handled<P>& handled) {
      if (!gives_up(w, step, handled)) return;
      World<P> next = w;
      apply(next, step, handled);
      reach(next);
    });
  }
  void reach(const World<P>& world) {
    if (bounds_.reached(16)) return;
    relation_.number(world, row_);
    const auto [place, fresh] = seen_.insert(row_);
    if (!fresh) return;
    found_.push_back(&*place);
    held_ += kBytesBeside + row_.size() * sizeof(Number);
    bounds_.pass(held_);
  }
  std::string past_limit() {
    if (!bounds_.reached()) bounds_.pass_worlds(found_.size());
    return bounds_.reason();
  }

  const P& p_;
  Bounds bounds_;
  const World<P> start_;
  Numbered<P> relation_;
  std::set<std::vector<Number>> seen_;
  std::vector<const std::vector<Number>*> found_;  // in that order
  std::vector<Number> row_;
  std::size_t visited_ = 0;
  std::uint64_t held_ = 0;
};

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
  FailureFree<P> worlds(p, participants, limits);
  answer.stopped = worlds.visit([&](const World<P>& w, bool may_refuse) {
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
  answer.worlds = worlds.visited();
  answer.states = judged(graph);
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return answer;
}

}  // namespace commitlab
