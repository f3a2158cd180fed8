#include "reports/json_parts.hpp"

#include <nlohmann/json.hpp>

#include "reports/named.hpp"
#include "reports/printable.hpp"
#include "reports/why.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const Probability& chance) { return std::to_string(chance.numerator) + "/" + std::to_string(chance.denominator); }

static ordered_json names_of(NodeSet nodes, const std::vector<std::string>& names) {
  ordered_json list = ordered_json::array();
  nodes.each([&](NodeId id) { list.push_back(index(id) < names.size() ? names[index(id)] : std::to_string(index(id))); });
  return list;
}

/// "crash": a chance for all nodes, or one for each.
static ordered_json json_of(const Chances& chances, const std::vector<std::string>& names) {
  ordered_json crash = json_of(chances.crash);
  if (!chances.crash_by_node.empty()) crash = ordered_json::object();
  for (std::size_t i = 0; !chances.crash_by_node.empty() && i < names.size(); ++i) crash[names[i]] = json_of(chances.crash_of(node_id(i)));
  return {{"loss", json_of(chances.loss)},
          {"duplicate", json_of(chances.duplicate)},
          {"reorder", json_of(chances.reorder)},
          {"crash", std::move(crash)},
          {"disk_loss", json_of(chances.disk_loss)},
          {"recovery", json_of(chances.recovery)}};
}

ordered_json json_of(const About& about, std::string_view schema) {
  ordered_json json = {{"schema", schema}, {"arguments", about.arguments}};
  json["scenario"] = about.scenario.empty() ? ordered_json() : ordered_json(about.scenario);
  json["title"] = about.title;
  json["protocol"] = about.protocol;
  ordered_json participants = ordered_json::array();
  for (std::size_t i = 1; i < about.names.size(); ++i) {
    ordered_json participant = {{"name", about.names[i]}};
    if (i - 1 < about.votes.size()) participant["vote"] = about.votes[i - 1];
    participants.push_back(std::move(participant));
  }
  json["participants"] = std::move(participants);
  json["shared_hosts"] = ordered_json::array();
  for (const auto& host : about.shared_hosts)
    json["shared_hosts"].push_back({{"participants", names_of(host.participants, about.names)}, {"fails", json_of(host.fails)}});
  json["faults"] = json_of(about.faults, about.names);
  json["chances"] = json_of(about.chances, about.names);
  json["scripted_faults"] = about.scripted;
  json["agreement"] = name_of(about.agreement);
  json["warnings"] = about.warnings;
  return json;
}

ordered_json json_of(const Faults& faults, const std::vector<std::string>& names) {
  ordered_json json = ordered_json::object();
  const auto budget = [&](const char* key, std::uint8_t left) {
    json[key] = left == kUnlimited ? ordered_json("unlimited") : ordered_json(left);
  };
  budget("crashes", faults.left.crashes);
  budget("disk_losses", faults.left.disk_losses);
  budget("losses", faults.left.losses);
  budget("duplicates", faults.left.duplicates);
  budget("reorders", faults.left.reorders);
  budget("partitions", faults.left.partitions);
  budget("suspicions", faults.left.suspicions);
  json["recovery"] = faults.recovery == Recovery::any_time;
  json["held_partitions"] = faults.severed == Severed::held;
  json["timing"] = name_of(faults.timing);
  json["channels"] = name_of(faults.channels);
  json["crash_points"] = name_of(faults.crash_points);
  json["transaction_order"] = name_of(faults.transaction_order);
  json["messages"] = name_of(faults.messages);
  json["crash_only"] = names_of(faults.crash_only, names);
  return json;
}

ordered_json json_of(const Method& method) {
  return {{"symmetry", method.symmetry}, {"partial_order", method.partial_order}, {"store", name_of(method.keep)}, {"threads", method.threads}};
}

void add_sizes(ordered_json& json, const Verdict& verdict) {
  const bool stands = !verdict.stands_for.empty();
  json["worlds"] = verdict.worlds;
  json["representatives"] = stands ? ordered_json(verdict.worlds) : ordered_json();
  json["stands_for"] = stands ? ordered_json(verdict.stands_for) : ordered_json();
  json["steps"] = verdict.steps;
  json["depth"] = verdict.depth;
  json["starts"] = verdict.starts;
}

