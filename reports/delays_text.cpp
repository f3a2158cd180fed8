#include "reports/delays_text.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

namespace commitlab {
namespace {

using nlohmann::ordered_json;

/// In the greatest unit of which there is at least one, exactly: "50 ms", "1.5 s", "1 ns"; 0 is "0 ms".
struct Amount {
  std::string number, unit;
};

Amount amount(Nanoseconds time) {
  struct Unit {
    const char* name;
    Nanoseconds length;
    std::size_t digits;
  };
  constexpr std::array<Unit, 4> kUnits = {
      {{"s", 1'000'000'000, 9}, {"ms", 1'000'000, 6}, {"us", 1'000, 3}, {"ns", 1, 0}}};
  if (time == 0) return {"0", "ms"};
  const Unit& unit =
      *std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return time >= one.length; });
  std::string number = std::to_string(time / unit.length);
  if (time % unit.length == 0) return {number, unit.name};
  const std::string behind = std::to_string(time % unit.length);
  number += "." + std::string(unit.digits - behind.size(), '0') + behind;
  while (number.ends_with('0')) number.pop_back();
  return {number, unit.name};
}

std::string plain(Nanoseconds time) {
  const auto [number, unit] = amount(time);
  return number + " " + unit;
}

std::string close(Nanoseconds time) {
  const auto [number, unit] = amount(time);
  return time == 0 ? "0" : number + unit;
}

/// "0.5", of thousandths.
std::string sigma(std::int32_t milli) {
  std::string behind = std::to_string(milli % 1000);
  std::string text = std::to_string(milli / 1000) + "." + std::string(3 - behind.size(), '0') + behind;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string plain(const Delay& delay) {
  switch (delay.kind) {
    case Delay::Kind::constant:
      return plain(delay.time);
    case Delay::Kind::uniform: {
      const Amount low = amount(delay.time), high = amount(delay.high);
      const bool same_unit = low.unit == high.unit || delay.time == 0;
      return low.number + (same_unit ? "" : " " + low.unit) + " to " + high.number + " " + high.unit;
    }
    case Delay::Kind::exponential:
      return "exponential with mean " + plain(delay.time);
    case Delay::Kind::lognormal:
      return "lognormal with median " + plain(delay.time) + " and sigma " + sigma(delay.sigma_milli);
  }
  return "";
}

std::string close(const Delay& delay) {
  switch (delay.kind) {
    case Delay::Kind::constant:
      return close(delay.time);
    case Delay::Kind::uniform:
      return close(delay.time) + ".." + close(delay.high);
    case Delay::Kind::exponential:
      return "exponential:" + close(delay.time);
    case Delay::Kind::lognormal:
      return "lognormal:" + close(delay.time) + ":" + sigma(delay.sigma_milli);
  }
  return "";
}

ordered_json json_of(const Delay& delay) {
  switch (delay.kind) {
    case Delay::Kind::constant:
      return delay.time;
    case Delay::Kind::uniform:
      return {{"uniform", {delay.time, delay.high}}};
    case Delay::Kind::exponential:
      return {{"exponential", delay.time}};
    case Delay::Kind::lognormal:
      return {{"lognormal",
               {{"median", delay.time}, {"sigma", static_cast<double>(delay.sigma_milli) / 1000.0}}}};
  }
  return {};
}

constexpr std::array<std::pair<const char*, Delay Delays::*>, 3> kDrawn = {
    {{"message", &Delays::message}, {"force", &Delays::force}, {"recovery", &Delays::recovery}}};
constexpr std::array<std::pair<const char*, Nanoseconds Delays::*>, 3> kFixed = {
    {{"timeout", &Delays::timeout}, {"every", &Delays::every}, {"horizon", &Delays::horizon}}};

/// What is told of one delay, and whether it is what nobody said.
struct Part {
  std::string name, text;
  bool usual = false;
};

}  // namespace

std::string delays_text(const Delays& delays, Recovery recovery, std::span<const std::string> varied) {
  const Delays usual;
  std::vector<Part> parts = {{"message", plain(delays.message), delays.message == usual.message},
                             {"force", plain(delays.force), delays.force == usual.force},
                             {"timeout", plain(delays.timeout) + " a tick", delays.timeout == usual.timeout}};
  if (recovery == Recovery::any_time)
    parts.push_back({"recovery", plain(delays.recovery), delays.recovery == usual.recovery});
  if (delays.every > 0) parts.push_back({"every", plain(delays.every)});
  parts.push_back({"horizon", plain(delays.horizon), delays.horizon == usual.horizon});
  for (Part& part : parts)
    if (std::find(varied.begin(), varied.end(), part.name) != varied.end())
      part.text = "as varied", part.usual = false;
  const bool all = std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.usual; });
  std::string text;
  for (const Part& part : parts)
    text +=
        (text.empty() ? "" : ", ") + part.name + " " + part.text + (part.usual && !all ? " (default)" : "");
  return text + (all ? ": all defaults, see --delay" : "");
}

std::string means_text(const Delays& delays) {
  const bool steady = std::all_of(kDrawn.begin(), kDrawn.end(),
                                  [&](const auto& one) { return is_certain(delays.*one.second); });
  return steady ? "" : "; each at its mean";
}

std::string delays_option(const Delays& delays) {
  std::string text = "message=" + close(delays.message) + ",force=" + close(delays.force) +
                     ",timeout=" + close(delays.timeout) + ",recovery=" + close(delays.recovery);
  if (delays.every > 0) text += ",every=" + close(delays.every);
  return text + ",horizon=" + close(delays.horizon);
}

ordered_json delays_json(const Delays& delays) {
  const Delays usual;
  ordered_json json = {{"unit", "ns"}}, defaults = ordered_json::array();
  for (const auto& [name, which] : kDrawn) {
    json[name] = json_of(delays.*which);
    if (delays.*which == usual.*which) defaults.push_back(name);
  }
  for (const auto& [name, which] : kFixed) {
    json[name] = delays.*which;
    if (delays.*which == usual.*which) defaults.push_back(name);
  }
  json["defaults"] = std::move(defaults);
  return json;
}

}  // namespace commitlab
