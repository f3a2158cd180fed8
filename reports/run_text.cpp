// A run as a page: what happened when, what became of it, and under which conditions.
#include <algorithm>
#include <array>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/run_report.hpp"
#include "reports/told_run.hpp"
#include "reports/why.hpp"

namespace commitlab {

static constexpr std::array<std::string_view, 4> kOutcomes = {"commits", "aborts", "blocked", "breaks"};

static Ink ink_of_outcome(std::string_view outcome) {
  if (outcome == "commits") return Ink::good;
  if (outcome == "breaks") return Ink::bad;
  return outcome == "blocked" ? Ink::unsure : Ink::plain;
}

static std::string cost(const Run::Transaction& transaction) {
  return counted(transaction.messages, "message", "messages") + ", " + counted(transaction.forced_writes, "forced write", "forced writes");
}

// Why a run of one transaction is blocked.
static std::string blocked_text(const Run& run) {
  const auto& end = run.trace.end;
  const auto some = [&](auto&& is_so) { return std::any_of(end.begin(), end.end(), is_so); };
  const bool undecided = some([](const NodeView& node) { return node.up && node.decided.empty(); });
  const bool doubtful = some([](const NodeView& node) { return node.up && node.in_doubt; });
  return doubtful && !undecided ? ": somebody that is up is in doubt, though it has decided" : ": somebody that is up never decided";
}

static std::string outcome_text(const Run& run) {
  const Run::Transaction& transaction = run.transactions.front();
  std::string text = transaction.outcome;
  if (transaction.outcome == "breaks") text += " atomicity: two decisions differ";
  if (transaction.outcome == "blocked") text += transaction.latency_ns > 0 ? blocked_text(run) : ": nobody ever decided";
  if (transaction.latency_ns > 0) text += ", last decision after " + milliseconds(transaction.latency_ns) + " ms";
  return text + ", " + cost(transaction);
}

// Of the transactions with one outcome, or of all: how many, and what they took.
static std::vector<Cell> summary_row(const Run& run, std::string_view outcome) {
  std::vector<std::int64_t> latencies;
  std::uint64_t count = 0, messages = 0, forced_writes = 0;
  for (const auto& transaction : run.transactions) {
    if (outcome != "all" && transaction.outcome != outcome) continue;
    ++count;
    messages += transaction.messages;
    forced_writes += transaction.forced_writes;
    if (transaction.latency_ns > 0) latencies.push_back(transaction.latency_ns);
  }
  std::sort(latencies.begin(), latencies.end());
  const auto latency = [&](std::size_t i) { return latencies.empty() ? "-" : milliseconds(latencies[i]); };
  const auto mean = [&](std::uint64_t sum) { return count == 0 ? "-" : fixed(static_cast<double>(sum) / static_cast<double>(count), 2); };
  return {{std::string(outcome), count > 0 ? ink_of_outcome(outcome) : Ink::faint},
          {grouped(count)},
          {share(count, run.transactions.size())},
          {latency(0)},
          {latency(latencies.empty() ? 0 : (latencies.size() - 1) / 2)},
          {latency(latencies.empty() ? 0 : latencies.size() - 1)},
          {mean(messages)},
          {mean(forced_writes)}};
}

static std::string summary(const Run& run, const Style& style) {
  Table table{.sides = {Table::Side::left, Table::Side::right, Table::Side::right, Table::Side::right, Table::Side::right, Table::Side::right,
                        Table::Side::right, Table::Side::right}};
  std::vector<Cell> headings = {{"outcome"}, {"count"}, {"share"}, {"fastest, ms"}, {"median, ms"}, {"slowest, ms"}, {"messages each"}, {"forced writes each"}};
  for (auto& cell : headings) cell.ink = Ink::faint;
  table.add(std::move(headings));
  for (const std::string_view outcome : kOutcomes) table.add(summary_row(run, outcome));
  table.add(summary_row(run, "all"));
  return text_of(table, style);
}

// The lines of a run of many transactions are told only when verbose.
static bool tells_lines(const Run& run, const Style& style) {
  return style.detail == Detail::verbose || (style.detail == Detail::usual && run.transactions.size() == 1);
}

static void add_why(Table& table, const Run& run) {
  const auto ends_well = [](const Run::Transaction& transaction) { return transaction.outcome == "commits" || transaction.outcome == "aborts"; };
  if (std::all_of(run.transactions.begin(), run.transactions.end(), ends_well)) return;
  if (std::string why = why_text(run.trace, Clock::virtual_time); !why.empty()) table.add({{"why", Ink::faint}, {std::move(why)}});
}

static std::string conditions(const About& about, const Run& run, const SavedPlay* play, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  Table table{.indent = 0};
  if (run.transactions.size() == 1) {
    const auto& transaction = run.transactions.front();
    table.add({{"outcome", Ink::faint}, {outcome_text(run), ink_of_outcome(transaction.outcome)}});
  }
  if (tells_lines(run, style)) add_why(table, run);
  table.add({{"seed", Ink::faint}, {std::to_string(run.seed)}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    table.add({{"faults", Ink::faint}, {chances_text(about)}});
    add_delays(table, about);
    table.add({{"timing", Ink::faint},
               {run.synchronous ? "no timer fired while a message was under way: this is a synchronous run too"
                                : "a timer fired while a message was under way: an asynchronous run, not a synchronous one"}});
    const std::string ended = "at " + milliseconds(run.ended_ns) + " ms of virtual time, " + (run.horizon ? "cut at the horizon" : "with nothing left to happen") +
                              "; " + counted(run.events, "event", "events");
    table.add({{"ended", Ink::faint}, {ended}});
  }
  if (!quiet) table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  if (play != nullptr) table.add({{"replay", Ink::faint}, {command_text(about.program, play->replay), Ink::plain, true}});
  return text_of(table, style);
}

std::string run_text(const About& about, const Run& run, const SavedPlay* play, const Style& style) {
  const bool quiet = style.detail == Detail::quiet, one = run.transactions.size() == 1;
  std::string text;
  if (!quiet) text += heading(about, style) + "\n";
  if (tells_lines(run, style)) {
    text += votes_lines(run.trace, style) + "\n" + run_table(run.trace, Clock::virtual_time, style) + "\n";
    text += end_table(run.trace, style) + "\n";
  }
  if (!one) text += summary(run, style) + "\n";
  return text + conditions(about, run, play, style);
}

std::string shown_text(const About& about, const Run& run, const Style& style) {
  std::string text;
  if (style.detail != Detail::quiet) text += heading(about, style) + "\n" + votes_lines(run.trace, style) + "\n";
  text += run_table(run.trace, Clock::virtual_time, style);
  if (style.detail != Detail::quiet) {
    text += "\n" + end_table(run.trace, style) + "\n";
    Table table{.indent = 0};
    add_why(table, run);
    table.add({{"seed", Ink::faint}, {std::to_string(run.seed)}});
    add_delays(table, about);
    for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
    table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
    text += text_of(table, style);
  }
  return text;
}

}  // namespace commitlab
