// What is needed as a page: three tables of things taken away, then what that says and what it does not.
#include "reports/named.hpp"
#include "reports/necessary_report.hpp"
#include "reports/numbers.hpp"
#include "reports/told_run.hpp"
#include "reports/why.hpp"
#include "sim/names.hpp"

namespace commitlab {

std::string told(const Weakening& without) {
  const std::string nobody = without.who == Role::coordinator ? "the coordinator never " : "no participant ";
  switch (without.how) {
    case Loss::unforced: return nobody + "forces " + without.what + ": it is written only";
    case Loss::unwritten: return nobody + "writes " + without.what;
    case Loss::unsent: return nobody + "sends " + without.what;
  }
  return "";
}

Status need(const Necessity& necessity) { return necessity.verdict.status(); }

const Finding* shown(const Necessity& necessity) {
  const Finding* first = nullptr;
  for (const auto& finding : necessity.verdict.findings) {
    if (finding.status != Status::violated) continue;
    if (finding.witness && !finding.witness->lines.empty()) return &finding;
    if (first == nullptr) first = &finding;
  }
  return first;
}

static std::string_view heading_of(Loss how) {
  switch (how) {
    case Loss::unforced: return "Forced writes: written where they were forced, so that a crash may lose them";
    case Loss::unwritten: return "Records: not written at all";
    case Loss::unsent: return "Messages: not sent";
  }
  return "";
}

static std::string_view word_of(Status need) {
  switch (need) {
    case Status::violated: return "needed";
    case Status::holds: return "not needed";
    case Status::inconclusive: return "open";
  }
  return "";
}

// Before its first step a run can be lost already.
static std::string steps_text(const Finding& finding) {
  if (!finding.witness) return "";
  const auto steps = finding.witness->lines.size();
  return steps == 0 ? " from the start" : " in " + counted(steps, "step", "steps");
}

// "AC1 in 8 steps: p1 aborted, p2 committed; also AC2 in 8 steps".
static std::string breaks_text(const Necessity& necessity) {
  const Finding* main = shown(necessity);
  if (main == nullptr) return necessity.verdict.status() == Status::inconclusive ? necessity.verdict.stopped : "";
  std::string others;
  for (const auto& finding : necessity.verdict.findings)
    if (finding.status == Status::violated && &finding != main) others += (others.empty() ? "; also " : ", ") + finding.name + steps_text(finding);
  return main->name + steps_text(*main) + ": " + main->why + others;
}

static std::string table_of(const Necessities& necessities, Loss how, const Style& style) {
  Table table;
  for (const auto& one : necessities.without) {
    if (one.without.how != how) continue;
    const Status needed = need(one);
    const Ink ink = needed == Status::violated ? Ink::strong : needed == Status::holds ? Ink::faint : Ink::unsure;
    table.add({{std::string(name_of(one.without.who))}, {one.without.what}, {std::string(word_of(needed)), ink}, {breaks_text(one)}});
  }
  if (table.rows.empty()) return "";
  return "\n" + painted(heading_of(how), Ink::strong, style) + "\n" + text_of(table, style);
}

// Each thing that is needed, with the run that shows it.
static std::string witnesses(const Necessities& necessities, const Style& style) {
  constexpr std::size_t kMostSteps = 60;
  std::string text;
  for (const auto& one : necessities.without) {
    const Finding* finding = shown(one);
    if (finding == nullptr || !finding->witness) continue;
    text += "\n" + painted(told(one.without), Ink::strong, style) + "\n" + witness_title(*finding) + "\n";
    const std::size_t steps = finding->witness->lines.size();
    if (steps > kMostSteps) text += "  has " + grouped(steps) + " steps; --save DIR keeps it\n";
    else text += votes_lines(*finding->witness, style) + numbered_lines(*finding->witness, style) + end_table(*finding->witness, style) + why_lines(*finding, style);
  }
  return text;
}

// "2 of 5 forced writes, 2 of 7 records, 6 of 7 messages".
static std::string summary(const Necessities& necessities) {
  std::string text;
  for (const auto& [how, name] : {std::pair(Loss::unforced, "forced writes"), std::pair(Loss::unwritten, "records"), std::pair(Loss::unsent, "messages")}) {
    std::size_t all = 0, needed = 0;
    for (const auto& one : necessities.without)
      if (one.without.how == how) ++all, needed += need(one) == Status::violated ? 1 : 0;
    if (all > 0) text += (text.empty() ? "" : ", ") + grouped(needed) + " of " + grouped(all) + " " + name;
  }
  return text.empty() ? "nothing was tried" : text;
}

static void add_meaning(Table& table, const About& about, const Necessities& necessities) {
  std::vector<std::string> lost;
  for (const auto& finding : necessities.whole.findings)
    if (finding.status != Status::holds) lost.push_back(finding.name + " (" + std::string(name_of(finding.status)) + ")");
  if (!lost.empty()) table.add({{"left out", Ink::unsure}, {enumerated(lost) + ": not known to be kept by the protocol as it is, so not asked again"}});
  if (!necessities.asked.empty()) table.add({{"asked", Ink::faint}, {enumerated(necessities.asked) + ", which the protocol as it is keeps"}});
  table.add({{"meaning", Ink::faint}, {"not needed: for these properties, under these faults, if it alone is taken away"}});
  const bool reads_logs = about.faults.recovery == Recovery::any_time;
  if (!reads_logs) table.add({{"note", Ink::unsure}, {"nothing that stops comes back before all faults are over: say --recovery, or hardly any record matters"}});
}

std::string necessary_text(const About& about, const Necessities& necessities, const std::vector<SavedPlay>& plays, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) text += heading(about, style);
  for (const Loss how : {Loss::unforced, Loss::unwritten, Loss::unsent}) text += table_of(necessities, how, style);
  if (quiet && !text.empty()) text.erase(0, 1);
  if (style.detail == Detail::verbose) text += witnesses(necessities, style);

  std::uint64_t worlds = necessities.whole.worlds;
  for (const auto& one : necessities.without) worlds += one.verdict.worlds;
  Table table{.indent = 0};
  table.add({{"needed", Ink::faint}, {summary(necessities), Ink::strong}});
  add_meaning(table, about, necessities);
  if (!necessities.whole.stopped.empty()) table.add({{"stopped", Ink::faint}, {necessities.whole.stopped + ": what is done only beyond that was not tried", Ink::unsure}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    table.add({{"faults", Ink::faint}, {faults_text(about.faults, about.names)}});
    table.add({{"timing", Ink::faint}, {timing_text(about.faults)}});
    table.add({{"votes", Ink::faint}, {votes_text(about)}});
    table.add({{"visited", Ink::faint}, {counted(worlds, "world", "worlds") + " in " + counted(necessities.without.size() + 1, "question", "questions") + ", " + grouped(necessities.whole.worlds) + " of them of the protocol as it is"}});
    table.add({{"time", Ink::faint}, {duration(necessities.seconds)}});
    table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  }
  for (const auto& play : plays) table.add({{"replay", Ink::faint}, {command_text(about.program, play.replay), Ink::plain, true}});
  return text + "\n" + text_of(table, style);
}

}  // namespace commitlab
