// A search that stops and goes on says what one says that never stopped; a file that is not what it was is refused.
#include "checker/checkpoint.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/progress.hpp"
#include "checker/verdicts_for_tests.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using Kind = CheckpointError::Kind;

/// A file of this process, gone when the test is over.
struct Scratch {
  std::string file = (std::filesystem::temp_directory_path() / ("commitlab-checkpoint-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" +
                                                                std::to_string(std::filesystem::file_time_type::clock::now().time_since_epoch().count()))).string();
  ~Scratch() { std::filesystem::remove(file); }

  std::string bytes() const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& bytes) const { std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes; }
};

/// Stops at each of these limits in turn, and goes on from there.
template <Protocol P>
Verdict in_parts(const P& p, Question question, const std::vector<std::uint64_t>& limits) {
  const Scratch scratch;
  const Limits whole = question.limits;
  question.method.checkpoint = scratch.file;
  for (const std::uint64_t limit : limits) {
    question.limits.worlds = limit;
    const Verdict part = check(p, question);
    REQUIRE(part.checkpoint == scratch.file);
    REQUIRE(part.checkpoint_failed.empty());
    question.method.resume = scratch.file;
  }
  question.limits = whole;
  return check(p, question);
}

template <Protocol P>
void compare_parts_with_whole(const P& p, const Question& question) {
  const Verdict whole = check(p, question);
  const std::string words = words_of(whole);
  for (std::uint64_t limit = 1, next = 3; limit < whole.worlds / 2; limit = std::exchange(next, next * 5 / 2)) {
    INFO(p.name << " stopped at " << limit << " of " << whole.worlds);
    CHECK(words_of(in_parts(p, question, {limit})) == words);
  }
  CHECK(words_of(in_parts(p, question, {5, whole.worlds / 4, whole.worlds / 3})) == words);
}

Question small_question() {
  return ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1, Property::AC3, Property::NB});
}

Kind refusal(const Question& question) {
  try {
    check(ThreePhase{}, question);
  } catch (const CheckpointError& error) {
    INFO(error.what());
    CHECK_FALSE(std::string(error.what()).empty());
    CHECK(error.file == question.method.resume);
    return error.kind;
  }
  FAIL("it was taken");
  return {};
}

}  // namespace

TEST_CASE("a search that was stopped and resumed says the same as one that never stopped") {
  const std::vector<Property> all{Property::AC1, Property::AC2, Property::AC3, Property::AC4, Property::AC5, Property::NB};
  for (const bool symmetry : {false, true})
    for (const unsigned threads : {1u, 2u})
      for (const Keep keep : {Keep::exact, Keep::fingerprint64, Keep::fingerprint128}) {
        Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous}, all);
        question.method.symmetry = symmetry, question.method.threads = threads, question.method.keep = keep;
        compare_parts_with_whole(TwoPhase{}, question);
        question.faults = {.left = {.crashes = 1, .suspicions = 1}, .timing = Timing::synchronous};
        compare_parts_with_whole(ThreePhase{}, question);
        compare_parts_with_whole(TextbookThreePhase{}, question);
      }
}

TEST_CASE("a large search that was stopped within a level says the same, with other threads and another limit too") {
  Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1, Property::NB});
  question.votes.resize(3);
  compare_parts_with_whole(TwoPhase{}, question);
  question = all_yes(ask(3, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1}));
  question.limits.worlds = 200'000;
  const std::string words = words_of(check(TwoPhase{}, question));
  CHECK(words_of(in_parts(TwoPhase{}, question, {30'000, 90'000})) == words);
  question.method.threads = 2;
  CHECK(words_of(in_parts(TwoPhase{}, question, {30'000, 90'000})) == words);
  CHECK(words_of(check(TwoPhase{}, question)) == words);
}

TEST_CASE("every bit of a checkpoint counts: a file that is damaged or cut short is refused") {
  const Scratch scratch;
  Question question = small_question();
  question.method.checkpoint = scratch.file;
  question.limits.worlds = 40;
  check(ThreePhase{}, question);
  question.method.checkpoint.clear();
  question.method.resume = scratch.file;
  const std::string bytes = scratch.bytes();
  REQUIRE(bytes.size() > 1'000);
  const std::size_t stride = bytes.size() / 400 + 1;
  for (std::size_t at = 0; at < bytes.size(); at += at < 100 ? 1 : stride) {
    INFO("byte " << at);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1 << at % 8);
    scratch.write(damaged);
    const Kind kind = refusal(question);
    CHECK(kind == (at < 21 ? Kind::not_a_checkpoint : at < 23 ? Kind::other_version : Kind::damaged));
  }
  for (std::size_t size = 0; size < bytes.size(); size += size < 100 ? 1 : stride) {
    INFO("cut to " << size);
    scratch.write(bytes.substr(0, size));
    const Kind kind = refusal(question);
    CHECK(kind == (size < 21 ? Kind::not_a_checkpoint : size < 23 ? Kind::other_version : Kind::damaged));
  }
  scratch.write(bytes + "x");
  CHECK(refusal(question) == Kind::damaged);
  scratch.write(bytes);
  CHECK_NOTHROW(check(ThreePhase{}, question));
}

