// What a property of a protocol's own may look at: nodes, logs and messages in flight, as plain values.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/envelope.hpp"
#include "sim/vote.hpp"

namespace commitlab {

/// The system at one moment, of a protocol with this State, Message and Record: plain values, copied from it.
template <class State, class Message, class Record>
struct View {
  /// One node's part in one transaction. While the node is down its state is a fresh one.
  struct Node {
    State state{};
    Vote vote = Vote::yes;   // the coordinator's says nothing
    Decisions decided{};     // ever in its life, and now: since it last came up
    bool in_doubt = false;   // it is up, and P::in_doubt is true of its state
    bool armed = false;      // its timer
  };
  /// One record of a node's log, which it has for all its transactions.
  struct Logged {
    Record record{};
    std::uint8_t transaction = 0;
    bool forced = false;  // no crash takes it
  };

  NodeSet all{}, up{};
  std::uint8_t transactions = 1;
  std::vector<Node> nodes{};                // [id * transactions + transaction]
  std::vector<std::vector<Logged>> logs{};  // [id], oldest first
  std::vector<Envelope<Message>> flight{};  // from, to, transaction, message

  NodeSet participants() const { return all.without(kCoordinator); }
  bool is_up(NodeId id) const { return up.has(id); }
  const Node& node(NodeId id, std::uint8_t transaction = 0) const {
    return nodes[index(id) * transactions + transaction];
  }
  const std::vector<Logged>& log(NodeId id) const { return logs[index(id)]; }
  /// A World has slots.
  template <class... Asked>
  const Node& slot(Asked...) const {
    static_assert(sizeof...(Asked) > 64,
                  "properties(view, claim) is given a View, not a World: ask view.node(id)");
    return nodes.front();
  }
  /// Those of whom it is true: view.where([](const auto& node) { return node.decided.ever_commit; }).
  NodeSet where(auto&& is_so, std::uint8_t transaction = 0) const {
    NodeSet those;
    all.each([&](NodeId id) {
      if (is_so(node(id, transaction))) those.add(id);
    });
    return those;
  }
};

/// Is that a name, and a bool? A pointer would pass for one.
template <class... Said>
inline constexpr bool kNameAndBool = false;
template <std::convertible_to<std::string_view> Name, std::convertible_to<bool> Holds>
inline constexpr bool kNameAndBool<Name, Holds> = !std::is_pointer_v<std::decay_t<Holds>>;

/// What properties() tells its answers to: claim(name, holds), the same names in the same order everywhere.
class ClaimProperty {
 public:
  /// They are told to heard(name, holds), which must live longer.
  template <std::invocable<std::string_view, bool> Heard>
    requires(!std::is_same_v<std::remove_const_t<Heard>, ClaimProperty>)
  explicit ClaimProperty(Heard& heard)
      : heard_(&heard), hear_([](void* its, std::string_view name, bool holds) {
          (*static_cast<Heard*>(its))(name, holds);
        }) {}

  template <class... Said>
  void operator()(const Said&... said) const {
    static_assert(kNameAndBool<Said...>,
                  "properties(view, claim) calls claim(name, holds): a name, then a bool that says whether "
                  "it holds");
    if constexpr (kNameAndBool<Said...>) hear_(heard_, said...);
  }

 private:
  void* heard_;
  void (*hear_)(void*, std::string_view, bool);
};

}  // namespace commitlab
