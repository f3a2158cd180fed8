// How long things take in virtual time: delays as whole nanoseconds, drawn from four distributions.
#pragma once

#include <cassert>
#include <cstdint>

#include "sim/portable_math.hpp"
#include "sim/rng.hpp"

namespace commitlab {

using Nanoseconds = std::int64_t;

/// No delay is longer: 2^53 ns, about 104 days. Longer draws become this. A clock can add a thousand before it
/// overflows, and every delay is exact as a double.
inline constexpr Nanoseconds kGreatestDelay = Nanoseconds{1} << 53;

/// A distribution of delays. The fields that its kind does not use are 0, so that equal delays are equal.
struct Delay {
  enum class Kind : std::uint8_t { constant, uniform, exponential, lognormal };

  Kind kind = Kind::constant;
  Nanoseconds time = 0;          // constant: itself; uniform: the shortest; exponential: the mean; lognormal: median
  Nanoseconds high = 0;          // uniform: the longest, which may be drawn too
  std::int32_t sigma_milli = 0;  // lognormal: 1000 x the standard deviation of the delay's natural logarithm

  static constexpr Delay constant(Nanoseconds time) { return {.kind = Kind::constant, .time = time}; }
  static constexpr Delay uniform(Nanoseconds low, Nanoseconds high) {
    return {.kind = Kind::uniform, .time = low, .high = high};
  }
  static constexpr Delay exponential(Nanoseconds mean) { return {.kind = Kind::exponential, .time = mean}; }
  static constexpr Delay lognormal(Nanoseconds median, std::int32_t sigma_milli) {
    return {.kind = Kind::lognormal, .time = median, .sigma_milli = sigma_milli};
  }

  friend constexpr bool operator==(const Delay&, const Delay&) = default;
};

/// Whether the numbers make sense: times in 0 ... kGreatestDelay, low <= high, sigma_milli >= 0, unused fields 0. Those
/// who read delays from a file check this; draw() and greatest() take it for granted.
constexpr bool is_valid(const Delay& delay);

/// One delay, rounded to the nearest nanosecond, in 0 ... kGreatestDelay. A delay that can only have one value (a
/// constant, low == high, mean 0, median 0 or sigma 0) consumes no draw.
constexpr Nanoseconds draw(const Delay& delay, auto& rng);

/// The longest delay that can be drawn, and kGreatestDelay for the unbounded kinds, exponential and lognormal.
constexpr Nanoseconds greatest(const Delay& delay);

/// A draw from the normal distribution with mean 0 and variance 1, by the ratio of uniforms: of the common methods the
/// one that needs a logarithm only. Kinderman and Monahan 1977; Knuth vol. 2, 3.4.1, algorithm R.
constexpr double standard_normal(auto& rng) {
  constexpr double kWidth = 0x1.b72cd3f331398p0;  // sqrt(8 / e), of the box around the region
  while (true) {
    const double u = rng.unit();
    const double x = kWidth * (rng.unit() - 0.5) / u;
    if (x * x <= -4.0 * portable_log(u)) return x;
  }
}

/// The nearest whole number, halves up, at most kGreatestDelay. `delay_ns` is at least 0, infinity included.
constexpr Nanoseconds to_nanoseconds(double delay_ns) {
  assert(delay_ns >= 0.0);
  if (delay_ns >= static_cast<double>(kGreatestDelay)) return kGreatestDelay;
  const auto whole = static_cast<Nanoseconds>(delay_ns);
  return delay_ns - static_cast<double>(whole) >= 0.5 ? whole + 1 : whole;
}

constexpr bool is_certain(const Delay& delay) {
  switch (delay.kind) {
    case Delay::Kind::constant: return true;
    case Delay::Kind::uniform: return delay.time == delay.high;
    case Delay::Kind::exponential: return delay.time == 0;
    case Delay::Kind::lognormal: return delay.time == 0 || delay.sigma_milli == 0;
  }
  return false;
}

constexpr Nanoseconds greatest(const Delay& delay) {
  assert(is_valid(delay));
  if (is_certain(delay)) return delay.time;
  return delay.kind == Delay::Kind::uniform ? delay.high : kGreatestDelay;
}

/// The same of a delay that is not constant.
constexpr Nanoseconds draw_spread(const Delay& delay, auto& rng) {
  if (is_certain(delay)) return delay.time;
  const auto time = static_cast<double>(delay.time);
  switch (delay.kind) {
    case Delay::Kind::constant: return delay.time;
    case Delay::Kind::uniform:
      return delay.time + static_cast<Nanoseconds>(rng.below(static_cast<std::uint64_t>(delay.high - delay.time) + 1));
    case Delay::Kind::exponential: return to_nanoseconds(time * -portable_log(rng.unit()));
    case Delay::Kind::lognormal:
      return to_nanoseconds(time * portable_exp(delay.sigma_milli / 1000.0 * standard_normal(rng)));
  }
  return delay.time;
}

constexpr Nanoseconds draw(const Delay& delay, auto& rng) {
  assert(is_valid(delay));
  return delay.kind == Delay::Kind::constant ? delay.time : draw_spread(delay, rng);
}

constexpr bool is_valid(const Delay& delay) {
  if (delay.time < 0 || delay.time > kGreatestDelay) return false;
  switch (delay.kind) {
    case Delay::Kind::constant:
    case Delay::Kind::exponential: return delay.high == 0 && delay.sigma_milli == 0;
    case Delay::Kind::uniform:
      return delay.time <= delay.high && delay.high <= kGreatestDelay && delay.sigma_milli == 0;
    case Delay::Kind::lognormal: return delay.high == 0 && delay.sigma_milli >= 0;
  }
  return false;
}

}  // namespace commitlab
