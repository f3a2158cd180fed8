// The completion scripts, as the shells themselves take them.
#include <cstdio>
#include <set>
#include <sstream>

#include "commands/completion.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// What a shell command prints, and how it ends.
struct Ran {
  std::string out;
  int status = -1;
};

Ran ran(const std::string& command) {
  Ran ran;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char part[4096];
  for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, pipe)) > 0;) ran.out.append(part, n);
  ran.status = ::pclose(pipe);
  return ran;
}

bool is_there(const std::string& shell) {
  if (ran("command -v " + shell).status == 0) return true;
  WARN(shell << " is not installed: its script was not tried");
  return false;
}

std::string script(const std::string& shell) {
  const Called called = call({"completion", shell});
  REQUIRE(called.exit_code == 0);
  REQUIRE(called.err.empty());
  return called.out;
}

std::set<std::string> lines(const std::string& text) {
  std::set<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.insert(line.substr(0, line.find('\t')));
  return all;
}

using Offers = std::set<std::string>;

/// What bash offers behind these words, the last of which is the one that is typed.
class Bash {
 public:
  Bash() : path_(folder_.write("completion.bash", script("bash"))) {}
  Offers offers(const std::vector<std::string>& words) const {
    std::string command = "source " + path_ + "; COMP_WORDS=(";
    for (const auto& word : words) command += "\"" + word + "\" ";
    command += "); COMP_CWORD=" + std::to_string(words.size() - 1) + "; cd " + (folder_ / "") + "; _commitlab; printf \"%s\\n\" \"${COMPREPLY[@]}\"";
    Offers offered = lines(ran("bash --norc -c '" + command + "'").out);
    offered.erase("");
    return offered;
  }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
  std::string path_;
};

}  // namespace

TEST_CASE("bash completes verbs, options, values, lists and scenarios") {
  if (!is_there("bash")) return;
  const Bash bash;
  CHECK(bash.offers({"commitlab", "che"}) == Offers{"check"});
  CHECK(bash.offers({"commitlab", "co"}) == Offers{"compare", "completion", "concurrency"});
  CHECK(bash.offers({"commitlab", "--v"}) == Offers{"--version"});
  CHECK(bash.offers({"commitlab", "check", "--crash"}) == Offers{"--crashes", "--crash-points", "--crash-only"});
  CHECK(bash.offers({"commitlab", "list", "--crash"}).empty());
  CHECK(bash.offers({"commitlab", "check", "--timing", ""}) == Offers{"asynchronous", "synchronous"});
  CHECK(bash.offers({"commitlab", "check", "--timing", "=", "s"}) == Offers{"synchronous"});
  CHECK(bash.offers({"commitlab", "check", "--timing", "="}) == Offers{"asynchronous", "synchronous"});
  CHECK(bash.offers({"commitlab", "check", "--protocol", "fa"}).contains("fake"));
  CHECK(bash.offers({"commitlab", "check", "--check", "AC1,N"}) == Offers{"AC1,NB"});
  CHECK(bash.offers({"commitlab", "check", "--symmetry", "o"}) == Offers{"on", "off"});
  CHECK(bash.offers({"commitlab", "check", "-n", ""}).empty());
  CHECK(bash.offers({"commitlab", "export", "--format", ""}) == Offers{"dot", "drn", "prism"});
  CHECK(bash.offers({"commitlab", "sweep", "--format", ""}) == Offers{"csv", "ndjson"});
  CHECK(bash.offers({"commitlab", "completion", ""}) == Offers{"bash", "zsh", "fish"});
  CHECK(bash.offers({"commitlab", "check", "bank"}) == Offers{"bank-transfer"});
  bash.folder().write("my question.json", "{}");
  CHECK(bash.offers({"commitlab", "run", "my"}) == Offers{"my question.json"});
  CHECK(bash.offers({"commitlab", "replay", "my"}) == Offers{"my question.json"});
  CHECK(bash.offers({"commitlab", "check", "--resume", "my"}) == Offers{"my question.json"});
  CHECK(bash.offers({"commitlab", "check", "--save", "my"}).empty());
}

TEST_CASE("fish completes the same words") {
  if (!is_there("fish")) return;
  const TemporaryFolder folder;
  const std::string path = folder.write("completion.fish", script("fish"));
  const auto offers = [&](const std::string& line) {
    const Ran answer = ran("fish --no-config -c 'source " + path + "; complete -C \"" + line + "\"'");
    CHECK(answer.status == 0);
    return lines(answer.out);
  };
  CHECK(offers("commitlab che") == Offers{"check"});
  CHECK(offers("commitlab check --timing sy").contains("synchronous"));
  CHECK(offers("commitlab check bank").contains("bank-transfer"));
  CHECK(offers("commitlab completion ") == Offers{"bash", "zsh", "fish"});
  CHECK(offers("commitlab check --crash-p") == Offers{"--crash-points"});
}

TEST_CASE("zsh can read its script") {
  if (!is_there("zsh")) return;
  const TemporaryFolder folder;
  const std::string path = folder.write("_commitlab", script("zsh"));
  const Ran read = ran("zsh -n " + path);
  CHECK(read.status == 0);
  CHECK(read.out.empty());
  const Ran sourced = ran("zsh -f -c 'autoload -Uz compinit; compinit -D -u; source " + path + "; print $_comps[commitlab]'");
  CHECK(sourced.out == "_commitlab\n");
}

TEST_CASE("every option of every verb that the help names is offered, with the words that it takes") {
  for (const auto& verb : offers(fake_catalogue())) {
    INFO(verb.name);
    CHECK_FALSE(verb.summary.empty());
    CHECK(verb.options.size() == options_of(*find_verb(verb.name)).size());
    for (const auto& [option, value] : verb.options) {
      INFO(option->name);
      const bool open = option->value == "N" || option->value == "CHANCES" || option->value == "DELAYS" || option->value == "RESULTS" || option->value == "SECONDS" || option->value == "SIZE" || option->value == "W" ||
                        option->value == "I/N" || option->value == "TIMES" || option->value == "AXIS=VALUES" || option->value == "WEAKENING" || option->name == "crash-only";
      if (!option->is_flag() && !open) CHECK((!value.words.empty() || value.files || value.folders));
      if (option->is_flag()) CHECK((value.words.empty() && !value.files && !value.folders));
    }
  }
}

TEST_CASE("a shell that is not known is an error with the nearest one") {
  const Called called = call({"completion", "bsah"});
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(called.err.find("expected one of bash, zsh, fish, got \"bsah\"; did you mean \"bash\"?") != std::string::npos);
  CHECK(call({"completion"}).exit_code == 64);
  CHECK(call({"completion", "bash", "zsh"}).exit_code == 64);
  CHECK(call({"completion", "bash", "--json"}).exit_code == 64);
}

}  // namespace commitlab
