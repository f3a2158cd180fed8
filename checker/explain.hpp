// One sentence on what is wrong in a world, with the names of the nodes.
#pragma once

#include <algorithm>

#include "checker/stuck.hpp"
#include "sim/properties.hpp"

namespace commitlab {

namespace explaining {

/// "alice", "alice and bob", "alice, bob and carol".
inline std::string listed(const std::vector<std::string>& names, NodeSet who) {
  std::string words;
  int left = who.size();
  who.each([&](NodeId id) {
    words += names[index(id)];
    --left;
    if (left > 0) words += left == 1 ? " and " : ", ";
  });
  return words;
}

template <Protocol P>
NodeSet nodes_where(const World<P>& w, std::uint8_t transaction, auto&& is_so) {
  NodeSet who;
  w.all().each([&](NodeId id) {
    if (is_so(w.slot(id, transaction))) who.add(id);
  });
  return who;
}

/// says(t) of each transaction that is concerned(t), of all if none is; with its number, if there are several.
template <Protocol P>
std::string of_each(const World<P>& w, auto&& concerned, auto&& says) {
  if (w.transactions == 1) return says(std::uint8_t{0});
  const auto said = [&](bool of_all) {
    std::string words;
    for (std::uint8_t t = 0; t < w.transactions; ++t)
      if (of_all || concerned(t)) words += (words.empty() ? "" : "; ") + ("in transaction " + std::to_string(t + 1)) + ", " + says(t);
    return words;
  };
  const std::string words = said(false);
  return words.empty() ? said(true) : words;
}

/// Who is up and in doubt in a transaction.
template <Protocol P>
NodeSet doubting(const P& p, const World<P>& w, std::uint8_t transaction) {
  NodeSet doubt;
  if constexpr (Doubts<P>) doubt = nodes_where(w, transaction, [&](const auto& slot) { return p.in_doubt(slot.state); }) & w.up;
  return doubt;
}

/// Those of `who` that can never decide in a transaction; all of them if that is not known, or not settled yet.
inline NodeSet stuck_of(NodeSet who, const std::optional<Never>& never, std::uint8_t transaction) {
  if (!never || !never->known) return who;
  const bool settled = std::any_of(never->who.begin(), never->who.end(), [](NodeSet nodes) { return !nodes.empty(); });
  return settled ? who & never->who[transaction] : who;
}

/// What is left open of who can never decide; nothing mostly.
inline std::string open_of(const std::optional<Never>& never) {
  if (!never) return "";
  if (!never->known) return "; who of them never can was not searched to the end";
  const bool settled = std::any_of(never->who.begin(), never->who.end(), [](NodeSet nodes) { return !nodes.empty(); });
  return settled ? "" : "; who of them never will is still open";
}

/// Who waits for a decision in a transaction, and never comes to it.
template <Protocol P>
std::string waiting_in(const P& p, const World<P>& w, std::uint8_t transaction, const std::vector<std::string>& names, const std::optional<Never>& never) {
  const NodeSet undecided = nodes_where(w, transaction, [](const auto& slot) { return !slot.decided.now(); });
  const NodeSet doubt = stuck_of(doubting(p, w, transaction), never, transaction), others = stuck_of(undecided & w.up, never, transaction) - doubt;
  std::string words;
  if (!doubt.empty()) words = listed(names, doubt) + (doubt.size() == 1 ? " is" : " are") + " in doubt";
  if (!others.empty()) words += (words.empty() ? "" : ", ") + listed(names, others) + (others.size() == 1 ? " has" : " have") + " not decided";
  return words;
}

/// Who waits for a decision, and who is down.
template <Protocol P>
std::string waiting(const P& p, const World<P>& w, const std::vector<std::string>& names, const std::optional<Never>& never) {
  const auto waits = [&](std::uint8_t t) { return !waiting_in(p, w, t, names, never).empty(); };
  const bool somebody = w.transactions == 1 || [&] {
    for (std::uint8_t t = 0; t < w.transactions; ++t)
      if (waits(t)) return true;
    return false;
  }();
  std::string words;
  if (somebody) words = of_each(w, waits, [&](std::uint8_t t) { return waiting_in(p, w, t, names, never); });
  const NodeSet down = w.all() - w.up;
  if (!down.empty()) words += (words.empty() ? "" : "; ") + listed(names, down) + (down.size() == 1 ? " is" : " are") + " down";
  return words + open_of(never);
}

/// Is somebody in doubt who can never decide?
template <Protocol P>
bool stuck_in_doubt(const P& p, const World<P>& w, const std::optional<Never>& never) {
  for (std::uint8_t t = 0; t < w.transactions; ++t)
    if (!stuck_of(doubting(p, w, t), never, t).empty()) return true;
  return false;
}

}  // namespace explaining

/// Why `property` is broken in w. `stuck`, if it is known, says more of NB, and `never` of AC4, AC5 and NB.
template <Protocol P>
std::string explain(const P& p, const World<P>& w, Property property, const std::vector<std::string>& names, const std::optional<Stuck>& stuck = {},
                    const std::optional<Never>& never = {}) {
  using namespace explaining;
  const auto committed = [&](std::uint8_t t) { return nodes_where(w, t, [](const auto& slot) { return slot.decided.ever_commit; }); };
  const auto aborted = [&](std::uint8_t t) { return nodes_where(w, t, [](const auto& slot) { return slot.decided.ever_abort; }); };
  const auto refuse = [&](std::uint8_t t) { return nodes_where(w, t, [](const auto& slot) { return slot.vote == Vote::no; }); };
  const auto some_abort = [&](std::uint8_t t) { return !aborted(t).empty(); };
  switch (property) {
    case Property::AC1:
      return of_each(w, [&](auto t) { return some_abort(t) && !committed(t).empty(); },
                     [&](auto t) { return listed(names, aborted(t)) + " aborted, " + listed(names, committed(t)) + " committed"; });
    case Property::AC2:
      return of_each(w, [&](auto t) { return !(aborted(t) & committed(t)).empty(); },
                     [&](auto t) { return listed(names, aborted(t) & committed(t)) + " decided twice, differently"; });
    case Property::AC3:
      return of_each(w, [&](auto t) { return !committed(t).empty() && !refuse(t).empty(); },
                     [&](auto t) { return listed(names, committed(t)) + " committed, although " + listed(names, refuse(t)) + " votes no"; });
    case Property::AC4: {
      bool any_abort = false;
      for (std::uint8_t t = 0; t < w.transactions; ++t) any_abort = any_abort || some_abort(t);
      if (any_abort) return of_each(w, some_abort, [&](auto t) { return listed(names, aborted(t)) + " aborted, although all vote yes and nothing failed"; });
      return "nothing failed, and yet not everybody can commit: " + waiting(p, w, names, never);
    }
    case Property::AC5: return "even if everything recovers, not everybody can decide: " + waiting(p, w, names, never);
    case Property::NB: return waiting(p, w, names, never) + "; " + (stuck ? words_of(*stuck, names, stuck_in_doubt(p, w, never)) : "without a recovery this can never end");
    case Property::conserve:
      return "all is settled, but " + of_each(w, [&](auto t) { return !committed(t).empty() && committed(t) != w.all(); },
                                              [&](auto t) { return listed(names, committed(t)) + " committed and the others did not"; });
    case Property::custom: return "a property of the protocol's own is broken";
  }
  return "";
}

}  // namespace commitlab
