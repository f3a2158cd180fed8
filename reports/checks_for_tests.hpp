// For tests: scenarios and plays that were checked, with every kind of result once or more, in plain values.
#pragma once

#include "reports/checks_report.hpp"
#include "reports/traces_for_tests.hpp"

namespace commitlab {

/// A search that was expected to break NB, does, and has one property left open; then a play that differs, a file that could not be asked, a
/// scenario that was not, and one that breaks two properties.
inline Checks all_kinds_of_checks() {
  using Result = Judged::Result;
  Checks checks{.program = "./lab", .arguments = {"check", "scenarios"}, .exit_code = 1};

  Checked expected{.path = "scenarios/bank-transfer.json", .file = "scenarios/bank-transfer.json", .line = 12, .about = about_short_run(), .seed = 42};
  Verdict& verdict = expected.verdict.emplace();
  verdict.worlds = 3774, verdict.steps = 9001, verdict.seconds = 0.25;
  verdict.findings = {{.property = Property::AC1, .name = "AC1", .status = Status::holds},
                                {.property = Property::NB, .name = "NB", .status = Status::violated, .why = "alice is in doubt", .witness = short_run()},
                                {.property = Property::AC5, .name = "AC5"}};
  expected.judged = {{.rule = "AC1", .title = "agreement", .status = "holds"},
                     {.rule = "NB", .title = "non-blocking", .status = "violated", .message = "alice is in doubt"},
                     {.rule = "AC5", .title = "termination", .result = Result::inconclusive, .status = "inconclusive", .message = "the limit of 20 worlds was reached"}};
  checks.all.push_back(std::move(expected));

  Checked play{.path = "scenarios/torn.play", .file = "scenarios/torn.play", .line = 5, .about = about_short_run(), .exit_code = 3};
  play.replayed = Replayed{.outcome = Replayed::Outcome::differs, .line = 5, .trace = short_run()};
  play.judged = {{.rule = "play", .title = "happens as it is written", .result = Result::differs, .status = "differs", .message = "line 5 says so"}};
  checks.all.push_back(std::move(play));

  Checked bad{.path = "scenarios/b&d \"1\"<2>'3'\x1b[31m\xe2\x80\xae\xff.json", .file = "scenarios/b&d \"1\".json", .line = 2, .exit_code = 65};
  bad.about.program = "./lab";
  bad.errors = {{.code = "E1101", .file = bad.file, .line = 2, .column = 7, .place = "/crahs", .message = "unknown key", .hint = "known: a & b", .text = "error[E1101]: unknown key\n  hint: known: a & b\n"}};
  bad.judged = {{.rule = "input", .title = "can be asked", .result = Result::error, .status = "error", .message = "unknown key"}};
  checks.all.push_back(std::move(bad));

  Checked scripted{.path = "scenarios/scripted.json", .file = "scenarios/scripted.json", .about = about_short_run()};
  scripted.judged = {{.rule = "script", .result = Result::skipped, .status = "skipped", .message = "it has a script"}};
  checks.all.push_back(std::move(scripted));

  Checked broken{.path = "mine", .about = about_short_run(), .exit_code = 1};
  broken.verdict.emplace().seconds = 0.0000016;
  broken.verdict->findings = {{.property = Property::AC1, .name = "AC1", .status = Status::violated, .why = "alice aborted, bob committed", .witness = short_run()},
                              {.property = Property::AC2, .name = "AC2", .status = Status::holds},
                              {.property = Property::custom, .name = "once", .status = Status::violated, .why = "twice"}};
  broken.judged = {{.rule = "AC1", .title = "agreement", .result = Result::violated, .status = "violated", .message = "alice aborted, bob committed", .play = SavedPlay{"p.play", {"replay", "p.play"}}},
                   {.rule = "AC2", .title = "stability", .result = Result::unexpected, .status = "holds", .message = "AC2 is kept, expected violated"},
                   {.rule = "once", .result = Result::violated, .status = "violated", .message = "twice"}};
  checks.all.push_back(std::move(broken));
  return checks;
}

}  // namespace commitlab
