#include "checker/freeze.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>

#include "checker/reach.hpp"
#include "checker/ways_back.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace freezing {
namespace {

constexpr std::uint32_t kUnknown = 0xffffffff;

/// Rows of numbers, each once, in the order in which they were added.
class Rows {
 public:
  explicit Rows(std::size_t places) : places_(places), slots_(1024, kUnknown) {}

  std::uint64_t size() const { return numbers_.size() / places_; }
  Row operator[](std::uint64_t id) const { return {&numbers_[id * places_], places_}; }
  /// The id of the row, which is the next one if it is new.
  std::uint32_t id_of(Row row) {
    std::size_t slot = home(row);
    for (; slots_[slot] != kUnknown; slot = (slot + 1) & (slots_.size() - 1))
      if (std::equal(row.begin(), row.end(), (*this)[slots_[slot]].begin())) return slots_[slot];
    const auto id = static_cast<std::uint32_t>(size());
    numbers_.insert(numbers_.end(), row.begin(), row.end());
    slots_[slot] = id;
    if (2 * size() > slots_.size()) grow();
    return id;
  }

 private:
  std::size_t home(Row row) const {
    std::uint64_t hash = 0;
    for (const Number number : row) hash = (hash ^ number) * 0x9e3779b97f4a7c15, hash ^= hash >> 32;
    return hash & (slots_.size() - 1);
  }
  void grow() {
    slots_.assign(2 * slots_.size(), kUnknown);
    for (std::uint32_t id = 0; id < size(); ++id) {
      std::size_t slot = home((*this)[id]);
      while (slots_[slot] != kUnknown) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = id;
    }
  }

  std::size_t places_;
  std::vector<Number> numbers_;
  std::vector<std::uint32_t> slots_;
};

/// New numbers for the parts that can be at one place, in the order in which they are first seen there.
class Renumbered {
 public:
  std::uint32_t operator()(Number part) {
    if (part >= numbers_.size()) numbers_.resize(std::size_t{part} + 1, kUnknown);
    if (numbers_[part] == kUnknown) numbers_[part] = count_++;
    return numbers_[part];
  }
  std::uint32_t count() const { return count_; }

 private:
  std::vector<std::uint32_t> numbers_;
  std::uint32_t count_ = 0;
};

class Freezer {
 public:
  Freezer(const Inquiry& asked, const Question& question, const Words& words)
      : asked_(asked), question_(question), words_(words), relation_(asked.relation), steps_(relation_, Idling::told), rows_(relation_.places()),
        parts_(relation_.places()), bounds_(question.limits, question.method.interrupt) {
    graph_.names = question.names;
    graph_.transactions = question.votes.front().size();
    graph_.owns.resize(relation_.nodes()), graph_.inboxes.resize(relation_.nodes());
  }

