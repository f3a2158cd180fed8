// The step relation, fault by fault: what each may do, and what it may not.
#include "protocols/two_phase.hpp"
#include "protocols/three_phase.hpp"
#include "sim/acting_for_tests.hpp"
#include "sim/properties.hpp"
#include "sim/viewed.hpp"

namespace commitlab {
namespace {

/// A protocol made for these tests: it writes without forcing, acts by itself and listens to a failure detector.
struct Diary {
  std::string_view name = "diary";
  std::string_view summary = "for tests";
  enum class Message : std::uint8_t { note, news };
  enum class Record : std::uint8_t { monday, tuesday, wednesday };
  enum class Act : std::uint8_t { open, close };
  struct State {
    bool open = false;
    NodeSet gone;
    static constexpr void fields(auto& s, auto&& field) { field("open", s.open), field("gone", s.gone); }
  };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const {
    if (self.coordinates()) return out.send(self.others(), Message::note);
    out.arm(self.id == NodeId{1} ? 2 : 5);
  }
  void receive(State&, const Self&, NodeId, Message, Out& out) const {
    out.write(Record::monday);
    out.write(Record::tuesday);
    out.send(kCoordinator, Message::news);
  }
  void timeout(State&, const Self&, Out& out) const { out.force(Record::wednesday); }
  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    s.open = !log.empty();
    out.send(self.others(), Message::note);
    out.decide(Decision::abort);
  }
  void suspect(State& s, const Self&, NodeId who, Out&) const { s.gone.add(who); }
  std::uint32_t acts(const State& s, const Self&) const { return s.open ? 0b10 : 0b01; }
  void act(State& s, const Self&, Act which, Out&) const { s.open = which == Act::open; }
  std::span<const Claim> claims() const { return {}; }
  void properties(const auto& view, auto&& claim) const {
    claim("somebody is up", !view.up.empty());
    claim("nothing is lost", view.log(NodeId{1}).size() != 1 || view.is_up(NodeId{1}));
  }
};
static_assert(Protocol<Diary> && Suspects<Diary> && Acts<Diary>);

const NodeSet kAllYes = NodeSet::first(64);

World<TwoPhase> two_phase(std::size_t participants, Faults faults = {}) { return initial<TwoPhase>(participants + 1, kAllYes, faults); }
World<Diary> diary(std::size_t participants, Faults faults = {}) { return initial<Diary>(participants + 1, kAllYes, faults); }

std::size_t count_starting(const std::vector<std::string>& lines, std::string_view begin) {
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.starts_with(begin); }));
}

}  // namespace

TEST_CASE("a commit without faults, line by line") {
  const TwoPhase p;
  auto w = two_phase(2);
  act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 start; arm 3", "2 start; arm 3",
                 "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                 "2 deliver prepare from 0; force prepared; send yes to 0; arm 3", "0 deliver yes from 2",
                 "0 deliver yes from 1; force commit; decide commit; disarm; send commit to 1 2; arm 2",
                 "1 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                 "2 deliver commit from 0; force commit; decide commit; disarm; send ack to 0", "0 deliver ack from 1",
                 "0 deliver ack from 2; write end; disarm"});
  CHECK(all_committed(w));
  CHECK(settled(w));
  CHECK(possible(p, w).empty());
}

