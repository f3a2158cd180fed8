#include "checker/renaming_law.hpp"

namespace commitlab {

namespace {

constexpr std::size_t kFew = 24;

/// How many orders the members of all classes have together, or more than a few.
std::size_t orders(const std::vector<NodeSet>& classes) {
  std::size_t orders = 1;
  for (const NodeSet members : classes)
    for (int i = 2; i <= members.size(); ++i) orders = std::min(orders * static_cast<std::size_t>(i), kFew + 1);
  return orders;
}

std::vector<NodeId> listed(NodeSet set) {
  std::vector<NodeId> list;
  set.each([&](NodeId id) { list.push_back(id); });
  return list;
}

std::vector<Renaming> every_way(const std::vector<NodeSet>& classes) {
  std::vector<Renaming> all{{}};
  for (const NodeSet members : classes) {
    const std::vector<NodeId> names = listed(members);
    std::vector<Renaming> more;
    for (std::vector<NodeId> order = names;;) {
      for (Renaming to : all) {
        for (std::size_t i = 0; i < names.size(); ++i) to.set(names[i], order[i]);
        more.push_back(to);
      }
      if (!std::next_permutation(order.begin(), order.end())) break;
    }
    all = std::move(more);
  }
  all.erase(all.begin());  // all as they are
  return all;
}

}  // namespace

std::vector<Renaming> exchanges(const std::vector<NodeSet>& classes) {
  if (orders(classes) <= kFew) return every_way(classes);
  std::vector<Renaming> all;
  for (const NodeSet members : classes) {
    const std::vector<NodeId> names = listed(members);
    for (std::size_t i = 0; i < names.size(); ++i)
      for (std::size_t k = i + 1; k < names.size(); ++k) all.emplace_back().swap(names[i], names[k]);
    Renaming& circle = all.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) circle.set(names[i], names[(i + 1) % names.size()]);
  }
  return all;
}

}  // namespace commitlab
