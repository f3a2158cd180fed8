#include "commands/session.hpp"

#include <algorithm>

#include "reports/necessary_report.hpp"
#include "scenarios/question.hpp"
#include "sim/names.hpp"

namespace commitlab {

std::vector<std::string> arguments_of(Verb verb, const Words& words) {
  std::vector<std::string> arguments{std::string(name_of(verb))};
  for (auto& word : spelled_out(words, [](const Option& option) {
         const bool where_to = option.name == "to" || option.name == "format" || option.name == "exact";
         return where_to || option.group != Group::output;
       }))
    arguments.push_back(std::move(word));
  return arguments;
}

// Does the answer come from virtual time? A play says in which order things happen, and not when.
static bool rests_on_delays(Verb verb, const Asked& asked) {
  switch (verb) {
    case Verb::run:
    case Verb::estimate:
    case Verb::merge:
    case Verb::blocking:
    case Verb::export_model:
    case Verb::sweep:
    case Verb::report:
    case Verb::demo: return true;
    case Verb::show: return !asked.play;
    case Verb::list:
    case Verb::check:
    case Verb::replay:
    case Verb::compare:
    case Verb::frontier:
    case Verb::necessary:
    case Verb::concurrency:
    case Verb::explore:
    case Verb::completion: return false;
  }
  return false;
}

About about_of(const Asked& asked, Verb verb, const Words& words, const Session& session) {
  const Scenario& scenario = asked.scenario;
  Words same = words;
  if (words.has("seed")) same.set("seed", std::to_string(scenario.seed));  // which may have been drawn
  for (const char* option : {"checkpoint", "resume"}) same.remove(option);  // a search repeated begins anew
  if (const std::string* threads = words.find("threads"); threads != nullptr && *threads == "1") same.remove("threads");  // as if it had not been said
  if (verb == Verb::estimate) same.remove("threads"), same.remove("shard");  // they make no difference to what is counted
  About about{.program = session.program, .arguments = arguments_of(verb, same)};
  about.scenario = scenario.name;
  about.title = scenario.title;
  about.protocol = scenario.protocol;
  about.summary = asked.entry->summary;
  about.names = node_names(scenario);
  about.faults = scenario.faults;
  about.chances = scenario.chances;
  about.shared_hosts = scenario.shared_hosts;
  about.scripted = scenario.script.size();
  if (rests_on_delays(verb, asked)) about.delays = scenario.delays;
  about.agreement = scenario.agreement;
  about.warnings = asked.warnings;
  if (asked.weakening) about.warnings.push_back("weakened: " + told(*asked.weakening));
  return about;
}

std::vector<std::string> votes_of(const Question& question) {
  std::vector<std::string> votes;
  for (std::size_t i = 1; i < question.names.size(); ++i) {
    bool yes = false, no = false;
    for (const auto& start : question.votes)
      for (const NodeSet voters : start) (voters.has(node_id(i)) ? yes : no) = true;
    votes.emplace_back(yes && no ? "either" : yes ? "yes" : "no");
  }
  return votes;
}

}  // namespace commitlab
