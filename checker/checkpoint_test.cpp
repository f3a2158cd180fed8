// A search that stops and goes on says what one says that never stopped; a file that is not what it was is refused.
#include "checker/checkpoint.hpp"

#include <filesystem>
#include <fstream>
#include <random>
#include <utility>

#include "checker/ask.hpp"
#include "checker/checkpoint_file.hpp"
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

/// A checkpoint with right checksums whatever it says: what stands in its pieces, behind the first, which names the question.
struct Forged {
  std::string head, body;

  explicit Forged(const std::string& file) {
    std::size_t at = file.find('\n') + 1;
    for (bool first = true; at < file.size(); first = false) {
      std::uint32_t size = 0;
      std::memcpy(&size, file.data() + at, sizeof size);
      (first ? head : body) += first ? file.substr(0, at + sizeof size + size + 8) : file.substr(at + sizeof size, size);
      at += sizeof size + size + 8;
    }
  }
  std::string file() const {
    std::string file = head;
    const auto piece = [&](std::string_view data) {
      const auto size = static_cast<std::uint32_t>(data.size());
      const std::uint64_t sum = checksum_of(data.data(), data.size(), file.size());
      file.append(reinterpret_cast<const char*>(&size), sizeof size).append(data).append(reinterpret_cast<const char*>(&sum), sizeof sum);
    };
    piece(body), piece({});
    return file;
  }
  /// One word or byte becomes another, something vanishes, or something stands twice.
  void change(std::mt19937_64& random) {
    const std::size_t width = std::size_t{1} << random() % 4, at = random() % (body.size() - 8) / width * width;
    const auto put = [&](std::uint64_t value) { std::memcpy(body.data() + at, &value, width); };
    std::uint64_t old = 0;
    std::memcpy(&old, body.data() + at, width);
    switch (random() % 8) {
      case 0: return put(old ^ std::uint64_t{1} << random() % (8 * width));
      case 1: return put(random());
      case 2: return put(random() % 300);
      case 3: return put(old + 1 - random() % 3);
      case 4: return put(random() % 2 == 0 ? ~std::uint64_t{0} : 0);
      case 5: return put(old + (std::uint64_t{1} << random() % 34));
      case 6: return void(body.erase(at, std::size_t{1} << random() % 5));
      default: return void(body.insert(at, body.substr(random() % body.size(), std::size_t{1} << random() % 5)));
    }
  }
};

/// So many forged checkpoints of one search: how many were refused. The others must end, one way or another.
template <Protocol P>
int refused_of(const P& p, Question question, int cases, std::uint64_t seed) {
  const Scratch scratch;
  question.method.checkpoint = scratch.file;
  question.limits.worlds = 60 + seed % 3 * 200;
  check(p, question);
  question.method.checkpoint.clear(), question.method.resume = scratch.file;
  question.limits = {.worlds = 5'000, .seconds = 1, .bytes = std::uint64_t{64} << 20};
  const Forged original(scratch.bytes());
  scratch.write(original.file());
  CHECK_NOTHROW(check(p, question));
  std::mt19937_64 random(seed);
  int refused = 0;
  for (int i = 0; i < cases; ++i) {
    Forged forged = original;
    for (std::uint64_t changes = 1 + random() % 8 / 6; changes > 0; --changes) forged.change(random);
    scratch.write(forged.file());
    try {
      check(p, question);
    } catch (const CheckpointError& error) {
      CHECK(error.kind == Kind::damaged);
      ++refused;
    }
  }
  return refused;
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
  question.limits.worlds = 2'000'000;  // of 1,027,609: it takes far longer than the time between two reports
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

TEST_CASE("a forged checkpoint with right checksums is refused, or the search goes on: it is never the end of the program") {
  // By hand: COMMITLAB_FORGED=20000, and another seed.
  const char *many = std::getenv("COMMITLAB_FORGED"), *other = std::getenv("COMMITLAB_SEED");
  const int cases = many == nullptr ? 60 : std::atoi(many);
  std::uint64_t seed = other == nullptr ? 1 : std::strtoull(other, nullptr, 10);
  int refused = 0;
  for (const bool symmetry : {false, true})
    for (const Keep keep : {Keep::exact, Keep::fingerprint64}) {
      Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous}, {Property::AC1, Property::AC5, Property::NB});
      question.method.symmetry = symmetry, question.method.keep = keep;
      refused += refused_of(TwoPhase{}, question, cases, seed++);
      question = small_question();
      question.method.symmetry = symmetry, question.method.keep = keep;
      refused += refused_of(ThreePhase{}, question, cases, seed++);
    }
  CHECK(refused > cases);
}

TEST_CASE("two searches are never saved to one file at once, by whatever path, and a link is not followed") {
  const Scratch scratch;
  Question question = small_question();
  question.method.checkpoint = scratch.file;
  const auto refusal_there = [&](const std::string& file) -> std::string {
    try {
      const CheckpointPlace place(file);
    } catch (const CheckpointError& error) {
      CHECK(error.kind == Kind::cannot_create);
      return error.what();
    }
    return "";
  };
  question.method.checkpoint_every_seconds = 0;
  question.method.interrupt = nullptr;
  int looks = 0;
  question.method.progress = [&](const Progress&) { ++looks; };
  {
    const CheckpointPlace place(scratch.file);
    CHECK(refusal_there(scratch.file) == "another search is being saved there");
    CHECK(refusal_there(std::filesystem::path(scratch.file).parent_path().string() + "/./" + std::filesystem::path(scratch.file).filename().string()) == "another search is being saved there");
  }
  CHECK_FALSE(std::filesystem::exists(scratch.file));
  question.limits.worlds = 40;
  check(ThreePhase{}, question);
  const std::string saved = scratch.bytes();
  {
    const CheckpointPlace place(scratch.file);
    CHECK_FALSE(refusal_there(scratch.file).empty());
    question.method.resume = scratch.file;
    try {
      check(ThreePhase{}, question);
      FAIL("two processes save to one file");
    } catch (const CheckpointError& error) {
      CHECK(error.kind == Kind::cannot_create);
    }
  }
  CHECK(scratch.bytes() == saved);
  const Scratch link;
  std::filesystem::create_symlink(scratch.file, link.file);
  CHECK(refusal_there(link.file) == "it is a symbolic link");
  CHECK(refusal_there("/dev/null") == "it is no regular file");
  CHECK(scratch.bytes() == saved);
}

TEST_CASE("what lies beside a checkpoint is left alone") {
  const Scratch scratch, victim;
  victim.write("precious");
  std::filesystem::create_symlink(victim.file, scratch.file + ".tmp");
  Question question = small_question();
  question.method.checkpoint = scratch.file;
  question.limits.worlds = 40;
  check(ThreePhase{}, question);
  CHECK(victim.bytes() == "precious");
  CHECK(std::filesystem::is_symlink(scratch.file + ".tmp"));
  std::filesystem::remove(scratch.file + ".tmp");
}

}  // namespace commitlab
