#include "reports/why_decision.hpp"

#include <algorithm>

#include "reports/why_silence.hpp"

namespace commitlab {

using What = Trace::Effect::What;

std::vector<Taken> decisions(const Account& account, int transaction) {
  std::vector<Taken> all;
  for (std::size_t i = 0; i < account.lines(); ++i) {
    const Trace::Line& line = account.line(i);
    if (line.network || line.transaction != transaction) continue;
    for (const auto& part : line.parts) {
      if (part.what != What::decide) continue;
      const Taken taken{i, line.node, part.word == "commit"};
      const auto same = [&](const Taken& other) { return other.node == taken.node && other.commit == taken.commit; };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(taken);
    }
  }
  return all;
}

static bool decides(const Trace::Line& line) {
  return std::any_of(line.parts.begin(), line.parts.end(), [](const auto& part) { return part.what == What::decide; });
}

std::string Decisions::tell(const Taken& taken) {
  const Trace::Line& line = account_.line(taken.line);
  explained_.insert(taken.line);
  const bool refuses = !taken.commit && account_.refuses(taken.node, line.transaction);
  std::string words = account_.name(taken.node) + (refuses ? ", who votes no," : "") + (taken.commit ? " committed " : " aborted ") + account_.at(taken.line);
  words += on_what(taken.line);
  return words + behind(taken.line);
}

std::string Decisions::on_what(std::size_t i) {
  const Trace::Line& line = account_.line(i);
  if (account_.is_fault(i) && !account_.stops(i)) account_.tell(i);
  switch (line.event) {
    case Event::deliver: return " on " + account_.words(line.word) + " from " + account_.name(line.peer);
    case Event::timeout: return " on a timeout";
    case Event::early: return " on a timer that fired early";
    case Event::suspect: return std::string(line.falsely ? " on a false report" : " on a report") + " that " + account_.name(line.peer) + " was down";
    case Event::act: return " by choice (" + account_.words(line.word) + ")";
    case Event::start: return " on starting";
    case Event::recover: return " on coming back";
    case Event::wipe: return " on coming back without a log";
    default: return "";
  }
}

std::string Decisions::behind(std::size_t i) {
  const Trace::Line& line = account_.line(i);
  switch (line.event) {
    case Event::deliver: return chain(i);
    case Event::timeout:
    case Event::early: {
      const std::string words = silence(account_, line.node, line.transaction, i);
      return words.empty() ? heard(i) : words;
    }
    case Event::suspect:
      if (const auto& stop = account_.space().cause[i]; !line.falsely && stop && !account_.told(*stop)) return ": " + account_.stop(*stop, "had stopped");
      return "";
    case Event::recover:
    case Event::wipe: return log_found(i);
    default: return "";
  }
}

std::string Decisions::heard(std::size_t i) {
  const Trace::Line& line = account_.line(i);
  for (std::size_t k = i; k-- > 0;) {
    const Trace::Line& other = account_.line(k);
    if (other.event == Event::deliver && other.node == line.node && other.transaction == line.transaction)
      return ", after " + account_.words(other.word) + " from " + account_.name(other.peer) + " had come " + account_.at(k) + chain(k);
  }
  return "";
}

std::string Decisions::odd(std::size_t i) {
  const auto& which = account_.space().message_of[i];
  if (!which) return "";
  const auto original = [&](std::size_t m) { return account_.space().messages[m].copy_of.value_or(m); };
  const int transaction = account_.message(i)->transaction;
  std::string words;
  if (transaction != account_.line(i).transaction) words += ", a message of transaction " + std::to_string(transaction + 1);
  for (std::size_t k = 0; k < i; ++k) {
    const auto& earlier = account_.space().message_of[k];
    if (!account_.line(k).copy || !earlier || original(*earlier) != original(*which)) continue;
    account_.tell(k);
    return words + ", which had come " + account_.at(k) + " already";
  }
  return words;
}

// Back over the messages without which it would not have come, to the line that no message brought about.
std::string Decisions::chain(std::size_t i) {
  std::string words = odd(i);
  const SpaceTime::Message* message = account_.message(i);
  if (message == nullptr) return words;
  const std::size_t sent = message->sent.line;
  std::size_t at = sent;
  const auto ends = [&] {
    const Trace::Line& line = account_.line(at);
    const bool refusal = decides(line) && account_.refuses(line.node, line.transaction);
    return explained_.contains(at) || line.event != Event::deliver || account_.message(at) == nullptr || refusal || !odd(at).empty();
  };
  while (!ends()) at = account_.message(at)->sent.line;
  const Event event = account_.line(at).event;
  if (explained_.contains(at) || event == Event::start) return words;
  explained_.insert(at);
  if (at != sent) return words + ", which goes back to " + root(at);
  const Trace::Line& line = account_.line(at);
  words += ", which " + account_.name(line.node) + " had sent " + account_.at(at) + on_what(at);
  return words + (account_.refuses(line.node, line.transaction) && event == Event::deliver && odd(at).empty() ? " with a vote of no" : behind(at));
}

std::string Decisions::root(std::size_t i) {
  const Trace::Line& line = account_.line(i);
  const std::string name = account_.name(line.node), at = account_.at(i);
  const std::string of = name + " " + at;
  if (account_.is_fault(i) && !account_.stops(i)) account_.tell(i);
  switch (line.event) {
    case Event::timeout: return "a timeout of " + of + behind(i);
    case Event::early: return "a timer of " + name + " that fired early " + at + behind(i);
    case Event::suspect: return std::string(line.falsely ? "a false report to " : "a report to ") + of + " that " + account_.name(line.peer) + " was down" + behind(i);
    case Event::recover: return "the return of " + of + behind(i);
    case Event::wipe: return "the return of " + name + " without a log " + at + behind(i);
    case Event::act: return "the choice of " + of + " (" + account_.words(line.word) + ")";
    case Event::deliver:
      if (odd(i).empty()) return "the vote of " + name + ", no, " + at;
      return account_.words(line.word) + " from " + account_.name(line.peer) + " to " + of + odd(i);
    default: return account_.words(line.happened) + " of " + of;
  }
}

std::string Decisions::log_found(std::size_t i) {
  const Trace::Line& line = account_.line(i);
  std::string words;
  const auto stop = account_.space().cause[i];
  auto log = account_.log_before(i, line.node);
  std::erase_if(log, [&](const auto& record) { return record.transaction != line.transaction; });
  if (line.event == Event::recover) words += log.empty() ? " with nothing in the log" : " with " + account_.words(log.back().word) + " last in the log";
  const auto lost = stop ? account_.lost_in(*stop) : std::vector<Account::Written>{};
  if (!lost.empty()) {
    words += ", because " + account_.words(lost.front().word) + ", written " + account_.at(lost.front().line) + " and not yet on disk, was lost when ";
    return words + account_.stop(*stop, "stopped");
  }
  if (stop && !account_.told(*stop)) words += ", after " + account_.stop(*stop, "had stopped");
  if (line.event == Event::wipe && !log.empty()) words += ": " + account_.words(log.back().word) + ", written " + account_.at(log.back().line) + ", was gone";
  return words;
}

}  // namespace commitlab
