#include <algorithm>

#include "reports/blocking_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"

namespace commitlab {

using Side = Table::Side;

static std::string lasted(const Lasted& lasted) { return milliseconds(lasted.time) + (lasted.at_least ? "+" : ""); }

/// "2 ms", "0.000001 ms": all of a time.
static std::string moment(Nanoseconds time) {
  const std::string behind = std::to_string(time % 1'000'000);
  std::string text = grouped(static_cast<std::uint64_t>(time / 1'000'000)) + "." + std::string(6 - behind.size(), '0') + behind;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text + " ms";
}

static void add_durations(Table& table, const std::string& what, const std::vector<DoubtUnder>& doubts, Durations Doubt::*which) {
  std::vector<Cell> headings = {{what, Ink::strong}};
  for (const char* heading : {"yes votes", "median", "90 %", "99 %", "longest", "mean", "cut off"}) headings.push_back({heading, Ink::faint});
  table.add(std::move(headings));
  for (const auto& [protocol, doubt] : doubts) {
    const Durations& all = doubt.*which;
    std::vector<Cell> row = {{protocol}, {grouped(all.count)}};
    for (const Lasted& one : {all.median, all.p90, all.p99, all.longest, all.mean})
      row.push_back({all.count == 0 ? "-" : lasted(one), one.at_least ? Ink::unsure : Ink::plain});
    row.push_back({grouped(all.cut), all.cut > 0 ? Ink::unsure : Ink::faint});
    table.add(std::move(row));
  }
}

static std::string durations_table(const std::vector<DoubtUnder>& doubts, const Style& style) {
  Table table;
  table.sides.assign(8, Side::right);
  table.sides[0] = Side::left;
  add_durations(table, "in doubt, ms", doubts, &Doubt::in_doubt);
  table.add({});
  add_durations(table, "locks held, ms", doubts, &Doubt::locks);
  return text_of(table, style);
}

static std::string chance(const HowMany& how_many) { return share(how_many.runs_with, how_many.runs); }

static std::string expected(const HowMany& how_many) {
  return how_many.sum == 0 ? "0" : fixed(static_cast<double>(how_many.sum) / static_cast<double>(how_many.runs), 4);
}

static std::string blocked_table(const std::vector<DoubtUnder>& doubts, const Style& style) {
  Table table;
  table.sides = {Side::left, Side::right, Side::right, Side::left, Side::right, Side::left};
  std::vector<Cell> headings = {{"blocked at the end", Ink::strong}};
  const std::string of_runs = "of " + grouped(doubts.front().doubt.runs) + " runs";
  for (const char* heading : {of_runs.c_str(), "share", "95 % interval", "expected number", "95 % interval"})
    headings.push_back({heading, Ink::faint});
  table.add(std::move(headings));
  for (const auto& [protocol, doubt] : doubts) {
    const HowMany& blocked = doubt.blocked;
    const Ink ink = blocked.sum > 0 ? Ink::unsure : Ink::good;
    const std::string in_runs = grouped(blocked.runs_with);
    table.add({{protocol}, {in_runs, ink}, {chance(blocked)}, {text(blocked.any)}, {expected(blocked), ink}, {expected_text(blocked)}});
  }
  return text_of(table, style);
}

/// A row for each moment, a column for each protocol.
static void add_curve(Table& table, const std::string& what, const std::vector<DoubtUnder>& doubts, auto&& cell) {
  std::vector<Cell> headings = {{what, Ink::strong}};
  for (const auto& one : doubts) headings.push_back({one.protocol, Ink::faint, true});
  table.add(std::move(headings));
  for (std::size_t i = 0; i < doubts.front().doubt.curve.size(); ++i) {
    std::vector<Cell> row = {{"after " + moment(doubts.front().doubt.curve[i].time)}};
    for (const auto& one : doubts) {
      const HowMany& how_many = one.doubt.curve[i].in_doubt;
      row.push_back({cell(how_many), how_many.sum == 0 ? Ink::faint : Ink::plain, true});
    }
    table.add(std::move(row));
  }
}

static std::string curves_table(const std::vector<DoubtUnder>& doubts, bool with_intervals, const Style& style) {
  constexpr std::size_t kDigits = 7;  // of "<0.0001"
  const auto with = [&](const std::string& number, const std::string& interval) {
    return with_intervals ? number + std::string(kDigits - std::min(kDigits, number.size()), ' ') + " " + interval : number;
  };
  Table table;
  add_curve(table, "any in doubt", doubts, [&](const HowMany& how_many) { return with(chance(how_many), text(how_many.any)); });
  table.add({});
  add_curve(table, "number in doubt", doubts, [&](const HowMany& how_many) { return with(expected(how_many), expected_text(how_many)); });
  return text_of(table, style);
}

static bool fits(const std::string& lines, std::size_t width) {
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    if (end - begin > width) return false;
    begin = end + 1;
  }
  return true;
}

std::string blocking_text(const About& about, const std::vector<DoubtUnder>& doubts, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  const bool with_intervals = style.detail == Detail::verbose || (doubts.size() <= 3 && fits(curves_table(doubts, true, {.width = style.width}), style.width));
  const Doubt& first = doubts.front().doubt;
  std::string page;
  if (!quiet && !about.title.empty()) page += painted(printable(about.title), Ink::strong, style) + "\n";
  if (!quiet) page += participants_text(about.names) + "\n\n";
  page += durations_table(doubts, style) + "\n" + blocked_table(doubts, style) + "\n" + curves_table(doubts, with_intervals, style);
  if (quiet) return page;

  double seconds = 0;
  bool cut = false;
  std::vector<std::string> broken;
  for (const auto& [protocol, doubt] : doubts) {
    seconds += doubt.seconds;
    cut = cut || doubt.locks.cut > 0;
    if (doubt.breaks > 0) broken.push_back(protocol + " in " + grouped(doubt.breaks) + " of " + counted(doubt.runs, "run", "runs"));
  }
  Table table{.indent = 0};
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!broken.empty()) table.add({{"atomicity", Ink::bad}, {"broken, two decisions differ: " + enumerated(broken), Ink::bad}});
  table.add({{"in doubt", Ink::faint}, {"up, has voted yes, and waits for the decision"}});
  table.add({{"blocked", Ink::faint}, {"in doubt when the run is over: at rest, or at its horizon of " + moment(first.horizon)}});
  if (cut) table.add({{"cut off", Ink::faint}, {"not over with the run: counted up to its horizon; a + says at least"}});
  std::string kind = "counted, one transaction a run, the same seed for all; ";
  kind += "intervals of Clopper and Pearson, 95 %, and for expected numbers sums of such";
  if (!with_intervals) kind += "; -v shows them all";
  table.add({{"kind", Ink::faint}, {kind}});
  table.add({{"seed", Ink::faint}, {std::to_string(first.seed)}});
  table.add({{"faults", Ink::faint}, {chances_text(about)}});
  add_delays(table, about);
  table.add({{"time", Ink::faint}, {duration(seconds)}});
  table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return page + "\n" + text_of(table, style);
}

}  // namespace commitlab
