// What is shown of each event and each effect.
#include <algorithm>

#include "reports/named.hpp"
#include "reports/picture_layout.hpp"

namespace commitlab::picture {

using What = Trace::Effect::What;

std::size_t lane_of(const std::vector<Lane>& lanes, int node, int transaction) {
  const auto found = std::find_if(lanes.begin(), lanes.end(), [&](const Lane& lane) { return lane.node == node && lane.transaction.value_or(transaction) == transaction; });
  return static_cast<std::size_t>(found - lanes.begin());
}

std::string of_transaction(std::string words, int transaction, const Trace& trace) {
  return trace.transactions > 1 ? std::move(words) + " #" + std::to_string(transaction + 1) : std::move(words);
}

// Does each node turn to one transaction after the other, and never back?
static bool one_after_another(const Trace& trace) {
  std::vector<int> latest(trace.names.size(), 0);
  for (const auto& line : trace.lines) {
    if (!runs_handler(line.event)) continue;
    int& last = latest[static_cast<std::size_t>(line.node)];
    if (line.transaction < last) return false;
    last = line.transaction;
  }
  return true;
}

std::vector<Lane> lanes_of(const Trace& trace) {
  constexpr int kSideBySide = 3;
  const bool several = trace.transactions > 1 && trace.transactions <= kSideBySide && !one_after_another(trace);
  std::vector<Lane> lanes;
  for (int node = 0; node < static_cast<int>(trace.names.size()); ++node) {
    if (!several) lanes.push_back({.node = node});
    for (int t = 0; several && t < trace.transactions; ++t) lanes.push_back({.node = node, .transaction = t});
  }
  return lanes;
}

std::vector<Shown> shown_in(const Lane& lane, const Trace& trace) {
  if (lane.transaction) return {{0, *lane.transaction}};
  std::vector<Shown> shown{{0, 0}};
  for (std::size_t i = 0; i < trace.lines.size(); ++i) {
    const auto& line = trace.lines[i];
    if (line.node == lane.node && !line.network && runs_handler(line.event) && line.transaction != shown.back().transaction) shown.push_back({i, line.transaction});
  }
  return shown;
}

// "timeout #2" for "timeout#2".
static std::string spaced(std::string words) {
  if (const auto mark = words.find('#'); mark != words.npos && mark > 0) words.insert(mark, " ");
  return words;
}

Glyph glyph_of(Event event) {
  switch (event) {
    case Event::deliver: return Glyph::arrival;
    case Event::miss: return Glyph::none;
    case Event::lose: return Glyph::lost;
    case Event::start: return Glyph::begin;
    case Event::timeout: return Glyph::fired;
    case Event::early: return Glyph::early;
    case Event::suspect: return Glyph::suspect;
    case Event::act: return Glyph::act;
    case Event::recover: return Glyph::recover;
    case Event::wipe: return Glyph::wipe;
    case Event::crash: return Glyph::crash;
    case Event::partition:
    case Event::heal:
    case Event::stop_faults: return Glyph::border;
  }
  return Glyph::none;
}

Glyph glyph_of(const Trace::Effect& effect) {
  switch (effect.what) {
    case What::send: return Glyph::none;
    case What::force: return Glyph::forced;
    case What::write: return Glyph::written;
    case What::decide: return effect.word == "commit" ? Glyph::commit : Glyph::abort;
    case What::arm: return Glyph::set;
    case What::disarm: return Glyph::disarmed;
    case What::crash: return Glyph::crash;
  }
  return Glyph::none;
}

namespace {

class Telling {
 public:
  Telling(const Trace& trace, const SpaceTime& run, const std::vector<Lane>& lanes) : trace_(trace), run_(run), lanes_(lanes) {}

  std::vector<Mark> tell() && {
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) {
      tell_event(i);
      for (std::size_t k = 0; k < trace_.lines[i].parts.size(); ++k) tell_effect(i, k);
    }
    return std::move(marks_);
  }

 private:
  void tell_event(std::size_t i) {
    const Trace::Line& line = trace_.lines[i];
    Mark mark{.line = i, .at_ns = line.event == Event::crash ? line.stopped_ns : line.at_ns, .glyph = glyph_of(line.event)};
    if (!line.network) mark.lane = lane_of(lanes_, line.node, line.transaction);
    words_left_ = mark.lane == std::size_t{0};
    if (const auto message = run_.message_of[i]) {
      const auto& sent = run_.messages[*message];
      mark.from = lane_of(lanes_, sent.from, sent.transaction);
      mark.from_right = *mark.from > *mark.lane;
      words_left_ = *mark.lane == 0 || (*mark.from_right && *mark.lane + 1 < lanes_.size());
    }
    switch (line.event) {
      case Event::deliver:
      case Event::miss:
      case Event::lose: break;
      case Event::start:
        if (trace_.transactions > 1) say(mark, of_transaction("start", line.transaction, trace_));
        break;
      default: say(mark, spaced(with_names(line.happened, trace_.names)));
    }
    marks_.push_back(std::move(mark));
  }

  void tell_effect(std::size_t i, std::size_t k) {
    const Trace::Line& line = trace_.lines[i];
    const Trace::Effect& part = line.parts[k];
    Mark mark{.line = i, .effect = static_cast<int>(k), .at_ns = part.at_ns, .lane = lane_of(lanes_, line.node, line.transaction), .glyph = glyph_of(part)};
    const std::string word = with_names(part.word, trace_.names);
    switch (part.what) {
      case What::send:
        mark.above = true;
        for (const int to : part.to) (lane_of(lanes_, to, line.transaction) < *mark.lane ? mark.left : mark.right) = of_transaction(word, line.transaction, trace_);
        break;
      case What::force:
      case What::write: say(mark, word); break;
      case What::decide: say(mark, of_transaction(word, line.transaction, trace_)); break;
      case What::arm:
      case What::disarm: break;
      case What::crash: say(mark, line.effects[k]); break;
    }
    marks_.push_back(std::move(mark));
  }

  void say(Mark& mark, std::string words) const { (words_left_ ? mark.left : mark.right) = std::move(words); }

  const Trace& trace_;
  const SpaceTime& run_;
  const std::vector<Lane>& lanes_;
  std::vector<Mark> marks_{};
  bool words_left_ = false;  // of a line: away from the message that it begins with
};

}  // namespace

std::vector<Mark> marks_of(const Trace& trace, const SpaceTime& run, const std::vector<Lane>& lanes) { return Telling(trace, run, lanes).tell(); }

}  // namespace commitlab::picture
