// The program as its caller sees it: what it prints where, and its exit code. The engines are fakes.
#include "commands/command_line.hpp"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <streambuf>

#include "checker/resident.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "commands/options.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static void answer_with(Status first) {
  fakes() = {};
  fakes().verdict = verdict_with(first);
}

// Refused with that code, one message that has these words in it, no output and no search.
static void check_refused(const std::vector<std::string>& args, int exit_code, const std::string& words) {
  answer_with(Status::holds);
  const Called called = call(args);
  std::string line;
  for (const auto& arg : args) line += arg + " ";
  CAPTURE(line, called.err);
  CHECK(called.exit_code == exit_code);
  CHECK(called.out.empty());
  CHECK(called.err.find(words) != std::string::npos);
  CHECK(called.err.starts_with("error[E"));
  CHECK(fakes().searches == 0);
}

TEST_CASE("without arguments the usage goes to standard error") {
  const Called called = call({});
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(called.err.find("usage: commitlab VERB") != std::string::npos);
}

TEST_CASE("help and version are answers") {
  for (const Verb each : verbs()) {
    const std::string verb(name_of(each));
    const Called called = call({verb, "--help"});
    CHECK(called.exit_code == 0);
    CHECK(called.out.find("usage: commitlab " + verb) == 0);
    CHECK(called.out.find("Examples") != std::string::npos);
    CHECK(call({verb, "-h"}).out == called.out);
  }
  CHECK(call({"--help"}).out.find("  check        what can happen") != std::string::npos);
  CHECK(call({"--help"}).out.find("  demo         the bank transfer") != std::string::npos);
  CHECK(call({"--version"}).out.starts_with("commitlab "));
}

TEST_CASE("people type help and version as words, too") {
  CHECK(call({"help"}).out == call({"--help"}).out);
  CHECK(call({"help", "check"}).out == call({"check", "--help"}).out);
  CHECK(call({"help", "all"}).out == call({"--help-all"}).out);
  CHECK(call({"version"}).out == call({"--version"}).out);
  CHECK(call({"help", "chek"}).err.find("did you mean \"check\"?") != std::string::npos);
  CHECK(call({"help", "chek"}).exit_code == 64);
}

TEST_CASE("the help of a verb is one screen, and --help-all explains each option") {
  for (const Verb verb : verbs()) {
    const std::string name(name_of(verb));
    std::ostringstream out, err;
    run_command({name, "--help"}, out, err, fake_catalogue(), {.width = 80});
    const std::string text = out.str(), all = call({name, "--help-all"}).out;
    CAPTURE(text);
    CHECK(std::count(text.begin(), text.end(), '\n') <= 40);
    for (const Option& option : options()) {
      CAPTURE(option.name);
      const auto named = [&](const std::string& in) {
        const std::string spelled = dashed(option.name);
        for (std::size_t at = in.find(spelled); at != in.npos; at = in.find(spelled, at + 1))
          if (const char next = in[at + spelled.size()]; next == ' ' || next == '\n') return true;
        return false;
      };
      if (option.of(verb)) CHECK((named(text) && named(all)));
    }
  }
}

TEST_CASE("no line of the help is wider than the page") {
  for (const std::size_t width : {80u, 100u})
    for (const Verb verb : verbs())
      for (const char* which : {"--help", "--help-all"}) {
        std::ostringstream out, err;
        run_command({std::string(name_of(verb)), which}, out, err, fake_catalogue(), {.width = width});
        std::istringstream lines(out.str());
        bool example = false;  // is there to be copied
        for (std::string line; std::getline(lines, line); example = line == "Examples" || (example && !line.empty())) {
          CAPTURE(line);
          if (!example && !line.starts_with("usage: ")) CHECK(line.size() <= width);
        }
      }
  std::vector<std::vector<std::string>> pages{{"--help"}, {"--help-all"}};
  for (const Verb verb : verbs()) pages.push_back({std::string(name_of(verb)), "-h"});
  for (const auto& args : pages) {
    std::istringstream help(call(args).out);
    for (std::string line; std::getline(help, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 100);
    }
  }
}

