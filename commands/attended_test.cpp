// Long searches as the caller of the program sees them: how far they are, how they are stopped, saved and gone on with.
#include <nlohmann/json.hpp>

#include <csignal>
#include <sstream>

#include "checker/progress.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "reports/progress_text.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

static std::vector<std::string> asking(const std::vector<std::string>& more) {
  std::vector<std::string> args = {"check", "2pc", "-n", "2", "--crashes", "1", "--recovery", "--check", "AC1,AC5"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

static json answer(std::vector<std::string> args) {
  args.push_back("--json");
  const Called called = call(args, catalogue());
  CAPTURE(called.err);
  json document = json::parse(called.out);
  document.erase("timing");
  document.erase("arguments");
  return document;
}

TEST_CASE("a search that came to its limit goes on where it was saved, and answers as if it had not stopped") {
  const TemporaryFolder folder;
  const std::string file = folder / "search";
  const Called cut = call(asking({"--max-states", "5000", "--checkpoint", file}), catalogue());
  CHECK(cut.exit_code == 2);
  CHECK(has(cut.out, "go on    commitlab check 2pc -n 2 --crashes 1 --recovery --check AC1,AC5 --max-states 5000 --resume " + file + "\n"));
  CHECK(has(cut.out, "repeat   commitlab check 2pc -n 2 --crashes 1 --recovery --check AC1,AC5 --max-states 5000\n"));
  const json whole = answer(asking({})), resumed = answer(asking({"--resume", file, "--threads", "2"}));
  CHECK(whole["status"] == "holds");
  for (const char* key : {"status", "findings", "worlds", "steps", "depth", "starts", "sometimes", "exit_code"}) {
    CAPTURE(key);
    CHECK(resumed[key] == whole[key]);
  }
}

TEST_CASE("a search that goes on is saved where it was, or where it is told to") {
  const TemporaryFolder folder;
  const std::string first = folder / "first", second = folder / "second";
  CHECK(answer(asking({"--max-states", "2000", "--checkpoint", first}))["checkpoint"] == first);
  CHECK(answer(asking({"--max-states", "9000", "--resume", first}))["checkpoint"] == first);
  CHECK(answer(asking({"--max-states", "20000", "--resume", first, "--checkpoint", second}))["checkpoint"] == second);
  CHECK(call(asking({"--resume", second}), catalogue()).exit_code == 0);
}

TEST_CASE("a checkpoint of something else is 75, and one that cannot be is 66 or 73") {
  const TemporaryFolder folder;
  const std::string file = folder / "search";
  CHECK(call(asking({"--max-states", "5000", "--checkpoint", file}), catalogue()).exit_code == 2);
  const auto refused = [](const std::vector<std::string>& args, int exit_code, const std::string& words) {
    const Called called = call(args, catalogue());
    CAPTURE(called.out, called.err);
    CHECK(called.exit_code == exit_code);
    CHECK(called.out.empty());
    CHECK(called.err.starts_with("error[E"));
    CHECK(has(called.err, words));
  };
  refused({"check", "2pc", "-n", "2", "--crashes", "1", "--check", "AC1,AC5", "--resume", file}, 75, "error[E1610] --resume: ");
  refused(asking({"--symmetry", "on", "--resume", file}), 75, "symmetry");
  refused(asking({"--resume", folder.write("text", "no checkpoint at all\n")}), 75, "not a checkpoint");
  const std::string bytes = folder.read("search");
  refused(asking({"--resume", folder.write("cut", bytes.substr(0, bytes.size() / 2))}), 75, "--resume: ");
  refused(asking({"--resume", folder / "none"}), 66, "No such file or directory");
  refused(asking({"--resume", folder / ""}), 66, "not a regular file");
  refused(asking({"--checkpoint", file}), 73, "exists");
  refused(asking({"--checkpoint", folder / "no/folder"}), 73, "");
  refused({"check", "2pc", "--crashes", "1", "--min-faults", "--checkpoint", file}, 64, "not with --min-faults");
  refused({"compare", "--checkpoint", file}, 64, "an option of: check");
  CHECK(call(asking({"--max-states", "5000", "--checkpoint", file, "--force"}), catalogue()).exit_code == 2);
}

TEST_CASE("a signal stops the searches in order, and what a signal did before it does afterwards") {
  for (const int signal : {SIGINT, SIGTERM}) {
    for (const std::vector<std::string>& args : {std::vector<std::string>{"check", "fake"}, {"compare", "--protocols", "fake"}, {"frontier", "fake"}}) {
      fakes() = {};
      fakes().verdict = verdict_with(Status::inconclusive);
      bool before = true, after = false, by_default = false;
      fakes().meanwhile = [&](const Question& question) {
        before = *question.method.interrupt;
        std::raise(signal);
        after = *question.method.interrupt;
        struct sigaction now {};
        sigaction(signal, nullptr, &now);
        by_default = now.sa_handler == SIG_DFL;
      };
      struct sigaction once {}, now {};
      sigaction(signal, nullptr, &once);
      CHECK(call(args).exit_code == 2);
      CHECK_FALSE(before);
      CHECK(after);
      CHECK(by_default);
      sigaction(signal, nullptr, &now);
      CHECK(now.sa_handler == once.sa_handler);
    }
  }
  fakes() = {};
}

TEST_CASE("progress is one line on standard error, written over and erased in the end") {
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  fakes().meanwhile = [](const Question& question) {
    if (!question.method.progress) return;
    question.method.progress({.worlds = 12'300'000, .frontier = 1'900'000, .depth = 17, .worlds_per_second = 2'100'000, .bytes = 410'000'000, .worlds_that_fit = 210'000'000});
    question.method.progress({.worlds = 5, .depth = 1, .bytes = 1});
  };
  const std::string line = "12.3 M worlds, 1.9 M open, depth 17, 2.1 M worlds/s, 410.0 MB of 8.6 GB";  // 80 columns, for nothing else is known
  const Called on = call({"check", "fake", "--progress", "on"});
  CHECK(on.err.starts_with("\r" + line + "\r5 worlds, 0 open, "));
  CHECK(on.err.ends_with(" \r"));
  CHECK_FALSE(has(on.err, "\n"));
  CHECK_FALSE(has(on.out, "--progress"));
  CHECK(call({"check", "fake"}).err.empty());
  const auto err_of = [](const std::vector<std::string>& args) {
    std::ostringstream out, err;
    run_command(args, out, err, fake_catalogue(), {.progress_by_itself = true});
    return err.str();
  };
  CHECK(has(err_of({"check", "fake"}), "12.3 M worlds"));
  CHECK(has(err_of({"frontier", "fake", "--progress", "auto"}), "12.3 M worlds"));
  CHECK(has(err_of({"compare"}), "12.3 M worlds"));
  CHECK(err_of({"check", "fake", "--progress", "off"}).empty());
  CHECK(err_of({"check", "fake", "-q"}).empty());
  CHECK(call({"check", "fake", "--progress", "offf"}).err.find("did you mean \"off\"?") != std::string::npos);
  fakes() = {};
}

TEST_CASE("a search that could not be saved says so, and is 74 if it has no answer either") {
  fakes() = {};
  fakes().verdict = verdict_with(Status::inconclusive);
  fakes().verdict.checkpoint_failed = "No space left on device";
  const Called open = call({"check", "fake"});
  CHECK(open.exit_code == 74);
  CHECK(has(open.out, "warning  the search could not be saved: No space left on device\n"));
  fakes().verdict = verdict_with(Status::violated);
  fakes().verdict.checkpoint_failed = "No space left on device";
  CHECK(call({"check", "fake"}).exit_code == 1);
  fakes() = {};
}

}  // namespace commitlab
