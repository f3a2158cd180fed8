// For tests: a catalogue whose engines answer what they are told to, and remember what they were asked.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands/command_line.hpp"

namespace commitlab {

/// What the engines of the fakes answer, and what they were last asked.
struct Fakes {
  Verdict verdict{};
  Run run{};
  Estimate estimate{};
  Replayed replayed{};
  Necessities necessities{};
  Concurrency concurrency{};
  Weakening without{};
  std::size_t participants = 0;
  Question question{};
  Scenario scenario{};
  std::uint64_t seed = 0, runs = 0;
  Sampling sampling{};
  std::vector<PlayLine> lines{};
  int searches = 0, estimates = 0;
  std::function<void()> while_estimating{};
  std::function<void(const Question&)> meanwhile{};  // while a search runs
  enum class Throw { nothing, defect, no_memory } throws = Throw::nothing;
};

inline Fakes& fakes() {
  static Fakes all;
  return all;
}

inline void maybe_throw() {
  if (fakes().throws == Fakes::Throw::defect) throw std::logic_error("the \x1b[31mroof is on fire");
  if (fakes().throws == Fakes::Throw::no_memory) throw std::bad_alloc();
}

inline constexpr std::string_view kFakeRecords[] = {"prepared", "commit"}, kFakeMessages[] = {"ack"};

inline Studies fake_studies() {
  return {.records = kFakeRecords,
          .messages = kFakeMessages,
          .check = [](const Question& question, const Weakening& without) {
            fakes().question = question;
            fakes().without = without;
            return fakes().verdict;
          },
          .replay = [](const Question& question, const Weakening& without, const std::vector<PlayLine>& lines) {
            fakes().question = question;
            fakes().without = without;
            fakes().lines = lines;
            return fakes().replayed;
          },
          .necessary = [](const Question& question) {
            maybe_throw();
            fakes().question = question;
            return fakes().necessities;
          },
          .concurrency = [](std::size_t participants, const Limits& limits) {
            fakes().participants = participants;
            fakes().question.limits = limits;
            return fakes().concurrency;
          }};
}

inline Entry fake_entry(std::string_view name) {
  return {.name = name,
          .summary = "answers what it is told to",
          .claims = {},
          .check = [](const Question& question) {
            maybe_throw();
            fakes().question = question;
            ++fakes().searches;
            if (fakes().meanwhile) fakes().meanwhile(question);
            return fakes().verdict;
          },
          .run = +[](const Scenario& scenario, std::uint64_t seed) {
            maybe_throw();
            fakes().scenario = scenario;
            Run run = fakes().run;
            run.seed = fakes().seed = seed;
            return run;
          },
          .replay = [](const Question& question, const std::vector<PlayLine>& lines) {
            fakes().question = question;
            fakes().lines = lines;
            return fakes().replayed;
          },
          .odds = Odds{.sample = [](const Scenario& scenario, const Sampling& sampling) {
                     fakes().scenario = scenario;
                     fakes().seed = sampling.seed;
                     fakes().runs = sampling.runs;
                     fakes().sampling = sampling;
                     ++fakes().estimates;
                     if (fakes().while_estimating) fakes().while_estimating();
                     return Sampled{};
                   },
                   .estimate = [](const Scenario&, const Sampling&, const Sampled&) { return fakes().estimate; }},
          .studies = fake_studies()};
}

inline Catalogue fake_catalogue() {
  static const std::vector<Entry> entries = {fake_entry("fake"), fake_entry("other")};
  return entries;
}

inline Finding finding(Property property, std::string name, Status status) {
  return {.property = property, .name = std::move(name), .status = status, .why = status == Status::violated ? "p1 aborted, p2 committed" : ""};
}

/// AC1, AC2 and AC3, of which the first has that status.
inline Verdict verdict_with(Status first) {
  Verdict verdict;
  verdict.findings = {finding(Property::AC1, "AC1", first), finding(Property::AC2, "AC2", Status::holds), finding(Property::AC3, "AC3", Status::holds)};
  verdict.worlds = 12, verdict.steps = 34, verdict.depth = 5, verdict.starts = 4;
  if (first == Status::inconclusive) verdict.stopped = "the limit of 12 worlds was reached";
  return verdict;
}

/// A run of one step in which p1 aborts.
inline Trace one_step() {
  Trace trace{.protocol = "fake", .names = {"coordinator", "p1", "p2"}, .votes = {"yes no"}};
  trace.lines = {{.node = 1, .happened = "deliver prepare from 0", .effects = {"force abort", "send no to 0 2"}}};
  trace.end = {{.up = false}, {.state = "aborted", .log = {"abort"}, .decided = "abort"}, {.in_doubt = true, .state = "prepared", .log = {"yes?"}}};
  return trace;
}

/// What a call of the program gives.
struct Called {
  int exit_code = 0;
  std::string out{}, err{};
};

inline Called call(std::vector<std::string> args, Catalogue catalogue = fake_catalogue()) {
  std::ostringstream out, err;
  Called called;
  called.exit_code = run_command(std::move(args), out, err, catalogue);
  called.out = out.str();
  called.err = err.str();
  return called;
}

/// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() / ("commitlab-commands-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path path_;
};

inline constexpr const char* kFakeScenario = R"({"schema": "commitlab-scenario/1", "title": "Two fakes", "protocol": "fake",
  "participants": [{"name": "alice", "success": 0.5}, {"name": "bob", "vote": "no"}],
  "faults": {"crashes": 1}, "check": ["AC1", "NB"], "expect": {"AC1": "holds", "NB": "violated", "worlds": 12}})";

}  // namespace commitlab
