// Makes the entry of one protocol: instantiates every engine for its type, and forgets the type.
#pragma once

#include <tuple>
#include <utility>

#include "checker/bounds.hpp"
#include "checker/check.hpp"
#include "checker/replay.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/odds.hpp"
#include "scenarios/question.hpp"
#include "scenarios/setting.hpp"
#include "scenarios/studies.hpp"
#include "sim/record.hpp"

namespace commitlab {

/// A recorder that also hands each participant what its commits bring.
template <Protocol P>
struct Ledger : Recorder<P> {
  Voters& voters;
  void end(const World<P>& w, const TransactionEnd& end) {
    NodeSet committed;
    w.all().each([&](NodeId id) {
      if (w.slot(id, end.slot).decided.ever_commit) committed.add(id);
    });
    voters.committed(committed);
    Recorder<P>::end(w, end);
  }
};

/// One simulated run of a scenario, told line by line, as far as its limits allow.
template <Protocol P>
Run account(const P& p, const Scenario& scenario, std::uint64_t seed) {
  Voters voters(voters_of(scenario));
  Ledger<P> ledger{Recorder<P>(p, node_names(scenario), kMaxTransactions), voters};
  const Setting setting = setting_of(scenario);
  Simulation simulation(p, setting, voters, ledger);
  Bounds bounds(scenario.limits);
  simulation.start_run(Rng(seed));
  // The first transaction begins in any case, however late it is: a run without any says nothing.
  constexpr std::uint64_t kInAnyCase = 64;
  for (std::uint64_t events = 0; (events < kInAnyCase || !bounds.reached(16)) && simulation.advance(); ++events) continue;
  if (bounds.is_reached()) simulation.give_up();
  Run run = ledger.run(simulation.so_far(), seed);
  run.stopped = bounds.reason();
  run.came_up = simulation.came_up();
  return run;
}

/// The entry of the protocol at place i of a tuple of them, which must live as long as the program.
template <const auto& protocols, std::size_t i>
Entry entry(const Offered<Odds>& odds, const Studies& studies) {
  static constexpr const auto& p = std::get<i>(protocols);
  using P = std::remove_cvref_t<decltype(p)>;
  Entry entry = {
      .name = p.name,
      .summary = p.summary,
      .claims = p.claims(),
      .ordered = ordered(p),
      .specification = Specification<P>,
      .check = [](const Question& question) { return check(p, question); },
      .replay = [](const Question& question, const std::vector<PlayLine>& lines) { return replay(p, question, lines); },
      .odds = odds,
      .studies = studies,
  };
  if constexpr (!Specification<P>) entry.run = +[](const Scenario& scenario, std::uint64_t seed) { return account(p, scenario, seed); };
  return entry;
}

/// The entries of all protocols of a tuple, in its order. A program with protocols of its own calls this with its own tuple:
/// `inline constexpr std::tuple kMine{MyProtocol{}};` and `entries<kMine>()`. Odds and studies that are given are not instantiated here.
template <const auto& protocols>
Catalogue entries(std::span<const Offered<Odds>> odds = odds_of<protocols>(), std::span<const Studies> studies = studies_of<protocols>()) {
  using Tuple = std::remove_cvref_t<decltype(protocols)>;
  static const auto all = [&]<std::size_t... i>(std::index_sequence<i...>) {
    return std::array{entry<protocols, i>(odds[i], studies[i])...};
  }(std::make_index_sequence<std::tuple_size_v<Tuple>>());
  return all;
}

}  // namespace commitlab
