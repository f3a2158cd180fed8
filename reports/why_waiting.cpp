#include "reports/why_waiting.hpp"

#include <algorithm>

#include "reports/named.hpp"
#include "reports/why_silence.hpp"

namespace commitlab {

static int nodes(const Account& account) { return static_cast<int>(account.run().names.size()); }

static const NodeView* end_of(const Account& account, int node, int transaction) {
  const std::size_t i = static_cast<std::size_t>(node) * static_cast<std::size_t>(std::max(account.run().transactions, 1)) + static_cast<std::size_t>(transaction);
  return i < account.run().end.size() ? &account.run().end[i] : nullptr;
}

static bool is_down(const Account& account, int node, int transaction) {
  const NodeView* end = end_of(account, node, transaction);
  return end != nullptr && !end->up;
}

// Where nobody is known to be stuck for ever, everybody who has not decided waits.
static bool waits(const Account& account, int node, int transaction, const Never* never) {
  const NodeView* end = end_of(account, node, transaction);
  if (end == nullptr || !end->up || !end->decided.empty()) return false;
  if (never == nullptr || std::all_of(never->who.begin(), never->who.end(), [](NodeSet who) { return who.empty(); })) return true;
  return never->who[static_cast<std::size_t>(transaction)].has(node_id(static_cast<std::size_t>(node)));
}

bool somebody_waits(const Account& account, int transaction, const Never* never) {
  for (int node = 0; node < nodes(account); ++node)
    if (waits(account, node, transaction, never)) return true;
  return false;
}

bool somebody_is_down(const Account& account) {
  for (int node = 0; node < nodes(account); ++node)
    if (is_down(account, node, 0)) return true;
  return false;
}

// The line since which the node has been in doubt without a break.
static std::optional<std::size_t> in_doubt_since(const Account& account, int node, int transaction) {
  std::optional<std::size_t> since;
  for (const auto& stretch : account.space().stretches) {
    if (stretch.node != node || stretch.transaction != transaction) continue;
    if (!stretch.view.in_doubt) since.reset();
    else if (!since) since = stretch.from.line;
  }
  return since;
}

static std::vector<int> ids(const Account& account, const std::vector<std::string>& names) {
  std::vector<int> ids;
  for (int node = 0; node < nodes(account); ++node)
    if (std::find(names.begin(), names.end(), account.run().names[static_cast<std::size_t>(node)]) != names.end()) ids.push_back(node);
  return ids;
}

namespace {

struct Waiter {
  int node = 0;
  std::optional<std::size_t> in_doubt{};  // since that line
  std::vector<int> whom{};                // for these
  std::string sent{};                     // if that is not known: what it sent them last
};

}  // namespace

static std::string since_text(const Account& account, const std::vector<Waiter>& together) {
  std::vector<std::string> times;
  for (const auto& waiter : together)
    if (const std::string since = account.moment(*waiter.in_doubt); std::find(times.begin(), times.end(), since) == times.end()) times.push_back(since);
  return enumerated(times);
}

// For whom it waits; or else to whom it has sent something last.
static void put_whom(const Account& account, int transaction, const Stuck* stuck, Waiter& waiter) {
  if (stuck != nullptr) {
    for (const auto& wait : stuck->waits)
      if (wait.who == account.run().names[static_cast<std::size_t>(waiter.node)]) waiter.whom = ids(account, wait.whom);
    return;
  }
  for (const auto& message : account.space().messages) {
    if (message.from != waiter.node || message.transaction != transaction || message.copy_of) continue;
    const auto& part = account.line(message.sent.line).parts[static_cast<std::size_t>(message.sent.effect)];
    waiter.whom = part.to, waiter.sent = part.word;
  }
}

// Those that are alike in one: "alice and bob have been in doubt since step 3 and since step 6, and wait for the coordinator".
static std::string waiters(const Account& account, const std::vector<Waiter>& together) {
  std::vector<int> who;
  for (const auto& waiter : together) who.push_back(waiter.node);
  const bool one = who.size() == 1, doubt = together.front().in_doubt.has_value();
  std::string words = account.names(who) + (one ? " has " : " have ") + (doubt ? "been in doubt since " + since_text(account, together) : "not decided");
  const Waiter& first = together.front();
  if (first.whom.empty()) return words;
  const std::string waits = first.sent.empty() ? (one ? " and waits for " : " and wait for ") : " and last sent " + account.words(first.sent) + " to ";
  return words + waits + account.names(first.whom);
}

std::vector<std::string> who_waits(Account& account, int transaction, const Stuck* stuck, const Never* never) {
  std::vector<std::string> told;
  std::vector<std::vector<Waiter>> groups;
  for (int node = 0; node < nodes(account); ++node) {
    if (!waits(account, node, transaction, never)) continue;
    Waiter waiter{.node = node, .in_doubt = in_doubt_since(account, node, transaction)};
    put_whom(account, transaction, stuck, waiter);
    const auto alike = [&](const auto& group) { return group.front().whom == waiter.whom && group.front().sent == waiter.sent && group.front().in_doubt.has_value() == waiter.in_doubt.has_value(); };
    const auto group = std::find_if(groups.begin(), groups.end(), alike);
    if (group == groups.end()) groups.push_back({std::move(waiter)});
    else group->push_back(std::move(waiter));
  }
  std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.front().in_doubt.has_value() > b.front().in_doubt.has_value(); });
  std::vector<bool> explained(static_cast<std::size_t>(nodes(account)));
  const std::size_t end = account.lines();
  for (const auto& group : groups) {
    std::string words = waiters(account, group);
    const std::vector<int>& whom = group.front().whom;
    const auto stop = whom.size() == 1 ? account.down_before(end, whom.front()) : std::nullopt;
    if (stop && !explained[static_cast<std::size_t>(whom.front())]) {
      words += ", which " + account.stop_alone(*stop, "stopped");
      explained[static_cast<std::size_t>(whom.front())] = true;
    } else if (!stop) {
      words += broken_off(account, group.front().node, transaction, end);
    }
    told.push_back(sentence(std::move(words)));
  }
  for (int node = 0; node < nodes(account); ++node) {
    if (explained[static_cast<std::size_t>(node)] || !is_down(account, node, transaction)) continue;
    const auto stop = account.down_before(end, node);
    told.push_back(sentence(stop ? account.stop(*stop, "stopped") : account.name(node) + " is down"));
  }
  return told;
}

}  // namespace commitlab
