#include "reports/why_silence.hpp"

#include <algorithm>

#include "reports/named.hpp"

namespace commitlab {

using Fate = SpaceTime::Fate;

std::optional<std::size_t> came(const Account& account, const std::string& word, int from, int node, int transaction, std::size_t before) {
  for (std::size_t i = 0; i < before && i < account.lines(); ++i) {
    const Trace::Line& line = account.line(i);
    if (line.event == Event::deliver && line.node == node && line.peer == from && line.transaction == transaction && line.word == word) return i;
  }
  return {};
}

// A broadcast that reached others like this node, and not this one.
static std::string torn(Account& account, int node, int transaction, std::size_t before) {
  for (std::size_t i = before; i-- > 0;) {
    const Trace::Line& line = account.line(i);
    const std::vector<int> others = account.left_out(i);
    if (line.transaction != transaction || std::find(others.begin(), others.end(), node) == others.end()) continue;
    const std::string& word = line.parts[line.parts.size() - 2].word;
    if (came(account, word, line.node, node, transaction, before)) continue;
    const std::string words = ", because " + account.words(word) + " from " + account.name(line.node) + " had not reached " + account.name(node);
    return account.told(i) ? words : words + ": " + account.stop(i, "had stopped");
  }
  return "";
}

static std::optional<std::size_t> split_before(const Account& account, std::size_t before) {
  for (std::size_t i = before; i-- > 0;)
    if (account.line(i).event == Event::partition) return i;
  return {};
}

// All that vanished in one line as these words did: "precommit from the coordinator to alice and bob".
static std::string all_of_it(const Account& account, const SpaceTime::Message& message) {
  std::vector<int> to;
  for (const auto& other : account.space().messages) {
    const bool same = other.word == message.word && other.from == message.from && other.transaction == message.transaction;
    if (same && other.fate == message.fate && other.ended.line == message.ended.line) to.push_back(other.to);
  }
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
  return account.words(message) + " to " + account.names(to);
}

static std::string vanished(Account& account, const SpaceTime::Message& message) {
  const std::size_t i = message.ended.line;
  const std::string unreached = account.words(message) + " had not reached " + account.name(message.to);
  if (message.fate == Fate::lost) {
    if (account.told(i)) return unreached;
    account.tell(i);
    return all_of_it(account, message) + " was lost " + account.at(i);
  }
  if (message.fate == Fate::missed) {
    const auto down = account.down_before(i, message.to);
    if (!down || account.told(*down)) return all_of_it(account, message) + " was missed " + account.at(i);
    return all_of_it(account, message) + " was missed " + account.at(i) + ": " + account.stop(*down, "had stopped");
  }
  const auto split = split_before(account, i + 1);
  if (!split || account.told(*split)) return unreached;
  account.tell(*split);
  if (*split == i) return all_of_it(account, message) + " was cut off when the network split " + account.at(i);
  return all_of_it(account, message) + ", sent " + account.at(i) + ", was cut off: the network had split " + account.at(*split);
}

// The latest message to the node that vanished, or else the latest from it; none that came later or before all the same.
static std::string kept_away(Account& account, int node, int transaction, std::size_t before) {
  for (const bool to_it : {true, false}) {
    const auto& messages = account.space().messages;
    for (std::size_t i = messages.size(); i-- > 0;) {
      const SpaceTime::Message& message = messages[i];
      const bool of_it = (to_it ? message.to : message.from) == node && message.transaction == transaction;
      const bool gone = message.fate == Fate::lost || message.fate == Fate::severed || message.fate == Fate::missed;
      if (!of_it || !gone || message.sent.line >= before || message.ended.line >= before) continue;
      if (came(account, message.word, message.from, message.to, transaction, before)) continue;
      return ", because " + vanished(account, message);
    }
  }
  return "";
}

static std::string stopped(Account& account, int node, std::size_t before) {
  std::vector<std::string> stops;
  for (int other = 0; other < static_cast<int>(account.run().names.size()); ++other)
    if (const auto down = account.down_before(before, other); down && other != node && !account.told(*down)) stops.push_back(account.stop(*down, "had stopped"));
  return stops.empty() ? "" : ", after " + enumerated(stops);
}

// The first message under way: to the node, from it, or to anybody.
static const SpaceTime::Message* under_way(const Account& account, int node, int transaction, std::size_t before) {
  const SpaceTime::Message* found = nullptr;
  int best = 0;
  for (const auto& message : account.space().messages) {
    const bool is_so = message.transaction == transaction && message.sent.line < before && message.ended.line >= before &&
                       message.fate != Fate::merged && !message.copy_of && !account.down_before(before, message.to);
    const int nearness = message.to == node ? 3 : message.from == node ? 2 : 1;
    if (is_so && nearness > best) found = &message, best = nearness;
  }
  return found;
}

static bool anything_came(const Account& account, int node, int transaction, std::size_t before) {
  for (std::size_t i = 0; i < before; ++i) {
    const Trace::Line& line = account.line(i);
    if (line.event == Event::deliver && line.node == node && line.transaction == transaction) return true;
  }
  return false;
}

std::string broken_off(Account& account, int node, int transaction, std::size_t before) {
  std::string words = torn(account, node, transaction, before);
  return words.empty() ? kept_away(account, node, transaction, before) : words;
}

// The split that holds a message back just before a line.
static std::optional<std::size_t> held_by(const Account& account, const SpaceTime::Message& message, std::size_t before) {
  for (const auto& split : account.space().splits) {
    const auto on_side = [&](int node) { return std::find(split.side.begin(), split.side.end(), node) != split.side.end(); };
    if (split.from.line < before && before <= split.to.line && on_side(message.from) != on_side(message.to)) return split.from.line;
  }
  return {};
}

std::string silence(Account& account, int node, int transaction, std::size_t before) {
  if (std::string words = broken_off(account, node, transaction, before); !words.empty()) return words;
  if (std::string words = stopped(account, node, before); !words.empty()) return words;
  if (const auto* message = under_way(account, node, transaction, before); message != nullptr) {
    const std::string words = account.words(*message) + (message->to == node ? "" : " to " + account.name(message->to));
    const auto split = held_by(account, *message, before);
    if (!split) return ", while " + words + " was still under way";
    if (account.told(*split)) return ", because " + words + " was held back";
    account.tell(*split);
    return ", because " + words + " was held back: the network had split " + account.at(*split);
  }
  return anything_came(account, node, transaction, before) ? "" : ", before any message had come to " + account.name(node);
}

}  // namespace commitlab
