#include "reports/report_page.hpp"

#include <array>

#include "reports/delays_text.hpp"
#include "reports/estimate_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/report_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

std::string status_html(Status status) {
  static constexpr std::array kSigns = {"\u2713", "\u2717", "?"};
  const std::string name(name_of(status));
  return "<span class=\"status " + name + "\"><span aria-hidden=\"true\">" + kSigns[static_cast<std::size_t>(status)] + "</span> " + name + "</span>";
}

std::string paragraph(const std::string& classes, std::string_view text) { return text_element("p", classes, text) + "\n"; }

std::string left_out_html(const std::string& why) { return paragraph("left-out", "Left out: " + why + "."); }

std::string command_html(const std::string& before, const std::string& command) {
  return "<p class=\"command\"><span class=\"faint\">" + html_text(before) + "</span> " + text_element("code", "", command) + "</p>\n";
}

std::string section(const std::string& id, const std::string& title, const std::string& html) {
  return "<section id=\"" + id + "\">\n" + text_element("h2", "", title) + "\n" + html + "</section>\n";
}

static std::string heading_of(const About& about) { return about.title.empty() ? about.protocol + ", " + participants_text(about.names) : about.title; }

static std::string who(const About& about) {
  constexpr std::size_t kMostNamed = 12;
  const std::vector<std::string> participants(about.names.begin() + (about.names.empty() ? 0 : 1), about.names.end());
  std::string text = about.protocol + (about.summary.empty() ? "" : ": " + about.summary) + ". " + participants_text(about.names);
  if (!participants.empty() && participants.size() <= kMostNamed) text += ": " + enumerated(participants);
  return text + ".";
}

/// One of the boxes at the top, which leads to its part.
struct Box {
  std::string to{}, question{}, answer{}, more{};  // text
  std::string classes{};
};
static std::string html_of(const Box& box) {
  const std::string inner = text_element("span", "question", box.question) + text_element("b", "", box.answer) + text_element("span", "more", box.more);
  return "<a class=\"answer" + (box.classes.empty() ? "" : " " + box.classes) + "\" href=\"#" + box.to + "\">" + inner + "</a>\n";
}

// "NB is violated", "AC1, AC2 and AC3 hold"; empty if no property has that status.
static std::string with_status(const Verdict& verdict, Status status) {
  std::vector<std::string> names;
  for (const auto& finding : verdict.findings)
    if (finding.status == status) names.push_back(finding.name);
  if (names.empty()) return "";
  const bool one = names.size() == 1;
  if (status == Status::holds) return enumerated(names) + (one ? " holds" : " hold");
  return enumerated(names) + (one ? " is " : " are ") + std::string(name_of(status));
}

static std::string others_than(const Verdict& verdict, Status worst) {
  std::string text;
  for (const Status status : {Status::violated, Status::inconclusive, Status::holds})
    if (const std::string part = status == worst ? "" : with_status(verdict, status); !part.empty()) text += (text.empty() ? "" : "; ") + part;
  return text;
}

static Box verdict_box(const Report& report) {
  const Verdict& verdict = *report.verdict.is;
  const Status status = verdict.status();
  std::string more = others_than(verdict, status);
  if (!more.empty()) more += "; ";
  const std::string visited = visited_text(verdict, report.about.method);
  more += verdict.stopped.empty() ? visited + ", all that can be reached" : verdict.stopped + ", after " + visited;
  return {"verdict", "What can happen?", with_status(verdict, status), more, std::string(name_of(status))};
}

static Box odds_box(const Estimate& estimate) {
  const std::string sampled = text(estimate.commits) + " of " + grouped(estimate.outcomes.runs()) + " runs; product rule " + estimate.product_decimal;
  if (!estimate.exact) return {"odds", "How likely does it commit?", text(estimate.commits), sampled};
  return {"odds", "How likely does it commit?", chance_text(*estimate.exact, &ExactOdds::commits), (estimate.exact->means ? "exact, at mean delays; " : "exact; ") + sampled};
}

