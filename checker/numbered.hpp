// Worlds of one protocol as rows of numbers, and its relation over them: every answer is worked out by each_choice's own
// parts and apply, in a small World in which only the parts that matter are there.
#pragma once

#include "checker/inbox_changes.hpp"
#include "checker/parts.hpp"
#include "checker/renaming_law.hpp"
#include "sim/viewed.hpp"

namespace commitlab {

/// Each node its own kind.
inline std::vector<std::uint8_t> all_different(std::size_t nodes) {
  std::vector<std::uint8_t> kinds(nodes);
  for (std::size_t i = 0; i < nodes; ++i) kinds[i] = static_cast<std::uint8_t>(i);
  return kinds;
}

template <Protocol P>
class Numbered final : public Parts<P> {
 public:
  using Envelope = typename World<P>::Envelope;
  using Parts<P>::nodes, Parts<P>::world;

  /// `first` says what is the same in all worlds: nodes, transactions, switches.
  /// `members`: the participants that are interchangeable, of whose names aspects are noted.
  Numbered(const P& p, const World<P>& first, std::vector<std::uint8_t> kinds, NodeSet members = {})
      : Parts<P>(p, first, std::move(kinds), members), mini_(blank_), next_(blank_), own_properties_(p, first) {
    synchronous_ = first.faults.timing == Timing::synchronous;
    needs_context_ = Suspects<P> || SeesStates<P>;
    // In a fifo channel a message must be first, what is sticky stays, and a specification may act on all that it was sent.
    in_pieces_ = !needs_context_ && !SeesInbox<P> && first.faults.channels == Channels::bag;
    has_properties_ = HasProperties<P>;
    may_recover_ = first.faults.recovery != Recovery::never;
  }

  /// From here on, members of one class are to stand for each other: what contradicts that throws OrdersIds.
  void hold_alike(const std::vector<NodeSet>& classes) { law_.emplace(p_, classes); }

  Pulse pulse(std::size_t node, Row row) override {
    ++answers_;
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
    ++answers_;
    bring(node, row);
    look_at_acts(node);
    Adding add{*this, node, out};
    relation::each_step_of(p_, mini_, node_id(node), {due, talking}, add);
  }

