// How participants vote in a run: by chance, by order, and by what they hold.
#pragma once

#include <optional>
#include <vector>

#include "sim/ids.hpp"
#include "sim/rng.hpp"
#include "sim/timeline.hpp"
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

/// All of them, through the transactions of one run, and what they run on together. Nodes 1, 2, ... are the voters in order.
class Voters {
 public:
  Voters(std::vector<Voter> voters, std::vector<SharedHost> hosts = {}) : voters_(std::move(voters)), hosts_(std::move(hosts)) {}

  /// Who votes yes; the coordinator is among them. First every shared host draws its chance, then every participant, whether
  /// it matters or not.
  NodeSet operator()(std::uint32_t /*transaction*/, auto& rng) const {
    NodeSet failed, yes(kCoordinator);
    for (const SharedHost& host : hosts_)
      if (rng.chance(host.fails)) failed = failed | host.participants;
    for (std::size_t i = 0; i < voters_.size(); ++i) {
      const Voter& voter = voters_[i];
      const bool succeeds = rng.chance(voter.success) && !failed.has(node_id(i + 1));
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
  const std::vector<SharedHost>& hosts() const { return hosts_; }

 private:
  std::vector<Voter> voters_;
  std::vector<SharedHost> hosts_;
};

}  // namespace commitlab
