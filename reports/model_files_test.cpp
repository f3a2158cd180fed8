// Models as PRISM and Storm read them: small ones to the letter, those of protocols read back and solved by other means.
#include "reports/model_files.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/catalogue.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// Tries until it works out, at most for ever: tried, works out with 1/3, ends with 1/6, else once more.
NamedProcess tries() {
  DecisionWriter writer({"messages", "forced writes"});
  writer.state();
  writer.choice();
  writer.branch(2, Rational(1, 6));
  writer.branch(0, Rational(1, 4));
  writer.branch(1, Rational(1, 3));
  writer.branch(0, Rational(1, 4));
  writer.reward(0, 2), writer.reward(1, Rational(1, 3));
  writer.state(1);
  writer.stay();
  writer.state(2);  // without a choice
  return {writer.take(), {"", "commits", "aborts"}};
}

/// One who chooses: safely 1/2, or all or nothing.
NamedProcess gamble() {
  DecisionWriter writer({"stake"});
  writer.state();
  writer.choice();
  writer.branch(1, Rational(1, 2));
  writer.branch(2, Rational(1, 2));
  writer.choice();
  writer.branch(2, Rational(9, 10));
  writer.branch(1, Rational(1, 10));
  writer.reward(0, 5);
  writer.state(1);
  writer.stay();
  writer.state();
  writer.stay();
  return {writer.take(), {"", "wins"}};
}

std::map<std::string, std::string> by_ending(const std::vector<ModelFile>& files) {
  std::map<std::string, std::string> texts;
  for (const auto& [ending, text] : files) texts[ending] = text;
  return texts;
}

/// What the files of a chain say, read as their manual describes them.
struct ReadChain {
  std::size_t states = 0;
  std::vector<std::map<std::size_t, double>> rows;
  std::map<std::string, std::vector<bool>> labels;
  std::map<std::string, std::vector<double>> costs;
};

ReadChain read_chain(const std::vector<ModelFile>& files) {
  ReadChain chain;
  for (const auto& [ending, text] : files) {
    std::istringstream in(text);
    std::size_t transitions = 0, from = 0, to = 0;
    if (ending == ".tra") {
      in >> chain.states >> transitions;
      chain.rows.resize(chain.states);
      std::pair<std::size_t, std::size_t> last{0, 0};
      std::size_t lines = 0;
      for (double chance = 0; in >> from >> to >> chance; ++lines) {
        REQUIRE((lines == 0 || last < std::pair(from, to)));  // ascending, none twice
        last = {from, to};
        REQUIRE(to < chain.states);
        chain.rows.at(from)[to] = chance;
      }
      REQUIRE(lines == transitions);
    } else if (ending == ".lab") {
      std::string line, word;
      std::getline(in, line);
      std::vector<std::string> names;
      for (std::istringstream words(line); words >> word;) {
        const std::size_t equals = word.find('=');
        REQUIRE(word.substr(0, equals) == std::to_string(names.size()));
        names.push_back(word.substr(equals + 2, word.size() - equals - 3));
        chain.labels[names.back()].assign(chain.states, false);
      }
      while (std::getline(in, line)) {
        std::istringstream words(line);
        char colon = 0;
        words >> from >> colon;
        REQUIRE(colon == ':');
        for (std::size_t label = 0; words >> label;) chain.labels.at(names.at(label)).at(from) = true;
      }
    } else if (ending.ends_with(".srew")) {
      std::string line;
      while (in.peek() == '#') std::getline(in, line);
      std::size_t states = 0, count = 0, lines = 0;
      in >> states >> count;
      REQUIRE(states == chain.states);
      auto& costs = chain.costs[ending.substr(1, ending.size() - 6)];
      costs.assign(states, 0);
      for (double cost = 0; in >> from >> cost; ++lines) costs.at(from) = cost;
      REQUIRE(lines == count);
    }
  }
  return chain;
}

