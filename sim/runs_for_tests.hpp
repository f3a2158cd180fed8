// For tests: runs in virtual time, told line by line.
#pragma once

#include "sim/record.hpp"

namespace commitlab {

using What = ScriptedFault::Do;
using Lines = std::vector<std::string>;

inline constexpr Nanoseconds kMillisecond = 1'000'000;
inline constexpr NodeId kAlice{1}, kBob{2};

inline constexpr auto everybody_votes_yes = [](std::uint32_t, Rng&) { return NodeSet::first(kMaxNodes); };

/// The coordinator, alice and bob; a message takes 1 ms, a forced write 2 ms, and a tick is 50 ms.
inline Setting three_nodes() {
  Setting setting{.nodes = 3};
  setting.delays = {.message = Delay::constant(kMillisecond), .force = Delay::constant(2 * kMillisecond)};
  setting.delays.horizon = 1000 * kMillisecond;
  return setting;
}

template <Protocol P>
Run run_of(const P& p, const Setting& setting, std::uint64_t seed = 0) {
  return recorded(p, setting, {}, everybody_votes_yes, seed);
}

/// "1000 0 start; arm 2": microseconds, then the words of the play.
inline Lines timed(const Run& run, Nanoseconds until = kGreatestDelay) {
  Lines lines;
  for (const auto& line : run.trace.lines)
    if (line.at_ns <= until) lines.push_back(std::to_string(line.at_ns / 1000) + " " + told(line));
  return lines;
}

inline Lines of_alice(Lines lines) {
  std::erase_if(lines, [](const auto& line) { return line.find(" 1 ") != line.find(' '); });
  return lines;
}

}  // namespace commitlab
