// A message on its way, and all those on their way to one process.
#pragma once

#include <cstring>
#include <span>

#include "sim/ids.hpp"

namespace commitlab {

template <class Message>
struct Envelope {
  NodeId from, to;
  std::uint8_t transaction;
  Message message;
  friend bool operator==(const Envelope& a, const Envelope& b) { return order(a, b) == 0; }
  /// Sorted by addressee, sender, transaction, content: equal bags have equal bytes.
  static int order(const Envelope& a, const Envelope& b) {
    if (a.to != b.to) return a.to < b.to ? -1 : 1;
    if (a.from != b.from) return a.from < b.from ? -1 : 1;
    if (a.transaction != b.transaction) return a.transaction < b.transaction ? -1 : 1;
    return std::memcmp(&a.message, &b.message, sizeof(Message));
  }
  bool same_channel(const Envelope& other) const { return to == other.to && from == other.from; }
};

/// The messages of one transaction that are in flight to one process. Where channels are sticky: all it was ever sent.
template <class Message>
class Inbox {
 public:
  Inbox(std::span<const Envelope<Message>> to_me, std::uint8_t transaction) : to_me_(to_me), transaction_(transaction) {}

  /// Calls visit(NodeId from, Message) for each of them, by sender.
  void each(auto&& visit) const {
    for (const auto& envelope : to_me_)
      if (envelope.transaction == transaction_) visit(envelope.from, envelope.message);
  }

 private:
  std::span<const Envelope<Message>> to_me_;
  std::uint8_t transaction_;
};

}  // namespace commitlab