TEST_CASE("a message that comes before its addressee has started waits for it") {
  const TwoPhase p;
  auto w = two_phase(1);
  act_out(p, w, {"0 start; send prepare to 1; arm 2"});
  CHECK_FALSE(offers(p, w, "1 deliver prepare from 0; force prepared; send yes to 0; arm 3"));
  act_out(p, w, {"1 start; arm 3", "1 deliver prepare from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("a crash may fall behind each effect of a handler, and tear its broadcast into any part") {
  const TwoPhase p;
  auto w = two_phase(3, {.left = {.crashes = 1}});
  const auto lines = possible(p, w);
  CHECK(count_starting(lines, "0 start") == 8);  // whole; six parts of the broadcast; behind it
  for (const std::string part : {"1", "2", "3", "1 2", "1 3", "2 3", "1 2 3"}) CHECK(offers(p, w, "0 start; send prepare to " + part + "; crash"));
  CHECK(offers(p, w, "0 crash"));
}

/// Writes, tells three others, forces, decides, and sets its timer last.
struct Secretary : Diary {
  void start(State&, const Self& self, Out& out) const {
    if (!self.coordinates()) return;
    out.write(Record::monday);
    out.send(self.others(), Message::note);
    out.force(Record::tuesday);
    out.decide(Decision::commit);
    out.arm(2);
    out.send(NodeId{1}, Message::news);
  }
};

TEST_CASE("a handler of n effects is cut before its second to its last, but not right after arm or disarm, and within each broadcast") {
  const Secretary p;
  for (const auto recovery : {Recovery::never, Recovery::any_time}) {
    const auto w = initial<Secretary>(4, kAllYes, {.left = {.crashes = 1}, .recovery = recovery});
    const auto lines = possible(p, w);
    // Before the broadcast, the force, the decision, the arming; not before the last send, for what that leaves is left already.
    // Six parts of the broadcast. With recovery, the note that is not forced yet may be lost, or not, in the first eight.
    const std::size_t cuts = 4 + 6;
    CHECK(count_starting(lines, "0 start; write monday") == 1 + cuts + (recovery == Recovery::never ? 0 : 8));
    CHECK(count_starting(lines, "0 start; crash") == 0);  // that is a crash before the start
    CHECK(count_starting(lines, "0 crash") == 1);
    CHECK_FALSE(offers(p, w, "0 start; write monday; send note to 1 2 3; force tuesday; decide commit; arm 2; crash"));
  }
}

TEST_CASE("with crashes between handlers only, no handler is cut") {
  const TwoPhase p;
  auto w = two_phase(3, {.left = {.crashes = 1}, .crash_points = CrashPoints::handlers});
  CHECK(count_starting(possible(p, w), "0 start") == 1);
  CHECK(offers(p, w, "0 crash"));
}

TEST_CASE("only those named may crash") {
  const TwoPhase p;
  auto w = two_phase(2, {.left = {.crashes = 1}, .crash_only = NodeSet(NodeId{2})});
  CHECK_FALSE(offers(p, w, "0 crash"));
  CHECK(offers(p, w, "2 crash"));
}

TEST_CASE("a crash may take any suffix of the records that were not forced, and no forced one") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2", "1 timeout; force wednesday",
                 "1 deliver note from 0; write monday; write tuesday; send news to 0"});
  const auto lines = possible(p, w);
  CHECK(count_starting(lines, "1 crash") == 3);
  auto spared = w, one = w, two = w;
  act_out(p, spared, {"1 crash"});
  act_out(p, one, {"1 crash losing 1 record"});
  act_out(p, two, {"1 crash losing 2 records"});
  CHECK(spared.log(NodeId{1}).entries.size() == 3);
  CHECK(one.log(NodeId{1}).entries.size() == 2);
  CHECK(two.log(NodeId{1}).entries.size() == 1);
  CHECK(two.log(NodeId{1}).entries.front().record == Diary::Record::wednesday);
}

TEST_CASE("a crash within a handler may lose what the handler has just written") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2"});
  CHECK(offers(p, w, "1 deliver note from 0; write monday; crash"));
  CHECK(offers(p, w, "1 deliver note from 0; write monday; crash losing 1 record"));
  CHECK(offers(p, w, "1 deliver note from 0; write monday; write tuesday; crash losing 2 records"));
}

TEST_CASE("forcing a record forces what was written before it") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2", "1 deliver note from 0; write monday; write tuesday; send news to 0"});
  CHECK(w.log(NodeId{1}).unforced() == 2);
  act_out(p, w, {"1 timeout; force wednesday"});
  CHECK(w.log(NodeId{1}).unforced() == 0);
}

