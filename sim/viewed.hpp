// A World as a protocol's own properties see it.
#pragma once

#include <string>

#include "sim/world.hpp"

namespace commitlab {

/// Makes `view` that of this World; what it was before is forgotten, and its room used again.
template <Protocol P>
void look(const P& p, const World<P>& w, ViewOf<P>& view) {
  view.all = w.all(), view.up = w.up, view.transactions = w.transactions;
  view.nodes.clear();
  w.all().each([&](NodeId id) {
    for (std::uint8_t t = 0; t < w.transactions; ++t) {
      const auto& slot = w.slot(id, t);
      auto& node = view.nodes.emplace_back();
      node.state = slot.state, node.vote = slot.vote, node.decided = slot.decided;
      node.armed = slot.timer.armed;
      if constexpr (Doubts<P>) node.in_doubt = w.is_up(id) && p.in_doubt(slot.state);
    }
  });
  view.logs.resize(w.nodes);
  w.all().each([&](NodeId id) {
    auto& log = view.logs[index(id)];
    log.clear();
    const auto& entries = w.log(id).entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
      log.push_back({entries[i].record, entries[i].transaction, i < w.log(id).durable});
  });
  view.flight = w.flight;
}

/// Asks a protocol for its own properties, world by world.
template <Protocol P>
class OwnProperties {
 public:
  static constexpr std::size_t kMost = 64;

  /// Their names are those that it claims of this World.
  OwnProperties(const P& p, const World<P>& first) {
    ask(p, first, [&](std::string_view name, bool) {
      if (names_.size() < kMost) names_.emplace_back(name);
    });
  }
  const std::vector<std::string>& names() const { return names_; }
  /// Why no verdict may rest on them; empty if all is well.
  const std::string& defect() const { return defect_; }

  /// A bit for each that does not hold in this World, in the order of their names.
  std::uint64_t broken(const P& p, const World<P>& w) {
    std::uint64_t broken = 0;
    std::size_t told = 0;
    bool same = true;
    ask(p, w, [&](std::string_view name, bool holds) {
      if (told < names_.size() && !holds) broken |= std::uint64_t{1} << told;
      same = same && (told < names_.size() ? names_[told] == name : told >= kMost);
      ++told;
    });
    if (told > kMost) defect_ = "properties() claims more than " + std::to_string(kMost) + " names";
    else if (!same || told != names_.size())
      defect_ = "properties() does not claim the same names in every world: claim each, true or false";
    return same ? broken : 0;
  }

 private:
  void ask(const P& p, const World<P>& w, auto&& heard) {
    if constexpr (HasProperties<P>) {
      look(p, w, view_);
      p.properties(view_, ClaimProperty(heard));
    }
  }

  std::vector<std::string> names_{};
  ViewOf<P> view_{};
  std::string defect_{};
};

}  // namespace commitlab
