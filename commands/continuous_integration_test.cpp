// Every command on the page about continuous integration runs, and ends with the exit code that the page says.
#include <filesystem>
#include <sstream>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

namespace fs = std::filesystem;

struct Shown {
  std::vector<std::string> args;
  int exit_code = 0;
};

// The commands in fenced blocks: what follows "./lab", up to a comment, which may say "exit code 1".
std::vector<Shown> commands_on(const std::string& page) {
  std::ifstream file(fs::path(COMMITLAB_SOURCE_DIR) / page);
  REQUIRE(file);
  std::vector<Shown> commands;
  bool fenced = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) fenced = !fenced;
    const std::size_t begin = line.find("./lab ");
    if (!fenced || begin == line.npos) continue;
    const std::size_t comment = line.find('#'), code = line.find("# exit code ");
    std::istringstream words(line.substr(begin + 6, comment == line.npos ? comment : comment - begin - 6));
    Shown shown{.args = {std::istream_iterator<std::string>(words), {}}};
    if (code != line.npos) shown.exit_code = std::stoi(line.substr(code + 12));
    commands.push_back(std::move(shown));
  }
  return commands;
}

// The current folder, until the test ends.
class In {
 public:
  explicit In(const std::string& folder) : before_(fs::current_path()) { fs::current_path(folder); }
  ~In() { fs::current_path(before_); }
  In(const In&) = delete;
  In& operator=(const In&) = delete;

 private:
  fs::path before_;
};

}  // namespace

TEST_CASE("every command on the page about continuous integration does what is said there") {
  const auto commands = commands_on("docs/continuous-integration.md");
  CHECK(commands.size() == 10);
  for (const auto& [args, exit_code] : commands) {
    const TemporaryFolder folder;
    fs::copy(fs::path(COMMITLAB_SOURCE_DIR) / "scenarios", folder / "scenarios");
    const In here(folder / "");
    const Called called = call(args, catalogue());
    std::string line;
    for (const auto& arg : args) line += arg + " ";
    CAPTURE(line, called.out, called.err);
    CHECK(called.exit_code == exit_code);
    for (const std::string file : {"out.xml", "out.sarif"}) CHECK((line.find(file) != line.npos) == fs::exists(file));
  }
}

}  // namespace commitlab
