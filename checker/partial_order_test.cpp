// What the reduction must preserve, against the search without it: over all protocols, over random ones, and over small ones
// in which leaving out a condition would hide something.
#include <set>

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/threads.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

const std::vector<Property> kInvariants{Property::AC1, Property::AC2, Property::AC3};

template <class T>
void append(std::string& bytes, const T& value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }

/// All of a world, so that equal ones have equal words, whatever numbers a search has given them.
template <Protocol P>
std::string words(const World<P>& w) {
  std::string words;
  append(words, w.faults.left), append(words, w.up), append(words, w.side), append(words, w.faults_stopped);
  for (const auto& slot : w.slots) {
    append(words, slot.state), append(words, slot.part), append(words, slot.timer.armed), append(words, slot.timer.ticks_left);
    append(words, slot.decided), append(words, slot.vote), append(words, slot.suspected);
  }
  for (const auto& log : w.logs) {
    append(words, log.entries.size());
    append(words, log.durable);
    for (const auto& entry : log.entries) append(words, entry.record), append(words, entry.transaction);
  }
  for (const auto& e : w.flight) append(words, e.from), append(words, e.to), append(words, e.transaction), append(words, e.message);
  return words;
}

struct Found {
  bool finished = false;
  std::uint64_t worlds = 0;
  std::vector<bool> broken{};
  std::vector<bool> goals{};
  std::set<std::string> ends{};  // the worlds in which nothing can happen
  std::string not_reduced{};
};

template <Protocol P>
Found find(const P& p, const Question& question, bool reduced) {
  checking::Setup<P> setup(p, question, checking::starts_of<P>(question, question.votes, question.faults));
  auto& relation = setup.relation();
  const Inquiry& asked = setup.asked();
  std::optional<PartialOrder> order;
  Found found;
  if (reduced) order.emplace(relation, asked.starts, question, !asked.customs.empty()), found.not_reduced = order->why_not();
  Search search(relation, asked.starts, question.limits, asked.symmetry, Keep::exact, order ? &*order : nullptr);
  Watch watch(question, relation, asked.customs);
  if (question.method.threads > 1) {
    Crew crew(question.method.threads);
    search.run(watch, false, crew);
  } else {
    OneThread alone;
    search.run(watch, false, alone);
  }
  found.finished = search.finished(), found.worlds = search.worlds();
  for (const auto& invariant : watch.invariants()) found.broken.push_back(invariant.broken_by.has_value());
  found.goals = {watch.refuses(), watch.commits(), watch.aborts(), watch.doubts()};
  for (unsigned event = 0; event <= static_cast<unsigned>(Event::stop_faults); ++event) found.goals.push_back(watch.ran(static_cast<Event>(event)));
  std::vector<Number> row;
  for (std::uint32_t id = 0; id < search.worlds(); ++id) {
    search.row(id, row);
    const World<P> w = relation.world(row);
    bool over = true;
    each_choice(p, w, [&](const Step&, const Handled<P>&) { over = false; });
    if (over) found.ends.insert(words(w));
  }
  return found;
}

/// How many worlds are visited without the reduction, and with it.
struct Visited {
  std::uint64_t all = 0, reduced = 0;
};

template <Protocol P>
void compare(const P& p, const Question& question, Visited& visited) {
  const Found all = find(p, question, false);
  if (!all.finished) return;
  const Found reduced = find(p, question, true);
  REQUIRE(reduced.finished);
  CHECK(reduced.broken == all.broken);
  CHECK(reduced.goals == all.goals);
  CHECK(reduced.ends == all.ends);
  CHECK(reduced.worlds <= all.worlds);
  visited.all += all.worlds, visited.reduced += reduced.worlds;
}

