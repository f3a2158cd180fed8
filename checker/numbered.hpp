// Worlds of one protocol as rows of numbers, and its relation over them: every answer is worked out by each_choice's own
// parts and apply, in a small World in which only the parts that matter are there.
#pragma once

#include "checker/aspects.hpp"
#include "checker/part_bytes.hpp"
#include "checker/relation.hpp"
#include "sim/choices.hpp"

namespace commitlab {

/// Each node its own kind.
inline std::vector<std::uint8_t> all_different(std::size_t nodes) {
  std::vector<std::uint8_t> kinds(nodes);
  for (std::size_t i = 0; i < nodes; ++i) kinds[i] = static_cast<std::uint8_t>(i);
  return kinds;
}

template <Protocol P>
class Numbered final : public Relation {
 public:
  using Envelope = typename World<P>::Envelope;

  /// `first` says what is the same in all worlds: nodes, transactions, switches.
  /// `members`: the participants that are interchangeable, of whose names aspects are noted.
  Numbered(const P& p, const World<P>& first, std::vector<std::uint8_t> kinds, NodeSet members = {})
      : Relation(std::move(kinds)), p_(p), members_(members), first_(first), blank_(first), next_(first) {
    synchronous_ = first.faults.timing == Timing::synchronous;
    needs_context_ = Suspects<P> || SeesStates<P>;
    may_recover_ = first.faults.recovery != Recovery::never;
    // Of the other nodes nothing is heard: they take part, and have neither timers, logs nor messages.
    blank_.up = blank_.all();
    blank_.side = {};
    blank_.flight.clear();
    for (auto& slot : blank_.slots) slot = {}, slot.part = Part::running;
    for (auto& log : blank_.logs) log = {};
  }

  void number(const World<P>& w, std::vector<Number>& row) {
    row.resize(places());
    row[kHeader] = header_number(w);
    for (std::size_t node = 0; node < nodes(); ++node) row[own_place(node)] = own_number(w, node), row[inbox_place(node)] = inbox_number(w, node);
  }
  void world(Row row, World<P>& w) const {
    w = blank_;
    read_header(row[kHeader], w);
    for (std::size_t node = 0; node < nodes(); ++node) {
      read_own(node, row[own_place(node)], w);
      read_inbox(node, row[inbox_place(node)], w);
    }
  }
  World<P> world(Row row) const {
    World<P> w = blank_;
    world(row, w);
    return w;
  }

  void persist(Archive& archive) override {
    Relation::persist(archive);
    contexts_.persist(archive), shapes_.persist(archive), role_names_.persist(archive);
    at_ = kNowhere;
  }

  Pulse pulse(std::size_t node, Row row) override {
    bring(node, row);
    return {relation::quiet(mini_), static_cast<std::uint16_t>(relation::fewest_ticks(mini_))};
  }

  Context context(Row row) override {
    world(row, mini_);
    at_ = kNowhere;
    const auto around = relation::surroundings(mini_);
    PartWriter out(bytes_);
    out.put(row[kHeader]), out.put(around.due), out.put(around.talking);
    if (SeesStates<P>)
      for (const Number part : row) out.put(part);
    return {contexts_.insert(out.bytes()).id, around.due, around.talking};
  }

  void moves(std::size_t node, Row row, int due, NodeSet talking, Moves& out) override {
    bring(node, row);
    relation::each_step_of(p_, mini_, node_id(node), {due, talking}, [&](const Step& step, const Handled<P>& handled) {
      if (handled.out.overflowed()) defect_ = "a handler asks for more than " + std::to_string(EffectsOf<P>::kMax) + " effects";
      begin_step(node);
      apply(next_, step, handled);
      Move move{.header = header_number(next_), .own = own_number(next_, node), .inbox = inbox_number(next_, node)};
      move.first_put = static_cast<std::uint32_t>(out.puts.size());
      for (const auto& envelope : next_.flight) {
        if (envelope.to == node_id(node)) continue;
        if (index(envelope.to) >= nodes()) {
          defect_ = kUnnamed;
          continue;
        }
        out.puts.push_back({message_number(envelope), static_cast<std::uint16_t>(index(envelope.to))});
      }
      move.puts = static_cast<std::uint16_t>(out.puts.size() - move.first_put);
      move.spread = spread_of(step);
      describe(move, step);
      out.list.push_back(move);
    });
  }

