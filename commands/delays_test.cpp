// How long things take: told with every answer that rests on it, set by --delay, and varied.
#include <nlohmann/json.hpp>

#include "commands/delay_values.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "reports/delays_text.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

Delays set(const std::string& words) {
  Delays delays;
  set_delays({"--delay", words}, delays);
  return delays;
}

const std::string kDefaults = "message 1 to 5 ms, force 0 ms, timeout 50 ms a tick, horizon 10 s: all defaults, see --delay";

/// Words as a line of a page, with blanks where the page breaks it.
std::string unbroken(const std::string& page) {
  std::string text;
  for (const char c : page)
    if (!((c == ' ' || c == '\n') && text.ends_with(' '))) text += c == '\n' ? ' ' : c;
  return text;
}

void check_refused(const std::vector<std::string>& args, const std::string& words) {
  const Called called = call(args, catalogue());
  CAPTURE(args, called.err);
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(has(called.err, words));
}

}  // namespace

TEST_CASE("the option --delay takes times with their units, and the distributions of scenarios") {
  CHECK(set("message=2ms").message == Delay::constant(2'000'000));
  CHECK(set("message=0").message == Delay::constant(0));
  CHECK(set("message=500us..1.5ms").message == Delay::uniform(500'000, 1'500'000));
  CHECK(set("force=exponential:3ms").force == Delay::exponential(3'000'000));
  CHECK(set("recovery=lognormal:3s:0.5").recovery == Delay::lognormal(3'000'000'000, 500));
  const Delays all = set("timeout=20ms,every=1s,horizon=2s,force=1ns");
  CHECK(all.timeout == 20'000'000);
  CHECK(all.every == 1'000'000'000);
  CHECK(all.horizon == 2'000'000'000);
  CHECK(all.force == Delay::constant(1));
  CHECK(all.message == Delays{}.message);
}

TEST_CASE("what --delay writes it reads again") {
  for (const char* words : {"message=1ms..5ms,force=0,timeout=50ms,recovery=200ms,horizon=10s", "message=0..1500us,force=exponential:2.5ms,timeout=1ns,recovery=lognormal:1s:1.25,every=1us,horizon=2.000000001s"}) {
    const Delays delays = set(words);
    const Delays again = set(delays_option(delays));
    CAPTURE(words, delays_option(delays));
    CHECK(again.message == delays.message);
    CHECK(again.force == delays.force);
    CHECK(again.recovery == delays.recovery);
    CHECK(again.timeout == delays.timeout);
    CHECK(again.every == delays.every);
    CHECK(again.horizon == delays.horizon);
  }
  CHECK(delays_option({}) == "message=1ms..5ms,force=0,timeout=50ms,recovery=200ms,horizon=10s");
}

TEST_CASE("a delay that is none is refused with what is allowed and the nearest spelling") {
  check_refused({"run", "2pc", "--delay", "mesage=2ms"}, "expected one of message, force, recovery, timeout, every, horizon, got \"mesage\"; did you mean \"message\"?");
  check_refused({"run", "2pc", "--delay", "message=2"}, "--delay message: expected a time with its unit, got \"2\"\n  hint: one of ns, us, ms, s: 2ms");
  check_refused({"run", "2pc", "--delay", "message=2mss"}, "got \"mss\"; did you mean \"ms\"?");
  check_refused({"run", "2pc", "--delay", "message=-2ms"}, "a time of at least 0");
  check_refused({"run", "2pc", "--delay", "message=0.5ns"}, "a whole number of nanoseconds");
  check_refused({"run", "2pc", "--delay", "message=105000000s"}, "a time of at most 2^53 ns");
  check_refused({"run", "2pc", "--delay", "message=5ms..1ms"}, "the least delay is longer than the greatest");
  check_refused({"run", "2pc", "--delay", "message=1ms..5ms..9ms"}, "--delay message: expected one of ns, us, ms, s, got \"ms..9ms\"");
  check_refused({"run", "2pc", "--delay", "message=expnential:3ms"}, "did you mean \"exponential\"?");
  check_refused({"run", "2pc", "--delay", "message=lognormal:3ms"}, "expected lognormal:MEDIAN:SIGMA");
  check_refused({"run", "2pc", "--delay", "timeout=1ms..2ms"}, "--delay timeout: expected one time");
  check_refused({"run", "2pc", "--delay", "timeout=0"}, "--delay timeout: expected a time above 0");
  check_refused({"run", "2pc", "--delay", "timeout=1ms,timeout=2ms"}, "\"timeout\" given twice");
  check_refused({"run", "2pc", "--delay", "timeout"}, "expected name=value");
}

TEST_CASE("the option --delay is refused where nothing takes time") {
  for (const char* verb : {"check", "compare", "frontier", "necessary", "explore"}) check_refused({verb, "2pc", "--delay", "timeout=2ms"}, "an option of: run, estimate, blocking, show");
  check_refused({"show", "torn-precommit.play", "--delay", "timeout=2ms"}, "a play says in which order things happen, and not when");
  const TemporaryFolder folder;
  check_refused({"export", "2pc", "--to", folder / "a", "--format", "dot", "--delay", "timeout=2ms"}, "not with --format dot");
  check_refused({"export", "2pc", "--to", folder / "a", "--orders", "--delay", "timeout=2ms"}, "not with --orders");
}

TEST_CASE("every answer that rests on delays tells them as text, and which are defaults") {
  const TemporaryFolder folder;
  const std::vector<std::vector<std::string>> asked = {{"run", "2pc"}, {"show", "2pc"}, {"estimate", "2pc", "--runs", "10"}, {"blocking", "2pc", "--runs", "10"},
      {"blocking", "2pc", "--runs", "10", "--vary", "loss=0,0.1"}, {"sweep", "2pc", "--runs", "10", "--vary", "loss=0.1", "--to", folder / "rows"},
      {"export", "2pc", "-n", "1", "--to", folder / "chain"}, {"report", "2pc", "-n", "1", "--runs", "10", "--protocols", "2pc"}};
  for (const auto& args : asked) {
    const Called called = call(args, catalogue());
    CAPTURE(args, called.err, called.out);
    CHECK(called.exit_code <= 1);
    CHECK(has(unbroken(called.out), kDefaults));
  }
  const std::string given = unbroken(call({"run", "2pc", "--recovery", "--delay", "message=exponential:2ms,timeout=50ms"}, catalogue()).out);
  CHECK(has(given, "message exponential with mean 2 ms, force 0 ms (default), timeout 50 ms a tick (default), recovery 200 ms (default), horizon 10 s (default)"));
  CHECK(has(unbroken(call({"export", "2pc", "-n", "1", "--to", folder / "other"}, catalogue()).out), "see --delay; each at its mean"));
  for (const auto& args : {std::vector<std::string>{"check", "2pc", "-n", "1"}, {"show", "torn-precommit.play"}, {"export", "2pc", "-n", "1", "--orders", "--to", folder / "orders"}})
    CHECK(!has(call(args, catalogue()).out, "delays"));
}

TEST_CASE("and as JSON, in nanoseconds by the keys of a scenario") {
  const auto told = [](std::vector<std::string> args) {
    args.push_back("--json");
    const Called called = call(args, catalogue());
    CAPTURE(args, called.err);
    return json::parse(called.out);
  };
  const TemporaryFolder folder;
  for (const auto& args : {std::vector<std::string>{"run", "2pc"}, {"show", "2pc"}, {"estimate", "2pc", "--runs", "10"}, {"blocking", "2pc", "--runs", "10"}, {"export", "2pc", "-n", "1", "--to", folder / "chain"}}) {
    const json delays = told(args)["delays"];
    CAPTURE(args);
    CHECK(delays["unit"] == "ns");
    CHECK(delays["message"] == json{{"uniform", {1'000'000, 5'000'000}}});
    CHECK(delays["timeout"] == 50'000'000);
    CHECK(delays["defaults"] == json({"message", "force", "recovery", "timeout", "every", "horizon"}));
  }
  const json given = told({"run", "2pc", "--delay", "message=2ms,timeout=1ms"})["delays"];
  CHECK(given["message"] == 2'000'000);
  CHECK(given["defaults"] == json({"force", "recovery", "every", "horizon"}));
  CHECK(!told({"check", "2pc", "-n", "1"}).contains("delays"));
  CHECK(told({"sweep", "2pc", "--runs", "10", "--vary", "timeout=20ms"})["rows"][0]["delays"] == "message=1ms..5ms,force=0,timeout=20ms,recovery=200ms,horizon=10s");
}

TEST_CASE("a run takes the delays that it is told to: 2pc without a fault takes three messages one after another") {
  const json run = json::parse(call({"run", "2pc", "--json", "--delay", "message=2ms,force=3ms"}, catalogue()).out);
  const json fast = json::parse(call({"run", "2pc", "--json", "--delay", "message=2ms"}, catalogue()).out);
  CHECK(fast["transactions"][0]["latency_ns"] == 6'000'000);  // prepare, yes, commit
  CHECK(run["transactions"][0]["latency_ns"] == 6'000'000 + 3 * 3'000'000);  // the vote, the decision, and the decision where it arrives are forced
}

TEST_CASE("a tick that is over before any message has come is warned of, whatever the timing") {
  CHECK(has(unbroken(call({"run", "2pc", "--delay", "timeout=0.5ms"}, catalogue()).out), "warning a timer may fire before any message has arrived: timeout 0.5 ms < least message delay 1 ms"));
  CHECK(!has(call({"run", "2pc", "--delay", "timeout=1ms"}, catalogue()).out, "warning"));
  const Called swept = call({"sweep", "2pc", "--vary", "timeout=0.001,20", "--runs", "10", "--memory-limit", "64M"}, catalogue());
  CHECK(swept.err.starts_with("warning: a timer may fire before any message has arrived: timeout 0.001 ms < least message delay 1 ms\n"));
  const Called many = call({"sweep", "3pc", "-n", "1", "--vary", "timeout=1us..20us:20", "--runs", "1"}, catalogue());
  CAPTURE(many.err);
  CHECK(has(many.err, "warning: 11 more like these, of other rows\n"));
}

}  // namespace commitlab