/// Crashes of every kind, channels of every kind, and each budget.
std::vector<Faults> many_faults() {
  constexpr Timing synchronous = Timing::synchronous;
  return {
      {},
      {.timing = synchronous},
      {.channels = Channels::fifo},
      {.timing = synchronous, .channels = Channels::fifo},
      {.left = {.crashes = 1}},
      {.left = {.crashes = 1}, .timing = synchronous},
      {.left = {.crashes = 1}, .recovery = Recovery::any_time},
      {.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = synchronous},
      {.left = {.crashes = 1, .disk_losses = 1}, .recovery = Recovery::any_time, .timing = synchronous, .crash_points = CrashPoints::handlers},
      {.left = {.crashes = 1}, .channels = Channels::fifo, .crash_only = NodeSet(NodeId{0})},
      {.left = {.crashes = 1}, .recovery = Recovery::any_time, .channels = Channels::fifo, .crash_only = NodeSet(NodeId{1})},
      {.left = {.crashes = kUnlimited}, .recovery = Recovery::any_time, .timing = synchronous, .crash_only = NodeSet(NodeId{1})},
      {.left = {.losses = 1}},
      {.left = {.duplicates = 1}, .timing = synchronous},
      {.left = {.reorders = 1}, .timing = synchronous, .channels = Channels::fifo},
      {.left = {.partitions = 1}, .timing = synchronous},
      {.left = {.partitions = 1}, .severed = Severed::held},
      {.left = {.suspicions = 1}, .timing = synchronous},
  };
}

std::string told(const Faults& f) {
  return (f.timing == Timing::synchronous ? "synchronous " : "asynchronous ") + std::string(f.channels == Channels::fifo ? "fifo " : "") +
         std::to_string(f.left.crashes) + " crashes " + std::to_string(f.left.losses + f.left.duplicates + f.left.reorders + f.left.partitions + f.left.suspicions) + " others " +
         (f.recovery == Recovery::any_time ? "recovery " : "") + (f.crash_only.empty() ? "" : "of one");
}

/// Handlers that do what a seed says: a state never goes back, logs grow only with it, and messages are few.
struct Random {
  std::string_view name = "random";
  std::string_view summary = "";
  std::uint32_t seed = 0;
  bool ordered = false;  // what it does may depend on who it is

  struct State {
    std::uint8_t phase = 0;
    bool doubt = false;
    NodeSet heard;
    static constexpr void fields(auto& s, auto&& field) { field("phase", s.phase), field("doubt", s.doubt), field("heard", s.heard); }
  };
  enum class Message : std::uint8_t { red, green, blue };
  enum class Record : std::uint8_t { one, two };
  enum class Act : std::uint8_t { jump, run };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const { react(s, self, 1, self.id, out); }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    const std::uint32_t trigger = 10 + 4 * static_cast<std::uint32_t>(m) + (from == kCoordinator ? 1u : from == self.id ? 2u : 0u);
    react(s, self, ordered ? trigger + 100 * static_cast<std::uint32_t>(index(from)) : trigger, from, out);
  }
  void timeout(State& s, const Self& self, Out& out) const { react(s, self, 2, self.id, out); }
  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    s.phase = static_cast<std::uint8_t>(std::min<std::size_t>(log.size(), 2));
    react(s, self, 3, self.id, out);
  }
  std::uint32_t acts(const State& s, const Self& self) const { return seed % 4 == 0 && s.phase < 2 ? odds(s, self, 4) % 4 : 0; }
  void act(State& s, const Self& self, Act which, Out& out) const {
    react(s, self, 5 + static_cast<std::uint32_t>(which), self.id, out);
    if (s.phase < 3) ++s.phase;
  }
  bool in_doubt(const State& s) const { return s.doubt; }
  std::span<const Claim> claims() const { return {}; }

 private:
  std::uint32_t odds(const State& s, const Self& self, std::uint32_t trigger) const {
    std::uint64_t hash = seed * 0x9e3779b97f4a7c15u;
    const auto mix = [&](std::uint64_t value) { hash = (hash ^ value) * 0xbf58476d1ce4e5b9u, hash ^= hash >> 29; };
    mix(s.phase), mix(trigger), mix(self.coordinates()), mix(static_cast<std::uint64_t>(self.vote));
    if (seed % 3 == 0) mix(static_cast<std::uint64_t>(s.heard.size()));
    if (ordered) mix(index(self.id));
    mix(1), mix(2);
    return static_cast<std::uint32_t>(hash >> 24);
  }
  void react(State& s, const Self& self, std::uint32_t trigger, NodeId from, Out& out) const {
    std::uint32_t odds = this->odds(s, self, trigger);
    const auto draw = [&](std::uint32_t of) {
      const std::uint32_t drawn = odds % of;
      odds = odds / of ^ odds * 2654435761u >> 7;
      return drawn;
    };
    const bool moves_on = draw(3) == 0 && s.phase < 3;
    if (moves_on) ++s.phase;
    if (draw(4) == 0) s.doubt = draw(2) == 0;
    if (draw(3) == 0) s.heard.add(from);
    for (std::uint32_t effects = draw(4); effects > 0; --effects) switch (draw(9)) {
        case 0:
        case 1:
        case 2:
        case 3: {
          const NodeSet sets[] = {self.others(), self.participants(), NodeSet(kCoordinator), NodeSet(from)};
          NodeSet to = sets[draw(4)];
          if (seed % 5 != 0) to.remove(self.id);
          out.send(to, static_cast<Message>(draw(3)));
          break;
        }
        case 4: out.arm(static_cast<std::uint8_t>(draw(4))); break;
        case 5: out.disarm(); break;
        case 6: out.decide(draw(2) == 0 ? Decision::commit : Decision::abort); break;
        case 7: if (moves_on) out.force(Record::one); break;
        case 8: if (moves_on) out.write(Record::two); break;
      }
  }
};
static_assert(Protocol<Random>);

