#include "commands/help.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "reports/table.hpp"
#include "sim/names.hpp"

namespace commitlab {

struct Manual {
  std::string_view operand, summary, more;
  std::vector<std::string_view> examples;
};

static constexpr std::string_view kAboutScenarios =
    "SCENARIO is a file, the name of a shipped scenario (see list), a protocol, a play, a trace, or - for standard input; without one, "
    "--protocol NAME asks. Options override what the scenario says.";

static constexpr std::string_view kAboutCheck =
    "SCENARIO is a file, the name of a shipped scenario (see list), a protocol, a play, or - for standard input; without one, "
    "--protocol NAME asks. Options override what the scenario says. Of several, or of a folder of *.json and *.play, each is checked by itself, "
    "and a play is made again as it is written; the exit code is the worst: 1, then 3, then 64 and more, then 2.";

static constexpr std::string_view kAboutFrontier =
    "SCENARIO is as in check. The budgets given are the most of each fault; a combination is not searched when a smaller or larger one decides it. Limits of worlds and "
    "memory are for each search, that of time for all together. check --min-faults shows the same with a run for each breach.";

static constexpr std::string_view kAboutBlocking =
    "SCENARIO is as in run: chances and scripts count, one transaction a run. A participant is in doubt while it is up, has voted yes and "
    "waits for the decision; it is blocked if it still is when the run ends.";

static constexpr std::string_view kAboutSweep =
    "SCENARIO is as in estimate. AXIS is loss, crash, duplicate, reorder or disk_loss (chances), success (of every participant), participants, "
    "timeout (in ms) or protocol. VALUES are a list (a,b,c), N values with the same distance (a..b:N), or whole numbers (a..b). A sweep that "
    "was interrupted goes on when the same command is given again.";

static constexpr std::string_view kAboutTraces =
    "A play lists steps. A trace (show --format trace) also records the state of every node after each step, and all of it is compared: so a change "
    "to a protocol shows at the first step that differs.";

static constexpr std::string_view kAboutExplore =
    "SCENARIO is as in check. The page holds all worlds that the faults allow, or the nearest so many, and asks nothing of any network: open it "
    "in a browser, pick what happens next, go back, and keep your run as a play. A play as operand opens the page at its end. With --json: what "
    "the page knows.";

static constexpr std::string_view kAboutReport =
    "SCENARIO is as in check. One file of HTML, readable without a network and without scripts: the verdict, the runs behind it step by step, "
    "the odds, other protocols, and the command that makes it again. Other protocols are searched up to 200,000 worlds each. What makes no "
    "sense for a scenario is left out, and the page says why.";

static Manual manual(Verb verb) {
  switch (verb) {
    case Verb::list: return {"", "what there is to ask: protocols and their claims, and scenarios", "", {"list"}};
    case Verb::run:
      return {"[SCENARIO]", "what happens: one run in virtual time, drawn from a seed", kAboutScenarios, {"run bank-transfer --seed 7", "run 2pc -n 3 --transactions 1000 --chance loss=0.01 --recovery"}};
    case Verb::check:
      return {"[SCENARIO...]", "what can happen: every run that the faults allow", kAboutCheck,
              {"check bank-transfer", "check 3pc-textbook -n 2 --crashes 1 --timing synchronous", "check 2pc --crashes 1 --check NB --expect NB=violated --save plays",
               "check 3pc --crashes 2 --suspicions 1 --timing synchronous --min-faults",
               "check scenarios --junit out.xml --sarif out.sarif"}};
    case Verb::estimate:
      return {"[SCENARIO]", "how likely a transaction commits: the product rule, exactly, and by counted runs", kAboutScenarios,
              {"estimate bank-transfer --runs 100000", "estimate bank-transfer --tries 3", "estimate bank-transfer --width 0.005 --threads 2", "estimate 3pc --chance crash=1e-6,loss=1e-6 --rare breaks",
               "estimate bank-transfer --runs 1000000 --shard 2/4 --json -o part2.json", "estimate bank-transfer --chance crash=0 --seed random"}};
    case Verb::blocking:
      return {"[SCENARIO]", "how long participants are in doubt and hold their locks, and how many are blocked", kAboutBlocking,
              {"blocking window-of-doubt --chance crash=0.01", "blocking bank-transfer --protocols 2pc,3pc --at 10ms,50ms,1s", "blocking 2pc -n 5 --chance crash=0.01 --recovery --runs 100000"}};
    case Verb::replay: return {"PLAY|TRACE", "execute a play or a trace again, step by step: the same (0), different (3), or impossible (65)", kAboutTraces, {"replay plays/3pc-textbook-AC1.play", "replay run.trace.json"}};
    case Verb::show:
      return {"[SCENARIO]", "a run, a play or a trace as a table, a picture, or in the format of another tool; or a lesson for a class", kAboutScenarios,
              {"show plays/3pc-textbook-AC1.play", "show bank-transfer --seed 7 -v", "show alice-stops --svg -o alice.svg", "show lesson-window-of-doubt --lesson", "show bank-transfer --format mermaid", "show bank-transfer --format trace -o run.trace.json"}};
    case Verb::explore:
      return {"[SCENARIO]", "a page in which you decide what happens next, in any world that the faults allow", kAboutExplore,
              {"explore bank-transfer -o explorer.html", "explore 2pc -n 3 --crashes 1 --recovery --max-states 500000 -o explorer.html", "explore plays/3pc-textbook-AC1.play -o explorer.html"}};
    case Verb::compare:
      return {"[SCENARIO]", "one question, several protocols, one table", kAboutScenarios, {"compare bank-transfer", "compare -n 2 --crashes 1 --check AC1,NB --protocols 2pc,3pc --timing synchronous"}};
    case Verb::frontier:
      return {"[SCENARIO]", "which faults break what: every combination of faults within the budgets", kAboutFrontier,
              {"frontier 3pc -n 2 --crashes 2 --suspicions 1 --timing synchronous", "frontier 2pc --crashes 1 --losses 1 --recovery --check AC1,AC5", "frontier bank-transfer --partitions 1"}};
    case Verb::necessary:
      return {"[SCENARIO]", "which forced writes, records and messages are needed: each is taken away in turn", kAboutScenarios,
              {"necessary 2pc -n 2 --crashes 1 --recovery", "necessary 3pc -n 2 --crashes 1 --recovery --timing synchronous --save plays"}};
    case Verb::concurrency:
      return {"[SCENARIO]", "which states stand beside which, and Skeen's theorem: blocking or not",
              "Of SCENARIO, or of --protocol NAME, only the protocol and the number of participants count: nothing fails here.", {"concurrency 2pc", "concurrency 3pc -n 3"}};
    case Verb::export_model:
      return {"[SCENARIO]", "the Markov chain of all runs for PRISM and Storm, or all worlds for Graphviz", kAboutScenarios, {"export bank-transfer --to bank", "export 2pc -n 3 --chance loss=1/10 --to 2pc.drn --format drn --exact",
               "export 3pc-textbook -n 2 --crashes 1 --timing synchronous --to worlds.dot --format dot"}};
    case Verb::sweep:
      return {"[SCENARIO]", "how likely it commits, over ranges of chances, times, participants and protocols", kAboutSweep,
              {"sweep bank-transfer --vary loss=0..0.1:11 --to loss.csv", "sweep --vary protocol=2pc,3pc --vary participants=1..3 --vary crash=0.001,0.01"}};
    case Verb::report:
      return {"[SCENARIO]", "all of it on one page: verdict, runs, odds and protocols, as HTML", kAboutReport,
              {"report bank-transfer -o report.html", "report bank-transfer --sweep loss.csv -o report.html", "report 3pc-textbook --crashes 1 --timing synchronous -o report.html"}};
    case Verb::merge:
      return {"PART...", "the parts of an estimate put together: what estimate --shard has counted, as if in one go", "",
              {"merge part1.json part2.json"}};
    case Verb::completion:
      return {"SHELL", "a script that completes verbs, options and values: for bash, zsh or fish", "", {"completion bash"}};
    case Verb::demo: return {"", "the bank transfer: run, checked, estimated, compared", "", {"demo"}};
  }
  return {};
}

static std::string paragraph(std::string_view text, std::size_t width) {
  std::string page;
  for (const auto& line : wrapped(text, width)) page += line + "\n";
  return page;
}

static constexpr std::string_view kExitCodes =
    "Exit codes: 0 holds, or as expected; 1 violated, or not as expected; 2 inconclusive; 3 a play differs; 64 usage; 65 bad input; 66 no input; "
    "70 internal error; 73 cannot create output; 74 I/O error; 75 a saved search that cannot be continued";

// `prompt` stands before each example.
static std::string help_page(const HelpPage& page, const std::string& prompt) {
  std::string text = paragraph("A testbed for atomic commit: run a protocol, check all its runs, estimate how likely it commits.", page.width);
  text += "\nusage: " + page.program + " VERB [SCENARIO] [options]\n\nVerbs\n";
  Table table;
  for (const Verb verb : verbs()) table.add({{std::string(name_of(verb))}, {std::string(manual(verb).summary)}});
  text += text_of(table, {.width = page.width}) + "\nExamples\n";
  for (const std::string_view example : {"demo", "check bank-transfer", "check 3pc-textbook -n 2 --crashes 1 --timing synchronous", "estimate bank-transfer", "compare -n 2 --crashes 1 --timing synchronous"}) {
    text += "  " + prompt + page.program + " " + std::string(example) + "\n";
  }
  text += "\n" + paragraph(kAboutScenarios, page.width) + "\n" + paragraph(kExitCodes, page.width) + "\n";
  return text + paragraph(page.program + " help VERB says more, help all everything, version which this is.", page.width);
}

std::string program_help(const HelpPage& page) { return help_page(page, ""); }

static std::string_view heading_of(Group group) {
  switch (group) {
    case Group::question: return "The question";
    case Group::faults: return "Faults";
    case Group::search: return "The search";
    case Group::chance: return "Chance";
    case Group::output: return "The answer";
  }
  return "";
}

static std::string spelled(const Option& option) { return dashed(option.name) + (option.is_flag() ? "" : " ") + std::string(option.value); }

static void add_option(Table& table, const Option& option, const std::string& help) {
  const std::string letter = option.letter != 0 ? std::string("-") + option.letter + ", " : "    ";
  table.add({{letter + spelled(option)}, {help}});
}

// For each group a table of its options that are `wanted`; behind the help of each is said what else there is to say of it.
static std::string options_tables(const HelpPage& page, auto&& wanted, auto&& behind) {
  std::string text;
  for (const Group group : {Group::question, Group::faults, Group::search, Group::chance, Group::output}) {
    Table table;
    for (const Option& option : options())
      if (option.group == group && wanted(option)) add_option(table, option, std::string(option.help) + behind(option));
    if (!table.rows.empty()) text += "\n" + std::string(heading_of(group)) + "\n" + text_of(table, {.width = page.width});
  }
  return text;
}

// What most questions need.
static bool is_usual(const Option& option) {
  static constexpr std::array<std::string_view, 19> kUsual = {"participants", "votes",  "check", "crashes", "recovery", "losses", "timing", "expect",
                                                              "protocols",    "chance", "seed",  "runs",    "at",       "vary",   "json",   "output",
                                                              "svg",          "lesson", "save"};
  return std::find(kUsual.begin(), kUsual.end(), option.name) != kUsual.end();
}

// The first clause on each usual option, and the names of the others.
static std::string options_on_a_screen(Verb verb, const HelpPage& page) {
  std::string text;
  Table usual;
  for (const Option& option : options())
    if (option.of(verb) && is_usual(option)) add_option(usual, option, std::string(option.help.substr(0, option.help.find("; "))));
  if (!usual.rows.empty()) text += "\nUsual options\n" + text_of(usual, {.width = page.width});
  Table more;
  for (const Group group : {Group::question, Group::faults, Group::search, Group::chance, Group::output}) {
    std::string names;
    for (const Option& option : options())
      if (option.group == group && option.of(verb) && !is_usual(option)) names += (names.empty() ? "" : " ") + dashed(option.name);
    if (!names.empty()) more.add({{std::string(heading_of(group))}, {names}});
  }
  return text + "\nOther options, which " + page.program + " " + std::string(name_of(verb)) + " --help-all explains\n" + text_of(more, {.width = page.width});
}

std::string verb_help(Verb verb, const HelpPage& page, HelpPage::Options which) {
  constexpr std::size_t kExamplesOnAScreen = 2;
  const bool explained = which == HelpPage::Options::explained;
  const Manual about = manual(verb);
  const std::string call = page.program + " " + std::string(name_of(verb));
  std::string text = "usage: " + call + (about.operand.empty() ? "" : " ") + std::string(about.operand) + " [options]\n\n";
  text += paragraph(std::string(name_of(verb)) + ": " + std::string(about.summary), page.width);
  if (!about.more.empty()) text += "\n" + paragraph(about.more, page.width);
  text += "\nExamples\n";
  for (std::size_t i = 0; i < about.examples.size() && (explained || i < kExamplesOnAScreen); ++i) text += "  " + page.program + " " + std::string(about.examples[i]) + "\n";
  if (!explained) return text + options_on_a_screen(verb, page);
  return text + options_tables(page, [&](const Option& option) { return option.of(verb); }, [](const Option&) { return std::string(); });
}

// " (check, compare)"; of what most verbs take, nothing.
static std::string takers(const Option& option) {
  std::string names;
  std::size_t count = 0;
  for (const Verb verb : verbs()) {
    if (!option.of(verb)) continue;
    names += (names.empty() ? "" : ", ") + std::string(name_of(verb));
    ++count;
  }
  return 2 * count > verbs().size() ? "" : " (" + names + ")";
}

std::string whole_help(const HelpPage& page) {
  return help_page(page, "$ ") + options_tables(page, [](const Option&) { return true; }, takers);
}

std::string_view summary_text(Verb verb) { return manual(verb).summary; }
std::string_view operand_text(Verb verb) { return manual(verb).operand; }

std::string version_text() { return "commitlab " COMMITLAB_VERSION "\n"; }

}  // namespace commitlab
