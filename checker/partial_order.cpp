#include "checker/partial_order.hpp"

#include <algorithm>

#include "checker/watch.hpp"

namespace commitlab {

namespace {

constexpr std::size_t kMostBetween = 4096;  // own parts between

/// Why the question does not allow it; empty if it does.
std::string refusal(const Relation& relation, const Question& question, bool own_properties) {
  if (asked(question, Property::AC5) || asked(question, Property::NB)) return "AC5 and NB ask what every world can reach";
  if (own_properties) return "the protocol has properties of its own, which may look at anything";
  if (relation.needs_context()) return "failure detectors look at all messages in flight";
  if (question.faults.channels == Channels::sticky) return "messages of sticky channels are never taken away";
  if (question.faults.recovery == Recovery::when_faults_stop) return "faults may stop at any time";
  return "";
}

void add(std::vector<std::uint64_t>& bits, std::uint32_t message) {
  if (bits.size() <= message / 64) bits.resize(message / 64 + 1);
  bits[message / 64] |= std::uint64_t{1} << message % 64;
}

}  // namespace

PartialOrder::PartialOrder(Relation& relation, const std::vector<std::vector<Number>>& starts, const Question& question, bool own_properties)
    : relation_(relation), why_not_(refusal(relation, question, own_properties)), fifo_(question.faults.channels == Channels::fifo),
      inboxes_(relation.nodes()), alone_(relation.nodes()), futures_(relation.nodes()) {
  number_of({});
  if (!why_not_.empty()) return;
  local_.emplace(relation, starts);
  if (!local_->complete()) why_not_ = "what the nodes may do by themselves is too much to be looked at in advance";
}

PartialOrder::Set PartialOrder::number_of(Bits bits) {
  while (!bits.empty() && bits.back() == 0) bits.pop_back();
  const auto [found, fresh] = numbers_.try_emplace(bits, static_cast<Set>(sets_.size()));
  if (fresh) sets_.push_back(std::move(bits));
  return found->second;
}

void PartialOrder::choices(Row row, std::vector<Choice>& out) { (void)each(*this, row, out); }
bool PartialOrder::known_choices(Row row, std::vector<Choice>& out) const { return each(*this, row, out); }

template <class Self>
bool PartialOrder::each(Self& self, Row row, std::vector<Choice>& out) {
  out.clear();
  const Header& header = self.relation_.header(row[kHeader]);
  if (!self.why_not_.empty() || !header.calm) return true;
  const std::size_t nodes = self.relation_.nodes();
  Here here{.row = row, .owns = {}, .inboxes = {}, .crashes = !header.crashing.empty()};
  for (std::size_t node = 0; node < nodes; ++node) {
    here.owns[node] = self.local_->own(node, row[own_place(node)]);
    here.inboxes[node] = inbox(self, node, row[inbox_place(node)]);
    if (here.inboxes[node] == Memo::kUnknown) return false;
    // The local steps are closed: from parts that are among them nothing else is reached.
    if (here.owns[node] == LocalSteps::kUnknown || !self.known_inboxes_[here.inboxes[node]].known) return true;
  }
  for (std::size_t node = 0; node < nodes; ++node) {
    if (!(header.up - header.crashing).has(node_id(node))) continue;
    Set may_come = Memo::kUnknown;
    const auto offer = [&](const Label& label) {
      if (may_come == Memo::kUnknown) may_come = coming(self, here, node, nullptr);
      bool fit = false;
      if (may_come == Memo::kUnknown || !consider(self, here, node, label, may_come, fit)) return false;
      if (fit) out.push_back({node, label.event, label.what});
      return true;
    };
    for (const LocalStep& step : self.local_->usual(node, here.owns[node]))
      if (step.event == Event::start && !offer({Event::start, step.what, LocalStep::kNone})) return false;
    const std::uint32_t its = here.inboxes[node];
    for (std::size_t i = 0; i < self.known_inboxes_[its].first.size(); ++i)
      if (!offer({Event::deliver, self.known_inboxes_[its].what[i], self.known_inboxes_[its].first[i]})) return false;
  }
  return true;
}

/// All that others may put to a node before it takes the step: they hear of it only what is on its way already, and what it
/// puts between.
template <class Self>
PartialOrder::Set PartialOrder::coming(Self& self, const Here& here, std::size_t node, const std::vector<Set>* between) {
  Set all = 0;
  for (std::size_t other = 0; other < self.relation_.nodes(); ++other) {
    if (other == node) continue;
    Set heard = self.known_inboxes_[here.inboxes[other]].from[node];
    if (between != nullptr) heard = united(self, heard, (*between)[other]);
    if (heard == Memo::kUnknown) return heard;
    const Set future = futures(self, other, here.owns[other], node, heard, here.crashes);
    if (future == Memo::kUnknown) return future;
    all = united(self, all, future);
    if (all == Memo::kUnknown) return all;
  }
  return all;
}

template <class Self>
bool PartialOrder::consider(Self& self, const Here& here, std::size_t node, const Label& label, Set may_come, bool& fit) {
  for (;;) {
    if (label.message != LocalStep::kNone && self.has(may_come, label.message)) return true;
    const Set others = united(self, self.known_inboxes_[here.inboxes[node]].all, may_come);
    if (others == Memo::kUnknown) return false;
    const std::uint32_t number = alone(self, node, here.owns[node], label, others);
    if (number == Memo::kUnknown) return false;
    const Alone& its = self.known_alone_[number];
    if (!its.commutes) return true;
    const Set then = its.silent ? may_come : coming(self, here, node, &its.between);
    if (then == Memo::kUnknown) return false;
    if (then == may_come) {
      fit = std::none_of(its.puts.begin(), its.puts.end(), [&](const Mail& put) { return self.has(self.known_inboxes_[here.inboxes[put.node]].all, put.message); });
      return true;
    }
    may_come = then;
  }
}

template <class Self>
std::uint32_t PartialOrder::inbox(Self& self, std::size_t node, Number number) {
  std::uint32_t found = self.inboxes_[node].find({number});
  if constexpr (!std::is_const_v<Self>)
    if (found == Memo::kUnknown) {
      found = static_cast<std::uint32_t>(self.known_inboxes_.size());
      self.known_inboxes_.push_back(self.read(node, number));
      self.inboxes_[node].add({number}, found);
    }
  return found;
}

PartialOrder::Inbox PartialOrder::read(std::size_t node, Number number) {
  std::vector<Number> numbers;
  relation_.messages(node, number, numbers);
  Bits all;
  std::vector<Bits> from(relation_.nodes());
  Inbox inbox;
  for (const Number what : numbers) {
    const std::uint32_t message = local_->message(node, what);
    if (message == LocalSteps::kUnknown) {
      inbox.known = false;
      return inbox;
    }
    Bits& channel = from[local_->sender(node, message)];
    if (!fifo_ || channel.empty()) inbox.first.push_back(message), inbox.what.push_back(what);
    add(all, message), add(channel, message);
  }
  inbox.all = number_of(all);
  for (const Bits& channel : from) inbox.from.push_back(number_of(channel));
  return inbox;
}

template <class Self>
PartialOrder::Set PartialOrder::united(Self& self, Set a, Set b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  const MemoKey key{std::min(a, b), std::max(a, b)};
  Set found = self.unions_.find(key);
  if constexpr (!std::is_const_v<Self>)
    if (found == Memo::kUnknown) {
      Bits bits = self.sets_[a];
      bits.resize(std::max(bits.size(), self.sets_[b].size()));
      for (std::size_t i = 0; i < self.sets_[b].size(); ++i) bits[i] |= self.sets_[b][i];
      self.unions_.add(key, found = self.number_of(bits));
    }
  return found;
}

template <class Self>
PartialOrder::Set PartialOrder::futures(Self& self, std::size_t node, std::uint32_t own, std::size_t to, Set heard, bool crashes) {
  const MemoKey key{own, static_cast<std::uint32_t>(to), heard, crashes};
  Set found = self.futures_[node].find(key);
  if constexpr (!std::is_const_v<Self>)
    if (found == Memo::kUnknown) self.futures_[node].add(key, found = self.number_of(self.futures_of(node, own, to, heard, crashes)));
  return found;
}

/// What `node` may ever put to `to` from here on, whatever it hears of others, while of `to` it hears no more than `heard`.
PartialOrder::Bits PartialOrder::futures_of(std::size_t node, std::uint32_t own, std::size_t to, Set heard, bool crashes) const {
  Bits future, seen;
  std::vector<std::uint32_t> open{own};
  add(seen, own);
  const auto follow = [&](const LocalStep& step) {
    if (step.later || step.event == Event::early || (step.stops && !crashes)) return;
    if (step.message != LocalStep::kNone && local_->sender(node, step.message) == to && !has(heard, step.message)) return;
    for (const Mail& put : local_->puts(step))
      if (put.node == to) add(future, put.message);
    if (step.own / 64 < seen.size() && (seen[step.own / 64] >> step.own % 64 & 1) != 0) return;
    add(seen, step.own);
    open.push_back(step.own);
  };
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const LocalStep& step : local_->usual(node, at)) follow(step);
    for (const LocalStep& step : local_->rare(node, at)) follow(step);
  }
  return future;
}

