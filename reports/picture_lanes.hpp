// The lanes of a picture: what each node is for how long, the window of doubt, and what lies behind them, the partitions.
#pragma once

#include "reports/picture_layout.hpp"

namespace commitlab::picture {

/// A stretch of a lane that looks the same: by its state, by being down, or in doubt.
struct Stretch {
  double from = 0, to = 0;  // y
  bool up = true, in_doubt = false;
  std::string state{};      // "prepared", without its fields; empty before anything has happened
  int transaction = 0;
};
std::vector<Stretch> stretches_of(const Trace& trace, const SpaceTime& run, const Layout& layout, const Lane& lane);

/// The states that occur, first those that many protocols have, in the order in which they are gone through; then others.
std::vector<std::string> states_of(const SpaceTime& run);

inline constexpr std::string_view kDoubt = "#d6247f";  // of the window of doubt, and of nothing else

/// A box in the look of a state, of being down (the state is empty then), or of the far side of a partition.
enum class Wash : std::uint8_t { state, down, far_side };
std::string washed(const Box& box, Wash wash, const std::string& state, const std::vector<std::string>& states, const std::string& id);
/// The two loud edges of a lane whose node is in doubt.
std::string doubtful(const Box& box);
/// The states that have a look of their own; all others share kOtherLooks looks.
std::vector<std::string> known_states();
inline constexpr std::size_t kOtherLooks = 4;
/// The patterns that this needs.
std::string patterns(const std::string& id);

std::string drawn_lanes(const Trace& trace, const SpaceTime& run, const Layout& layout, const std::string& id);
std::string drawn_splits(const SpaceTime& run, const Layout& layout, const std::string& id);

}  // namespace commitlab::picture
