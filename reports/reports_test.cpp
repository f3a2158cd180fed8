// Each report as a reader sees it, as golden text; and its JSON, read back.
#include <nlohmann/json.hpp>

#include "reports/compare_report.hpp"
#include "reports/estimate_report.hpp"
#include "reports/list_report.hpp"
#include "reports/replay_report.hpp"
#include "reports/run_report.hpp"
#include "reports/told_run.hpp"
#include "reports/traces_for_tests.hpp"
#include "reports/verdict_report.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static Verdict short_verdict() {
  Verdict verdict;
  verdict.findings = {{.property = Property::AC1, .name = "AC1", .status = Status::holds},
                      {.property = Property::NB, .name = "NB", .status = Status::violated, .why = "alice is in doubt; coordinator is down", .witness = short_run()}};
  verdict.worlds = 1234, verdict.steps = 5678, verdict.depth = 9, verdict.starts = 2;
  verdict.sometimes = {{"some node commits", false}, {"some node aborts", true}};
  verdict.seconds = 0.25, verdict.bytes = 2'500'000;
  return verdict;
}

TEST_CASE("a verdict: properties, witness, bounds, sizes, and how to ask again") {
  CHECK(verdict_text(about_short_run(), short_verdict(), {}, {{"p.play", {"replay", "p.play"}}}, {}) ==
        "Transfer 100 from Alice's bank to Bob's\n"
        "2pc: two-phase commit\n"
        "2 participants + coordinator: alice and bob\n"
        "\n"
        "  AC1  agreement     holds\n"
        "  NB   non-blocking  violated  alice is in doubt; coordinator is down\n"
        "\n"
        "A shortest run to somebody in doubt that breaks NB\n"
        "  votes  alice votes yes, bob no\n" +
            numbered_lines(short_run(), {}) +
            "  in the end   is                  decided  log (? = not yet on disk)\n"
            "  coordinator  down                -        -\n"
            "  alice        prepared, in doubt  -        prepared end?\n"
            "  bob          aborted             abort    abort\n"
            "  why  alice has been in doubt since step 2. The coordinator is down.\n"
            "\n"
            "warning  in no run that was visited: some node commits\n"
            "\n"
            "verdict  violated: NB; holds: AC1\n"
            "faults   1 crash anywhere in a step (effects cut, broadcasts torn); no recovery\n"
            "timing   synchronous: timers fire only when no message is under way; messages overtake each other\n"
            "votes    alice yes; bob either way (2 starts)\n"
            "visited  1,234 worlds, 5,678 steps, depth 9\n"
            "time     0.25 s, 2.5 MB\n"
            "repeat   ./lab check bank-transfer --crashes 1\n"
            "replay   ./lab replay p.play\n");
}

TEST_CASE("a quiet verdict: properties and result") {
  CHECK(verdict_text(about_short_run(), short_verdict(), {}, {}, {.detail = Detail::quiet}) ==
        "  AC1  agreement     holds\n"
        "  NB   non-blocking  violated  alice is in doubt; coordinator is down\n"
        "verdict  violated: NB; holds: AC1\n");
}

TEST_CASE("a verdict says what was expected, what differs, and why it stopped") {
  Verdict verdict = short_verdict();
  verdict.findings.back().status = Status::inconclusive;
  verdict.stopped = "the time limit was reached";
  About about = about_short_run();
  about.warnings = {"synchrony assumption violated"};
  const Expectation expectation{true, {"AC1=violated"}, {"AC1 is kept, expected violated"}};
  const std::string text = verdict_text(about, verdict, expectation, {}, {.detail = Detail::quiet});
  CHECK(text.find("verdict   inconclusive: NB; holds: AC1\n"
                  "stopped   the time limit was reached\n"
                  "expected  AC1=violated\n"
                  "but       AC1 is kept, expected violated\n"
                  "warning   synchrony assumption violated\n") != std::string::npos);
  const std::string met = verdict_text(about, verdict, {true, {"AC1=holds"}, {}}, {}, {.detail = Detail::quiet});
  CHECK(met.find("expected  AC1=holds: as expected\n") != std::string::npos);
  CHECK(verdict_text(about, verdict, {}, {}, {}).find("in no run") == std::string::npos);
}

