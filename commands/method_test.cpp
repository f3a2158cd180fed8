// How a search may be made smaller or faster, as the caller of the program sees it: the same answers, exact counts, and a
// reason wherever a method would not answer the question.
#include <nlohmann/json.hpp>
#include <sstream>

#include "checker/orders_ids.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

// The lines that do not begin with one of these words.
static std::string without(const std::string& text, const std::vector<std::string>& words) {
  std::istringstream lines(text);
  std::string rest;
  for (std::string line; std::getline(lines, line);) {
    const bool left_out = std::any_of(words.begin(), words.end(), [&](const std::string& word) { return line.starts_with(word); });
    if (!left_out) rest += line + "\n";
  }
  return rest;
}

static const std::vector<std::string> kCrash = {"check", "2pc", "-n", "2", "--crashes", "1", "--recovery"};

static std::vector<std::string> with(std::vector<std::string> args, const std::vector<std::string>& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

TEST_CASE("with symmetry a search says how many worlds its representatives stand for, exactly") {
  const Called plain = call(kCrash, catalogue()), symmetric = call(with(kCrash, {"--symmetry", "on"}), catalogue());
  CHECK(plain.exit_code == 0);
  CHECK(has(plain.out, "visited  39,060 worlds, 209,915 steps, depth 21\n"));
  CHECK(symmetric.exit_code == 0);
  CHECK(has(symmetric.out, "visited  19,716 representatives stand for 39,060 worlds exactly, "));
  CHECK(has(symmetric.out, "method   symmetry\n"));
  CHECK(has(symmetric.out, "repeat   commitlab check 2pc -n 2 --crashes 1 --recovery --symmetry on\n"));
  CHECK(without(plain.out, {"visited", "time", "method", "repeat"}) == without(symmetric.out, {"visited", "time", "method", "repeat"}));
}

TEST_CASE("the JSON has the method and both numbers") {
  const json plain = json::parse(call(with(kCrash, {"--json"}), catalogue()).out);
  CHECK(plain["method"] == json::parse(R"({"symmetry": false, "partial_order": false, "store": "exact", "threads": 1})"));
  CHECK(plain["worlds"] == 39060);
  CHECK(plain["representatives"].is_null());
  CHECK(plain["stands_for"].is_null());
  const json symmetric = json::parse(call(with(kCrash, {"--json", "--symmetry", "on", "--threads", "2"}), catalogue()).out);
  CHECK(symmetric["method"] == json::parse(R"({"symmetry": true, "partial_order": false, "store": "exact", "threads": 2})"));
  CHECK(symmetric["representatives"] == 19716);
  CHECK(symmetric["stands_for"] == "39060");
}

TEST_CASE("what AC4 visits is among what the representatives stand for") {
  const json plain = json::parse(call(with(kCrash, {"--json", "--check", "AC1,AC4"}), catalogue()).out);
  const json symmetric = json::parse(call(with(kCrash, {"--json", "--check", "AC1,AC4", "--symmetry", "on"}), catalogue()).out);
  CHECK(symmetric["stands_for"] == std::to_string(plain["worlds"].get<std::uint64_t>()));
  CHECK(symmetric["representatives"] < plain["worlds"]);
}

TEST_CASE("threads change nothing but the time") {
  const std::vector<std::string> question = {"check", "3pc-textbook", "-n", "2", "--crashes", "2", "--timing", "synchronous", "--check", "AC1,AC3,AC5,NB"};
  const Called alone = call(question, catalogue());
  CHECK(alone.exit_code == 1);
  for (const char* threads : {"1", "2", "3", "64"}) {
    const Called several = call(with(question, {"--threads", threads}), catalogue());
    CAPTURE(threads);
    CHECK(several.exit_code == 1);
    CHECK(without(several.out, {"time", "method", "repeat"}) == without(alone.out, {"time", "method", "repeat"}));
    const bool said = std::string(threads) != "1";
    CHECK(has(several.out, std::string("method   ") + threads + " threads\n") == said);
    CHECK(has(several.out, std::string(" --threads ") + threads + "\n") == said);
  }
}

TEST_CASE("witnesses found with symmetry are runs of the protocol as it is") {
  const TemporaryFolder folder;
  const Called called = call({"check", "2pc", "-n", "3", "--votes", "yes", "--crashes", "1", "--check", "AC1,NB", "--symmetry", "on", "--save", folder / ""}, catalogue());
  CHECK(called.exit_code == 1);
  const Called again = call({"replay", folder / "2pc-NB.play"}, catalogue());
  CAPTURE(called.out, again.out, again.err);
  CHECK(again.exit_code == 0);
}

TEST_CASE("compare and the frontier take a method too") {
  const Called compared = call({"compare", "-n", "2", "--crashes", "1", "--protocols", "2pc,2pc-ctp", "--symmetry", "on"}, catalogue());
  CAPTURE(compared.out, compared.err);
  CHECK(has(compared.out, "  protocol  AC1    AC2    AC3    representatives  worlds\n"));
  CHECK(has(compared.out, "method  symmetry\n"));
  const std::vector<std::string> vectors = {"frontier", "2pc", "-n", "2", "--crashes", "1", "--losses", "1", "--check", "AC1,NB"};
  const Called plain = call(vectors, catalogue()), symmetric = call(with(vectors, {"--symmetry", "on", "--threads", "2"}), catalogue());
  const std::string table = "  NB         0 losses         1 loss\n  0 crashes  holds            holds\n  1 crash    broken, 5 steps  by 1 crash\n";
  CHECK(has(plain.out, table));
  CHECK(has(symmetric.out, table));
  CHECK(has(symmetric.out, " representatives, "));
  CHECK(has(symmetric.out, "--symmetry on --threads 2\n"));
}

// Refused with 64 and these words, before anything is searched.
static void check_refused(const std::vector<std::string>& args, const std::string& words, Catalogue protocols) {
  fakes() = {};
  const Called called = call(args, protocols);
  std::string line;
  for (const auto& arg : args) line += arg + " ";
  CAPTURE(line, called.err);
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(has(called.err, words));
  CHECK(fakes().searches == 0);
}

TEST_CASE("symmetry is refused where no participant can stand for another, with the reason") {
  const TemporaryFolder folder;
  check_refused({"check", "3pc", "--symmetry", "on"}, "error[E1401] --symmetry: no symmetry of 3pc: its rules order ids", catalogue());
  check_refused({"compare", "--symmetry", "on"}, "no symmetry of 3pc", catalogue());
  check_refused({"frontier", "3pc", "--crashes", "1", "--timing", "synchronous", "--symmetry", "on"}, "no symmetry of 3pc", catalogue());
  check_refused({"check", "fake", "-n", "1", "--symmetry", "on"}, "no two participants are treated alike: there is but one participant", fake_catalogue());
  check_refused({"check", "fake", "--crashes", "1", "--crash-only", "p2", "--symmetry", "on"}, "of p1 and p2 only p2 may crash", fake_catalogue());
  check_refused({"check", "fake", "--votes", "p2=no", "--symmetry", "on"}, "p1 may vote either way, p2 votes no", fake_catalogue());
  check_refused({"check", "fake", "-n", "2", "--votes", "p1=yes,p2=no", "--symmetry", "on"}, "p1 votes yes, p2 votes no", fake_catalogue());
  check_refused({"check", "bank-transfer", "--symmetry", "on"}, "a commit adds -100 to the balance of alice, and 100 to that of bob", catalogue());
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  CHECK(call({"check", "fake", "-n", "3", "--votes", "p2=no", "--symmetry", "on"}).exit_code == 0);  // p1 and p3 are alike
  CHECK(fakes().question.method.symmetry);
  CHECK(call({"check", "fake", "-n", "1", "--symmetry", "off"}).exit_code == 0);
}

TEST_CASE("symmetry that a search finds to be none is refused before any verdict, with what gave it away") {
  Entry sly = fake_entry("sly");
  sly.check = [](const Question&) -> Verdict { throw OrdersIds("where it does \"1 start\", it does \"2 start; decide abort\" once 1 is named 2, 2 is named 1"); };
  const std::vector<Entry> entries = {sly};
  const Called called = call({"check", "sly", "-n", "2", "--symmetry", "on"}, entries);
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(has(called.err, "error[E1401] --symmetry: participants are not treated alike: where it does \"1 start\", it does \"2 start; decide abort\" once 1 is named 2, 2 is named 1"));
  CHECK(has(called.err, "ordered = true"));
}

TEST_CASE("AC5 and NB are refused with a partial order or a lossy store, and allowed with symmetry") {
  check_refused({"check", "fake", "--check", "AC1,AC5", "--partial-order", "on"}, "error[E1401] --partial-order: not with AC5", fake_catalogue());
  check_refused({"compare", "--check", "NB", "--partial-order", "on"}, "--partial-order: not with NB", fake_catalogue());
  check_refused({"frontier", "fake", "--check", "NB", "--store", "fingerprint128"}, "error[E1401] --store: not with NB", fake_catalogue());
  check_refused({"check", "fake", "--expect", "NB=holds", "--store", "fingerprint"}, "--store: not with NB", fake_catalogue());
  CHECK(call(with(kCrash, {"--check", "AC5", "--symmetry", "on"}), catalogue()).exit_code == 0);
}

TEST_CASE("values that are not allowed are refused with those that are") {
  const auto refused = [](const std::string& option, const std::string& value, const std::string& words) { check_refused({"check", "fake", option, value}, words, fake_catalogue()); };
  for (const char* threads : {"0", "65", "-1", "1e3", "4x", "99999", "", "01"}) refused("--threads", threads, "--threads: expected an integer from 1 to 64, got ");
  refused("--thread", "4", "unknown option \"--thread\"; did you mean \"--threads\"?");
  refused("--symetry", "on", "did you mean \"--symmetry\"?");
  refused("--symmetry", "onn", "--symmetry: expected one of off, on, got \"onn\"; did you mean \"on\"?");
  refused("--partial-order", "yes", "--partial-order: expected one of off, on");
  refused("--store", "fingerprint46", "did you mean \"fingerprint64\"?");
  check_refused({"run", "fake", "--threads", "2"}, "an option of: check, estimate, report, compare, frontier", fake_catalogue());
  check_refused({"check", "fake", "--threads", "2", "--threads", "3"}, "given twice", fake_catalogue());
}

TEST_CASE("the method reaches the engine, and is said") {
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  const Called called = call({"check", "fake", "--symmetry", "on", "--partial-order", "on", "--store", "fingerprint", "--threads", "64"});
  const Method& method = fakes().question.method;
  CHECK(method.symmetry);
  CHECK(method.partial_order);
  CHECK(method.keep == Keep::fingerprint64);
  CHECK(method.threads == 64);
  CHECK(has(called.out, "method   symmetry, partial order, fingerprints of 64 bits, 64 threads\n"));
  CHECK(has(called.out, "visited  12 worlds of the reduced graph, "));
  CHECK(has(called.out, " --symmetry on --partial-order on --store fingerprint --threads 64\n"));
  call({"check", "fake", "--store", "fingerprint128"});
  CHECK(fakes().question.method.keep == Keep::fingerprint128);
  call({"check", "fake"});
  CHECK_FALSE(fakes().question.method.symmetry);
  CHECK(fakes().question.method.threads == 1);
}

TEST_CASE("numbers that 64 bits do not hold are told all the same") {
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  fakes().verdict.stands_for = "123456789012345678901234567890";
  CHECK(has(call({"check", "fake", "--symmetry", "on"}).out, "visited  12 representatives stand for 123,456,789,012,345,678,901,234,567,890 worlds exactly, "));
  CHECK(json::parse(call({"check", "fake", "--symmetry", "on", "--json"}).out)["stands_for"] == "123456789012345678901234567890");
}

TEST_CASE("the number of worlds that a scenario expects is that of all worlds") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", R"({"schema": "commitlab-scenario/1", "protocol": "fake", "participants": 2, "check": ["AC1"], "expect": {"worlds": 20}})");
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  CHECK(call({"check", file}).exit_code == 1);
  fakes().verdict.stands_for = "20";
  CHECK(call({"check", file, "--symmetry", "on"}).exit_code == 0);
  fakes().verdict.stands_for = "21";
  const Called differs = call({"check", file, "--symmetry", "on"});
  CHECK(differs.exit_code == 1);
  CHECK(has(differs.out, "21 worlds, expected 20"));
  fakes().verdict.stands_for = "";
  for (const std::vector<std::string>& method : {std::vector<std::string>{"--partial-order", "on"}, {"--store", "fingerprint64"}}) {
    const Called called = call(with({"check", file}, method));
    CHECK(called.exit_code == 0);
    CHECK(has(called.out, "20 worlds (not compared: this search leaves some out)"));
  }
}

}  // namespace commitlab
