#include "reports/picture_glyphs.hpp"

#include <cmath>

namespace commitlab::picture {

namespace {

constexpr std::string_view kOutline = "fill=\"#fff\" stroke=\"#1b1f24\" stroke-width=\"1.4\"";
constexpr std::string_view kStroke = "stroke=\"#1b1f24\" stroke-width=\"1.4\" fill=\"none\"";
constexpr std::string_view kWhiteStroke = "stroke=\"#fff\" stroke-width=\"2\" fill=\"none\"";

std::string cross(Place at, double half, std::string_view look) {
  return line({at.x - half, at.y - half}, {at.x + half, at.y + half}, look) + line({at.x - half, at.y + half}, {at.x + half, at.y - half}, look);
}

std::string diamond(Place at, std::string_view look) { return polygon({{at.x, at.y - 8}, {at.x + 8, at.y}, {at.x, at.y + 8}, {at.x - 8, at.y}}, look); }

std::string clock(Place at, std::string_view look, std::string_view hands) {
  return circle(at, 5.5, look) + polyline({{at.x, at.y - 3.5}, at, {at.x + 2.5, at.y + 1.5}}, hands);
}

// A point on the way back from `end`, and to the side of it.
Place behind(Place begin, Place end, double back, double aside) {
  const double length = std::max(std::hypot(end.x - begin.x, end.y - begin.y), 0.1);
  const double x = (end.x - begin.x) / length, y = (end.y - begin.y) / length;
  return {end.x - x * back - y * aside, end.y - y * back + x * aside};
}

}  // namespace

std::string drawn_glyph(Glyph glyph, Place at) {
  switch (glyph) {
    case Glyph::none:
    case Glyph::border: return "";
    case Glyph::begin: return circle(at, 4, kOutline);
    case Glyph::arrival: return circle(at, 2.2, "fill=\"#1b1f24\"");
    case Glyph::recover: return polygon({{at.x, at.y - 6}, {at.x + 6, at.y + 5}, {at.x - 6, at.y + 5}}, "fill=\"#1b1f24\"");
    case Glyph::wipe: return polygon({{at.x, at.y - 6}, {at.x + 6, at.y + 5}, {at.x - 6, at.y + 5}}, kOutline);
    case Glyph::suspect:
      return circle(at, 5.5, kOutline) + polyline({{at.x - 2, at.y - 1.5}, {at.x, at.y - 3.4}, {at.x + 2, at.y - 1.5}, {at.x, at.y + 1}}, kStroke) + circle({at.x, at.y + 3.2}, 0.8, "fill=\"#1b1f24\"");
    case Glyph::act: return polygon({{at.x - 4, at.y - 5}, {at.x + 6, at.y}, {at.x - 4, at.y + 5}}, "fill=\"#1b1f24\"");
    case Glyph::crash: return cross(at, 6, "stroke=\"#fff\" stroke-width=\"6\"") + cross(at, 6, "stroke=\"#1b1f24\" stroke-width=\"3\"");
    case Glyph::lost: return cross(at, 4.5, "stroke=\"#b23a00\" stroke-width=\"2.4\"");
    case Glyph::forced: return rect(around(at, 5, 5), "fill=\"#1b1f24\"");
    case Glyph::written: return rect(around(at, 4.5, 4.5), "fill=\"#fff\" stroke=\"#1b1f24\" stroke-width=\"1.4\" stroke-dasharray=\"2 1\"");
    case Glyph::commit: return diamond(at, "fill=\"#00684c\" stroke=\"#fff\" stroke-width=\"1\"") + polyline({{at.x - 3.2, at.y + 0.2}, {at.x - 0.8, at.y + 2.6}, {at.x + 3.4, at.y - 2.4}}, kWhiteStroke);
    case Glyph::abort: return diamond(at, "fill=\"#a83a00\" stroke=\"#fff\" stroke-width=\"1\"") + line({at.x - 4, at.y}, {at.x + 4, at.y}, kWhiteStroke);
    case Glyph::set: return circle(at, 2.5, "fill=\"#fff\" stroke=\"#5c6670\" stroke-width=\"1.2\"");
    case Glyph::disarmed: return line({at.x - 3.5, at.y}, {at.x + 3.5, at.y}, "stroke=\"#5c6670\" stroke-width=\"1.6\"");
    case Glyph::fired: return clock(at, kOutline, kStroke);
    case Glyph::early: return circle(at, 5.5, "fill=\"#1b1f24\"") + polyline({{at.x, at.y - 3.5}, at, {at.x + 2.5, at.y + 1.5}}, "stroke=\"#fff\" stroke-width=\"1.4\" fill=\"none\"");
  }
  return "";
}

std::string drawn_pause(Place at) {
  constexpr std::string_view kLook = "stroke=\"#5c6670\" stroke-width=\"1\"";
  return rect(around(at, 3, 2.5), "fill=\"#fff\"") + line({at.x - 4, at.y}, {at.x + 4, at.y - 5}, kLook) + line({at.x - 4, at.y + 5}, {at.x + 4, at.y}, kLook);
}

std::string drawn_arrow(const Arrow& arrow, const SpaceTime::Message& message) {
  using Fate = SpaceTime::Fate;
  const Place a = arrow.begin, b = arrow.end;
  std::string_view look = "stroke=\"#1b1f24\" stroke-width=\"1.1\"";
  switch (message.fate) {
    case Fate::delivered:
    case Fate::missed: break;
    case Fate::lost: look = "stroke=\"#b23a00\" stroke-width=\"1.3\" stroke-dasharray=\"7 3\""; break;
    case Fate::severed: look = "stroke=\"#1b1f24\" stroke-width=\"1.1\" stroke-dasharray=\"7 3\""; break;
    case Fate::stranded:
    case Fate::under_way: look = "stroke=\"#1b1f24\" stroke-width=\"1.1\" stroke-dasharray=\"4 3\""; break;
    case Fate::merged: look = "stroke=\"#1b1f24\" stroke-width=\"1.1\" stroke-dasharray=\"1.5 2.5\""; break;
  }
  std::string drawn;
  if (arrow.loop) {
    const double out = a.x + 22;
    drawn = polyline({a, {out, a.y + 3}, {out, b.y - 3}, b}, std::string(look) + " fill=\"none\" stroke-linejoin=\"round\"");
  } else if (message.copy_of) {
    drawn = line(a, b, "stroke=\"#1b1f24\" stroke-width=\"3.6\"") + line(a, b, "stroke=\"#fff\" stroke-width=\"1.4\"");
  } else {
    drawn = line(a, b, look);
  }
  const Place from = arrow.loop ? Place{a.x + 22, b.y - 3} : a;
  switch (message.fate) {
    case Fate::delivered: return drawn + polygon({b, behind(from, b, 9, 3.4), behind(from, b, 9, -3.4)}, "fill=\"#1b1f24\"");
    case Fate::missed: return drawn + polygon({b, behind(from, b, 9, 3.4), behind(from, b, 9, -3.4)}, "fill=\"#fff\" stroke=\"#1b1f24\" stroke-width=\"1.1\"");
    case Fate::lost: return drawn;
    case Fate::severed: return drawn + line(behind(from, b, 0, 5), behind(from, b, 0, -5), "stroke=\"#1b1f24\" stroke-width=\"1.4\"") + line(behind(from, b, -3, 5), behind(from, b, -3, -5), "stroke=\"#1b1f24\" stroke-width=\"1.4\"");
    case Fate::stranded: return drawn + circle(b, 3, "fill=\"#fff\" stroke=\"#1b1f24\" stroke-width=\"1.2\"");
    case Fate::merged: return drawn + circle(b, 2.4, "fill=\"#1b1f24\"");
    case Fate::under_way: return drawn + polyline({behind(from, b, 7, 4), b, behind(from, b, 7, -4)}, "fill=\"none\" stroke=\"#1b1f24\" stroke-width=\"1.1\"");
  }
  return drawn;
}

}  // namespace commitlab::picture
