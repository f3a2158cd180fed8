// For tests: the rules of a commit protocol as plain values, so that chance can write them and a person read them.
#pragma once

#include <array>
#include <string>

#include "sim/ids.hpp"
#include "sim/names.hpp"

namespace commitlab::table {

enum class Phase : std::uint8_t { idle, waiting, ready, committed, aborted };
enum class Kind : std::uint8_t { ask, yes, no, commit, abort };
enum class Mark : std::uint8_t { ready, commit, abort };
/// Who, in which phase, hears or finds what: the row of the table.
enum class Role : std::uint8_t { coordinator, participant };
enum class Cause : std::uint8_t { start, timeout, act, suspect, ask, yes, no, commit, abort, found_nothing, found_ready, found_commit, found_abort };

/// What is then remembered, decided by, sent to whom, about whom.
enum class Learn : std::uint8_t { nothing, hears_sender, hears_about, hears_whom, forgets, remembers_sender, remembers_about };
enum class When : std::uint8_t { always, votes_yes, heard_all, told_by_coordinator, is_lowest, heard_a_lower };
enum class To : std::uint8_t { sender, coordinator, others, participants, all, heard, unheard, last, lowest_heard, next, below };
enum class Who : std::uint8_t { nobody, me, sender, last };
enum class Say : std::uint8_t { abort, commit, my_vote };
/// From these on, `To` and `When` tell participants apart by their numbers.
inline constexpr std::uint8_t kOrderedTo = 8, kOrderedWhen = 4;
inline constexpr std::size_t kMostDeeds = 4;

/// One effect; `none` is none. Of the rest, only what belongs to `what` counts.
struct Deed {
  enum class What : std::uint8_t { none, send, force, write, decide, arm, disarm };
  What what = What::none;
  To to{};
  Kind kind{};
  Who who{};           // send, force, write
  bool whom = false;   // send: with all that I have heard of
  Mark mark{};
  Say say{};
  std::uint8_t ticks = 1;
};
struct Branch {
  Phase next{};
  std::array<Deed, kMostDeeds> deeds{};
};
/// What happens is ignored unless it is `ruled`. Learning comes first, then one of the branches.
struct Rule {
  bool ruled = false;
  Learn learn{};
  When when{};
  Branch then{}, otherwise{};
};
inline constexpr std::size_t kRoles = 2, kPhases = count_of<Phase>(), kCauses = count_of<Cause>();
using Rules = std::array<std::array<std::array<Rule, kCauses>, kPhases>, kRoles>;

inline std::string told(const Deed& deed) {
  using What = Deed::What;
  const std::string what(name_of(deed.what)), who = " who=" + std::string(name_of(deed.who));
  switch (deed.what) {
    case What::none: return "";
    case What::send:
      return "; send " + std::string(name_of(deed.kind)) + who + (deed.whom ? " whom=heard" : "") + " to " + std::string(name_of(deed.to));
    case What::force:
    case What::write: return "; " + what + " " + std::string(name_of(deed.mark)) + who;
    case What::decide: return "; decide " + std::string(name_of(deed.say));
    case What::arm: return "; arm " + std::to_string(deed.ticks);
    case What::disarm: return "; disarm";
  }
  return "";
}

inline std::string told(const Branch& branch) {
  std::string words(name_of(branch.next));
  for (const auto& deed : branch.deeds) words += told(deed);
  return words;
}

/// One line for each rule that can be met: "participant idle ask: hears_sender; if votes_yes: ready; force ready who=me else: aborted".
inline std::string told(const Rules& rules) {
  std::string words;
  for (std::size_t role = 0; role < kRoles; ++role)
    for (std::size_t phase = 0; phase < kPhases; ++phase)
      for (std::size_t cause = 0; cause < kCauses; ++cause) {
        const Rule& rule = rules[role][phase][cause];
        const auto what = static_cast<Cause>(cause);
        const bool at_first = what == Cause::start || what >= Cause::found_nothing;
        if (!rule.ruled || (at_first && phase > 0)) continue;
        words += std::string(name_of(static_cast<Role>(role))) + " " + std::string(name_of(static_cast<Phase>(phase))) + " " + std::string(name_of(what)) + ": ";
        if (rule.learn != Learn::nothing) words += std::string(name_of(rule.learn)) + "; ";
        if (rule.when == When::always) words += told(rule.then) + "\n";
        else words += "if " + std::string(name_of(rule.when)) + ": " + told(rule.then) + " else: " + told(rule.otherwise) + "\n";
      }
  return words;
}

}  // namespace commitlab::table
