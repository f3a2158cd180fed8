#include "commands/formatted.hpp"

#include "commands/allowing.hpp"
#include "commands/engine_question.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "reports/necessary_report.hpp"
#include "reports/trace_json.hpp"
#include "scenarios/digest.hpp"
#include "scenarios/encode_scenario.hpp"
#include "scenarios/json_text.hpp"

namespace commitlab {

std::optional<RunFormat> run_format_of(const Words& words) {
  const std::string* name = words.find("format");
  if (name == nullptr) return std::nullopt;
  const auto format = word<RunFormat>({"--format", *name});
  if (words.has("json")) throw refusal(kUsage, "E1606", "--json", "not beside --format", "--format trace is a run as JSON that replay reads, --json what show tells of it");
  return format;
}

static std::string title_of(const Asked& asked, bool simulated) {
  const Scenario& scenario = asked.scenario;
  std::string title = scenario.name.empty() ? scenario.protocol : scenario.name + ", " + scenario.protocol;
  if (asked.weakening) title += " weakened: " + told(*asked.weakening);
  return simulated ? title + ", seed " + std::to_string(scenario.seed) : title;
}

static std::string trace_of(const Asked& asked, const TracedRun& run) {
  TraceQuestion question{.scenario = encode_scenario(asked.scenario), .scenario_name = asked.scenario.name, .seed = asked.scenario.seed};
  question.digest = digest_of(question.scenario);
  if (const std::string* weaken = asked.words.find("weaken")) question.weaken = *weaken;
  std::string text = trace_json(run, question);
  Diagnostics findings;
  if (!read_json(text, "", findings)) throw refusal(kUsage, "E1606", "--format", "this run is too long for a trace: " + findings.errors().front().message, "the other formats have no such limit");
  return text;
}

static std::string text_of(RunFormat format, const Asked& asked, const TracedRun& run) { return format == RunFormat::trace ? trace_of(asked, run) : text_in(format, run); }

std::string formatted(RunFormat format, const Asked& asked, const Replayed& again) {
  const bool timed = asked.trace && asked.trace->timed;
  return text_of(format, asked, {.trace = again.trace, .parts = space_time(again.trace), .title = title_of(asked, timed), .timed = timed, .findings = again.findings});
}

std::string formatted(RunFormat format, const Asked& asked, const Run& run, const Limits& limits) {
  TracedRun traced{.trace = run.trace, .parts = space_time(run.trace), .title = title_of(asked, true), .timed = true};
  if (format == RunFormat::trace) {
    refuse_more_than_a_play_holds(asked.scenario, "--format");
    refuse_stops_among_several(asked.scenario, run.trace, "--format");
    Asked again = asked;
    again.scenario.faults = faults_that_allow(asked.scenario, run.trace);
    Replayed replayed = run_again(again, limits, run.trace);
    if (replayed.outcome != Replayed::Outcome::same) throw refusal(kUsage, "E1606", "--format", "a trace holds only what can be made again, and this run cannot from its step " + std::to_string(replayed.line) + " on");
    traced.findings = std::move(replayed.findings);
    traced.trace.end = std::move(replayed.trace.end);  // of all transactions at one moment: a run tells each when it is over
  }
  return text_of(format, asked, traced);
}

}  // namespace commitlab