static Box protocols_box(const std::vector<Compared>& compared) {
  std::vector<std::string> sound;
  std::size_t open = 0;
  for (const auto& one : compared) {
    if (one.verdict.status() == Status::holds) sound.push_back(one.protocol);
    if (one.verdict.status() == Status::inconclusive) ++open;
  }
  std::string more = enumerated(sound);
  if (open > 0) more += (more.empty() ? "" : "; ") + std::to_string(open) + " not settled within the limits";
  return {"protocols", "And other protocols?", std::to_string(sound.size()) + " of " + std::to_string(compared.size()) + " satisfy all properties", more};
}

std::string answers_part(const Report& report) {
  std::string html = "<nav class=\"answers\" aria-label=\"The answers\">\n";
  if (report.verdict) html += html_of(verdict_box(report));
  if (report.estimate) html += html_of(odds_box(*report.estimate.is));
  else if (report.run) html += html_of(Box{"happens", "What happens?", report.run.is->transactions.front().outcome, "one run in virtual time, from seed " + std::to_string(report.run.is->seed)});
  if (report.compared) html += html_of(protocols_box(*report.compared.is));
  return html + "</nav>\n";
}

static std::string method_part(const Report& report) {
  const About& about = report.about;
  Facts facts;
  if (report.verdict) {
    facts.emplace_back("faults, in what can happen", html_text(faults_text(about.faults, about.names)));
    facts.emplace_back("timing", html_text(timing_text(about.faults)));
    facts.emplace_back("votes", html_text(votes_text(about) + " (" + counted(report.verdict.is->starts, "start", "starts") + ")"));
    if (about.agreement == Agreement::live) facts.emplace_back("agreement", "live: decisions of nodes that are down do not count");
    if (const std::string method = method_text(about.method); !method.empty()) facts.emplace_back("search", html_text(method));
    facts.emplace_back("visited", html_text(visited_text(*report.verdict.is, about.method) + ", depth " + grouped(report.verdict.is->depth)));
  }
  if (report.run) facts.emplace_back("faults, by chance", html_text(chances_text(about)));
  if (report.run && about.delays) facts.emplace_back("delays, in virtual time", html_text(delays_text(*about.delays, about.faults.recovery)));
  for (const auto& warning : about.warnings) facts.emplace_back("warning", html_text(warning));
  facts.emplace_back("program", "commitlab " COMMITLAB_VERSION);
  static constexpr std::string_view kMethod =
      "\"What can happen\" visits every world that the faults allow. \"What happens\" is a simulated run in virtual time, drawn from one seed. \"How likely it is\" solves a "
      "Markov chain of all such runs, and counts a sample of them. All three run the same protocol code by the same steps. A verdict covers the protocol as it is written "
      "for commitlab, under these bounds; it covers no product of the same name.";
  return section("method", "Method and bounds", paragraph("", kMethod) + html_of(facts));
}

std::string report_html(const Report& report) {
  const About& about = report.about;
  const auto runs = shown_runs(report);
  Page page{.title = heading_of(about) + " - commitlab", .styles = {"page.css", "report.css"}, .scripts = {"report.js"}};
  page.body = "<header>\n" + text_element("h1", "", heading_of(about)) + "\n" + paragraph("faint", who(about)) + "</header>\n<main>\n";
  page.body += answers_part(report) + verdict_part(report, runs) + runs_part(report, runs) + odds_part(report);
  page.body += compare_part(report, runs) + cost_part(report) + method_part(report);
  const std::string again = "The same command produces the same page, byte for byte, unless a time limit ends a search.";
  page.body += section("again", "Ask it again", paragraph("", again) + command_html("", command_text(about)));
  page.body += "</main>\n";
  page.data = node_data(runs);
  return html(page);
}

}  // namespace commitlab
