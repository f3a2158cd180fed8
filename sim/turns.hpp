// Whose turn it is: all nodes, first who has run no handler for longest.
#pragma once

#include <algorithm>
#include <array>
#include <utility>

#include "sim/ids.hpp"

namespace commitlab {

class Turns {
 public:
  void clear(std::size_t nodes) {
    size_ = nodes;
    for (std::size_t i = 0; i < nodes; ++i) order_[i] = node_id(i);
  }
  const NodeId* begin() const { return order_.data(); }
  const NodeId* end() const { return order_.data() + size_; }

  /// The node runs a handler: it comes last.
  void ran(NodeId id) {
    NodeId* place = order_.data() + size_;
    for (NodeId moves = id;;) {
      std::swap(moves, *--place);
      if (moves == id) return;
    }
  }
  /// These come before all others; both keep their order among themselves.
  void prefer(NodeSet first) {
    const auto comes_first = [&](NodeId id) { return first.has(id); };
    NodeId* const all = order_.data();
    if (!std::is_partitioned(begin(), end(), comes_first)) std::stable_partition(all, all + size_, comes_first);
  }

 private:
  std::array<NodeId, kMaxNodes> order_{};
  std::size_t size_ = 0;
};

}  // namespace commitlab
