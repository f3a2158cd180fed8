// A report says what was found, each cell where it belongs, and nothing in it but its own scripts is more than text.
#include "reports/report_page.hpp"

#include "reports/report_parts.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using What = Trace::Effect::What;

bool has(const std::string& text, const std::string& words) { return text.find(words) != text.npos; }

std::size_t times(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) ++count;
  return count;
}

/// The coordinator tells p1 to prepare and stops; p1 hears it and waits.
Trace doubtful_run() {
  Trace run{.protocol = "2pc", .names = {"coordinator", "p1"}, .votes = {"yes"}};
  run.faults.left.crashes = 1;
  run.begin = {{.state = "idle"}, {.state = "idle"}};
  run.lines = {{.node = 0, .happened = "start", .effects = {"send prepare to 1", "crash"}, .after = {.up = false}, .event = Event::start,
                .parts = {{.what = What::send, .word = "prepare", .to = {1}}, {.what = What::crash}}},
               {.node = 1, .happened = "deliver prepare from 0", .effects = {"force prepared"}, .after = {.in_doubt = true, .state = "prepared", .log = {"prepared"}}, .event = Event::deliver, .peer = 0,
                .word = "prepare", .parts = {{.what = What::force, .word = "prepared"}}}};
  run.end = {{.up = false}, {.in_doubt = true, .state = "prepared", .log = {"prepared"}}};
  return run;
}

Verdict verdict_of(const Trace& witness) {
  Verdict verdict;
  verdict.findings = {{.property = Property::AC1, .name = "AC1", .status = Status::holds},
                      {.property = Property::NB, .name = "NB", .status = Status::violated, .why = "p1 waits for the coordinator", .witness = witness}};
  verdict.worlds = 12, verdict.steps = 34, verdict.depth = 5, verdict.starts = 2;
  return verdict;
}

Report report_of(const Trace& witness) {
  Report report{.about = {.program = "./lab", .arguments = {"report", "2pc"}, .protocol = "2pc", .summary = "two-phase commit", .names = witness.names}};
  report.verdict = {.is = verdict_of(witness), .left_out = {}, .command = "./lab check 2pc"};
  report.run.left_out = "no run", report.estimate.left_out = "no chances", report.compared.left_out = "no others";
  return report;
}

}  // namespace

TEST_CASE("each property has a row, and each breach a link to its run") {
  const std::string html = report_html(report_of(doubtful_run()));
  CHECK(has(html, "<tr><td><b>AC1</b></td><td>agreement</td><td><span class=\"status holds\"><span aria-hidden=\"true\">\u2713</span> holds</span></td><td></td><td class=\"whole\"></td></tr>"));
  CHECK(has(html, "<tr><td><b>NB</b></td><td>non-blocking</td><td><span class=\"status violated\"><span aria-hidden=\"true\">\u2717</span> violated</span></td>"
                  "<td>p1 waits for the coordinator</td><td class=\"whole\"><a href=\"#NB\">2 steps</a></td></tr>"));
  CHECK(has(html, "<section class=\"run\" id=\"NB\" data-run=\"NB\">"));
  CHECK(has(html, "visited, 12 worlds by 34 steps, and each was kept whole"));
  CHECK(has(html, "<b>NB is violated</b>"));
  CHECK(has(html, "Left out: no chances."));
  CHECK(has(html, "Left out: no others."));
}

TEST_CASE("every step of a run is a row that a link can lead to") {
  const std::string html = report_html(report_of(doubtful_run()));
  CHECK(has(html, "<tr id=\"NB-1\" data-step=\"1\" class=\"wrong\"><td class=\"number\"><a href=\"#NB-1\">1</a></td><td>coordinator</td><td>start</td><td>send prepare to p1; crash</td><td>down</td></tr>"));
  CHECK(has(html, "<tr id=\"NB-2\" data-step=\"2\"><td class=\"number\"><a href=\"#NB-2\">2</a></td><td>p1</td><td>deliver prepare from coordinator</td><td>force prepared</td><td>prepared, in doubt</td></tr>"));
  CHECK(has(html, "<tr><td>p1</td><td><span class=\"doubtful\">prepared, in doubt</span></td><td>-</td><td>prepared</td></tr>"));
}

TEST_CASE("the script is told what every node was, and what each step has changed") {
  const Report report = report_of(doubtful_run());
  // Looks are flags (1 up, 2 in doubt), what it is, what it decided, its log, its inbox.
  CHECK(node_data(shown_runs(report)) ==
        R"({"texts":["idle","","-","down","prepare from coordinator","prepared, in doubt","prepared"],)"
        R"("runs":[{"id":"NB","nodes":["coordinator","p1"],"steps":[)"
        R"([[0,[1,0,1,2,[]]],[1,[1,0,1,2,[]]]],)"
        R"([[0,[0,3,1,2,[]]],[1,[1,0,1,2,[4]]]],)"
        R"([[1,[3,5,1,6,[]]]]]}]})");
}

