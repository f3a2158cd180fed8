#include "commands/allowing.hpp"

#include <algorithm>

#include "commands/refusal.hpp"
#include "scenarios/question.hpp"

namespace commitlab {

static bool stops(const Trace::Line& line) { return line.happened.starts_with("crash") || (!line.effects.empty() && line.effects.back().starts_with("crash")); }

Faults faults_that_allow(const Scenario& scenario, const Trace& run) {
  const auto count = [&](auto&& is_so) {
    constexpr std::ptrdiff_t kMost = kUnlimited - 1;
    return static_cast<std::uint8_t>(std::min(kMost, std::count_if(run.lines.begin(), run.lines.end(), is_so)));
  };
  const auto begins = [](const char* words) { return [words](const Trace::Line& line) { return line.happened.starts_with(words); }; };
  Faults faults = scenario.faults;
  faults.left = {.crashes = count(stops),
                 .disk_losses = count([](const auto& line) { return line.happened.ends_with("without log"); }),
                 .losses = count(begins("lose ")),
                 .duplicates = count(begins("deliver copy of ")),
                 .partitions = count(begins("partition "))};
  if (faults.channels == Channels::fifo) faults.left.reorders = count([](const auto& line) { return line.happened.find(" out of order") != std::string::npos; });
  if (std::any_of(run.lines.begin(), run.lines.end(), begins("recover"))) faults.recovery = Recovery::any_time;
  faults.timing = Timing::asynchronous;
  faults.crash_points = CrashPoints::effects;
  faults.copies = true;
  if (faults.crash_only.empty() || faults.left.crashes == 0) return faults;
  faults.crash_only = {};
  for (const auto& line : run.lines)
    if (stops(line)) faults.crash_only.add(node_id(static_cast<std::size_t>(line.node)));
  return faults;
}

void refuse_more_than_a_play_holds(const Scenario& scenario, const std::string& option) {
  if (scenario.transactions <= kMostTransactionsSearched) return;
  throw refusal(kUsage, "E1606", option, "a play holds at most " + std::to_string(kMostTransactionsSearched) + " transactions, not " + std::to_string(scenario.transactions));
}

void refuse_stops_among_several(const Scenario& scenario, const Trace& run, const std::string& option) {
  if (scenario.transactions == 1 || std::none_of(run.lines.begin(), run.lines.end(), stops)) return;
  throw refusal(kUsage, "E1606", option, "a node stops in this run of several transactions, and a play cannot tell which of them had begun by then",
                "take a run of one transaction, or one in which nobody stops");
}

}  // namespace commitlab
