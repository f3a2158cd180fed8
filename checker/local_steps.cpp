#include "checker/local_steps.hpp"

#include <algorithm>

namespace commitlab {

LocalSteps::LocalSteps(Relation& relation, const std::vector<std::vector<Number>>& starts) : relation_(relation), nodes_(relation.nodes()), row_(starts.front()), bytes_before_(relation.footprint()) {
  for (std::size_t node = 0; node < nodes_.size(); ++node) nodes_[node].nothing = starts.front()[inbox_place(node)];
  for (const auto& start : starts)
    for (std::size_t node = 0; node < nodes_.size(); ++node) arrive(node, start[kHeader], start[own_place(node)]);
  ask_all();
  moves_ = {};
}

void LocalSteps::arrive(std::size_t node, Number header, Number own) {
  Node& here = nodes_[node];
  if (own >= here.own_of.size()) here.own_of.resize(own + 1, kUnknown);
  std::uint32_t& known = here.own_of[own];
  if (known == kUnknown) {
    known = static_cast<std::uint32_t>(here.owns.size());
    here.owns.push_back({own});
    here.seen.push_back(kUnknown);
  }
  for (std::uint32_t place = here.seen[known]; place != kUnknown; place = here.before[place])
    if (here.places[place].header == header) return;
  here.before.push_back(here.seen[known]);
  here.seen[known] = static_cast<std::uint32_t>(here.places.size());
  here.places.push_back({header, known});
}

std::uint16_t LocalSteps::mail(std::size_t node, Number message, std::size_t sender) {
  Node& there = nodes_[node];
  if (message >= there.message_of.size()) there.message_of.resize(message + 1, kUnknown);
  std::uint32_t& known = there.message_of[message];
  if (known == kUnknown) {
    known = static_cast<std::uint32_t>(there.senders.size());
    there.senders.push_back(sender);
    there.inboxes.push_back(relation_.put(node, there.nothing, message));
    complete_ = complete_ && there.senders.size() < kMostMessages;
  }
  return static_cast<std::uint16_t>(known);
}

void LocalSteps::ask_all() {
  for (bool more = true; more;) {
    more = false;
    for (std::size_t node = 0; node < nodes_.size(); ++node)
      for (std::size_t place = 0; place < nodes_[node].places.size(); ++place)
        while (nodes_[node].places[place].asked <= nodes_[node].inboxes.size()) {
          if (!complete_ || ++lists_ > kMostLists || all_moves_ > kMostMoves || relation_.footprint() > bytes_before_ + kMostBytes) {
            complete_ = false;
            return;
          }
          ask(node, place);
          more = true;
        }
  }
}

void LocalSteps::ask(std::size_t node, std::size_t number) {
  Place& its = nodes_[node].places[number];
  const std::size_t asked = its.asked++;
  const Place place = its;
  row_[kHeader] = place.header;
  row_[own_place(node)] = own_number(node, place.own);
  row_[inbox_place(node)] = asked == 0 ? nodes_[node].nothing : nodes_[node].inboxes[asked - 1];
  moves_.list.clear(), moves_.puts.clear();
  // A node's timer can only fire once those are due that are due first among its own.
  const int fewest = std::min<int>(relation_.pulse(node, row_).fewest_ticks, 256);
  relation_.moves(node, row_, std::min(fewest, 255), {}, moves_);
  all_moves_ += moves_.list.size();
  for (const Move& move : moves_.list) {
    const bool of_message = move.event == Event::deliver;
    if (of_message == (asked > 0)) take(node, place, of_message ? static_cast<std::uint32_t>(asked - 1) : LocalStep::kNone, move);
  }
  if (asked == 0 && relation_.synchronous()) pass_time(node, place, fewest);
}

void LocalSteps::take(std::size_t node, const Place& place, std::uint32_t message, const Move& move) {
  if (move.event == Event::miss || move.event == Event::lose) return;
  const bool stops = !relation_.header(move.header).up.has(node_id(node));
  if (move.fault && move.event == Event::deliver && !stops) return;  // a copy, or one that overtakes: the same but for the flight
  arrive(node, move.header, move.own);
  LocalStep step{.message = message, .what = move.what, .own = own(node, move.own), .first_put = static_cast<std::uint32_t>(puts_.size()), .event = move.event, .stops = stops};
  const bool usual = !move.fault && !move.revives;
  auto& steps = usual ? nodes_[node].owns[place.own].usual : nodes_[node].owns[place.own].rare;
  const auto same = [&](const LocalStep& other) {
    if (usual) return other.message == step.message && other.event == step.event && other.what == step.what;
    return stops && other.message == step.message && other.own == step.own && other.puts == 0 && !other.to_itself;
  };
  if (std::any_of(steps.begin(), steps.end(), same)) return;
  // With ticks left it fires once time has passed: that is its only spread here.
  step.later = usual && move.spread != 0;
  if (!stops) {
    for (std::uint32_t put = move.first_put; put < move.first_put + move.puts; ++put) {
      const Put& sent = moves_.puts[put];
      puts_.push_back({sent.node, mail(sent.node, sent.message, node)});
    }
    step.puts = static_cast<std::uint16_t>(puts_.size() - step.first_put);
    inside_.clear();
    relation_.messages(node, move.inbox, inside_);
    step.to_itself = !inside_.empty();
    for (const Number sent : inside_) (void)mail(node, sent, node);
  }
  steps.push_back(step);
}

/// One tick at a time, until its first timer is due.
void LocalSteps::pass_time(std::size_t node, const Place& place, int fewest) {
  if (fewest < 1 || fewest > 255) return;
  arrive(node, place.header, relation_.spread_own({.forgotten = {}, .ticks = 1, .split = {}}, node, own_number(node, place.own)));
}

}  // namespace commitlab
