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
  std::string exact_text;
  const OddsRange::Extremes* orders;  // null: none
  std::string orders_text;
  std::uint64_t count;
  Interval counted;
};

std::vector<Ways> ways_of(const Estimate& estimate) {
  const ExactOdds* exact = estimate.exact ? &*estimate.exact : nullptr;
  const OddsRange* range = estimate.range && estimate.range->refused.empty() ? &*estimate.range : nullptr;
  const Outcomes& outcomes = estimate.outcomes;
  const auto way = [&](std::string name, std::string product, Interval ExactOdds::*chance, OddsRange::Extremes OddsRange::*extremes, std::uint64_t count, const Interval& counted) {
    Ways ways{std::move(name), std::move(product), nullptr, "", nullptr, "", count, counted};
    if (exact != nullptr) ways.exact = &(exact->*chance), ways.exact_text = chance_text(*exact, chance);
    if (range != nullptr) ways.orders = &(range->*extremes), ways.orders_text = range_text(*range, range->*extremes);
    return ways;
  };
  return {way("commit", estimate.product_decimal, &ExactOdds::commits, &OddsRange::commits, outcomes.commits, estimate.commits),
          way("abort", estimate.one_less_product, &ExactOdds::aborts, &OddsRange::aborts, outcomes.aborts, estimate.aborts),
          way("blocked", "0", &ExactOdds::blocked, &OddsRange::blocked, outcomes.blocked, estimate.blocked),
          way("break atomicity", "0", &ExactOdds::breaks, &OddsRange::breaks, outcomes.breaks, estimate.breaks)};
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
    if (exact) row.push_back(text_element("b", "", way.exact_text));
    if (orders) row.push_back(html_text(way.orders_text));
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
  if (way.exact != nullptr) rows.push_back({estimate.exact->means ? "exact, mean delays" : "exact", way.exact_text, *way.exact, Drawn::mark});
  if (way.orders != nullptr) rows.push_back({"over all orders", way.orders_text, way.orders->outer(), Drawn::band});
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
    if (way.exact != nullptr && way.exact->high > 1e-12) rows.push_back({way.name + ", exact", way.exact_text, *way.exact, Drawn::mark});
    rows.push_back({way.name + ", sampled, 95 %", text(way.counted), way.counted, Drawn::band});
  }
  return chances_chart("Chances of the other outcomes, on a logarithmic scale", rows, AxisScale::logarithmic);
}

std::string sentence_of(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + ".";
}

std::string gap_html(const Estimate& estimate) {
  if (estimate.gap && !estimate.gap->stopped.empty()) return paragraph("faint", sentence_of("what explains the gap is left out: " + estimate.gap->stopped));
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
  if (!estimate.stopped.empty()) facts.emplace_back("counted", html_text("fewer runs than were asked for: " + estimate.stopped));
  facts.emplace_back("seed", std::to_string(estimate.seed));
  html += html_of(facts) + command_html("As text:", report.estimate.command);
  return section("odds", "How likely it is", html + curves_html(report));
}

}  // namespace commitlab
