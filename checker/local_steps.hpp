// What each node can do by itself, whatever the others do: its own parts, and where every message that anybody may ever send
// it leads from each of them. An over-approximation: it follows no order, and takes no message away.
#pragma once

#include <span>
#include <string>

#include "checker/relation.hpp"

namespace commitlab {

/// Parts and messages are counted here from 0 for each node, among those that are its own.
struct Mail {
  std::uint16_t node;
  std::uint16_t message;
  friend auto operator<=>(const Mail&, const Mail&) = default;
};

struct LocalStep {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t message = kNone;  // what it takes in, if it does
  Number what = 0;                // as in Move
  std::uint32_t own = 0;          // the node's own part afterwards
  std::uint32_t first_put = 0;
  std::uint16_t puts = 0;
  Event event{};
  bool later = false;             // not before time has passed
  bool stops = false;             // the node stops in it: then it puts nothing here, for the whole step has put it
  bool to_itself = false;         // it sends its own node something, too
};

class LocalSteps {
 public:
  static constexpr std::uint32_t kUnknown = 0xffffffff;
  // A log may grow for ever where no message is ever used up: so there is an end to what is worked out.
  static constexpr std::size_t kMostLists = 100'000, kMostMoves = 500'000, kMostBytes = std::size_t{8} << 20;
  static constexpr std::size_t kMostMessages = 0xffff;

  LocalSteps(Relation& relation, const std::vector<std::vector<Number>>& starts);

  /// All of it was worked out, within the limits.
  bool complete() const { return complete_; }

  std::uint32_t own(std::size_t node, Number number) const { return find(nodes_[node].own_of, number); }
  std::uint32_t message(std::size_t node, Number number) const { return find(nodes_[node].message_of, number); }
  Number own_number(std::size_t node, std::uint32_t own) const { return nodes_[node].owns[own].number; }
  std::size_t messages(std::size_t node) const { return nodes_[node].senders.size(); }
  std::size_t sender(std::size_t node, std::uint32_t message) const { return nodes_[node].senders[message]; }

  /// What a node does that is up and stays so, without any fault.
  std::span<const LocalStep> usual(std::size_t node, std::uint32_t own) const { return nodes_[node].owns[own].usual; }
  /// Faults, and coming back.
  std::span<const LocalStep> rare(std::size_t node, std::uint32_t own) const { return nodes_[node].owns[own].rare; }
  std::span<const Mail> puts(const LocalStep& step) const { return {puts_.data() + step.first_put, step.puts}; }

 private:
  struct Own {
    Number number;
    std::vector<LocalStep> usual{}, rare{};
  };
  /// An own part under a header; `asked` of the messages have been looked at, and first what happens without any.
  struct Place {
    Number header;
    std::uint32_t own;
    std::size_t asked = 0;
  };
  struct Node {
    Number nothing = 0;  // the empty inbox
    std::vector<std::uint32_t> own_of{}, message_of{};
    std::vector<Own> owns{};
    std::vector<Number> inboxes{};  // that hold one message each
    std::vector<std::size_t> senders{};
    std::vector<Place> places{};
    std::vector<std::uint32_t> seen{};    // of each own part the last place that has it
    std::vector<std::uint32_t> before{};  // of each place the one before it with the same own part
  };

  static std::uint32_t find(const std::vector<std::uint32_t>& of, Number number) { return number < of.size() ? of[number] : kUnknown; }
  void arrive(std::size_t node, Number header, Number own);
  std::uint16_t mail(std::size_t node, Number message, std::size_t sender);
  void ask_all();
  void ask(std::size_t node, std::size_t place);
  void take(std::size_t node, const Place& place, std::uint32_t message, const Move& move);
  void pass_time(std::size_t node, const Place& place, int fewest);

  Relation& relation_;
  std::vector<Node> nodes_;
  std::vector<Mail> puts_;
  Moves moves_;
  std::vector<Number> row_, inside_;
  std::size_t lists_ = 0, all_moves_ = 0, bytes_before_ = 0;
  bool complete_ = true;
};

}  // namespace commitlab
