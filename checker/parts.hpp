// The parts of Worlds of one protocol as numbers, each way: equal numbers, equal parts.
#pragma once

#include "checker/aspects.hpp"
#include "checker/part_bytes.hpp"
#include "checker/relation.hpp"
#include "sim/choices.hpp"

namespace commitlab {

template <Protocol P>
class Parts : public Relation {
 public:
  using Envelope = typename World<P>::Envelope;

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
    headers_.persist(archive), archive.each(owns_), archive.each(inboxes_), archive.each(messages_);
    shapes_.persist(archive), role_names_.persist(archive);
    std::string defect = defect_;
    archive.text(defect);
    if (!archive.reads() || archive.failed()) return;
    const std::size_t shapes = shapes_.size(), roles = role_names_.size();
    defect_.clear();
    archive.require(derived());
    // A defect that the parts do not show is one of a step; one that they show must have been told, or the search had not ended there.
    archive.require((defect_.empty() || !defect.empty()) && shapes == shapes_.size() && roles == role_names_.size());
    defect_ = defect;
  }

 protected:
  static constexpr const char* kUnnamed = "a state, message or record holds a value that its type does not name";

  Parts(const P& p, const World<P>& first, std::vector<std::uint8_t> kinds, NodeSet members)
      : Relation(std::move(kinds)), p_(p), members_(members), first_(first), blank_(first) {
    // Of the other nodes nothing is heard: they take part, and have neither timers, logs nor messages.
    blank_.up = blank_.all();
    blank_.side = {};
    blank_.flight.clear();
    for (auto& slot : blank_.slots) slot = {}, slot.part = Part::running;
    for (auto& log : blank_.logs) log = {};
  }

  Number header_number(const World<P>& w) {
    PartWriter out(bytes_);
    write_header(out, w);
    const auto place = headers_.insert(out.bytes());
    if (place.fresh) {
      ++parts_, header_views_.push_back(header_of(w));
      views_.resize(headers_.size() * nodes(), place.id);
      for (std::size_t node = 0; node < nodes() && !needs_context_; ++node) {
        const Number view = header_number(seen_by(node, w));
        views_[place.id * nodes() + node] = view;
      }
    }
    return place.id;
  }
  static void write_header(PartWriter& out, const World<P>& w) {
    out.put(w.faults.left), out.put(w.up), out.put(w.side), out.put(w.faults_stopped);
  }
  World<P> seen_by(std::size_t node, const World<P>& w) const {
    World<P> seen = blank_;
    seen.faults = w.faults, seen.side = w.side, seen.faults_stopped = w.faults_stopped;
    if (!w.is_up(node_id(node))) seen.up.remove(node_id(node));
    return seen;
  }
  static Header header_of(const World<P>& w) {
    Header header{.up = w.up, .side = w.side, .hearing = w.faults.recovery == Recovery::never ? w.up : w.all(), .faults_stopped = w.faults_stopped};
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
    const auto place = owns_[kind(node)].insert(own_bytes(w, node));
    if (place.fresh) add_own(w, node);
    return place.id;
  }
  /// Over those before.
  std::string_view own_bytes(const World<P>& w, std::size_t node) {
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
    return out.bytes();
  }
  void add_own(const World<P>& w, std::size_t node) {
    ++parts_;
    if (!members_.empty()) note(false, node, own_names(w, node_id(node), matters(w, node), members_));
    standings_[kind(node)].push_back(commitlab::standing(w, node_id(node)));
    doubts_[kind(node)].push_back(doubt_of(w, node_id(node)));
    doubts_decisions_ = doubts_decisions_ || (doubts_[kind(node)].back() & kDoubtsItsDecision) != 0;
    for (std::uint8_t t = 0; t < w.transactions; ++t) examine(w.slot(node_id(node), t).state);
    for (const auto& entry : w.log(node_id(node)).entries) examine(entry.record);
  }
  void read_own(std::size_t node, Number number, World<P>& w) const {
    PartReader in(owns_[kind(node)][number]);
    read_own_from(in, node, w);
  }
  static void read_own_from(auto& in, std::size_t node, World<P>& w) {
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
  std::uint8_t doubt_of(const World<P>& w, NodeId id) const {
    std::uint8_t doubt = commitlab::in_doubt(p_, w, id) ? kInDoubt : 0;
    for (std::uint8_t t = 0; t < w.transactions; ++t)
      if (commitlab::doubts_its_decision(p_, w, id, t)) doubt |= kDoubtsItsDecision;
    return doubt;
  }
  /// Will anybody ever read this node's log again?
  bool matters(const World<P>& w, std::size_t node) const {
    return HasProperties<P> || first_.faults.recovery != Recovery::never || w.is_up(node_id(node));
  }

  static void write(PartWriter& out, const Envelope& envelope) { out.put(envelope.from), out.put(envelope.transaction), out.put(envelope.message); }
  static void read(auto& in, Envelope& envelope) { in.get(envelope.from), in.get(envelope.transaction), in.get(envelope.message); }

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
    if (place.fresh) add_inbox(w, node);
    return place.id;
  }
  void add_inbox(const World<P>& w, std::size_t node) {
    ++parts_;
    if (!members_.empty()) note(true, node, inbox_names(w, node_id(node), members_));
  }
  void read_inbox(std::size_t node, Number number, World<P>& w) const {
    for (PartReader in(inboxes_[kind(node)][number]); !in.done();) {
      auto& envelope = w.flight.emplace_back();
      envelope.to = node_id(node);
      read(in, envelope);
    }
  }

