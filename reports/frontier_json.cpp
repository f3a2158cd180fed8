#include <nlohmann/json.hpp>

#include "reports/frontier_report.hpp"
#include "reports/frontier_words.hpp"
#include "reports/json_parts.hpp"
#include "reports/why.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const Budgets& budgets) {
  ordered_json json = ordered_json::object();
  for (const auto& [budget, key] : kDimensions) json[std::string(key)] = budgets.*budget;
  return json;
}

static ordered_json json_of(const PropertyFrontier& property) {
  ordered_json breaches = ordered_json::array(), safe = ordered_json::array(), open = ordered_json::array();
  for (const Breach& breach : property.breaches) {
    const auto& witness = breach.finding.witness;
    breaches.push_back({{"budgets", json_of(breach.budgets)},
                        {"words", budgets_text(breach.budgets)},
                        {"least", breach.least},
                        {"why", breach.finding.why},
                        {"because", why_text(breach.finding)},
                        {"stuck", json_of(breach.finding.stuck)},
                        {"steps", witness ? ordered_json(witness->lines.size()) : ordered_json()},
                        {"witness", witness ? json_of(*witness, WithTimes::no) : ordered_json()}});
  }
  for (const Budgets& budgets : property.safe) safe.push_back({{"budgets", json_of(budgets)}, {"words", budgets_text(budgets)}});
  for (const Open& one : property.open) open.push_back({{"budgets", json_of(one.budgets)}, {"words", budgets_text(one.budgets)}, {"why", one.why}});
  return {{"property", property.name},
          {"plain_name", plain_name(property.property)},
          {"status", name_of(property.status)},
          {"words", frontier_sentence(property)},
          {"breaches", std::move(breaches)},
          {"safe", std::move(safe)},
          {"open", std::move(open)}};
}

static ordered_json json_of(const FrontierRow& row, const std::vector<PropertyFrontier>& properties) {
  ordered_json cells = ordered_json::array();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const FrontierCell& cell = row.cells[i];
    ordered_json item = {{"property", properties[i].name}, {"status", name_of(cell.status)}, {"searched", cell.searched}};
    if (cell.steps > 0) item["steps"] = cell.steps;
    if (cell.broken_by) item["broken_by"] = json_of(*cell.broken_by);
    cells.push_back(std::move(item));
  }
  return {{"budgets", json_of(row.budgets)}, {"searched", row.searched}, {"cells", std::move(cells)}};
}

std::string frontier_json(const About& about, const Frontier& frontier, const Expectation& expectation, const std::vector<SavedPlay>& plays,
                          int exit_code) {
  ordered_json json = json_of(about, "commitlab-frontier/1");
  json["status"] = name_of(frontier.status());
  ordered_json properties = ordered_json::array(), vectors = ordered_json::array();
  for (const auto& property : frontier.properties) properties.push_back(json_of(property));
  for (const auto& row : frontier.rows) vectors.push_back(json_of(row, frontier.properties));
  json["properties"] = std::move(properties);
  json["vectors"] = std::move(vectors);
  if (!about.outside.empty()) json["outside_claims"] = json_of(about.outside);
  json["expected"] = json_of(expectation);
  json["method"] = json_of(about.method);
  json["searches"] = frontier.searches;
  json["worlds"] = frontier.worlds;
  json["steps"] = frontier.steps;
  json["starts"] = frontier.starts;
  json["sometimes"] = json_of(frontier.sometimes);
  json["plays"] = json_of(plays);
  json["exit_code"] = exit_code;
  json["timing"] = {{"seconds", frontier.seconds}, {"bytes", frontier.bytes}};
  return document(json);
}

}  // namespace commitlab
