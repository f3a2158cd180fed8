// For tests: tables drawn by chance. Half are two-phase commit with some of its rules replaced, which comes far before it goes
// wrong; half are noise. Participants are treated alike, unless the table is to be `ordered`.
#pragma once

#include "checker/table_protocol_for_tests.hpp"
#include "sim/rng.hpp"

namespace commitlab {

/// How often something is so, and which of an enumeration it is.
class Draw {
 public:
  explicit Draw(Rng rng) : rng_(rng) {}
  bool percent(unsigned of_hundred) { return rng_.below(100) < of_hundred; }
  std::uint8_t below(std::size_t n) { return static_cast<std::uint8_t>(rng_.below(n)); }
  template <Enumeration E>
  E any(std::size_t first_so_many = count_of<E>()) { return static_cast<E>(rng_.below(first_so_many)); }

 private:
  Rng rng_;
};

class RandomTable {
 public:
  using What = table::Deed::What;

  /// The greater `lean`, the less it does.
  RandomTable(Draw& draw, bool ordered, unsigned lean)
      : draw_(draw), ordered_(ordered), kinds_(2u + draw.below(3)), most_deeds_(lean > 1 ? 2 : table::kMostDeeds), rewinds_(10u + draw.below(30)) {
    switch (draw.below(8)) {
      case 0: says_ = {table::Say::abort, table::Say::abort}; break;
      case 1: says_ = {table::Say::my_vote, table::Say::abort}; break;
      default: says_ = {table::Say::abort, table::Say::commit}; break;
    }
  }

  TableProtocol noise() {
    TableProtocol p{.ordered = ordered_};
    const unsigned acting = draw_.percent(25) ? 25 : 0;
    for (const auto role : {table::Role::coordinator, table::Role::participant})
      for (std::size_t phase = 0; phase < table::kPhases; ++phase)
        for (std::size_t cause = 0; cause < table::kCauses; ++cause) {
          const auto here = static_cast<table::Phase>(phase);
          const auto what = static_cast<table::Cause>(cause);
          if (!draw_.percent(what == table::Cause::act ? acting : 70)) continue;
          p.rule(role, here, what) = what == table::Cause::timeout && draw_.percent(60) ? retry(here) : rule(here);
        }
    p.rule(table::Role::coordinator, table::Phase::idle, table::Cause::start) = opening();
    return p;
  }

  TableProtocol spoilt_two_phase() {
    TableProtocol p = two_phase();
    p.ordered = ordered_;
    for (std::size_t left = 1u + draw_.below(12); left > 0; --left) {
      const auto phase = draw_.any<table::Phase>();
      table::Rule& spoilt = p.rule(draw_.any<table::Role>(), phase, draw_.any<table::Cause>());
      auto& deeds = spoilt.then.deeds;
      if (!spoilt.ruled && draw_.percent(70)) continue;
      if (!spoilt.ruled || draw_.percent(30)) spoilt = rule(phase);
      else if (draw_.percent(50)) std::swap(deeds[draw_.below(3)], deeds[draw_.below(3)]);
      else deeds[draw_.below(table::kMostDeeds)] = deed();
    }
    return p;
  }

 private:
  static table::Deed sends(table::Kind kind, table::To to) { return {.what = What::send, .to = to, .kind = kind}; }
  static table::Deed forces(table::Mark mark) { return {.what = What::force, .who = table::Who::sender, .mark = mark}; }
  static table::Deed decides(table::Say say) { return {.what = What::decide, .say = say}; }
  static table::Deed arms(std::uint8_t ticks) { return {.what = What::arm, .ticks = ticks}; }

