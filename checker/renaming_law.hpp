// The law that lets one participant stand for another, held to what is visited: a handler that is asked under other names answers the
// same under other names. A protocol that orders ids and does not say so is found out by the first answer that differs.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "checker/orders_ids.hpp"
#include "sim/rename.hpp"
#include "sim/sight.hpp"
#include "sim/viewed.hpp"
#include "sim/words.hpp"

namespace commitlab {

/// The names that members of these classes may exchange: every way, if there are few; else every two, and all in a circle.
std::vector<Renaming> exchanges(const std::vector<NodeSet>& classes);

/// How much is asked twice: all of it at first, then less and less often. The same in every run.
class RenamingSample {
 public:
  explicit RenamingSample(std::size_t renamings) : renamings_(renamings) {}

  /// Calls visit(place of a renaming) for those under which this answer is asked for again.
  void each(auto&& visit) {
    if (renamings_ == 0) return;
    const std::uint64_t i = count_++;
    if (i < kAll) {
      for (std::size_t place = 0; place < renamings_; ++place) visit(place);
      return;
    }
    const std::uint64_t stride = i < kOne ? 1 : kStride;
    if (i % stride == 0) visit(static_cast<std::size_t>(i / stride % renamings_));
  }

 private:
  static constexpr std::uint64_t kAll = 2'000, kOne = 10'000, kStride = 16;

  std::size_t renamings_;
  std::uint64_t count_ = 0;
};

/// For one protocol and what it is asked. Not for several threads at once.
template <Protocol P>
class RenamingLaw {
 public:
  RenamingLaw(const P& p, const std::vector<NodeSet>& classes)
      : p_(p), renamings_(exchanges(classes)), handlers_(renamings_.size()), acts_(renamings_.size()), properties_(renamings_.size()) {}

  /// A handler has been asked by this step in this world, of which only the node's own parts matter. A crash may cut its effects
  /// anywhere: so their order counts. Throws OrdersIds.
  void look(const World<P>& w, const Step& step, const Handled<P>& handled) {
    if (!runs_handler(step.event)) return;
    handlers_.each([&](std::size_t place) {
      const Renaming& to = renamings_[place];
      if (!answers_alike(w, step, handled, to)) refuse(w, step, handled, to);
    });
  }

  /// A node has been asked which acts it may do.
  void look_at_acts(const World<P>& w, NodeId id, std::uint8_t transaction) {
    if constexpr (Acts<P>)
      acts_.each([&](std::size_t place) {
        const Renaming& to = renamings_[place];
        const std::uint32_t acts = acts_now(p_, w, id, transaction), then = acts_now(p_, renamed(w, to), to(id), transaction);
        std::uint32_t expected = 0;
        each_bit(acts, [&](std::uint8_t bit) { expected |= std::uint32_t{1} << renamed_act(bit, to); });
        if (expected != then) throw OrdersIds("what its node " + word_of(id) + " may do by itself is otherwise" + by(to));
      });
  }

  /// A protocol's own properties have been asked of a world; a bit for each that is broken.
  void look_at_properties(const World<P>& w, std::uint64_t broken) {
    if constexpr (HasProperties<P>)
      properties_.each([&](std::size_t place) {
        std::uint64_t then = 0, bit = 1;
        auto heard = [&](std::string_view, bool holds) { then |= holds ? 0 : bit, bit <<= 1; };
        commitlab::look(p_, renamed(w, renamings_[place]), view_);
        p_.properties(view_, ClaimProperty(heard));
        if (then != broken) throw OrdersIds("a property of its own is judged otherwise" + by(renamings_[place]));
      });
  }

 private:
  using State = typename P::State;
  using Envelope = typename World<P>::Envelope;
  using Effect = typename EffectsOf<P>::Effect;

  bool answers_alike(const World<P>& w, const Step& step, const Handled<P>& handled, const Renaming& to) const {
    constexpr Envelope kNone{};
    const auto& slot = w.slot(step.node, step.transaction);
    const Envelope& envelope = step.event == Event::deliver ? w.flight[step.message] : kNone;
    const Envelope then{to(envelope.from), to(envelope.to), envelope.transaction, to(envelope.message)};
    const auto log = [&] {
      auto records = found_by(w, step);
      for (auto& record : records) record = to(record);
      return records;
    };
    Handled<P> other{to(slot.state), {}};
    handle(p_, Self{to(step.node), w.all(), slot.vote}, under(step, to), then, log, other.after, other.out);
    if constexpr (Doubts<P>)
      if (p_.in_doubt(handled.after) != p_.in_doubt(other.after)) return false;
    return same(to(handled.after), other.after) && handled.out.overflowed() == other.out.overflowed() && alike(handled.out.list(), other.out.list(), to);
  }
  static bool alike(std::span<const Effect> effects, std::span<const Effect> others, const Renaming& to) {
    return std::equal(effects.begin(), effects.end(), others.begin(), others.end(), [&](const Effect& a, const Effect& b) {
      return a.what == b.what && to(a.to) == b.to && same(to(a.message), b.message) && same(to(a.record), b.record) && a.decision == b.decision && a.ticks == b.ticks;
    });
  }
  template <class T>
  static bool same(const T& a, const T& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

  static Step under(Step step, const Renaming& to) {
    step.node = to(step.node), step.whom = to(step.whom);
    if (step.event == Event::act) step.act = renamed_act(step.act, to);
    return step;
  }
  static void each_bit(std::uint32_t bits, auto&& visit) {
    for (; bits != 0; bits &= bits - 1) visit(static_cast<std::uint8_t>(std::countr_zero(bits)));
  }
  /// An act may name a participant: it is looked up by what it means.
  static std::uint8_t renamed_act(std::uint8_t bit, const Renaming& to) {
    if constexpr (Acts<P>)
      if constexpr (!std::is_enum_v<typename P::Act>) {
        const auto act = to(act_of<P>(bit));
        for (std::uint8_t other = 0; other < 32; ++other)
          if (same(act, act_of<P>(other))) return other;
      }
    return bit;
  }

  [[noreturn]] void refuse(const World<P>& w, const Step& step, const Handled<P>& handled, const Renaming& to) const {
    const World<P> other = renamed(w, to);
    Step then = under(step, to);
    if (step.event == Event::deliver) {
      const Envelope& envelope = w.flight[step.message];
      const Envelope its{to(envelope.from), to(envelope.to), envelope.transaction, to(envelope.message)};
      then.message = static_cast<std::uint16_t>(std::find(other.flight.begin(), other.flight.end(), its) - other.flight.begin());
    }
    std::string words = told(line_of(w, step, handled)), others = told(line_of(other, then, handle(p_, other, then)));
    std::string what = words == others ? "it is left in another state" : "it does \"" + others + "\"";
    throw OrdersIds("where it does \"" + words + "\", " + what + by(to));
  }
  static std::string word_of(NodeId id) { return std::to_string(index(id)); }
  static std::string by(const Renaming& to) {
    std::string words;
    for (std::size_t i = 0; i < kMaxNodes; ++i)
      if (index(to(node_id(i))) != i) words += (words.empty() ? " once " : ", ") + std::to_string(i) + " is named " + word_of(to(node_id(i)));
    return words;
  }

  const P& p_;
  const std::vector<Renaming> renamings_;
  RenamingSample handlers_, acts_, properties_;
  ViewOf<P> view_{};
};

}  // namespace commitlab