TEST_CASE("a bad command line is refused with what is allowed") {
  check_refused({"frobnicate"}, 64, "unknown verb \"frobnicate\"\n  hint: verbs: list, run, check");
  check_refused({"chek"}, 64, "did you mean \"check\"?");
  check_refused({"--crashes", "1", "check"}, 64, "expected a verb first");
  check_refused({"check"}, 64, "no protocol and no scenario");
  check_refused({"run", "fake", "other"}, 64, "one scenario at a time");
  check_refused({"check", "fake", "--thread", "4"}, 64, "unknown option \"--thread\"");
  check_refused({"check", "fake", "--max-state", "4"}, 64, "did you mean \"--max-states\"?");
  check_refused({"check", "fake", "--crashes", "-1"}, 64, "--crashes: expected an integer from 0 to 254, got \"-1\"");
  check_refused({"check", "fake", "--crashes", "255"}, 64, "0 to 254");
  check_refused({"check", "fake", "--crashes", "1", "--crashes", "2"}, 64, "given twice");
  check_refused({"check", "fake", "--protocol", "other"}, 64, "given twice");
  check_refused({"check", "fake", "-n", "0"}, 64, "1 to 63");
  check_refused({"check", "fake", "-n", "1000000000"}, 64, "1 to 63");
  check_refused({"check", "fake", "-n", "13", "--crashes", "1"}, 64, "--crashes: a broadcast to 13 nodes");
  check_refused({"check", "fake", "-n", "17"}, 64, "--votes: more than 65536 ways to vote");
  check_refused({"check", "fake", "--transactions", "65", "--votes", "yes"}, 64, "at most 64 transactions");
  check_refused({"check", "fake", "--timing", "synchronus"}, 64, "did you mean \"synchronous\"?");
  check_refused({"check", "fake", "--channels", "sticky", "--timing", "synchronous"}, 64, "not with sticky channels");
  check_refused({"check", "fake", "--channels", "sticky", "--losses", "1"}, 64, "--losses: not with sticky channels");
  check_refused({"check", "fake", "--suspicions", "1"}, 64, "--suspicions: suspicions need synchronous timing");
  check_refused({"check", "fake", "--reorders", "1"}, 64, "--reorders: ");
  check_refused({"check", "fake", "--messages", "unnumbered"}, 64, "error[E1228] --messages: there is one transaction only\n  hint: for 2 transactions or more");
  check_refused({"check", "fake", "--transaction-order", "serial"}, 64, "error[E1228] --transaction-order: there is one transaction only");
  check_refused({"check", "fake", "--transactions", "2", "--transaction-order", "serail"}, 64, "did you mean \"serial\"?");
  check_refused({"run", "fake", "--transactions", "2", "--messages", "unnumbered"}, 64, "--messages: has no meaning here\n  hint: an option of: check, replay, show");
  check_refused({"check", "fake", "--check", ""}, 64, "error[E1304] --check: nothing to check");
  check_refused({"check", "fake", "--check", "AC9"}, 64, "expected one of AC1");
  check_refused({"check", "fake", "--check", "conserve"}, 64, "no quantity is named");
  check_refused({"check", "fake", "--check", "AC1", "--expect", "NB=holds"}, 64, "\"NB\" is expected, but not checked");
  check_refused({"check", "fake", "--votes", "p1=maybe"}, 64, "expected one of no, yes");
  check_refused({"check", "fake", "--votes", "p7=no"}, 64, "expected one of p1, p2");
  check_refused({"check", "fake", "--votes", "most"}, 64, "expected all, yes");
  check_refused({"check", "fake", "--crash-only", "p7"}, 64, "expected one of coordinator, p1, p2");
  check_refused({"check", "--protocol", "fak"}, 64, "--protocol: unknown protocol \"fak\"; did you mean \"fake\"?");
  check_refused({"check", "fake", "--memory-limit", "10"}, 64, "at least 16M");
  check_refused({"check", "fake", "--runs", "4"}, 64, "an option of: estimate");
  check_refused({"check", "fake", "--color", "sometimes"}, 64, "auto, always, never");
  check_refused({"compare", "--protocols", "fake,none"}, 64, "--protocols: expected one of fake, other");
  check_refused({"run", "fake", "--seed", "-1"}, 64, "--seed: ");
  check_refused({"estimate", "fake", "--runs", "0"}, 64, "--runs: ");
  check_refused({"list", "fake"}, 64, "list takes no operand");
  check_refused({"replay"}, 64, "no play to replay");
}

