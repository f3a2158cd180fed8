// A run in a report: its picture, why it came so, every step in a table, and what every node is in the end.
#include <algorithm>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/picture.hpp"
#include "reports/report_parts.hpp"
#include "reports/told_run.hpp"
#include "reports/why.hpp"
#include "sim/names.hpp"

namespace commitlab {

static bool alike(const Trace& a, const Trace& b) {
  const auto same = [](const Trace::Line& x, const Trace::Line& y) { return told(x) == told(y); };
  return a.votes == b.votes && std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), same);
}

std::vector<ShownRun> witnesses_of(const Verdict& verdict, const std::string& before_ids) {
  std::vector<ShownRun> runs;
  for (const auto& finding : verdict.findings) {
    if (!finding.witness) continue;
    const auto same = std::find_if(runs.begin(), runs.end(), [&](const ShownRun& run) { return alike(*run.trace, *finding.witness); });
    if (same != runs.end()) same->findings.push_back(&finding);
    else runs.push_back({.id = before_ids + id_of(finding.name), .title = witness_title(finding), .trace = &*finding.witness, .findings = {&finding}});
  }
  for (auto& run : runs)
    for (std::size_t i = 1; i < run.findings.size(); ++i) run.title += (i + 1 == run.findings.size() ? " and " : ", ") + run.findings[i]->name;
  return runs;
}

std::vector<ShownRun> shown_runs(const Report& report) {
  std::vector<ShownRun> runs;
  if (report.verdict) runs = witnesses_of(*report.verdict.is, "");
  if (report.run) {
    const std::string title = "A run in virtual time, drawn from seed " + std::to_string(report.run.is->seed);
    runs.push_back({.id = "run", .title = title, .trace = &report.run.is->trace, .timed = true});
  }
  for (auto& run : runs) run.space = space_time(*run.trace);
  return runs;
}

const ShownRun* witness_of(const std::vector<ShownRun>& runs, const Finding& finding) {
  for (const auto& run : runs)
    if (std::find(run.findings.begin(), run.findings.end(), &finding) != run.findings.end()) return &run;
  return nullptr;
}

static std::string class_of(const Trace::Line& line) {
  switch (ink_of(line)) {
    case Ink::unsure: return "wrong";
    case Ink::strong: return "decides";
    default: return "";
  }
}

static std::string then_text(const Trace::Line& line, const std::vector<std::string>& names) {
  if (line.network) return "";
  std::string text = is_text(line.after, names);
  if (line.after.up && !line.after.decided.empty()) text += "; decided " + line.after.decided;
  return text;
}

static std::string steps_table(const ShownRun& run) {
  const Trace& trace = *run.trace;
  Grid grid{.heads = {"step"}, .classes = {"number"}};
  if (run.timed) grid.heads.push_back("ms"), grid.classes.push_back("number");
  for (const char* head : {"node", "what happens", "what it does", "and is then"}) grid.heads.emplace_back(head);
  for (std::size_t i = 0; i < trace.lines.size(); ++i) {
    const Trace::Line& line = trace.lines[i];
    const std::string number = std::to_string(i + 1), place = run.id + "-" + number;
    std::vector<std::string> row{link_to(place, number)};
    if (run.timed) row.push_back(milliseconds(line.at_ns));
    row.insert(row.end(), {html_text(subject(line, trace.names)), breakable(with_names(line.happened, trace.names)), breakable(effects_by_name(line, trace.names)),
                           breakable(then_text(line, trace.names))});
    grid.add(std::move(row), " id=\"" + place + "\" data-step=\"" + number + "\"" + (class_of(line).empty() ? "" : " class=\"" + class_of(line) + "\""));
  }
  return html_of(grid);
}

