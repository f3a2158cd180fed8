// One world for all that differ only in the numbers of interchangeable participants: a wrapper of the relation. Sound for
// whatever treats those participants alike, which is checked of the question here and of each protocol by a law.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "checker/interchangeable.hpp"
#include "checker/renamed_parts.hpp"

namespace commitlab {

/// Nodes that share their numbers: those of one set.
std::vector<std::uint8_t> kinds_of(std::size_t nodes, const std::vector<NodeSet>& classes);

inline NodeSet union_of(const std::vector<NodeSet>& sets) {
  NodeSet all;
  for (const NodeSet set : sets) all = all | set;
  return all;
}

class Symmetry {
 public:
  using Integer = boost::multiprecision::cpp_int;

  /// The relation must note aspects, and its nodes be of one kind in each class.
  Symmetry(Relation& relation, std::vector<NodeSet> classes);

  /// Replaces a row by the representative of its orbit: rows of one orbit become equal rows.
  void canonical(std::vector<Number>& row);
  /// Of how many worlds a row is the representative.
  Integer orbit(Row row);
  /// Nodes whose steps lead nowhere but to the orbits to which those of an earlier node lead.
  NodeSet repeats(Row row);
  /// To be told when numbers have come to mean other parts.
  void forget() { renamed_parts_.forget(); }
  /// Bytes of memory held.
  std::uint64_t footprint() const { return renamed_parts_.footprint(); }

 private:
  /// What tells a node from others of its class, whatever the numbers. Equal nodes have equal colours, not always the reverse.
  using Colours = std::array<std::uint64_t, kMaxNodes>;

  struct Best {
    std::vector<Number> row{};
    Integer ways = 0;  // in how many ways the members can be put in order so that this row comes out
  };

  using Order = std::array<NodeId, kMaxNodes>;  // which node comes to each place
  /// A part of the row at hand.
  struct Part {
    std::size_t node;
    bool inbox;
    Number number;
    Aspect aspect;
  };

  /// Looks at all parts of a row, for what follows.
  void read(Row row);
  const Part& part(bool inbox, NodeId node) const { return parts_[2 * index(node) + (inbox ? 1 : 0)]; }
  Number role(const Part& part, NodeId of) const { return relation_.role(part.inbox, part.node, part.number, of); }
  Colours colours(Row row);
  /// Does swapping two nodes of one class leave the world as it is?
  bool alike(Row row, NodeId a, NodeId b);
  /// Finds what is between each two members, for refine().
  void find_ties();
  void refine(Colours& colours) const;
  Colours ranked(const Colours& before, const Colours& finer, NodeId chosen) const;
  std::size_t count_colours(const Colours& colours) const;
  /// Each class's members, those of one colour next to each other.
  Order sorted(const Colours& colours) const;
  /// The first set of nodes of one colour that are not all alike; empty if there is none.
  NodeSet undecided(Row row, const Order& order, const Colours& colours);
  void search(Row row, Colours colours, const Integer& ways, Best& best);
  void put_in_order(Row row, const Order& order, std::vector<Number>& renamed);
  /// By the renaming that was chosen.
  Number renamed(const Part& part);

  Relation& relation_;
  std::vector<NodeSet> classes_;
  NodeSet members_;
  RenamedParts renamed_parts_;
  std::vector<Part> parts_;           // of the row at hand: own part and inbox of each node
  std::vector<std::size_t> naming_;   // those that name members
  std::vector<std::uint64_t> ties_;   // of the row at hand: between one node and another, by both; empty if no member names another
  std::vector<Number> renamed_;
};

}  // namespace commitlab