TEST_CASE("what has no meaning for a verb is refused with what asks for it there") {
  for (const std::string verb : {"run", "estimate", "blocking", "sweep"}) {
    check_refused({verb, "fake", "--crashes", "1", "--losses", "2"}, 64, "--crashes: has no meaning here\n  hint: a search counts faults; here they come by chance: --chance crash=0.01");
    check_refused({verb, "fake", "--losses", "2"}, 64, "here they come by chance: --chance loss=0.01");
    check_refused({verb, "fake", "--timing", "synchronous"}, 64, "--timing: has no meaning here\n  hint: a search assumes it");
    check_refused({verb, "fake", "--partitions", "1"}, 64, "a scenario's \"script\" says when the network splits");
    check_refused({verb, "fake", "--suspicions", "1"}, 64, "--suspicions: has no meaning here");
  }
  check_refused({"show", "fake", "--crashes", "1"}, 64, "--crashes: has no meaning for a run in virtual time\n  hint: a search counts faults");
  check_refused({"show", "fake", "--check", "AC1"}, 64, "--check: has no meaning for a run in virtual time");
  check_refused({"run", "fake", "--check", "AC1"}, 64, "--check: has no meaning for a run in virtual time");
  check_refused({"estimate", "fake", "--check", "AC1"}, 64, "--check: has no meaning here\n  hint: properties are asked of a search");
  check_refused({"export", "fake", "--to", "/nonexistent/x", "--crashes", "1"}, 64, "--crashes: has no meaning for a run in virtual time");
  for (const std::string verb : {"check", "compare", "frontier", "necessary", "explore", "replay"})
    check_refused({verb, "fake", "--seed", "1"}, 64, "--seed: has no meaning here\n  hint: a search draws nothing");
  check_refused({"check", "fake", "--chance", "loss=0.1"}, 64, "--chance: has no meaning here\n  hint: a search tries what may happen, however unlikely: --crashes 1");
  CHECK(call({"report", "fake", "--json"}).err.find("a report is a page for people") != std::string::npos);
  check_refused({"explore", "fake", "-v"}, 64, "--verbose: has no meaning here");
  // What a scenario's file says of a search is no mistake where it is run.
  const TemporaryFolder folder;
  fakes() = {};
  fakes().run.transactions = {{.outcome = "commits"}};
  CHECK(call({"run", folder.write("budgets.json", kFakeScenario)}).exit_code == 0);
}

TEST_CASE("a missing input is 66, and told what was meant") {
  const TemporaryFolder folder;
  check_refused({"check", "nonexistent"}, 66, "neither a file nor a shipped scenario nor a protocol");
  check_refused({"check", "fkae"}, 66, "did you mean \"fake\"?");
  check_refused({"check", "bank-transfr"}, 66, "did you mean \"bank-transfer\"?");
  check_refused({"check", folder / "none.json"}, 66, "No such file or directory");
  check_refused({"check", folder / ""}, 66, "is a directory");
  check_refused({"check", "/dev/zero"}, 66, "not a regular file");
  check_refused({"check", std::string(300, 'a')}, 66, "File name too long");
  check_refused({"check", "new\nline"}, 66, "\"new\\nline\"");
  check_refused({"check", folder.write("secret\x1b[31m.json", "{}") + "x"}, 66, "\\u{1B}[31m");
}

TEST_CASE("a bad scenario is 65 with the places of its errors, and what options add is 64") {
  const TemporaryFolder folder;
  check_refused({"check", folder.write("a.json", "{\"schema\": \"commitlab-scenario/1\",\n \"protocol\": \"fake\", \"crahs\": 1}")}, 65, "a.json:2:22");
  check_refused({"check", folder.write("b.json", "")}, 65, "E1001");
  const std::string good = folder.write("c.json", kFakeScenario);
  check_refused({"check", good, "--suspicions", "1"}, 64, "--suspicions: ");
  check_refused({"check", good, "-n", "3"}, 64, "the scenario says who its 2 participants are");
  const std::string scripted = folder.write("d.json", R"({"schema": "commitlab-scenario/1", "protocol": "fake", "participants": 2,
    "script": [{"at": 1, "do": "crash", "node": "p1"}]})");
  check_refused({"check", scripted}, 64, "\"script\"");
  CHECK(call({"run", scripted}).exit_code == 0);
}

