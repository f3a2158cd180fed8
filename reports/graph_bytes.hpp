// A frozen graph as bytes, from which reports/pages/graph.js makes it again, step by step, as it was found.
#pragma once

#include <string>

#include "checker/frozen.hpp"

namespace commitlab {

/// Bytes in this order. A number is in groups of 7 bits, the lowest first, each but the last with its highest bit set; a number that may
/// be negative is n as 2n, and -n as 2n - 1; a text is the number of a text; a list begins with its length.
///
///     nodes, transactions, worlds, judged properties, 1 if variants are told
///     texts: list of (length in bytes, UTF-8)
///     headers: list of (nodes that are up, nodes of the side: lists; 7 budgets; 1 if faults have stopped)
///     for each node: owns: list of, for each transaction, (state, decided: texts; 1 if in doubt; log: list of texts)
///                    inboxes: list of list of (sender, transaction, word: text)
///     happenings: list of (node + 1, or 0 for the network; event: text; 1 if a fault; happened: text, and with names; effects: list of the same two)
///     for each place of a row: how many parts can be there; list of what becomes of parts: list of (before: distance from the last,
///         after - before: may be negative), in ascending order
///     deeds: list of (happening: difference to that of the deed before, may be negative; list of (place, which becoming of this place))
///     menus, which are what a node can do: list of list of deeds, each as the difference to that before
///     starts: list of rows
///     for each world, for each node and then for the network: the menu. It is told only where this node has these parts under this header
///         for the first time. If variants are told, where it has had them before, it is told which of the menus of these parts, and
///         then, if that is a new one, the menu.
///     columns of one number for each world: blocked (0 no, 1 yes, 2 unknown); distances plus 1, or 0 for never: to what is blocked, to
///         what may be blocked, to what is beyond; for each property: whether it is broken somewhere, and if so, the distance to that
///
/// A world is numbered when it is first reached; the row of one that is reached is that of the world before with what its deed has made of
/// it. What is reached once there are as many as there are worlds, and is none of them, is beyond.
std::string graph_bytes(const FrozenGraph& graph);

}  // namespace commitlab