TEST_CASE("a crash within recovery leaves the node down again, with the log it had") {
  const Diary p;
  auto w = diary(2, {.left = {.crashes = 2}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send note to 1 2", "1 start; arm 2", "1 timeout; force wednesday", "1 crash", "1 recover; send note to 2; crash"});
  CHECK_FALSE(w.is_up(NodeId{1}));
  CHECK(w.faults.left.crashes == 0);
  CHECK(w.log(NodeId{1}).entries.size() == 1);
  act_out(p, w, {"1 recover; send note to 0 2; decide abort"});
  CHECK(w.slot(NodeId{1}).state.open);
}

TEST_CASE("a node that lost its disk comes back with an empty log") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 1, .disk_losses = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"1 start; arm 2", "1 timeout; force wednesday", "1 crash", "1 recover without log; send note to 0; decide abort"});
  CHECK(w.log(NodeId{1}).entries.empty());
  CHECK_FALSE(w.slot(NodeId{1}).state.open);
  CHECK(w.faults.left.disk_losses == 0);
}

TEST_CASE("a node may lose its disk, and stop again before it does anything") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 2, .disk_losses = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"1 start; arm 2", "1 timeout; force wednesday", "1 crash", "1 recover without log; crash"});
  CHECK(w.log(NodeId{1}).entries.empty());
}

TEST_CASE("without recovery a stopped node takes with it what was on its way to it, and its log") {
  const TwoPhase p;
  auto w = two_phase(2, {.left = {.crashes = 1}});
  act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 start; arm 3", "1 crash"});
  CHECK(w.flight.size() == 1);
  CHECK_FALSE(offers(p, w, "1 miss prepare from 0"));
  CHECK(count_starting(possible(p, w), "1") == 0);
}

TEST_CASE("with recovery a message may reach its addressee while it is down, or once it is back") {
  const TwoPhase p;
  auto w = two_phase(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 start; arm 3", "1 crash"});
  auto missed = w;
  act_out(p, missed, {"1 miss prepare from 0"});
  CHECK(missed.flight.size() == 1);
  act_out(p, w, {"1 recover; force abort; decide abort; disarm; write end", "1 deliver prepare from 0; send no to 0"});
}

TEST_CASE("a decision counts as taken now until the node stops, and as ever taken for good") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"1 start; arm 3", "1 timeout; force abort; decide abort; disarm"});
  CHECK(w.slot(NodeId{1}).decided.now_abort);
  act_out(p, w, {"1 crash"});
  CHECK_FALSE(w.slot(NodeId{1}).decided.now());
  CHECK(w.slot(NodeId{1}).decided.ever_abort);
  act_out(p, w, {"1 recover; decide abort"});
  CHECK(w.slot(NodeId{1}).decided.now_abort);
}

TEST_CASE("a lost message is gone, and spends the budget") {
  const TwoPhase p;
  auto w = two_phase(2, {.left = {.losses = 1}});
  act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 lose prepare from 0"});
  CHECK(w.flight.size() == 1);
  CHECK_FALSE(offers(p, w, "2 lose prepare from 0"));
}

TEST_CASE("a duplicate is delivered and stays in flight") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.duplicates = 1}});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3",
                 "1 deliver copy of prepare from 0; force prepared; send yes to 0; arm 3", "1 deliver prepare from 0"});
  CHECK(w.faults.left.duplicates == 0);
  CHECK(w.flight.size() == 1);
}

TEST_CASE("a duplicate whose handler stops before its first effect is none: the message stays in flight by the crash alone") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 1, .duplicates = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3"});
  const auto lines = possible(p, w);
  CHECK(count_starting(lines, "1 deliver copy of prepare") == 3);  // whole, and stopped behind each of two effects
  CHECK(count_starting(lines, "1 deliver copy of prepare from 0; crash") == 0);
  CHECK(count_starting(lines, "1 deliver prepare from 0; crash") == 0);
  act_out(p, w, {"1 crash"});
  CHECK(w.flight.size() == 1);
  CHECK(w.faults.left.duplicates == 1);
}

