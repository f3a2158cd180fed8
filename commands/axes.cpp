#include "commands/axes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "checker/rational.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "scenarios/spelling.hpp"

namespace commitlab {
namespace {

constexpr std::string_view kOption = "--vary";
constexpr std::array<std::string_view, 12> kNames = {"loss", "crash", "duplicate", "reorder", "disk_loss", "success", "participants", "timeout", "message", "force", "recovery", "protocol"};
constexpr std::size_t kChances = 5;  // of these are of --chance

bool is_chance(std::string_view name) { return std::find(kNames.begin(), kNames.begin() + kChances, name) != kNames.begin() + kChances; }
constexpr std::array<std::string_view, 4> kTimes = {"timeout", "message", "force", "recovery"};
bool is_time(std::string_view name) { return std::find(kTimes.begin(), kTimes.end(), name) != kTimes.end(); }
bool is_whole(const Rational& number) { return number.denominator() == 1; }

[[noreturn]] void refuse(const std::string& message, const std::string& hint = "") { throw refusal(kUsage, "E1603", std::string(kOption), message, hint); }

/// What this axis takes, and the factor from what is written to what must be a whole number, if there is such a thing.
struct Range {
  std::string words;
  Rational least, most;
  std::optional<Rational> whole_times{};
};

Range range_of(const std::string& axis) {
  constexpr Nanoseconds kMillisecond = 1'000'000;
  if (axis == "participants") return {"a whole number from 1 to " + std::to_string(kMostParticipants), 1, kMostParticipants, Rational(1)};
  const Rational longest(kGreatestDelay, kMillisecond);
  if (axis == "timeout") return {"milliseconds above 0, to the nanosecond", Rational(1, kMillisecond), longest, Rational(kMillisecond)};
  if (is_time(axis)) return {"a time with its unit, to the nanosecond, such as 2ms", 0, longest, Rational(kMillisecond)};
  return {"a chance from 0 to 1, such as 0.01 or 1/3", 0, 1};
}

bool has_unit(const std::string& text) { return text.ends_with('s'); }

/// Of a time, in milliseconds: those of `timeout` need no unit, the others do, because a recovery could be a chance, too.
Rational number(const std::string& axis, const std::string& text) {
  if (is_time(axis) && (has_unit(text) || (axis != "timeout" && text != "0"))) return Rational(time_of({std::string(kOption) + " " + axis, text}), 1'000'000);
  const auto read = rational_from(text);
  if (!read) refuse(axis + ": expected " + range_of(axis).words + ", got " + in_quotes(text), "a list a,b,c; N values with the same distance, a..b:N; or whole numbers a..b");
  return *read;
}

std::string checked(const std::string& axis, const Rational& value) {
  const Range range = range_of(axis);
  const bool fits = fraction_of_64_bits(value).has_value();
  const bool fine = range.whole_times ? is_whole(value * *range.whole_times) : true;
  if (!fits || !fine || value < range.least || value > range.most) refuse(axis + ": expected " + range.words + ", got " + in_quotes(exact_text(value)));
  return exact_text(value);
}

/// "0..0.1:11" or "2..10".
std::vector<std::string> spread(const std::string& axis, const std::string& text) {
  const std::size_t dots = text.find(".."), colon = text.find(':');
  const std::string low = text.substr(0, dots), high = text.substr(dots + 2, colon == text.npos ? text.npos : colon - dots - 2);
  const Rational first = number(axis, low), last = number(axis, high);
  if (has_unit(low) != has_unit(high) && first != 0) refuse(axis + ": expected a unit at both ends or at none, got " + in_quotes(text), axis + "=10ms..100ms:10");
  if (first > last) refuse(axis + ": the range " + in_quotes(text) + " runs backwards", "the smaller end first");
  std::uint64_t count = 0;
  if (colon != text.npos) {
    count = integer({std::string(kOption), text.substr(colon + 1)}, 2, kMostPoints);
    if (first == last) refuse(axis + ": the range " + in_quotes(text) + " has one value only", axis + "=" + exact_text(first));
  } else {
    const bool steps = range_of(axis).whole_times && is_whole(first) && is_whole(last);
    if (!steps) refuse(axis + ": expected how many values the range " + in_quotes(text) + " has", axis + "=" + text + ":11");
    if (last - first >= Rational(kMostPoints)) refuse(axis + ": the range " + in_quotes(text) + " has more than " + std::to_string(kMostPoints) + " values");
    count = static_cast<std::uint64_t>(to_double(last - first)) + 1;
  }
  std::vector<std::string> values;
  for (std::uint64_t i = 0; i < count; ++i) values.push_back(checked(axis, count == 1 ? first : first + (last - first) * Rational(i, count - 1)));
  return values;
}

std::vector<std::string> values_on(const std::string& axis, const std::string& text, Catalogue catalogue) {
  const Value value{std::string(kOption), text};
  if (axis != "protocol" && text.find("..") != text.npos && text.find(',') == text.npos) return spread(axis, text);
  std::vector<std::string> values = list(value);
  std::vector<std::string_view> protocols;
  for (const Entry& entry : catalogue) protocols.push_back(entry.name);
  for (std::string& one : values) {
    if (axis == "protocol") choice({value.option, one}, protocols);
    else one = checked(axis, number(axis, one));
  }
  auto sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) refuse(axis + ": " + in_quotes(*twice) + " listed twice");
  return values;
}

/// --chance as it was given, but for those that are varied.
std::string chances_at(const Words& words, std::span<const Axis> axes, const std::vector<std::string>& values) {
  std::string text;
  const auto add = [&](const std::string& name, const std::string& value) { text += (text.empty() ? "" : ",") + name + "=" + value; };
  if (const std::string* given = words.find("chance"))
    for (const auto& [name, value] : assignments({"--chance", *given}))
      if (std::none_of(axes.begin(), axes.end(), [&, &name = name](const Axis& axis) { return axis.name == (name == "disk-loss" ? "disk_loss" : name); })) add(name, value);
  for (std::size_t i = 0; i < axes.size(); ++i)
    if (is_chance(axes[i].name)) add(axes[i].name, values[i]);
  return text;
}

void set_beyond_options(const std::string& axis, const std::string& value, Scenario& scenario) {
  const Rational written = rational_from(value).value();
  if (axis == "success") {
    const auto [numerator, denominator] = fraction_of_64_bits(written).value();
    for (auto& participant : scenario.participants) participant.success = Probability{numerator, denominator};
  }
  if (!is_time(axis)) return;
  const auto time = static_cast<Nanoseconds>(fraction_of_64_bits(written * 1'000'000).value().first);
  Delays& delays = scenario.delays;
  if (axis == "timeout") delays.timeout = time;
  if (axis == "message") delays.message = Delay::constant(time);
  if (axis == "force") delays.force = Delay::constant(time);
  if (axis == "recovery") delays.recovery = Delay::constant(time);
}

/// What an option fixes is not varied as well. (Of the chances, --vary goes before --chance.)
void refuse_conflicts(const Words& words, std::span<const Axis> axes) {
  const auto conflict = [](const std::string& option, const std::string& axis) {
    throw refusal(kUsage, "E1604", option, "contradicts --vary " + axis, "leave one of them out");
  };
  for (const Axis& axis : axes) {
    if ((axis.name == "participants" || axis.name == "protocol") && words.has(axis.name)) conflict(dashed(axis.name), axis.name);
    if (!words.has("delay")) continue;
    for (const auto& given : assignments({"--delay", *words.find("delay")}))
      if (given.name == axis.name) conflict("--delay " + given.name, axis.name);
  }
}

}  // namespace

