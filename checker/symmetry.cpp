#include "checker/symmetry.hpp"

#include <algorithm>
#include <tuple>

namespace commitlab {

namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 32;
}

Symmetry::Integer factorial(std::size_t n) {
  Symmetry::Integer product = 1;
  for (std::size_t i = 2; i <= n; ++i) product *= i;
  return product;
}

}  // namespace

std::vector<std::uint8_t> kinds_of(std::size_t nodes, const std::vector<NodeSet>& classes) {
  std::vector<std::uint8_t> kinds(nodes, 0xff);
  std::uint8_t next = 0;
  for (std::size_t node = 0; node < nodes; ++node) {
    if (kinds[node] != 0xff) continue;
    kinds[node] = next;
    for (const NodeSet members : classes)
      if (members.has(node_id(node))) members.each([&](NodeId id) { kinds[index(id)] = next; });
    ++next;
  }
  return kinds;
}

Symmetry::Symmetry(Relation& relation, std::vector<NodeSet> classes)
    : relation_(relation), classes_(std::move(classes)), members_(union_of(classes_)), renamed_parts_(relation) {
  for (std::size_t node = 0; node < relation_.nodes(); ++node)
    for (const bool inbox : {false, true}) parts_.push_back({.node = node, .inbox = inbox, .number = 0, .aspect = {}});
}

void Symmetry::canonical(std::vector<Number>& row) {
  read(row);
  const Colours seen = colours(row);
  const Order order = sorted(seen);
  if (undecided(row, order, seen).empty()) {
    put_in_order(row, order, renamed_);
    row.swap(renamed_);
    return;
  }
  Best best;
  search(row, seen, 1, best);
  row = best.row;
}

Symmetry::Integer Symmetry::orbit(Row row) {
  Best best;
  read(row);
  search(row, colours(row), 1, best);
  Integer all = 1;
  for (const NodeSet members : classes_) all *= factorial(static_cast<std::size_t>(members.size()));
  return all / best.ways;
}

/// In a representative, nodes that are alike stand next to each other.
NodeSet Symmetry::repeats(Row row) {
  read(row);
  NodeSet repeats;
  for (const NodeSet members : classes_) {
    NodeId last = members.lowest();
    members.without(last).each([&](NodeId id) {
      if (alike(row, last, id)) repeats.add(id);
      last = id;
    });
  }
  return repeats;
}

void Symmetry::read(Row row) {
  naming_.clear();
  for (std::size_t node = 0; node < relation_.nodes(); ++node)
    for (const bool inbox : {false, true}) {
      Part& part = parts_[2 * node + (inbox ? 1 : 0)];
      part.number = row[place_of(node, inbox)];
      part.aspect = relation_.aspect(inbox, node, part.number);
      if (part.aspect.mentions) naming_.push_back(2 * node + (inbox ? 1 : 0));
    }
}

bool Symmetry::alike(Row row, NodeId a, NodeId b) {
  const Header& header = relation_.header(row[kHeader]);
  if (header.up.has(a) != header.up.has(b) || header.side.has(a) != header.side.has(b)) return false;
  // Parts that name nobody must be the same; if both do name somebody, they are among those that follow.
  for (const bool inbox : {false, true}) {
    const Part &one = part(inbox, a), &other = part(inbox, b);
    if (one.aspect.mentions != other.aspect.mentions || (!one.aspect.mentions && one.number != other.number)) return false;
  }
  Renaming swap;
  bool swap_is_made = false;
  for (const std::size_t place : naming_) {
    const Part& part = parts_[place];
    const NodeId id = node_id(part.node);
    if (id != a && id != b && part.aspect.separable) {
      // Every name stands by itself: so the swap changes nothing if both are named alike.
      if (role(part, a) != role(part, b)) return false;
      continue;
    }
    if (!swap_is_made) swap.swap(a, b), renamed_parts_.choose(swap), swap_is_made = true;
    if (renamed(part) != row[place_of(index(swap(id)), part.inbox)]) return false;
  }
  return true;
}

Symmetry::Colours Symmetry::colours(Row row) {
  Colours colours{};
  const Header& header = relation_.header(row[kHeader]);
  members_.each([&](NodeId id) {
    std::uint64_t colour = mixed(0, header.up.has(id) ? 1 : 2);
    colour = mixed(colour, header.side.has(id) ? 1 : 2);
    for (const bool inbox : {false, true}) {
      const Part& its = part(inbox, id);
      colour = mixed(colour, its.aspect.shape);
      if (its.aspect.mentions) colour = mixed(colour, role(its, id));
    }
    colours[index(id)] = colour;
  });
  for (const std::size_t place : naming_) {
    const Part& part = parts_[place];
    if (members_.has(node_id(part.node))) continue;
    members_.each([&](NodeId id) { colours[index(id)] = mixed(colours[index(id)], role(part, id)); });
  }
  find_ties();
  refine(colours);
  return colours;
}

void Symmetry::find_ties() {
  const std::size_t nodes = relation_.nodes();
  ties_.clear();
  for (const std::size_t place : naming_) {
    const Part& part = parts_[place];
    const NodeId node = node_id(part.node);
    if (!members_.has(node)) continue;
    if (ties_.empty()) ties_.assign(nodes * nodes, 0);
    members_.without(node).each([&](NodeId other) {
      const std::uint64_t how = role(part, other);  // 32 bits; above them, which way it goes
      const std::uint64_t from = part.inbox ? 1 : 2, to = part.inbox ? 3 : 4;
      ties_[part.node * nodes + index(other)] += mixed(0, from << 32 | how);
      ties_[index(other) * nodes + part.node] += mixed(0, to << 32 | how);
    });
  }
}