TEST_CASE("of a fifo channel only the first message may be lost, of a bag any") {
  const TwoPhase p;
  for (const auto channels : {Channels::fifo, Channels::bag}) {
    auto w = two_phase(2, {.left = {.losses = 1, .reorders = 1}, .channels = channels});
    act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 start; arm 3", "2 start; arm 3", "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                   "2 deliver prepare from 0; force prepared; send yes to 0; arm 3", "1 timeout; send inquire to 0; arm 3"});
    CHECK(offers(p, w, "0 lose yes from 1"));
    CHECK(offers(p, w, "0 lose yes from 2"));
    CHECK(offers(p, w, "0 lose inquire from 1") == (channels == Channels::bag));
  }
}

TEST_CASE("in a search a message equal to one in flight adds no copy, in a run it does") {
  const TwoPhase p;
  for (const bool copies : {false, true}) {
    auto w = two_phase(1, {.copies = copies});
    act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                   "1 timeout; send inquire to 0; arm 3", "1 timeout; send inquire to 0; arm 3"});
    CHECK(w.flight.size() == (copies ? 3u : 2u));
    CHECK(count_starting(possible(p, w), "0 deliver inquire") == 1);
  }
}

TEST_CASE("a bag delivers in any order, a fifo channel in the order of sending unless it is reordered") {
  const TwoPhase p;
  const auto prepared = [&](Faults faults) {
    auto w = two_phase(1, faults);
    act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                   "1 timeout; send inquire to 0; arm 3"});
    return w;
  };
  CHECK(offers(p, prepared({}), "0 deliver inquire from 1"));
  CHECK_FALSE(offers(p, prepared({.channels = Channels::fifo}), "0 deliver inquire from 1"));
  auto w = prepared({.left = {.reorders = 1}, .channels = Channels::fifo});
  act_out(p, w, {"0 deliver inquire from 1 out of order"});
  CHECK(w.faults.left.reorders == 0);
  CHECK(offers(p, w, "0 deliver yes from 1; force commit; decide commit; disarm; send commit to 1; arm 2"));
}

TEST_CASE("fifo channels are between two nodes: others may overtake") {
  const TwoPhase p;
  auto w = two_phase(2, {.channels = Channels::fifo});
  act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 start; arm 3", "2 start; arm 3",
                 "1 deliver prepare from 0; force prepared; send yes to 0; arm 3", "2 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                 "0 deliver yes from 2"});
}

TEST_CASE("a sticky message is never consumed") {
  const TwoPhase p;
  auto w = two_phase(1, {.channels = Channels::sticky});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                 "1 deliver prepare from 0"});
  CHECK(w.flight.size() == 2);
}

TEST_CASE("a partition loses what is on its way across, and what is sent across while it lasts") {
  const TwoPhase p;
  auto w = two_phase(2, {.left = {.partitions = 1}});
  act_out(p, w, {"0 start; send prepare to 1 2; arm 2", "1 start; arm 3", "2 start; arm 3", "partition 0 1 | 2"});
  CHECK(w.flight.size() == 1);
  act_out(p, w, {"2 timeout; force abort; decide abort; disarm", "1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                 "0 timeout; force abort; decide abort; disarm; send abort to 1 2; arm 2"});
  CHECK(w.flight.size() == 2);  // yes to 0, abort to 1
  act_out(p, w, {"heal"});
  CHECK(w.flight.size() == 2);
  CHECK(count_starting(possible(p, w), "partition") == 0);
}

TEST_CASE("every split in two is offered once") {
  const TwoPhase p;
  CHECK(count_starting(possible(p, two_phase(3, {.left = {.partitions = 1}})), "partition") == 7);
}

TEST_CASE("a partition that holds messages delivers them after it heals, and they do not stop time") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.partitions = 1}, .timing = Timing::synchronous, .severed = Severed::held});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "partition 0 | 1"});
  CHECK_FALSE(offers(p, w, "1 deliver prepare from 0; force prepared; send yes to 0; arm 3"));
  act_out(p, w, {"0 timeout; force abort; decide abort; disarm; send abort to 1; arm 2", "heal",
                 "1 deliver prepare from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("in asynchrony an armed timer may fire at any time") {
  const TwoPhase p;
  auto w = two_phase(1);
  act_out(p, w, {"0 start; send prepare to 1; arm 2"});
  CHECK(offers(p, w, "0 timeout; force abort; decide abort; disarm; send abort to 1; arm 2"));
}

TEST_CASE("in synchrony time passes only when nothing is on its way and all have started, to the timers with the fewest ticks") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.losses = 1}, .timing = Timing::synchronous});
  act_out(p, w, {"1 start; arm 3"});
  CHECK(count_starting(possible(p, w), "1 timeout") == 0);  // 0 has not started
  act_out(p, w, {"0 start; send prepare to 1; arm 2"});
  CHECK(count_starting(possible(p, w), "0 timeout") == 0);  // a message is on its way
  act_out(p, w, {"1 lose prepare from 0"});
  CHECK(count_starting(possible(p, w), "1 timeout") == 0);  // it has 3 ticks left, the other 2
  act_out(p, w, {"0 timeout; force abort; decide abort; disarm; send abort to 1; arm 2"});
  CHECK(w.slot(NodeId{1}).timer.ticks_left == 1);
}

