#include "commands/output_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "commands/fake_protocols_for_tests.hpp"
#include "commands/refusal.hpp"
#include "test.hpp"

namespace commitlab {

static int exit_code_of(const std::string& path, Overwrite overwrite = Overwrite::no, const std::vector<std::string>& inputs = {}) {
  try {
    check_output(path, overwrite, inputs);
    write_output(path, "new", overwrite);
  } catch (const Refusal& refused) {
    return refused.exit_code;
  }
  return 0;
}

TEST_CASE("a new file is made, an old one only with force") {
  const TemporaryFolder folder;
  CHECK(exit_code_of(folder / "a") == 0);
  CHECK(folder.read("a") == "new");
  folder.write("b", "old");
  CHECK(exit_code_of(folder / "b") == 73);
  CHECK(folder.read("b") == "old");
  CHECK(exit_code_of(folder / "b", Overwrite::yes) == 0);
  CHECK(folder.read("b") == "new");
}

TEST_CASE("what is no place for a file is 73") {
  const TemporaryFolder folder;
  const std::string target = folder.write("target", "old");
  std::filesystem::create_symlink(target, folder / "link");
  std::filesystem::create_symlink(folder / "none", folder / "dangling");
  for (const std::string& path : {folder / "link", folder / "dangling", folder / "", folder / "none/a", std::string(), target + "/a", folder / std::string(300, 'a')}) {
    CAPTURE(path);
    CHECK(exit_code_of(path) == 73);
    CHECK(exit_code_of(path, Overwrite::yes) == 73);
  }
  CHECK(folder.read("target") == "old");
}

TEST_CASE("an input is never the output") {
  const TemporaryFolder folder;
  const std::string input = folder.write("s.json", kFakeScenario);
  std::filesystem::create_hard_link(input, folder / "same.json");
  CHECK(exit_code_of(input, Overwrite::yes, {input}) == 64);
  CHECK(exit_code_of(folder / "same.json", Overwrite::yes, {input}) == 64);
  CHECK(call({"check", input, "-o", input, "--force"}).exit_code == 64);
  CHECK(folder.read("s.json") == kFakeScenario);
}

TEST_CASE("a full disk is 74 and leaves nothing new") {
  CHECK(exit_code_of("/dev/full") == 73);
  CHECK(exit_code_of("/dev/full", Overwrite::yes) == 74);
}

TEST_CASE("the answer goes into the file, and nothing is asked if it cannot be made") {
  const TemporaryFolder folder;
  fakes() = {};
  fakes().verdict = verdict_with(Status::violated);
  const Called called = call({"check", "fake", "-o", folder / "a.txt"});
  CHECK(called.exit_code == 1);
  CHECK(called.out.empty());
  CHECK(folder.read("a.txt").find("violated: AC1") != std::string::npos);
  fakes().searches = 0;
  CHECK(call({"check", "fake", "-o", folder / "a.txt"}).exit_code == 73);
  CHECK(fakes().searches == 0);
}

TEST_CASE("a pipe, a socket or a disk is no place for an answer, and the write does not wait for a reader") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  for (const Overwrite overwrite : {Overwrite::no, Overwrite::yes}) CHECK(exit_code_of(folder / "pipe", overwrite) == 73);
  CHECK(call({"check", "fake", "-o", folder / "pipe", "--force"}).exit_code == 73);
  CHECK(exit_code_of("/dev/null", Overwrite::yes) == 0);
}

TEST_CASE("what lies beside an output is never touched, whatever it is called") {
  const TemporaryFolder folder;
  folder.write("a", "old"), folder.write("victim", "precious");
  for (const std::string& beside : std::vector<std::string>{".tmp", ".new", "~", ".bak", ".new-" + std::to_string(::getpid())}) std::filesystem::create_symlink(folder / "victim", folder / ("a" + beside));
  CHECK(exit_code_of(folder / "a", Overwrite::yes) == 0);
  CHECK(folder.read("a") == "new");
  CHECK(folder.read("victim") == "precious");
  CHECK(std::distance(std::filesystem::directory_iterator(folder / ""), {}) == 7);
}

TEST_CASE("two outputs of one command are never one file, by whatever paths: 64 before the search, with --force too") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "in");
  std::filesystem::create_directory(folder / "d");
  std::filesystem::create_symlink(folder / "in", folder / "link");
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  const std::vector<std::vector<std::string>> pairs = {{"-o", "j", "--checkpoint", "j"}, {"-o", "in/j", "--checkpoint", "in/../in/./j"}, {"--junit", "in/j", "--sarif", "link/j"},
                                                       {"--checkpoint", "j", "--junit", "j"}, {"--save", "d", "-o", "d"}, {"--resume", "j", "-o", "j"},
                                                       {"--save", "d", "-o", "d/fake-AC1.play"}, {"--checkpoint", ""}, {"--resume", ""}};
  for (const auto& pair : pairs)
    for (const bool force : {false, true}) {
      std::vector<std::string> args = {"check", "fake"};
      for (std::size_t i = 0; i < pair.size(); ++i) args.push_back(i % 2 == 0 || pair[i].empty() ? pair[i] : folder / pair[i]);
      if (force) args.push_back("--force");
      CAPTURE(args);
      CHECK(call(args).exit_code == 64);
      CHECK(fakes().searches == 0);
    }
  folder.write("j", "old");
  CHECK(call({"check", "fake", "-o", folder / "j", "--checkpoint", folder / "j", "--force"}).exit_code == 64);
  CHECK(folder.read("j") == "old");
  CHECK(call({"sweep", "fake", "--vary", "loss=0,1", "--to", folder / "rows", "-o", folder / "rows"}).exit_code == 64);
  CHECK(call({"check", "fake", "-o", "/dev/null", "--junit", "/dev/null", "--force"}).exit_code == 0);
}

TEST_CASE("a checkpoint is never the scenario that it is of") {
  const TemporaryFolder folder;
  const std::string scenario = folder.write("q", kFakeScenario);
  CHECK(call({"check", scenario, "--checkpoint", scenario, "--force"}).exit_code == 64);
  CHECK(folder.read("q") == kFakeScenario);
}

TEST_CASE("a folder for plays is made with the first play: an error leaves none") {
  const TemporaryFolder folder;
  folder.write("there", "");
  fakes() = {};
  fakes().verdict = verdict_with(Status::violated);
  CHECK(call({"check", "fake", "--save", folder / "d/e", "--junit", folder / "there"}).exit_code == 73);
  CHECK_FALSE(std::filesystem::exists(folder / "d"));
  CHECK(call({"check", "fake", "--save", folder / "there/d"}).exit_code == 73);
  CHECK(fakes().searches == 0);
  const std::string blocked(300, 'a');
  CHECK_THROWS_AS(MadeFolder(folder / ("d/e/" + blocked)), Refusal);
  CHECK_FALSE(std::filesystem::exists(folder / "d"));
}

}  // namespace commitlab