TEST_CASE("the exit code is the verdict's") {
  answer_with(Status::holds);
  CHECK(call({"check", "fake"}).exit_code == 0);
  answer_with(Status::violated);
  CHECK(call({"check", "fake"}).exit_code == 1);
  answer_with(Status::inconclusive);
  CHECK(call({"check", "fake"}).exit_code == 2);
}

TEST_CASE("an expected violation is 0, an unexpected result 1, and an open one 2") {
  answer_with(Status::violated);
  CHECK(call({"check", "fake", "--expect", "AC1=violated"}).exit_code == 0);
  CHECK(call({"check", "fake", "--expect", "AC1=violated,AC2=holds"}).exit_code == 0);
  CHECK(call({"check", "fake", "--expect", "AC1=violated,AC2=violated"}).exit_code == 1);
  const Called unexpected = call({"check", "fake", "--expect", "AC2=holds"});
  CHECK(unexpected.exit_code == 1);
  CHECK(unexpected.out.find("AC1 is violated, which is not expected") != std::string::npos);
  answer_with(Status::holds);
  const Called kept = call({"check", "fake", "--expect", "AC1=violated"});
  CHECK(kept.exit_code == 1);
  CHECK(kept.out.find("AC1 is kept, expected violated") != std::string::npos);
  answer_with(Status::inconclusive);
  CHECK(call({"check", "fake", "--expect", "AC1=violated"}).exit_code == 2);
  CHECK(call({"check", "fake", "--expect", "AC1=inconclusive"}).exit_code == 0);
}

TEST_CASE("what is expected is checked, unless it is said what is") {
  answer_with(Status::holds);
  call({"check", "fake", "--expect", "NB=violated"});
  CHECK(fakes().question.check == std::vector{Property::AC1, Property::AC2, Property::AC3, Property::NB});
}

TEST_CASE("a scenario's own expectation counts for its own question only") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", kFakeScenario);
  fakes() = {};
  fakes().verdict.findings = {finding(Property::AC1, "AC1", Status::holds), finding(Property::NB, "NB", Status::violated)};
  fakes().verdict.worlds = 12;
  CHECK(call({"check", file}).exit_code == 0);
  CHECK(call({"check", file, "--crashes", "2"}).exit_code == 1);
  fakes().verdict.worlds = 13;
  const Called differs = call({"check", file});
  CHECK(differs.exit_code == 1);
  CHECK(differs.out.find("13 worlds, expected 12") != std::string::npos);
  fakes().verdict.stopped = "the limit was reached";
  CHECK(call({"check", file}).exit_code == 0);
}

TEST_CASE("options override what the scenario says") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", kFakeScenario);
  answer_with(Status::holds);
  call({"check", file, "--crashes", "3", "--timing", "synchronous", "--recovery", "--votes", "all", "--check", "AC5", "--agreement", "live", "--max-states", "77",
        "--time-limit", "1.5", "--memory-limit", "16M", "--crash-only", "bob,coordinator", "--crash-points", "handlers"});
  const Question& asked = fakes().question;
  CHECK(asked.names == std::vector<std::string>{"coordinator", "alice", "bob"});
  CHECK(asked.faults.left.crashes == 3);
  CHECK(asked.faults.timing == Timing::synchronous);
  CHECK(asked.faults.recovery == Recovery::any_time);
  CHECK(asked.faults.crash_points == CrashPoints::handlers);
  CHECK(asked.faults.crash_only == NodeSet::from_bits(0b101));
  CHECK(asked.votes.size() == 4);
  CHECK(asked.check == std::vector{Property::AC5});
  CHECK(asked.agreement == Agreement::live);
  CHECK(asked.limits.worlds == 77);
  CHECK(asked.limits.seconds == 1.5);
  CHECK(asked.limits.bytes == std::uint64_t{16} << 20);
  call({"check", file});
  CHECK(fakes().question.votes.size() == 2);  // bob's vote is the scenario's
}

