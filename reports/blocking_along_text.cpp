#include <algorithm>
#include <array>

#include "reports/blocking_along_report.hpp"
#include "reports/delays_text.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"

namespace commitlab {
namespace {

using Side = Table::Side;

bool is_time(const std::string& axis) {
  constexpr std::array<std::string_view, 4> kTimes = {"timeout", "message", "force", "recovery"};
  return std::find(kTimes.begin(), kTimes.end(), axis) != kTimes.end();
}

std::string lasted(const Lasted& lasted) { return milliseconds(lasted.time) + (lasted.at_least ? "+" : ""); }

/// To the last decision, of the transactions that commit or abort.
std::string decided(const Sums& sums) {
  const std::uint64_t settled = sums.outcomes.commits + sums.outcomes.aborts;
  return settled == 0 ? "-"
                      : milliseconds(static_cast<Nanoseconds>((sums.latency_ns + settled / 2) / settled));
}

Cell head(const std::string& text) { return {text, Ink::faint}; }

std::vector<Cell> row_of(const BlockingAlong::Point& point, const BlockingAlong::Under& under) {
  std::vector<Cell> row;
  for (const auto& value : point.values) row.push_back({value});
  const Doubt& doubt = under.doubt;
  const Durations& all = doubt.in_doubt;
  row.push_back({under.protocol});
  row.push_back({share(under.sums.outcomes.commits, doubt.runs)});
  row.push_back({decided(under.sums)});
  for (const Lasted& one : {all.median, all.p99, all.mean})
    row.push_back({all.count == 0 ? "-" : lasted(one), one.at_least ? Ink::unsure : Ink::plain});
  row.push_back(
      {share(doubt.blocked.runs_with, doubt.runs), doubt.blocked.sum > 0 ? Ink::unsure : Ink::good});
  return row;
}

std::string values_text(const BlockingAlong& along, const BlockingAlong::Point& point) {
  std::string text;
  for (std::size_t i = 0; i < along.axes.size(); ++i)
    text += (text.empty() ? "" : ", ") + along.axes[i] + " " + point.values[i] +
            (is_time(along.axes[i]) ? " ms" : "");
  return text;
}

/// Where each protocol has the least mean, at the first point of several; and how many commit there: who
/// aborts at once is never in doubt.
std::string least_text(const BlockingAlong& along) {
  struct Least {
    std::string protocol;
    const BlockingAlong::Point* at;
    const BlockingAlong::Under* under;
  };
  std::vector<Least> least;
  for (const auto& point : along.points)
    for (const auto& under : point.under) {
      if (under.doubt.in_doubt.count == 0) continue;
      const auto known = std::find_if(least.begin(), least.end(),
                                      [&](const Least& one) { return one.protocol == under.protocol; });
      if (known == least.end())
        least.push_back({under.protocol, &point, &under});
      else if (under.doubt.in_doubt.mean.time < known->under->doubt.in_doubt.mean.time)
        *known = {under.protocol, &point, &under};
    }
  std::string text;
  for (const auto& [protocol, at, under] : least)
    text += (text.empty() ? "" : "; ") + protocol + " at " + values_text(along, *at) + ", " +
            lasted(under->doubt.in_doubt.mean) + " ms (commits " +
            share(under->sums.outcomes.commits, under->doubt.runs) + ")";
  return text;
}

std::string rows_text(const BlockingAlong& along, const Style& style) {
  Table table;
  std::vector<Cell> heads;
  for (const auto& axis : along.axes)
    heads.push_back(head(axis + (is_time(axis) ? ", ms" : ""))), table.sides.push_back(Side::right);
  for (const char* name : {"protocol", "commits", "decided", "median", "99 %", "mean", "blocked"}) {
    heads.push_back(head(name));
    table.sides.push_back(heads.size() == along.axes.size() + 1 ? Side::left : Side::right);
  }
  table.add(std::move(heads));
  for (const auto& point : along.points)
    for (const auto& under : point.under) table.add(row_of(point, under));
  return text_of(table, style);
}

}  // namespace

std::string blocking_along_text(const About& about, const BlockingAlong& along, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string page;
  if (!quiet && !about.title.empty()) page += painted(printable(about.title), Ink::strong, style) + "\n";
  const bool varies_size =
      std::find(along.axes.begin(), along.axes.end(), "participants") != along.axes.end();
  if (!quiet && !varies_size) page += participants_text(about.names) + "\n\n";
  page += rows_text(along, style);
  if (quiet) return page;

  Table table{.indent = 0};
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (const std::string least = least_text(along); along.points.size() > 1 && !least.empty())
    table.add({{"least doubt", Ink::faint}, {least, Ink::strong}});
  table.add({{"commits", Ink::faint}, {"share of all runs"}});
  table.add({{"decided", Ink::faint},
             {"mean time to the last decision in ms, of the transactions that commit or abort"}});
  table.add({{"in doubt", Ink::faint},
             {"median, 99 % and mean, in ms, of the time that each yes vote is in doubt: up, and waiting for "
              "the decision; a + says at least"}});
  table.add({{"blocked", Ink::faint}, {"share of the runs that end with a participant in doubt"}});
  table.add({{"kind", Ink::faint},
             {"counted, " + counted(along.runs, "run", "runs") +
              " of one transaction in each row, from the same seed; --json has the 95 % intervals"}});
  table.add({{"seed", Ink::faint}, {std::to_string(along.seed)}});
  table.add({{"faults", Ink::faint}, {chances_text(about)}});
  if (about.delays)
    table.add({{"delays", Ink::faint}, {delays_text(*about.delays, about.faults.recovery, along.axes)}});
  table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return page + "\n" + text_of(table, style);
}

}  // namespace commitlab
