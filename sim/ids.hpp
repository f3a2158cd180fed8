// Who takes part: process identities, and sets of them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace commitlab {

/// Processes in one World at most, the coordinator included.
inline constexpr int kMaxNodes = 64;

enum class NodeId : std::uint8_t {};
constexpr std::size_t index(NodeId id) { return static_cast<std::size_t>(id); }
constexpr NodeId node_id(std::size_t i) { return static_cast<NodeId>(i); }
inline constexpr NodeId kCoordinator{0};

/// A set of processes, one bit each. Kept as bytes, not as a word, so that a State made of enumerators and sets has no
/// padding whatever the order of its fields; compilers turn every use into one load or store.
class NodeSet {
 public:
  constexpr NodeSet() = default;
  constexpr explicit NodeSet(NodeId only) : NodeSet(from_bits(std::uint64_t{1} << index(only))) {}
  static constexpr NodeSet from_bits(std::uint64_t bits) {
    NodeSet set;
    set.bytes_ = std::bit_cast<std::array<std::uint8_t, 8>>(bits);
    return set;
  }
  /// The processes 0 .. n-1.
  static constexpr NodeSet first(std::size_t n) {
    return from_bits(n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1);
  }

  constexpr std::uint64_t bits() const { return std::bit_cast<std::uint64_t>(bytes_); }
  constexpr bool has(NodeId id) const { return (bits() >> index(id) & 1u) != 0; }
  constexpr int size() const { return std::popcount(bits()); }
  constexpr bool empty() const { return bits() == 0; }
  /// The member with the lowest id; the set must not be empty.
  constexpr NodeId lowest() const { return node_id(static_cast<std::size_t>(std::countr_zero(bits()))); }
  constexpr bool includes(NodeSet other) const { return (other.bits() & ~bits()) == 0; }
  constexpr void add(NodeId id) { *this = with(id); }
  constexpr void remove(NodeId id) { *this = without(id); }
  constexpr NodeSet with(NodeId id) const { return *this | NodeSet(id); }
  constexpr NodeSet without(NodeId id) const { return *this - NodeSet(id); }
  /// The members whose ids are lower than id.
  constexpr NodeSet below(NodeId id) const { return *this & first(index(id)); }

  friend constexpr NodeSet operator|(NodeSet a, NodeSet b) { return from_bits(a.bits() | b.bits()); }
  friend constexpr NodeSet operator&(NodeSet a, NodeSet b) { return from_bits(a.bits() & b.bits()); }
  friend constexpr NodeSet operator-(NodeSet a, NodeSet b) { return from_bits(a.bits() & ~b.bits()); }
  friend constexpr bool operator==(NodeSet, NodeSet) = default;

  /// Calls visit(NodeSet) for each subset that is neither empty nor the whole, largest first.
  constexpr void each_part(auto&& visit) const {
    const std::uint64_t all = bits();
    if (all == 0) return;
    for (std::uint64_t part = (all - 1) & all; part != 0; part = (part - 1) & all) visit(from_bits(part));
  }
  /// Calls visit(NodeId) for each member in ascending order.
  constexpr void each(auto&& visit) const {
    for (std::uint64_t rest = bits(); rest != 0; rest &= rest - 1)
      visit(node_id(static_cast<std::size_t>(std::countr_zero(rest))));
  }

 private:
  std::array<std::uint8_t, 8> bytes_{};
};

}  // namespace commitlab