TEST_CASE("a verdict as JSON has all that the text has") {
  const json document = json::parse(verdict_json(about_short_run(), short_verdict(), {true, {"NB=violated"}, {}}, {{"p.play", {"replay", "p.play"}}}, 0));
  CHECK(document["schema"] == "commitlab-verdict/1");
  CHECK(document["arguments"] == json({"check", "bank-transfer", "--crashes", "1"}));
  CHECK(document["participants"] == json::parse(R"([{"name": "alice", "vote": "yes"}, {"name": "bob", "vote": "either"}])"));
  CHECK(document["faults"]["crashes"] == 1);
  CHECK(document["faults"]["timing"] == "synchronous");
  CHECK(document["status"] == "violated");
  CHECK(document["findings"][0]["witness"].is_null());
  const json& witness = document["findings"][1]["witness"];
  CHECK(witness["lines"][1] == json::parse(R"({"node": "alice", "happened": "deliver prepare from coordinator",
    "effects": ["force prepared", "send yes to coordinator", "arm 3"], "play": "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
    "after": {"up": true, "in_doubt": true, "state": "prepared", "decided": "", "log": []}})"));
  CHECK(witness["lines"][2]["node"].is_null());
  CHECK(witness["end"][2]["decided"] == "abort");
  CHECK(document["expected"] == json::parse(R"({"expected": ["NB=violated"], "met": true, "differences": []})"));
  CHECK(document["worlds"] == 1234);
  CHECK(document["sometimes"][0] == json::parse(R"({"goal": "some node commits", "seen": false})"));
  CHECK(document["plays"][0]["path"] == "p.play");
  CHECK(document["timing"]["seconds"] == 0.25);
}

TEST_CASE("what a blocked node waits for and what would free it is told") {
  Verdict verdict = short_verdict();
  verdict.findings.back().stuck = Stuck{.worlds = 3, .waits = {{"alice", {"coordinator"}}}, .frees = {{"coordinator"}, {"alice", "bob"}}};
  CHECK(verdict_text(about_short_run(), verdict, {}, {}, {}).find("  stuck  in 3 worlds: nothing leads out of them but a new fault or a recovery\n") != std::string::npos);
  const json stuck = json::parse(verdict_json(about_short_run(), verdict, {}, {}, 1))["findings"][1]["stuck"];
  CHECK(stuck == json::parse(R"({"worlds": 3, "waits": [{"who": "alice", "for": ["coordinator"]}], "frees": [["coordinator"], ["alice", "bob"]], "all_searched": true})"));
  CHECK(json::parse(verdict_json(about_short_run(), verdict, {}, {}, 1))["findings"][0]["stuck"].is_null());
}

TEST_CASE("two verdicts that differ in time only have the same JSON but for timing") {
  Verdict slow = short_verdict();
  slow.seconds = 9, slow.bytes = 7;
  auto fast_json = json::parse(verdict_json(about_short_run(), short_verdict(), {}, {}, 1));
  auto slow_json = json::parse(verdict_json(about_short_run(), slow, {}, {}, 1));
  CHECK(fast_json != slow_json);
  fast_json.erase("timing"), slow_json.erase("timing");
  CHECK(fast_json == slow_json);
}

