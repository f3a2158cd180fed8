// What a search looks for in each world that it finds: which invariant is broken first where, and what some run does.
#pragma once

#include <optional>

#include "checker/relation.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

class Watch {
 public:
  /// `customs`: the names of the protocol's own properties.
  Watch(const Question& question, Relation& relation, const std::vector<std::string>& customs);

  void look(Row row, std::uint32_t id);
  /// Of the invariants, by their places, those that this world breaks.
  std::uint64_t broken_in(Row row) const;
  /// Every invariant is broken: nothing is left to look for.
  bool satisfied() const { return broken_ == invariants_.size(); }
  /// Can worlds be looked at by several watches at once? Not those in which a protocol looks for something itself.
  bool separable() const { return !relation_.has_properties(); }
  /// What another watch has seen, too. Of the worlds that break an invariant the first found counts.
  void join(const Watch& other);
  /// Events of these kinds take place: a bit for each.
  void take(std::uint32_t events) { events_ |= events; }

  /// All that was seen so far, of so many worlds; the invariants must be the same.
  void persist(Archive& archive, std::uint64_t worlds);

  struct Invariant {
    Property property;
    std::string name;
    std::optional<std::uint32_t> broken_by{};  // the first world found that breaks it
  };
  const std::vector<Invariant>& invariants() const { return invariants_; }

  bool ran(Event event) const { return (events_ >> static_cast<unsigned>(event) & 1u) != 0; }
  bool refuses() const { return seen_.any.refuses != 0; }
  bool commits() const { return seen_.any.commits != 0; }
  bool aborts() const { return seen_.any.aborts != 0; }
  bool doubts() const { return doubt_; }
  /// The first world found in which somebody that is up is in doubt about what it has decided.
  const std::optional<std::uint32_t>& doubted_decision() const { return doubted_decision_; }

 private:
  bool broken(Property property, Row row, const Standings& all, std::uint64_t customs, std::size_t custom) const;
  bool conserved(Row row, const Standings& all) const;

  const Question& question_;
  Relation& relation_;
  std::vector<Invariant> invariants_;
  std::size_t broken_ = 0, first_custom_ = 0;
  Standings seen_;
  bool doubt_ = false;
  std::optional<std::uint32_t> doubted_decision_{};
  std::uint32_t events_ = 0;
};

/// The standings of all nodes of a world, or of those that are up.
Standings standings_of(const Relation& relation, Row row, NodeSet who);
/// Is somebody in doubt who is up?
bool somebody_in_doubt(const Relation& relation, Row row);
/// Is somebody in doubt about what it has decided, who is up?
bool somebody_doubts_its_decision(const Relation& relation, Row row);

/// Is a property about what can still be reached, rather than about each world by itself?
constexpr bool is_liveness(Property property) { return property == Property::AC5 || property == Property::NB; }
bool asked(const Question& question, Property property);

}  // namespace commitlab
