// What is asked to find a frontier, and in which order, of an engine that only pretends; then the engine itself, on every vector.
#include "checker/find_frontier.hpp"

#include <algorithm>
#include <map>

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using Vectors = std::vector<Budgets>;

/// An engine that knows what breaks what, and writes down what it is asked: "1 0 1: AC1 NB" is a crash and a suspicion.
struct Pretender {
  std::map<Property, Vectors> breaks{};
  std::map<Property, Vectors> too_large{};  // from there on nothing is found
  std::vector<std::string> asked{};
  std::string own{};  // a property of the protocol's own, broken by a crash
  double seconds = 0;

  static bool beyond(const Vectors& vectors, const Budgets& budgets) {
    return std::any_of(vectors.begin(), vectors.end(), [&](const Budgets& one) { return within(one, budgets); });
  }
  Status status(Property property, const Budgets& budgets) const {
    const auto find = [&](const auto& map) { return map.contains(property) && beyond(map.at(property), budgets); };
    return find(breaks) ? Status::violated : find(too_large) ? Status::inconclusive : Status::holds;
  }
  Verdict operator()(const Question& question) {
    const Budgets& left = question.faults.left;
    std::string line = std::to_string(left.crashes) + " " + std::to_string(left.losses) + " " + std::to_string(left.suspicions) + ":";
    Verdict verdict;
    verdict.worlds = 10, verdict.steps = 20, verdict.starts = 4, verdict.seconds = seconds, verdict.bytes = 100u + left.crashes;
    for (const Property property : question.check) {
      line += " " + std::string(name_of(property));
      const Status found = status(property, left);
      verdict.findings.push_back({property, std::string(name_of(property)), found, found == Status::inconclusive ? "too large" : "", {}});
      if (found == Status::violated) verdict.findings.back().witness = Trace{.lines = std::vector<Trace::Line>(10 - total(left))};
    }
    if (!own.empty()) verdict.findings.push_back({Property::custom, own, left.crashes > 0 ? Status::violated : Status::holds, "", {}});
    asked.push_back(line);
    return verdict;
  }
};

Question within_corner(const Budgets& corner, std::vector<Property> check) { return ask(2, {.left = corner, .timing = Timing::synchronous}, std::move(check)); }

Frontier find(Pretender& pretender, const Budgets& corner, std::vector<Property> check) {
  return find_frontier(within_corner(corner, std::move(check)), [&](const Question& question) { return pretender(question); });
}

Vectors breaches_of(const PropertyFrontier& property) {
  Vectors vectors;
  for (const Breach& breach : property.breaches) vectors.push_back(breach.budgets);
  return vectors;
}

}  // namespace

TEST_CASE("what fewer faults break is not asked again, and what holds with most is not asked with fewer") {
  Pretender pretender{.breaks = {{Property::AC1, {{.suspicions = 1}, {.crashes = 1, .losses = 1}}}}};
  const Frontier frontier = find(pretender, {.crashes = 2, .losses = 1, .suspicions = 1}, {Property::AC1, Property::AC3});
  CHECK(pretender.asked == std::vector<std::string>{
                               "0 0 0: AC1 AC3", "1 0 0: AC1 AC3", "0 1 0: AC1 AC3", "0 0 1: AC1 AC3",  // one fault each
                               "2 1 0: AC1", "2 1 1: AC3",                                              // were these all? For AC3 they were
                               "2 0 0: AC1", "1 1 0: AC1"});                                            // two faults, and that is all
  const PropertyFrontier& agreement = frontier.properties[0];
  CHECK(agreement.status == Status::violated);
  CHECK(breaches_of(agreement) == Vectors{{.suspicions = 1}, {.crashes = 1, .losses = 1}});
  CHECK(agreement.safe == Vectors{{.losses = 1}, {.crashes = 2}});
  CHECK(agreement.open.empty());
  CHECK(frontier.properties[1].status == Status::holds);
  CHECK(frontier.properties[1].safe == Vectors{frontier.corner});
  CHECK(frontier.status() == Status::violated);
  CHECK(frontier.searches == 8);
  CHECK(frontier.worlds == 80);
  CHECK(frontier.steps == 160);
  CHECK(frontier.bytes == 102);
  CHECK(frontier.rows.size() == 12);
}

TEST_CASE("a wrong guess is not followed by others until a breach is found") {
  Pretender pretender{.breaks = {{Property::AC1, {{.crashes = 2, .losses = 1}}}}};
  const Frontier frontier = find(pretender, {.crashes = 3, .losses = 2}, {Property::AC1});
  CHECK(pretender.asked == std::vector<std::string>{"0 0 0: AC1", "1 0 0: AC1", "0 1 0: AC1", "3 2 0: AC1",  // wrong
                                                    "2 0 0: AC1", "1 1 0: AC1", "0 2 0: AC1",                // no breach, nothing to guess from
                                                    "3 0 0: AC1", "2 1 0: AC1", "1 2 0: AC1"});              // found, and the largest without it hold
  CHECK(breaches_of(frontier.properties[0]) == Vectors{{.crashes = 2, .losses = 1}});
  CHECK(frontier.properties[0].safe == Vectors{{.crashes = 3}, {.crashes = 1, .losses = 2}});
  CHECK(frontier.rows.back().cells[0].searched);
  CHECK(frontier.rows.back().cells[0].broken_by == Budgets{.crashes = 2, .losses = 1});
}

