// Whose turn it is.
#include "sim/turns.hpp"

#include <vector>

#include "test.hpp"

namespace commitlab {
namespace {

std::vector<std::size_t> order_of(const Turns& turns) {
  std::vector<std::size_t> order;
  for (const NodeId id : turns) order.push_back(index(id));
  return order;
}

NodeSet set_of(NodeId a, NodeId b) { return NodeSet(a) | NodeSet(b); }

}  // namespace

TEST_CASE("whoever has run no handler for longest comes first") {
  Turns turns;
  turns.clear(4);
  CHECK(order_of(turns) == std::vector<std::size_t>{0, 1, 2, 3});
  turns.ran(node_id(1));
  CHECK(order_of(turns) == std::vector<std::size_t>{0, 2, 3, 1});
  turns.ran(node_id(1));
  CHECK(order_of(turns) == std::vector<std::size_t>{0, 2, 3, 1});
  turns.ran(node_id(0));
  CHECK(order_of(turns) == std::vector<std::size_t>{2, 3, 1, 0});
}

TEST_CASE("those who are preferred come first, and nothing else changes") {
  Turns turns;
  turns.clear(4);
  turns.ran(node_id(0));
  turns.prefer(set_of(node_id(0), node_id(2)));
  CHECK(order_of(turns) == std::vector<std::size_t>{2, 0, 1, 3});
  turns.prefer(NodeSet::first(4));
  CHECK(order_of(turns) == std::vector<std::size_t>{2, 0, 1, 3});
  turns.clear(2);
  CHECK(order_of(turns) == std::vector<std::size_t>{0, 1});
}

}  // namespace commitlab