TEST_CASE("a run: its lines, its end, and its conditions") {
  Run run{.trace = short_run(), .transactions = {{.outcome = "aborts", .latency_ns = 12'500'000, .messages = 4, .forced_writes = 1}}, .seed = 7};
  run.ended_ns = 12'500'000, run.events = 4, run.synchronous = false;
  About about = about_short_run();
  about.arguments = {"run", "bank-transfer", "--seed", "7"};
  about.chances = {.loss = {1, 1000}, .crash = {1, 2000}};
  const std::string text = run_text(about, run, nullptr, {});
  CHECK(text.ends_with("outcome  aborts, last decision after 12.500 ms, 4 messages, 1 forced write\n"
                       "seed     7\n"
                       "faults   lost: 1 in 1,000 messages; crashes: 1 in 2,000 handler runs; no recovery\n"
                       "timing   a timer fired while a message was under way: an asynchronous run, not a synchronous one\n"
                       "ended    at 12.500 ms of virtual time, with nothing left to happen; 4 events\n"
                       "repeat   ./lab run bank-transfer --seed 7\n"));
  CHECK(text.find("     2.666  alice ") != std::string::npos);
  const json document = json::parse(run_json(about, run, nullptr, 0));
  CHECK(document["seed"] == 7);
  CHECK(document["run"]["lines"][1]["at_ns"] == 2'666'000);
  CHECK(document["transactions"][0]["outcome"] == "aborts");
  CHECK(document["chances"]["loss"] == "1/1000");
  CHECK(document["synchronous"] == false);
}

TEST_CASE("the chances are told: of whom they are, who fails together, and how likely a stopped node returns") {
  About about = about_short_run();
  about.shared_hosts = {{NodeSet::from_bits(0b110), {1, 100}}};
  about.chances.crash_by_node = {{1, 1000}, {0, 1}, {1, 500}};
  CHECK(chances_text(about) == "alice and bob fail together: 1 in 100 transactions; crashes: 1 in 1,000 handler runs of coordinator, 1 in 500 of bob; no recovery");
  const json document = json::parse(run_json(about, {}, nullptr, 0));
  CHECK(document["shared_hosts"] == json::parse(R"([{"participants": ["alice", "bob"], "fails": "1/100"}])"));
  CHECK(document["chances"]["crash"] == json::parse(R"({"coordinator": "1/1000", "alice": "0/1", "bob": "1/500"})"));

  about = about_short_run();
  about.faults.recovery = Recovery::any_time;
  about.chances.crash = {1, 50};
  const auto recovery = [&](const Probability& chance) {
    about.chances.recovery = chance;
    return chances_text(about);
  };
  CHECK(recovery({1, 1}) == "crashes: 1 in 50 handler runs; stopped nodes recover");
  CHECK(recovery({3, 4}) == "crashes: 1 in 50 handler runs; recover: 3 in 4 stopped nodes");
  CHECK(recovery({0, 1}) == "crashes: 1 in 50 handler runs; no recovery");
  CHECK(json::parse(run_json(about, {}, nullptr, 0))["chances"]["recovery"] == "0/1");
}

TEST_CASE("many transactions are summed up, and told one by one only when verbose") {
  Run run{.trace = short_run()};
  for (const std::int64_t latency : {3'000'000, 1'000'000, 2'000'000, 9'000'000}) {
    run.transactions.push_back({.outcome = "commits", .latency_ns = latency, .messages = 8, .forced_writes = 5});
  }
  run.transactions.push_back({.outcome = "blocked", .messages = 2});
  const std::string text = run_text(about_short_run(), run, nullptr, {});
  CHECK(text.find("  outcome  count   share  fastest, ms  median, ms  slowest, ms  messages each  forced writes each\n"
                  "  commits      4  0.8000        1.000       2.000        9.000           8.00                5.00\n"
                  "  aborts       0       0            -           -            -              -                   -\n"
                  "  blocked      1  0.2000            -           -            -           2.00                0.00\n"
                  "  breaks       0       0            -           -            -              -                   -\n"
                  "  all          5       1        1.000       2.000        9.000           6.80                4.00\n") != std::string::npos);
  CHECK(text.find("deliver prepare") == std::string::npos);
  CHECK(run_text(about_short_run(), run, nullptr, {.detail = Detail::verbose}).find("deliver prepare") != std::string::npos);
}

