// How a trace is read: what its parts share.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "scenarios/decode_value.hpp"
#include "scenarios/trace_file.hpp"

namespace commitlab {

/// What is read, and what must be known meanwhile.
struct TraceReading {
  std::span<const ProtocolFacts> protocols{};
  const Json* json = nullptr;
  TraceFile file{};
  std::string digest{};
  std::vector<NodeView> now{};  // [node * transactions + transaction]

  std::size_t transactions() const { return std::max<std::size_t>(file.trace.votes.size(), 1); }
  std::size_t place(int node, int transaction) const { return static_cast<std::size_t>(node) * transactions() + static_cast<std::size_t>(transaction); }
};

/// What each node is: all nodes in the order of "nodes", and of each all transactions.
void read_begin(Decoding& decoding, const JsonValue& value, TraceReading& reading);
void read_end(Decoding& decoding, const JsonValue& value, TraceReading& reading);

void read_events(Decoding& decoding, const JsonValue& value, TraceReading& reading);

/// The keys of their items.
std::vector<ObjectKeys> accepted_item_keys();

}  // namespace commitlab
