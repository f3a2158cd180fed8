#include "reports/concurrency_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/verdict_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

// "prepared", or what is decided if the protocol has no word for it.
static std::string name_of_state(const LocalState& state) {
  if (!state.name.empty()) return state.name;
  return state.decided ? std::string(name_of(*state.decided)) : "undecided";
}

static std::string full_name(const LocalState& state) { return std::string(name_of(state.who)) + " " + name_of_state(state); }

static std::string_view letter_of(Role who) { return who == Role::coordinator ? "C" : "P"; }

// "C collecting, aborted; P idle".
static std::string set_text(const LocalState& state, const Concurrency& concurrency) {
  std::string text;
  for (const Role who : {Role::coordinator, Role::participant}) {
    bool first = true;
    for (const std::size_t place : state.beside) {
      const LocalState& other = concurrency.states[place];
      if (other.who != who) continue;
      if (first) text += (text.empty() ? "" : "; ") + std::string(letter_of(who)) + " ";
      text += (first ? "" : ", ") + name_of_state(other);
      first = false;
    }
  }
  return text.empty() ? "nobody else" : text;
}

static std::string fails_text(const LocalState& state) {
  if (state.sees_both) return state.sees_commit_too_early ? "1 and 2" : "1";
  return state.sees_commit_too_early ? "2" : "-";
}

static std::string sets_table(const Concurrency& concurrency, const Style& style) {
  Table table;
  table.add({{"", Ink::faint}, {"state", Ink::faint}, {"decided", Ink::faint}, {"committable", Ink::faint}, {"fails", Ink::faint}, {"its concurrency set: what others may be in", Ink::faint}});
  for (const auto& state : concurrency.states) {
    const bool fails = state.sees_both || state.sees_commit_too_early;
    table.add({{std::string(letter_of(state.who))},
               {name_of_state(state), Ink::strong},
               {state.decided ? std::string(name_of(*state.decided)) : "-"},
               {state.committable ? "yes" : "no"},
               {fails_text(state), fails ? Ink::bad : Ink::plain},
               {set_text(state, concurrency)}});
  }
  return text_of(table, style);
}

static std::string condition_text(const Concurrency& concurrency, bool LocalState::*fails, const std::string& holds, const std::string& broken) {
  std::vector<std::string> where;
  for (const auto& state : concurrency.states)
    if (state.*fails) where.push_back(full_name(state));
  if (!where.empty()) return "fails at " + enumerated(where) + ": " + broken;
  return concurrency.stopped.empty() ? "holds: " + holds : "open: nothing that was visited fails it";
}

static std::string verdict_line(Status non_blocking) {
  switch (non_blocking) {
    case Status::holds: return "non-blocking, by Skeen's theorem: with truthful timeouts, rules exist that never wait for a failed site";
    case Status::violated: return "blocking, by Skeen's theorem: whoever is left alone there can tell neither commit nor abort";
    case Status::inconclusive: return "inconclusive";
  }
  return "";
}

static void add_graph(Table& table, const About& about, const Concurrency& concurrency) {
  table.add({{"letters", Ink::faint}, {"C the coordinator, P a participant"}});
  table.add({{"meaning", Ink::faint}, {"whether rules for timeouts can be found that never wait; whether those of " + about.protocol + " are such, check --check NB says"}});
  table.add({{"graph", Ink::faint}, {"failure-free: every vote, no crash, no loss, messages take any time; no timer fires, but that of a coordinator which collects votes, if it aborts then: that is its refusal"}});
  table.add({{"committable", Ink::faint}, {"whenever a node is in such a state, all have voted yes and the coordinator can no longer refuse"}});
  table.add({{concurrency.stopped.empty() ? "visited" : "so far", Ink::faint}, {counted(concurrency.worlds, "world", "worlds") + ", " + participants_text(about.names)}});
  table.add({{"time", Ink::faint}, {duration(concurrency.seconds)}});
  table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
}

std::string concurrency_text(const About& about, const Concurrency& concurrency, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) text += heading(about, style) + "\n";
  text += sets_table(concurrency, style);
  const Status non_blocking = concurrency.non_blocking();
  Table table{.indent = 0};
  table.add({{"condition 1", Ink::faint}, {condition_text(concurrency, &LocalState::sees_both, "no set has both a commit and an abort state", "a commit and an abort state in its set")}});
  table.add({{"condition 2", Ink::faint}, {condition_text(concurrency, &LocalState::sees_commit_too_early, "no set of a state that is not committable has a commit state", "not committable, and a commit state in its set")}});
  table.add({{"verdict", Ink::faint}, {verdict_line(non_blocking), ink_of(non_blocking)}});
  if (!concurrency.stopped.empty()) table.add({{"stopped", Ink::faint}, {concurrency.stopped, Ink::unsure}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) add_graph(table, about, concurrency);
  return text + "\n" + text_of(table, style);
}

}  // namespace commitlab