  void common_moves(Number header, Moves& out) override {
    alone(0);
    read_header(header, mini_);
    relation::each_common_step(mini_, [&](const Step& step, const Handled<P>& handled) {
      next_ = mini_;
      apply(next_, step, handled);
      Move move{.header = header_number(next_)};
      move.spread = spread_of(step);
      describe(move, step);
      out.list.push_back(move);
    });
  }

  /// The message is new to the inbox, and arrives: what cannot is not among a move's puts.
  Number put(std::size_t node, Number inbox, Number message) override {
    alone(node);
    mini_.faults.recovery = Recovery::any_time;
    read_inbox(node, inbox, mini_);
    Envelope envelope{};
    envelope.to = node_id(node);
    PartReader in(messages_[kind(node)][message]);
    read(in, envelope);
    commitlab::put(mini_, envelope);
    return inbox_number(mini_, node);
  }
  void messages(std::size_t node, Number inbox, std::vector<Number>& out) override {
    alone(node);
    read_inbox(node, inbox, mini_);
    for (const auto& envelope : mini_.flight) out.push_back(message_number(envelope));
  }
  Number spread_own(const Spread& spread, std::size_t node, Number own) override {
    alone(node);
    read_own(node, own, mini_);
    spread.forgotten.each([&](NodeId id) { moves::forget(mini_, id); });
    moves::pass_time(mini_, spread.ticks);
    return own_number(mini_, node);
  }
  Number spread_inbox(const Spread& spread, std::size_t node, Number inbox) override {
    alone(node);
    mini_.side = spread.split;
    read_inbox(node, inbox, mini_);
    moves::sever(mini_);
    return inbox_number(mini_, node);
  }

  Number renamed_header(Number header, const Renaming& to) override {
    alone(0);
    read_header(header, mini_);
    mini_.up = to(mini_.up), mini_.side = to(mini_.side);
    return header_number(mini_);
  }
  Number renamed_own(std::size_t node, Number own, const Renaming& to) override {
    alone(node);
    read_own(node, own, mini_);
    for (std::uint8_t t = 0; t < mini_.transactions; ++t) rename<P>(mini_.slot(node_id(node), t), to);
    rename<P>(mini_.log(node_id(node)), to);
    return own_number(mini_, node);  // nodes that change places are of one kind
  }
  Number renamed_inbox(std::size_t node, Number inbox, const Renaming& to) override {
    alone(node);
    read_inbox(node, inbox, mini_);
    rename_flight(mini_, to);
    return inbox_number(mini_, index(to(node_id(node))));
  }

  std::uint64_t broken(Row row) override {
    std::uint64_t broken = 0;
    if constexpr (HasProperties<P>) {
      std::uint64_t place = 1;
      world(row, mini_);
      at_ = kNowhere;
      p_.properties(mini_, [&](std::string_view, bool holds) { broken |= holds ? 0 : place, place <<= 1; });
    }
    return broken;
  }

 private:
  static constexpr const char* kUnnamed = "a state, message or record holds a value that its type does not name";

  /// The small World in which only this node's parts are there.
  void bring(std::size_t node, Row row) {
    if (SeesStates<P>) return bring_all(row);
    alone(node);
    read_header(row[kHeader], mini_);
    read_own(node, row[own_place(node)], mini_);
    read_inbox(node, row[inbox_place(node)], mini_);
  }
  /// For a protocol whose acts look at the states of all.
  void bring_all(Row row) {
    world(row, mini_);
    next_ = mini_;
    at_ = kNowhere;
  }
  /// Everything is blank, soon but for this node.
  void alone(std::size_t node) {
    if (at_ == kNowhere) mini_ = next_ = blank_;
    else blank_again(mini_), blank_again(next_);
    at_ = node;
    mini_.faults = blank_.faults, mini_.up = blank_.up, mini_.side = {}, mini_.faults_stopped = blank_.faults_stopped;
    mini_.flight.clear();
  }
  void blank_again(World<P>& w) const {
    for (std::uint8_t t = 0; t < w.transactions; ++t) w.slot(node_id(at_), t) = blank_.slot(node_id(at_), t);
    w.log(node_id(at_)).entries.clear(), w.log(node_id(at_)).durable = 0;
  }
  /// A step changes the node's parts, the header and what is in flight; other nodes it finds blank, and leaves so.
  void begin_step(std::size_t node) {
    const NodeId id = node_id(node);
    for (std::uint8_t t = 0; t < mini_.transactions; ++t) next_.slot(id, t) = mini_.slot(id, t);
    next_.log(id) = mini_.log(id);
    next_.faults = mini_.faults, next_.up = mini_.up, next_.side = mini_.side, next_.faults_stopped = mini_.faults_stopped;
    next_.flight = mini_.flight;
  }

