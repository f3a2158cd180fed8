// `sweep`: how likely a transaction commits, at every point of some axes.
#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "checker/bounds.hpp"
#include "checker/interval.hpp"
#include "commands/attended.hpp"
#include "commands/axes.hpp"
#include "commands/doubts.hpp"
#include "commands/engine_question.hpp"
#include "commands/refusal.hpp"
#include "commands/rows_file.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"
#include "reports/delays_text.hpp"
#include "reports/progress_text.hpp"
#include "reports/printable.hpp"
#include "reports/sweep_report.hpp"
#include "scenarios/digest.hpp"
#include "scenarios/encode_scenario.hpp"

namespace commitlab {
namespace {

constexpr std::size_t kMostWarnings = 10;

/// A point of the product, ready to be asked.
struct Place {
  SweepPoint point{};
  Scenario scenario{};
  const Entry* entry = nullptr;
};

/// From all that decides what runs there are, and the seed of the whole: wherever a row stands, and however it was asked for, it has the
/// same runs. 53 bits, so that every reader of JSON has them right.
std::uint64_t seed_at(Scenario scenario) {
  const std::uint64_t seed = scenario.seed;
  const Scenario usual;
  scenario.name.clear(), scenario.title.clear(), scenario.expect.clear(), scenario.expect_worlds.reset();
  scenario.check = usual.check, scenario.agreement = usual.agreement, scenario.seed = 0;
  return Rng::stream(seed, hash_of(encode_scenario(scenario))).next() >> 11;
}

std::vector<Place> places_of(const Words& words, const std::vector<Axis>& axes, std::uint64_t runs, const Limits& limits, Catalogue catalogue, Asked& any) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < points_of(axes); ++i) {
    const auto values = values_at(axes, i);
    Asked asked = ask_at(words, axes, values, catalogue);
    asked.scenario.limits = limits;
    refuse_where_chance_draws(asked, kNoChance);
    Place place{.point = {.values = {}, .runs = runs, .seed = seed_at(asked.scenario), .delays = delays_option(asked.scenario.delays)}, .scenario = asked.scenario, .entry = asked.entry};
    for (std::size_t a = 0; a < axes.size(); ++a) place.point.values.emplace_back(axes[a].name, values[a]);
    places.push_back(std::move(place));
    for (const auto& warning : asked.warnings)
      if (i > 0 && std::find(any.warnings.begin(), any.warnings.end(), warning) == any.warnings.end()) any.warnings.push_back(warning);
    if (i == 0) any = std::move(asked);
  }
  if (const std::size_t found = any.warnings.size(); found > kMostWarnings) {  // those of each value of an axis
    any.warnings.resize(kMostWarnings - 1);
    any.warnings.push_back(std::to_string(found - any.warnings.size()) + " more like these, of other rows");
  }
  return places;
}

RowsExpected expected_of(const std::vector<Place>& places, RowFormat format) {
  RowsExpected expected{head_of_rows(places.front().point, format), {}};
  for (const Place& place : places) expected.beginnings.push_back(beginning_of_row(place.point, format));
  return expected;
}

/// Of the same runs, or of so many of them as fit.
std::optional<Doubt> doubt_at(const Place& place) {
  const auto& [point, scenario, entry] = place;
  const Odds& odds = odds_of(*entry);
  if (odds.blocking == nullptr) return std::nullopt;
  return odds.blocking(scenario, point.seed, std::min(point.runs, kMostVotes / scenario.participants.size()), {});
}

/// What of a row is not known, if so, and why.
void note_unknown(std::size_t row, const Estimate& estimate, const std::optional<Doubt>& doubt, std::vector<std::string>& notes) {
  const auto note = [&](const std::string& what) { notes.push_back("row " + std::to_string(row + 1) + ": " + what); };
  if (!estimate.stopped.empty()) note(std::to_string(estimate.outcomes.runs()) + " runs only: " + estimate.stopped);
  else if (doubt && !doubt->stopped.empty()) note("doubt of " + std::to_string(doubt->runs) + " runs only: " + doubt->stopped);
  if (estimate.exact && !estimate.exact->conclusive) note("the exact chances are inconclusive: " + estimate.exact->stopped);
}

