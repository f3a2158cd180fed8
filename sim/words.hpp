// Messages, records, states and steps in words: the vocabulary of plays, pictures and reports.
#pragma once

#include "sim/choices.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// "0 2 3", the members in ascending order.
inline std::string words_of(NodeSet set, char between = ' ') {
  std::string words;
  set.each([&](NodeId id) {
    if (!words.empty()) words += between;
    words += std::to_string(index(id));
  });
  return words;
}

/// An atom as one word without blanks; empty for what says nothing: an empty set, a zero, a false.
template <Atom T>
std::string word_of(const T& value) {
  if constexpr (std::is_enum_v<T> && !std::is_same_v<T, NodeId>) return std::string(name_of(value));
  else if constexpr (std::is_same_v<T, NodeSet>) return value.empty() ? "" : "{" + words_of(value, ',') + "}";
  else if constexpr (std::is_same_v<T, NodeId>) return std::to_string(index(value));
  else if constexpr (std::is_same_v<T, bool>) return value ? "true" : "";
  else return value == 0 ? "" : std::to_string(value);
}

/// A message, record or state as one word: `yes`, or `up(members={0,2})`: its first enumerator, then what is not
/// empty, zero, or an enumeration's first.
template <class T>
std::string word_of_value(const T& value) {
  if constexpr (Atom<T>) {
    return word_of(value);
  } else {
    std::string head, rest;
    each_atom(value, [&](std::string_view name, const auto& atom) {
      const std::string word = word_of(atom);
      using A = std::remove_cvref_t<decltype(atom)>;
      if (head.empty() && std::is_enum_v<A> && !std::is_same_v<A, NodeId>) head = word;
      else if (atom != A{} && !word.empty()) rest += (rest.empty() ? "" : ",") + std::string(name) + "=" + word;
    });
    if (rest.starts_with(head + "=") && rest.find("=", head.size() + 1) == rest.npos) return rest;  // `up={0,2}`, said once
    if (head.empty()) return rest;
    return rest.empty() ? head : head + "(" + rest + ")";
  }
}

namespace words {

/// "#2" behind what belongs to the second transaction; nothing if there is only one.
template <Protocol P>
std::string tag(const World<P>& w, int transaction) {
  return w.transactions > 1 ? "#" + std::to_string(transaction + 1) : "";
}

/// ", number 2" for the second of equal messages that wait in one channel behind its first.
template <Protocol P>
std::string which_copy(const World<P>& w, const Step& step) {
  const auto& envelope = w.flight[step.message];
  std::size_t number = 1;
  for (std::size_t i = step.message; i-- > 0 && w.flight[i].same_channel(envelope);) {
    const bool first = i == 0 || !w.flight[i - 1].same_channel(envelope);
    if (!first && w.flight[i] == envelope) ++number;
  }
  return number == 1 ? "" : ", number " + std::to_string(number);
}

template <Protocol P>
std::string event(const World<P>& w, const Step& step) {
  const std::string of = tag(w, step.transaction);
  const bool numbered = w.faults.messages == Messages::numbered;
  const auto message = [&] {
    const auto& envelope = w.flight[step.message];
    return word_of_value(envelope.message) + (numbered ? of : "") + " from " + std::to_string(index(envelope.from));
  };
  const std::string turn = step.overtakes ? " out of order" + which_copy(w, step) : "";
  const std::string split = words_of(w.all() - step.nodes) + " | " + words_of(step.nodes);
  const std::string suspicion = std::string(step.falsely ? "falsely " : "") + "suspect" + of + " " + std::to_string(index(step.whom));
  switch (step.event) {
    case Event::deliver:
      return "deliver" + (numbered ? "" : of) + " " + std::string(step.copy ? "copy of " : "") + message() + turn;
    case Event::miss: return "miss " + message() + turn;
    case Event::lose: return "lose " + message();
    case Event::start: return "start" + of;
    case Event::timeout: return "timeout" + of;
    case Event::early: return "early timeout" + of;
    case Event::suspect: return suspicion;
    case Event::act:
      if constexpr (Acts<P>) return "act" + of + " " + word_of_value(act_of<P>(step.act));
      return "act";
    case Event::recover: return "recover" + of;
    case Event::wipe: return "recover" + of + " without log";
    case Event::crash: return "crash";
    case Event::partition: return "partition " + split;
    case Event::heal: return "heal";
    case Event::stop_faults: return "faults stop";
  }
  return "";
}

template <Protocol P>
std::string effect(const typename EffectsOf<P>::Effect& effect) {
  switch (effect.what) {
    case Do::send: return "send " + word_of_value(effect.message) + " to " + words_of(effect.to);
    case Do::force: return "force " + word_of_value(effect.record);
    case Do::write: return "write " + word_of_value(effect.record);
    case Do::decide: return "decide " + std::string(name_of(effect.decision));
    case Do::arm: return "arm " + std::to_string(effect.ticks);
    case Do::disarm: return "disarm";
  }
  return "";
}

inline std::string losing(std::uint8_t records) {
  if (records == 0) return "";
  return " losing " + std::to_string(records) + (records == 1 ? " record" : " records");
}

/// The ids in ascending order.
inline std::vector<int> ids_of(NodeSet set) {
  std::vector<int> ids;
  set.each([&](NodeId id) { ids.push_back(static_cast<int>(index(id))); });
  return ids;
}

/// An effect in parts.
template <Protocol P>
Trace::Effect part(const typename EffectsOf<P>::Effect& effect) {
  using What = Trace::Effect::What;
  switch (effect.what) {
    case Do::send: return {.what = What::send, .word = word_of_value(effect.message), .to = ids_of(effect.to)};
    case Do::force: return {.what = What::force, .word = word_of_value(effect.record)};
    case Do::write: return {.what = What::write, .word = word_of_value(effect.record)};
    case Do::decide: return {.what = What::decide, .word = std::string(name_of(effect.decision))};
    case Do::arm: return {.what = What::arm, .count = effect.ticks};
    case Do::disarm: return {.what = What::disarm};
  }
  return {};
}

/// What a step is about, in parts: its event, and no effects yet.
template <Protocol P>
void put_event(const World<P>& w, const Step& step, Trace::Line& line) {
  line.event = step.event;
  const bool of_message = step.event == Event::deliver || step.event == Event::miss || step.event == Event::lose;
  if (of_message) line.peer = static_cast<int>(index(w.flight[step.message].from)), line.word = word_of_value(w.flight[step.message].message);
  if (step.event == Event::suspect) line.peer = static_cast<int>(index(step.whom));
  if (step.event == Event::partition) line.side = ids_of(step.nodes);
  if (step.event == Event::crash) line.lost_records = step.lost;
  if constexpr (Acts<P>)
    if (step.event == Event::act) line.word = word_of_value(act_of<P>(step.act));
  line.copy = step.copy, line.falsely = step.falsely;
}

constexpr bool of_the_network(Event event) {
  return event == Event::partition || event == Event::heal || event == Event::stop_faults;
}

}  // namespace words

