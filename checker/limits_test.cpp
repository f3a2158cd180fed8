// Searches that end at a limit: nothing holds that was not seen to the end, what was seen stays, and the rest can go on.
#include <filesystem>

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/verdicts_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

const std::vector<Property> kAll{Property::AC1, Property::AC2, Property::AC3, Property::AC4, Property::AC5, Property::NB};

/// A verb that began an hour ago.
Limits out_of_time() { return {.seconds = 1, .began = Beginning{.at = std::chrono::steady_clock::now() - std::chrono::hours(1)}}; }

struct Scratch {
  std::string file = (std::filesystem::temp_directory_path() / ("commitlab-limits-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" +
                                                                std::to_string(std::filesystem::file_time_type::clock::now().time_since_epoch().count()))).string();
  ~Scratch() { std::filesystem::remove(file); }
};

/// Never at rest: whoever has started writes down each of its ticks.
struct Diarist {
  struct State {
    std::uint8_t nothing = 0;
    static constexpr void fields(auto& s, auto&& field) { field("nothing", s.nothing); }
  };
  enum class Message : std::uint8_t { hello };
  enum class Record : std::uint8_t { tick };
  using Out = Effects<Message, Record>;
  std::string_view name = "diarist", summary = "for tests";

  void start(State&, const Self& self, Out& out) const {
    if (self.coordinates()) out.arm(1);
  }
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out& out) const { out.force(Record::tick), out.arm(1); }
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  std::span<const Claim> claims() const { return {}; }
};

}  // namespace

TEST_CASE("once the time of the verb is over, every property is left open with the reason") {
  Question question = ask(3, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, kAll);
  question.limits = out_of_time();
  for (const bool symmetry : {false, true}) {
    question.method.symmetry = symmetry;
    const Verdict verdict = check(TwoPhase{}, question);
    CHECK(verdict.stopped == "the time limit was reached");
    CHECK(verdict.findings.size() == kAll.size());
    for (const auto& finding : verdict.findings) {
      CHECK(finding.status == Status::inconclusive);
      CHECK(finding.why == "the time limit was reached");
    }
  }
}

TEST_CASE("a search that memory ends within a block of worlds goes on to the same end, by any number of threads") {
  Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1, Property::NB});
  const Verdict whole = check(TwoPhase{}, question);
  const std::string words = words_of(whole);
  for (const unsigned threads : {1u, 2u})
    for (const std::uint64_t bytes : {whole.bytes / 8, whole.bytes / 3, whole.bytes / 2}) {
      const Scratch scratch;
      Question part = question;
      part.method.threads = threads, part.method.checkpoint = scratch.file, part.limits.bytes = bytes;
      const Verdict cut = check(TwoPhase{}, part);
      CAPTURE(threads, bytes, whole.bytes, cut.worlds);
      CHECK(cut.stopped == "the memory limit was reached");
      CHECK(cut.status() == Status::inconclusive);
      CHECK(cut.worlds < whole.worlds);
      CHECK(cut.bytes <= bytes + bytes / 4 + 65'536);
      part.limits = question.limits, part.method.resume = scratch.file;
      CHECK(words_of(check(TwoPhase{}, part)) == words);
    }
}

TEST_CASE("a search that time ends is never said to hold, by any number of threads") {
  const Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1});
  const std::string words = words_of(check(TwoPhase{}, question));
  for (const unsigned threads : {1u, 2u})
    for (double seconds = 1e-4; seconds < 0.03; seconds *= 3) {  // wherever the clock cuts
      const Scratch scratch;
      Question part = question;
      part.method.threads = threads, part.method.checkpoint = scratch.file, part.limits.seconds = seconds;
      const Verdict cut = check(TwoPhase{}, part);
      if (cut.stopped.empty()) continue;
      CAPTURE(threads, seconds, cut.worlds);
      CHECK(cut.status() == Status::inconclusive);
      if (cut.checkpoint.empty()) continue;  // not even the starts were made
      part.limits = question.limits, part.method.resume = scratch.file;
      CHECK(words_of(check(TwoPhase{}, part)) == words);
    }
}

TEST_CASE("what every world says is kept where there is no memory to ask what can be reached from each") {
  Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1, Property::NB, Property::AC5});
  const Verdict whole = check(TwoPhase{}, question);
  question.limits.bytes = whole.bytes + whole.worlds;
  const Verdict cut = check(TwoPhase{}, question);
  CHECK(cut.worlds == whole.worlds);
  CHECK(cut.stopped == "the memory limit was reached");
  REQUIRE(cut.findings.size() == 3);
  CHECK(cut.findings[0].status == Status::holds);
  for (const std::size_t i : {1, 2}) {
    CHECK(cut.findings[i].status == Status::inconclusive);
    CHECK(cut.findings[i].why == "the memory limit was reached");
  }
}

TEST_CASE("a log that grows without end is named in the reason") {
  Question question = all_yes(ask(1, {}, {Property::AC1}));
  question.limits.worlds = 100;
  const Verdict verdict = check(Diarist{}, question);
  CHECK(verdict.status() == Status::inconclusive);
  CAPTURE(verdict.stopped);
  CHECK(verdict.stopped.starts_with("the limit of 100 worlds was reached; the log of coordinator grows without end: "));
  CHECK(verdict.stopped.ends_with(" records in the last world, the last of them tick"));
  Question ends = ask(2, {.left = {.crashes = 1}}, {Property::AC1});
  ends.limits.worlds = 100;
  CHECK(check(TwoPhase{}, ends).stopped == "the limit of 100 worlds was reached");
}

}  // namespace commitlab