TEST_CASE("all searches of a verb share one time and one memory") {
  const TemporaryFolder folder;
  const std::string one = folder.write("one.json", kFakeScenario), two = folder.write("two.json", kFakeScenario);
  answer_with(Status::holds);
  std::vector<Limits> seen;
  fakes().meanwhile = [&](const Question& question) { seen.push_back(question.limits); };
  const auto limits_of_all = [&](std::vector<std::string> args) {
    seen.clear();
    args.insert(args.end(), {"--time-limit", "5"});
    call(args);
    CAPTURE(args);
    REQUIRE_FALSE(seen.empty());
    for (const Limits& limits : seen) {
      REQUIRE(limits.began);
      CHECK(limits.began->at == seen.front().began->at);
      CHECK(limits.seconds == 5);
      CHECK(limits.bytes == seen.front().bytes);
    }
    return seen.front().bytes;
  };
  constexpr std::uint64_t kTwo = std::uint64_t{2} << 30;
  CHECK(limits_of_all({"compare", "--protocols", "fake,other"}) == kTwo);
  CHECK(seen.size() == 2);
  CHECK(limits_of_all({"frontier", "fake", "--crashes", "2"}) == kTwo);
  CHECK(limits_of_all({"check", one, two}) == machine_bytes() / 2);
  CHECK(seen.size() == 2);
  CHECK(limits_of_all({"check", "fake"}) == machine_bytes() / 2);
  CHECK(limits_of_all({"compare", "--protocols", "fake", "--memory-limit", "100M"}) == std::uint64_t{100} << 20);
  for (const std::vector<std::string>& args : {std::vector<std::string>{"concurrency", "fake"}, {"necessary", "fake"}}) {
    call(args);
    CHECK(fakes().question.limits.began);
    CHECK(fakes().question.limits.bytes == kTwo);
  }
  fakes().meanwhile = {};
}

TEST_CASE("how transactions follow each other and what messages say of them is asked of a search only") {
  const TemporaryFolder folder;
  answer_with(Status::holds);
  CHECK(call({"check", "fake", "--transactions", "2", "--transaction-order", "serial", "--messages", "unnumbered"}).exit_code == 0);
  CHECK(fakes().question.faults.transaction_order == TransactionOrder::serial);
  CHECK(fakes().question.faults.messages == Messages::unnumbered);
  const auto file = [&](const std::string& faults) {
    return folder.write("several.json", R"({"schema": "commitlab-scenario/1", "protocol": "fake", "participants": 2, "transactions": 2, "faults": {)" + faults + "}}");
  };
  for (const std::string verb : {"run", "estimate", "show"}) {
    INFO(verb);
    check_refused({verb, file(R"("transaction_order": "serial")")}, 64, "--transaction-order: not in virtual time: ");
    check_refused({verb, file(R"("messages": "unnumbered")")}, 64, "--messages: not in virtual time: ");
  }
}

TEST_CASE("a question of options alone has p1 and p2, or as many as are asked for") {
  answer_with(Status::holds);
  call({"check", "--protocol", "fake"});
  CHECK(fakes().question.names == std::vector<std::string>{"coordinator", "p1", "p2"});
  call({"check", "fake", "-n3", "--votes", "p2=no,p3=yes"});
  CHECK(fakes().question.names.back() == "p3");
  CHECK(fakes().question.votes == std::vector<std::vector<NodeSet>>{{NodeSet::from_bits(0b1001)}, {NodeSet::from_bits(0b1011)}});
}

TEST_CASE("the command that repeats a question asks the same again") {
  answer_with(Status::holds);
  const Called called = call({"check", "--crashes=2", "fake", "-n", "3", "-v", "--check", "AC1,NB", "--color", "never"});
  CHECK(called.out.find("commitlab check fake --crashes 2 -n 3 --check AC1,NB\n") != std::string::npos);
  const TemporaryFolder folder;
  const std::string file = folder.write("it's.json", kFakeScenario);
  CHECK(call({"check", file}).out.find("it'\\''s.json'\n") != std::string::npos);
}

TEST_CASE("a seed is decimal, hexadecimal or drawn, and always said") {
  fakes() = {};
  fakes().run.transactions = {{.outcome = "commits", .latency_ns = 1'500'000, .messages = 8, .forced_writes = 5}};
  CHECK(call({"run", "fake", "--seed", "0x10"}).out.find("--seed 16\n") != std::string::npos);
  CHECK(fakes().seed == 16);
  const Called drawn = call({"run", "fake", "--seed", "random"});
  CHECK(drawn.out.find("--seed " + std::to_string(fakes().seed) + "\n") != std::string::npos);
  call({"run", "fake"});
  CHECK(fakes().seed == 0);
}