/// What is expected of each state: `end` of those that are never left, and what others are worth beside what follows them. By Gauss's
/// elimination of all states at once.
std::vector<double> solved(const ReadChain& chain, const std::vector<double>& end, const std::vector<double>& worth) {
  const std::size_t n = chain.states;
  std::vector<std::vector<double>> a(n, std::vector<double>(n + 1));
  for (std::size_t i = 0; i < n; ++i) {
    a[i][i] = 1;
    if (chain.rows[i].size() == 1 && chain.rows[i].begin()->first == i) {
      a[i][n] = end[i];
      continue;
    }
    a[i][n] = worth[i];
    for (const auto& [to, chance] : chain.rows[i]) a[i][to] -= chance;
  }
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column; row < n; ++row)
      if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
    std::swap(a[pivot], a[column]);
    for (std::size_t row = column + 1; row < n; ++row) {
      const double factor = a[row][column] / a[column][column];
      if (factor == 0) continue;
      for (std::size_t i = column; i <= n; ++i) a[row][i] -= factor * a[column][i];
    }
  }
  std::vector<double> x(n);
  for (std::size_t row = n; row-- > 0;) {
    double sum = a[row][n];
    for (std::size_t i = row + 1; i < n; ++i) sum -= a[row][i] * x[i];
    x[row] = sum / a[row][row];
  }
  return x;
}

double chance_of(const ReadChain& chain, const std::string& label) {
  const auto& members = chain.labels.at(label);
  return solved(chain, std::vector<double>(members.begin(), members.end()), std::vector<double>(chain.states))[0];
}

double cost_of(const ReadChain& chain, const std::string& reward) { return solved(chain, std::vector<double>(chain.states), chain.costs.at(reward))[0]; }

Scenario question(std::size_t participants, const Probability& loss, const Probability& crash) {
  Scenario scenario{.participants = std::vector<Participant>(participants)};
  for (std::size_t i = 0; i < participants; ++i) scenario.participants[i] = {.name = "p" + std::to_string(i + 1), .success = Probability{9, 10}};
  scenario.chances.loss = loss, scenario.chances.crash = crash;
  scenario.delays.message = Delay::constant(3'000'000);
  scenario.delays.horizon = 250'000'000;
  return scenario;
}

}  // namespace

TEST_CASE("a chain in PRISM's files: rows ascend, branches to one state are one, and the greatest chance takes what the others miss of 1") {
  const auto files = by_ending(prism_files(tries(), Digits::rounded));
  CHECK(files.size() == 5);
  CHECK(files.at(".tra") == "3 5\n0 0 0.5\n0 1 0.3333333333333333\n0 2 0.16666666666666666\n1 1 1\n2 2 1\n");
  CHECK(files.at(".sta") == "(moment,end)\n0:(0,0)\n1:(1,1)\n2:(2,2)\n");
  CHECK(files.at(".lab") == "0=\"init\" 1=\"deadlock\" 2=\"commits\" 3=\"aborts\"\n0: 0\n1: 2\n2: 1 3\n");
  CHECK(files.at(".messages.srew") == "# Reward structure \"messages\"\n# State rewards\n3 1\n0 2\n");
  CHECK(files.at(".forced_writes.srew") == "# Reward structure \"forced_writes\"\n# State rewards\n3 1\n0 0.3333333333333333\n");
}

TEST_CASE("exactly, chances are fractions") {
  const auto files = by_ending(prism_files(tries(), Digits::exact));
  CHECK(files.at(".tra") == "3 5\n0 0 1/2\n0 1 1/3\n0 2 1/6\n1 1 1\n2 2 1\n");
  CHECK(files.at(".forced_writes.srew").ends_with("3 1\n0 1/3\n"));
}

TEST_CASE("a decision process in PRISM's files has the number of the choice, and its rewards are of transitions") {
  const auto files = by_ending(prism_files(gamble(), Digits::rounded));
  CHECK(files.at(".tra") == "3 4 6\n0 0 1 0.5\n0 0 2 0.5\n0 1 1 0.1\n0 1 2 0.9\n1 0 1 1\n2 0 2 1\n");
  CHECK(files.at(".stake.trew") == "# Reward structure \"stake\"\n# Transition rewards\n3 4 2\n0 1 1 5\n0 1 2 5\n");
  CHECK(files.at(".lab") == "0=\"init\" 1=\"deadlock\" 2=\"wins\"\n0: 0\n1: 2\n");
}

