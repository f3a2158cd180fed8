#include "checker/interchangeable.hpp"

#include <algorithm>

namespace commitlab {

namespace {

NodeSet swapped(NodeSet set, NodeId a, NodeId b) {
  if (set.has(a) == set.has(b)) return set;
  return set.has(a) ? set.without(a).with(b) : set.without(b).with(a);
}

bool same_votes(const Question& question, NodeId a, NodeId b) {
  std::vector<std::vector<std::uint64_t>> votes, others;
  for (const auto& vector : question.votes) {
    votes.emplace_back(), others.emplace_back();
    for (const NodeSet yes : vector) votes.back().push_back(yes.bits()), others.back().push_back(swapped(yes, a, b).bits());
  }
  std::sort(votes.begin(), votes.end());
  std::sort(others.begin(), others.end());
  return votes == others;
}

std::string votes_of(const Question& question, NodeId id) {
  bool yes = false, no = false;
  for (const auto& vector : question.votes)
    for (const NodeSet voters : vector) (voters.has(id) ? yes : no) = true;
  return yes && no ? "may vote either way" : yes ? "votes yes" : "votes no";
}

}  // namespace

std::string what_tells_apart(const Question& question, NodeId a, NodeId b) {
  const std::string &first = question.names[index(a)], &second = question.names[index(b)];
  const NodeSet may_crash = question.faults.crash_only;
  if (may_crash.has(a) != may_crash.has(b)) return "of " + first + " and " + second + " only " + (may_crash.has(a) ? first : second) + " may crash";
  const bool counts = std::find(question.check.begin(), question.check.end(), Property::conserve) != question.check.end();
  for (const Quantity& quantity : question.conserve) {
    if (!counts) break;
    const auto here = quantity.added_by_node[index(a)], there = quantity.added_by_node[index(b)];
    if (here != there) return "a commit adds " + std::to_string(here) + " to the " + quantity.name + " of " + first + ", and " + std::to_string(there) + " to that of " + second;
  }
  if (same_votes(question, a, b)) return "";
  const std::string its = votes_of(question, a), other = votes_of(question, b);
  return its == other ? first + " and " + second + " may vote in different ways" : first + " " + its + ", " + second + " " + other;
}

std::vector<NodeSet> interchangeable(const Question& question) {
  std::vector<NodeSet> classes;
  for (std::size_t i = 1; i < question.names.size(); ++i) {
    const NodeId id = node_id(i);
    const auto its = std::find_if(classes.begin(), classes.end(), [&](NodeSet others) { return what_tells_apart(question, others.lowest(), id).empty(); });
    if (its == classes.end()) classes.emplace_back(id);
    else its->add(id);
  }
  std::erase_if(classes, [](NodeSet members) { return members.size() < 2; });
  return classes;
}

}  // namespace commitlab
