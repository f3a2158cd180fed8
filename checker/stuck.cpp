#include "checker/stuck.hpp"

#include <algorithm>
#include <set>

#include "checker/bounds.hpp"
#include "checker/doomed.hpp"
#include "checker/steps.hpp"

namespace commitlab {

namespace {

constexpr std::size_t kMostWorlds = 100'000;  // of one walk
constexpr int kMostSets = 32;                 // of nodes that may recover

enum class Ends : std::uint8_t { yes, no, unknown };

/// The worlds that follow one without a new fault, while none but some nodes may recover.
class Aftermath {
 public:
  Aftermath(Relation& relation, std::vector<Number> first, NodeSet may_recover, const Limits& limits)
      : bounds_(limits), relation_(relation), steps_(relation), may_recover_(may_recover), asked_(relation.nodes()), known_{first}, worlds_{std::move(first)} {}

  /// Finds all of them, or goes on only until one in which all that are up have decided.
  Ends walk(bool until_decided) {
    for (std::size_t next = 0; next < worlds_.size(); ++next) {
      const std::vector<Number> row = worlds_[next];
      if (until_decided && undecided(row).empty()) return Ends::yes;
      if (worlds_.size() > kMostWorlds || bounds_.reached(16)) return Ends::unknown;
      NodeSet::first(relation_.nodes()).each([&](NodeId id) { follow(row, id); });
    }
    return Ends::no;
  }
  std::size_t worlds() const { return worlds_.size(); }
  /// Whom a node sends something that is no answer.
  NodeSet asked_by(NodeId id) const { return asked_[index(id)]; }
  NodeSet undecided(Row row) const {
    NodeSet who;
    relation_.header(row[kHeader]).up.each([&](NodeId id) {
      if (relation_.standing(index(id), row[own_place(index(id))]).undecided != 0) who.add(id);
    });
    return who;
  }

 private:
  /// The steps of one node, and those that happen to all.
  void follow(Row row, NodeId id) {
    const NodeSet up = relation_.header(row[kHeader]).up;
    steps_.expand(row, NodeSet::first(relation_.nodes()).without(id), [&](const Move& move, std::span<const Change> changes) {
      std::vector<Number> after(row.begin(), row.end());
      for (const Change& change : changes) after[change.place] = change.after;
      const NodeSet recovered = relation_.header(after[kHeader]).up - up;
      if (move.fault || !may_recover_.includes(recovered)) return;
      if (move.event == Event::timeout || move.event == Event::act || move.event == Event::suspect)
        for (const Change& change : changes)
          if (change.place != kHeader && change.place % 2 == 0 && change.place != inbox_place(index(id))) asked_[index(id)].add(node_id(change.place / 2 - 1));
      if (known_.insert(after).second) worlds_.push_back(std::move(after));
    });
  }