TEST_CASE("timers that are due at one instant all fire, whatever the first of them sends") {
  const TwoPhase p;
  auto w = two_phase(2, {.left = {.crashes = 1}, .timing = Timing::synchronous});
  act_out(p, w, {"0 crash", "1 start; arm 3", "2 start; arm 3", "1 timeout; force abort; decide abort; disarm"});
  CHECK(w.slot(NodeId{2}).timer.ticks_left == 0);
  CHECK(offers(p, w, "2 timeout; force abort; decide abort; disarm"));
}

TEST_CASE("a node that stops before its start does not stop time for the others") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 1}, .timing = Timing::synchronous});
  act_out(p, w, {"0 crash", "1 start; arm 3", "1 timeout; force abort; decide abort; disarm"});
}

TEST_CASE("a message on its way to a stopped node does not stop time") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous});
  act_out(p, w, {"1 start; arm 3", "0 start; send prepare to 1; arm 2", "1 crash", "0 timeout; force abort; decide abort; disarm; send abort to 1; arm 2"});
}

TEST_CASE("an early timeout fires while a message is on its way, and takes no time from the others") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.suspicions = 1}, .timing = Timing::synchronous});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "1 early timeout; force abort; decide abort; disarm"});
  CHECK(w.faults.left.suspicions == 0);
  CHECK(w.slot(kCoordinator).timer.ticks_left == 2);
}

TEST_CASE("a timeout cut before its first effect is offered in synchrony, where time has passed with it") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 2}, .timing = Timing::synchronous});
  act_out(p, w, {"0 crash", "1 start; arm 3"});
  CHECK(offers(p, w, "1 timeout; crash"));
}

TEST_CASE("a failure detector reports a stopped node once its messages have arrived, and each node once") {
  const Diary p;
  auto w = diary(2, {.left = {.crashes = 1}});
  act_out(p, w, {"0 start; send note to 1 2", "1 start; arm 2", "2 start; arm 5", "0 crash"});
  CHECK_FALSE(offers(p, w, "1 suspect 0"));
  act_out(p, w, {"1 deliver note from 0; write monday; write tuesday; send news to 0", "2 deliver note from 0; write monday; write tuesday; send news to 0", "1 suspect 0"});
  CHECK(w.slot(NodeId{1}).state.gone == NodeSet(kCoordinator));
  CHECK_FALSE(offers(p, w, "1 suspect 0"));
  CHECK(offers(p, w, "2 suspect 0"));
  CHECK_FALSE(offers(p, w, "2 falsely suspect 1"));
}

TEST_CASE("a false suspicion names a node that is up, and spends the budget") {
  const Diary p;
  auto w = diary(1, {.left = {.suspicions = 1}, .timing = Timing::synchronous});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2", "1 falsely suspect 0"});
  CHECK(w.faults.left.suspicions == 0);
}

