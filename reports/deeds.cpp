#include "reports/deeds.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace commitlab {
namespace {

/// Does all that one map says agree with the other?
bool agree(const Deeds::Becoming& one, const Deeds::Becoming& other) {
  if (other.size() < one.size()) return agree(other, one);
  return std::all_of(one.begin(), one.end(), [&](const auto& known) {
    const auto found = other.find(known.first);
    return found == other.end() || found->second == known.second;
  });
}

using Becomings = std::map<std::size_t, Deeds::Becoming>;  // by place

bool agree(const Becomings& one, const Becomings& other) {
  return std::all_of(one.begin(), one.end(), [&](const auto& its) {
    const auto found = other.find(its.first);
    return found == other.end() || agree(its.second, found->second);
  });
}

class Learner {
 public:
  explicit Learner(const FrozenGraph& graph) : graph_(graph), from_(graph.edges.size()), touched_(graph.happenings.size(), std::vector<bool>(graph.places())) {
    for (std::uint32_t world = 0; world < graph.worlds; ++world)
      for (std::uint64_t i = graph.first_edge[world]; i < graph.first_edge[world + 1]; ++i) {
        from_[i] = world;
        for (std::size_t place = 0; place < graph.places(); ++place)
          if (part(world, place) != part(graph.edges[i].to, place)) touched_[graph.moves[graph.edges[i].move]][place] = true;
      }
  }

  Deeds learn() {
    deeds_.of_edge.resize(graph_.edges.size());
    learn_deeds();
    share_becomings();
    return std::move(deeds_);
  }

 private:
  std::uint32_t part(std::uint32_t world, std::size_t place) const { return graph_.rows[world * graph_.places() + place]; }

  /// Edges of one move from worlds with one header surely do the same: it rests on these alone.
  void learn_deeds() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> alike;  // edges by move and header
    for (std::uint32_t edge = 0; edge < graph_.edges.size(); ++edge) alike[{graph_.edges[edge].move, graph_.header(from_[edge])}].push_back(edge);
    std::vector<std::vector<std::uint32_t>> known(graph_.happenings.size());  // deeds of each happening
    for (const auto& [what, edges] : alike) {
      const std::uint32_t happening = graph_.moves[what.first];
      const std::uint32_t deed = deed_of(becomings_of(edges), happening, known[happening]);
      for (const std::uint32_t edge : edges) deeds_.of_edge[edge] = deed;
    }
  }

  Becomings becomings_of(const std::vector<std::uint32_t>& edges) const {
    Becomings becomings;
    const auto& touched = touched_[graph_.moves[graph_.edges[edges.front()].move]];
    for (std::size_t place = 0; place < touched.size(); ++place) {
      if (!touched[place]) continue;
      auto& becoming = becomings[place];
      for (const std::uint32_t edge : edges) {
        const std::uint32_t after = part(graph_.edges[edge].to, place);
        if (becoming.try_emplace(part(from_[edge], place), after).first->second != after) throw std::logic_error("a step rests on more than its own parts");
      }
    }
    return becomings;
  }

  std::uint32_t deed_of(Becomings becomings, std::uint32_t happening, std::vector<std::uint32_t>& known) {
    for (const std::uint32_t deed : known) {
      if (!agree(becomings, all_[deed])) continue;
      for (auto& [place, becoming] : becomings) all_[deed][place].merge(becoming);
      return deed;
    }
    known.push_back(static_cast<std::uint32_t>(all_.size()));
    all_.push_back(std::move(becomings));
    deeds_.deeds.push_back({happening, {}});
    return known.back();
  }

  void share_becomings() {
    deeds_.becomings.resize(graph_.places());
    for (std::size_t deed = 0; deed < all_.size(); ++deed)
      for (auto& [place, becoming] : all_[deed]) {
        auto& known = deeds_.becomings[place];
        auto found = std::find_if(known.begin(), known.end(), [&, &its = becoming](const auto& other) { return agree(its, other); });
        if (found == known.end()) found = known.insert(known.end(), Deeds::Becoming());
        found->merge(becoming);
        deeds_.deeds[deed].at.push_back({place, static_cast<std::uint32_t>(found - known.begin())});
      }
  }

  const FrozenGraph& graph_;
  std::vector<std::uint32_t> from_;            // [edge]
  std::vector<std::vector<bool>> touched_;     // [happening][place]
  std::vector<Becomings> all_;                 // [deed]
  Deeds deeds_;
};

}  // namespace

Deeds deeds_of(const FrozenGraph& graph) { return Learner(graph).learn(); }

}  // namespace commitlab
