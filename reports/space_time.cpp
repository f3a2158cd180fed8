#include "reports/space_time.hpp"

#include <algorithm>

namespace commitlab {

namespace {

using Point = SpaceTime::Point;
using Fate = SpaceTime::Fate;
using Rings = SpaceTime::Rings;
using What = Trace::Effect::What;

/// Goes through a run line by line and keeps what is under way.
class Drawing {
 public:
  explicit Drawing(const Trace& trace) : trace_(trace), transactions_(static_cast<std::size_t>(std::max(trace.transactions, 1))) {
    const std::size_t slots = trace.names.size() * transactions_;
    now_.resize(slots);
    if (trace.begin.size() == slots) now_ = trace.begin;
    since_.resize(slots);
    timer_.resize(slots);
    stopped_.resize(trace.names.size());
    stretches_.resize(slots);
    run_.message_of.resize(trace.lines.size());
    run_.cause.resize(trace.lines.size());
  }

  SpaceTime draw() && {
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) {
      happen(i);
      for (std::size_t k = 0; k < trace_.lines[i].parts.size(); ++k) take_place(i, static_cast<int>(k));
      settle(i);
    }
    close();
    return std::move(run_);
  }

 private:
  std::size_t slot(int node, int transaction) const { return static_cast<std::size_t>(node) * transactions_ + static_cast<std::size_t>(transaction); }
  Point event(std::size_t line) const { return {line, Point::kEvent, trace_.lines[line].at_ns}; }
  bool comes_back() const { return trace_.faults.recovery != Recovery::never; }
  bool severed(int a, int b) const { return on_side(a) != on_side(b); }
  bool on_side(int node) const { return std::find(side_.begin(), side_.end(), node) != side_.end(); }
  bool down(int node) const { return stopped_[static_cast<std::size_t>(node)].has_value(); }

  void happen(std::size_t i) {
    const Trace::Line& line = trace_.lines[i];
    switch (line.event) {
      case Event::deliver: return arrive(i, Fate::delivered);
      case Event::miss: return arrive(i, Fate::missed);
      case Event::lose: return arrive(i, Fate::lost);
      case Event::timeout: return ring(i, Rings::fired);
      case Event::early: return ring(i, Rings::early);
      case Event::suspect: run_.cause[i] = stopped_[static_cast<std::size_t>(line.peer)]; return;
      case Event::recover:
      case Event::wipe: return come_back(i);
      case Event::crash: return stop(line.node, {i, Point::kEvent, line.stopped_ns});
      case Event::partition: return split(i);
      case Event::heal: return heal(i);
      case Event::start:
      case Event::act:
      case Event::stop_faults: return;
    }
  }

  void take_place(std::size_t i, int effect) {
    const Trace::Line& line = trace_.lines[i];
    const Trace::Effect& part = line.parts[static_cast<std::size_t>(effect)];
    const Point point{i, effect, part.at_ns};
    switch (part.what) {
      case What::send:
        for (const int to : part.to) send({.word = part.word, .from = line.node, .to = to, .transaction = line.transaction, .sent = point});
        return;
      case What::arm: return arm(line, part.count, point);
      case What::disarm: return silence(slot(line.node, line.transaction), Rings::disarmed, point);
      case What::crash: return stop(line.node, point);
      case What::force:
      case What::write:
      case What::decide: return;
    }
  }

  /// Equal messages are not told apart: the one that was sent first is taken to arrive first.
  bool equal(const SpaceTime::Message& message, const SpaceTime::Message& other) const {
    const bool same_transaction = trace_.faults.messages == Messages::unnumbered || message.transaction == other.transaction;
    return message.from == other.from && message.to == other.to && same_transaction && message.word == other.word;
  }

  void send(SpaceTime::Message message) {
    message.ended = message.sent, message.gone = message.sent.line;
    if (!comes_back() && down(message.to)) message.fate = Fate::stranded;
    else if (trace_.faults.severed == Severed::lost && severed(message.from, message.to)) message.fate = Fate::severed;
    else if (!trace_.faults.copies && std::any_of(under_way_.begin(), under_way_.end(), [&](std::size_t other) { return equal(run_.messages[other], message); })) message.fate = Fate::merged;
    else message.gone = trace_.lines.size(), under_way_.push_back(run_.messages.size());
    run_.messages.push_back(std::move(message));
  }

  void arrive(std::size_t i, Fate fate) {
    const Trace::Line& line = trace_.lines[i];
    const SpaceTime::Message sought{.word = line.word, .from = line.peer, .to = line.node, .transaction = line.transaction};
    const auto found = std::find_if(under_way_.begin(), under_way_.end(), [&](std::size_t other) { return equal(run_.messages[other], sought); });
    if (found == under_way_.end()) return;
    std::size_t which = *found;
    const bool again = run_.messages[which].fate != Fate::under_way;  // where channels are sticky
    run_.cause[i] = run_.messages[which].sent.line;
    if (line.copy || again) {
      SpaceTime::Message copy = run_.messages[which];
      copy.copy_of = which, copy.gone = 0;
      which = run_.messages.size();
      run_.messages.push_back(std::move(copy));
    } else if (trace_.faults.channels != Channels::sticky) {
      under_way_.erase(found);
      run_.messages[which].gone = i;
    }
    run_.messages[which].fate = fate;
    run_.messages[which].ended = event(i);
    run_.message_of[i] = which;
  }

