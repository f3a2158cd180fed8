#include "reports/estimate_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"

namespace commitlab {

static std::string product_table(const Estimate& estimate, const Style& style) {
  Table table;
  table.add({{"participant", Ink::faint}, {"works out with probability", Ink::faint}});
  for (const auto& factor : estimate.factors) table.add({{factor.name}, {factor.success}});
  const bool rounded = estimate.product != estimate.product_decimal;
  table.add({{"product", Ink::strong}, {estimate.product + (rounded ? ", about " + estimate.product_decimal : ""), Ink::strong}});
  return text_of(table, style);
}

static std::string counted_table(const Estimate& estimate, const Style& style) {
  Table table{.sides = {Table::Side::left, Table::Side::right}};
  const Outcomes& outcomes = estimate.outcomes;
  table.add({{"of " + grouped(outcomes.runs()) + " runs", Ink::faint}, {"count", Ink::faint}, {"share", Ink::faint}, {"95 % interval", Ink::faint}});
  const auto add = [&](std::string_view name, std::uint64_t count, const Interval& interval, Ink ink) {
    table.add({{std::string(name), count > 0 ? ink : Ink::faint}, {grouped(count)}, {share(count, outcomes.runs())}, {text(interval)}});
  };
  add("commit", outcomes.commits, estimate.commits, Ink::good);
  add("abort", outcomes.aborts, estimate.aborts, Ink::plain);
  add("blocked", outcomes.blocked, estimate.blocked, Ink::unsure);
  add("break atomicity", outcomes.breaks, estimate.breaks, Ink::bad);
  return text_of(table, style);
}

std::string estimate_tables(const Estimate& estimate, const Style& style) {
  return product_table(estimate, style) + "\n" + counted_table(estimate, style);
}

std::string product_sentence(const Estimate& estimate) {
  const std::string product = "the product, " + estimate.product_decimal + ", ";
  const std::string interval = "the interval of commits, " + text(estimate.commits);
  if (estimate.product_inside) return product + "lies inside " + interval;
  std::string text = product + "lies outside " + interval;
  if (estimate.broken_assumptions.empty()) return text + "; nothing in this scenario breaks the product rule, so this is chance: try more runs";
  text += "; this scenario breaks an assumption of the product rule: ";
  for (std::size_t i = 0; i < estimate.broken_assumptions.size(); ++i) text += (i == 0 ? "" : "; ") + estimate.broken_assumptions[i];
  return text;
}

std::string estimate_text(const About& about, const Estimate& estimate, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string page;
  if (!quiet) page += heading(about, style) + "\n";
  page += estimate_tables(estimate, style) + "\n";
  Table table{.indent = 0};
  table.add({{"product", Ink::faint}, {product_sentence(estimate), estimate.product_inside ? Ink::good : Ink::unsure}});
  table.add({{"kind", Ink::faint}, {"the product is exact, the shares are counted: intervals of Clopper and Pearson, 95 %"}});
  table.add({{"seed", Ink::faint}, {std::to_string(estimate.seed)}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    const std::string cost = fixed(estimate.messages, 2) + " messages, " + fixed(estimate.forced_writes, 2) + " forced writes, " +
                             fixed(estimate.latency_ns / 1e6, 3) + " ms to the last decision";
    table.add({{"on average", Ink::faint}, {cost}});
    table.add({{"faults", Ink::faint}, {chances_text(about)}});
    table.add({{"time", Ink::faint}, {duration(estimate.seconds)}});
  }
  if (!quiet) table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return page + text_of(table, style);
}

}  // namespace commitlab
