// `show`: a run, a play or a trace as a table, as a picture, or in the format of another tool; and a lesson for a class.
#include <array>

#include "commands/engine_question.hpp"
#include "commands/formatted.hpp"
#include "commands/played_lesson.hpp"
#include "commands/refusal.hpp"
#include "commands/replayed_play.hpp"
#include "commands/scripted.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"
#include "reports/picture.hpp"
#include "reports/replay_report.hpp"
#include "reports/run_report.hpp"
#include "reports/specification_report.hpp"

namespace commitlab {

static Scale scale_of(const Words& words, Scale usual) {
  static constexpr std::array<std::string_view, 2> kScales = {"steps", "time"};
  const std::string* scale = words.find("scale");
  return scale == nullptr ? usual : static_cast<Scale>(choice({"--scale", *scale}, kScales));
}

static void refuse_unfit(const Words& words, const Asked& asked) {
  if (words.has("svg") && words.has("json")) throw refusal(kUsage, "E1604", "--svg", "contradicts --json");
  if (words.has("scale") && !words.has("svg")) throw refusal(kUsage, "E1606", "--scale", "is of pictures: it needs --svg");
  if (asked.play && words.has("delay")) throw refusal(kUsage, "E1606", "--delay", "a play says in which order things happen, and not when", "a scenario instead of a play");
  if (asked.play && scale_of(words, Scale::steps) == Scale::virtual_time) {
    throw refusal(kUsage, "E1606", "--scale", "a play says in which order things happen, and not when", "--scale steps, or a scenario instead of a play");
  }
}

static std::string picture_of(const About& about, const Trace& trace, Scale scale) {
  return picture_svg(trace, space_time(trace), {.scale = scale, .title = about.title});
}

static Answer show_play(const Asked& asked, const Words& words, const Session& session) {
  const Question question = question_to_replay(asked, limits_of(Verb::show, words, session));
  const Replayed again = replayed(asked, question);
  const int code = exit_code(again.outcome);
  if (const auto format = run_format_of(words)) return {.text = formatted(*format, asked, again), .exit_code = code, .complaint = complaint_about(asked, again)};
  About about = about_of(asked, Verb::show, words, session);
  about.votes = votes_of(question);
  about.faults = question.faults;  // of a simulated run, those that happened
  if (session.json) return {.text = replay_json(about, written_as(asked), again, code), .exit_code = code};
  if (words.has("svg")) {
    const bool differs = again.outcome == Replayed::Outcome::differs;  // a table says so below it
    const std::string note = "note: line " + std::to_string(again.line) + " of the play happens otherwise than it is written\n";
    return {.text = picture_of(about, again.trace, Scale::steps), .exit_code = code, .complaint = differs ? note : complaint_about(asked, again)};
  }
  return {.text = shown_text(about, written_as(asked), again, session.style), .exit_code = code, .complaint = complaint_about(asked, again)};
}

// It has no run of its own: only what may happen in it can be searched. So it is told what it is.
static Answer show_specification(const Asked& asked, const Words& words, const Session& session) {
  for (const char* option : {"svg", "format", "seed", "chance"})
    if (words.has(option)) throw refusal(kUsage, "E1606", dashed(option), in_quotes(asked.entry->name) + " is a specification, and has no run to show: " + kNoTime, "check --save DIR keeps runs of it as plays, which show takes");
  const Entry& entry = *asked.entry;
  const ShownSpecification shown{.acts = entry.studies.acts, .messages = entry.studies.messages, .claims = entry.claims, .check = arguments_of(Verb::check, asked.words)};
  const About about = about_of(asked, Verb::show, words, session);
  return {.text = session.json ? specification_json(about, shown) : specification_text(about, shown, session.style)};
}

Answer answer_show(const Words& words, const Session& session) {
  const auto format = run_format_of(words);
  Asked asked = ask(words, session.catalogue);
  asked.scenario.limits = limits_of(Verb::show, words, session);
  refuse_unfit(words, asked);
  if (words.has("lesson")) return show_lesson(asked, words, session);
  if (words.has("answers")) throw refusal(kUsage, "E1606", "--answers", "they are those of a lesson", "--lesson --answers");
  if (asked.play) {
    if (!asked.trace || !asked.trace->timed) refuse_options_of_chance(words, "a play says what happens");
    return show_play(asked, words, session);
  }
  if (!asked.entry->run.there()) return show_specification(asked, words, session);
  refuse_options_of_searches(words, format ? Judges::yes : Judges::no);
  refuse_in_virtual_time(asked);
  refuse_weakened(asked);
  const Run run = simulated(*asked.entry, asked.scenario);
  if (format) return {.text = formatted(*format, asked, run, limits_of(Verb::show, words, session))};
  About about = about_of(asked, Verb::show, words, session);
  for (auto& warning : never_happened(asked.scenario, run.came_up, "this run")) about.warnings.push_back(std::move(warning));
  if (words.has("svg")) return {.text = picture_of(about, run.trace, scale_of(words, Scale::virtual_time))};
  return {.text = session.json ? run_json(about, run, nullptr, 0) : shown_text(about, run, session.style)};
}

}  // namespace commitlab
