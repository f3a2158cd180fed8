#include "reports/why_account.hpp"

#include <algorithm>
#include <sstream>

#include "reports/named.hpp"
#include "reports/numbers.hpp"

namespace commitlab {

using What = Trace::Effect::What;

std::string Account::name(int node) const {
  const auto i = static_cast<std::size_t>(node);
  if (node < 0 || i >= run_.names.size()) return "node " + std::to_string(node);
  return node == 0 && run_.names[0] == "coordinator" ? "the coordinator" : run_.names[i];
}

std::string Account::names(const std::vector<int>& nodes) const {
  std::vector<std::string> words;
  for (const int node : nodes) words.push_back(name(node));
  return enumerated(words);
}

std::string Account::words(const std::string& message) const { return with_names(message, run_.names); }

std::string Account::words(const SpaceTime::Message& message) const { return words(message.word) + " from " + name(message.from); }

std::string Account::moment(std::size_t i) const {
  return clock_ == Clock::virtual_time ? milliseconds(line(i).at_ns) + " ms" : "step " + std::to_string(i + 1);
}

std::string Account::at(std::size_t i) const { return "at " + moment(i); }

std::string Account::amid(std::size_t i) const { return (clock_ == Clock::virtual_time ? "in the middle of a step at " : "in the middle of ") + moment(i); }

bool Account::refuses(int node, int transaction) const {
  if (node < 1 || static_cast<std::size_t>(transaction) >= run_.votes.size()) return false;
  std::istringstream votes(run_.votes[static_cast<std::size_t>(transaction)]);
  std::string vote;
  for (int i = 0; i < node; ++i)
    if (!(votes >> vote)) return false;
  return vote == "no";
}

static bool stops_within(const Trace::Line& line) { return !line.parts.empty() && line.parts.back().what == What::crash; }

bool Account::stops(std::size_t i) const { return line(i).event == Event::crash || stops_within(line(i)); }

bool Account::is_fault(std::size_t i) const {
  switch (line(i).event) {
    case Event::lose:
    case Event::early:
    case Event::wipe:
    case Event::crash:
    case Event::partition: return true;
    case Event::deliver:
    case Event::miss:
    case Event::start:
    case Event::timeout:
    case Event::suspect:
    case Event::act:
    case Event::recover:
    case Event::heal:
    case Event::stop_faults: return stops(i) || line(i).copy || line(i).falsely;
  }
  return false;
}

std::string Account::fault(std::size_t i) {
  tell(i);
  const Trace::Line& line = this->line(i);
  const SpaceTime::Message* its = message(i);
  if (stops(i)) return stop(i, "stopped");
  if (line.copy && its != nullptr) return words(*its) + " reached " + name(line.node) + " a first time " + at(i) + ", and came again";
  if (line.falsely) return name(line.node) + " was told " + at(i) + " that " + name(line.peer) + " was down, which was not so";
  switch (line.event) {
    case Event::lose: return words(line.word) + " from " + name(line.peer) + " to " + name(line.node) + " was lost " + at(i);
    case Event::early: return "a timer of " + name(line.node) + " fired early " + at(i);
    case Event::wipe: return name(line.node) + " came back without a log " + at(i);
    case Event::partition: return "the network split " + at(i);
    default: return "";
  }
}

std::string Account::stop(std::size_t i, const std::string& verb) { return name(line(i).node) + " " + stop_alone(i, verb); }

std::string Account::stop_alone(std::size_t i, const std::string& verb) {
  tell(i);
  const Trace::Line& line = this->line(i);
  if (!stops_within(line)) return verb + " " + at(i);
  std::string words = verb + " " + amid(i);
  const auto sends = [](const Trace::Effect& part) { return part.what == What::send; };
  if (std::none_of(line.parts.begin(), line.parts.end(), sends)) return words + ", before that step sent anything";
  if (left_out(i).empty()) return words;
  const Trace::Effect& last = line.parts[line.parts.size() - 2];
  return words + ", when " + this->words(last.word) + " had gone to " + names(last.to) + " only";
}

std::optional<std::size_t> Account::down_before(std::size_t i, int node) const {
  for (std::size_t k = i; k-- > 0;) {
    const Trace::Line& line = this->line(k);
    if (line.network || line.node != node) continue;
    if (stops(k)) return k;
    if (line.event != Event::miss && line.event != Event::lose) return {};
  }
  return {};
}

// Was a node sent the last message of this line once before?
bool Account::sent_before(std::size_t i, int node) const {
  const Trace::Line& line = this->line(i);
  const std::string& word = line.parts[line.parts.size() - 2].word;
  return std::any_of(space_.messages.begin(), space_.messages.end(), [&](const auto& message) {
    return message.sent.line < i && message.from == line.node && message.to == node && message.transaction == line.transaction && message.word == word;
  });
}

std::vector<int> Account::left_out(std::size_t i) const {
  const Trace::Line& line = this->line(i);
  if (!stops_within(line) || line.parts.size() < 2 || line.parts[line.parts.size() - 2].what != What::send) return {};
  const std::vector<int>& reached = line.parts[line.parts.size() - 2].to;
  const auto participates = [](int node) { return node != 0; };
  if (std::none_of(reached.begin(), reached.end(), participates)) return {};
  std::vector<int> others;
  for (int node = 1; node < static_cast<int>(run_.names.size()); ++node)
    if (node != line.node && std::find(reached.begin(), reached.end(), node) == reached.end() && !sent_before(i, node)) others.push_back(node);
  return others;
}

// What the lines up to one have written, and each crash has taken.
static std::vector<Account::Written> log_of(const Trace& run, std::size_t end, int node, std::vector<Account::Written>* lost) {
  std::vector<Account::Written> log, taken;
  const auto lose = [&](int records) {
    const auto count = std::min(static_cast<std::size_t>(std::max(records, 0)), log.size());
    taken.assign(log.end() - static_cast<std::ptrdiff_t>(count), log.end());
    log.resize(log.size() - count);
  };
  for (std::size_t i = 0; i < end; ++i) {
    const Trace::Line& line = run.lines[i];
    if (line.network || line.node != node) continue;
    if (line.event == Event::wipe) log.clear();
    if (line.event == Event::crash) lose(line.lost_records);
    for (const auto& part : line.parts) {
      if (part.what == What::force || part.what == What::write) log.push_back({i, line.transaction, part.word});
      if (part.what == What::crash) lose(part.count);
    }
  }
  if (lost != nullptr) *lost = std::move(taken);
  return log;
}

std::vector<Account::Written> Account::log_before(std::size_t i, int node) const { return log_of(run_, i, node, nullptr); }

std::vector<Account::Written> Account::lost_in(std::size_t i) const {
  std::vector<Written> lost;
  log_of(run_, i + 1, line(i).node, &lost);
  return lost;
}

std::string sentence(std::string words) {
  if (words.starts_with("the ")) words.front() = 'T';
  return words + ".";
}

}  // namespace commitlab