  void describe(Move& move, const Step& step) {
    move.event = step.event;
    move.fault = is_fault(step);
    move.revives = step.event == Event::recover && !mini_.is_up(step.node);
    const bool of_message = step.event == Event::deliver || step.event == Event::miss || step.event == Event::lose;
    if (of_message) move.sender = static_cast<std::uint8_t>(index(mini_.flight[step.message].from));
    move.what = of_message ? message_number(mini_.flight[step.message]) : Number{step.transaction} << 8 | step.act;
  }
  std::uint16_t spread_of(const Step& step) {
    Spread spread;
    if (step.event == Event::timeout) spread.ticks = mini_.slot(step.node, step.transaction).timer.ticks_left;
    const bool comes_back = (step.event == Event::recover || step.event == Event::wipe) && !mini_.is_up(step.node);
    if (Suspects<P> && (step.crashes() || comes_back)) spread.forgotten.add(step.node);
    if (step.event == Event::partition && mini_.faults.severed == Severed::lost) spread.split = step.nodes;
    return spread_number(spread);
  }
  std::uint16_t spread_number(const Spread& spread) {
    if (spread == Spread{}) return 0;
    auto found = std::find(spreads_.begin(), spreads_.end(), spread);
    if (found == spreads_.end()) found = spreads_.insert(spreads_.end(), spread);
    return static_cast<std::uint16_t>(found - spreads_.begin() + 1);
  }

  // Parts as bytes, each way.

  Number header_number(const World<P>& w) {
    PartWriter out(bytes_);
    out.put(w.faults.left), out.put(w.up), out.put(w.side), out.put(w.faults_stopped);
    const auto place = headers_.insert(out.bytes());
    if (place.fresh) ++parts_, header_views_.push_back(header_of(w));
    return place.id;
  }
  static Header header_of(const World<P>& w) {
    Header header{.up = w.up, .side = w.side, .faults_stopped = w.faults_stopped};
    w.all().each([&](NodeId id) {
      if (w.faults.may_crash(id)) header.crashing.add(id);
    });
    Budgets others = w.faults.left;
    others.crashes = others.disk_losses = 0;
    header.calm = others == Budgets{} && !w.partitioned();
    return header;
  }
  void read_header(Number number, World<P>& w) const {
    PartReader in(headers_[number]);
    in.get(w.faults.left), in.get(w.up), in.get(w.side), in.get(w.faults_stopped);
    if (w.faults_stopped) w.faults = stopped(w.faults);
  }

