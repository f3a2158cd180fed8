// What is needed, and what stands beside what, as a reader sees it.
#include <nlohmann/json.hpp>

#include "reports/concurrency_report.hpp"
#include "reports/necessary_report.hpp"
#include "reports/told_run.hpp"
#include "reports/traces_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static Finding finding(Property property, std::string name, Status status, std::string why = "", std::optional<Trace> witness = {}) {
  return {.property = property, .name = std::move(name), .status = status, .why = std::move(why), .witness = std::move(witness)};
}

static Necessities some_necessities() {
  Necessities necessities{.asked = {"AC1", "AC5"}, .seconds = 0.25};
  necessities.whole.findings = {finding(Property::AC1, "AC1", Status::holds), finding(Property::AC5, "AC5", Status::holds), finding(Property::NB, "NB", Status::violated)};
  necessities.whole.worlds = 1000;
  Trace lost = short_run();
  lost.lines.clear();
  Verdict broken, kept, open;
  broken.findings = {finding(Property::AC1, "AC1", Status::violated, "lost before it began", lost), finding(Property::AC5, "AC5", Status::violated, "alice is in doubt", short_run())};
  kept.findings = {finding(Property::AC1, "AC1", Status::holds), finding(Property::AC5, "AC5", Status::holds)};
  open.findings = {finding(Property::AC1, "AC1", Status::holds), finding(Property::AC5, "AC5", Status::inconclusive)};
  open.stopped = "the time limit was reached";
  broken.worlds = kept.worlds = open.worlds = 100;
  necessities.without = {{{Role::participant, Loss::unforced, "prepared"}, broken},
                         {{Role::coordinator, Loss::unforced, "abort"}, kept},
                         {{Role::participant, Loss::unsent, "ack"}, open}};
  return necessities;
}

TEST_CASE("what is needed: what it breaks, in how many steps, and under which bounds") {
  CHECK(necessary_text(about_short_run(), some_necessities(), {{"p.play", {"replay", "p.play"}}}, {}) ==
        "Transfer 100 from Alice's bank to Bob's\n"
        "2pc: two-phase commit\n"
        "2 participants + coordinator: alice and bob\n"
        "\n"
        "Forced writes: written where they were forced, so that a crash may lose them\n"
        "  participant  prepared  needed      AC5 in 4 steps: alice is in doubt; also AC1 from the start\n"
        "  coordinator  abort     not needed\n"
        "\n"
        "Messages: not sent\n"
        "  participant  ack  open  the time limit was reached\n"
        "\n"
        "needed    1 of 2 forced writes, 0 of 1 messages\n"
        "left out  NB (violated): not known to be kept by the protocol as it is, so not asked again\n"
        "asked     AC1 and AC5, which the protocol as it is keeps\n"
        "meaning   not needed: for these properties, under these faults, if it alone is taken away\n"
        "note      nothing that stops comes back before all faults are over: say --recovery, or hardly any\n"
        "          record matters\n"
        "faults    1 crash anywhere in a step (effects cut, broadcasts torn); no recovery\n"
        "timing    synchronous: timers fire only when no message is under way; messages overtake each other\n"
        "votes     alice yes; bob either way\n"
        "visited   1,300 worlds in 4 questions, 1,000 of them of the protocol as it is\n"
        "time      0.25 s\n"
        "repeat    ./lab check bank-transfer --crashes 1\n"
        "replay    ./lab replay p.play\n");
}

TEST_CASE("each thing that is needed has its run, where more is asked for") {
  const std::string text = necessary_text(about_short_run(), some_necessities(), {}, {.detail = Detail::verbose});
  CHECK(text.find("\nno participant forces prepared: it is written only\nA shortest run to somebody in doubt that breaks AC5\n  votes  alice votes yes, bob no\n" +
                  numbered_lines(short_run(), {})) != std::string::npos);
  CHECK(text.find("breaks AC1\n") == std::string::npos);
}

