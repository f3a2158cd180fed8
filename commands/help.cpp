#include "commands/help.hpp"

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
    "SCENARIO is as in check. The faults given are the most of each; what fewer faults break is not searched again. Limits of worlds and "
    "memory are of each search, that of time of all together. check --min-faults tells the same with a run for each breach.";

static constexpr std::string_view kAboutBlocking =
    "SCENARIO is as in run: chances and scripts count, one transaction a run. A participant is in doubt while it is up, has voted yes and "
    "waits for the decision; it is blocked if it still is when the run ends.";

static constexpr std::string_view kAboutSweep =
    "SCENARIO is as in estimate. AXIS is loss, crash, duplicate, reorder or disk_loss (chances), success (of every participant), participants, "
    "timeout (in ms) or protocol. VALUES are a list (a,b,c), N values with the same distance (a..b:N), or whole numbers (a..b). A sweep that "
    "was interrupted goes on when the same command is given again.";

static constexpr std::string_view kAboutTraces =
    "A play says what happens; of a trace (show --format trace) also what every node is after each step is compared, so that a protocol that "
    "was changed is told by the first step at which it is another.";

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
    case Verb::replay: return {"PLAY|TRACE", "a play or a trace made again, step by step: the same (0), different (3), or impossible (65)", kAboutTraces, {"replay plays/3pc-textbook-AC1.play", "replay run.trace.json"}};
    case Verb::show:
      return {"[SCENARIO]", "a run, a play or a trace as a table, a picture, or in the format of another tool; or a lesson for a class", kAboutScenarios,
              {"show plays/3pc-textbook-AC1.play", "show bank-transfer --seed 7 -v", "show alice-stops --svg -o alice.svg", "show lesson-window-of-doubt --lesson", "show bank-transfer --format mermaid", "show bank-transfer --format trace -o run.trace.json"}};
    case Verb::explore:
      return {"[SCENARIO]", "a page in which you decide what happens next, in any world that the faults allow", kAboutExplore,
              {"explore bank-transfer -o explorer.html", "explore 2pc -n 3 --crashes 1 --recovery --max-states 500000 -o explorer.html", "explore plays/3pc-textbook-AC1.play -o explorer.html"}};
    case Verb::compare:
      return {"[SCENARIO]", "one question, several protocols, one table", kAboutScenarios, {"compare bank-transfer", "compare -n 2 --crashes 1 --check AC1,NB --protocols 2pc,3pc --timing synchronous"}};
    case Verb::frontier:
      return {"[SCENARIO]", "which faults break what: every vector of faults up to those given", kAboutFrontier,
              {"frontier 3pc -n 2 --crashes 2 --suspicions 1 --timing synchronous", "frontier 2pc --crashes 1 --losses 1 --recovery --check AC1,AC5,NB", "frontier bank-transfer --partitions 1"}};
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

static std::string paragraph(std::string_view text) {
  std::string page;
  for (const auto& line : wrapped(text, Style{}.width)) page += line + "\n";
  return page;
}

// `prompt` stands before each example.
static std::string help_page(const std::string& program, const std::string& prompt) {
  std::string page = "A testbed for atomic commit: run a protocol, check all its runs, estimate how likely it commits.\n\n";
  page += "usage: " + program + " VERB [SCENARIO] [options]\n\nVerbs\n";
  Table table;
  for (const Verb verb : verbs()) table.add({{std::string(name_of(verb))}, {std::string(manual(verb).summary)}});
  page += text_of(table, {}) + "\nExamples\n";
  for (const std::string_view example : {"list", "run bank-transfer", "check bank-transfer", "check --protocol 3pc-textbook -n 2 --crashes 1 --timing synchronous", "estimate bank-transfer", "compare -n 2 --crashes 1"}) {
    page += "  " + prompt + program + " " + std::string(example) + "\n";
  }
  page += "\n" + paragraph(kAboutScenarios);
  page += "\nExit codes: 0 holds, or as expected; 1 violated, or not as expected; 2 inconclusive; 3 a play\n"
          "differs; 64 usage; 65 bad input; 66 no input; 70 internal error; 73 cannot create output;\n74 I/O error; 75 a search that cannot be gone on with\n";
  return page + "\n" + program + " VERB --help says more, --help-all all at once, --version which this is.\n";
}

std::string program_help(const std::string& program) { return help_page(program, ""); }

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

// For each group a table of its options that are `wanted`; `behind` the help of each is said what else there is to say.
static std::string options_tables(auto&& wanted, auto&& behind) {
  std::string page;
  for (const Group group : {Group::question, Group::faults, Group::search, Group::chance, Group::output}) {
    Table table;
    for (const Option& option : options()) {
      if (option.group != group || !wanted(option)) continue;
      const std::string letter = option.letter != 0 ? std::string("-") + option.letter + ", " : "    ";
      table.add({{letter + dashed(option.name) + (option.is_flag() ? "" : " ") + std::string(option.value)}, {std::string(option.help) + behind(option)}});
    }
    if (!table.rows.empty()) page += "\n" + std::string(heading_of(group)) + "\n" + text_of(table, {});
  }
  return page;
}

std::string verb_help(Verb verb, const std::string& program) {
  const Manual about = manual(verb);
  const std::string call = program + " " + std::string(name_of(verb));
  std::string page = "usage: " + call + (about.operand.empty() ? "" : " ") + std::string(about.operand) + " [options]\n\n";
  page += paragraph(std::string(name_of(verb)) + ": " + std::string(about.summary));
  if (!about.more.empty()) page += "\n" + paragraph(about.more);
  page += "\nExamples\n";
  for (const auto& example : about.examples) page += "  " + program + " " + std::string(example) + "\n";
  return page + options_tables([&](const Option& option) { return option.of(verb); }, [](const Option&) { return std::string(); });
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

std::string whole_help(const std::string& program) {
  return help_page(program, "$ ") + options_tables([](const Option&) { return true; }, takers);
}

std::string_view summary_text(Verb verb) { return manual(verb).summary; }
std::string_view operand_text(Verb verb) { return manual(verb).operand; }

std::string version_text() { return "commitlab " COMMITLAB_VERSION "\n"; }

}  // namespace commitlab