  /// Ends all messages under way of which it is true.
  void vanish(Fate fate, Point point, auto&& is_so) {
    std::erase_if(under_way_, [&](std::size_t which) {
      auto& message = run_.messages[which];
      if (!is_so(message)) return false;
      message.gone = point.line;
      if (message.fate == Fate::under_way) message.fate = fate, message.ended = point;
      return true;
    });
  }

  void arm(const Trace::Line& line, int ticks, Point point) {
    const std::size_t place = slot(line.node, line.transaction);
    silence(place, Rings::set_again, point);
    timer_[place] = run_.timers.size();
    run_.timers.push_back({.node = line.node, .transaction = line.transaction, .ticks = ticks, .armed = point});
  }
  void silence(std::size_t place, Rings how, Point point) {
    if (!timer_[place]) return;
    auto& timer = run_.timers[*timer_[place]];
    timer.how = how, timer.ended = point;
    timer_[place].reset();
  }
  void ring(std::size_t i, Rings how) {
    const std::size_t place = slot(trace_.lines[i].node, trace_.lines[i].transaction);
    if (timer_[place]) run_.cause[i] = run_.timers[*timer_[place]].armed.line;
    silence(place, how, event(i));
  }

  void stop(int node, Point point) {
    stopped_[static_cast<std::size_t>(node)] = point.line;
    if (!comes_back()) vanish(Fate::stranded, point, [&](const auto& message) { return message.to == node; });
    for (std::size_t t = 0; t < transactions_; ++t) {
      const std::size_t place = slot(node, static_cast<int>(t));
      silence(place, Rings::crashed, point);
      NodeView view{.up = false, .log = now_[place].log};
      look(place, std::move(view), point);
    }
  }
  void come_back(std::size_t i) {
    const int node = trace_.lines[i].node;
    run_.cause[i] = stopped_[static_cast<std::size_t>(node)];
    stopped_[static_cast<std::size_t>(node)].reset();
    for (std::size_t t = 0; t < transactions_; ++t) {
      const std::size_t place = slot(node, static_cast<int>(t));
      NodeView view = now_[place];
      view.up = true;
      look(place, std::move(view), event(i));
    }
  }

  void split(std::size_t i) {
    side_ = trace_.lines[i].side;
    if (trace_.faults.severed == Severed::lost) vanish(Fate::severed, event(i), [&](const auto& message) { return severed(message.from, message.to); });
    run_.splits.push_back({.from = event(i), .side = side_});
  }
  void heal(std::size_t i) {
    side_.clear();
    if (run_.splits.empty()) return;
    run_.splits.back().to = event(i);
    run_.cause[i] = run_.splits.back().from.line;
  }

  static bool alike(const NodeView& a, const NodeView& b) {
    return a.up == b.up && a.in_doubt == b.in_doubt && a.state == b.state && a.log == b.log && a.decided == b.decided;
  }
  /// From this point on, the node looks so.
  void look(std::size_t place, NodeView view, Point point) {
    if (alike(now_[place], view)) return;
    end_stretch(place, point);
    now_[place] = std::move(view);
    since_[place] = point;
  }
  void end_stretch(std::size_t place, Point point) {
    const int node = static_cast<int>(place / transactions_), transaction = static_cast<int>(place % transactions_);
    stretches_[place].push_back({.node = node, .transaction = transaction, .from = since_[place], .to = point, .view = now_[place]});
  }

  /// What the line has made of its node. A node that has stopped in it looks so since then already.
  void settle(std::size_t i) {
    const Trace::Line& line = trace_.lines[i];
    if (line.network) return;
    const std::size_t place = slot(line.node, line.transaction);
    if (line.after.up) look(place, line.after, event(i));
    else now_[place].log = line.after.log;  // what the crash has left of it
  }

  void close() {
    run_.end.line = trace_.lines.size();
    for (const auto& line : trace_.lines) {
      run_.end.at_ns = std::max({run_.end.at_ns, line.at_ns, line.stopped_ns});
      for (const auto& part : line.parts) run_.end.at_ns = std::max(run_.end.at_ns, part.at_ns);
    }
    for (auto& message : run_.messages)
      if (message.fate == Fate::under_way) message.ended = run_.end;
    for (auto& timer : run_.timers)
      if (timer.how == Rings::running) timer.ended = run_.end;
    if (!side_.empty() && !run_.splits.empty()) run_.splits.back().to = run_.end;
    for (std::size_t place = 0; place < stretches_.size(); ++place) {
      end_stretch(place, run_.end);
      run_.stretches.insert(run_.stretches.end(), stretches_[place].begin(), stretches_[place].end());
    }
  }

  const Trace& trace_;
  const std::size_t transactions_;
  SpaceTime run_{};
  std::vector<std::size_t> under_way_{};
  std::vector<int> side_{};
  std::vector<std::optional<std::size_t>> stopped_{};  // [node]: the line, while it is down
  std::vector<NodeView> now_{};                        // [slot]
  std::vector<Point> since_{};
  std::vector<std::optional<std::size_t>> timer_{};
  std::vector<std::vector<SpaceTime::Stretch>> stretches_{};
};

}  // namespace

SpaceTime space_time(const Trace& trace) { return Drawing(trace).draw(); }

std::vector<std::size_t> inbox_after(const SpaceTime& run, std::size_t line, int node) {
  std::vector<std::size_t> inbox;
  for (std::size_t i = 0; i < run.messages.size(); ++i) {
    const auto& message = run.messages[i];
    if (message.to == node && message.sent.line <= line && line < message.gone) inbox.push_back(i);
  }
  return inbox;
}

}  // namespace commitlab
