// The list of defects that ./lab mutants seeds in the checker is about the code as it is, and the tests as they are.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "test.hpp"

namespace commitlab {
namespace {

const std::filesystem::path kTop = COMMITLAB_SOURCE_DIR;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Mutant {
  std::string name{}, file{}, before{}, after{}, test{}, cases{};
};

std::vector<Mutant> mutants() {
  std::vector<Mutant> all;
  std::istringstream in(text_of(kTop / "checker/mutants.txt"));
  for (std::string line; std::getline(in, line);) {
    const auto value = [&](const std::string& key) {
      const auto from = line.find_first_not_of(' ', key.size());
      return from == line.npos ? std::string() : line.substr(from);
    };
    if (line.empty() || line.starts_with("#")) continue;
    INFO(line);
    if (line.starts_with("mutant ")) all.emplace_back().name = value("mutant");
    REQUIRE_FALSE(all.empty());
    if (line.starts_with("mutant ")) continue;
    if (line.starts_with("in ")) all.back().file = value("in");
    else if (line.starts_with("old ")) all.back().before = value("old");
    else if (line.starts_with("new")) all.back().after = value("new");
    else if (line.starts_with("caught by ")) all.back().test = value("caught by");
    else if (line.starts_with("cases ")) all.back().cases = value("cases");
    else FAIL("no such word");
  }
  return all;
}

std::size_t times(const std::string& what, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("every mutant changes one place of a file that is there, and the test that must catch it is there") {
  const auto all = mutants();
  CHECK(all.size() >= 15);
  std::set<std::string> names;
  for (const Mutant& mutant : all) {
    INFO(mutant.name);
    CHECK(names.insert(mutant.name).second);
    REQUIRE_FALSE(mutant.before.empty());
    CHECK(mutant.before != mutant.after);
    CHECK(times(mutant.before, text_of(kTop / mutant.file)) == 1);
    const auto colon = mutant.test.find(": ");
    REQUIRE(colon != mutant.test.npos);
    const std::string file = mutant.test.substr(0, colon), name = mutant.test.substr(colon + 2);
    CHECK(file.starts_with("checker/"));  // of which the program of tests is made again
    CHECK(times("TEST_CASE(\"" + name + "\"", text_of(kTop / file)) == 1);
    CHECK((mutant.cases.empty() || file == "checker/differential_test.cpp"));
  }
}

}  // namespace commitlab
