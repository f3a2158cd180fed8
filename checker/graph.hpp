// The steps between worlds that are no new faults, and from where a goal can be reached along them.
#pragma once

#include <cstdint>
#include <vector>

namespace commitlab {

/// Edges are added world by world, in ascending order of their origin.
class Graph {
 public:
  void begin_world() { begins_.push_back(edges_.size()); }
  /// `recovers`: the step brings a node back, which NB does not allow itself.
  void add(std::uint32_t to, bool recovers) { edges_.push_back(std::uint64_t{to} << 1 | (recovers ? 1 : 0)); }

  std::size_t worlds() const { return begins_.size(); }
  std::uint64_t footprint() const { return begins_.capacity() * 8 + edges_.capacity() * 8; }

  /// For each world, whether a goal can be reached from it; `goal` says which worlds are one.
  std::vector<bool> can_reach(const std::vector<bool>& goal, bool with_recovery) const {
    const std::size_t count = worlds();
    std::vector<std::uint64_t> into(count + 1, 0);
    each(with_recovery, [&](std::uint32_t, std::uint32_t to) { ++into[to + 1]; });
    for (std::size_t i = 0; i < count; ++i) into[i + 1] += into[i];
    std::vector<std::uint32_t> from(into[count]);
    std::vector<std::uint64_t> next(into.begin(), into.end() - 1);
    each(with_recovery, [&](std::uint32_t origin, std::uint32_t to) { from[next[to]++] = origin; });

    std::vector<bool> reaches = goal;
    std::vector<std::uint32_t> open;
    for (std::uint32_t id = 0; id < count; ++id)
      if (goal[id]) open.push_back(id);
    while (!open.empty()) {
      const std::uint32_t id = open.back();
      open.pop_back();
      for (std::uint64_t i = into[id]; i < into[id + 1]; ++i) {
        if (reaches[from[i]]) continue;
        reaches[from[i]] = true;
        open.push_back(from[i]);
      }
    }
    return reaches;
  }

 private:
  void each(bool with_recovery, auto&& visit) const {
    for (std::uint32_t id = 0; id < worlds(); ++id) {
      const std::uint64_t end = id + 1 < worlds() ? begins_[id + 1] : edges_.size();
      for (std::uint64_t i = begins_[id]; i < end; ++i)
        if (with_recovery || (edges_[i] & 1) == 0) visit(id, static_cast<std::uint32_t>(edges_[i] >> 1));
    }
  }
  std::vector<std::uint64_t> begins_;
  std::vector<std::uint64_t> edges_;
};

}  // namespace commitlab
