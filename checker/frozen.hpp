// The reachable worlds of a question as plain values: what each is, what can happen next in it, what is broken there, and how far from
// it something is broken.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/property.hpp"
#include "sim/faults.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// Worlds are numbered in the order in which a breadth-first search finds them, from 0. The first `worlds` of them are there with all that
/// can happen next; `beyond` further ones were seen behind these, and nothing is known of what follows them.
struct FrozenGraph {
  static constexpr std::uint32_t kNever = 0xffffffff;  // a distance: no such world is behind this one

  std::string protocol{}, summary{};
  std::vector<std::string> names{};  // of the nodes; [0] is the coordinator
  std::size_t transactions = 1;

  // What parts of worlds are, in words. A world is a row of their numbers: of its header, then, for each node, of what is its own and of
  // the messages on their way to it.
  struct Header {
    NodeSet up{};
    NodeSet side{};  // of a partition: the group without node 0
    Budgets left{};
    bool faults_stopped = false;
  };
  struct Message {
    int from = 0, transaction = 0;
    std::string word{};
  };
  using Own = std::vector<NodeView>;  // [transaction], as if the node were up
  using Inbox = std::vector<Message>;
  std::vector<Header> headers{};
  std::vector<std::vector<Own>> owns{};      // [node][number]
  std::vector<std::vector<Inbox>> inboxes{};  // [node][number]

  // Rows of all worlds, those beyond included: [world * places() + place].
  std::vector<std::uint32_t> rows{};
  std::uint64_t worlds = 0, beyond = 0;
  std::size_t nodes() const { return names.size(); }
  std::size_t places() const { return 1 + 2 * nodes(); }
  std::uint32_t header(std::uint64_t world) const { return rows[world * places()]; }
  std::uint32_t own(std::uint64_t world, std::size_t node) const { return rows[world * places() + 1 + 2 * node]; }
  std::uint32_t inbox(std::uint64_t world, std::size_t node) const { return rows[world * places() + 2 + 2 * node]; }

  struct Start {
    std::uint32_t world = 0;
    std::vector<std::string> votes{};  // one line of words for each transaction: "yes no"
  };
  std::vector<Start> starts{};

  /// What can happen, in words; `after` of the line is not told.
  struct Happening {
    Trace::Line line{};
    bool fault = false;    // a new one
    bool revives = false;  // brings a node back that is down
  };
  std::vector<Happening> happenings{};
  /// What one node does with its parts as they are: the same in all worlds in which it does that, whatever the rest of them is.
  std::vector<std::uint32_t> moves{};  // the happening of each

  struct Edge {
    std::uint32_t move = 0, to = 0;  // to a world that is beyond, if that is not below `worlds`
  };
  std::vector<Edge> edges{};               // in the order of each_choice
  std::vector<std::uint64_t> first_edge{};  // of each world, and the number of edges
  const Happening& happening(const Edge& edge) const { return happenings[moves[edge.move]]; }

  // What was asked.
  struct Judged {
    Property property{};
    std::string name{};
    Status status = Status::inconclusive;
    bool invariant = false;                    // about each world by itself
    std::vector<std::uint32_t> distance{};     // of an invariant that is broken somewhere: [world], in steps
  };
  std::vector<Judged> judged{};
  std::vector<std::uint64_t> broken{};  // [world]: a bit for each of `judged`

  /// Is a world one from which, without a new fault or a recovery, not all that are up will ever decide? `unknown`: that rests on worlds
  /// beyond. It is not asked of a specification, which says what may happen, and never that anything does.
  enum class Blocked : std::uint8_t { no, yes, unknown };
  std::vector<Blocked> blocked{};           // [world]
  std::vector<std::uint32_t> to_blocked{};  // [world], in steps, to the nearest that is blocked for certain
  std::vector<std::uint32_t> to_unknown{};  // [world], to the nearest of which it is not known whether it is blocked
  std::vector<std::uint32_t> to_beyond{};   // [world], to the nearest beyond

  std::string stopped{};  // why there are worlds beyond; empty if there are none
  double seconds = 0;
};

}  // namespace commitlab
