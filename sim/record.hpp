// Writes down a simulated run in words and plain values, as it happens: a watch that makes a Run.
#pragma once

#include <map>
#include <tuple>

#include "sim/run.hpp"
#include "sim/simulate.hpp"

namespace commitlab {

/// Keeps the lines of the first transactions, and the figures of all. In the lines a transaction has its index; in their
/// words, "#2" is the second slot of the World, which is the second transaction as long as no slot is used again.
template <Protocol P>
class Recorder {
  using Deed = std::tuple<Event, std::size_t, std::uint8_t>;  // at which node, which act

 public:
  /// `names` of the nodes, the coordinator first. `told`: of how many transactions the lines are kept.
  Recorder(const P& p, std::vector<std::string> names, std::uint32_t told) : p_(p), told_(told) {
    run_.trace = {.protocol = std::string(p.name), .names = std::move(names), .transactions = 0};
  }

  void begin(Nanoseconds now, const World<P>& w, std::uint32_t index, std::uint8_t slot, NodeSet yes) {
    settle(w);
    index_of_[slot] = index;
    done_[slot].clear();
    if (run_.transactions.empty()) run_.trace.faults = w.faults;
    run_.transactions.push_back({.began_ns = now});
    if (index >= told_) return;
    std::string votes;
    w.all().without(kCoordinator).each([&](NodeId id) {
      votes += (votes.empty() ? "" : " ") + std::string(name_of(yes.has(id) ? Vote::yes : Vote::no));
    });
    run_.trace.votes.push_back(std::move(votes));
    ++run_.trace.transactions;
    ++untold_;
    ends_.emplace_back();
  }

  void step(Nanoseconds now, const World<P>& w, const Step& step, const Handled<P>& handled) {
    settle(w);
    const bool repeats = step.event == Event::act || step.event == Event::timeout || step.event == Event::deliver;
    if (repeats) ++done_[step.transaction][{step.event, index(step.node), step.act}];
    const bool of_none = step.event == Event::crash || words::of_the_network(step.event);
    const std::uint32_t index = of_none ? 0 : index_of_[step.transaction];
    const bool last_told_is_over = untold_ == 0 && run_.transactions.size() >= told_;
    if (of_none ? last_told_is_over : index >= told_) return;
    run_.trace.lines.push_back(line_of(w, step, handled));
    auto& line = run_.trace.lines.back();
    line.at_ns = line.stopped_ns = now;
    line.transaction = static_cast<int>(index);
    for (auto& part : line.parts) part.at_ns = now;
    last_ = step;
    timed_ = 0;
    unsettled_ = true;
  }
  /// When the next effect of the last step takes place.
  void effect(Nanoseconds at) {
    if (unsettled_) run_.trace.lines.back().parts[timed_++].at_ns = at;
  }
  /// When the node of the last step has stopped.
  void stopped(Nanoseconds at) {
    if (!unsettled_) return;
    auto& line = run_.trace.lines.back();
    line.stopped_ns = at;
    if (!line.parts.empty() && line.parts.back().what == Trace::Effect::What::crash) line.parts.back().at_ns = at;
  }

  void end(const World<P>& w, const TransactionEnd& end) {
    settle(w);
    auto& transaction = run_.transactions[end.index];
    transaction.outcome = name_of(end.outcome);
    transaction.latency_ns = end.last_decision < 0 ? 0 : end.last_decision - end.begun;
    transaction.messages = end.costs.messages;
    transaction.forced_writes = end.costs.forced;
    if (end.given_up) note_endless(w, end.slot);
    if (end.index >= told_) return;
    --untold_;
    w.all().each([&](NodeId id) { ends_[end.index].push_back(view(p_, w, id, end.slot)); });
  }

  /// The account of the run that is over. The end of a transaction is what its nodes were when that was over.
  Run run(const RunEnd& end, std::uint64_t seed) {
    for (std::size_t node = 0; node < (ends_.empty() ? 0 : ends_.front().size()); ++node)
      for (const auto& views : ends_) run_.trace.end.push_back(views[node]);
    run_.seed = seed;
    run_.ended_ns = end.at;
    run_.horizon = end.why != Ending::at_rest;
    run_.synchronous = end.synchronous;
    run_.events = end.steps;
    return std::move(run_);
  }

 private:
  static constexpr std::uint64_t kOften = 10;  // what happens so many times in a transaction is seen to have no end

  void note_endless(const World<P>& w, std::uint8_t t) {
    bool decided = w.up == w.all() && !w.partitioned();
    w.all().each([&](NodeId id) { decided = decided && w.slot(id, t).decided.now(); });
    std::uint64_t most = kOften - 1;
    const Deed* most_often = nullptr;
    for (const auto& [deed, times] : done_[t]) {
      const auto& [event, node, act] = deed;
      if (event == Event::act && times >= kOften && acts_now(p_, w, node_id(node), t) != 0) note(deed, times);
      if (event == Event::act || !decided || times <= most) continue;
      most = times, most_often = &deed;
    }
    if (most_often != nullptr) note(*most_often, most);
  }
  void note(const Deed& deed, std::uint64_t times) {
    const auto& [event, node, act] = deed;
    std::string what;
    if constexpr (Acts<P>)
      if (event == Event::act) what = word_of_value(act_of<P>(act));
    const auto same = [&, its = event](const auto& endless) { return endless.event == its && endless.what == what; };
    auto found = std::find_if(run_.endless.begin(), run_.endless.end(), same);
    if (found == run_.endless.end()) found = run_.endless.insert(found, {.event = event, .what = what});
    found->times += times;
    const int where = static_cast<int>(node);
    if (std::find(found->nodes.begin(), found->nodes.end(), where) == found->nodes.end()) found->nodes.push_back(where);
  }

  /// What the last line has made of its node.
  void settle(const World<P>& w) {
    if (unsettled_) run_.trace.lines.back().after = view(p_, w, last_.node, last_.transaction);
    unsettled_ = false;
  }

  const P& p_;
  const std::uint32_t told_;
  Run run_{};
  Step last_{};
  std::size_t timed_ = 0;     // effects of the last line
  bool unsettled_ = false;    // the last line is told, and what it makes of its node is not yet
  std::uint32_t untold_ = 0;  // of the first transactions, those that have begun and are not over
  std::array<std::uint32_t, kMaxTransactions> index_of_{};
  std::array<std::map<Deed, std::uint64_t>, kMaxTransactions> done_{};  // how often, in the transaction of each slot
  std::vector<std::vector<NodeView>> ends_{};  // [transaction][node]
};

/// One run and its account. `votes` as in Simulation.
template <Protocol P, class Votes>
Run recorded(const P& p, const Setting& setting, std::vector<std::string> names, Votes&& votes, std::uint64_t seed,
             std::uint32_t told = kMaxTransactions) {
  Recorder<P> recorder(p, std::move(names), told);
  const RunEnd end = simulate(p, setting, votes, Rng(seed), recorder);
  return recorder.run(end, seed);
}

}  // namespace commitlab