  Bounds bounds_;
  Relation& relation_;
  Steps steps_;
  NodeSet may_recover_;
  std::vector<NodeSet> asked_;
  std::set<std::vector<Number>> known_;
  std::vector<std::vector<Number>> worlds_;
};

/// Calls visit(NodeSet) for the sets of so many of these nodes, until it returns false.
bool each_of_size(NodeSet nodes, int size, NodeSet chosen, auto&& visit) {
  if (size == 0) return visit(chosen);
  bool more = true;
  nodes.each([&](NodeId id) { more = more && each_of_size(nodes - NodeSet::first(index(id) + 1), size - 1, chosen.with(id), visit); });
  return more;
}

std::vector<std::string> names_of(NodeSet nodes, const std::vector<std::string>& names) {
  std::vector<std::string> list;
  nodes.each([&](NodeId id) { list.push_back(names[index(id)]); });
  return list;
}

}  // namespace

std::uint64_t worlds_after(Relation& relation, const std::vector<Number>& first, const Limits& limits) {
  Aftermath all(relation, first, {}, limits);
  return all.walk(false) == Ends::no ? all.worlds() : 0;
}

Stuck stuck_in(Relation& relation, const std::vector<Number>& first, std::size_t transactions, const std::vector<std::string>& names,
               const Limits& limits) {
  Stuck stuck;
  const NodeSet down = NodeSet::first(relation.nodes()) - relation.header(first[kHeader]).up;
  Aftermath waiting(relation, first, {}, limits);
  waiting.walk(false);
  NodeSet never;
  for (const NodeSet nodes : doomed(relation, first, transactions, Property::NB, limits).at_first.who) never = never | nodes;
  never.each([&](NodeId id) {
    const NodeSet asked = waiting.asked_by(id), lost = asked & down;
    if (!asked.empty()) stuck.waits.push_back({names[index(id)], names_of(lost.empty() ? asked : lost, names)});
  });
  std::vector<NodeSet> found;
  int sets = 0;
  for (int size = 1; size <= down.size() && stuck.all_searched; ++size) {
    stuck.all_searched = each_of_size(down, size, {}, [&](NodeSet may_recover) {
      if (std::any_of(found.begin(), found.end(), [&](NodeSet less) { return may_recover.includes(less); })) return true;
      if (++sets > kMostSets) return false;
      const Ends ends = Aftermath(relation, first, may_recover, limits).walk(true);
      if (ends == Ends::yes) found.push_back(may_recover);
      return ends != Ends::unknown;
    });
  }
  for (const NodeSet recovered : found) stuck.frees.push_back(names_of(recovered, names));
  return stuck;
}

namespace {

/// "a", "a or b", "a, b or c".
std::string joined(const std::vector<std::string>& words, const std::string& last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " " + last + " " : ", ") + words[i];
  return text;
}

std::string called(const std::string& node, const std::vector<std::string>& names) { return node == names.front() ? "the " + node : node; }

std::vector<std::string> called(std::vector<std::string> nodes, const std::vector<std::string>& names) {
  for (std::string& node : nodes) node = called(node, names);
  return nodes;
}

/// Those that wait for the same are told together.
std::string waits(const Stuck& stuck, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < stuck.waits.size(); ++i) {
    const auto same = [&](const Stuck::Wait& wait) { return wait.whom == stuck.waits[i].whom; };
    const auto here = stuck.waits.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(stuck.waits.begin(), here, same)) continue;
    std::vector<std::string> who;
    std::for_each(here, stuck.waits.end(), [&](const Stuck::Wait& wait) {
      if (same(wait)) who.push_back(called(wait.who, names));
    });
    text += (text.empty() ? "" : ", ") + joined(who, "and") + (who.size() == 1 ? " waits for " : " wait for ") + joined(called(stuck.waits[i].whom, names), "and");
  }
  return text;
}

/// "until the coordinator or p2 returns", "until the coordinator returns, or both p1 and p2 return".
std::string until(const Stuck& stuck, const std::vector<std::string>& names) {
  std::vector<std::string> alone, together;
  for (const auto& nodes : stuck.frees) {
    if (nodes.size() == 1) alone.push_back(called(nodes.front(), names));
    else together.push_back((nodes.size() == 2 ? "both " : "all of ") + joined(called(nodes, names), "and") + " return");
  }
  std::string text = alone.empty() ? "" : joined(alone, "or") + " returns";
  for (const auto& one : together) text += (text.empty() ? "" : ", or ") + one;
  return "until " + text;
}

}  // namespace

std::string words_of(const Stuck& stuck, const std::vector<std::string>& names, bool doubt) {
  const std::string who = waits(stuck, names), how = doubt ? "in doubt " : "undecided ";
  std::string end = stuck.frees.empty() ? "for ever, whoever returns" : until(stuck, names);
  if (stuck.frees.empty() && !stuck.all_searched) end = "without a recovery; whether one would help was not searched to the end";
  return who + (who.empty() ? "" : ": ") + how + end;
}

}  // namespace commitlab
