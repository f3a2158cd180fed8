// Where everything in the picture of a run stands. It is drawn from this, and a test looks for overlaps in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/picture.hpp"
#include "reports/picture_parts.hpp"

namespace commitlab::picture {

/// A node's bar; where several transactions stand side by side, that of one of them.
struct Lane {
  int node = 0;
  std::optional<int> transaction{};  // none: the one in which something has happened last
  double x = 0;
};

inline constexpr double kHalf = 10;                // of a lane's width
inline constexpr double kTrack = kHalf + 8;        // from the middle of a lane to its timers
inline constexpr double kBeside = kTrack + 9;      // and to its labels
inline constexpr double kShort = kHalf + 30;       // and to where a message ends that does not arrive

enum class Glyph : std::uint8_t { none, begin, arrival, recover, wipe, suspect, act, crash, lost, forced, written, commit, abort, set, fired, early, disarmed, border };

/// What stands for an event, and for an effect.
Glyph glyph_of(Event event);
Glyph glyph_of(const Trace::Effect& effect);

/// What is shown of an event or an effect: what stands on the lane, and words beside it.
struct Mark {
  std::size_t line = 0;
  int effect = SpaceTime::Point::kEvent;
  std::int64_t at_ns = 0;
  std::optional<std::size_t> lane{};  // none: of the network
  Glyph glyph = Glyph::none;
  bool above = false;                 // the words stand above the beginning of an arrow, not beside a glyph
  std::optional<bool> from_right{};   // the message that arrives with it
  std::optional<std::size_t> from{};  // and the lane it comes from
  std::string left{}, right{};        // the words
  Place at{};
  std::vector<Label> labels{};
};

/// A message from lane to lane.
struct Arrow {
  std::size_t message = 0;  // in SpaceTime::messages
  Place begin{}, end{};
  bool stub = false;        // it vanishes where it was sent
  bool loop = false;        // to its own sender
};

struct Layout {
  double width = 0, height = 0;
  double left = 0, right = 0;      // of what belongs to lanes
  double top = 0, bottom = 0;      // of the lanes
  std::vector<Lane> lanes{};
  std::vector<Mark> marks{};       // by line, then effect
  std::vector<std::size_t> first{};  // [line]: its first mark; one more at the end
  std::vector<Arrow> arrows{};     // one for each message
  std::vector<Label> headings{};   // titles, names above the lanes, and again on the way
  std::vector<Label> gutter{};     // step numbers or times
  std::vector<double> pauses{};    // y: time is cut short there
  std::vector<double> repeated{};  // y of the names on the way
  double legend = 0;               // y of its first row

  double y_of(const SpaceTime::Point& point) const { return point.line + 1 < first.size() ? marks[first[point.line] + static_cast<std::size_t>(point.effect + 1)].at.y : bottom; }
};

/// The lane of a node's part in a transaction.
std::size_t lane_of(const std::vector<Lane>& lanes, int node, int transaction);
/// The transaction a lane shows after each line, by the lines at which that changes.
struct Shown {
  std::size_t line = 0;
  int transaction = 0;
};
std::vector<Shown> shown_in(const Lane& lane, const Trace& trace);

/// "prepare", and of several transactions, "prepare #2".
std::string of_transaction(std::string words, int transaction, const Trace& trace);

std::vector<Lane> lanes_of(const Trace& trace);
/// All marks, by line and effect; they have no places yet.
std::vector<Mark> marks_of(const Trace& trace, const SpaceTime& run, const std::vector<Lane>& lanes);
/// Gives marks their height, and writes the gutter; `layout.top` is where the lanes begin.
void place_marks(const Trace& trace, Scale scale, Layout& layout);
std::vector<Arrow> arrows_of(const Trace& trace, const SpaceTime& run, const Layout& layout);

Layout layout_of(const Trace& trace, const SpaceTime& run, const PictureOptions& options);

/// All words in it.
std::vector<Label> labels_of(const Layout& layout);

}  // namespace commitlab::picture