TEST_CASE("the same in Storm's direct encoding") {
  CHECK(drn_text(tries(), Digits::exact) ==
        "@type: DTMC\n@value_type: rational\n@parameters\n\n@reward_models\nmessages forced_writes\n@nr_states\n3\n@nr_choices\n3\n@model\n"
        "state 0 [0, 0] init\n\taction 0 [2, 1/3]\n\t\t0 : 1/2\n\t\t1 : 1/3\n\t\t2 : 1/6\n"
        "state 1 [0, 0] commits\n\taction 0 [0, 0]\n\t\t1 : 1\n"
        "state 2 [0, 0] deadlock aborts\n\taction 0 [0, 0]\n\t\t2 : 1\n");
  CHECK(drn_text(gamble(), Digits::rounded) ==
        "@type: MDP\n@value_type: double\n@parameters\n\n@reward_models\nstake\n@nr_states\n3\n@nr_choices\n4\n@model\n"
        "state 0 [0] init\n\taction 0 [0]\n\t\t1 : 0.5\n\t\t2 : 0.5\n\taction 1 [5]\n\t\t1 : 0.1\n\t\t2 : 0.9\n"
        "state 1 [0] wins\n\taction 0 [0]\n\t\t1 : 1\nstate 2 [0]\n\taction 0 [0]\n\t\t2 : 1\n");
}

TEST_CASE("the doubles of a row sum to 1 as nearly as doubles can") {
  for (int n = 2; n <= 300; ++n) {
    DecisionWriter writer;
    writer.state();
    writer.choice();
    for (int i = 1; i <= n; ++i) writer.branch(static_cast<DecisionProcess::State>(i), Rational(2 * i, n * (n + 1)));
    for (int i = 1; i <= n; ++i) writer.state();
    const ReadChain chain = read_chain(prism_files({writer.take(), {""}}, Digits::rounded));
    Rational sum;
    double greatest = 0;
    for (const auto& [to, chance] : chain.rows[0]) sum += exact_rational(chance), greatest = std::max(greatest, chance);
    const Rational miss = sum > 1 ? sum - 1 : 1 - sum;
    INFO(n);
    CHECK(2 * miss <= exact_rational(std::nextafter(greatest, 1.0)) - exact_rational(greatest));
  }
}

TEST_CASE("the files of a protocol, read back and solved by elimination, give the exact odds and costs") {
  int solved_chains = 0;
  for (const char* protocol : {"2pc", "2pc-ctp", "3pc", "3pc-textbook"}) {
    const Entry& entry = *find(catalogue(), protocol);
    for (const auto& [participants, loss, crash] : {std::tuple<std::size_t, Probability, Probability>{1, {1, 10}, {0, 1}}, {1, {1, 50}, {1, 20}}, {2, {0, 1}, {1, 7}}}) {
      const Scenario scenario = question(participants, loss, crash);
      const Odds& engines = entry.odds.get([] { FAIL("a specification"); });
      const NamedProcess model = engines.chain(scenario);
      if (model.process.states() > 1'500) continue;  // of full elimination
      const ReadChain chain = read_chain(prism_files(model, Digits::rounded));
      const Sampling once{.seed = 1, .runs = 1};
      const ExactOdds odds = *engines.estimate(scenario, once, engines.sample(scenario, once)).exact;
      INFO(protocol << ", " << chain.states << " states");
      REQUIRE(odds.whole);
      CHECK(chain.states == odds.moments);
      CHECK(std::abs(chance_of(chain, "commits") - odds.commits.low) < 1e-9);
      CHECK(std::abs(chance_of(chain, "aborts") - odds.aborts.low) < 1e-9);
      CHECK(std::abs(chance_of(chain, "blocked") - odds.blocked.low) < 1e-9);
      CHECK(std::abs(chance_of(chain, "breaks") - odds.breaks.low) < 1e-9);
      CHECK(chance_of(chain, "beyond") == 0);
      CHECK(std::abs(cost_of(chain, "messages") - odds.messages) < 1e-9 * odds.messages);
      CHECK(std::abs(cost_of(chain, "forced_writes") - odds.forced_writes) < 1e-9 * odds.forced_writes);
      ++solved_chains;
    }
  }
  CHECK(solved_chains >= 6);
}

}  // namespace commitlab
