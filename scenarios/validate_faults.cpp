// The rules about faults, chances, delays and scripts.
#include "checker/rational.hpp"
#include "scenarios/decode_value.hpp"
#include "scenarios/spelling.hpp"
#include "scenarios/validate_rules.hpp"

namespace commitlab {

void validate_budgets(Validation& v) {
  const auto limit = [&](std::string_view name, std::uint8_t budget) {
    if (budget == kUnlimited) v.error("/faults/" + std::string(name), "E1222", "expected an integer from 0 to 254, got 255");
  };
  const Budgets& budgets = v.s.faults.left;
  limit("crashes", budgets.crashes);
  limit("disk_losses", budgets.disk_losses);
  limit("losses", budgets.losses);
  limit("duplicates", budgets.duplicates);
  limit("reorders", budgets.reorders);
  limit("partitions", budgets.partitions);
  limit("suspicions", budgets.suspicions);

  const bool known = NodeSet::first(v.s.participants.size() + 1).includes(v.s.faults.crash_only);
  if (!known && v.sound({"/participants"})) v.error("/faults/crash_only", "E1213", "unknown node");
  const bool transactions_fit = v.s.transactions >= 1 && v.s.transactions <= kMostTransactions;
  if (!transactions_fit) {
    v.error("/transactions", "E1203", "expected an integer from 1 to 1000000, got " + std::to_string(v.s.transactions));
  }
}

// Faults that contradict each other, or ask for a search too wide to be made.
void validate_combinations(Validation& v) {
  const Faults& faults = v.s.faults;
  const auto refuse_sticky = [&](std::string_view pointer, bool wanted, std::string why) {
    if (!wanted || faults.channels != Channels::sticky || !v.sound({"/faults/channels"})) return;
    v.error(std::string(pointer), "E1223", "not with sticky channels: " + std::move(why), "\"channels\": \"bag\" or \"fifo\"");
  };
  refuse_sticky("/faults/timing", faults.timing == Timing::synchronous,
                "their messages are never consumed, so time, which waits for all messages, would never pass");
  refuse_sticky("/faults/losses", faults.left.losses > 0, "a message there may stay undelivered for ever anyway");
  refuse_sticky("/faults/duplicates", faults.left.duplicates > 0, "a message there may be delivered again and again anyway");
  refuse_sticky("/chances/loss", v.s.chances.loss.numerator > 0, "a message there may stay undelivered for ever anyway");
  refuse_sticky("/chances/duplicate", v.s.chances.duplicate.numerator > 0, "a message there may be delivered again and again anyway");

  const bool reorders = faults.channels != Channels::fifo && v.sound({"/faults/channels"});
  if (reorders && faults.left.reorders > 0) {
    v.error("/faults/reorders", "E1227", "messages overtake each other anyway", "a fault of \"channels\": \"fifo\" only");
  }
  if (reorders && v.s.chances.reorder.numerator > 0) {
    v.error("/chances/reorder", "E1227", "messages overtake each other anyway", "a fault of \"channels\": \"fifo\" only");
  }
  if (faults.left.suspicions > 0 && faults.timing == Timing::asynchronous && v.sound({"/faults/timing"})) {
    v.error("/faults/suspicions", "E1224",
            "suspicions need synchronous timing: with asynchronous timing every timer may fire too early anyway",
            "\"timing\": \"synchronous\"");
  }

  const auto refuse_of_one = [&](std::string_view pointer, bool wanted) {
    if (!wanted || v.s.transactions != 1 || !v.sound({"/transactions"})) return;
    v.error(std::string(pointer), "E1228", "there is one transaction only", "for 2 transactions or more");
  };
  refuse_of_one("/faults/transaction_order", faults.transaction_order != TransactionOrder::overlapping);
  refuse_of_one("/faults/messages", faults.messages != Messages::numbered);

  const std::size_t participants = v.s.participants.size();
  const bool torn = faults.left.crashes > 0 && faults.crash_points == CrashPoints::effects;
  if (torn && participants > kWidestTornBroadcast && v.sound({"/participants", "/faults/crash_points"})) {
    v.error("/faults/crashes", "E1225",
            "a broadcast to " + std::to_string(participants) + " nodes, torn by a crash, has too many parts (at most " +
                std::to_string(kWidestTornBroadcast) + " nodes)",
            "--crash-points handlers, or fewer participants");
  }
  if (faults.left.partitions > 0 && participants + 1 > kMostNodesPartitioned && v.sound({"/participants"})) {
    v.error("/faults/partitions", "E1226",
            std::to_string(participants + 1) + " nodes, the coordinator included, split in too many ways (at most " +
                std::to_string(kMostNodesPartitioned) + " nodes)",
            "fewer participants");
  }
}

void validate_chance(Validation& v, const std::string& pointer, const Probability& chance) {
  const std::string got = std::to_string(chance.numerator) + "/" + std::to_string(chance.denominator);
  if (chance.denominator == 0) v.error(pointer, "E1204", "zero denominator, got " + got);
  if (chance.denominator != 0 && chance.numerator > chance.denominator) {
    v.error(pointer, "E1203", "expected a number in [0, 1], got " + got);
  }
}

// Of nodes that there are, and that may crash.
static void validate_crash_by_node(Validation& v) {
  if (!v.sound({"/participants"})) return;
  const NodeSet may = v.s.faults.crash_only;
  for (std::size_t i = 0; i < v.s.chances.crash_by_node.size(); ++i) {
    const NodeId node = node_id(i);
    if (i > v.s.participants.size()) {
      if (v.s.chances.may_crash(node)) v.error("/chances/crash", "E1213", "unknown node");
      continue;
    }
    const std::string name(i == 0 ? kCoordinatorName : std::string_view(v.s.participants[i - 1].name));
    const std::string place = "/chances/crash" + pointer_step(name);
    validate_chance(v, place, v.s.chances.crash_of(node));
    if (may.empty() || may.has(node) || !v.s.chances.may_crash(node) || !v.sound({"/faults/crash_only"})) continue;
    v.error(place, "E1233", in_quotes(name) + " never crashes: \"crash_only\" does not name it", "name it there, or leave its chance out");
  }
}

void validate_chances(Validation& v) {
  const Chances& chances = v.s.chances;
  validate_chance(v, "/chances/loss", chances.loss);
  validate_chance(v, "/chances/duplicate", chances.duplicate);
  validate_chance(v, "/chances/reorder", chances.reorder);
  validate_chance(v, "/chances/crash", chances.crash);
  validate_chance(v, "/chances/disk_loss", chances.disk_loss);
  validate_chance(v, "/chances/recovery", chances.recovery);
  validate_crash_by_node(v);
  if (chances.recovery != Probability{1, 1} && v.s.faults.recovery == Recovery::never && v.sound({"/faults/recovery"})) {
    v.error("/chances/recovery", "E1232", "no node comes back anyway: recovery is off", "--recovery, or \"recovery\": true in \"faults\"");
  }
  for (std::size_t i = 0; i < v.s.participants.size(); ++i) {
    validate_chance(v, place_of_participant(i) + "/success", v.s.participants[i].success.value_or(Probability{}));
  }
}

static std::string milliseconds(const Rational& time) { return exact_text(time / 1'000'000) + " ms"; }

// With any timing, a tick that is over before the fastest message has come is hardly meant.
static void warn_of_short_ticks(Validation& v) {
  const Delay& message = v.s.delays.message;
  const bool bounded = message.kind == Delay::Kind::constant || message.kind == Delay::Kind::uniform;
  if (!bounded || v.s.delays.timeout >= message.time) return;
  v.warning("/delays/timeout", "W2001", "a timer may fire before any message has arrived: timeout " + milliseconds(v.s.delays.timeout) +
            " < least message delay " + milliseconds(message.time), "timers of two or three ticks wait so many times as long");
}

// A timer must not fire while an answer may be under way: there and back is twice the greatest delay.
static void validate_synchrony(Validation& v) {
  if (!v.sound({"/delays", "/protocol", "/faults/timing"})) return;
  const ProtocolFacts* protocol = v.protocol();
  const bool assumed = protocol != nullptr && protocol->assumes_synchrony;
  if (!assumed && v.s.faults.timing != Timing::synchronous) return warn_of_short_ticks(v);
  const Nanoseconds delay = greatest(v.s.delays.message);
  if (v.s.delays.timeout >= 2 * delay) return;
  const std::string whose = assumed ? "synchrony assumption of " + escaped(v.s.protocol) : std::string("synchronous timing");
  const std::string longest = delay == kGreatestDelay ? ", but a message may take any time"
                                                      : " < 2 x greatest message delay " + milliseconds(delay);
  v.warning("/delays/timeout", "W2001", whose + " violated by this scenario: timeout " + milliseconds(v.s.delays.timeout) + longest,
            "a timer may fire before an answer arrives");
}

void validate_delays(Validation& v) {
  const Delays& delays = v.s.delays;
  const auto check = [&](std::string pointer, const Delay& delay) {
    if (!is_valid(delay)) v.error(std::move(pointer), "E1206", "not a distribution of delays from 0 to 2^53 ns");
  };
  check("/delays/message", delays.message);
  check("/delays/force", delays.force);
  check("/delays/recovery", delays.recovery);
  const auto limit = [&](std::string pointer, Nanoseconds time, Nanoseconds least) {
    if (time < least) v.error(std::move(pointer), "E1209", least > 0 ? "expected a time above 0" : "expected a time of at least 0");
    if (time > kGreatestDelay) v.error(std::move(pointer), "E1208", "expected a time of at most 2^53 ns, about 104 days");
  };
  limit("/delays/timeout", delays.timeout, 1);
  limit("/delays/every", delays.every, 0);
  limit("/delays/horizon", delays.horizon, 1);
  if (is_valid(delays.message)) validate_synchrony(v);
}

// What a script cannot do, since by then there is nothing that it could change: only where that is certain, whatever chance does and
// whatever the faults that wait for an effect come to.
static void warn_of_nothing_to_change(Validation& v) {
  using What = ScriptedFault::Do;
  const auto& script = v.s.script;
  const auto waits = [&](What what, NodeId whom) {
    return std::any_of(script.begin(), script.end(), [&](const ScriptedFault& fault) { return fault.at < 0 && fault.what == what && (what == What::partition || fault.whom == whom); });
  };
  std::vector<std::size_t> timed;
  for (std::size_t i = 0; i < script.size(); ++i)
    if (script[i].at >= 0) timed.push_back(i);
  std::stable_sort(timed.begin(), timed.end(), [&](std::size_t a, std::size_t b) { return script[a].at < script[b].at; });
  NodeSet down;
  bool parted = false;
  for (const std::size_t i : timed) {
    const ScriptedFault& fault = script[i];
    const bool returns = v.s.faults.recovery == Recovery::any_time || waits(What::recover, fault.whom);
    const bool stops = v.s.chances.may_crash(fault.whom) || waits(What::crash, fault.whom);
    const auto name = [&] { return fault.whom == kCoordinator ? std::string(kCoordinatorName) : v.s.participants[index(fault.whom) - 1].name; };
    const auto warn = [&](const std::string& why) { v.warning("/script/" + std::to_string(i), "W2002", "scripted fault " + std::to_string(i + 1) + ", at " + milliseconds(fault.at) + ", changes nothing: " + why); };
    if (fault.what == What::crash && down.has(fault.whom) && !returns) warn(escaped(name()) + " is down already");
    if (fault.what == What::recover && !down.has(fault.whom) && !stops) warn(escaped(name()) + " is up");
    if (fault.what == What::heal && !parted && !waits(What::partition, {})) warn("there is no partition to heal");
    if (fault.what == What::crash) down.add(fault.whom);
    if (fault.what == What::recover) down = down.without(fault.whom);
    if (fault.what == What::partition || fault.what == What::heal) parted = fault.what == What::partition;
  }
}

void validate_script(Validation& v) {
  const NodeSet all = NodeSet::first(v.s.participants.size() + 1);
  bool known = true;
  // No transaction lasts longer than the horizon, and none begins later than `every` after the one before it is over.
  const Rational longest_run = Rational(v.s.transactions) * (Rational(v.s.delays.horizon) + Rational(v.s.delays.every));
  for (std::size_t i = 0; i < v.s.script.size(); ++i) {
    const ScriptedFault& fault = v.s.script[i];
    const std::string place = "/script/" + std::to_string(i);
    if (Rational(fault.at) > longest_run && v.sound({"/delays", "/transactions"})) {
      v.error(place + "/at", "E1220", "after the end of any run: " + milliseconds(fault.at) + " > " + milliseconds(longest_run),
              "a longer \"horizon\" in \"delays\"");
    }
    if (!v.sound({"/participants"}) || all.includes(NodeSet(fault.node) | NodeSet(fault.whom) | fault.side)) continue;
    v.error(place, "E1213", "unknown node");
    known = false;
  }
  if (known && v.sound({"/participants", "/faults/recovery", "/script"})) warn_of_nothing_to_change(v);
}

}  // namespace commitlab