static Estimate short_estimate() {
  Estimate estimate;
  estimate.factors = {{"alice", "0.99"}, {"bob", "1/3"}};
  estimate.product = "0.33", estimate.product_decimal = "0.33", estimate.one_less_product = "0.67";
  estimate.outcomes = {.commits = 300, .aborts = 690, .blocked = 10};
  estimate.commits = {0.27, 0.33}, estimate.aborts = {0.66, 0.72}, estimate.blocked = {0.0048, 0.0184}, estimate.breaks = {0, 0.0037};
  estimate.seed = 3, estimate.messages = 8.25, estimate.forced_writes = 5, estimate.latency_ns = 17'182'000, estimate.seconds = 0.5;
  return estimate;
}

TEST_CASE("an estimate: the product exactly, the runs counted, each with its kind") {
  About about = about_short_run();
  about.arguments = {"estimate", "bank-transfer"};
  CHECK(estimate_text(about, short_estimate(), {}) ==
        "Transfer 100 from Alice's bank to Bob's\n"
        "2pc: two-phase commit\n"
        "2 participants + coordinator: alice and bob\n"
        "\n"
        "  participant  works out with probability\n"
        "  alice        0.99\n"
        "  bob          1/3\n"
        "  product      0.33\n"
        "\n"
        "  outcome          product rule  of 1,000 runs  share     95 % interval\n"
        "  commit           0.33                    300  0.3000    [0.270, 0.331]\n"
        "  abort            0.67                    690  0.6900    [0.660, 0.720]\n"
        "  blocked          0                        10  0.0100    [0.004, 0.019]\n"
        "  break atomicity  0                         0  < 0.0038  [0, 0.0038]\n"
        "\n"
        "product     the product, 0.33, lies inside the interval of commits, [0.270, 0.331]\n"
        "kind        the product is exact, the shares are counted: intervals of Clopper and Pearson, 95 %\n"
        "seed        3\n"
        "on average  8.25 messages, 5.00 forced writes, 17.182 ms to the last decision\n"
        "faults      none: budgets such as --crashes count in a search only, see --chance\n"
        "time        0.50 s\n"
        "repeat      ./lab estimate bank-transfer\n");
}

TEST_CASE("an estimate puts the exact chances between the product rule and what was counted, and says how they were found") {
  Estimate estimate = short_estimate();
  estimate.exact = ExactOdds{.commits = {0.3, 0.3}, .aborts = {0.69, 0.69}, .blocked = {0.01, 0.01 + 1e-12}, .breaks = {1e-12, 1e-12}, .moments = 1234, .messages = 8.125, .forced_writes = 5};
  const std::string page = estimate_text(about_short_run(), estimate, {});
  INFO(page);
  CHECK(page.find("  outcome          product rule  exact         of 1,000 runs  share     95 % interval\n"
                  "  commit           0.33          0.3000000000            300  0.3000    [0.270, 0.331]\n"
                  "  abort            0.67          0.6900000000            690  0.6900    [0.660, 0.720]\n"
                  "  blocked          0             0.0100000000             10  0.0100    [0.004, 0.019]\n"
                  "  break atomicity  0             1e-12                     0  < 0.0038  [0, 0.0038]\n") != std::string::npos);
  CHECK(page.find("a Markov chain of 1,234 moments") != std::string::npos);
  CHECK(page.find("8.1250 messages") != std::string::npos);
  CHECK(json::parse(estimate_json(about_short_run(), estimate, 0))["exact"]["commits"] == json::parse(R"({"kind": "exact", "low": 0.3, "high": 0.3})"));

  estimate.exact->means = true, estimate.exact->conclusive = false;
  const std::string unsure = estimate_text(about_short_run(), estimate, {});
  CHECK(unsure.find("inconclusive") != std::string::npos);
  CHECK(unsure.find("exact, at mean delays") != std::string::npos);
  CHECK(json::parse(estimate_json(about_short_run(), estimate, 0))["exact"]["kind"] == "inconclusive");
}