template <class Self>
std::uint32_t PartialOrder::alone(Self& self, std::size_t node, std::uint32_t own, const Label& label, Set others) {
  const MemoKey key{own, label.what, others, label.event == Event::start};
  std::uint32_t found = self.alone_[node].find(key);
  if constexpr (!std::is_const_v<Self>)
    if (found == Memo::kUnknown) {
      found = static_cast<std::uint32_t>(self.known_alone_.size());
      self.known_alone_.push_back(self.alone_of(node, own, label, others));
      self.alone_[node].add(key, found);
    }
  return found;
}

const LocalStep* PartialOrder::find(std::size_t node, std::uint32_t own, const Label& label) const {
  for (const LocalStep& step : local_->usual(node, own))
    if (step.event == label.event && step.what == label.what && !step.later) return step.to_itself ? nullptr : &step;
  return nullptr;
}

/// Conditions 2 and 3, as far as the node itself goes: everything that may happen at it before the step is followed.
PartialOrder::Alone PartialOrder::alone_of(std::size_t node, std::uint32_t own, const Label& label, Set others) {
  Alone its;
  std::vector<Bits> between(relation_.nodes());
  std::vector<std::uint32_t> open{own};
  const auto may_happen = [&](const LocalStep& step) {
    if (step.later || (step.event == label.event && step.what == label.what)) return false;
    if (step.message == LocalStep::kNone) return true;
    const bool behind = fifo_ && label.message != LocalStep::kNone && local_->sender(node, step.message) == local_->sender(node, label.message);
    return has(others, step.message) && !behind;
  };
  for (std::size_t at = 0; at < open.size(); ++at) {
    const std::uint32_t before = open[at];
    const LocalStep* a = find(node, before, label);
    if (a == nullptr || open.size() > kMostBetween) return {};
    if (in_doubt(node, before) && !in_doubt(node, a->own) && !in_doubt(node, own)) return {};
    for (const Mail& put : local_->puts(*a)) its.puts.push_back(put);
    for (const LocalStep& b : local_->usual(node, before)) {
      if (!may_happen(b)) continue;
      const LocalStep* then_a = find(node, b.own, label);
      const LocalStep* then_b = find(node, a->own, {b.event, b.what, b.message});
      if (then_a == nullptr || then_b == nullptr || b.to_itself || then_a->own != then_b->own || !same_puts(*a, *then_b, b, *then_a)) return {};
      for (const Mail& put : local_->puts(b)) add(between[put.node], put.message), its.silent = false;
      if (std::find(open.begin(), open.end(), b.own) == open.end()) open.push_back(b.own);
    }
  }
  for (const Bits& puts : between) its.between.push_back(number_of(puts));
  its.commutes = std::none_of(its.puts.begin(), its.puts.end(), [&](const Mail& put) { return has(its.between[put.node], put.message); });
  return its;
}

/// In a bag by what there is in the end, in fifo channels by the order in each of them, too.
bool PartialOrder::same_puts(const LocalStep& a, const LocalStep& then_b, const LocalStep& b, const LocalStep& then_a) const {
  const auto both = [&](const LocalStep& first, const LocalStep& second) {
    std::vector<Mail> puts;
    for (const LocalStep* step : {&first, &second}) puts.insert(puts.end(), local_->puts(*step).begin(), local_->puts(*step).end());
    if (fifo_) {
      std::stable_sort(puts.begin(), puts.end(), [](const Mail& x, const Mail& y) { return x.node < y.node; });
    } else {
      std::sort(puts.begin(), puts.end());
      puts.erase(std::unique(puts.begin(), puts.end()), puts.end());
    }
    return puts;
  };
  return both(a, then_b) == both(b, then_a);
}

}  // namespace commitlab