/// One node's part in one transaction, as a reader sees it.
template <Protocol P>
NodeView view(const P& p, const World<P>& w, NodeId id, std::uint8_t transaction = 0) {
  const auto& slot = w.slot(id, transaction);
  NodeView view{.up = w.is_up(id), .state = word_of_value(slot.state)};
  if constexpr (Doubts<P>) view.in_doubt = view.up && p.in_doubt(slot.state);
  const auto& log = w.log(id);
  for (std::size_t i = 0; i < log.entries.size(); ++i)
    if (log.entries[i].transaction == transaction)
      view.log.push_back(word_of_value(log.entries[i].record) + (i < log.durable ? "" : "?"));
  if (slot.decided.now_abort) view.decided = "abort";
  if (slot.decided.now_commit) view.decided += view.decided.empty() ? "commit" : " commit";
  return view;
}

/// The words of one step; `after` is left for whoever applies it.
template <Protocol P>
Trace::Line line_of(const World<P>& w, const Step& step, const Handled<P>& handled) {
  Trace::Line line{.node = static_cast<int>(index(step.node)), .transaction = step.transaction, .network = words::of_the_network(step.event)};
  line.happened = words::event(w, step);
  words::put_event(w, step, line);
  const auto add = [&](const auto& effect) {
    line.effects.push_back(words::effect<P>(effect));
    line.parts.push_back(words::part<P>(effect));
  };
  const auto effects = handled.out.list();
  const bool whole = step.cut == Step::kWhole;
  for (std::size_t i = 0; i < effects.size() && (whole || i < step.cut); ++i) add(effects[i]);
  if (!whole && !step.nodes.empty()) {
    auto torn = effects[step.cut];
    torn.to = step.nodes;
    add(torn);
  }
  if (!whole) {
    line.effects.push_back("crash" + words::losing(step.lost));
    line.parts.push_back({.what = Trace::Effect::What::crash, .count = step.lost});
  }
  if (step.event == Event::crash) line.happened += words::losing(step.lost);
  return line;
}

/// Calls visit(NodeView) for every part of every node: [node * transactions + transaction].
template <Protocol P>
void each_view(const P& p, const World<P>& w, auto&& visit) {
  w.all().each([&](NodeId id) {
    for (std::uint8_t t = 0; t < w.transactions; ++t) visit(view(p, w, id, t));
  });
}

/// Starts the account of a run.
template <Protocol P>
Trace trace_of(const P& p, const World<P>& start, std::vector<std::string> names) {
  Trace trace{.protocol = std::string(p.name), .names = std::move(names), .transactions = start.transactions, .faults = start.faults};
  for (std::uint8_t t = 0; t < start.transactions; ++t) {
    std::string votes;
    start.all().without(kCoordinator).each([&](NodeId id) {
      votes += (votes.empty() ? "" : " ") + std::string(name_of(start.slot(id, t).vote));
    });
    trace.votes.push_back(votes);
  }
  each_view(p, start, [&](NodeView view) { trace.begin.push_back(std::move(view)); });
  return trace;
}

/// Applies one step to w and adds its line to the account.
template <Protocol P>
void narrate(const P& p, World<P>& w, const Step& step, Trace& trace, std::int64_t at_ns = 0) {
  const Handled<P> handled = handle(p, w, step);
  trace.lines.push_back(line_of(w, step, handled));
  apply(w, step, handled);
  auto& line = trace.lines.back();
  line.at_ns = line.stopped_ns = at_ns;
  for (auto& part : line.parts) part.at_ns = at_ns;
  line.after = view(p, w, step.node, step.transaction);
}

/// Closes the account with what every node is in the end.
template <Protocol P>
void finish(const P& p, const World<P>& w, Trace& trace) {
  each_view(p, w, [&](NodeView view) { trace.end.push_back(std::move(view)); });
}

}  // namespace commitlab
