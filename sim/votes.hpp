// How participants vote in a run: by chance, by order, and by what they hold.
#pragma once

#include <optional>
#include <vector>

#include "sim/ids.hpp"
#include "sim/rng.hpp"
#include "sim/vote.hpp"

namespace commitlab {

/// One participant. It votes yes if its own work succeeds and its operation leaves nothing that it holds below zero.
struct Voter {
  Probability success{1, 1};
  std::optional<Vote> fixed{};        // whatever the chance
  std::vector<std::int64_t> holds{};  // by quantity
  std::vector<std::int64_t> does{};   // by quantity: what a commit adds

  bool can_pay() const {
    for (std::size_t q = 0; q < holds.size(); ++q)
      if (holds[q] + does[q] < 0) return false;
    return true;
  }
};

/// All of them, through the transactions of one run.
class Voters {
 public:
  explicit Voters(std::vector<Voter> voters) : voters_(std::move(voters)) {}

  /// Who votes yes; the coordinator is among them. Every participant draws its chance, whether it matters or not.
  NodeSet operator()(std::uint32_t /*transaction*/, auto& rng) const {
    NodeSet yes(kCoordinator);
    for (std::size_t i = 0; i < voters_.size(); ++i) {
      const Voter& voter = voters_[i];
      const bool succeeds = rng.chance(voter.success);
      if (voter.fixed ? *voter.fixed == Vote::yes : succeeds && voter.can_pay()) yes.add(node_id(i + 1));
    }
    return yes;
  }

  /// What a transaction leaves behind at those who committed it.
  void committed(NodeSet who) {
    for (std::size_t i = 0; i < voters_.size(); ++i)
      if (who.has(node_id(i + 1)))
        for (std::size_t q = 0; q < voters_[i].holds.size(); ++q) voters_[i].holds[q] += voters_[i].does[q];
  }

  const std::vector<Voter>& list() const { return voters_; }

 private:
  std::vector<Voter> voters_;
};

}  // namespace commitlab
