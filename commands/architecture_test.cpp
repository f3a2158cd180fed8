// The house as the code has it: who includes whom, and how large a room may be.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "test.hpp"

namespace commitlab {
namespace {

namespace fs = std::filesystem;

const fs::path kTop = COMMITLAB_SOURCE_DIR;

struct Source {
  std::string folder, path;            // "sim", "sim/world.hpp"
  std::vector<std::string> includes;   // of our own files
  std::vector<std::string> libraries;  // in angle brackets
  std::size_t lines = 0;
};

std::vector<Source> sources(bool tests) {
  std::vector<Source> all;
  for (const std::string folder : {"sim", "protocols", "checker", "scenarios", "reports", "commands"}) {
    for (const auto& file : fs::directory_iterator(kTop / folder)) {
      const std::string name = file.path().filename().string();
      const bool code = name.ends_with(".hpp") || name.ends_with(".cpp");
      const bool test = name.ends_with("_test.cpp") || name.ends_with("_for_tests.hpp");
      if (!code || test != tests) continue;
      Source source{folder, folder + "/" + name, {}, {}};
      std::ifstream in(file.path());
      for (std::string line; std::getline(in, line); ++source.lines) {
        const auto quote = line.find_first_of("\"<");
        if (!line.starts_with("#include") || quote == line.npos) continue;
        const auto end = line.find_first_of("\">", quote + 1);
        (line[quote] == '"' ? source.includes : source.libraries).push_back(line.substr(quote + 1, end - quote - 1));
      }
      all.push_back(std::move(source));
    }
  }
  return all;
}

/// What is nothing but values: a report may know it.
const std::set<std::string> kPlain{
    "sim/trace.hpp", "sim/node_fields.hpp", "sim/step.hpp", "sim/run.hpp", "sim/ids.hpp", "sim/faults.hpp", "sim/vote.hpp", "sim/claims.hpp", "sim/names.hpp", "sim/timeline.hpp",
    "sim/delays.hpp", "sim/rng.hpp", "checker/property.hpp", "checker/verdict.hpp", "checker/estimate.hpp", "checker/retries.hpp", "checker/interval.hpp", "checker/range.hpp", "checker/gap.hpp",
    "checker/replayed.hpp", "checker/lattice.hpp", "checker/frontier.hpp", "checker/necessity.hpp", "checker/weakening.hpp", "checker/doubt.hpp", "checker/concurrency.hpp", "checker/progress.hpp",
    "checker/decisions.hpp", "checker/named_process.hpp", "checker/frozen.hpp", "checker/rational.hpp", "scenarios/lesson.hpp"};

bool may_include(const Source& source, const std::string& what) {
  const std::string folder = what.substr(0, what.find('/'));
  if (folder == source.folder) return true;
  if (source.folder == "sim") return false;
  if (source.folder == "protocols") return what == "sim/protocol.hpp";
  if (source.folder == "checker") return folder == "sim";
  if (source.folder == "scenarios") return folder == "sim" || folder == "checker" || (what == "protocols/all.hpp" && source.path.starts_with("scenarios/catalogue"));
  if (source.folder == "reports") return kPlain.contains(what);
  if (source.folder == "commands") return folder == "scenarios" || folder == "reports" || kPlain.contains(what) || what == "checker/replay_words.hpp" || what == "checker/rational.hpp" || what == "checker/find_frontier.hpp" || what == "checker/interchangeable.hpp" || what == "checker/checkpoint_error.hpp" || what == "checker/orders_ids.hpp" || what == "checker/new_file.hpp" || what == "checker/limits.hpp" || what == "checker/bounds.hpp" || what == "checker/resident.hpp";
  return false;
}

}  // namespace

TEST_CASE("who may include whom") {
  const auto all = sources(false);
  REQUIRE(all.size() > 30);
  for (const auto& source : all)
    for (const auto& what : source.includes) {
      INFO(source.path << " includes " << what);
      CHECK(may_include(source, what));
    }
}

TEST_CASE("the checker knows no protocol, and a report not how its answer was found") {
  for (const auto& source : sources(false)) {
    for (const auto& what : source.includes) {
      INFO(source.path << " includes " << what);
      if (source.folder == "checker") CHECK_FALSE(what.starts_with("protocols/"));
      if (source.folder == "reports") CHECK_FALSE((what == "checker/search.hpp" || what == "checker/check.hpp" || what == "sim/world.hpp"));
    }
  }
}

TEST_CASE("libraries stay in their rooms") {
  for (const auto& source : sources(false))
    for (const auto& library : source.libraries) {
      INFO(source.path << " includes <" << library << ">");
      if (library.starts_with("CLI/")) CHECK(source.folder == "commands");
      if (library.starts_with("nlohmann/")) CHECK((source.folder == "scenarios" || source.folder == "reports"));
      if (library == "zlib.h") CHECK(source.folder == "reports");
      if (library.starts_with("boost/")) CHECK(source.folder == "checker");
      const bool bare = source.folder == "sim" || source.folder == "protocols";
      for (const std::string heavy : {"iostream", "thread", "mutex", "filesystem", "fstream", "random", "functional", "sstream"})
        if (library == heavy) CHECK_FALSE(bare);
    }
}

TEST_CASE("a file is one idea: past 350 lines it has a second one") {
  for (const auto& source : sources(false)) {
    INFO(source.path << " has " << source.lines << " lines");
    CHECK(source.lines <= 350);
  }
}

TEST_CASE("every file says what it is for before anything else") {
  for (const auto& source : sources(false)) {
    if (source.path.ends_with(".cpp")) continue;  // its header has said so
    std::ifstream in(kTop / source.path);
    std::string first;
    std::getline(in, first);
    INFO(source.path);
    CHECK(first.starts_with("// "));
  }
}

TEST_CASE("files are opened for writing in one place, and folders made in one") {
  for (const auto& source : sources(false)) {
    std::ifstream in(kTop / source.path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (const std::string word : {"O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC", "std::ofstream", "\"wb\"", "std::fstream", "mkstemp", "std::rename("}) {
      INFO(source.path << " says " << word);
      CHECK((source.path == "checker/new_file.cpp" || text.find(word) == text.npos));
    }
    INFO(source.path);
    CHECK((source.path == "commands/output_file.cpp" || text.find("create_director") == text.npos));
  }
}

}  // namespace commitlab
