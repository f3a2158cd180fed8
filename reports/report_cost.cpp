// What a transaction costs, in a report: messages, forced writes, and the time to the last decision.
#include <algorithm>
#include <array>
#include <map>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/report_parts.hpp"

namespace commitlab {
namespace {

using What = Trace::Effect::What;

/// "2 prepare, 2 yes": of the effects of one kind, how many of each word, in the order in which they first come. A broadcast is as
/// many messages as it has addressees.
std::string counted_words(const Trace& trace, What what, int node = -1) {
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const auto& line : trace.lines) {
    if (node >= 0 && line.node != node) continue;
    for (const auto& part : line.parts) {
      if (part.what != what) continue;
      const auto same = std::find_if(counts.begin(), counts.end(), [&](const auto& one) { return one.first == part.word; });
      const std::size_t many = what == What::send ? part.to.size() : 1;
      if (same == counts.end()) counts.emplace_back(part.word, many);
      else same->second += many;
    }
  }
  std::string text;
  for (const auto& [word, many] : counts) text += (text.empty() ? "" : ", ") + std::to_string(many) + " " + word;
  return text;
}

std::string of_run(const Trace& trace) {
  std::string forced;
  for (std::size_t node = 0; node < trace.names.size(); ++node) {
    const std::string words = counted_words(trace, What::force, static_cast<int>(node));
    if (!words.empty()) forced += (forced.empty() ? "" : "; ") + trace.names[node] + " " + words;
  }
  const std::string sent = counted_words(trace, What::send);
  const auto or_none = [](const std::string& words) { return html_text(words.empty() ? "none" : words); };
  return html_of(Facts{{"messages of the run above", or_none(sent)}, {"its forced writes", or_none(forced)}});
}

std::vector<std::string> row(const std::string& name, const std::string& messages, const std::string& forced, const std::string& latency) {
  return {html_text(name), messages, forced, latency};
}

std::string latency_text(double nanoseconds) { return nanoseconds > 0 ? fixed(nanoseconds / 1e6, 3) : "-"; }

/// All transactions of the scenario, one after another, by their outcomes.
std::string of_all(const Run& run) {
  Grid grid{.heads = {"outcome", "transactions", "messages each", "forced writes each", "ms to the last decision, mean"},
            .classes = {"", "number", "number", "number", "number"}};
  for (const std::string_view outcome : kOutcomeNames) {
    std::uint64_t count = 0;
    double messages = 0, forced = 0, latency = 0;
    for (const auto& transaction : run.transactions) {
      if (transaction.outcome != outcome) continue;
      ++count, latency += static_cast<double>(transaction.latency_ns);
      messages += static_cast<double>(transaction.messages), forced += static_cast<double>(transaction.forced_writes);
    }
    const auto mean = [&](double sum, int decimals) { return count == 0 ? "-" : fixed(sum / static_cast<double>(count), decimals); };
    grid.add({text_element("b", "", outcome), grouped(count), mean(messages, 2), mean(forced, 2), mean(latency / 1e6, 3)});
  }
  return text_element("h3", "", "All " + grouped(run.transactions.size()) + " transactions of the scenario, in one run") + html_of(grid);
}

}  // namespace

std::string cost_part(const Report& report) {
  Grid grid{.heads = {"one transaction", "messages", "forced writes", "ms to the last decision"}, .classes = {"", "number", "number", "number"}};
  if (report.run) {
    const auto& one = report.run.is->transactions.front();
    grid.add(row("of the run above", grouped(one.messages), grouped(one.forced_writes), latency_text(static_cast<double>(one.latency_ns))));
  }
  if (report.estimate) {
    const Estimate& estimate = *report.estimate.is;
    const std::string mean = "mean of " + grouped(estimate.outcomes.runs()) + " runs";
    grid.add(row(mean, fixed(estimate.messages, 4), fixed(estimate.forced_writes, 4), latency_text(estimate.latency_ns)));
    if (const auto& exact = estimate.exact) {
      const std::string expected = std::string("expected, exactly") + (exact->whole ? "" : " (at least)") + (exact->means ? ", at mean delays" : "");
      grid.add(row(expected, fixed(exact->messages, 4), fixed(exact->forced_writes, 4), exact->latency_ns ? latency_text(*exact->latency_ns) : "-"));
    }
  }
  if (grid.rows.empty()) return section("cost", "What it costs", left_out_html(report.run.left_out));
  std::string html = html_of(grid);
  if (report.run) html += of_run(report.run.is->trace);
  if (report.all) html += of_all(*report.all);
  return section("cost", "What it costs", html);
}

}  // namespace commitlab