TEST_CASE("a run that would go on for ever is warned of, by what does and where") {
  fakes() = {};
  fakes().run.transactions = {{.outcome = "commits"}};
  fakes().run.endless = {{.event = Event::act, .what = "announce", .nodes = {1, 2}, .times = 3306},
                         {.event = Event::timeout, .nodes = {0}, .times = 199},
                         {.event = Event::deliver, .nodes = {2}, .times = 50}};
  const auto told = nlohmann::json::parse(call({"run", "fake", "-n", "2", "--json"}).out);
  CHECK(told["warnings"] == std::vector<std::string>{
                                "the act announce of p1 and p2 happened 3,306 times, and stays enabled: the run would go on for ever",
                                "everybody has decided, and the timer of coordinator fired 199 times and is set again: the run would go on for ever",
                                "everybody has decided, and p2 received 50 messages: they answer each other for ever"});
  CHECK(call({"run", "fake", "-n", "2"}).out.find("warning") != std::string::npos);
}

TEST_CASE("a run whose decisions differ is violated") {
  fakes() = {};
  fakes().run.transactions = {{.outcome = "blocked"}};
  CHECK(call({"run", "fake"}).exit_code == 0);
  fakes().run.transactions = {{.outcome = "commits"}, {.outcome = "breaks"}};
  CHECK(call({"run", "fake"}).exit_code == 1);
}

TEST_CASE("estimate counts as many runs as are asked for") {
  fakes() = {};
  call({"estimate", "fake"});
  CHECK(fakes().runs == 10'000);
  call({"estimate", "fake", "--runs", "5", "--chance", "loss=0.1", "--seed", "3"});
  CHECK(fakes().runs == 5);
  CHECK(fakes().seed == 3);
  CHECK(fakes().scenario.chances.loss == Probability{1, 10});
}

TEST_CASE("compare asks all protocols, or those named, and takes the worst result") {
  answer_with(Status::violated);
  const Called all = call({"compare", "-n", "2"});
  CHECK(all.exit_code == 1);
  CHECK(fakes().searches == 2);
  CHECK(all.out.find("  fake") < all.out.find("  other"));
  answer_with(Status::inconclusive);
  CHECK(call({"compare", "--protocols", "other"}).exit_code == 2);
  CHECK(fakes().searches == 1);
}

TEST_CASE("a defect is 70 and a lack of memory inconclusive, whatever they say") {
  answer_with(Status::holds);
  fakes().throws = Fakes::Throw::defect;
  const Called defect = call({"check", "fake"});
  CHECK(defect.exit_code == 70);
  CHECK(defect.err.find("the \\u{1B}[31mroof is on fire") != std::string::npos);
  fakes().throws = Fakes::Throw::no_memory;
  const Called memory = call({"check", "fake"});
  CHECK(memory.exit_code == 2);
  CHECK(memory.out.find("there is no more memory") != std::string::npos);
  CHECK(call({"run", "fake"}).exit_code == 2);
  fakes().throws = Fakes::Throw::nothing;
}

TEST_CASE("a broken output stream is 74") {
  answer_with(Status::holds);
  for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{{"check", "fake"}, {"list"}, {"--help"}, {"check", "--help"}}) {
    std::ofstream full("/dev/full");
    std::ostringstream err;
    CHECK(run_command(args, full, err, fake_catalogue()) == 74);
    CHECK(err.str().find("cannot be written") != std::string::npos);
  }
}