TEST_CASE("what is needed as JSON: null is open") {
  const json document = json::parse(necessary_json(about_short_run(), some_necessities(), {}, 2));
  CHECK(document["schema"] == "commitlab-necessary/1");
  CHECK(document["whole"]["findings"][2]["status"] == "violated");
  REQUIRE(document["without"].size() == 3);
  CHECK(document["without"][0]["who"] == "participant");
  CHECK(document["without"][0]["how"] == "unforced");
  CHECK(document["without"][0]["what"] == "prepared");
  CHECK(document["without"][0]["needed"] == true);
  CHECK(document["without"][0]["findings"][1]["witness"]["lines"].size() == 4);
  CHECK(document["without"][1]["needed"] == false);
  CHECK(document["without"][2]["needed"].is_null());
  CHECK(document["exit_code"] == 2);
}

// A coordinator that has committed, beside which a participant may be in doubt or have aborted.
static Concurrency some_concurrency() {
  Concurrency concurrency{.participants = 2, .worlds = 1234};
  concurrency.states = {{.who = Role::coordinator, .name = "committed", .decided = Decision::commit, .committable = true, .beside = {1, 2}},
                        {.who = Role::participant, .name = "prepared", .beside = {0, 1, 2}, .sees_both = true, .sees_commit_too_early = true},
                        {.who = Role::participant, .decided = Decision::abort, .beside = {0, 1}, .sees_commit_too_early = true}};
  return concurrency;
}

TEST_CASE("concurrency sets: a line for each local state, and where a condition fails") {
  CHECK(concurrency_text(about_short_run(), some_concurrency(), {.detail = Detail::quiet}) ==
        "     state      decided  committable  fails    its concurrency set: what others may be in\n"
        "  C  committed  commit   yes          -        P prepared, abort\n"
        "  P  prepared   -        no           1 and 2  C committed; P prepared, abort\n"
        "  P  abort      abort    no           2        C committed; P prepared\n"
        "\n"
        "condition 1  fails at participant prepared: a commit and an abort state in its set\n"
        "condition 2  fails at participant prepared and participant abort: not committable, and a commit\n"
        "             state in its set\n"
        "verdict      blocking, by Skeen's theorem: whoever is left alone there can tell neither commit nor\n"
        "             abort\n");
  const std::string usual = concurrency_text(about_short_run(), some_concurrency(), {});
  CHECK(usual.find("visited      1,234 worlds, 2 participants + coordinator\n") != std::string::npos);
  CHECK(usual.find("graph        failure-free: ") != std::string::npos);
}

TEST_CASE("without a state that fails, the whole graph says non-blocking, and a part of it nothing") {
  Concurrency concurrency = some_concurrency();
  concurrency.states.resize(1);
  concurrency.states[0].beside.clear();
  CHECK(concurrency_text(about_short_run(), concurrency, {}).find("verdict      non-blocking, by Skeen's theorem") != std::string::npos);
  concurrency.stopped = "the limit of 10 worlds was reached";
  const std::string text = concurrency_text(about_short_run(), concurrency, {});
  CHECK(text.find("condition 1  open: ") != std::string::npos);
  CHECK(text.find("verdict      inconclusive\nstopped      the limit of 10 worlds was reached\n") != std::string::npos);
}

TEST_CASE("concurrency sets as JSON name their states in full") {
  const json document = json::parse(concurrency_json(about_short_run(), some_concurrency(), 0));
  CHECK(document["schema"] == "commitlab-concurrency/1");
  CHECK(document["non_blocking"] == "violated");
  CHECK(document["states"][1]["fails"] == json::array({1, 2}));
  CHECK(document["states"][1]["concurrency_set"][0] == json({{"who", "coordinator"}, {"state", "committed"}, {"decided", "commit"}}));
  CHECK(document["states"][2]["decided"] == "abort");
}

}  // namespace commitlab
