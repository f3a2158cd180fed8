// `demo`: the main job on one screen or two. The bank transfer is run, checked under two protocols, and estimated.
#include "commands/compare.hpp"
#include "commands/engine_question.hpp"
#include "commands/estimated.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "reports/delays_text.hpp"
#include "reports/estimate_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/run_report.hpp"
#include "reports/told_run.hpp"
#include "reports/why.hpp"
#include "reports/verdict_report.hpp"

namespace commitlab {

static constexpr std::uint64_t kRuns = 10'000;

static std::string title(int number, const std::string& text, const Style& style) {
  std::string page;
  for (const auto& line : wrapped(std::to_string(number) + ". " + text, style.width)) page += painted(line, Ink::strong, style) + "\n";
  return page + "\n";
}

static std::string run_page(const Run& run, const Style& style) {
  const auto& transaction = run.transactions.front();
  Table outcome;
  outcome.add({{"outcome", Ink::faint},
               {transaction.outcome + " after " + milliseconds(transaction.latency_ns) + " ms, with " + counted(transaction.messages, "message", "messages") + " and " +
                    counted(transaction.forced_writes, "forced write", "forced writes"),
                transaction.outcome == "commits" ? Ink::good : Ink::unsure}});
  return votes_lines(run.trace, style) + run_table(run.trace, Clock::virtual_time, style) + text_of(outcome, style) + "\n";
}

static std::string check_page(const Compared& one, const Style& style) {
  const Verdict& verdict = one.verdict;
  std::string page = "  " + painted(one.protocol, Ink::strong, style) + ": " + counted(verdict.worlds, "world", "worlds") + " visited in " + duration(verdict.seconds) + "\n";
  page += findings_table(verdict.findings, style);
  for (const auto& finding : verdict.findings) {
    if (!finding.witness) continue;
    page += "  " + witness_title(finding) + ":\n" + numbered_lines(*finding.witness, style) + why_lines(finding, style);
    break;
  }
  return page + "\n";
}

static std::string demo_text(const About& about, const Run& run, const std::vector<Compared>& checked, const Estimate& estimate, const Style& style) {
  std::string page = heading(about, style) + "\n";
  page += title(1, "What happens: one run under " + about.protocol + ", simulated from seed " + std::to_string(run.seed) + ". Time is virtual; delays: " + delays_text(about.delays.value(), about.faults.recovery) + ".", style);
  page += run_page(run, style);
  page += title(2, "What can happen: every run, for all votes, under two protocols. Faults: " + faults_text(about.faults, about.names) + ".", style);
  for (const auto& one : checked) page += check_page(one, style);
  page += title(3, "How likely is it: the product of the participants' probabilities, beside " + grouped(estimate.outcomes.runs()) + " simulated transactions. Faults: " + chances_text(about) + ".", style);
  page += estimate_tables(estimate, style) + "\n";
  page += text_of(Table{.rows = {{{"so", Ink::faint}, {product_sentence(estimate)}}}}, style) + "\n";
  page += title(4, "The verdicts in one table. NB: nobody is left waiting for somebody that is down.", style);
  page += compare_table(checked, style) + "\n";
  return page + "Ask it yourself: " + about.program + " check " + about.scenario + ", or " + about.program + " --help\n";
}

static std::string demo_json(const About& about, const Run& run, const std::vector<Compared>& checked, const Estimate& estimate) {
  return "{\"schema\": \"commitlab-demo/1\",\n\"run\": " + run_json(about, run, nullptr, 0) + ",\"check\": " + compare_json(about, checked, 0) +
         ",\"estimate\": " + estimate_json(about, estimate, 0) + "}\n";
}

Answer answer_demo(const Words& words, const Session& session) {
  Words asking = words;
  asking.operands = {"bank-transfer"};
  Asked asked = ask(asking, session.catalogue);
  asked.scenario.limits = limits_of(Verb::demo, words, session);
  std::vector<const Entry*> protocols;
  for (const char* name : {"2pc", "3pc"})
    if (const Entry* entry = find(session.catalogue, name)) protocols.push_back(entry);

  const std::uint64_t seed = asked.scenario.seed;
  const Run run = simulated(*asked.entry, asked.scenario);
  const auto checked = compared(asked, protocols, limits_of(Verb::demo, words, session), {});
  const Sampling sampling{.seed = seed, .runs = kRuns};
  const Estimate estimate = estimate_of(asked, sampling, odds_of(*asked.entry).sample(asked.scenario, sampling));
  About about = about_of(asked, Verb::demo, words, session);
  return {.text = session.json ? demo_json(about, run, checked, estimate) : demo_text(about, run, checked, estimate, session.style)};
}

}  // namespace commitlab