TEST_CASE("every verb answers in JSON alone") {
  const TemporaryFolder folder;
  const std::string play = folder.write("p.play", "# commitlab-play/1 fake\nvotes yes no\n");
  answer_with(Status::violated);
  fakes().verdict.findings.front().witness = one_step();
  fakes().run.trace = one_step();
  fakes().run.transactions = {{.outcome = "aborts"}};
  fakes().replayed.trace = one_step();
  const std::vector<std::pair<std::vector<std::string>, std::string>> verbs = {
      {{"list"}, "commitlab-list/1"},           {{"check", "fake"}, "commitlab-verdict/1"}, {{"run", "fake"}, "commitlab-run/1"},
      {{"estimate", "fake"}, "commitlab-estimate/1"}, {{"compare"}, "commitlab-compare/1"},       {{"replay", play}, "commitlab-replay/1"},
      {{"necessary", "fake"}, "commitlab-necessary/1"}, {{"concurrency", "fake"}, "commitlab-concurrency/1"},
      {{"show", "fake"}, "commitlab-run/1"},    {{"show", play}, "commitlab-replay/1"},           {{"frontier", "fake"}, "commitlab-frontier/1"},
      {{"check", "fake", "--min-faults"}, "commitlab-frontier/1"}};
  for (auto [args, schema] : verbs) {
    args.push_back("--json");
    const Called called = call(args);
    CAPTURE(args.front(), called.err);
    CHECK(called.err.empty());
    const json document = json::parse(called.out);
    CHECK(document["schema"] == schema);
    CHECK(call(args).out == called.out);
    if (document.contains("exit_code")) CHECK(document["exit_code"] == called.exit_code);
  }
}

TEST_CASE("errors are JSON too where JSON was asked for") {
  const Called called = call({"check", "fake", "--json", "--crashes", "x"});
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  const json document = json::parse(called.err);
  CHECK(document["schema"] == "commitlab-diagnostics/1");
  CHECK(document["diagnostics"][0]["pointer"] == "--crashes");
  CHECK(json::parse(call({"chek", "--json"}).err)["diagnostics"][0]["code"] == "E1601");
}

TEST_CASE("colours are for terminals, or as they are asked for") {
  answer_with(Status::violated);
  CHECK(call({"check", "fake"}).out.find('\x1b') == std::string::npos);
  CHECK(call({"check", "fake", "--color", "always"}).out.find("\x1b[1;31mviolated\x1b[0m") != std::string::npos);
  std::ostringstream out, err;
  run_command({"check", "fake"}, out, err, fake_catalogue(), {.colour_by_itself = true});
  CHECK(out.str().find('\x1b') != std::string::npos);
  std::ostringstream never;
  run_command({"check", "fake", "--color", "never"}, never, err, fake_catalogue(), {.colour_by_itself = true});
  CHECK(never.str().find('\x1b') == std::string::npos);
}

TEST_CASE("list names the protocols of this program, and no scenario for another one") {
  const Called called = call({"list"});
  CHECK(called.exit_code == 0);
  CHECK(called.out.find("fake  answers what it is told to") != std::string::npos);
  CHECK(called.out.find("bank-transfer") == std::string::npos);
}

namespace {

/// A stream whose reader has gone, as `head` does once it has seen enough.
class ClosedPipe final : public std::streambuf {
 protected:
  int overflow(int) override { return errno = EPIPE, traits_type::eof(); }
  std::streamsize xsputn(const char*, std::streamsize) override { return errno = EPIPE, 0; }
};

}  // namespace

TEST_CASE("a reader that has seen enough is no error: nothing is said, and the answer's code stays") {
  for (const auto& [status, code] : {std::pair(Status::holds, 0), std::pair(Status::violated, 1)}) {
    answer_with(status);
    ClosedPipe pipe;
    std::ostream out(&pipe);
    std::ostringstream err;
    CHECK(run_command({"check", "fake"}, out, err, fake_catalogue()) == code);
    CHECK(err.str().empty());
  }
}

TEST_CASE("a page or a picture is not poured into a terminal: the file to name is said") {
  answer_with(Status::holds);
  const auto on_terminal = [](std::vector<std::string> args) {
    std::ostringstream out, err;
    Called called{run_command(std::move(args), out, err, fake_catalogue(), {.output_is_terminal = true})};
    called.out = out.str(), called.err = err.str();
    return called;
  };
  for (const char* verb : {"explore", "report"}) {
    const Called called = on_terminal({verb, "folder/fake.json"});
    CHECK(called.exit_code == 64);
    CHECK(called.out.empty());
    CHECK(called.err.find("-o fake.html") != std::string::npos);
  }
  CHECK(on_terminal({"show", "fake", "--svg"}).err.find("-o fake.svg") != std::string::npos);
  CHECK(on_terminal({"check", "fake"}).exit_code == 0);
}

}  // namespace commitlab
