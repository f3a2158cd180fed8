#include "reports/named.hpp"

#include <algorithm>
#include <charconv>

#include "reports/numbers.hpp"
#include "sim/node_fields.hpp"

namespace commitlab {

static bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

// The name behind a number, or the word itself.
static std::string_view name_behind(std::string_view word, const std::vector<std::string>& names) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size() && number < names.size() ? std::string_view(names[number]) : word;
}

std::string with_names(std::string_view words, const std::vector<std::string>& names) {
  std::string told;
  bool node_may_stand = false, in_set = false, in_field = false;
  while (!words.empty()) {
    std::size_t length = 0;
    while (length < words.size() && is_word_char(words[length])) ++length;
    if (length == 0) {
      const char c = words.front();
      if (c == '{' || c == '}') in_set = c == '{';
      if (c == ';') node_may_stand = false;
      if (c != '=') in_field = false;
      told += c;
      words.remove_prefix(1);
      continue;
    }
    const std::string_view word = words.substr(0, length);
    const bool is_transaction = told.ends_with('#');
    const bool is_node = node_may_stand || in_set || (in_field && told.ends_with('='));
    told += is_node && !is_transaction ? name_behind(word, names) : word;
    in_field = is_field_of_node(word);
    if (word == "from" || word == "to" || word == "suspect" || word == "partition") node_may_stand = true;
    words.remove_prefix(length);
  }
  return told;
}

// A part of a play that begins with a node, such as "1#2 in doubt".
static std::string part_by_name(std::string_view part, const std::vector<std::string>& names) {
  const std::size_t end = std::min(part.find_first_of(" #"), part.size());
  return std::string(name_behind(part.substr(0, end), names)) + with_names(part.substr(end), names);
}

std::string play_line_by_name(std::string_view line, const std::vector<std::string>& names) {
  const bool is_end = line == "end" || line.starts_with("end;") || line.starts_with("end ");
  if (!is_end) return part_by_name(line, names);
  std::string told;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find("; "), line.size());
    told += (told.empty() ? "" : "; ") + part_by_name(line.substr(0, end), names);
    line.remove_prefix(std::min(end + 2, line.size()));
  }
  return told;
}

std::string subject(const Trace::Line& line, const std::vector<std::string>& names) {
  if (line.network) return "network";
  const auto node = static_cast<std::size_t>(line.node);
  return node < names.size() ? names[node] : std::to_string(line.node);
}

std::string effects_by_name(const Trace::Line& line, const std::vector<std::string>& names) {
  std::string told;
  for (const auto& effect : line.effects) told += (told.empty() ? "" : "; ") + with_names(effect, names);
  return told;
}

std::string told_by_name(const Trace::Line& line, const std::vector<std::string>& names) {
  const std::string effects = effects_by_name(line, names);
  return with_names(line.happened, names) + (effects.empty() ? "" : "; ") + effects;
}

std::string enumerated(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

static std::string vote_of(const std::vector<std::string>& voters, std::string_view vote) {
  return enumerated(voters) + (voters.size() == 1 ? " votes " : " vote ") + std::string(vote);
}

std::string votes_by_name(std::string_view votes, const std::vector<std::string>& names) {
  std::vector<std::string> yes, no;
  for (std::size_t i = 1; i < names.size() && !votes.empty(); ++i) {
    const std::size_t end = votes.find(' ');
    (votes.substr(0, end) == "yes" ? yes : no).push_back(names[i]);
    votes.remove_prefix(end == votes.npos ? votes.size() : end + 1);
  }
  const auto everybody = [](const std::vector<std::string>& voters, std::string_view vote) {
    return voters.size() == 1 ? vote_of(voters, vote) : "everybody votes " + std::string(vote);
  };
  if (no.empty()) return everybody(yes, "yes");
  if (yes.empty()) return everybody(no, "no");
  if (yes.size() + no.size() == 2) {
    const bool yes_first = yes.front() == names[1];
    return yes_first ? vote_of(yes, "yes") + ", " + no.front() + " no" : vote_of(no, "no") + ", " + yes.front() + " yes";
  }
  if (no.size() <= yes.size()) return vote_of(no, "no") + ", the others yes";
  return vote_of(yes, "yes") + ", the others no";
}

std::string participants_text(const std::vector<std::string>& names) {
  return counted(names.empty() ? 0 : names.size() - 1, "participant", "participants") + " + coordinator";
}

}  // namespace commitlab