TEST_CASE("a node that comes back can be suspected anew") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 2}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2", "1 deliver note from 0; write monday; write tuesday; send news to 0", "0 crash", "1 suspect 0",
                 "0 recover; send note to 1; decide abort"});
  CHECK(w.slot(NodeId{1}).suspected.empty());
}

TEST_CASE("a node that was suspected falsely is reported once it does stop") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 1, .suspicions = 1}, .timing = Timing::synchronous});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2", "1 falsely suspect 0", "1 deliver note from 0; write monday; write tuesday; send news to 0", "0 crash", "1 suspect 0"});
}

TEST_CASE("a message that overtakes another may come to a node that is down") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 1, .reorders = 1}, .recovery = Recovery::any_time, .channels = Channels::fifo});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "0 timeout; force abort; decide abort; disarm; send abort to 1; arm 2", "1 crash",
                 "1 miss abort from 0 out of order"});
  CHECK(w.flight.size() == 1);
  CHECK(w.faults.left.reorders == 0);
}

TEST_CASE("equal messages that wait in one channel are told apart by their number") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.reorders = 1}, .channels = Channels::fifo, .copies = true});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "1 start; arm 3", "0 timeout; force abort; decide abort; disarm; send abort to 1; arm 2",
                 "0 timeout; send abort to 1; arm 2", "1 deliver abort from 0 out of order, number 2; force abort; decide abort; disarm; send ack to 0"});
}

TEST_CASE("spontaneous acts are offered as the protocol allows them") {
  const Diary p;
  auto w = diary(1);
  act_out(p, w, {"1 start; arm 2", "1 act open"});
  CHECK(w.slot(NodeId{1}).state.open);
  CHECK(offers(p, w, "1 act close"));
  CHECK_FALSE(offers(p, w, "1 act open"));
}

TEST_CASE("when faults stop nothing new goes wrong, and everything may recover") {
  const TwoPhase p;
  auto w = two_phase(1, {.left = {.crashes = 2, .losses = 1}, .recovery = Recovery::when_faults_stop});
  act_out(p, w, {"0 start; send prepare to 1; arm 2", "0 crash"});
  CHECK(count_starting(possible(p, w), "0 recover") == 0);
  act_out(p, w, {"faults stop", "0 recover; force abort; decide abort; disarm; send abort to 1; arm 2", "1 start; arm 3"});
  CHECK(count_starting(possible(p, w), "1 crash") == 0);
  CHECK(count_starting(possible(p, w), "1 lose") == 0);
}

