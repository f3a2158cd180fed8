#include "checker/steady_delays.hpp"

namespace commitlab {
namespace {

Delay steady(const Delay& delay) {
  switch (delay.kind) {
    case Delay::Kind::constant:
    case Delay::Kind::exponential: return Delay::constant(delay.time);
    case Delay::Kind::uniform: return Delay::constant(delay.time + (delay.high - delay.time) / 2);
    case Delay::Kind::lognormal: {
      const double sigma = delay.sigma_milli / 1000.0;
      return Delay::constant(to_nanoseconds(static_cast<double>(delay.time) * portable_exp(sigma * sigma / 2)));
    }
  }
  return delay;
}

bool is_steady(const Delay& delay) { return steady(delay) == delay; }

}  // namespace

Delays steady(const Delays& delays) {
  Delays constant = delays;
  for (Delay* delay : {&constant.message, &constant.force, &constant.recovery}) *delay = steady(*delay);
  return constant;
}

bool is_steady(const Delays& delays) { return is_steady(delays.message) && is_steady(delays.force) && is_steady(delays.recovery); }

}  // namespace commitlab
