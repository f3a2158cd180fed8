// For tests: readers of the formats of a run, strict, and written apart from their writers.
#pragma once

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "test.hpp"

namespace commitlab {

/// How many matches of the expression a text has.
inline std::size_t matches_in(const std::string& text, const std::string& expression) {
  const std::regex regex(expression);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), std::sregex_iterator()));
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

struct ShivizEvent {
  std::string host{}, words{};
  std::map<std::string, int> clock{};
};

/// By the expression that the log opens with, without the names of its groups.
inline std::vector<ShivizEvent> read_shiviz(const std::string& log) {
  const auto lines = lines_of(log);
  REQUIRE(lines.size() > 2);
  REQUIRE(lines[0] == R"((?<host>\S*) (?<clock>{.*})\n(?<event>.*))");
  REQUIRE(lines[1].empty());
  const std::regex head(R"((\S*) (\{.*\}))");
  std::vector<ShivizEvent> events;
  for (std::size_t i = 2; i + 1 < lines.size(); i += 2) {
    std::smatch match;
    REQUIRE(std::regex_match(lines[i], match, head));
    events.push_back({.host = match[1], .words = lines[i + 1], .clock = nlohmann::json::parse(match[2].str()).get<std::map<std::string, int>>()});
  }
  REQUIRE(lines.size() == 2 + 2 * events.size());
  return events;
}

/// Clocks as Fidge (1988) and Mattern (1989) have them: an event adds one to its host's own entry, and what it knows of others is what it
/// knew before, but for one message at most: then it knows in addition what the sender knew when it sent this to it.
inline void check_clocks(const std::vector<ShivizEvent>& events) {
  std::map<std::string, std::vector<const ShivizEvent*>> by_host;
  for (const ShivizEvent& event : events) {
    auto& history = by_host[event.host];
    std::map<std::string, int> before = history.empty() ? std::map<std::string, int>{} : history.back()->clock;
    ++before[event.host];
    if (event.clock != before) {
      std::size_t senders = 0;
      for (const auto& [sender, sent] : by_host) {
        const auto entry = event.clock.find(sender);
        if (sender == event.host || entry == event.clock.end() || entry->second == before[sender]) continue;
        const ShivizEvent& sending = *sent.at(static_cast<std::size_t>(entry->second) - 1);
        auto merged = before;
        for (const auto& [host, time] : sending.clock) merged[host] = std::max(merged[host], time);
        for (auto known = merged.begin(); known != merged.end();) known = known->second == 0 ? merged.erase(known) : std::next(known);
        std::string words = sending.words;
        std::replace(words.begin(), words.end(), ' ', '_');  // as in the names of hosts
        if (words.starts_with("send_") && words.find("_to_" + event.host) != std::string::npos && merged == event.clock) ++senders;
      }
      INFO(event.host << ": " << event.words);
      CHECK(senders > 0);
    }
    history.push_back(&event);
  }
}

/// The records of a text as RFC 4180 has them, read character by character.
inline std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_quotes) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') rows.back().back() += text[++i];
      else if (c == '"') in_quotes = false;
      else rows.back().back() += c;
    } else if (c == '"') {
      REQUIRE(rows.back().back().empty());
      in_quotes = true;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\r') {
      REQUIRE(i + 1 < text.size());
      REQUIRE(text[++i] == '\n');
      rows.push_back({""});
    } else {
      REQUIRE(c != '\n');
      rows.back().back() += c;
    }
  }
  REQUIRE_FALSE(in_quotes);
  REQUIRE(rows.back() == std::vector<std::string>{""});  // the last record ends in CRLF, too
  rows.pop_back();
  return rows;
}

/// A value as ADR-015 of Apalache has it: no null, no fraction, whole numbers as "#bigint", no other key with a "#".
inline bool is_itf_value(const nlohmann::json& value) {
  const auto all = [](const nlohmann::json& list) { return list.is_array() && std::all_of(list.begin(), list.end(), is_itf_value); };
  if (value.is_boolean() || value.is_string()) return true;
  if (value.is_array()) return all(value);
  if (!value.is_object()) return false;
  if (value.size() == 1 && value.contains("#bigint")) return std::regex_match(value["#bigint"].get<std::string>(), std::regex("-?[0-9]+"));
  if (value.size() == 1 && (value.contains("#tup") || value.contains("#set"))) return all(value.front());
  if (value.size() == 1 && value.contains("#map")) {
    std::set<nlohmann::json> keys;
    for (const auto& pair : value["#map"]) {
      if (!pair.is_array() || pair.size() != 2 || !is_itf_value(pair[0]) || !is_itf_value(pair[1]) || !keys.insert(pair[0]).second) return false;
    }
    return true;
  }
  return std::all_of(value.items().begin(), value.items().end(), [](const auto& member) { return !member.key().starts_with('#') && is_itf_value(member.value()); });
}

/// Slices of each thread nest: of two, one ends before the other begins, or lies in it. Each arrow has one beginning and one end, in that order.
inline void check_chrome(const nlohmann::json& document) {
  struct Slice {
    double from, to;
  };
  std::map<int, std::vector<Slice>> slices;
  std::map<int, std::vector<double>> arrows;
  for (const auto& event : document.at("traceEvents")) {
    const std::string phase = event.at("ph");
    REQUIRE((phase == "M" || event.at("ts").get<double>() >= 0));
    if (phase == "X") slices[event.at("tid")].push_back({event.at("ts"), event.at("ts").get<double>() + event.at("dur").get<double>()});
    if (phase == "s") CHECK(arrows[event.at("id")].empty());
    if (phase == "f") CHECK(arrows[event.at("id")].size() == 1);
    if (phase == "s" || phase == "f") arrows[event.at("id")].push_back(event.at("ts"));
  }
  for (const auto& [id, times] : arrows) {
    REQUIRE(times.size() == 2);
    CHECK(times[0] <= times[1]);
  }
  for (auto& [thread, list] : slices) {
    std::stable_sort(list.begin(), list.end(), [](const Slice& a, const Slice& b) { return a.from < b.from || (a.from == b.from && a.to > b.to); });
    std::vector<Slice> open;
    for (const Slice& slice : list) {
      constexpr double kRounding = 1e-6;  // of microseconds, which are not whole
      while (!open.empty() && open.back().to <= slice.from + kRounding) open.pop_back();
      if (!open.empty()) CHECK(slice.to <= open.back().to + kRounding);
      open.push_back(slice);
    }
  }
}

}  // namespace commitlab
