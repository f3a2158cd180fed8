// The sections of a report, and what they have in common.
#pragma once

#include <string>
#include <vector>

#include "reports/markup.hpp"
#include "reports/report_page.hpp"
#include "reports/space_time.hpp"

namespace commitlab {

/// A run that is shown with its picture: a witness, of one property or of several, or the simulated one.
struct ShownRun {
  std::string id{};     // of its section; that of step 12 is id-12
  std::string title{};  // text
  const Trace* trace = nullptr;
  bool timed = false;   // in virtual time
  std::vector<const Finding*> findings{};  // that it is a witness of
  SpaceTime space{};
};

/// The witnesses of a verdict, each run once, without their space-time; `before_ids` stands before their ids.
std::vector<ShownRun> witnesses_of(const Verdict& verdict, const std::string& before_ids);
/// Each witness once, in the order of the properties, then the simulated run.
std::vector<ShownRun> shown_runs(const Report& report);
/// The one that is a witness of this; null if there is none.
const ShownRun* witness_of(const std::vector<ShownRun>& runs, const Finding& finding);

std::string answers_part(const Report& report);
std::string verdict_part(const Report& report, const std::vector<ShownRun>& runs);
std::string runs_part(const Report& report, const std::vector<ShownRun>& runs);
std::string odds_part(const Report& report);
std::string compare_part(const Report& report, const std::vector<ShownRun>& runs);
/// Of each protocol what one fault of each kind breaks; empty if that was not asked.
std::string one_fault_html(const Report& report);
std::string cost_part(const Report& report);

/// A witness as numbered lines in words, under a title that begins with `whose`.
std::string numbered_run(const std::string& whose, const ShownRun& run);

/// What each node was before the first step and what a step has changed, as JSON for the script; "" if there is no run.
std::string node_data(const std::vector<ShownRun>& runs);

/// "holds" as it is shown everywhere: by a sign, a word and a colour.
std::string status_html(Status status);
/// `left_out`, told in the place of a part.
std::string left_out_html(const std::string& why);
/// A command that can be copied, with the words that go before it.
std::string command_html(const std::string& before, const std::string& command);
std::string section(const std::string& id, const std::string& title, const std::string& html);
std::string paragraph(const std::string& classes, std::string_view text);

}  // namespace commitlab