  /// Everything that is known of the parts in the tables, worked out anew; false where one of them is of no world.
  bool derived() {
    parts_ = 0, doubts_decisions_ = false, header_views_.clear(), views_.clear();
    for (auto& its : standings_) its.clear();
    for (auto& its : doubts_) its.clear();
    for (const bool inbox : {false, true}) {
      for (auto& its : aspects_[inbox]) its.clear();
      for (auto& its : roles_[inbox]) its.clear();
    }
    for (Number number = 0; number < headers_.size(); ++number)
      if (!derive_header(number)) return false;
    for (std::size_t kind = 0, node = 0; kind < owns_.size(); ++kind, node = 0) {
      while (this->kind(node) != kind) ++node;
      for (Number number = 0; number < owns_[kind].size(); ++number)
        if (!derive_own(node, number)) return false;
      for (Number number = 0; number < inboxes_[kind].size(); ++number)
        if (!derive_inbox(node, number)) return false;
      for (Number number = 0; number < messages_[kind].size(); ++number) {
        Envelope envelope{};
        CarefulReader in(messages_[kind][number]);
        if (!read_message(node, in, envelope) || !in.done()) return false;
      }
    }
    return true;
  }
  bool derive_header(Number number) {
    World<P> w = blank_;
    bool sound = header_bytes_are_sound(headers_[number]);
    if (!sound) return false;
    read_header(number, w);
    sound = w.all().includes(w.up) && w.all().includes(w.side);
    ++parts_, header_views_.push_back(header_of(w));
    for (std::size_t node = 0; node < nodes() && sound; ++node) {
      PartWriter out(bytes_);
      if (!needs_context_) write_header(out, seen_by(node, w));
      const auto view = needs_context_ ? number : headers_.find(out.bytes());
      sound = view.has_value();
      if (sound) views_.push_back(*view);
    }
    return sound;
  }
  static bool header_bytes_are_sound(std::string_view bytes) {
    World<P> w;
    return bytes.size() == sizeof w.faults.left + sizeof w.up + sizeof w.side + sizeof w.faults_stopped && static_cast<unsigned char>(bytes.back()) <= 1;
  }
  bool derive_own(std::size_t node, Number number) {
    World<P> w = blank_;
    CarefulReader in(owns_[kind(node)][number]);
    read_own_from(in, node, w);
    for (std::uint8_t t = 0; t < w.transactions; ++t) {
      const auto& slot = w.slot(node_id(node), t);
      in.require(static_cast<std::size_t>(slot.part) < count_of<Part>() && static_cast<std::size_t>(slot.vote) < count_of<Vote>() && w.all().includes(slot.suspected));
    }
    for (const auto& entry : w.log(node_id(node)).entries) in.require(entry.transaction < w.transactions);
    if (!in.sound()) return false;
    add_own(w, node);
    return owns_[kind(node)].find(own_bytes(w, node)) == number;
  }
  bool derive_inbox(std::size_t node, Number number) {
    World<P> w = blank_;
    for (CarefulReader in(inboxes_[kind(node)][number]); !in.done();)
      if (!read_message(node, in, w.flight.emplace_back())) return false;
    for (std::size_t i = 1; i < w.flight.size(); ++i)
      if (w.before(w.flight[i], w.flight[i - 1])) return false;
    add_inbox(w, node);
    return true;
  }
  bool read_message(std::size_t node, CarefulReader& in, Envelope& envelope) {
    envelope.to = node_id(node);
    read(in, envelope);
    examine(envelope.message);
    return in.sound() && index(envelope.from) < nodes() && envelope.transaction < first_.transactions;
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
  const NodeSet members_;   // the participants that are interchangeable, of whose names aspects are noted
  const World<P> first_;    // says what is the same in all worlds: nodes, transactions, switches
  World<P> blank_;          // in which no node has parts of its own
  PartTable shapes_, role_names_;
  std::string bytes_;
};

}  // namespace commitlab
