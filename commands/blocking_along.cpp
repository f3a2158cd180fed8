// `blocking --vary`: how long participants are in doubt at every point of some axes, so that "which timeout
// minimises doubt?" is one command.
#include <algorithm>

#include "checker/bounds.hpp"
#include "commands/attended.hpp"
#include "commands/axes.hpp"
#include "commands/engine_question.hpp"
#include "commands/doubts.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"
#include "reports/blocking_along_report.hpp"

namespace commitlab {
namespace {

constexpr std::size_t kMostRows = 1'000;  // a table, not a file: see sweep

/// A point of the product of the axes, ready to be asked.
struct Place {
  Asked asked;
  std::vector<const Entry*> protocols;
};

void add_once(std::vector<std::string>& warnings, const std::string& warning) {
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(warning);
}

std::vector<Axis> axes_to_watch(const Words& words, Catalogue catalogue) {
  auto axes = axes_of(words.all("vary"), catalogue);
  for (const Axis& axis : axes)
    if (axis.name == "protocol")
      throw refusal(kUsage, "E1603", "--vary", "protocols stand side by side anyway",
                    "--protocols 2pc,3pc says which");
  if (words.has("at"))
    throw refusal(kUsage, "E1606", "--at",
                  "not with --vary: a row is of a whole run, and not of one of its moments",
                  "leave one of them out");
  return axes;
}

std::vector<Place> places_of(const Words& words, const std::vector<Axis>& axes, const Limits& limits, Catalogue catalogue) {
  std::vector<Place> places;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < points_of(axes); ++i) {
    Place place{.asked = ask_at(words, axes, values_at(axes, i), catalogue), .protocols = {}};
    place.asked.scenario.limits = limits;
    refuse_where_chance_draws(place.asked, "nothing takes time in it");
    place.protocols = protocols_to_watch(words, place.asked, catalogue);
    rows += place.protocols.size();
    if (rows > kMostRows)
      throw refusal(kUsage, "E1606", "--vary", "more than " + std::to_string(kMostRows) + " rows",
                    "fewer values or --protocols; or sweep, which writes a file");
    places.push_back(std::move(place));
  }
  return places;
}

BlockingAlong::Under watched(const Entry& entry, const Scenario& scenario, std::uint64_t runs) {
  const Odds& odds = odds_of(entry);
  BlockingAlong::Under under{.protocol = std::string(entry.name), .doubt = odds.blocking(scenario, scenario.seed, runs, {})};
  under.sums = odds.sample(scenario, {.seed = scenario.seed, .runs = runs}).sums;  // of the same runs
  return under;
}

}  // namespace

Answer answer_blocking_along(const Words& given, const Session& session) {
  Words words = given;
  if (given.has("seed"))
    words.set("seed", std::to_string(seed({"--seed", *given.find("seed")})));  // drawn once, if at all
  const auto axes = axes_to_watch(words, session.catalogue);
  const Limits limits = limits_of(Verb::blocking, words, session);
  const auto places = places_of(words, axes, limits, session.catalogue);
  std::uint64_t most_runs = kMostVotes;
  for (const Place& place : places)
    most_runs = std::min(most_runs, kMostVotes / place.asked.scenario.participants.size());
  const std::uint64_t runs =
      words.has("runs") ? integer({"--runs", *words.find("runs")}, 1, most_runs) : Sampling{}.runs;

  About about = about_of(places.front().asked, Verb::blocking, words, session);
  BlockingAlong along{.runs = runs, .seed = places.front().asked.scenario.seed, .all = places.size()};
  for (const Axis& axis : axes) along.axes.push_back(axis.name);
  Attended attended({});
  bool any_fails = false;
  for (std::size_t i = 0; i < places.size() && !attended.stopped(); ++i) {
    if (Bounds bounds(limits); i > 0 && bounds.look()) {
      add_once(about.warnings, bounds.reason());
      break;
    }
    const auto& [asked, protocols] = places[i];
    for (const auto& warning : asked.warnings) add_once(about.warnings, warning);
    any_fails = any_fails || anything_fails(asked.scenario);
    BlockingAlong::Point point{.values = values_at(axes, i), .delays = asked.scenario.delays, .under = {}};
    for (const Entry* entry : protocols) {
      point.under.push_back(watched(*entry, asked.scenario, runs));
      const Doubt& doubt = point.under.back().doubt;
      if (!doubt.stopped.empty())
        add_once(about.warnings, "point " + std::to_string(i + 1) + ", " + std::string(entry->name) + ": " + std::to_string(doubt.runs) +
                                     " of " + std::to_string(runs) + " runs only: " + doubt.stopped);
      for (const std::string& unheard : doubt.unheard)
        add_once(about.warnings, std::string(entry->name) + " never does " + in_quotes(unheard) +
                                     ", for which a scripted fault waits");
    }
    along.points.push_back(std::move(point));
  }
  if (!any_fails && along.points.size() == places.size())
    add_once(
        about.warnings,
        "nothing fails: the scenario has neither chances nor a script; --chance crash=0.01 gives it some");
  const bool stopped = along.points.size() < places.size();
  const int code = stopped ? kInconclusive : kAsExpected;
  return {.text = session.json ? blocking_along_json(about, along, code)
                               : blocking_along_text(about, along, session.style),
          .exit_code = code,
          .complaint = stopped ? "stopped after " + std::to_string(along.points.size()) + " of " +
                                     std::to_string(places.size()) + " points\n"
                               : ""};
}

}  // namespace commitlab