  FrozenGraph freeze() {
    search();
    judge();
    graph_.seconds = seconds();
    return std::move(graph_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint64_t kBytesToldOfWorld = 200, kBytesToldOfEdge = 40;

  void search() {
    for (const auto& start : asked_.starts) graph_.starts.push_back({rows_.id_of(start), {}});
    const std::uint64_t most = std::max<std::uint64_t>(question_.limits.worlds, rows_.size());
    graph_.first_edge.push_back(0);
    std::uint32_t id = 0;
    for (; id < rows_.size() && id < most && !must_stop(id); ++id) expand(id);
    graph_.worlds = id;
    graph_.beyond = rows_.size() - id;
    if (asked_.cut.is_reached() && graph_.stopped.empty()) graph_.stopped = asked_.cut.reason();
    graph_.starts.erase(std::find_if(graph_.starts.begin(), graph_.starts.end(), [&](const auto& start) { return start.world >= graph_.worlds; }), graph_.starts.end());
    if (graph_.beyond > 0 && graph_.stopped.empty()) graph_.stopped = "the limit of " + std::to_string(most) + " worlds was reached";
    for (std::uint64_t world = 0; world < rows_.size(); ++world)
      for (std::size_t place = 0; place < relation_.places(); ++place) graph_.rows.push_back(parts_[place](rows_[world][place]));
  }

  /// One start is there in any case.
  bool must_stop(std::uint32_t id) {
    if (!relation_.defect().empty()) graph_.stopped = relation_.defect();
    else if (id > 0 && (bounds_.reached() || bounds_.pass(bytes_when_told()))) graph_.stopped = bounds_.reason();
    return !graph_.stopped.empty();
  }
  /// What the graph will take in all once it has been judged and written out: about, and rather more.
  std::uint64_t bytes_when_told() const {
    const std::uint64_t of_row = 3 * relation_.places() * sizeof(Number) + kBytesToldOfWorld, of_edge = 3 * sizeof(FrozenGraph::Edge) + kBytesToldOfEdge;
    return rows_.size() * of_row + graph_.edges.size() * of_edge;
  }

  void expand(std::uint32_t id) {
    const std::vector<Number> row(rows_[id].begin(), rows_[id].end());
    std::vector<Number> next;
    describe(row);
    bool all_told = true;
    taken_.clear();
    steps_.expand(row, {}, [&](const Move& move, std::span<const Change> changes) {
      next = row;
      for (const Change& change : changes) next[change.place] = change.after;
      const auto number = static_cast<std::uint32_t>(steps_.number_of(move));
      if (number >= graph_.moves.size()) graph_.moves.resize(number + 1, kUnknown);
      all_told = all_told && graph_.moves[number] != kUnknown;
      taken_.push_back({number, move.fault, move.revives});
      graph_.edges.push_back({number, rows_.id_of(next)});
    });
    graph_.first_edge.push_back(graph_.edges.size());
    bounds_.reached(taken_.size());
    if (all_told) return;
    auto lines = words_.choices(row);
    if (lines.size() != taken_.size()) throw std::logic_error("a world has other steps than its row");
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::uint32_t& happening = graph_.moves[taken_[i].move];
      if (happening == kUnknown) happening = happening_of(std::move(lines[i]), taken_[i]);
    }
  }

  /// Words for the parts of a world that were not seen before.
  void describe(Row row) {
    std::vector<bool> fresh(row.size());
    bool any = false;
    for (std::size_t place = 0; place < row.size(); ++place) {
      const std::uint32_t known = parts_[place].count();
      fresh[place] = parts_[place](row[place]) == known;
      any = any || fresh[place];
    }
    if (!any) return;
    const Told told = words_.world(row);
    const Header& header = relation_.header(row[kHeader]);
    if (fresh[kHeader]) graph_.headers.push_back({header.up, header.side, told.left, header.faults_stopped});
    for (std::size_t node = 0; node < relation_.nodes(); ++node) {
      const auto own = told.views.begin() + static_cast<std::ptrdiff_t>(node * graph_.transactions);
      if (fresh[own_place(node)]) graph_.owns[node].emplace_back(own, own + static_cast<std::ptrdiff_t>(graph_.transactions));
      if (!fresh[inbox_place(node)]) continue;
      auto& inbox = graph_.inboxes[node].emplace_back();
      for (const auto& message : told.flight)
        if (message.to == node) inbox.push_back(message.words);
    }
  }

  /// Of a step that was taken.
  struct Taken {
    std::uint32_t move;
    bool fault, revives;
  };
  std::uint32_t happening_of(Trace::Line line, const Taken& taken) {
    const auto next = static_cast<std::uint32_t>(graph_.happenings.size());
    const auto [place, fresh] = known_.try_emplace({commitlab::told(line), taken.fault, taken.revives}, next);
    if (fresh) graph_.happenings.push_back({std::move(line), taken.fault, taken.revives});
    return place->second;
  }

  void judge() {
    const WaysBack back(graph_);
    judge_invariants(back);
    graph_.to_beyond = of_worlds(back.distances(beyond()));
    const auto no_revival = [](const FrozenGraph::Happening& happening) { return !happening.fault && !happening.revives; };
    graph_.blocked = asked_.specification ? std::vector<Blocked>(graph_.worlds) : stuck(back, Property::NB, no_revival);
    std::vector<bool> blocked = goal([&](std::uint64_t world) { return graph_.blocked[world] == Blocked::yes; });
    std::vector<bool> unknown = beyond();
    for (std::size_t world = 0; world < graph_.worlds; ++world) unknown[world] = graph_.blocked[world] == Blocked::unknown;
    graph_.to_blocked = of_worlds(back.distances(blocked)), graph_.to_unknown = of_worlds(back.distances(unknown));
    for (const Property property : question_.check) {
      if (property == Property::NB) graph_.judged.push_back({property, std::string(name_of(property)), status_of(graph_.blocked)});
      if (property == Property::AC4) graph_.judged.push_back({property, std::string(name_of(property))});
      if (property != Property::AC5) continue;
      const auto open = stuck(back, property, [](const FrozenGraph::Happening& happening) { return !happening.fault; });
      graph_.judged.push_back({property, std::string(name_of(property)), status_of(open)});
    }
  }

  void judge_invariants(const WaysBack& back) {
    const Watch watch(question_, relation_, asked_.customs);
    const Status unbroken = complete() ? Status::holds : Status::inconclusive;
    for (const auto& invariant : watch.invariants()) graph_.judged.push_back({invariant.property, invariant.name, unbroken, true});
    for (std::uint64_t world = 0; world < graph_.worlds; ++world) graph_.broken.push_back(watch.broken_in(rows_[world]));
    for (std::size_t i = 0; i < graph_.judged.size(); ++i) {
      const auto broken = goal([&](std::uint64_t world) { return (graph_.broken[world] >> i & 1u) != 0; });
      if (std::find(broken.begin(), broken.end(), true) == broken.end()) continue;
      graph_.judged[i].status = Status::violated;
      graph_.judged[i].distance = of_worlds(back.distances(broken));
    }
  }

  using Blocked = FrozenGraph::Blocked;
  /// From which worlds can no world be reached by steps that count in which all have decided of whom the property asks?
  std::vector<Blocked> stuck(const WaysBack& back, Property property, const std::function<bool(const FrozenGraph::Happening&)>& counts) const {
    const auto at_end = ends(relation_, property);
    std::vector<bool> ended(rows_.size());
    for (std::uint64_t world = 0; world < rows_.size(); ++world) ended[world] = at_end(rows_[world]);
    const auto to_end = back.distances(ended, counts), to_beyond = back.distances(beyond(), counts);
    std::vector<Blocked> stuck(graph_.worlds, Blocked::no);
    for (std::uint64_t world = 0; world < graph_.worlds; ++world) {
      const bool asked = property != Property::NB || !relation_.header(rows_[world][kHeader]).faults_stopped;
      if (!asked || to_end[world] != FrozenGraph::kNever) continue;
      stuck[world] = to_beyond[world] == FrozenGraph::kNever ? Blocked::yes : Blocked::unknown;
    }
    return stuck;
  }
  Status status_of(const std::vector<Blocked>& stuck) const {
    if (std::find(stuck.begin(), stuck.end(), Blocked::yes) != stuck.end()) return Status::violated;
    return complete() ? Status::holds : Status::inconclusive;
  }

  bool complete() const { return graph_.beyond == 0 && graph_.stopped.empty(); }
  std::vector<bool> beyond() const {
    std::vector<bool> is_beyond(rows_.size());
    std::fill(is_beyond.begin() + static_cast<std::ptrdiff_t>(graph_.worlds), is_beyond.end(), true);
    return is_beyond;
  }
  std::vector<bool> goal(const std::function<bool(std::uint64_t)>& is_goal) const {
    std::vector<bool> goals(rows_.size());
    for (std::uint64_t world = 0; world < graph_.worlds; ++world) goals[world] = is_goal(world);
    return goals;
  }
  std::vector<std::uint32_t> of_worlds(std::vector<std::uint32_t> distances) const {
    distances.resize(graph_.worlds);
    return distances;
  }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }

  const Inquiry& asked_;
  const Question& question_;
  const Words& words_;
  Relation& relation_;
  Steps steps_;
  Rows rows_;
  std::vector<Renumbered> parts_;  // of each place
  std::map<std::tuple<std::string, bool, bool>, std::uint32_t> known_;  // happenings by their words, and whether they are faults and revive
  std::vector<Taken> taken_;  // from the world at hand, in their order
  FrozenGraph graph_;
  Bounds bounds_;
  Clock::time_point begin_ = Clock::now();
};

}  // namespace

FrozenGraph freeze(const Inquiry& asked, const Question& question, const Words& words) { return Freezer(asked, question, words).freeze(); }

}  // namespace freezing
}  // namespace commitlab
