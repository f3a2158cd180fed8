// `report`: all of it on one page. Asks what check, run, estimate and compare ask, and leaves out what makes no sense.
#include <algorithm>

#include "commands/attended.hpp"
#include "commands/compare.hpp"
#include "commands/engine_question.hpp"
#include "commands/estimated.hpp"
#include "commands/expectation.hpp"
#include "commands/method.hpp"
#include "commands/one_fault.hpp"
#include "commands/report_curves.hpp"
#include "commands/search.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"

namespace commitlab {
namespace {

constexpr std::uint64_t kMostWorldsCompared = 200'000;   // of each other protocol
constexpr std::uint64_t kMostWorldsUnderOneFault = 10'000;  // of each protocol, under each kind of fault

/// What `find` finds; or, if this cannot be asked of the scenario, why not.
template <class T, class Find>
Part<T> part(std::string command, Find find) {
  try {
    return {.is = find(), .left_out = {}, .command = std::move(command)};
  } catch (const Refusal& refused) {
    const auto errors = refused.findings.errors();
    if (errors.empty() || errors.front().code != "E1606") throw;
    return {.is = {}, .left_out = errors.front().message, .command = {}};
  }
}

/// The command of another verb that asks the same, as far as it takes these words.
std::string command_of(Verb verb, const Words& words, const Session& session) {
  Words same;
  same.operands = words.operands;
  const auto allowed = options_of(verb);
  for (const auto& given : words.given)
    if (std::any_of(allowed.begin(), allowed.end(), [&](const Option* option) { return option->name == given.name; })) same.given.push_back(given);
  return command_text(session.program, arguments_of(verb, same));
}

Run run_of(const Asked& asked, std::uint32_t transactions) {
  refuse_where_chance_draws(asked, kNoTime);
  Scenario scenario = asked.scenario;
  scenario.transactions = transactions;
  return simulated(*asked.entry, scenario);
}

bool is_left_to_chance(const Scenario& scenario) {
  const Chances& chances = scenario.chances;
  const auto happens = [](const Probability& chance) { return chance.numerator > 0; };
  const auto may_fail = [](const Participant& one) { return one.success && *one.success != Probability{1, 1}; };
  const bool faults = happens(chances.loss) || happens(chances.duplicate) || happens(chances.reorder) || happens(chances.disk_loss) || chances.may_crash();
  return faults || !scenario.shared_hosts.empty() || std::any_of(scenario.participants.begin(), scenario.participants.end(), may_fail);
}

Estimate odds_of(const Asked& asked, const Sampling& sampling) {
  refuse_where_chance_draws(asked, kNoChance);
  if (!is_left_to_chance(asked.scenario)) {
    throw refusal(kUsage, "E1606", "",
                  "nothing in this scenario is left to chance: no participant may fail, no message be lost, no node crash; --chance says how likely they are");
  }
  return estimate_of(asked, sampling, odds_of(*asked.entry).sample(asked.scenario, sampling));
}

/// Ours is not searched again.
std::vector<Compared> compared_with(const std::optional<Verdict>& ours, const Asked& asked, const std::vector<const Entry*>& protocols, Limits limits,
                                    const Method& method) {
  refuse_specification(*asked.entry, "nothing fails in it, and protocols are compared by what they bear");
  refuse_weakened(asked);
  limits.worlds = std::min(limits.worlds, kMostWorldsCompared);
  std::vector<Compared> all;
  for (const Entry* entry : protocols) {
    if (ours && entry == asked.entry) all.push_back({std::string(entry->name), *ours});
    else all.push_back(compared(asked, {entry}, limits, method).front());
  }
  return all;
}

}  // namespace

Answer answer_report(const Words& words, const Session& session) {
  if (session.json) throw refusal(kUsage, "E1606", "--json", "a report is a page for people", "check, run, estimate, compare and sweep tell the same as JSON");
  Asked asked = ask(words, session.catalogue);
  const Limits limits = limits_of(Verb::report, words, session);
  asked.scenario.limits = limits;
  const Sampling sampling = sampling_of(words, asked);
  const auto protocols = protocols_to_compare(words, session.catalogue);
  Attended attended(session.progress);
  Method method = method_of(words);
  attended.attend(method);
  const auto command = [&](Verb verb) { return command_of(verb, words, session); };

  Report report{.about = about_of(asked, Verb::report, words, session)};
  report.compared_worlds = std::min(limits.worlds, kMostWorldsCompared);
  report.about.arguments.insert(report.about.arguments.end(), {"-o", "report.html"});
  int code = kAsExpected;
  report.verdict = part<Verdict>(command(Verb::check), [&] {
    Question question = question_to_check(asked, limits);
    question.method = method;
    report.about.votes = votes_of(question), report.about.method = method;
    return searched(*asked.entry, question, asked.weakening);
  });
  if (report.verdict) {
    report.expectation = expectation_of(asked.scenario, method, *report.verdict.is);
    code = exit_code(judged(asked.scenario, method, *report.verdict.is));
  }
  report.compared = part<std::vector<Compared>>(command(Verb::compare), [&] { return compared_with(report.verdict.is, asked, protocols, limits, method); });
  if (report.compared) {
    Limits few = limits;
    few.worlds = report.one_fault_worlds = std::min(limits.worlds, kMostWorldsUnderOneFault);
    report.one_fault = under_one_fault(asked, protocols, few, method);
  }
  Words once = words;
  if (asked.scenario.transactions > 1) once.set("transactions", "1");
  report.run = part<Run>(command_of(Verb::run, once, session), [&] { return run_of(asked, 1); });
  if (report.run && asked.scenario.transactions > 1) report.all = run_of(asked, asked.scenario.transactions);
  report.estimate = part<Estimate>(command(Verb::estimate), [&] { return odds_of(asked, sampling); });
  if (const std::string* file = words.find("sweep")) report.curves.push_back({.is = curves_of_file(*file), .left_out = {}, .command = {}});
  else if (report.estimate) report.curves = counted_curves(asked, sampling, command(Verb::sweep));
  return {.text = report_html(report), .exit_code = code};
}

}  // namespace commitlab
