// For tests: the plainest search there is, so that it can be believed. Every world is kept whole, under the bytes of all its
// fields; every answer comes from going through all of them. It shares the relation with the checker, and nothing else.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "checker/verdict.hpp"
#include "checker/world_bytes_for_tests.hpp"
#include "sim/choices.hpp"
#include "sim/properties.hpp"
#include "sim/rename.hpp"

namespace commitlab {

/// What is true of one property: the worlds that a witness may end in, and the steps to the nearest of them.
struct Answer {
  std::vector<bool> broken{};
  std::optional<std::uint64_t> nearest{};
};

template <Protocol P>
class Oracle {
 public:
  struct Edge {
    std::uint32_t from, to;
    bool fault, recovers;
  };

  /// Gives up past so many worlds.
  Oracle(const P& p, const std::vector<World<P>>& starts, std::size_t most) {
    for (const auto& start : starts) reach(start, 1);
    for (std::uint32_t id = 0; id < worlds.size() && worlds.size() <= most; ++id) {
      bool ends = true;
      const World<P> w = worlds[id];
      each_choice(p, w, [&](const Step& step, const Handled<P>&) {
        World<P> next = w;
        apply(p, next, step);
        edges.push_back({id, reach(next, levels[id] + 1), is_fault(step), step.event == Event::recover && !w.is_up(step.node)});
        events.insert(step.event);
        torn = torn || (step.cut != Step::kWhole && !step.nodes.empty());
        ends = false;
      });
      terminal.push_back(ends);
    }
    complete = terminal.size() == worlds.size();
  }

  std::vector<World<P>> worlds;         // in the order of their levels
  std::vector<std::uint64_t> levels;    // the starts are the first
  std::vector<Edge> edges;              // all steps
  std::vector<bool> terminal;           // nothing can happen any more
  std::set<Event> events;
  bool torn = false;                    // some broadcast was
  bool complete = false;

  std::uint64_t depth() const { return levels.back(); }
  std::optional<std::uint32_t> find(const World<P>& w) const {
    const auto found = ids_.find(bytes_of(w));
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  }

  Answer answer(Property property, const Question& question) const {
    Answer answer{.broken = std::vector<bool>(worlds.size())};
    if (property == Property::AC5) answer.broken = cannot_reach([](const auto& w) { return all_decided(w); }, true);
    if (property == Property::NB) answer.broken = cannot_reach([](const auto& w) { return live_decided(w); }, false);
    for (std::uint32_t id = 0; id < worlds.size(); ++id) {
      const World<P>& w = worlds[id];
      if (property == Property::AC1) answer.broken[id] = !agreement(w, question.agreement == Agreement::uniform);
      if (property == Property::AC2) answer.broken[id] = !stability(w);
      if (property == Property::AC3) answer.broken[id] = !validity(w);
      if (property == Property::conserve) answer.broken[id] = settled(w) && changed(w, question.conserve);
      if (property != Property::AC5 && w.faults_stopped) answer.broken[id] = false;  // the repair that only AC5 asks about
      if (answer.broken[id] && !answer.nearest) answer.nearest = levels[id] - 1;
    }
    return answer;
  }

  /// The worlds from which no goal can be reached by steps that are no new faults; without recovery, that bring nobody back.
  std::vector<bool> cannot_reach(auto&& goal, bool with_recovery) const {
    std::vector<bool> cannot;
    for (const auto& w : worlds) cannot.push_back(!goal(w));
    for (bool grew = true; grew;) {
      grew = false;
      for (std::size_t i = edges.size(); i-- > 0;) {
        const Edge& edge = edges[i];
        if (edge.fault || (edge.recovers && !with_recovery) || !cannot[edge.from] || cannot[edge.to]) continue;
        cannot[edge.from] = false, grew = true;
      }
    }
    return cannot;
  }

  /// Classes of worlds that differ only in the numbers of their participants, each named by its least member.
  std::size_t orbits() const {
    std::vector<Renaming> renamings{{}};
    for (std::uint8_t i = 2; i < worlds.front().nodes; ++i)
      for (std::size_t before = renamings.size(), j = 1; j < i; ++j)
        for (std::size_t k = 0; k < before; ++k) {
          renamings.push_back(renamings[k]);
          renamings.back().swap(node_id(j), node_id(i));
        }
    std::set<std::string> least;
    for (const auto& w : worlds) {
      std::string best = bytes_of(w);
      for (const auto& to : renamings) best = std::min(best, bytes_of(renamed(w, to)));
      least.insert(best);
    }
    return least.size();
  }

  /// Is there a way from some world to another and back?
  bool cyclic() const {
    std::vector<std::size_t> into(worlds.size());
    std::vector<std::vector<std::uint32_t>> out(worlds.size());
    for (const Edge& edge : edges)
      if (edge.from != edge.to) ++into[edge.to], out[edge.from].push_back(edge.to);
    std::vector<std::uint32_t> open;
    for (std::uint32_t id = 0; id < worlds.size(); ++id)
      if (into[id] == 0) open.push_back(id);
    for (std::size_t i = 0; i < open.size(); ++i)
      for (const std::uint32_t to : out[open[i]])
        if (--into[to] == 0) open.push_back(to);
    return open.size() < worlds.size();
  }

 private:
  std::uint32_t reach(const World<P>& w, std::uint64_t level) {
    const auto [place, fresh] = ids_.try_emplace(bytes_of(w), static_cast<std::uint32_t>(worlds.size()));
    if (fresh) worlds.push_back(w), levels.push_back(level);
    return place->second;
  }
  static bool changed(const World<P>& w, const std::vector<Quantity>& quantities) {
    return std::any_of(quantities.begin(), quantities.end(), [&](const Quantity& quantity) {
      std::int64_t total = 0;
      for (std::size_t i = 0; i < w.slots.size(); ++i)
        if (w.slots[i].decided.ever_commit) total += quantity.added_by_node[i / w.transactions];
      return total != 0;
    });
  }

  std::map<std::string, std::uint32_t> ids_;
};

}  // namespace commitlab