TEST_CASE("an estimate says of what always happened how often at least, and why it ended") {
  Estimate estimate = short_estimate();
  estimate.outcomes = {.commits = 1000}, estimate.commits = {0.99635, 1};
  estimate.width = 0.01, estimate.looks = {.at = {500, 1000, 2000}, .level = 1 - 0.05 / 3}, estimate.look = 1, estimate.narrow = true;
  const std::string narrow = estimate_text(about_short_run(), estimate, {});
  INFO(narrow);
  CHECK(narrow.find("1,000  > 0.9963  [0.9963, 1]") != std::string::npos);
  CHECK(narrow.find("ended       at look 2 of 3, after 1,000 runs: no interval is wider than 0.01\n") != std::string::npos);
  CHECK(narrow.find("over all 3 looks\n") != std::string::npos);
  CHECK(json::parse(estimate_json(about_short_run(), estimate, 0))["stopping"]["why"] == "width");
  estimate.narrow = false;
  CHECK(estimate_text(about_short_run(), estimate, {}).find("after 1,000 runs: there may be no more, though an interval is") != std::string::npos);
  CHECK(json::parse(estimate_json(about_short_run(), estimate, 0))["stopping"]["why"] == "runs");
}

TEST_CASE("a rare event has its chance and interval, or is said to be seen too seldom") {
  Estimate estimate = short_estimate();
  estimate.rare = RareOdds{.event = Rare::breaks, .mean = 1.149e-12, .interval = Interval{1.02e-12, 1.26e-12}, .replications = 64, .saw = 60, .parts_of_runs = 45'000};
  const std::string page = estimate_text(about_short_run(), estimate, {});
  INFO(page);
  CHECK(page.find("break atomicity: about 1.15e-12, 95 % interval [1.02e-12, 1.27e-12]; importance\n") != std::string::npos);
  CHECK(json::parse(estimate_json(about_short_run(), estimate, 0))["rare"]["high"] == 1.26e-12);
  estimate.rare->interval.reset(), estimate.rare->saw = 3;
  CHECK(estimate_text(about_short_run(), estimate, {}).find("seen in 3 of 64 replications only") != std::string::npos);
  const json unsure = json::parse(estimate_json(about_short_run(), estimate, 0))["rare"];
  CHECK(unsure["kind"] == "inconclusive");
  CHECK(unsure["high"].is_null());
  estimate.rare->saw = 0;
  CHECK(estimate_text(about_short_run(), estimate, {}).find("not seen in 64 replications, which is no bound") != std::string::npos);
}

TEST_CASE("a product outside the interval comes with the assumption that is broken") {
  Estimate estimate = short_estimate();
  estimate.product_inside = false;
  CHECK(product_sentence(estimate).ends_with("; the exact chance is not known, and so not whether this is chance: try more runs"));
  estimate.broken_assumptions = {"messages are lost", "nodes crash"};
  CHECK(product_sentence(estimate).ends_with("this scenario breaks an assumption of the product rule: messages are lost; nodes crash"));
  const json document = json::parse(estimate_json(about_short_run(), estimate, 0));
  CHECK(document["product"] == json::parse(R"({"kind": "exact", "value": "0.33", "decimal": "0.33"})"));
  CHECK(document["commits"] == json::parse(R"({"kind": "interval", "level": "0.95", "count": 300, "low": 0.27, "high": 0.33})"));
  CHECK(document["runs"] == 1000);
  CHECK(document["broken_assumptions"].size() == 2);
}

TEST_CASE("compared protocols are rows of one table") {
  Verdict fine = short_verdict();
  fine.findings.back() = {.property = Property::NB, .name = "NB", .status = Status::holds};
  Verdict open = fine;
  open.findings.front().status = Status::inconclusive;
  open.stopped = "the limit of 1234 worlds was reached";
  const std::vector<Compared> compared = {{"2pc", short_verdict()}, {"3pc", fine}, {"other", open}};
  CHECK(compare_table(compared, {}) ==
        "  protocol  AC1           NB        worlds\n"
        "  2pc       holds         violated   1,234\n"
        "  3pc       holds         holds      1,234\n"
        "  other     inconclusive  holds     1,234+\n");
  const std::string text = compare_text(about_short_run(), compared, {});
  CHECK(text.find("  2pc    NB       alice is in doubt; coordinator is down\n  other  stopped  the limit of 1234 worlds was reached\n") != std::string::npos);
  const json document = json::parse(compare_json(about_short_run(), compared, 1));
  CHECK(document["protocols"].size() == 3);
  CHECK(document["protocols"][0]["findings"][1]["status"] == "violated");
  CHECK(document["timing"][2]["protocol"] == "other");
}

TEST_CASE("a replay tells the run and its end, or the difference") {
  Replayed replayed{.trace = short_run(), .findings = short_verdict().findings};
  const std::string same = replay_text(about_short_run(), {.path = "p.play"}, replayed, {});
  CHECK(same.find("replay  the same: all 4 steps happen as written, and the end is as written\n") != std::string::npos);
  CHECK(same.find("  NB   non-blocking  violated") != std::string::npos);
  replayed.outcome = Replayed::Outcome::differs;
  replayed.line = 6, replayed.written = "1 timeout; force commit", replayed.happens = "1 timeout; force abort";
  CHECK(replay_text(about_short_run(), {.path = "p.play"}, replayed, {.detail = Detail::quiet}) ==
        "  written  alice timeout; force commit\n"
        "  happens  alice timeout; force abort\n"
        "\n"
        "replay  differs: line 6 happens otherwise than it is written\n");
  const json document = json::parse(replay_json(about_short_run(), {.path = "p.play"}, replayed, 3));
  CHECK(document["outcome"] == "differs");
  CHECK(document["line"] == 6);
  CHECK(document["written"] == "1 timeout; force commit");
  CHECK(document["run"]["lines"].size() == 4);
}

TEST_CASE("the list names protocols with their claims, and scenarios") {
  static constexpr Claim kClaims[] = {{"a crash", {.left = {.crashes = 1}}, 2, "AC1,AC2", "NB"}, {"a lost message", {}, 2, "AC1", ""}};
  const Listing listing{.program = "./lab", .example = "check bank-transfer", .protocols = {{"2pc", "two-phase commit", kClaims, false}}, .scenarios = {{"bank-transfer", "Transfer \x1b 100", "2pc"}}};
  CHECK(list_text(listing, {}) ==
        "Protocols, and what each claims to bear\n"
        "  2pc  two-phase commit\n"
        "      a crash         keeps AC1, AC2  breaks NB\n"
        "      a lost message  keeps AC1\n"
        "\n"
        "Scenarios that come with the program\n"
        "  bank-transfer  2pc  Transfer ? 100\n"
        "\n"
        "Ask, for example: ./lab check bank-transfer\n");
  const json document = json::parse(list_json(listing));
  CHECK(document["protocols"][0]["claims"][0]["holds"] == json({"AC1", "AC2"}));
  CHECK(document["protocols"][0]["claims"][0]["faults"]["crashes"] == 1);
  CHECK(document["scenarios"][0]["name"] == "bank-transfer");
}

TEST_CASE("a command is quoted for the shell where it must be") {
  CHECK(command_text("./lab", {"check", "a b", "it's", "", "x=y", "new\nline"}) == "./lab check 'a b' 'it'\\''s' '' x=y $'new\\x0aline'");
}

TEST_CASE("faults are told with their budgets and their limits") {
  const std::vector<std::string> names = {"coordinator", "alice", "bob"};
  CHECK(faults_text({}, names) == "none");
  Faults faults{.left = {.crashes = 2, .losses = 1, .partitions = kUnlimited}, .recovery = Recovery::any_time, .crash_points = CrashPoints::handlers, .severed = Severed::held,
                .crash_only = NodeSet::from_bits(0b110)};
  CHECK(faults_text(faults, names) ==
        "2 crashes between steps only, of alice and bob only; recovery at any time; 1 lost message; any number of partitions (messages across are held)");
}

}  // namespace commitlab
