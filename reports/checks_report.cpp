#include "reports/checks_report.hpp"

#include <algorithm>

#include "reports/told_run.hpp"

namespace commitlab {

Judged::Result result_of(const Checked& checked) {
  Judged::Result worst = Judged::Result::skipped;
  for (const auto& judged : checked.judged) worst = std::max(worst, judged.result);
  return worst;
}

bool failed(Judged::Result result) { return result >= Judged::Result::differs; }

const Trace* run_of(const Checked& checked, const Judged& judged) {
  if (checked.replayed && judged.rule == "play") return &checked.replayed->trace;
  if (!checked.verdict) return nullptr;
  for (const auto& finding : checked.verdict->findings)
    if (finding.name == judged.rule) return finding.witness ? &*finding.witness : nullptr;
  return nullptr;
}

std::string run_and_command(const Checked& checked, const Judged& judged) {
  std::string text = judged.status + ": " + judged.message + "\n";
  if (const Trace* run = run_of(checked, judged)) text += votes_lines(*run, {}) + numbered_lines(*run, {}) + end_table(*run, {});
  text += "repeat: " + command_text(checked.about) + "\n";
  if (judged.play) text += "replay: " + command_text(checked.about.program, judged.play->replay) + "\n";
  return text;
}

}  // namespace commitlab