/// Tells nodes apart by whom they know, and who knows them, until that tells no more of them apart.
void Symmetry::refine(Colours& colours) const {
  if (ties_.empty()) return;
  const std::size_t most = static_cast<std::size_t>(members_.size());
  for (std::size_t before = 0, now = count_colours(colours); now > before && now < most; before = now, now = count_colours(colours)) {
    Colours finer{};
    members_.each([&](NodeId id) {
      const std::uint64_t* ties = &ties_[index(id) * relation_.nodes()];
      std::uint64_t sum = 0;  // of what stands between this node and each other one: the order does not matter
      members_.without(id).each([&](NodeId other) { sum += mixed(ties[index(other)], colours[index(other)]); });
      finer[index(id)] = mixed(colours[index(id)], sum);
    });
    colours = finer;
  }
}

std::size_t Symmetry::count_colours(const Colours& colours) const {
  Colours all;
  std::size_t size = 0;
  members_.each([&](NodeId id) { all[size++] = colours[index(id)]; });
  std::sort(all.begin(), all.begin() + size);
  return static_cast<std::size_t>(std::unique(all.begin(), all.begin() + size) - all.begin());
}

Symmetry::Order Symmetry::sorted(const Colours& colours) const {
  Order order;
  for (std::size_t node = 0; node < relation_.nodes(); ++node) order[node] = node_id(node);
  for (const NodeSet members : classes_) {
    // By insertion: after one step from a representative nearly all are in order.
    std::array<NodeId, kMaxNodes> these;
    std::size_t size = 0;
    members.each([&](NodeId id) {
      std::size_t at = size++;
      for (; at > 0 && colours[index(these[at - 1])] > colours[index(id)]; --at) these[at] = these[at - 1];
      these[at] = id;
    });
    std::size_t next = 0;
    members.each([&](NodeId place) { order[index(place)] = these[next++]; });
  }
  return order;
}

NodeSet Symmetry::undecided(Row row, const Order& order, const Colours& colours) {
  for (const NodeSet members : classes_) {
    NodeSet cell;
    bool all_alike = true;
    NodeId last{};
    NodeSet found;
    members.each([&](NodeId place) {
      if (!found.empty()) return;
      const NodeId id = order[index(place)];
      if (!cell.empty() && colours[index(last)] == colours[index(id)]) {
        all_alike = all_alike && alike(row, last, id);
      } else {
        if (!all_alike) found = cell;
        cell = {}, all_alike = true;
      }
      cell.add(id);
      last = id;
    });
    if (found.empty() && !all_alike) found = cell;
    if (!found.empty()) return found;
  }
  return {};
}

/// Where nodes of one colour are not all alike, each of them is tried as the first of them, and the least row wins.
void Symmetry::search(Row row, Colours colours, const Integer& ways, Best& best) {
  const auto order = sorted(colours);
  const NodeSet cell = undecided(row, order, colours);
  if (cell.empty()) {
    Integer here = ways;
    std::size_t run = 1;
    const auto close = [&] { here *= factorial(run), run = 1; };
    for (const NodeSet members : classes_) {
      std::optional<NodeId> last;
      members.each([&](NodeId place) {
        const NodeId id = order[index(place)];
        if (last && colours[index(*last)] == colours[index(id)]) ++run;
        else close();
        last = id;
      });
      close();
    }
    put_in_order(row, order, renamed_);
    if (best.ways == 0 || renamed_ < best.row) best = {renamed_, here};
    else if (renamed_ == best.row) best.ways += here;
    return;
  }
  NodeSet tried;
  cell.each([&](NodeId id) {
    // Nodes that are alike lead to the same rows: one of them stands for all.
    bool known = false;
    tried.each([&](NodeId other) { known = known || alike(row, other, id); });
    if (known) return;
    tried.add(id);
    int same = 0;
    cell.each([&](NodeId other) { same += other == id || alike(row, other, id) ? 1 : 0; });
    Colours finer = colours;
    finer[index(id)] = mixed(finer[index(id)], 1);
    refine(finer);
    search(row, ranked(colours, finer, id), ways * same, best);
  });
}

/// Colours told apart further, as small numbers: in the order of those before, and of one colour the chosen node first. So
/// whatever else is chosen puts another node in its place, and no order of the members comes out twice.
Symmetry::Colours Symmetry::ranked(const Colours& before, const Colours& finer, NodeId chosen) const {
  const auto key = [&](NodeId id) { return std::tuple(before[index(id)], id != chosen, finer[index(id)]); };
  Colours ranks{};
  members_.each([&](NodeId id) {
    members_.each([&](NodeId other) { ranks[index(id)] += key(other) < key(id) ? 1 : 0; });
  });
  return ranks;
}

void Symmetry::put_in_order(Row row, const Order& order, std::vector<Number>& renamed_row) {
  renamed_row.assign(row.begin(), row.end());
  bool moved = false;
  Renaming to;
  for (std::size_t place = 0; place < relation_.nodes(); ++place) {
    to.set(order[place], node_id(place));
    moved = moved || order[place] != node_id(place);
  }
  if (!moved) return;
  renamed_parts_.choose(to);
  renamed_row[kHeader] = renamed_parts_.header(row[kHeader]);
  for (std::size_t place = 0; place < relation_.nodes(); ++place)
    for (const bool inbox : {false, true}) renamed_row[place_of(place, inbox)] = renamed(part(inbox, order[place]));
}

Number Symmetry::renamed(const Part& part) {
  if (!part.aspect.mentions) return part.number;
  return part.inbox ? renamed_parts_.inbox(part.node, part.number) : renamed_parts_.own(part.node, part.number);
}

}  // namespace commitlab
