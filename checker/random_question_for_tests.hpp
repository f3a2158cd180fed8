// For tests: what is asked of a table drawn by chance, and the whole case by its number: protocol, faults, properties.
#pragma once

#include "checker/ask.hpp"
#include "checker/oracle_for_tests.hpp"
#include "checker/random_protocol_for_tests.hpp"

namespace commitlab {

class RandomQuestion {
 public:
  /// The greater `lean`, the fewer faults at once, but for crashes.
  RandomQuestion(Draw& draw, std::uint8_t crashes, unsigned lean) : draw_(draw), crashes_(crashes), lean_(lean) {}

  Question question(std::size_t participants) {
    Question question = ask(participants, faults(participants), properties());
    if (participants > 2 ? draw_.percent(60) : draw_.percent(15)) question = all_yes(question);
    if (draw_.percent(20)) question.agreement = Agreement::live;
    if (participants < 3 && often(40))
      for (auto& votes : question.votes) votes.insert(votes.begin(), NodeSet::first(participants + 1));
    if (checked(question, Property::conserve)) {
      question.conserve = {{"balance", {0}}};
      for (std::size_t i = 0; i < participants; ++i) question.conserve.front().added_by_node.push_back(draw_.below(3) - std::int64_t{1});
    }
    return question;
  }
  static bool checked(const Question& question, Property property) {
    return std::find(question.check.begin(), question.check.end(), property) != question.check.end();
  }

 private:
  bool often(unsigned percent) { return draw_.percent(2 * percent / (2 + lean_)); }
  std::uint8_t one(unsigned percent) { return often(percent) ? 1 : 0; }

  std::vector<Property> properties() {
    using enum Property;
    std::vector<Property> check{AC1, AC2, AC3};
    if (draw_.percent(10)) check = {draw_.any<Property>(3)};
    if (draw_.percent(50)) check.push_back(AC5);
    if (draw_.percent(60)) check.push_back(NB);
    if (draw_.percent(25)) check.push_back(conserve);
    return check;
  }

  Faults faults(std::size_t participants) {
    Faults faults{.left = {.crashes = crashes_, .losses = one(30), .duplicates = one(20), .partitions = one(30)}};
    faults.recovery = draw_.percent(15) ? Recovery::when_faults_stop : draw_.percent(50) ? Recovery::any_time : Recovery::never;
    faults.timing = often(50) ? Timing::asynchronous : Timing::synchronous;
    faults.channels = draw_.percent(30) ? Channels::fifo : draw_.percent(20) ? Channels::sticky : Channels::bag;
    faults.crash_points = often(80) ? CrashPoints::effects : CrashPoints::handlers;
    faults.severed = draw_.any<Severed>();
    if (faults.channels == Channels::fifo) faults.left.reorders = one(60);
    if (faults.timing == Timing::synchronous) faults.left.suspicions = one(35);
    if (faults.recovery == Recovery::any_time) faults.left.disk_losses = one(50);
    if (faults.channels == Channels::sticky) {
      faults.timing = Timing::asynchronous;
      faults.left = {.crashes = faults.left.crashes};
      if (draw_.percent(50)) faults.left.crashes = 0;
    }
    if (draw_.percent(35)) {
      const std::array who{NodeSet(kCoordinator), NodeSet(NodeId{1}), NodeSet(NodeId{1}), NodeSet::first(participants + 1).without(kCoordinator)};
      faults.crash_only = who[draw_.below(who.size())];
    }
    return faults;
  }

  Draw& draw_;
  std::uint8_t crashes_;
  unsigned lean_;
};

/// The faults that a search for this question meets: AC5 asks what recovery would do.
inline Faults faults_met(const Question& question) {
  Faults faults = question.faults;
  if (RandomQuestion::checked(question, Property::AC5) && faults.recovery == Recovery::never) faults.recovery = Recovery::when_faults_stop;
  return faults;
}

/// AC4 is a question of its own: nothing fails, and all vote yes.
inline Question calm(Question question) {
  question = all_yes(question);
  for (auto& yes : question.votes.front()) yes = NodeSet::first(question.names.size());
  const bool fifo = question.faults.channels == Channels::fifo;
  question.faults = {.timing = Timing::synchronous, .channels = fifo ? Channels::fifo : Channels::bag};
  question.check = {Property::AC4};
  return question;
}

template <Protocol P>
Oracle<P> oracle_of(const P& p, const Question& question, std::size_t most) {
  std::vector<World<P>> starts;
  for (const auto& votes : question.votes) starts.push_back(initial<P>(question.names.size(), votes, faults_met(question)));
  return Oracle<P>(p, starts, most);
}

/// Case number `seed`: calls visit(protocol, Question, Oracle, Oracle of AC4). What is too small to be of use or too large to be fast is drawn
/// again, leaner.
void with_case(std::uint64_t seed, auto&& visit) {
  const std::size_t participants = 1 + seed % 3, fewest = 50, most = seed % 16 == 0 ? 12'000 : 3'000;
  const std::array<std::uint8_t, 4> crashes{0, 1, 1, 2};
  const bool ordered = seed / 3 % 3 == 0, noise = seed / 9 % 2 == 0, suspicious = seed / 18 % 4 == 0;
  const auto done = [&](const auto& p, const Question& question) {
    const auto oracle = oracle_of(p, question, most);
    const bool fits = oracle.complete && oracle.worlds.size() >= fewest && oracle.worlds.size() <= most;
    if (!fits) return false;
    const auto of_calm = oracle_of(p, calm(question), most);
    if (of_calm.complete) visit(p, question, oracle, of_calm);
    return of_calm.complete;
  };
  for (unsigned attempt = 0;; ++attempt) {
    Draw draw(Rng::stream(seed, attempt));
    const unsigned lean = attempt / 4;
    RandomTable table(draw, ordered, lean);
    const TableProtocol p = noise ? table.noise() : table.spoilt_two_phase();
    const Question question = RandomQuestion(draw, crashes[seed / 5 % 4], lean).question(participants);
    if (suspicious ? done(SuspiciousTableProtocol{p}, question) : done(p, question)) return;
  }
}

}  // namespace commitlab
