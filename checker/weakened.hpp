// A protocol that does without something: its handlers run as they are, and one kind of effect is taken out of their lists.
#pragma once

#include <algorithm>
#include <atomic>
#include <optional>

#include "checker/kinds.hpp"
#include "checker/necessity.hpp"
#include "sim/world.hpp"

namespace commitlab {

inline Role role_of(NodeId id) { return id == kCoordinator ? Role::coordinator : Role::participant; }

/// What nodes of each role have been seen to do, by any number of threads.
class Seen {
 public:
  void add(Role who, Do what, std::size_t kind) {
    auto& kinds = kinds_[static_cast<std::size_t>(who)][static_cast<std::size_t>(what)];
    const std::uint64_t bit = std::uint64_t{1} << kind;
    if ((kinds.load(std::memory_order_relaxed) & bit) == 0) kinds.fetch_or(bit, std::memory_order_relaxed);
  }
  bool has(Role who, Do what, std::size_t kind) const {
    return (kinds_[static_cast<std::size_t>(who)][static_cast<std::size_t>(what)].load() >> kind & 1u) != 0;
  }

 private:
  std::array<std::array<std::atomic<std::uint64_t>, 3>, 2> kinds_{};  // send, force, write; kinds are fewer than 40
};

/// The spontaneous acts of P, if it has any.
template <class P>
struct ActsOf {};
template <Acts P>
struct ActsOf<P> {
  using Act = typename P::Act;
};

/// P without one thing, or as it is. It refers to p, which must live longer.
template <Protocol P>
class Weakened : public ActsOf<P> {
 public:
  using Whole = P;
  using State = typename P::State;
  using Message = typename P::Message;
  using Record = typename P::Record;
  using Out = EffectsOf<P>;

  explicit Weakened(const P& p, const std::optional<Weakening>& without = {}, Seen* seen = nullptr)
      : name(p.name), summary(p.summary), ordered(commitlab::ordered(p)), p_(p), seen_(seen) {
    if (!without) return;
    who_ = without->who, how_ = without->how;
    const auto kinds = how_ == Loss::unsent ? kinds_of<Message>() : kinds_of<Record>();
    kind_ = static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), without->what) - kinds.begin());
    assert(kind_ < kinds.size());
  }

  static constexpr bool specification = Specification<P>;
  std::string_view name, summary;
  bool ordered;

  void start(State& s, const Self& self, Out& out) const {
    filtered(self, out, [&](Out& all) { p_.start(s, self, all); });
  }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    filtered(self, out, [&](Out& all) { p_.receive(s, self, from, m, all); });
  }
  void timeout(State& s, const Self& self, Out& out) const {
    filtered(self, out, [&](Out& all) { p_.timeout(s, self, all); });
  }
  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    filtered(self, out, [&](Out& all) { p_.recover(s, self, log, all); });
  }
  void suspect(State& s, const Self& self, NodeId who, Out& out) const requires Suspects<P> {
    filtered(self, out, [&](Out& all) { p_.suspect(s, self, who, all); });
  }
  template <class... Sight>
  std::uint32_t acts(const State& s, const Self& self, const Sight&... sight) const requires ActsOnSight<P, Sight...> {
    return p_.acts(s, self, sight...);
  }
  template <class Act>
  void act(State& s, const Self& self, Act which, Out& out) const requires Acts<P> {
    filtered(self, out, [&](Out& all) { p_.act(s, self, which, all); });
  }
  bool in_doubt(const State& s) const requires Doubts<P> { return p_.in_doubt(s); }
  std::span<const Claim> claims() const { return {}; }  // they are those of the whole

  void properties(const ViewOf<P>& view, const ClaimProperty& claim) const requires HasProperties<P> { p_.properties(view, claim); }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  void filtered(const Self& self, Out& out, auto&& handler) const {
    Out all;
    handler(all);
    for (const auto& effect : all.list()) pass_on(role_of(self.id), effect, out);
    if (all.overflowed())  // it must be known, whatever was taken out
      while (!out.overflowed()) out.disarm();
  }

  void pass_on(Role who, const typename Out::Effect& effect, Out& out) const {
    switch (effect.what) {
      case Do::send:
        if (!lacks(who, Loss::unsent, see(who, Do::send, kind_of(effect.message)))) out.send(effect.to, effect.message);
        return;
      case Do::force:
      case Do::write: {
        const std::size_t kind = see(who, effect.what, kind_of(effect.record));
        if (lacks(who, Loss::unwritten, kind)) return;
        if (effect.what == Do::force && !lacks(who, Loss::unforced, kind)) return out.force(effect.record);
        return out.write(effect.record);
      }
      case Do::decide: return out.decide(effect.decision);
      case Do::arm: return out.arm(effect.ticks);
      case Do::disarm: return out.disarm();
    }
  }

  bool lacks(Role who, Loss how, std::size_t kind) const { return kind == kind_ && how == how_ && who == who_; }
  std::size_t see(Role who, Do what, std::size_t kind) const {
    if (seen_ != nullptr) seen_->add(who, what, kind);
    return kind;
  }

  const P& p_;
  Seen* seen_;
  Role who_{};
  Loss how_{};
  std::size_t kind_ = kNone;
};

}  // namespace commitlab
