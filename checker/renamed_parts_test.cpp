// What is remembered of a part under other numbers is what that part becomes under them, and no other part under others.
#include "checker/renamed_parts.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "checker/ask.hpp"
#include "checker/check.hpp"
#include "checker/gossip_for_tests.hpp"
#include "checker/numbered.hpp"
#include "checker/symmetry.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// The rows of worlds that come one after the other.
std::vector<std::vector<Number>> rows_of_walk(const Gossip& p, const World<Gossip>& first, Numbered<Gossip>& relation, std::mt19937_64& random) {
  std::vector<std::vector<Number>> rows;
  for (const World<Gossip>& w : walk(p, first, 60, random)) relation.number(w, rows.emplace_back());
  return rows;
}

constexpr std::size_t kParticipants = 9;  // more orders than are remembered at a time

/// Written first, then read.
class InMemory final : public Archive {
 public:
  void raw(void* data, std::size_t size) override {
    char* its = static_cast<char*>(data);
    if (!reads_) bytes_.insert(bytes_.end(), its, its + size);
    else std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(std::exchange(at_, at_ + size)), size, its);
  }
  bool reads() const override { return reads_; }
  bool failed() const override { return false; }
  bool expect(std::uint64_t bytes) override { return at_ + bytes <= bytes_.size(); }
  void refuse() override {}
  void turn() { reads_ = true; }

 private:
  std::vector<char> bytes_;
  std::size_t at_ = 0;
  bool reads_ = false;
};

}  // namespace

TEST_CASE("a part that is remembered under other numbers is what it becomes under them, whatever came before") {
  const Gossip p;
  const Question question = all_yes(ask(kParticipants, {}, {Property::AC1}));
  const World<Gossip> first = checking::starts_of<Gossip>(question, question.votes, question.faults).front();
  const NodeSet members = first.all().without(kCoordinator);
  Numbered<Gossip> relation(p, first, kinds_of(first.nodes, {members}), members);
  std::mt19937_64 random(7);
  const auto rows = rows_of_walk(p, first, relation, random);
  REQUIRE(rows.size() > 40);

  RenamedParts remembered(relation);
  std::size_t others = 0;
  std::vector<Renaming> lately;
  for (int i = 0; i < 100'000; ++i) {
    // Some come again soon, most never.
    Renaming to;
    if (i % 3 == 0 && !lately.empty()) {
      to = lately[random() % lately.size()];
    } else {
      to = any_order(kParticipants, random);
      if (lately.size() > 20) lately.clear();
      lately.push_back(to);
    }
    const auto& row = rows[random() % rows.size()];
    const std::size_t node = random() % first.nodes;
    const Number header = row[kHeader], own = row[own_place(node)], inbox = row[inbox_place(node)];
    remembered.choose(to);
    const Number own_then = remembered.own(node, own), inbox_then = remembered.inbox(node, inbox);
    others += own_then != own && inbox_then != inbox;
    if (remembered.header(header) != relation.renamed_header(header, to) || own_then != relation.renamed_own(node, own, to) ||
        inbox_then != relation.renamed_inbox(node, inbox, to))
      FAIL("at renaming " << i << " a part of node " << node << " is taken for another");
  }
  CHECK(others > 10'000);
}

TEST_CASE("once numbers have come to mean other parts, nothing that was remembered of them is told") {
  const Gossip p;
  const Question question = all_yes(ask(3, {}, {Property::AC1}));
  const World<Gossip> first = checking::starts_of<Gossip>(question, question.votes, question.faults).front();
  const NodeSet members = first.all().without(kCoordinator);
  const auto kinds = kinds_of(first.nodes, {members});
  std::mt19937_64 random(7);
  Numbered<Gossip> relation(p, first, kinds, members), other(p, first, kinds, members);
  const auto rows = rows_of_walk(p, first, relation, random), other_rows = rows_of_walk(p, first, other, random);
  Renaming to;
  to.swap(node_id(1), node_id(2));
  RenamedParts remembered(relation);
  remembered.choose(to);
  for (const auto& row : rows) remembered.own(1, row[own_place(1)]);

  InMemory memory;
  other.persist(memory);
  memory.turn();
  relation.persist(memory);
  std::size_t differ = 0;  // whose numbers mean something else now
  for (const auto& row : other_rows) {
    const Number own = row[own_place(1)], then = relation.renamed_own(1, own, to);
    differ += remembered.own(1, own) != then;
  }
  CHECK(differ > 0);
  remembered.forget();
  remembered.choose(to);
  for (const auto& row : other_rows) CHECK(remembered.own(1, row[own_place(1)]) == relation.renamed_own(1, row[own_place(1)], to));
}

}  // namespace commitlab