/// Small protocols in which the order of two steps matters, each for another reason. A commit breaks AC3: somebody votes no.
struct Small {
  enum class How : std::uint8_t { spins, repeats, swallows, mixes, tells_itself, crashes, times_out, doubts };
  std::string_view name = "small";
  std::string_view summary = "";
  How how{};

  struct State {
    std::uint8_t heard = 0;
    bool doubt = false;
    static constexpr void fields(auto& s, auto&& field) { field("heard", s.heard), field("doubt", s.doubt); }
  };
  enum class Message : std::uint8_t { ping, pong, news };
  enum class Record : std::uint8_t { none };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const {
    if (self.id == NodeId{1}) {
      out.send(how == How::spins ? NodeId{2} : kCoordinator, Message::ping);
      if (how == How::swallows || how == How::mixes || how == How::tells_itself) out.send(kCoordinator, Message::pong);
      if (how == How::repeats) out.arm(1);
    }
    if (self.coordinates() && (how == How::spins || how == How::times_out || how == How::doubts)) out.arm(1);
  }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    if (how == How::spins) return out.send(from, m);
    if (how == How::swallows && self.coordinates()) return out.send(NodeId{2}, Message::news);
    if (how == How::tells_itself && m != Message::news) return out.send(self.id, Message::news);
    if (how == How::mixes && self.coordinates()) {
      out.send(NodeId{2}, Message::news);
      if (m == Message::pong) out.send(NodeId{2}, Message::ping);
      return;
    }
    if (how == How::mixes && s.heard == 0 && m == Message::news) s.heard = 4;  // that was too early
    if (s.heard < 3) ++s.heard;
    s.doubt = false;
    if (how == How::crashes || (how == How::mixes && s.heard == 3)) out.decide(Decision::commit);
    if ((how == How::swallows || how == How::tells_itself) && s.heard == 2) out.decide(Decision::commit);
  }
  void timeout(State& s, const Self&, Out& out) const {
    if (how == How::repeats) out.send(kCoordinator, Message::ping);
    else if (how == How::doubts) s.doubt = s.heard == 0;
    else if (s.heard == 0) out.decide(Decision::commit);
  }
  bool in_doubt(const State& s) const { return s.doubt; }
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  std::span<const Claim> claims() const { return {}; }
};