  static TableProtocol two_phase() {
    using enum table::Cause;
    const auto kAsk = table::Kind::ask;
    const auto kAll = table::Role::coordinator, kOne = table::Role::participant;
    const table::Branch wait{table::Phase::waiting, {}}, doubt{table::Phase::ready, {sends(kAsk, table::To::coordinator), arms(3)}};
    const table::Branch commits{table::Phase::committed, {forces(table::Mark::commit), decides(table::Say::commit), sends(table::Kind::commit, table::To::participants)}};
    const table::Branch aborts{table::Phase::aborted, {forces(table::Mark::abort), decides(table::Say::abort), sends(table::Kind::abort, table::To::participants)}};
    const table::Branch obeys{table::Phase::committed, {forces(table::Mark::commit), decides(table::Say::commit), {.what = What::disarm}}};
    const table::Branch gives_up{table::Phase::aborted, {forces(table::Mark::abort), decides(table::Say::abort), {.what = What::disarm}}};
    const table::Branch refuses{table::Phase::aborted, {forces(table::Mark::abort), decides(table::Say::abort), sends(table::Kind::no, table::To::sender)}};
    const table::Branch votes{table::Phase::ready, {forces(table::Mark::ready), sends(table::Kind::yes, table::To::sender), arms(3)}};
    TableProtocol p;
    const auto rule = [&](table::Role role, table::Phase phase, table::Cause cause, const table::Branch& then) { p.rule(role, phase, cause) = {.ruled = true, .then = then}; };
    rule(kAll, table::Phase::idle, start, {table::Phase::waiting, {sends(kAsk, table::To::participants), arms(2)}});
    p.rule(kAll, table::Phase::waiting, yes) = {true, table::Learn::hears_sender, table::When::heard_all, commits, wait};
    rule(kAll, table::Phase::waiting, no, aborts), rule(kAll, table::Phase::waiting, timeout, aborts);
    rule(kAll, table::Phase::committed, ask, {table::Phase::committed, {sends(table::Kind::commit, table::To::sender)}});
    rule(kAll, table::Phase::aborted, ask, {table::Phase::aborted, {sends(table::Kind::abort, table::To::sender)}});
    rule(kAll, table::Phase::idle, found_nothing, aborts);
    rule(kAll, table::Phase::idle, found_commit, commits), rule(kAll, table::Phase::idle, found_abort, aborts);
    rule(kOne, table::Phase::idle, start, {table::Phase::idle, {arms(3)}});
    p.rule(kOne, table::Phase::idle, ask) = {true, table::Learn::nothing, table::When::votes_yes, votes, refuses};
    rule(kOne, table::Phase::idle, timeout, gives_up), rule(kOne, table::Phase::idle, abort, gives_up);
    rule(kOne, table::Phase::ready, commit, obeys), rule(kOne, table::Phase::ready, abort, gives_up);
    rule(kOne, table::Phase::ready, timeout, doubt), rule(kOne, table::Phase::idle, found_ready, doubt);
    rule(kOne, table::Phase::idle, found_nothing, gives_up), rule(kOne, table::Phase::idle, found_abort, gives_up);
    rule(kOne, table::Phase::idle, found_commit, obeys);
    return p;
  }

  table::Rule opening() {
    table::Rule opening = rule(table::Phase::idle);
    opening.when = table::When::always;
    opening.then.deeds[0] = {.what = What::send, .to = table::To::participants, .kind = kind(), .who = draw_.any<table::Who>()};
    opening.then.deeds[1] = arms(2);
    return opening;
  }
  /// What makes graphs cyclic: the same once more.
  table::Rule retry(table::Phase phase) {
    table::Rule retry{.ruled = true, .then = {phase, {sends(kind(), draw_.any<table::To>(table::kOrderedTo)), arms(2)}}};
    retry.then.deeds[0].who = draw_.any<table::Who>();
    return retry;
  }
  table::Rule rule(table::Phase from) {
    return {.ruled = true, .learn = draw_.any<table::Learn>(), .when = draw_.any<table::When>(ordered_ ? count_of<table::When>() : table::kOrderedWhen),
            .then = branch(from), .otherwise = branch(from)};
  }
  table::Branch branch(table::Phase from) {
    table::Branch branch{draw_.any<table::Phase>(), {}};
    if (!draw_.percent(rewinds_)) branch.next = std::max(from, branch.next);
    for (std::size_t i = 0, count = draw_.below(most_deeds_ + 1); i < count; ++i) branch.deeds[i] = deed();
    return branch;
  }
  table::Deed deed() {
    using enum table::Deed::What;
    static constexpr std::array kOften{send, send, send, force, write, decide, decide, decide, arm, disarm};
    table::Deed deed{.what = kOften[draw_.below(kOften.size())]};
    deed.to = draw_.any<table::To>(ordered_ ? count_of<table::To>() : table::kOrderedTo);
    deed.kind = kind();
    deed.who = draw_.any<table::Who>();
    deed.whom = draw_.percent(20);
    deed.mark = draw_.any<table::Mark>();
    deed.say = says_[draw_.below(2)];
    deed.ticks = static_cast<std::uint8_t>(1 + draw_.below(3));
    return deed;
  }
  table::Kind kind() { return draw_.any<table::Kind>(kinds_); }

  Draw& draw_;
  bool ordered_;
  std::size_t kinds_;     // of messages, the fewer the smaller the graph
  std::size_t most_deeds_;
  unsigned rewinds_;      // percent of the branches that may go back to an earlier phase
  std::array<table::Say, 2> says_{};
};

}  // namespace commitlab
