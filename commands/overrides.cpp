#include "commands/overrides.hpp"

#include <algorithm>
#include <array>

#include "commands/delay_values.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/weakening.hpp"
#include "scenarios/question.hpp"
#include "scenarios/validate.hpp"

namespace commitlab {

// Does any option change what a search is asked?
static bool changes_question(const Words& words) {
  return std::any_of(words.given.begin(), words.given.end(), [](const Words::Given& given) {
    return std::any_of(options().begin(), options().end(), [&](const Option& option) { return option.name == given.name && option.asks(); });
  });
}

static Value value_of(const Words& words, std::string_view option) { return {dashed(option), *words.find(option)}; }

// p1 ... pN. Participants with names or a life of their own are not made up, nor cut off.
static void set_participants(const Words& words, Scenario& scenario) {
  const auto count = static_cast<std::size_t>(integer(value_of(words, "participants"), 1, kMostParticipants));
  if (count == scenario.participants.size()) return;
  for (std::size_t i = 0; i < scenario.participants.size(); ++i) {
    const Participant& participant = scenario.participants[i];
    const bool plain = participant.name == "p" + std::to_string(i + 1) && !participant.success && !participant.vote &&
                       participant.holds.empty() && participant.does.empty();
    if (plain) continue;
    throw refusal(kUsage, "E1606", "--participants",
                  "the scenario says who its " + std::to_string(scenario.participants.size()) + " participants are",
                  "leave the option out, or change the scenario's file");
  }
  scenario.participants.resize(count);
  for (std::size_t i = 0; i < count; ++i) scenario.participants[i].name = "p" + std::to_string(i + 1);
}

static void set_votes(const Words& words, Scenario& scenario) {
  const Value value = value_of(words, "votes");
  if (value.text == "all" || value.text == "yes") {
    for (auto& participant : scenario.participants) {
      participant.vote = value.text == "yes" ? std::optional(Vote::yes) : std::nullopt;
    }
    return;
  }
  if (value.text.find('=') == value.text.npos) {
    throw refusal(kUsage, "E1603", value.option, "expected all, yes, or votes such as alice=no,bob=yes, got " + in_quotes(value.text));
  }
  std::vector<std::string> names;
  for (const auto& participant : scenario.participants) names.push_back(participant.name);
  for (const auto& [name, vote] : assignments(value)) {
    scenario.participants[node(value, name, names)].vote = word<Vote>({value.option, vote});
  }
}

static void set_budgets(const Words& words, Faults& faults) {
  struct Key {
    std::string_view option;
    std::uint8_t Budgets::*budget;
  };
  static constexpr std::array<Key, 7> kKeys = {{{"crashes", &Budgets::crashes},
                                                {"disk-losses", &Budgets::disk_losses},
                                                {"losses", &Budgets::losses},
                                                {"duplicates", &Budgets::duplicates},
                                                {"reorders", &Budgets::reorders},
                                                {"partitions", &Budgets::partitions},
                                                {"suspicions", &Budgets::suspicions}}};
  for (const Key& key : kKeys) {
    if (!words.has(key.option)) continue;
    faults.left.*key.budget = static_cast<std::uint8_t>(integer(value_of(words, key.option), 0, kUnlimited - 1));
  }
}

static void set_crash_only(const Words& words, Scenario& scenario) {
  const Value value = value_of(words, "crash-only");
  const auto names = node_names(scenario);
  scenario.faults.crash_only = {};
  for (const std::string& name : list(value)) scenario.faults.crash_only.add(node_id(node(value, name, names)));
  for (std::size_t i = 0; i < scenario.chances.crash_by_node.size(); ++i)
    if (!scenario.faults.crash_only.has(node_id(i))) scenario.chances.crash_by_node[i] = {};
}

static void set_faults(const Words& words, Scenario& scenario) {
  Faults& faults = scenario.faults;
  set_budgets(words, faults);
  if (words.has("recovery")) faults.recovery = Recovery::any_time;
  if (words.has("no-recovery")) faults.recovery = Recovery::never, scenario.chances.recovery = Chances{}.recovery;
  if (words.has("held-partitions")) faults.severed = Severed::held;
  if (words.has("copies")) faults.copies = true;
  if (words.has("timing")) faults.timing = word<Timing>(value_of(words, "timing"));
  if (words.has("channels")) faults.channels = word<Channels>(value_of(words, "channels"));
  if (words.has("crash-points")) faults.crash_points = word<CrashPoints>(value_of(words, "crash-points"));
  if (words.has("transaction-order")) faults.transaction_order = word<TransactionOrder>(value_of(words, "transaction-order"));
  if (words.has("messages")) faults.messages = word<Messages>(value_of(words, "messages"));
  if (words.has("crash-only")) set_crash_only(words, scenario);
}

// What is expected is checked as well, unless it is said what is.
static void set_expectations(const Words& words, Scenario& scenario) {
  scenario.expect = expectations(value_of(words, "expect"));
  scenario.expect_worlds.reset();
  if (words.has("check")) return;
  for (const auto& [property, status] : scenario.expect) {
    if (std::find(scenario.check.begin(), scenario.check.end(), property) == scenario.check.end()) scenario.check.push_back(property);
  }
}

void apply_options(const Words& words, Scenario& scenario) {
  if (changes_question(words)) {
    // They are of the question as it was written.
    scenario.expect.clear();
    scenario.expect_worlds.reset();
  }
  if (words.has("protocol")) scenario.protocol = *words.find("protocol");
  if (words.has("weaken")) scenario.weaken = weakening_of(value_of(words, "weaken"));
  if (words.has("participants")) set_participants(words, scenario);
  if (words.has("votes")) set_votes(words, scenario);
  set_faults(words, scenario);
  if (words.has("check")) scenario.check = properties(value_of(words, "check"));
  if (words.has("agreement")) scenario.agreement = word<Agreement>(value_of(words, "agreement"));
  if (words.has("transactions")) {
    scenario.transactions = static_cast<std::uint32_t>(integer(value_of(words, "transactions"), 1, kMostTransactions));
  }
  if (words.has("chance")) set_chances(value_of(words, "chance"), node_names(scenario), scenario.chances);
  if (words.has("delay")) set_delays(value_of(words, "delay"), scenario.delays);
  if (words.has("seed")) scenario.seed = seed(value_of(words, "seed"));
  if (words.has("expect")) set_expectations(words, scenario);
}

}  // namespace commitlab
