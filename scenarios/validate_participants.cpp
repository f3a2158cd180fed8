// The rules about names and about what participants hold.
#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

#include "checker/rational.hpp"
#include "scenarios/decode_value.hpp"
#include "scenarios/spelling.hpp"
#include "scenarios/validate_rules.hpp"

namespace commitlab {

// What is wrong with the letters of a name, of a participant or of a quantity.
static std::optional<std::string> letters_error(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
  const std::size_t wrong = name.find_first_not_of(kAllowed);
  if (wrong != name.npos) {
    const CodePoint point = first_code_point(name.substr(wrong));
    return "name " + in_quotes(name) + " contains " +
           (point.valid ? code_point_name(point.value) : "the byte " + escaped(name.substr(wrong, 1)));
  }
  if (name.size() > kLongest) return "name " + in_quotes(name) + " has " + std::to_string(name.size()) + " characters";
  return std::nullopt;
}

std::optional<Diagnostic> name_error(std::string_view name) {
  static constexpr std::array<std::string_view, 31> kPlayWords = {
      "start", "deliver", "lose", "timeout", "early",   "crash", "recover", "suspect", "act",   "partition", "heal",
      "votes", "end",     "transaction", "from", "to",  "copy",  "of",      "losing",  "record", "records",   "send",
      "force", "write",   "decide",      "arm",  "disarm", "commit", "abort", "yes",   "no"};
  constexpr std::string_view kHint = "1 to 64 characters of A-Z a-z 0-9 _ . - with a letter among them";
  const auto error = [&](std::string code, std::string message) {
    return Diagnostic{.code = std::move(code), .message = std::move(message), .hint = std::string(kHint)};
  };
  if (name.empty()) return error("E1211", "empty name");
  if (const auto letters = letters_error(name)) return error("E1212", *letters);
  if (name == kCoordinatorName) return error("E1210", "name \"coordinator\" is the coordinator's, who is not among the participants");
  const bool number = std::none_of(name.begin(), name.end(), [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
  if (number) return error("E1212", "name " + in_quotes(name) + " reads as a number");
  if (std::find(kPlayWords.begin(), kPlayWords.end(), name) != kPlayWords.end()) {
    return error("E1212", "name " + in_quotes(name) + " is a word of plays");
  }
  return std::nullopt;
}

std::string place_of_participant(std::size_t i) { return "/participants/" + std::to_string(i); }

void validate_participants(Validation& v) {
  const std::size_t count = v.s.participants.size();
  if (count == 0) v.error("/participants", "E1201", "the number of participants must be at least 1, got 0");
  if (count > kMostParticipants) {
    v.error("/participants", "E1202", "at most " + std::to_string(kMostParticipants) + " participants, got " + std::to_string(count));
  }
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < std::min(count, kMostParticipants); ++i) {
    const std::string& name = v.s.participants[i].name;
    if (const auto error = name_error(name)) {
      v.error(place_of_participant(i) + "/name", error->code, error->message, error->hint);
    } else if (!names.insert(name).second) {
      v.error(place_of_participant(i) + "/name", "E1210", "duplicate participant name " + in_quotes(name));
    }
  }
}

void validate_shared_hosts(Validation& v) {
  const NodeSet all = NodeSet::first(v.s.participants.size() + 1);
  for (std::size_t i = 0; i < v.s.shared_hosts.size(); ++i) {
    const SharedHost& host = v.s.shared_hosts[i];
    const std::string place = "/shared_hosts/" + std::to_string(i);
    validate_chance(v, place + "/fails", host.fails);
    if (!v.sound({"/participants"})) continue;
    if (host.participants.has(kCoordinator)) {
      v.error(place + "/participants", "E1218", "the coordinator does not vote, so it has no work that a host could fail", "participants only");
    } else if (!all.includes(host.participants)) {
      v.error(place + "/participants", "E1213", "unknown node");
    } else if (host.participants.size() < 2) {
      v.error(place + "/participants", "E1231", "expected at least two participants, got " + std::to_string(host.participants.size()),
              "what one alone risks belongs to its \"success\"");
    }
  }
}

// The sum of all that is held, and of all that could be added or taken, stays within 64 bits.
static void validate_totals(Validation& v) {
  std::map<std::string_view, Rational> greatest;
  const auto size = [](std::int64_t amount) { return amount < 0 ? -Rational(amount) : Rational(amount); };
  for (const Participant& participant : v.s.participants) {
    for (const auto& [quantity, amount] : participant.holds) greatest[quantity] += size(amount);
    for (const auto& [quantity, amount] : participant.does) greatest[quantity] += size(amount) * Rational(v.s.transactions);
  }
  for (const auto& [quantity, total] : greatest) {
    if (total <= Rational(std::numeric_limits<std::int64_t>::max())) continue;
    v.error("/participants", "E1216", "the total of " + in_quotes(quantity) + " may exceed 64 bits",
            "smaller amounts, or fewer transactions");
  }
}

void validate_quantities(Validation& v) {
  std::set<std::string> quantities;
  for (std::size_t i = 0; i < v.s.participants.size(); ++i) {
    const Participant& participant = v.s.participants[i];
    const auto name = [&](const std::string& key, const std::string& quantity) {
      quantities.insert(quantity);
      const std::string place = place_of_participant(i) + key + pointer_step(quantity);
      if (quantity.empty()) v.error(place, "E1229", "empty name of a quantity");
      if (const auto error = letters_error(quantity)) v.error(place, "E1229", *error, "1 to 64 characters of A-Z a-z 0-9 _ . -");
      return place;
    };
    for (const auto& [quantity, amount] : participant.holds) {
      const std::string place = name("/holds", quantity);
      if (amount < 0) v.error(place, "E1215", "a participant holds at least 0, got " + std::to_string(amount));
    }
    for (const auto& [quantity, amount] : participant.does) name("/does", quantity);
  }
  if (v.sound({"/participants", "/transactions"})) validate_totals(v);

  const std::vector<std::string_view> known(quantities.begin(), quantities.end());
  std::set<std::string_view> conserved;
  for (std::size_t i = 0; i < v.s.conserve.size(); ++i) {
    const std::string& quantity = v.s.conserve[i];
    const std::string place = "/conserve/" + std::to_string(i);
    if (!conserved.insert(quantity).second) v.error(place, "E1105", in_quotes(quantity) + " listed twice");
    if (quantities.count(quantity) > 0 || !v.sound({"/participants"})) continue;
    v.error(place, "E1214", "no participant holds or does " + in_quotes(quantity) + did_you_mean(quantity, known),
            known.empty() ? "give participants \"holds\" and \"does\"" : "quantities: " + listed(known));
  }
}

}  // namespace commitlab