static std::string end_table(const ShownRun& run) {
  const Trace& trace = *run.trace;
  const auto transactions = static_cast<std::size_t>(std::max(trace.transactions, 1));
  Grid grid{.heads = {"in the end", "is", "decided", "log (? = not yet on disk)"}};
  for (std::size_t i = 0; i < trace.end.size(); ++i) {
    const std::size_t node = i / transactions;
    const std::string name = node < trace.names.size() ? trace.names[node] : std::to_string(node);
    const NodeView& view = trace.end[i];
    const std::string is = element("span", view.up && !view.in_doubt ? "" : "doubtful", breakable(is_text(view, trace.names)));
    grid.add({html_text(transactions > 1 ? name + " #" + std::to_string(i % transactions + 1) : name), is, html_text(view.decided.empty() ? "-" : view.decided),
              breakable(log_text(view, trace.names))});
  }
  return html_of(grid);
}

static std::string votes_html(const Trace& trace) {
  std::string text;
  for (std::size_t t = 0; t < trace.votes.size(); ++t)
    text += (text.empty() ? "" : "; ") + (trace.votes.size() > 1 ? "#" + std::to_string(t + 1) + ": " : "") + votes_by_name(trace.votes[t], trace.names);
  return text.empty() ? "" : paragraph("faint", "Votes: " + text + ".");
}

static std::string outcome_html(const Run& run) {
  const auto& transaction = run.transactions.front();
  std::string text = "It " + transaction.outcome;
  if (transaction.outcome == "blocked") text = "Blocked: a node that is up never decided";
  if (transaction.outcome == "breaks") text += " atomicity: two decisions differ";
  if (transaction.latency_ns > 0) text += ", the last decision after " + milliseconds(transaction.latency_ns) + " ms";
  text += run.synchronous ? ". No timer fired while a message was under way." : ". A timer fired while a message was under way: not a synchronous run.";
  return paragraph("", text + (run.horizon ? " The run was cut off at the horizon." : ""));
}

static std::string why_html(const std::string& why) { return why.empty() ? "" : element("p", "why", "<b>Why</b> " + html_text(why)); }

/// A picture of more lanes would be illegible if it were made as narrow as its box.
static constexpr std::size_t kMostLanesShrunk = 7;

static std::string one_run(const Report& report, const ShownRun& run) {
  std::string html = "<section class=\"run\" id=\"" + run.id + "\" data-run=\"" + run.id + "\">\n" + text_element("h3", "", run.title) + "\n";
  for (const Finding* finding : run.findings) html += paragraph("", finding->name + ": " + finding->why + ".");
  if (run.timed) html += outcome_html(*report.run.is);
  html += votes_html(*run.trace);
  const PictureOptions options{.scale = run.timed ? Scale::virtual_time : Scale::steps, .standalone = false, .id = run.id};
  const bool large = run.trace->names.size() > kMostLanesShrunk;
  html += element("div", "stage", scroller(large ? "picture large" : "picture", "picture of the run", picture_svg(*run.trace, run.space, options))) + "\n";
  if (run.timed) html += why_html(why_text(*run.trace, Clock::virtual_time));
  std::vector<std::string> told;  // of properties that are broken together the cause may be one
  for (const Finding* finding : run.findings) {
    std::string why = why_html(why_text(*finding));
    if (std::find(told.begin(), told.end(), why) == told.end()) html += why, told.push_back(std::move(why));
    if (finding->stuck && finding->stuck->worlds > 0) html += paragraph("faint", "Stuck " + stuck_text(*finding->stuck) + ".");
  }
  html += "<details open><summary>All " + counted(run.trace->lines.size(), "step", "steps") + "</summary>\n" + steps_table(run) + end_table(run) + "</details>\n";
  return html + "</section>\n";
}

std::string runs_part(const Report& report, const std::vector<ShownRun>& runs) {
  std::string html;
  for (const auto& run : runs) {
    if (run.timed) continue;
    html += one_run(report, run);
  }
  if (!html.empty()) html = section("witnesses", runs.size() > (report.run ? 2u : 1u) ? "The runs that break it" : "The run that breaks it", html);
  std::string simulated;
  for (const auto& run : runs)
    if (run.timed) simulated += one_run(report, run);
  if (simulated.empty()) simulated = left_out_html(report.run.left_out);
  return html + section("happens", "What happens", simulated + command_html("As text:", report.run.command));
}

}  // namespace commitlab
