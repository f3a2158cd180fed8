// Breadth-first search of every world that the faults allow, with an exact store: the first witness is a shortest one.
#pragma once

#include <chrono>
#include <optional>

#include "checker/graph.hpp"
#include "checker/store.hpp"
#include "checker/verdict.hpp"
#include "sim/choices.hpp"
#include "sim/encode.hpp"

namespace commitlab {

/// All reachable worlds of one question, numbered in the order in which they were found.
template <Protocol P>
class Search {
 public:
  Search(const P& p, std::vector<World<P>> starts, const Limits& limits)
      : p_(p), starts_(std::move(starts)), codec_(starts_.front()), limits_(limits) {}

  /// Keep the steps that are no new faults, for can_reach.
  void keep_graph() { keep_graph_ = true; }

  /// Visits everything reachable. look(World, id) sees each world once, as it is found; a false from it ends the search.
  /// taken(Step, World after) sees each step.
  void run(auto&& look, auto&& taken) {
    const auto begin = std::chrono::steady_clock::now();
    World<P> w = starts_.front(), next = w;
    bool go_on = true;
    const auto reach = [&](const World<P>& world, std::uint32_t from) {
      codec_.encode(world, bytes_);
      const auto place = store_.insert(bytes_);
      if (place.fresh) {
        parents_.push_back(from);
        go_on = look(world, place.id) && go_on;
      }
      return place.id;
    };
    for (std::uint32_t i = 0; i < starts_.size(); ++i) reach(starts_[i], i);
    std::size_t level_end = store_.size();
    depth_ = 1;
    for (std::uint32_t id = 0; id < store_.size() && go_on; ++id) {
      if (id == level_end) level_end = store_.size(), ++depth_;
      if (store_.size() > std::min(limits_.worlds, Store::kMost) || codec_.overflowed() || (id & 0xfff) == 0)
        if (over_limit(begin)) return;
      codec_.decode(store_[id], w);
      if (keep_graph_) graph_.begin_world();
      each_choice(p_, w, [&](const Step& step, const Handled<P>& handled) {
        too_many_effects_ = too_many_effects_ || handled.out.overflowed();
        next = w;
        apply(next, step, handled);
        ++steps_;
        const std::uint32_t to = reach(next, id);
        if (keep_graph_ && !is_fault(step) && to != id) graph_.add(to, step.event == Event::recover && !w.is_up(step.node));
        taken(step, next);
      });
    }
    finished_ = go_on && !over_limit(begin);
  }

  std::uint64_t worlds() const { return store_.size(); }
  std::uint64_t steps() const { return steps_; }
  std::uint64_t depth() const { return depth_; }
  bool finished() const { return finished_; }
  const std::string& stopped() const { return stopped_; }
  std::uint64_t footprint() const { return store_.footprint() + parents_.capacity() * sizeof(std::uint32_t) + graph_.footprint(); }
  const Graph& graph() const { return graph_; }

  World<P> world(std::uint32_t id) const {
    World<P> w = starts_.front();
    codec_.decode(store_[id], w);
    return w;
  }

  /// The way from a start to a world, as found; every step is made again with apply, and must lead where it led.
  struct Path {
    World<P> start;
    std::vector<Step> steps;
  };
  std::optional<Path> path_to(std::uint32_t id) const {
    std::vector<std::uint32_t> way{id};
    while (way.back() >= starts_.size()) way.push_back(parents_[way.back()]);
    Path path{world(way.back()), {}};
    World<P> w = path.start;
    for (std::size_t i = way.size() - 1; i-- > 0;) {
      const auto step = step_between(w, way[i]);
      if (!step) return std::nullopt;
      apply(p_, w, *step);
      path.steps.push_back(*step);
    }
    std::string bytes;
    codec_.encode(w, bytes);
    return bytes == store_[id] ? std::optional(std::move(path)) : std::nullopt;
  }

 private:
  bool over_limit(std::chrono::steady_clock::time_point begin) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (store_.size() > std::min(limits_.worlds, Store::kMost)) stopped_ = "the limit of " + std::to_string(std::min(limits_.worlds, Store::kMost)) + " worlds was reached";
    else if (codec_.overflowed()) stopped_ = "a state, message or record holds a value that its type does not name";
    else if (too_many_effects_) stopped_ = "a handler asks for more than " + std::to_string(EffectsOf<P>::kMax) + " effects";
    else if (took.count() > limits_.seconds) stopped_ = "the time limit was reached";
    else if (footprint() > limits_.bytes) stopped_ = "the memory limit was reached";
    return !stopped_.empty();
  }

  std::optional<Step> step_between(const World<P>& w, std::uint32_t to) const {
    std::optional<Step> found;
    World<P> next = w;
    std::string bytes;
    each_choice(p_, w, [&](const Step& step, const Handled<P>& handled) {
      if (found) return;
      next = w;
      apply(next, step, handled);
      codec_.encode(next, bytes);
      if (bytes == store_[to]) found = step;
    });
    return found;
  }

  const P& p_;
  std::vector<World<P>> starts_;
  Codec<P> codec_;
  Limits limits_;
  Store store_;
  std::vector<std::uint32_t> parents_;
  Graph graph_;
  std::string bytes_, stopped_;
  std::uint64_t steps_ = 0, depth_ = 0;
  bool keep_graph_ = false, finished_ = false, too_many_effects_ = false;
};

}  // namespace commitlab