TEST_CASE("a run that breaks several properties is shown once") {
  Report report = report_of(doubtful_run());
  report.verdict.is->findings.push_back({.property = Property::AC5, .name = "AC5", .status = Status::violated, .why = "so it is", .witness = doubtful_run()});
  const auto runs = shown_runs(report);
  REQUIRE(runs.size() == 1);
  CHECK(runs.front().title == "A shortest run to somebody in doubt that breaks NB and AC5");
  const std::string html = report_html(report);
  CHECK(times(html, "data-run=\"NB\"") == 1);
  CHECK(times(html, "<a href=\"#NB\">2 steps</a>") == 2);
}

TEST_CASE("a breach of another protocol leads to its numbered run, ours to its picture") {
  Report report = report_of(doubtful_run());
  Verdict sound = verdict_of(doubtful_run());
  sound.findings.back() = {.property = Property::NB, .name = "NB", .status = Status::holds};
  report.compared.left_out.clear();
  report.compared.is = std::vector<Compared>{{"2pc", *report.verdict.is}, {"2pc-ctp", verdict_of(doubtful_run())}, {"3pc", sound}};
  report.compared_worlds = 100;
  const std::string html = report_html(report);
  const std::string violated = "<span class=\"status violated\"><span aria-hidden=\"true\">\u2717</span> violated</span>";
  CHECK(has(html, "<td><a href=\"#NB\">" + violated + "</a></td><td class=\"number\">12</td></tr>"));
  CHECK(has(html, "<td><a href=\"#2pc_ctp_NB\">" + violated + "</a></td><td class=\"number\">12</td></tr>"));
  CHECK(has(html, "<section class=\"told\" id=\"2pc_ctp_NB\">"));
  CHECK(has(html, "<li id=\"2pc_ctp_NB-2\"><b>p1</b> deliver prepare from coordinator; force prepared</li>"));
  CHECK(has(html, "<b>1 of 3 satisfy all properties</b><span class=\"more\">3pc</span>"));
  CHECK(has(html, "Of each other protocol at most 100 worlds were visited here, and that was enough."));
  report.one_fault = {{{}, {{"2pc", sound}}}, {{.crashes = 1}, {{"2pc", verdict_of(doubtful_run())}}}};
  CHECK(has(report_html(report), "<a href=\"#2pc_fault1_NB\"><span class=\"violated\">\u2717 NB</span></a></td></tr>"));
  CHECK(has(report_html(report), "<h3>2pc, 1 crash: A shortest run"));
  report.compared.is->back().verdict.stopped = "the limit of 100 worlds was reached";
  CHECK(has(report_html(report), "where that was too few, the answer is inconclusive"));
}

TEST_CASE("what a scenario says is text, wherever it comes") {
  Trace run = doubtful_run();
  run.names = {"coordinator", "<img src=x onerror=alert(1)>"};
  Report report = report_of(run);
  report.about.title = "</title></script><script>alert(2)</script>\u202e";
  report.about.warnings = {"<b>bold</b>"};
  report.verdict.is->findings.back().why = "<i>why</i>";
  const std::string html = report_html(report);
  for (const char* markup : {"<img", "<script>alert", "<b>bold", "<i>why", "\u202e"}) {
    INFO(markup);
    CHECK_FALSE(has(html, markup));
  }
  CHECK(has(html, "<h1>&lt;/title&gt;&lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt;?</h1>"));
  CHECK(has(html, "<td>&lt;img src=x onerror=alert(1)&gt;</td>"));
  CHECK(has(html, "\\u003cimg src=x onerror=alert(1)\\u003e"));  // among the data of the script
  CHECK(times(html, "<script") == 2);  // the data, and the script of the page
  CHECK_FALSE(has(html, " style="));
}

TEST_CASE("a verdict that could not be settled says why, and so does one that expects something else") {
  Report report = report_of(doubtful_run());
  report.verdict.is->findings.resize(1);
  report.verdict.is->findings.front().status = Status::inconclusive;
  report.verdict.is->stopped = "the limit of 12 worlds was reached";
  report.expectation = {.asked = true, .expected = {"AC1=holds"}, .differences = {"AC1 is inconclusive, expected holds"}};
  const std::string html = report_html(report);
  CHECK(has(html, "Inconclusive: the limit of 12 worlds was reached, after 12 worlds."));
  CHECK(has(html, "Not as the scenario expects: AC1 is inconclusive, expected holds."));
  CHECK_FALSE(has(html, "id=\"witnesses\""));
}

}  // namespace commitlab
