// A run in space and time as a picture: a lane for each node, time runs down, messages are arrows between the lanes.
#pragma once

#include <cstdint>
#include <string>

#include "reports/space_time.hpp"

namespace commitlab {

enum class Scale : std::uint8_t { steps, virtual_time };

struct PictureOptions {
  Scale scale = Scale::steps;
  std::string title{};     // empty: none
  bool standalone = true;  // false: an <svg> element to put into a page: no XML declaration
  std::string id = "run";  // prefix of the ids of elements in it
};

/// The picture as SVG, in text that is the same everywhere. `run` is space_time(trace). It has presentation attributes only, neither
/// styles nor scripts, so that a page with a strict content-security policy may have it in it. On the scale of virtual time, distances are
/// in proportion to it, except that what is too near is moved apart and long pauses are cut short; the axis tells both.
///
/// For scripts: what happens in line i of the trace, counted from 1, is in `<g class="step" data-step="i" data-node="n">`, and so are the
/// messages that are sent there, each in `<g class="message" data-from data-to data-fate>`, with data-arrives="j" if it arrives
/// or vanishes in line j. `<rect class="reach">` in a step is invisible, and as large as what is to be marked and clicked. A lane is in
/// `<g class="lane" data-node="n">`.
std::string picture_svg(const Trace& trace, const SpaceTime& run, const PictureOptions& options);

}  // namespace commitlab