static ordered_json json_of(const NodeView& view, const std::vector<std::string>& names) {
  ordered_json log = ordered_json::array();
  for (const auto& record : view.log) log.push_back(with_names(record, names));
  return {{"up", view.up}, {"in_doubt", view.in_doubt}, {"state", with_names(view.state, names)}, {"decided", view.decided}, {"log", std::move(log)}};
}

static ordered_json json_of(const Trace::Line& line, const Trace& trace, WithTimes times) {
  ordered_json json = ordered_json::object();
  if (times == WithTimes::yes) json["at_ns"] = line.at_ns;
  json["node"] = line.network ? ordered_json() : ordered_json(subject(line, trace.names));
  if (trace.transactions > 1) json["transaction"] = line.transaction + 1;
  json["happened"] = with_names(line.happened, trace.names);
  ordered_json effects = ordered_json::array();
  for (const auto& effect : line.effects) effects.push_back(with_names(effect, trace.names));
  json["effects"] = std::move(effects);
  json["play"] = told(line);
  if (!line.network) json["after"] = json_of(line.after, trace.names);
  return json;
}

ordered_json json_of(const Trace& trace, WithTimes times) {
  ordered_json json = {{"protocol", trace.protocol}, {"names", trace.names}, {"votes", trace.votes}};
  ordered_json lines = ordered_json::array(), end = ordered_json::array();
  for (const auto& line : trace.lines) lines.push_back(json_of(line, trace, times));
  const auto transactions = static_cast<std::size_t>(trace.transactions);
  for (std::size_t i = 0; i < trace.end.size() && transactions > 0; ++i) {
    const std::size_t node = i / transactions;
    ordered_json item = {{"node", node < trace.names.size() ? trace.names[node] : std::to_string(node)}};
    if (transactions > 1) item["transaction"] = i % transactions + 1;
    item.update(json_of(trace.end[i], trace.names));
    end.push_back(std::move(item));
  }
  json["lines"] = std::move(lines);
  json["end"] = std::move(end);
  return json;
}

static ordered_json json_of(const Stuck& stuck) {
  ordered_json waits = ordered_json::array();
  for (const auto& wait : stuck.waits) waits.push_back({{"who", wait.who}, {"for", wait.whom}});
  return {{"worlds", stuck.worlds > 0 ? ordered_json(stuck.worlds) : ordered_json()}, {"waits", std::move(waits)}, {"frees", stuck.frees}, {"all_searched", stuck.all_searched}};
}

ordered_json json_of(const std::optional<Stuck>& stuck) { return stuck ? json_of(*stuck) : ordered_json(); }

ordered_json json_of(const std::vector<Finding>& findings, const Trace* run) {
  ordered_json list = ordered_json::array();
  for (const auto& finding : findings) {
    ordered_json item = {{"property", finding.name}, {"plain_name", plain_name(finding.property)}, {"status", name_of(finding.status)}, {"why", finding.why}};
    item["because"] = run == nullptr ? why_text(finding) : why_text(finding, *run);
    item["stuck"] = json_of(finding.stuck);
    item["witness"] = finding.witness ? json_of(*finding.witness, WithTimes::no) : ordered_json();
    list.push_back(std::move(item));
  }
  return list;
}

ordered_json json_of(const std::vector<Goal>& goals) {
  ordered_json list = ordered_json::array();
  for (const auto& goal : goals) list.push_back({{"goal", goal.name}, {"seen", goal.seen}});
  return list;
}

ordered_json json_of(const std::vector<SavedPlay>& plays) {
  ordered_json list = ordered_json::array();
  for (const auto& play : plays) list.push_back({{"path", play.path}, {"replay", play.replay}});
  return list;
}

ordered_json json_of(const Expectation& expectation) {
  if (!expectation.asked) return {};
  return {{"expected", expectation.expected}, {"met", expectation.differences.empty()}, {"differences", expectation.differences}};
}

std::string document(const ordered_json& json) { return json_text(json, 2) + "\n"; }

}  // namespace commitlab