TEST_CASE("a checkpoint of another question is refused, and the first difference is named") {
  const Scratch scratch;
  Question question = small_question();
  question.method.checkpoint = scratch.file;
  question.limits.worlds = 40;
  check(ThreePhase{}, question);
  question.method = {.resume = scratch.file};
  const auto refused = [&](const Question& other) {
    CHECK(refusal(other) == Kind::other_question);
    try {
      check(ThreePhase{}, other);
    } catch (const CheckpointError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  Question other = question;
  other.faults.left.crashes = 2;
  CHECK(refused(other) == "its question is one of \"crashes 1\", and not of \"crashes 2\"");
  other = question;
  other.faults.timing = Timing::asynchronous;
  CHECK(refused(other) == "its question is one of \"timing synchronous\", and not of \"timing asynchronous\"");
  other = question;
  other.votes.pop_back();
  CHECK(refused(other).find("starts 4") != std::string::npos);
  other = question;
  other.check.pop_back();
  CHECK(refused(other) == "its question is one of \"property NB\", and not of \"agreement uniform\"");
  other = question;
  other.method.symmetry = true;
  CHECK(refused(other) == "its question is one of \"symmetry off\", and not of \"symmetry on\"");
  other = question;
  other.method.keep = Keep::fingerprint64;
  CHECK(refused(other) == "its question is one of \"store exact\", and not of \"store fingerprint64\"");
  other = question;
  other.method.subject = "presume commit";
  CHECK_FALSE(refused(other).empty());
  CHECK_THROWS_AS(check(TextbookThreePhase{}, question), CheckpointError);
  question.limits = {};
  question.method.threads = 2;
  CHECK_NOTHROW(check(ThreePhase{}, question));
}

TEST_CASE("what is no file, or cannot be written, is said before the search begins") {
  Question question = small_question();
  question.method.resume = "/no/such/file";
  CHECK(refusal(question) == Kind::unreadable);
  question.method.resume = "/";
  CHECK(refusal(question) == Kind::unreadable);
  question.method.resume.clear();
  question.method.checkpoint = "/no/such/folder/file";
  try {
    check(ThreePhase{}, question);
    FAIL("it was taken");
  } catch (const CheckpointError& error) {
    CHECK(error.kind == Kind::cannot_create);
  }
}

TEST_CASE("AC4 alone is never saved: there is nothing to resume") {
  const Scratch scratch;
  Question question = small_question();
  question.method.checkpoint = scratch.file;
  question.limits.worlds = 40;
  check(ThreePhase{}, question);
  question.method.resume = scratch.file;
  question.check = {Property::AC4};
  CHECK(refusal(question) == Kind::other_question);
}

TEST_CASE("an interrupted search says so, is saved, and can go on") {
  const Scratch scratch;
  std::atomic<bool> interrupt = true;
  Question question = small_question();
  const std::string words = words_of(check(ThreePhase{}, question));
  question.method.checkpoint = scratch.file;
  question.method.interrupt = &interrupt;
  const Verdict verdict = check(ThreePhase{}, question);
  CHECK(verdict.status() == Status::inconclusive);
  CHECK(verdict.stopped == "interrupted");
  CHECK(verdict.checkpoint == scratch.file);
  interrupt = false;
  question.method.resume = scratch.file;
  CHECK(words_of(check(ThreePhase{}, question)) == words);
}

TEST_CASE("a search saves itself now and then, and a search that has come to an answer leaves nothing more") {
  const Scratch scratch;
  Question question = small_question();
  question.method.checkpoint = scratch.file;
  const Verdict verdict = check(ThreePhase{}, question);
  CHECK(verdict.checkpoint.empty());
  CHECK_FALSE(std::filesystem::exists(scratch.file));
  question.method.checkpoint_every_seconds = 0;
  check(ThreePhase{}, question);
  REQUIRE(std::filesystem::exists(scratch.file));
  question.method.resume = scratch.file;
  CHECK(words_of(check(ThreePhase{}, question)) == words_of(verdict));
}

TEST_CASE("who waits for a search is told how far it is") {
  Question question = all_yes(ask(3, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1}));
  question.limits.worlds = 300'000;
  std::vector<Progress> told;
  question.method.progress = [&](const Progress& progress) { told.push_back(progress); };
  const Verdict verdict = check(TwoPhase{}, question);
  REQUIRE_FALSE(told.empty());
  CHECK(static_cast<double>(told.size()) <= verdict.seconds * 10 + 1);
  std::uint64_t before = 0;
  for (const Progress& progress : told) {
    CHECK(progress.worlds >= before);
    CHECK(progress.frontier < progress.worlds);
    CHECK(progress.worlds_that_fit > progress.worlds);
    CHECK((!progress.worlds_expected || *progress.worlds_expected >= progress.worlds));
    before = progress.worlds;
  }
  CHECK(worlds_to_follow(50, 100) == 50);
  CHECK_FALSE(worlds_to_follow(100, 50));
  CHECK_FALSE(worlds_to_follow(95, 100));
  CHECK_FALSE(worlds_to_follow(0, 0));
  CHECK(worlds_to_follow(0, 50) == 0);
}

}  // namespace commitlab