std::vector<Axis> axes_of(const std::vector<std::string>& varied, Catalogue catalogue) {
  const std::string example = "--vary loss=0..0.1:11";
  if (varied.empty()) throw refusal(kUsage, "E1605", std::string(kOption), "what is to be varied?", example);
  std::vector<Axis> axes;
  for (const std::string& text : varied) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) refuse("unknown axis " + in_quotes(name) + did_you_mean(name, kNames), "axes: " + listed(kNames));
    if (equals == text.npos || equals + 1 == text.size()) refuse(name + ": expected its values", example);
    if (std::any_of(axes.begin(), axes.end(), [&](const Axis& axis) { return axis.name == name; }))
      throw refusal(kUsage, "E1604", std::string(kOption), "the axis " + name + " given twice", "all its values in one list: " + name + "=a,b,c");
    axes.push_back({name, values_on(name, text.substr(equals + 1), catalogue)});
  }
  std::size_t points = 1;
  for (const Axis& axis : axes) {
    points *= axis.values.size();  // of at most 10^4 times 10^4
    if (points > kMostPoints) throw refusal(kUsage, "E1606", std::string(kOption), "more than " + std::to_string(kMostPoints) + " points", "fewer values, or several sweeps");
  }
  return axes;
}

std::size_t points_of(std::span<const Axis> axes) {
  std::size_t points = 1;
  for (const Axis& axis : axes) points *= axis.values.size();
  return points;
}

std::vector<std::string> values_at(std::span<const Axis> axes, std::size_t point) {
  std::vector<std::string> values(axes.size());
  for (std::size_t i = axes.size(); i-- > 0; point /= axes[i].values.size()) values[i] = axes[i].values[point % axes[i].values.size()];
  return values;
}

Asked ask_at(const Words& words, std::span<const Axis> axes, const std::vector<std::string>& values, Catalogue catalogue) {
  refuse_conflicts(words, axes);
  Words there = words;
  there.remove("vary");
  for (std::size_t i = 0; i < axes.size(); ++i)
    if (axes[i].name == "protocol" || axes[i].name == "participants") there.set(axes[i].name, values[i]);
  if (const std::string chances = chances_at(words, axes, values); !chances.empty()) there.set("chance", chances);
  Asked asked = ask(there, catalogue);
  for (std::size_t i = 0; i < axes.size(); ++i)
    if (axes[i].name == "success" || is_time(axes[i].name)) set_beyond_options(axes[i].name, values[i], asked.scenario);
  std::vector<Diagnostic> errors;
  for (auto& found : validate(asked.scenario, facts(catalogue))) {
    if (found.severity == Diagnostic::Severity::error) errors.push_back(std::move(found));
    else if (std::find(asked.warnings.begin(), asked.warnings.end(), found.message) == asked.warnings.end()) asked.warnings.push_back(std::move(found.message));
  }
  if (!errors.empty()) throw refusal_of(std::move(errors), kUsage);
  return asked;
}

}  // namespace commitlab
