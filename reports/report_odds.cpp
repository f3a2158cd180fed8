// How likely it is, in a report: the product rule beside the exact chances, their range over all orders, and counted runs.
#include <charconv>

#include "reports/estimate_report.hpp"
#include "reports/gap_report.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/range_report.hpp"
#include "reports/report_parts.hpp"

namespace commitlab {
namespace {

/// One outcome, by every way to find its chance.
struct Ways {
  std::string name, product;
  const Interval* exact;              // null: none
  const OddsRange::Extremes* orders;  // null: none
  std::uint64_t count;
  Interval counted;
};

std::vector<Ways> ways_of(const Estimate& estimate) {
  const ExactOdds* exact = estimate.exact ? &*estimate.exact : nullptr;
  const OddsRange* range = estimate.range && estimate.range->refused.empty() ? &*estimate.range : nullptr;
  const Outcomes& outcomes = estimate.outcomes;
  const auto exactly = [&](Interval ExactOdds::*chance) { return exact == nullptr ? nullptr : &(exact->*chance); };
  const auto over_orders = [&](OddsRange::Extremes OddsRange::*extremes) { return range == nullptr ? nullptr : &(range->*extremes); };
  return {{"commit", estimate.product_decimal, exactly(&ExactOdds::commits), over_orders(&OddsRange::commits), outcomes.commits, estimate.commits},
          {"abort", estimate.one_less_product, exactly(&ExactOdds::aborts), over_orders(&OddsRange::aborts), outcomes.aborts, estimate.aborts},
          {"blocked", "0", exactly(&ExactOdds::blocked), over_orders(&OddsRange::blocked), outcomes.blocked, estimate.blocked},
          {"break atomicity", "0", exactly(&ExactOdds::breaks), over_orders(&OddsRange::breaks), outcomes.breaks, estimate.breaks}};
}

std::string odds_table(const Estimate& estimate) {
  const auto ways = ways_of(estimate);
  const bool exact = ways.front().exact != nullptr, orders = ways.front().orders != nullptr;
  Grid grid{.heads = {"outcome", "product rule"}, .classes = {"", "number"}};
  if (exact) grid.heads.push_back(estimate.exact->means ? "exact, at mean delays" : "exact");
  if (orders) grid.heads.emplace_back("over all orders");
  grid.heads.insert(grid.heads.end(), {"of " + grouped(estimate.outcomes.runs()) + " runs", "share", "95 % interval"});
  grid.classes.resize(grid.heads.size(), "number");
  for (const auto& way : ways) {
    std::vector<std::string> row{text_element("b", "", way.name), html_text(way.product)};
    if (exact) row.push_back(text_element("b", "", chance_text(*way.exact)));
    if (orders) row.push_back(html_text(range_text(*way.orders)));
    row.insert(row.end(), {grouped(way.count), html_text(share_text(way.count, estimate.outcomes.runs(), way.counted)), html_text(text(way.counted))});
    grid.add(std::move(row));
  }
  return html_of(grid);
}

double number_in(const std::string& decimal) {
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  return value;
}

std::string commit_chart(const Estimate& estimate) {
  using Drawn = ChanceRow::Drawn;
  const Ways way = ways_of(estimate).front();
  const double product = number_in(estimate.product_decimal);
  std::vector<ChanceRow> rows{{"product rule", way.product, {product, product}, Drawn::tick}};
  if (way.exact != nullptr) rows.push_back({estimate.exact->means ? "exact, mean delays" : "exact", chance_text(*way.exact), *way.exact, Drawn::mark});
  if (way.orders != nullptr) rows.push_back({"over all orders", range_text(*way.orders), way.orders->outer(), Drawn::band});
  rows.push_back({"sampled, 95 %", text(way.counted), way.counted, Drawn::band});
  return chances_chart("Chance that the transaction commits", rows, AxisScale::linear);
}

/// What may happen beside a commit, from 1 down to the least of them.
std::string other_chart(const Estimate& estimate) {
  using Drawn = ChanceRow::Drawn;
  std::vector<ChanceRow> rows;
  const auto ways = ways_of(estimate);
  for (std::size_t i = 1; i < ways.size(); ++i) {
    const Ways& way = ways[i];
    if (way.exact != nullptr && way.exact->high > 1e-12) rows.push_back({way.name + ", exact", chance_text(*way.exact), *way.exact, Drawn::mark});
    rows.push_back({way.name + ", sampled, 95 %", text(way.counted), way.counted, Drawn::band});
  }
  return chances_chart("Chances of the other outcomes, on a logarithmic scale", rows, AxisScale::logarithmic);
}

std::string gap_html(const Estimate& estimate) {
  if (!estimate.gap || estimate.gap->causes.empty()) return "";
  Grid grid{.heads = {kGapHeads.begin(), kGapHeads.end()}, .classes = {"", "number", "number", "number"}};
  for (const auto& row : gap_rows(*estimate.gap))
    grid.add({text_element(row.all ? "b" : "span", "", row.cause), html_text(row.commits), html_text(row.explains), html_text(row.part)});
  return text_element("h3", "", "From the product rule to the exact chance") + html_of(grid);
}

std::string product_html(const Estimate& estimate) {
  std::string factors;
  for (const auto& factor : estimate.factors) factors += (factors.empty() ? "" : " \u00d7 ") + factor.success + " (" + factor.name + ")";
  const std::string rounded = estimate.product == estimate.product_decimal ? "" : ", about " + estimate.product_decimal;
  const std::string meaning = ": the chance of commit if each participant only had to do its own work.";
  return element("p", "", "<b>Product rule</b> " + html_text(factors + " = " + estimate.product + rounded + meaning));
}

std::string sentence_of(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + ".";
}

std::string curves_html(const Report& report) {
  std::string html;
  for (const auto& part : report.curves) {
    if (!part) {
      html += left_out_html(part.left_out);
      continue;
    }
    html += text_element("h3", "", "Along " + part.is->along) + element("div", "charts", charts_of(*part.is)) + "\n" + paragraph("faint", sentence_of(part.is->from));
    if (!part.command.empty()) html += command_html("As rows:", part.command);
  }
  return html;
}

}  // namespace

std::string odds_part(const Report& report) {
  if (!report.estimate) return section("odds", "How likely it is", left_out_html(report.estimate.left_out) + curves_html(report));
  const Estimate& estimate = *report.estimate.is;
  std::string html = product_html(estimate) + element("div", "charts", commit_chart(estimate) + other_chart(estimate)) + "\n" + odds_table(estimate);
  html += paragraph("", sentence_of(product_sentence(estimate))) + gap_html(estimate);
  Facts facts{{"faults", html_text(chances_text(report.about))}, {"how found", html_text(kind_sentence(estimate))}};
  if (estimate.range) facts.emplace_back("orders", html_text(range_sentence(*estimate.range)));
  facts.emplace_back("seed", std::to_string(estimate.seed));
  html += html_of(facts) + command_html("As text:", report.estimate.command);
  return section("odds", "How likely it is", html + curves_html(report));
}

}  // namespace commitlab