  Number own_number(const World<P>& w, std::size_t node) {
    PartWriter out(bytes_);
    for (std::uint8_t t = 0; t < w.transactions; ++t) {
      const auto& slot = w.slot(node_id(node), t);
      out.put(slot.state), out.put(slot.part), out.put(slot.vote);
      out.put(slot.timer.armed), out.put(slot.timer.ticks_left);
      out.put(slot.decided.ever_abort), out.put(slot.decided.ever_commit), out.put(slot.decided.now_abort), out.put(slot.decided.now_commit);
      if (Suspects<P>) out.put(slot.suspected);
    }
    if (matters(w, node)) {
      const auto& log = w.log(node_id(node));
      for (std::size_t i = 0; i < log.entries.size(); ++i) out.put(log.entries[i].record), out.put(log.entries[i].transaction), out.put(i < log.durable);
    }
    const auto place = owns_[kind(node)].insert(out.bytes());
    if (place.fresh) {
      ++parts_;
      if (!members_.empty()) note(false, node, own_names(w, node_id(node), matters(w, node), members_));
      standings_[kind(node)].push_back(commitlab::standing(w, node_id(node)));
      doubts_[kind(node)].push_back(commitlab::in_doubt(p_, w, node_id(node)));
      for (std::uint8_t t = 0; t < w.transactions; ++t) examine(w.slot(node_id(node), t).state);
      for (const auto& entry : w.log(node_id(node)).entries) examine(entry.record);
    }
    return place.id;
  }
  void read_own(std::size_t node, Number number, World<P>& w) const {
    PartReader in(owns_[kind(node)][number]);
    for (std::uint8_t t = 0; t < w.transactions; ++t) {
      auto& slot = w.slot(node_id(node), t);
      in.get(slot.state), in.get(slot.part), in.get(slot.vote);
      in.get(slot.timer.armed), in.get(slot.timer.ticks_left);
      in.get(slot.decided.ever_abort), in.get(slot.decided.ever_commit), in.get(slot.decided.now_abort), in.get(slot.decided.now_commit);
      if (Suspects<P>) in.get(slot.suspected);
    }
    auto& log = w.log(node_id(node));
    log.entries.clear(), log.durable = 0;
    while (!in.done()) {
      auto& entry = log.entries.emplace_back();
      bool durable = false;
      in.get(entry.record), in.get(entry.transaction), in.get(durable);
      if (durable) log.durable = static_cast<std::uint32_t>(log.entries.size());
    }
  }
  /// Will anybody ever read this node's log again?
  bool matters(const World<P>& w, std::size_t node) const {
    return HasProperties<P> || first_.faults.recovery != Recovery::never || w.is_up(node_id(node));
  }

  static void write(PartWriter& out, const Envelope& envelope) { out.put(envelope.from), out.put(envelope.transaction), out.put(envelope.message); }
  static void read(PartReader& in, Envelope& envelope) { in.get(envelope.from), in.get(envelope.transaction), in.get(envelope.message); }

  Number message_number(const Envelope& envelope) {
    PartWriter out(bytes_);
    write(out, envelope);
    const auto place = messages_[kind(index(envelope.to))].insert(out.bytes());
    if (place.fresh) examine(envelope.message);
    return place.id;
  }
  Number inbox_number(const World<P>& w, std::size_t node) {
    PartWriter out(bytes_);
    for (const auto& envelope : w.flight)
      if (envelope.to == node_id(node)) write(out, envelope);
    const auto place = inboxes_[kind(node)].insert(out.bytes());
    if (place.fresh) {
      ++parts_;
      if (!members_.empty()) note(true, node, inbox_names(w, node_id(node), members_));
    }
    return place.id;
  }
  void read_inbox(std::size_t node, Number number, World<P>& w) const {
    for (PartReader in(inboxes_[kind(node)][number]); !in.done();) {
      auto& envelope = w.flight.emplace_back();
      envelope.to = node_id(node);
      read(in, envelope);
    }
  }

  /// Does every atom hold a value that its type names?
  template <class T>
  void examine(const T& value) {
    each_atom(value, [&](std::string_view, const auto& atom) {
      using A = std::remove_cvref_t<decltype(atom)>;
      bool fine = true;
      if constexpr (std::is_same_v<A, NodeSet>) fine = first_.all().includes(atom);
      else if constexpr (std::is_same_v<A, NodeId>) fine = index(atom) < nodes();
      else if constexpr (std::is_enum_v<A>) fine = static_cast<std::size_t>(atom) < count_of<A>();
      if (!fine) defect_ = kUnnamed;
    });
  }

  /// Parts of what is told of interchangeable participants have numbers of their own.
  void note(bool inbox, std::size_t node, const Named& named) {
    aspects_[inbox][kind(node)].push_back({shapes_.insert(named.shape).id, named.mentions, named.separable});
    for (const auto& role : named.roles) roles_[inbox][kind(node)].push_back(role_names_.insert(role).id);
  }

  const P& p_;
  const NodeSet members_;
  const World<P> first_;
  World<P> blank_, mini_ = blank_, next_;
  static constexpr std::size_t kNowhere = kMaxNodes;
  std::size_t at_ = kNowhere;  // whose parts are in mini_ and next_
  PartTable contexts_, shapes_, role_names_;
  std::string bytes_;
};

}  // namespace commitlab
