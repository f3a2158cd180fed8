// Where a crash falls within the effects of a handler, as chance has it, and what it takes from the log.
#pragma once

#include "sim/apply.hpp"
#include "sim/rng.hpp"

namespace commitlab {

/// A crash before the effect at `position`, which may be their number: behind them all. Of that effect, if it is a
/// broadcast, `part` has been sent.
struct Cut {
  bool crashes = false;
  std::uint8_t position = 0;
  NodeSet part{};
};

/// One of the proper parts of a set of two or more that are not empty, each equally likely.
NodeSet draw_part(NodeSet of, auto& rng) {
  const std::uint64_t parts = (of.size() == 64 ? std::uint64_t{0} : std::uint64_t{1} << of.size()) - 2;
  const std::uint64_t drawn = 1 + rng.below(parts);
  NodeSet part;
  unsigned bit = 0;
  of.each([&](NodeId id) {
    if ((drawn >> bit++ & 1u) != 0) part.add(id);
  });
  return part;
}

/// One of the points where a crash may fall, each equally likely: before each effect, behind all, and within each broadcast
/// to two or more; or, if crashes fall between handlers only, before and behind all.
template <Protocol P>
Cut draw_cut(std::span<const typename EffectsOf<P>::Effect> effects, CrashPoints points, auto& rng) {
  const auto size = static_cast<std::uint8_t>(effects.size());
  if (points == CrashPoints::handlers) return {true, rng.below(2) == 0 ? std::uint8_t{0} : size, {}};
  const auto broadcast = [](const auto& effect) { return effect.what == Do::send && effect.to.size() >= 2; };
  const auto torn = static_cast<std::uint64_t>(std::count_if(effects.begin(), effects.end(), broadcast));
  std::uint64_t drawn = rng.below(size + 1u + torn);
  if (drawn <= size) return {true, static_cast<std::uint8_t>(drawn), {}};
  drawn -= size + 1u;
  for (std::uint8_t i = 0; i < size; ++i)
    if (broadcast(effects[i]) && drawn-- == 0) return {true, i, draw_part(effects[i].to, rng)};
  assert(false);
  return {};
}

/// The same crash, at the earliest position that makes no difference: it takes the timer anyway.
template <Protocol P>
Cut earliest(Cut cut, std::span<const typename EffectsOf<P>::Effect> effects) {
  const auto of_timer = [&](Do what) { return what == Do::arm || what == Do::disarm; };
  if (cut.position == effects.size()) return cut;
  while (cut.part.empty() && cut.position > 0 && of_timer(effects[cut.position - 1u].what)) --cut.position;
  return cut;
}

/// How many of the unforced records a crash takes, each number equally likely. None where nobody would ever miss them.
template <Protocol P>
std::uint8_t draw_lost(const World<P>& w, std::size_t unforced, auto& rng) {
  if (w.faults.recovery == Recovery::never) return 0;
  return static_cast<std::uint8_t>(rng.below(std::min<std::size_t>(unforced, 255) + 1));
}

/// The records not yet forced at this cut.
template <Protocol P>
std::size_t unforced_at(const World<P>& w, const Step& step, std::span<const typename EffectsOf<P>::Effect> effects,
                        std::uint8_t position) {
  std::size_t unforced = step.event == Event::wipe ? 0 : w.log(step.node).unforced();
  for (std::uint8_t i = 0; i < position; ++i) {
    if (effects[i].what == Do::force) unforced = 0;
    if (effects[i].what == Do::write) ++unforced;
  }
  return unforced;
}

}  // namespace commitlab