TEST_CASE("two transactions run through the same nodes, each with its own votes, timers and decisions, and one log per node") {
  const TwoPhase p;
  const std::array votes{kAllYes, NodeSet(kCoordinator)};
  auto w = initial<TwoPhase>(2, votes, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  act_out(p, w, {"0 start#1; send prepare to 1; arm 2", "0 start#2; send prepare to 1; arm 2", "1 start#1; arm 3", "1 start#2; arm 3",
                 "1 deliver prepare#1 from 0; force prepared; send yes to 0; arm 3",
                 "1 deliver prepare#2 from 0; force abort; decide abort; disarm; send no to 0"});
  CHECK(w.log(NodeId{1}).entries.size() == 2);
  CHECK(w.slot(NodeId{1}, 0).timer.armed);
  CHECK_FALSE(w.slot(NodeId{1}, 1).timer.armed);
  act_out(p, w, {"1 crash"});
  CHECK(w.slot(NodeId{1}, 0).part == Part::lost);
  act_out(p, w, {"1 recover#2; decide abort"});
  CHECK(w.is_up(NodeId{1}));
  CHECK_FALSE(offers(p, w, "1 recover#2; decide abort"));
  act_out(p, w, {"1 recover#1; send inquire to 0; arm 3", "0 deliver yes#1 from 1; force commit; decide commit; disarm; send commit to 1; arm 2",
                 "0 deliver no#2 from 1; force abort; decide abort; disarm; write end"});
  CHECK(agreement(w));
}

TEST_CASE("in serial order a node begins its second transaction once it has decided the first, whoever else has not") {
  const TwoPhase p;
  const std::array votes{NodeSet(kCoordinator), kAllYes};
  auto w = initial<TwoPhase>(3, votes, {.transaction_order = TransactionOrder::serial});
  CHECK(possible(p, w) == std::vector<std::string>{"0 start#1; send prepare to 1 2; arm 2", "1 start#1; arm 3", "2 start#1; arm 3"});
  act_out(p, w, {"1 start#1; arm 3", "0 start#1; send prepare to 1 2; arm 2"});
  CHECK_FALSE(offers(p, w, "1 start#2; arm 3"));
  act_out(p, w, {"1 deliver prepare#1 from 0; force abort; decide abort; disarm; send no to 0", "1 start#2; arm 3"});
  CHECK_FALSE(offers(p, w, "0 start#2; send prepare to 1 2; arm 2"));
  CHECK(offers(p, w, "2 start#1; arm 3"));
}

TEST_CASE("in serial order a crash leaves nothing to recover of a transaction that has not come") {
  const TwoPhase p;
  const std::array votes{kAllYes, kAllYes};
  auto w = initial<TwoPhase>(2, votes, {.left = {.crashes = 2}, .recovery = Recovery::any_time, .transaction_order = TransactionOrder::serial});
  act_out(p, w, {"1 start#1; arm 3", "1 crash"});
  CHECK(count_starting(possible(p, w), "1 recover#1") > 0);
  CHECK(count_starting(possible(p, w), "1 recover#2") == 0);
  act_out(p, w, {"1 recover#1; force abort; decide abort; disarm; write end", "1 start#2; arm 3", "1 crash", "1 recover#2; force abort; decide abort; disarm; write end"});
  CHECK(offers(p, w, "1 recover#1; decide abort"));
}

TEST_CASE("in serial order time does not wait for transactions that have not come") {
  const TwoPhase p;
  const std::array votes{kAllYes, kAllYes};
  auto w = initial<TwoPhase>(2, votes, {.left = {.losses = 1}, .timing = Timing::synchronous, .transaction_order = TransactionOrder::serial});
  act_out(p, w, {"0 start#1; send prepare to 1; arm 2", "1 start#1; arm 3", "1 lose prepare#1 from 0", "0 timeout#1; force abort; decide abort; disarm; send abort to 1; arm 2"});
  CHECK_FALSE(offers(p, w, "1 timeout#1; force abort; decide abort; disarm"));
  act_out(p, w, {"1 deliver abort#1 from 0; force abort; decide abort; disarm; send ack to 0", "0 deliver ack#1 from 1; write end; disarm"});
  CHECK(possible(p, w) == std::vector<std::string>{"0 start#2; send prepare to 1; arm 2", "1 start#2; arm 3"});
}

TEST_CASE("in serial order time does not wait for a message of a transaction that its addressee may not begin yet") {
  const TwoPhase p;
  const std::array votes{kAllYes, kAllYes};
  auto w = initial<TwoPhase>(2, votes, {.left = {.losses = 1}, .timing = Timing::synchronous, .transaction_order = TransactionOrder::serial});
  act_out(p, w, {"0 start#1; send prepare to 1; arm 2", "1 start#1; arm 3", "1 deliver prepare#1 from 0; force prepared; send yes to 0; arm 3",
                 "0 deliver yes#1 from 1; force commit; decide commit; disarm; send commit to 1; arm 2", "0 start#2; send prepare to 1; arm 2"});
  CHECK_FALSE(offers(p, w, "0 timeout#1; send commit to 1; arm 2"));  // the commit is on its way
  act_out(p, w, {"1 lose commit#1 from 0"});
  CHECK_FALSE(offers(p, w, "1 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3"));
  act_out(p, w, {"0 timeout#1; send commit to 1; arm 2", "1 deliver commit#1 from 0; force commit; decide commit; disarm; send ack to 0"});
  act_out(p, w, {"1 start#2; arm 3", "1 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("messages that are unnumbered are one if they are equal, and reach the latest transaction that their addressee has begun") {
  const TwoPhase p;
  const std::array votes{kAllYes, NodeSet(kCoordinator)};
  auto w = initial<TwoPhase>(2, votes, {.left = {.crashes = 1, .losses = 1}, .recovery = Recovery::any_time, .messages = Messages::unnumbered});
  act_out(p, w, {"0 start#1; send prepare to 1; arm 2"});
  CHECK(offers(p, w, "1 lose prepare from 0"));
  act_out(p, w, {"0 start#2; send prepare to 1; arm 2"});
  CHECK(w.flight.size() == 1);
  CHECK(count_starting(possible(p, w), "1 deliver") == 0);  // it waits until somebody is there
  act_out(p, w, {"1 start#2; arm 3"});
  CHECK(offers(p, w, "1 deliver#2 prepare from 0; force abort; decide abort; disarm; send no to 0"));
  act_out(p, w, {"1 start#1; arm 3", "1 deliver#2 prepare from 0; force abort; decide abort; disarm; send no to 0", "0 deliver#2 no from 1; force abort; decide abort; disarm; write end"});
  act_out(p, w, {"1 crash"});
  act_out(p, w, {"0 timeout#1; force abort; decide abort; disarm; send abort to 1; arm 2"});
  CHECK(offers(p, w, "1 miss abort from 0"));
  act_out(p, w, {"1 recover#1; force abort; decide abort; disarm; write end"});
  CHECK(offers(p, w, "1 deliver#1 abort from 0; send ack to 0"));  // the second it has not recovered yet
}

TEST_CASE("a view shows nodes, logs and messages as they are, and tells a protocol's own properties") {
  const Diary p;
  auto w = diary(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time});
  OwnProperties<Diary> own(p, w);
  CHECK(own.names() == std::vector<std::string>{"somebody is up", "nothing is lost"});
  act_out(p, w, {"0 start; send note to 1", "1 start; arm 2"});
  ViewOf<Diary> view;
  look(p, w, view);
  CHECK(view.flight.size() == 1);
  CHECK(view.node(NodeId{1}).armed);
  CHECK(view.participants() == NodeSet(NodeId{1}));
  act_out(p, w, {"1 deliver note from 0; write monday; write tuesday; send news to 0"});
  look(p, w, view);
  REQUIRE(view.log(NodeId{1}).size() == 2);
  CHECK(view.log(NodeId{1})[1].record == Diary::Record::tuesday);
  CHECK_FALSE(view.log(NodeId{1})[1].forced);
  CHECK(own.broken(p, w) == 0);
  act_out(p, w, {"1 crash losing 1 record"});
  CHECK(own.broken(p, w) == 0b10);
  act_out(p, w, {"1 recover; send note to 0; decide abort"});
  look(p, w, view);
  CHECK(view.where([](const auto& node) { return node.decided.now_abort; }) == NodeSet(NodeId{1}));
  CHECK(view.node(NodeId{1}).state.open);
  CHECK(view.log(NodeId{1})[0].forced);  // what a crash has spared is on disk
  CHECK(own.defect().empty());
}

TEST_CASE("sixty-four nodes commit") {
  const TwoPhase p;
  auto w = two_phase(63);
  std::size_t steps = 0;
  for (bool moved = true; moved; ++steps) {
    moved = false;
    Step next;
    each_choice(p, w, [&](const Step& step, const Handled<TwoPhase>&) {
      if (!moved && step.event != Event::timeout) next = step, moved = true;
    });
    if (moved) apply(p, w, next);
  }
  CHECK(all_committed(w));
  CHECK(steps == 64 + 4 * 63 + 1);
}

TEST_CASE("agreement may leave out the decisions of nodes that are down") {
  auto w = two_phase(1);
  w.slot(NodeId{0}).decided.ever_commit = true;
  w.slot(NodeId{1}).decided.ever_abort = true;
  w.up.remove(NodeId{1});
  CHECK_FALSE(agreement(w, true));
  CHECK(agreement(w, false));
}

}  // namespace commitlab