  void common_moves(Number header, Moves& out) override {
    ++answers_;
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

  Number header_after(std::size_t node, Number header, Number after) override {
    ++answers_;
    if (needs_context_) return after;
    alone(0);
    read_header(header, mini_);
    NodeSet up = mini_.up.without(node_id(node));
    read_header(after, mini_);
    if (mini_.is_up(node_id(node))) up.add(node_id(node));
    mini_.up = up;
    return header_number(mini_);
  }

  /// The message is new to the inbox, and arrives: what cannot is not among a move's puts.
  Number put(std::size_t node, Number inbox, Number message) override {
    ++answers_;
    alone(node);
    mini_.faults.recovery = Recovery::any_time;
    read_inbox(node, inbox, mini_);
    commitlab::put(mini_, envelope(node, message));
    return inbox_number(mini_, node);
  }
  void messages(std::size_t node, Number inbox, std::vector<Number>& out) override {
    ++answers_;
    alone(node);
    read_inbox(node, inbox, mini_);
    for (const auto& envelope : mini_.flight) out.push_back(message_number(envelope));
  }
  Number spread_own(const Spread& spread, std::size_t node, Number own) override {
    ++answers_;
    alone(node);
    read_own(node, own, mini_);
    spread.forgotten.each([&](NodeId id) { moves::forget(mini_, id); });
    moves::pass_time(mini_, spread.ticks);
    return own_number(mini_, node);
  }
  Number spread_inbox(const Spread& spread, std::size_t node, Number inbox) override {
    ++answers_;
    alone(node);
    mini_.side = spread.split;
    read_inbox(node, inbox, mini_);
    moves::sever(mini_);
    return inbox_number(mini_, node);
  }

  Pulse own_pulse(std::size_t node, Number header, Number own) override {
    ++answers_;
    bring(node, header, own, kNoMessage);
    return {relation::all_take_part(mini_), static_cast<std::uint16_t>(relation::fewest_ticks(mini_))};
  }
  bool travels(std::size_t node, Number header, Number own, Number message) override {
    ++answers_;
    bring(node, header, own, message);
    return mini_.travelling(mini_.flight.front());
  }
  void message_moves(std::size_t node, Number header, Number own, Number message, Moves& out) override {
    ++answers_;
    bring(node, header, own, message);
    Adding add{*this, node, out, true, message};
    relation::each_message(p_, mini_, node_id(node), add);
  }
  void own_moves(std::size_t node, Number header, Number own, int due, Moves& out) override {
    ++answers_;
    bring(node, header, own, kNoMessage);
    look_at_acts(node);
    Adding add{*this, node, out, true};
    relation::each_event(p_, mini_, node_id(node), {due, {}}, add);
  }
  Number inbox_after(std::size_t node, Number inbox, Number message, Number change) override {
    ++answers_;
    alone(node);
    const InboxChange& what = changes_[change];
    if (!what.clears) read_inbox(node, inbox, mini_);
    if (what.takes) mini_.flight.erase(std::find(mini_.flight.begin(), mini_.flight.end(), envelope(node, message)));
    for (const Number sent : what.puts) commitlab::put(mini_, envelope(node, sent));
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
    if constexpr (HasProperties<P>) {
      world(row, mini_);
      at_ = kNowhere;
      const std::uint64_t broken = own_properties_.broken(p_, mini_);
      if (!own_properties_.defect().empty()) defect_ = own_properties_.defect();
      else if (law_) law_->look_at_properties(mini_, broken);
      return broken;
    }
    return 0;
  }
  const std::vector<std::string>& names_of_own_properties() const { return own_properties_.names(); }

 private:
  /// The small World in which only this node's parts are there.
  void bring(std::size_t node, Row row) {
    if (SeesStates<P>) return bring_all(row);
    alone(node);
    read_header(view(node, row[kHeader]), mini_);
    read_own(node, row[own_place(node)], mini_);
    read_inbox(node, row[inbox_place(node)], mini_);
  }
  /// For a protocol whose acts look at the states of all.
  void bring_all(Row row) {
    world(row, mini_);
    next_ = mini_;
    at_ = kNowhere;
  }
  void look_at_acts(std::size_t node) {
    if constexpr (Acts<P>)
      if (law_ && mini_.is_up(node_id(node)))
        for (std::uint8_t t = 0; t < mini_.transactions; ++t)
          if (mini_.slot(node_id(node), t).part == Part::running) law_->look_at_acts(mini_, node_id(node), t);
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

  /// A step of a node that is in mini_, but for what becomes of its inbox: that is in next_ then.
  Move move_of(std::size_t node, const Step& step, const Handled<P>& handled, Moves& out) {
    if (handled.out.overflowed()) defect_ = "a handler asks for more than " + std::to_string(EffectsOf<P>::kMax) + " effects";
    begin_step(node);
    apply(next_, step, handled);
    Move move{.header = header_number(next_), .own = own_number(next_, node)};
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
    return move;
  }

  /// The node alone, with one message on its way to it, or with none.
  void bring(std::size_t node, Number header, Number own, Number message) {
    alone(node);
    read_header(header, mini_);
    read_own(node, own, mini_);
    if (message != kNoMessage) mini_.flight.push_back(envelope(node, message));
  }
  /// Adds the moves that it is told of.
  struct Adding {
    Numbered& its;
    std::size_t node;
    Moves& out;
    bool in_pieces = false;
    Number message = kNoMessage;  // that a piece is about

    void operator()(const Step& step, const Handled<P>& handled) {
      if (its.law_ && step.cut == Step::kWhole && !step.copy) its.law_->look(its.mini_, step, handled);
      Move move = its.move_of(node, step, handled, out);
      move.inbox = in_pieces ? its.changes_.number_of(its.change_of_inbox(node, message, step)) : its.inbox_number(its.next_, node);
      out.list.push_back(move);
    }
  };
  /// Told by what the step has made of an inbox with this message alone.
  InboxChange change_of_inbox(std::size_t node, Number message, const Step& step) {
    if (step.crashes() && mini_.faults.recovery == Recovery::never) return {.clears = true};
    InboxChange change;
    for (const auto& envelope : next_.flight)
      if (envelope.to == node_id(node)) change.puts.push_back(message_number(envelope));
    if (message == kNoMessage) return change;
    const auto left = std::find(change.puts.begin(), change.puts.end(), message);
    change.takes = left == change.puts.end();
    if (!change.takes) change.puts.erase(left);
    return change;
  }
  Envelope envelope(std::size_t node, Number message) const {
    Envelope envelope{};
    envelope.to = node_id(node);
    PartReader in(messages_[kind(node)][message]);
    read(in, envelope);
    return envelope;
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

  using Parts<P>::kUnnamed, Parts<P>::blank_, Parts<P>::bytes_, Parts<P>::p_;
  using Parts<P>::header_number, Parts<P>::read_header, Parts<P>::own_number, Parts<P>::read_own, Parts<P>::inbox_number, Parts<P>::read_inbox;
  using Parts<P>::message_number, Parts<P>::read;
  using Relation::kind, Relation::view, Relation::messages_, Relation::spreads_, Relation::defect_, Relation::answers_, Relation::synchronous_, Relation::needs_context_, Relation::in_pieces_, Relation::may_recover_, Relation::has_properties_;

  static constexpr std::size_t kNowhere = kMaxNodes;

  World<P> mini_, next_;
  std::size_t at_ = kNowhere;  // whose parts are in mini_ and next_
  std::optional<RenamingLaw<P>> law_;
  PartTable contexts_;
  InboxChanges changes_;
  OwnProperties<P> own_properties_;
};

}  // namespace commitlab
