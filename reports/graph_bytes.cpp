#include "reports/graph_bytes.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "reports/deeds.hpp"
#include "reports/named.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

class Bytes {
 public:
  void number(std::uint64_t number) {
    for (; number > 127; number >>= 7) bytes_ += static_cast<char>(number | 128);
    bytes_ += static_cast<char>(number);
  }
  void signed_number(std::int64_t number) { this->number(number < 0 ? 2 * static_cast<std::uint64_t>(-number) - 1 : 2 * static_cast<std::uint64_t>(number)); }
  void raw(std::string_view text) { bytes_ += text; }
  void append(const Bytes& other) { bytes_ += other.bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// What a node can do in a world, and which of all lists of deeds that is.
class Menus {
 public:
  Menus(const FrozenGraph& graph, const Deeds& deeds) {
    for (std::uint64_t world = 0; world < graph.worlds; ++world) {
      std::uint64_t edge = graph.first_edge[world];
      for (std::size_t who = 0; who <= graph.nodes(); ++who) {
        const auto is_its = [&](const Trace::Line& line) { return line.network ? who == graph.nodes() : static_cast<std::size_t>(line.node) == who; };
        std::vector<std::uint32_t> menu;
        for (; edge < graph.first_edge[world + 1] && is_its(graph.happening(graph.edges[edge]).line); ++edge) menu.push_back(deeds.of_edge[edge]);
        const auto [place, fresh] = numbers_.try_emplace(std::move(menu), static_cast<std::uint32_t>(menus_.size()));
        if (fresh) menus_.push_back(&place->first);
        of_.push_back(place->second);
        auto& known = by_parts_[who][parts(graph, world, who)];
        if (std::find(known.begin(), known.end(), of_.back()) == known.end()) known.push_back(of_.back());
        variants_ = variants_ || known.size() > 1;
      }
      if (edge < graph.first_edge[world + 1]) throw std::logic_error("the steps of a world are not in the order of its nodes");
    }
  }
  bool variants() const { return variants_; }

  void write_all(Bytes& out) const {
    out.number(menus_.size());
    for (const auto* menu : menus_) {
      out.number(menu->size());
      std::int64_t before = 0;
      for (const std::uint32_t deed : *menu) out.signed_number(deed - before), before = deed;
    }
  }
  void write_of_worlds(const FrozenGraph& graph, Bytes& out) const {
    std::map<std::size_t, std::map<Parts, std::vector<std::uint32_t>>> told;
    auto menu = of_.begin();
    for (std::uint64_t world = 0; world < graph.worlds; ++world)
      for (std::size_t who = 0; who <= graph.nodes(); ++who, ++menu) {
        auto& known = told[who][parts(graph, world, who)];
        const auto which = static_cast<std::size_t>(std::find(known.begin(), known.end(), *menu) - known.begin());
        if (variants_ && !known.empty()) out.number(which);
        if (which < known.size()) continue;
        out.number(*menu);
        known.push_back(*menu);
      }
  }

 private:
  using Parts = std::array<std::uint32_t, 3>;
  static Parts parts(const FrozenGraph& graph, std::uint64_t world, std::size_t who) {
    if (who == graph.nodes()) return {graph.header(world), 0, 0};
    return {graph.header(world), graph.own(world, who), graph.inbox(world, who)};
  }

  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;
  std::vector<const std::vector<std::uint32_t>*> menus_;
  std::vector<std::uint32_t> of_;  // [world * (nodes + 1) + node]
  std::map<std::size_t, std::map<Parts, std::vector<std::uint32_t>>> by_parts_;
  bool variants_ = false;
};

class Writer {
 public:
  explicit Writer(const FrozenGraph& graph) : graph_(graph) {}

  std::string write() {
    const Deeds deeds = deeds_of(graph_);
    const Menus menus(graph_, deeds);
    write_parts();
    write_happenings();
    write_deeds(deeds);
    menus.write_all(out_);
    write_starts();
    menus.write_of_worlds(graph_, out_);
    write_columns();
    Bytes head;
    for (const std::uint64_t number : {std::uint64_t{graph_.nodes()}, std::uint64_t{graph_.transactions}, graph_.worlds, std::uint64_t{graph_.judged.size()}}) head.number(number);
    head.number(menus.variants());
    head.number(texts_.size());
    for (const auto* text : texts_) head.number(text->size()), head.raw(*text);
    head.append(out_);
    return head.take();
  }

 private:
  void text(const std::string& words) {
    const auto [place, fresh] = numbers_.try_emplace(words, texts_.size());
    if (fresh) texts_.push_back(&place->first);
    out_.number(place->second);
  }
  void text_by_name(const std::string& words) { text(with_names(words, graph_.names)); }
  void nodes(NodeSet set) {
    out_.number(static_cast<std::uint64_t>(set.size()));
    set.each([&](NodeId id) { out_.number(index(id)); });
  }

  void write_parts() {
    out_.number(graph_.headers.size());
    for (const auto& header : graph_.headers) {
      nodes(header.up), nodes(header.side);
      const Budgets& left = header.left;
      for (const std::uint8_t budget : {left.crashes, left.disk_losses, left.losses, left.duplicates, left.reorders, left.partitions, left.suspicions}) out_.number(budget);
      out_.number(header.faults_stopped);
    }
    for (std::size_t node = 0; node < graph_.nodes(); ++node) {
      out_.number(graph_.owns[node].size());
      for (const auto& own : graph_.owns[node])
        for (const NodeView& part : own) write_part(part);
      out_.number(graph_.inboxes[node].size());
      for (const auto& inbox : graph_.inboxes[node]) {
        out_.number(inbox.size());
        for (const auto& message : inbox) {
          out_.number(static_cast<std::uint64_t>(message.from)), out_.number(static_cast<std::uint64_t>(message.transaction));
          text_by_name(message.word);
        }
      }
    }
  }
  void write_part(const NodeView& part) {
    text_by_name(part.state), text(part.decided);
    out_.number(part.in_doubt);
    out_.number(part.log.size());
    for (const auto& record : part.log) text_by_name(record);
  }

  void write_happenings() {
    out_.number(graph_.happenings.size());
    for (const auto& [line, fault, revives] : graph_.happenings) {
      out_.number(line.network ? 0 : static_cast<std::uint64_t>(line.node) + 1);
      text(std::string(name_of(line.event))), out_.number(fault);
      text(line.happened), text_by_name(line.happened);
      out_.number(line.effects.size());
      for (const auto& effect : line.effects) text(effect), text_by_name(effect);
    }
  }

  void write_deeds(const Deeds& deeds) {
    for (std::size_t place = 0; place < graph_.places(); ++place) {
      std::uint32_t parts = 0;
      for (std::uint64_t world = 0; world < graph_.worlds + graph_.beyond; ++world) parts = std::max(parts, graph_.rows[world * graph_.places() + place] + 1);
      out_.number(parts);
      out_.number(deeds.becomings[place].size());
      for (const auto& becoming : deeds.becomings[place]) {
        out_.number(becoming.size());
        std::int64_t last = 0;
        for (const auto& [before, after] : becoming) {
          out_.number(static_cast<std::uint64_t>(before - last)), out_.signed_number(std::int64_t{after} - before);
          last = before;
        }
      }
    }
    out_.number(deeds.deeds.size());
    std::int64_t last = 0;
    for (const auto& deed : deeds.deeds) {
      out_.signed_number(deed.happening - last), last = deed.happening;
      out_.number(deed.at.size());
      for (const auto& [place, becoming] : deed.at) out_.number(place), out_.number(becoming);
    }
  }

  void write_starts() {
    out_.number(graph_.starts.size());
    for (const auto& start : graph_.starts)
      for (std::size_t place = 0; place < graph_.places(); ++place) out_.number(graph_.rows[start.world * graph_.places() + place]);
  }

  void write_columns() {
    for (const auto blocked : graph_.blocked) out_.number(static_cast<std::uint64_t>(blocked));
    const auto distances = [&](const std::vector<std::uint32_t>& column) {
      for (const std::uint32_t distance : column) out_.number(distance == FrozenGraph::kNever ? 0 : std::uint64_t{distance} + 1);
    };
    distances(graph_.to_blocked), distances(graph_.to_unknown), distances(graph_.to_beyond);
    for (const auto& judged : graph_.judged) {
      out_.number(!judged.distance.empty());
      distances(judged.distance);
    }
  }

  const FrozenGraph& graph_;
  Bytes out_;
  std::map<std::string, std::size_t> numbers_;  // texts
  std::vector<const std::string*> texts_;
};

}  // namespace

std::string graph_bytes(const FrozenGraph& graph) { return Writer(graph).write(); }

}  // namespace commitlab