/// Computes rows from `begin` on and hands each to `take`, until all are done, the time is over or a signal comes; how many there are
/// then. `notes` are added to.
std::size_t compute(const std::vector<Place>& places, std::size_t begin, RowFormat format, std::vector<std::string>& notes, ProgressLine progress, auto&& take) {
  Attended attended(progress);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = begin; i < places.size(); ++i) {
    if (attended.stopped()) return i;
    if (Bounds bounds(places[i].scenario.limits); i > begin && bounds.look()) return notes.push_back(bounds.reason()), i;
    attended.show(progress_text(begin, i - begin, places.size(), std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()));
    const auto& [point, scenario, entry] = places[i];
    const Sampling sampling{.seed = point.seed, .runs = point.runs};
    const Odds& odds = odds_of(*entry);
    const Estimate estimate = odds.estimate(scenario, sampling, odds.sample(scenario, sampling));
    const std::optional<Doubt> doubt = doubt_at(places[i]);
    note_unknown(i, estimate, doubt, notes);
    take(row_of(point, estimate, doubt, format));
  }
  return places.size();
}

RowFormat format_of(const Words& words) {
  static constexpr std::array<std::string_view, 2> kFormats = {"csv", "ndjson"};
  return words.has("format") ? static_cast<RowFormat>(choice({"--format", *words.find("format")}, kFormats)) : RowFormat::csv;
}

}  // namespace

Answer answer_sweep(const Words& words, const Session& session) {
  const std::uint64_t runs = words.has("runs") ? integer({"--runs", *words.find("runs")}, 1, kTallyRunsMost) : Sampling{}.runs;
  const std::string* to = words.find("to");
  const RowFormat format = format_of(words);
  const auto axes = axes_of(words.all("vary"), session.catalogue);
  if (!words.operands.empty() && words.operands.front() == "-") {
    throw refusal(kUsage, "E1606", "", "a sweep reads its scenario again for each row, which standard input does not allow", "save the scenario as a file first");
  }
  Words asking = words;
  if (words.has("seed")) asking.set("seed", std::to_string(seed({"--seed", *words.find("seed")})));  // drawn once, if at all
  Asked any;
  const auto places = places_of(asking, axes, runs, limits_of(Verb::sweep, words, session), session.catalogue, any);
  Swept swept{.file = to == nullptr ? "" : *to, .all = places.size()};
  for (const Axis& axis : axes) swept.varied.push_back(axis.name);

  std::string rows;
  std::vector<std::string> notes;
  const RowFormat rows_as = to == nullptr && session.json ? RowFormat::ndjson : format;
  if (to != nullptr) {
    RowsFile file(*to, expected_of(places, format), words.has("force") ? Overwrite::yes : Overwrite::no, {any.file});
    swept.found = file.found();
    swept.rows = compute(places, file.found(), format, notes, session.progress, [&](const std::string& row) { file.append(row); });
  } else {
    rows = head_of_rows(places.front().point, rows_as);
    swept.rows = compute(places, 0, rows_as, notes, session.progress, [&](const std::string& row) { rows += row; });
  }
  const bool told = session.json || to != nullptr;
  if (told) any.warnings.insert(any.warnings.end(), notes.begin(), notes.end());
  const About about = about_of(any, Verb::sweep, asking, session);
  const bool stopped = swept.rows < swept.all;
  const int code = stopped ? kInconclusive : kAsExpected;
  if (session.json) return {.text = sweep_json(about, swept, rows, code), .exit_code = code};
  if (to != nullptr) return {.text = sweep_text(about, swept, session.style), .exit_code = code};
  std::string complaint;
  for (const auto& warning : about.warnings) complaint += "warning: " + printable(warning) + "\n";
  for (const std::string& note : notes) complaint += note + "\n";
  if (stopped) complaint += "stopped after " + std::to_string(swept.rows) + " of " + std::to_string(swept.all) + " rows\n";
  return {.text = rows, .exit_code = code, .complaint = complaint};
}

}  // namespace commitlab