TEST_CASE("a property that is broken without any fault is asked once, and no search is made for nothing") {
  Pretender pretender{.breaks = {{Property::AC1, {{}}}}};
  const Frontier frontier = find(pretender, {.crashes = 3, .losses = 3}, {Property::AC1});
  CHECK(pretender.asked == std::vector<std::string>{"0 0 0: AC1"});
  CHECK(breaches_of(frontier.properties[0]) == Vectors{{}});
  CHECK(frontier.properties[0].safe.empty());
  for (const FrontierRow& row : frontier.rows) {
    CHECK(row.cells[0].status == Status::violated);
    CHECK(row.cells[0].broken_by == Budgets{});
    CHECK(row.searched == (row.budgets == Budgets{}));
  }
}

TEST_CASE("non-triviality is about no fault, and asked once") {
  Pretender safe, broken{.breaks = {{Property::AC4, {{}}}}}, open{.too_large = {{Property::AC4, {{}}}}};
  const Budgets corner{.crashes = 1, .suspicions = 1};
  CHECK(find(safe, corner, {Property::AC4}).properties[0].safe == Vectors{corner});
  CHECK(breaches_of(find(broken, corner, {Property::AC4}).properties[0]) == Vectors{{}});
  const Frontier unknown = find(open, corner, {Property::AC4});
  CHECK(unknown.properties[0].status == Status::inconclusive);
  CHECK(unknown.properties[0].open.size() == 4);
  CHECK(unknown.properties[0].open.back().why == "too large");
  for (const auto& pretender : {safe, broken, open}) CHECK(pretender.asked == std::vector<std::string>{"0 0 0: AC4"});
}

TEST_CASE("a breach above an open vector is not known to be least, and what is open is said") {
  Pretender pretender{.breaks = {{Property::AC1, {{.crashes = 2}}}}, .too_large = {{Property::AC1, {{.crashes = 1}}}}};
  const Frontier frontier = find(pretender, {.crashes = 3, .losses = 1}, {Property::AC1});
  const PropertyFrontier& agreement = frontier.properties[0];
  CHECK(breaches_of(agreement) == Vectors{{.crashes = 2}});
  CHECK_FALSE(agreement.breaches[0].least);
  CHECK(agreement.safe == Vectors{{.losses = 1}});
  REQUIRE(agreement.open.size() == 2);
  CHECK(agreement.open[0].budgets == Budgets{.crashes = 1});
  CHECK(agreement.open[0].why == "too large");
  CHECK(agreement.status == Status::violated);
}

TEST_CASE("a search that holds settles the smaller one that came to no end") {
  Pretender pretender;
  int searches = 0;
  const Frontier frontier = find_frontier(within_corner({.crashes = 2}, {Property::AC1}), [&](const Question& question) {
    Verdict verdict = pretender(question);
    if (searches++ == 1) verdict.findings[0].status = Status::inconclusive;
    return verdict;
  });
  CHECK(pretender.asked == std::vector<std::string>{"0 0 0: AC1", "1 0 0: AC1", "2 0 0: AC1"});
  CHECK(frontier.properties[0].open.empty());
  CHECK(frontier.status() == Status::holds);
}

TEST_CASE("the time limit is that of all searches together") {
  Pretender pretender{.seconds = 1};
  std::vector<double> limits;
  Question question = within_corner({.crashes = 3}, {Property::AC1});
  question.limits.seconds = 1.5;
  const Frontier frontier = find_frontier(question, [&](const Question& one) {
    limits.push_back(one.limits.seconds);
    return pretender(one);
  });
  CHECK(limits == std::vector<double>{1.5, 0.5});
  CHECK(frontier.status() == Status::inconclusive);
  CHECK(frontier.properties[0].safe == Vectors{{.crashes = 1}});
  REQUIRE(frontier.properties[0].open.size() == 2);
  CHECK(frontier.properties[0].open[0].why.empty());
}

TEST_CASE("a verb that began too long ago searches no more") {
  Pretender pretender{};
  Question question = within_corner({.crashes = 1}, {Property::AC1});
  question.limits.seconds = 1, question.limits.began = Beginning{.at = std::chrono::steady_clock::now() - std::chrono::hours(1)};
  const Frontier frontier = find_frontier(question, [&](const Question& one) { return pretender(one); });
  CHECK(frontier.searches == 0);
  CHECK(frontier.status() == Status::inconclusive);
}

