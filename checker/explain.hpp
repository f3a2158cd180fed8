// One sentence on what is wrong in a world, with the names of the nodes.
#pragma once

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

/// Who waits for a decision in a transaction.
template <Protocol P>
std::string waiting_in(const P& p, const World<P>& w, std::uint8_t transaction, const std::vector<std::string>& names) {
  const NodeSet undecided = nodes_where(w, transaction, [](const auto& slot) { return !slot.decided.now(); });
  const NodeSet doubt = doubting(p, w, transaction), others = (undecided & w.up) - doubt;
  std::string words;
  if (!doubt.empty()) words = listed(names, doubt) + (doubt.size() == 1 ? " is" : " are") + " in doubt";
  if (!others.empty()) words += (words.empty() ? "" : ", ") + listed(names, others) + (others.size() == 1 ? " has" : " have") + " not decided";
  return words;
}

/// Who waits for a decision, and who is down.
template <Protocol P>
std::string waiting(const P& p, const World<P>& w, const std::vector<std::string>& names) {
  const auto waits = [&](std::uint8_t t) { return !waiting_in(p, w, t, names).empty(); };
  const bool somebody = w.transactions == 1 || [&] {
    for (std::uint8_t t = 0; t < w.transactions; ++t)
      if (waits(t)) return true;
    return false;
  }();
  std::string words;
  if (somebody) words = of_each(w, waits, [&](std::uint8_t t) { return waiting_in(p, w, t, names); });
  const NodeSet down = w.all() - w.up;
  if (!down.empty()) words += (words.empty() ? "" : "; ") + listed(names, down) + (down.size() == 1 ? " is" : " are") + " down";
  return words;
}

}  // namespace explaining

/// Why `property` is broken in w. `stuck`, if it is known, says more of NB.
template <Protocol P>
std::string explain(const P& p, const World<P>& w, Property property, const std::vector<std::string>& names, const std::optional<Stuck>& stuck = {}) {
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
      return "nothing failed, and yet not everybody can commit: " + waiting(p, w, names);
    }
    case Property::AC5: return "even if everything recovers, not everybody can decide: " + waiting(p, w, names);
    case Property::NB: return waiting(p, w, names) + "; " + (stuck ? words_of(*stuck, names, somebody_in_doubt(p, w)) : "without a recovery this can never end");
    case Property::conserve:
      return "all is settled, but " + of_each(w, [&](auto t) { return !committed(t).empty() && committed(t) != w.all(); },
                                              [&](auto t) { return listed(names, committed(t)) + " committed and the others did not"; });
    case Property::custom: return "a property of the protocol's own is broken";
  }
  return "";
}

}  // namespace commitlab
