#include <charconv>

#include "reports/estimate_report.hpp"
#include "reports/gap_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/range_report.hpp"

namespace commitlab {

static std::string product_table(const Estimate& estimate, const Style& style) {
  Table table;
  table.add({{"participant", Ink::faint}, {"works out with probability", Ink::faint}});
  for (const auto& factor : estimate.factors) table.add({{factor.name}, {factor.success}});
  const bool rounded = estimate.product != estimate.product_decimal;
  table.add({{"product", Ink::strong}, {estimate.product + (rounded ? ", about " + estimate.product_decimal : ""), Ink::strong}});
  return text_of(table, style);
}

std::string chance_text(const Interval& chance) {
  if (chance.high - chance.low > 1e-9) return text(chance);
  const double middle = (chance.low + chance.high) / 2;
  return middle == 0 ? "0" : middle < 1e-9 ? tiny_text(chance) : fixed(middle, 10);
}

std::string chance_text(const ExactOdds& odds, Interval ExactOdds::*which) {
  const Interval& chance = odds.*which;
  return chance_text(chance) + (!odds.conclusive && chance.high - chance.low > 1e-9 ? ", inconclusive" : "");
}

std::string share_text(std::uint64_t count, std::uint64_t runs, const Interval& interval) {
  if (count == 0 && runs > 0) return "< " + high_text(interval);
  if (count == runs && runs > 0) return "> " + low_text(interval);
  return share(count, runs);
}

/// The same outcomes by the product rule, by all runs, and by those that were drawn.
static std::string outcomes_table(const Estimate& estimate, const Style& style) {
  using Side = Table::Side;
  Table table;
  const Outcomes& outcomes = estimate.outcomes;
  const bool exact = estimate.exact.has_value(), ranges = estimate.range && estimate.range->refused.empty();
  std::vector<Cell> head{{"outcome", Ink::faint}, {"product rule", Ink::faint}};
  if (exact) head.push_back({estimate.exact->means && !ranges ? "exact, at mean delays" : "exact", Ink::faint});
  if (ranges) head.push_back({"over all orders", Ink::faint});
  table.sides.assign(head.size(), Side::left);
  table.sides.push_back(Side::right);
  head.push_back({"of " + grouped(outcomes.runs()) + " runs", Ink::faint});
  if (!ranges) head.push_back({"share", Ink::faint});
  head.push_back({"95 % interval", Ink::faint});
  table.add(head);
  const auto add = [&](std::string_view name, const std::string& product, Interval ExactOdds::*chance, const OddsRange::Extremes& extremes, std::uint64_t count, const Interval& interval, Ink ink) {
    std::vector<Cell> row{{std::string(name), count > 0 ? ink : Ink::faint}, {product}};
    if (exact) row.push_back({chance_text(*estimate.exact, chance), estimate.exact->conclusive ? Ink::strong : Ink::unsure});
    if (ranges) row.push_back({range_text(*estimate.range, extremes), estimate.range->conclusive ? Ink::plain : Ink::unsure});
    row.push_back({grouped(count)});
    if (!ranges) row.push_back({share_text(count, outcomes.runs(), interval)});
    row.push_back({text(interval)});
    table.add(row);
  };
  const OddsRange range = estimate.range.value_or(OddsRange{});
  add("commit", estimate.product_decimal, &ExactOdds::commits, range.commits, outcomes.commits, estimate.commits, Ink::good);
  add("abort", estimate.one_less_product, &ExactOdds::aborts, range.aborts, outcomes.aborts, estimate.aborts, Ink::plain);
  add("blocked", "0", &ExactOdds::blocked, range.blocked, outcomes.blocked, estimate.blocked, Ink::unsure);
  add("break atomicity", "0", &ExactOdds::breaks, range.breaks, outcomes.breaks, estimate.breaks, Ink::bad);
  return text_of(table, style);
}

std::string estimate_tables(const Estimate& estimate, const Style& style) {
  std::string tables = product_table(estimate, style) + "\n" + outcomes_table(estimate, style);
  if (estimate.gap && !estimate.gap->causes.empty()) tables += "\n" + gap_table(*estimate.gap, style);
  return tables;
}

/// Is the product the exact chance of a commit?
enum class Agrees : std::uint8_t { yes, no, unknown };

static Agrees product_agrees(const Estimate& estimate) {
  constexpr double kRounding = 1e-9;  // of ten digits, and of bounds that are conclusive
  if (!estimate.exact) return Agrees::unknown;
  double product = 0;
  std::from_chars(estimate.product_decimal.data(), estimate.product_decimal.data() + estimate.product_decimal.size(), product);
  const Interval& chance = estimate.exact->commits;
  if (product < chance.low - kRounding || product > chance.high + kRounding) return Agrees::no;
  return estimate.exact->conclusive ? Agrees::yes : Agrees::unknown;
}

static std::string broken_assumptions(const Estimate& estimate) {
  std::string text = "this scenario breaks an assumption of the product rule: ";
  for (std::size_t i = 0; i < estimate.broken_assumptions.size(); ++i) text += (i == 0 ? "" : "; ") + estimate.broken_assumptions[i];
  return text;
}

std::string product_sentence(const Estimate& estimate) {
  const bool inside = estimate.product_inside, broken = !estimate.broken_assumptions.empty();
  const Agrees agrees = product_agrees(estimate);
  std::string text = "the product, " + estimate.product_decimal + ", lies " + (inside ? "inside" : "outside") + " the interval of commits, " +
                     commitlab::text(estimate.commits);
  if (inside && agrees != Agrees::no) return text;
  if (agrees == Agrees::no && (inside || !broken)) {
    text += std::string(inside ? ", but" : ", and") + " is not the exact chance, " + chance_text(*estimate.exact, &ExactOdds::commits);
    return text + "; " + (broken ? broken_assumptions(estimate) : "the protocol and its delays make the difference");
  }
  // With delays at their means timers may fire less often than in the runs.
  const bool is_chance = agrees == Agrees::yes && !(broken && estimate.exact->means);
  if (is_chance) return text + "; it is the exact chance, so this is chance: try more runs";
  if (broken) return text + "; " + broken_assumptions(estimate);
  if (agrees == Agrees::yes) return text + "; it is the exact chance at mean delays, so this is chance, or delays that are longer: try more runs";
  return text + "; the exact chance is not known, and so not whether this is chance: try more runs";
}

/// A run for each number of yes votes.
static std::string counted_runs(std::uint32_t counts) { return counted(counts, "run", "runs") + ", one for each number of yes votes"; }

std::string kind_sentence(const Estimate& estimate) {
  std::string counted = "the shares are counted: intervals of Clopper and Pearson, 95 %";
  if (const std::size_t looks = estimate.looks.at.size(); looks > 1) counted += " over all " + std::to_string(looks) + " looks";
  if (!estimate.exact) return "the product is exact, " + counted;
  const ExactOdds& odds = *estimate.exact;
  if (odds.counts > 0) {
    const std::string runs = "exact: only votes are left to chance, and participants are alike: " + counted_runs(odds.counts);
    return runs + ", added up on rational numbers" + (odds.means ? "; delays at their means; " : "; ") + counted;
  }
  std::string exact = "exact: a Markov chain of " + grouped(odds.moments) + " moments" + (odds.alike ? ", equal participants taken together, " : ", ");
  if (!odds.fractions[0].empty()) exact += "solved on rational numbers";
  else if (odds.conclusive) exact += "solved between bounds less than 1e-9 apart";
  else exact += "inconclusive, since " + odds.stopped + "; the bounds hold";
  if (odds.means) exact += "; delays at their means";
  return exact + "; " + counted;
}

std::string expected_text(const ExactOdds& odds) {
  std::string text = fixed(odds.messages, 4) + " messages, " + fixed(odds.forced_writes, 4) + " forced writes";
  if (odds.latency_ns) text += ", " + fixed(*odds.latency_ns / 1e6, 4) + " ms to the last decision";
  return text;
}

/// Why there are no more runs.
static std::string ended_sentence(const Estimate& estimate) {
  const std::string look = "at look " + std::to_string(estimate.look + 1) + " of " + std::to_string(estimate.looks.at.size()) + ", after " +
                           counted(estimate.outcomes.runs(), "run", "runs") + ": ";
  const std::string width = significant(*estimate.width, 15);
  return look + (estimate.narrow ? "no interval is wider than " + width : "there may be no more, though an interval is wider than " + width);
}

/// That a limit came before all runs were counted.
static std::string fewer_sentence(const Estimate& estimate) {
  return counted(estimate.outcomes.runs(), "run", "runs") + ", fewer than were asked for: " + estimate.stopped;
}

static std::string rare_sentence(const RareOdds& odds) {
  static constexpr std::string_view kNames[] = {"commit", "abort", "blocked", "break atomicity"};
  std::string text = std::string(kNames[static_cast<std::size_t>(odds.event)]) + ": ";
  const std::string replications = counted(odds.replications, "replication", "replications");
  if (odds.saw == 0) text += "not seen in " + replications + ", which is no bound";
  else if (!odds.interval) text += "seen in " + std::to_string(odds.saw) + " of " + replications + " only, too few for an interval: try more runs";
  else text += "about " + significant(odds.mean, 3) + ", 95 % interval " + scientific_text(*odds.interval);
  return text + "; importance splitting, " + (odds.interval ? replications + ", " : "") + counted(odds.parts_of_runs, "part of a run", "parts of runs") + (odds.stopped.empty() ? "" : "; fewer than were asked for: " + odds.stopped);
}

/// What trying again is worth by the product rule.
static std::string retries_table(const Retries& retries, const Style& style) {
  Table table;
  table.add({{"by the product rule, tries", Ink::faint}, {"commits with", Ink::faint}, {"expected calls of participants", Ink::faint}});
  const std::string most = "up to " + counted(retries.tries, "try", "tries");
  table.add({{"of the whole transaction, " + most}, {retries.whole}, {retries.whole_calls}});
  table.add({{"of each participant by itself, " + most}, {retries.selective}, {retries.selective_calls}});
  return text_of(table, style);
}

std::string estimate_text(const About& about, const Estimate& estimate, const Style& style, const std::optional<Retries>& retries) {
  const bool quiet = style.detail == Detail::quiet;
  std::string page;
  if (!quiet) page += heading(about, style) + "\n";
  page += estimate_tables(estimate, style) + "\n";
  if (retries) page += retries_table(*retries, style) + "\n";
  Table table{.indent = 0};
  table.add({{"product", Ink::faint}, {product_sentence(estimate), estimate.product_inside ? Ink::good : Ink::unsure}});
  table.add({{"kind", Ink::faint}, {kind_sentence(estimate)}});
  if (!estimate.stopped.empty()) table.add({{"counted", Ink::unsure}, {fewer_sentence(estimate), Ink::unsure}});
  if (estimate.gap && !estimate.gap->stopped.empty()) table.add({{"gap", Ink::unsure}, {"what explains it is left out: " + estimate.gap->stopped, Ink::unsure}});
  if (estimate.range) table.add({{"orders", Ink::faint}, {range_sentence(*estimate.range)}});
  if (estimate.width) table.add({{"ended", Ink::faint}, {ended_sentence(estimate), estimate.narrow ? Ink::plain : Ink::unsure}});
  if (estimate.rare) table.add({{"rare", Ink::faint}, {rare_sentence(*estimate.rare), estimate.rare->interval ? Ink::strong : Ink::unsure}});
  table.add({{"seed", Ink::faint}, {std::to_string(estimate.seed)}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    const std::string cost = fixed(estimate.messages, 2) + " messages, " + fixed(estimate.forced_writes, 2) + " forced writes, " +
                             fixed(estimate.latency_ns / 1e6, 3) + " ms to the last decision";
    table.add({{"on average", Ink::faint}, {cost}});
    if (estimate.exact) table.add({{"expected", Ink::faint}, {expected_text(*estimate.exact)}});
    table.add({{"faults", Ink::faint}, {chances_text(about)}});
    add_delays(table, about);
    const double seconds = estimate.seconds + (estimate.exact ? estimate.exact->seconds : 0) + (estimate.gap ? estimate.gap->seconds : 0) + (estimate.range ? estimate.range->seconds : 0) + (estimate.rare ? estimate.rare->seconds : 0);
    table.add({{"time", Ink::faint}, {duration(seconds)}});
  }
  if (!quiet) table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return page + text_of(table, style);
}

}  // namespace commitlab
