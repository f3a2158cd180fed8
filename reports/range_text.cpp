#include "reports/range_report.hpp"

#include <cmath>

#include "reports/numbers.hpp"

namespace commitlab {

static std::string ends_of(std::string interval) {
  interval = interval.substr(1, interval.size() - 2);
  return interval.replace(interval.find(", "), 2, " to ");
}

std::string tiny_text(const Interval& chance) {
  constexpr double kTenDigits = 1e-10;
  const double width = chance.high - chance.low;
  return width <= kTenDigits * chance.low ? significant(chance.low + width / 2, 10) : ends_of(scientific_text(chance));
}

std::string range_text(const OddsRange& range, const OddsRange::Extremes& extremes) {
  const Interval outer = extremes.outer();
  return range_text(extremes) + (!range.conclusive && outer.high - outer.low > 1e-9 ? ", inconclusive" : "");
}

std::string range_text(const OddsRange::Extremes& extremes) {
  const Interval outer = extremes.outer();
  if (outer.high - outer.low <= 1e-9) {
    const double middle = (outer.low + outer.high) / 2;
    return middle == 0 ? "0" : middle < 1e-9 ? tiny_text(outer) : fixed(middle, 10);
  }
  if (outer.high - outer.low > 0.01) {  // these ends are no estimates: two digits of the width would be too few
    const auto end = [](double chance, double rounded) { return chance == 0 || chance == 1 ? fixed(chance, 0) : fixed(rounded / 1e4, 4); };
    return end(outer.low, std::floor(outer.low * 1e4)) + " to " + end(outer.high, std::ceil(outer.high * 1e4));
  }
  return ends_of(text(outer));
}

std::string range_sentence(const OddsRange& range) {
  if (!range.refused.empty()) return "no range over them: " + range.refused;
  const bool synchronous = range.timing == Timing::synchronous;
  std::string sentence = synchronous ? "any, as long as timers keep step: no time passes while a message is on its way"
                                     : "any, and timers fire at any time, also before a message can have come; at most two equal messages are on their way at once";
  sentence += "; who goes round for ever, unless something more goes wrong, may be given up";
  sentence += "; a Markov decision process of " + grouped(range.states) + " states and " + grouped(range.choices) + " choices, ";
  if (range.conclusive) return sentence + "solved between bounds less than 1e-9 apart";
  return sentence + "inconclusive" + (range.stopped.empty() ? "" : ", since " + range.stopped) + ": no order is outside the range, which may be wider than all of them";
}

}  // namespace commitlab