TEST_CASE("properties of the protocol's own have a frontier too") {
  Pretender pretender{.own = "nobody waits"};
  const Frontier frontier = find(pretender, {.crashes = 2, .losses = 1}, {Property::AC1});
  REQUIRE(frontier.properties.size() == 2);
  CHECK(frontier.properties[1].name == "nobody waits");
  CHECK(breaches_of(frontier.properties[1]) == Vectors{{.crashes = 1}});
  CHECK(frontier.properties[1].safe == Vectors{{.losses = 1}});
}

TEST_CASE("while AC5 is asked of stopped nodes that do not recover, all searches keep what it needs") {
  const auto recovery = [](std::vector<Property> check) {
    Pretender pretender{.breaks = {{Property::AC5, {{}}}}};
    std::vector<Recovery> seen;
    find_frontier(within_corner({.crashes = 1}, std::move(check)), [&](const Question& one) {
      seen.push_back(one.faults.recovery);
      return pretender(one);
    });
    return seen;
  };
  CHECK(recovery({Property::AC5, Property::conserve}) == std::vector{Recovery::when_faults_stop, Recovery::when_faults_stop});
  CHECK(recovery({Property::AC1, Property::conserve}) == std::vector{Recovery::never, Recovery::never});
}

TEST_CASE("any frontier is found, and nothing is asked that is known") {
  rc::prop("least breaches and largest safe vectors", [] {
    const auto budget = [](int most) { return static_cast<std::uint8_t>(*rc::gen::inRange(0, most + 1)); };
    const auto vector = [&] { return Budgets{.crashes = budget(3), .losses = budget(2), .suspicions = budget(2)}; };
    Pretender pretender;
    for (const Property property : {Property::AC1, Property::NB})
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) pretender.breaks[property].push_back(vector());
    if (*rc::gen::arbitrary<bool>()) pretender.too_large[Property::NB].push_back(vector());
    const Budgets corner = vector();
    const Frontier frontier = find(pretender, corner, {Property::AC1, Property::NB});
    for (const FrontierRow& row : frontier.rows)
      for (std::size_t i = 0; i < 2; ++i) RC_ASSERT(row.cells[i].status == pretender.status(frontier.properties[i].property, row.budgets));
    for (const PropertyFrontier& property : frontier.properties) {
      for (const Breach& breach : property.breaches) {
        RC_ASSERT(breach.finding.witness->lines.size() == 10 - total(breach.budgets));
        const auto less = below(breach.budgets);
        RC_ASSERT(breach.least == std::all_of(less.begin(), less.end(), [&](const Budgets& one) { return pretender.status(property.property, one) == Status::holds; }));
        for (const Budgets& one : less) RC_ASSERT(pretender.status(property.property, one) != Status::violated);
      }
      for (const Budgets& safe : property.safe)
        for (const Budgets& more : above(safe, corner)) RC_ASSERT(pretender.status(property.property, more) != Status::holds);
    }
    auto asked = pretender.asked;
    std::sort(asked.begin(), asked.end());
    RC_ASSERT(std::adjacent_find(asked.begin(), asked.end()) == asked.end());
    for (const auto& line : asked) RC_ASSERT(!line.ends_with(":"));
  });
}

// A larger budget breaks what a smaller one breaks: this is what every shortcut rests on, so each vector is searched here.
TEST_CASE("the frontier of every protocol is what each vector says when it is searched by itself") {
  const auto same = [](const auto& p, std::size_t participants, const Faults& faults, std::vector<Property> check) {
    const Question question = all_yes(ask(participants, faults, std::move(check)));
    const Frontier frontier = find_frontier(question, [&](const Question& one) { return commitlab::check(p, one); });
    for (const FrontierRow& row : frontier.rows) {
      Question alone = question;
      alone.faults.left = row.budgets;
      const Verdict verdict = commitlab::check(p, alone);
      REQUIRE(verdict.findings.size() == row.cells.size());
      for (const Finding& finding : verdict.findings)
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
          if (frontier.properties[i].name != finding.name) continue;
          INFO(p.name << " " << finding.name << " crashes " << +row.budgets.crashes << " losses " << +row.budgets.losses);
          CHECK(row.cells[i].status == finding.status);
          if (row.cells[i].broken_by == row.budgets) CHECK(row.cells[i].steps == finding.witness->lines.size());
        }
    }
    return frontier.status();
  };
  const std::vector<Property> all = {Property::AC1, Property::AC2, Property::AC3, Property::AC4, Property::AC5, Property::NB};
  std::apply(
      [&](const auto&... p) {
        (same(p, 2, {.left = {.crashes = 1, .losses = 1, .suspicions = 1}, .timing = Timing::synchronous}, all), ...);
        (same(p, 1, {.left = {.crashes = 2, .disk_losses = 1, .duplicates = 1}, .recovery = Recovery::any_time}, all), ...);
        (same(p, 1, {.left = {.crashes = 1, .reorders = 1, .partitions = 1}, .channels = Channels::fifo}, all), ...);
      },
      kProtocols);
}

}  // namespace commitlab
