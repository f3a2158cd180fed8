#include "commands/output_file.hpp"

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

}  // namespace commitlab