void small(const Small& p, const Faults& faults = {}) {
  Visited visited;
  compare(p, ask(2, faults, kInvariants), visited);
  CHECK(visited.reduced > 0);
}

constexpr std::uint32_t kSeeds = 400;

}  // namespace

TEST_CASE("the reduction keeps verdicts, goals and ends, over all protocols and many faults") {
  Visited visited;
  std::apply([&](const auto&... p) {
    ([&] {
      for (const Faults& faults : many_faults())
        for (std::size_t participants = 1; participants <= 3; ++participants) {
          INFO(p.name << " of " << participants << ": " << told(faults));
          Question question = ask(participants, faults, kInvariants);
          question.limits.worlds = 20'000;
          compare(p, question, visited);
        }
    }(), ...);
  }, kProtocols);
  CHECK(visited.reduced < visited.all);
}

TEST_CASE("the reduction keeps verdicts, goals and ends, over random protocols") {
  Visited visited;
  const std::vector<Faults> many = many_faults();
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Faults& faults = many[seed % many.size()];
    const Random p{.seed = seed * 7919 + seed / 18, .ordered = seed % 7 == 0};
    INFO("seed " << p.seed << ": " << told(faults));
    Question question = ask(1 + seed / 18 % 2, faults, kInvariants);
    question.limits.worlds = 5'000;
    question.agreement = seed % 2 == 0 ? Agreement::uniform : Agreement::live;
    question.method.symmetry = seed % 3 == 0;
    if (seed % 11 == 0) question.votes = {{NodeSet::first(2), NodeSet::first(2)}};  // two transactions
    question.check.push_back(Property::conserve);
    question.conserve = {{"total", {}}};
    for (std::size_t node = 0; node < question.names.size(); ++node) question.conserve[0].added_by_node.push_back(node == 1 ? 1 : node == 2 ? -1 : 0);
    compare(p, question, visited);
  }
  CHECK(visited.reduced < visited.all);
}

TEST_CASE("two nodes that talk for ever do not keep a third from acting") { small({.how = Small::How::spins}); }
TEST_CASE("a message that is said again may be heard once or twice") { small({.how = Small::How::repeats}); }
TEST_CASE("a message that is passed on is swallowed by its equal, or follows it") { small({.how = Small::How::swallows}); }
TEST_CASE("two of a message are heard after another, or before it") { small({.how = Small::How::mixes}); }
TEST_CASE("a message to oneself is swallowed by its equal, too") { small({.how = Small::How::tells_itself}); }
TEST_CASE("a doubt that a message would end may begin before it comes") { small({.how = Small::How::doubts}); }
TEST_CASE("a node may hear a message and crash, or crash before") { small({.how = Small::How::crashes}, {.left = {.crashes = 1}}); }
TEST_CASE("a timer may fire before a message is heard") { small({.how = Small::How::times_out}); }

TEST_CASE("a reduced search by several threads visits the same worlds in the same order") {
  Question question = ask(3, {}, kInvariants);
  question.method.partial_order = true;
  const Verdict one = check(TwoPhase{}, question);
  question.method.threads = 3;
  const Verdict three = check(TwoPhase{}, question);
  CHECK(std::array{one.worlds, one.steps, one.depth} == std::array{three.worlds, three.steps, three.depth});
  CHECK(one.worlds == 61465);
}

TEST_CASE("what the reduction would not keep is answered without it, with the reason") {
  Question question = ask(1, {}, {Property::AC1, Property::NB});
  const Verdict all = check(TwoPhase{}, question);
  question.method.partial_order = true;
  const Verdict reduced = check(TwoPhase{}, question);
  CHECK(reduced.not_reduced == "AC5 and NB ask what every world can reach");
  CHECK(reduced.worlds == all.worlds);
}

}  // namespace commitlab
