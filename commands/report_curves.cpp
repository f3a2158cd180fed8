#include "commands/report_curves.hpp"

#include <algorithm>
#include <array>

#include "checker/interval.hpp"
#include "checker/rational.hpp"
#include "commands/refusal.hpp"
#include "commands/virtual_time.hpp"
#include "reports/numbers.hpp"
#include "scenarios/input_file.hpp"

namespace commitlab {

static constexpr std::size_t kMostBytes = std::size_t{16} << 20;
static constexpr std::uint64_t kRunsAtAPoint = 2'000;

Curves curves_of_file(const std::string& file) {
  InputText input = read_input(file, kMostBytes);
  if (input.refused) throw refusal_of({std::move(*input.refused)}, kNoInput);
  try {
    return curves_of_rows(input.text);
  } catch (const BadRows& bad) {
    const std::string hint = "a file that sweep wrote: sweep SCENARIO --vary loss=0..0.1:11 --to loss.csv";
    throw refusal_of({{.code = "E1603", .file = file, .line = bad.line, .column = 1, .message = escaped(bad.what(), 300), .hint = hint}}, kBadInput);
  }
}

static double as_double(const Probability& chance) { return static_cast<double>(chance.numerator) / static_cast<double>(chance.denominator); }

/// The chances from a tenth of this one to a hundred times as much, three in every power of ten at most, none above 1/2.
static std::vector<Probability> around(const Probability& own) {
  constexpr std::array<std::pair<int, int>, 7> kTimes = {{{1, 10}, {3, 10}, {1, 1}, {3, 1}, {10, 1}, {30, 1}, {100, 1}}};
  std::vector<Probability> chances;
  for (const auto& [times, by] : kTimes) {
    const auto chance = fraction_of_64_bits(Rational(own.numerator) / Rational(own.denominator) * Rational(times, by));
    if (chance && chance->first <= chance->second / 2) chances.push_back({chance->first, chance->second});
  }
  return chances;
}

static std::array<Curve::Point, 4> counted_at(const Entry& entry, const Scenario& scenario, const Sampling& sampling, double x) {
  const Outcomes outcomes = odds_of(entry).sample(scenario, sampling).sums.outcomes;
  const std::array counts = {outcomes.commits, outcomes.aborts, outcomes.blocked, outcomes.breaks};
  std::array<Curve::Point, 4> points;
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = {x, static_cast<double>(counts[i]) / static_cast<double>(outcomes.runs()), clopper_pearson({counts[i], outcomes.runs()})};
  return points;
}

static Part<Curves> counted_along(const std::string& axis, Probability Chances::*chance, const Asked& asked, const Sampling& like,
                                  const std::string& sweep_command) {
  const Sampling sampling{.seed = like.seed, .runs = std::min(like.runs, kRunsAtAPoint), .threads = like.threads};
  Curves curves{.along = axis, .own = as_double(asked.scenario.chances.*chance), .lines = {Curves::Line{}}};
  std::string values;
  for (const Probability& value : around(asked.scenario.chances.*chance)) {
    Scenario scenario = asked.scenario;
    scenario.chances.*chance = value;
    curves.lines.front().points.push_back(counted_at(*asked.entry, scenario, sampling, as_double(value)));
    values += (values.empty() ? "" : ",") + exact_text(Rational(value.numerator) / Rational(value.denominator));
  }
  curves.from = "counted: " + counted(sampling.runs, "run", "runs") +
                " at each point, with bands that are 95 % intervals of Clopper and Pearson; the dashed line is the scenario itself";
  return {.is = std::move(curves), .left_out = {}, .command = sweep_command + " --vary " + axis + "=" + values};
}

std::vector<Part<Curves>> counted_curves(const Asked& asked, const Sampling& like, const std::string& sweep_command) {
  const Chances& chances = asked.scenario.chances;
  std::vector<Part<Curves>> all;
  if (chances.loss.numerator > 0) all.push_back(counted_along("loss", &Chances::loss, asked, like, sweep_command));
  if (chances.crash.numerator > 0 && chances.crash_by_node.empty()) all.push_back(counted_along("crash", &Chances::crash, asked, like, sweep_command));
  std::erase_if(all, [](const Part<Curves>& one) { return one.is->lines.front().points.size() < 2; });
  return all;
}

}  // namespace commitlab
