// How long things take, as it is written in a scenario.
#include "checker/rational.hpp"
#include "scenarios/decode_parts.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;

constexpr std::string_view kBadDistribution = "E1206";

template <Delay::Kind kind>
static void read_parameter(Decoding& decoding, const JsonValue& value, Delay& delay) {
  delay.kind = kind;
  if (const auto time = read_time(decoding, value, 0, kBadDistribution)) delay.time = *time;
}

static void read_uniform(Decoding& decoding, const JsonValue& value, Delay& delay) {
  constexpr std::string_view kAllowed = "an array of the least and the greatest delay";
  delay.kind = Delay::Kind::uniform;
  if (!expect_kind(decoding, value, Kind::array, kAllowed)) return;
  if (value.size != 2) {
    return decoding.error(value, std::string(kBadDistribution),
                          "expected " + std::string(kAllowed) + ", got " + std::to_string(value.size) + " items");
  }
  const auto low = read_time(decoding, *value.first, 0, kBadDistribution);
  const auto high = read_time(decoding, *value.first->next, 0, kBadDistribution);
  if (!low || !high) return;
  if (*low > *high) return decoding.error(value, std::string(kBadDistribution), "the least delay is longer than the greatest");
  delay.time = *low;
  delay.high = *high;
}

static void read_lognormal(Decoding& decoding, const JsonValue& value, Delay& delay) {
  read_object(decoding, value, lognormal_keys(), delay);
}

static void read_sigma(Decoding& decoding, const JsonValue& value, Delay& delay) {
  constexpr std::string_view kAllowed = "a number from 0 to 1000 with at most three decimals";
  if (!expect_kind(decoding, value, Kind::number, kAllowed)) return;
  const auto sigma = rational_from(value.text);
  const Rational milli = sigma.value_or(-1) * 1000;
  if (milli < 0 || milli > 1'000'000 || milli.denominator() != 1) {
    return decoding.error(value, std::string(kBadDistribution), "expected " + std::string(kAllowed) + ", got " + escaped(value.text));
  }
  delay.sigma_milli = static_cast<std::int32_t>(fraction_of_64_bits(milli)->first);
}

std::span<const Key<Delay>> lognormal_keys() {
  static constexpr std::array<Key<Delay>, 2> kKeys = {
      {{"median", read_parameter<Delay::Kind::lognormal>, true}, {"sigma", read_sigma, true}}};
  return kKeys;
}

std::span<const Key<Delay>> distribution_keys() {
  static constexpr std::array<Key<Delay>, 4> kKeys = {{{"constant", read_parameter<Delay::Kind::constant>},
                                                       {"uniform", read_uniform},
                                                       {"exponential", read_parameter<Delay::Kind::exponential>},
                                                       {"lognormal", read_lognormal}}};
  return kKeys;
}

template <Delay Delays::*member>
static void read_delay(Decoding& decoding, const JsonValue& value, Delays& delays) {
  Delay delay;
  if (value.kind == Kind::number) {
    read_parameter<Delay::Kind::constant>(decoding, value, delay);
  } else {
    constexpr std::string_view kAllowed = "a number or a distribution such as {\"uniform\": [1, 5]}";
    if (!expect_kind(decoding, value, Kind::object, kAllowed)) return;
    read_object(decoding, value, distribution_keys(), delay);
    if (value.size != 1) {
      decoding.error(value, std::string(kBadDistribution), "expected exactly one distribution, got " + std::to_string(value.size),
                     "one of constant, uniform, exponential, lognormal");
    }
  }
  delays.*member = delay;
}

static void read_unit(Decoding& decoding, const JsonValue& value, Delays&) {
  static constexpr std::array<std::string_view, 4> kUnits = {"ns", "us", "ms", "s"};
  static constexpr std::array<Nanoseconds, 4> kLengths = {1, 1'000, 1'000'000, 1'000'000'000};
  if (const auto unit = read_choice(decoding, value, kUnits)) decoding.unit = kLengths[*unit];
}

template <Nanoseconds Delays::*member, Nanoseconds least>
static void read_span(Decoding& decoding, const JsonValue& value, Delays& delays) {
  if (const auto time = read_time(decoding, value, least, "E1209")) delays.*member = *time;
}

// The unit comes first, because the others need it.
std::span<const Key<Delays>> delay_keys() {
  static constexpr std::array<Key<Delays>, 7> kKeys = {{{"unit", read_unit},
                                                        {"message", read_delay<&Delays::message>},
                                                        {"force", read_delay<&Delays::force>},
                                                        {"recovery", read_delay<&Delays::recovery>},
                                                        {"timeout", read_span<&Delays::timeout, 1>},
                                                        {"every", read_span<&Delays::every, 0>},
                                                        {"horizon", read_span<&Delays::horizon, 1>}}};
  return kKeys;
}

}  // namespace commitlab
