#include "checker/watch.hpp"

#include <algorithm>

#include "sim/names.hpp"

namespace commitlab {

bool asked(const Question& question, Property property) {
  return std::find(question.check.begin(), question.check.end(), property) != question.check.end();
}

Standings standings_of(const Relation& relation, Row row, NodeSet who) {
  Standings all;
  for (std::size_t node = 0; node < relation.nodes(); ++node)
    if (who.has(node_id(node))) all.add(relation.standing(node, row[own_place(node)]));
  return all;
}

bool somebody_in_doubt(const Relation& relation, Row row) {
  const NodeSet up = relation.header(row[kHeader]).up;
  for (std::size_t node = 0; node < relation.nodes(); ++node)
    if (up.has(node_id(node)) && relation.in_doubt(node, row[own_place(node)])) return true;
  return false;
}

bool somebody_doubts_its_decision(const Relation& relation, Row row) {
  const NodeSet up = relation.header(row[kHeader]).up;
  for (std::size_t node = 0; node < relation.nodes(); ++node)
    if (up.has(node_id(node)) && relation.doubts_its_decision(node, row[own_place(node)])) return true;
  return false;
}

Watch::Watch(const Question& question, Relation& relation, const std::vector<std::string>& customs) : question_(question), relation_(relation) {
  for (const Property property : question.check)
    if (!is_liveness(property) && property != Property::AC4) invariants_.push_back({property, std::string(name_of(property))});
  first_custom_ = invariants_.size();
  for (const auto& name : customs) invariants_.push_back({Property::custom, name});
}

void Watch::look(Row row, std::uint32_t id) {
  const Header& header = relation_.header(row[kHeader]);
  const Standings all = standings_of(relation_, row, NodeSet::first(relation_.nodes()));
  seen_.add(all.any);
  doubt_ = doubt_ || somebody_in_doubt(relation_, row);
  if (relation_.doubts_decisions() && !doubted_decision_ && somebody_doubts_its_decision(relation_, row)) doubted_decision_ = id;
  if (header.faults_stopped) return;  // repair that only AC5 asks about
  const std::uint64_t customs = relation_.has_properties() ? relation_.broken(row) : 0;
  for (std::size_t i = 0; i < invariants_.size(); ++i)
    if (!invariants_[i].broken_by && broken(invariants_[i].property, row, all, customs, i - first_custom_)) invariants_[i].broken_by = id, ++broken_;
}

std::uint64_t Watch::broken_in(Row row) const {
  if (relation_.header(row[kHeader]).faults_stopped) return 0;
  const Standings all = standings_of(relation_, row, NodeSet::first(relation_.nodes()));
  const std::uint64_t customs = relation_.has_properties() ? relation_.broken(row) : 0;
  std::uint64_t broken_here = 0;
  for (std::size_t i = 0; i < invariants_.size(); ++i)
    if (broken(invariants_[i].property, row, all, customs, i - first_custom_)) broken_here |= std::uint64_t{1} << i;
  return broken_here;
}

void Watch::join(const Watch& other) {
  seen_.add(other.seen_.any);
  doubt_ = doubt_ || other.doubt_;
  if (other.doubted_decision_ && (!doubted_decision_ || *other.doubted_decision_ < *doubted_decision_)) doubted_decision_ = other.doubted_decision_;
  events_ |= other.events_;
  broken_ = 0;
  for (std::size_t i = 0; i < invariants_.size(); ++i) {
    auto& mine = invariants_[i].broken_by;
    const auto& its = other.invariants_[i].broken_by;
    if (its && (!mine || *its < *mine)) mine = its;
    broken_ += mine ? 1u : 0u;
  }
}

void Watch::persist(Archive& archive, std::uint64_t worlds) {
  const auto persist_world = [&](std::optional<std::uint32_t>& world) {
    std::uint8_t is_known = world.has_value();
    std::uint32_t id = world.value_or(0);
    archive.value(is_known), archive.value(id);
    archive.require(is_known <= 1 && (is_known == 0 || id < worlds));
    if (archive.reads()) world = is_known != 0 ? std::optional(id) : std::nullopt;
    return is_known;
  };
  std::size_t broken = 0;
  for (auto& invariant : invariants_) broken += persist_world(invariant.broken_by);
  persist_world(doubted_decision_);
  std::uint8_t doubt = doubt_;
  archive.value(seen_), archive.value(doubt), archive.value(events_);
  archive.require(doubt <= 1);
  if (archive.reads()) broken_ = broken, doubt_ = doubt != 0;
}

bool Watch::broken(Property property, Row row, const Standings& all, std::uint64_t customs, std::size_t custom) const {
  switch (property) {
    case Property::AC1:
      return !(question_.agreement == Agreement::uniform ? all : standings_of(relation_, row, relation_.header(row[kHeader]).up)).agree();
    case Property::AC2: return !all.stable();
    case Property::AC3: return !all.valid();
    case Property::conserve: return !conserved(row, all);
    case Property::custom: return (customs >> custom & 1u) != 0;
    case Property::AC4:
    case Property::AC5:
    case Property::NB: return false;
  }
  return false;
}

/// Once all is settled, whatever has been committed at all nodes together must leave every total as it was.
bool Watch::conserved(Row row, const Standings& all) const {
  const NodeSet up = relation_.header(row[kHeader]).up;
  bool settled = all.any.silent == 0;
  for (std::size_t node = 0; node < relation_.nodes(); ++node)
    settled = settled && (relation_.is_empty(node, row[inbox_place(node)]) || !(up.has(node_id(node)) || relation_.may_recover()));
  if (!settled) return true;
  return std::all_of(question_.conserve.begin(), question_.conserve.end(), [&](const Quantity& quantity) {
    std::int64_t total = 0;
    for (std::size_t node = 0; node < relation_.nodes(); ++node)
      total += quantity.added_by_node[node] * std::popcount(relation_.standing(node, row[own_place(node)]).commits);
    return total == 0;
  });
}

}  // namespace commitlab
