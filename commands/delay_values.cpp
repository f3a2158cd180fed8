#include "commands/delay_values.hpp"

#include <array>

#include "checker/rational.hpp"
#include "commands/refusal.hpp"

namespace commitlab {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"message", "force", "recovery",
                                                    "timeout", "every", "horizon"};
constexpr std::array kDrawn = {&Delays::message, &Delays::force, &Delays::recovery};
constexpr std::array kFixed = {&Delays::timeout, &Delays::every, &Delays::horizon};
constexpr std::string_view kExponential = "exponential", kLognormal = "lognormal";
constexpr const char* kForms = "2ms, 1ms..5ms (equally likely), exponential:MEAN or lognormal:MEDIAN:SIGMA";

Value part(const Value& value, std::string_view text) { return {value.option, std::string(text)}; }

Delay lognormal(const Value& value, std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto sigma = colon == text.npos ? std::nullopt : rational_from(text.substr(colon + 1));
  const Rational milli = sigma.value_or(-1) * 1000;
  if (milli < 0 || milli > 1'000'000 || milli.denominator() != 1)
    throw refusal(
        kUsage, "E1206", value.option,
        "expected lognormal:MEDIAN:SIGMA with a sigma from 0 to 1000 and at most three decimals, got " +
            in_quotes(value.text),
        "lognormal:3ms:0.5");
  return Delay::lognormal(time_of(part(value, text.substr(0, colon))),
                          static_cast<std::int32_t>(fraction_of_64_bits(milli)->first));
}

Delay distribution(const Value& value) {
  const std::string_view text = value.text;
  if (const std::size_t dots = text.find(".."); dots != text.npos) {
    const Nanoseconds low = time_of(part(value, text.substr(0, dots))),
                      high = time_of(part(value, text.substr(dots + 2)));
    if (low > high)
      throw refusal(kUsage, "E1206", value.option,
                    "the least delay is longer than the greatest: " + in_quotes(text),
                    "the smaller end first");
    return Delay::uniform(low, high);
  }
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return Delay::constant(time_of(value));
  static constexpr std::array kKinds = {kExponential, kLognormal};
  const auto kind = choice(part(value, text.substr(0, colon)), kKinds);
  const std::string_view rest = text.substr(colon + 1);
  return kKinds[kind] == kLognormal ? lognormal(value, rest) : Delay::exponential(time_of(part(value, rest)));
}

}  // namespace

void set_delays(const Value& value, Delays& delays) {
  for (const auto& [name, text] : assignments(value)) {
    const std::size_t which = choice({value.option, name}, kNames);
    const Value given{value.option + " " + name, text};
    if (which < kDrawn.size()) {
      delays.*kDrawn[which] = distribution(given);
      continue;
    }
    if (text.find("..") != text.npos || text.find(':') != text.npos)
      throw refusal(kUsage, "E1206", given.option, "expected one time, got " + in_quotes(text),
                    "only message, force and recovery are drawn: " + std::string(kForms));
    const Nanoseconds time = time_of(given);
    if (time == 0 && name != "every")
      throw refusal(kUsage, "E1209", given.option, "expected a time above 0, got " + in_quotes(text));
    delays.*kFixed[which - kDrawn.size()] = time;
  }
}

}  // namespace commitlab
