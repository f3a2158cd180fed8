#include "checker/find_frontier.hpp"

#include <algorithm>

#include "checker/bounds.hpp"
#include "sim/names.hpp"

namespace commitlab {

namespace {

// What the searches have said of one property.
struct Known {
  struct Fact {
    Budgets budgets;
    Finding finding;
  };
  Property property;
  std::string name;
  std::vector<Fact> facts{};

  const Fact* at(const Budgets& budgets) const {
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.budgets == budgets; });
    return found == facts.end() ? nullptr : &*found;
  }
  // Why a search left it open.
  std::string why(const Budgets& budgets) const {
    const Fact* fact = property == Property::AC4 && !facts.empty() ? &facts.front() : at(budgets);
    return fact == nullptr ? "" : fact->finding.why;
  }
  bool any(Status status, auto&& wanted) const {
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.finding.status == status && wanted(fact.budgets); });
  }
  Status status(const Budgets& budgets) const {
    if (any(Status::violated, [&](const Budgets& broken) { return within(broken, budgets); })) return Status::violated;
    const bool independent = property == Property::AC4;
    if (any(Status::holds, [&](const Budgets& safe) { return independent || within(budgets, safe); })) return Status::holds;
    return Status::inconclusive;
  }
  // Would a search under these budgets say something new? AC4 is the same under all, and is asked once.
  bool wants(const Budgets& budgets) const {
    if (property == Property::AC4) return facts.empty();
    return status(budgets) == Status::inconclusive && at(budgets) == nullptr;
  }
  // Is this one of the largest that no breach of at most so many faults lies within?
  bool guesses(const Budgets& budgets, const Budgets& corner, unsigned faults) const {
    const auto excluded = [&](const Budgets& point) {
      return any(Status::violated, [&](const Budgets& broken) { return total(broken) <= faults && within(broken, point); });
    };
    const auto higher = above(budgets, corner);
    return !excluded(budgets) && std::all_of(higher.begin(), higher.end(), excluded);
  }
};

class Finder {
 public:
  Finder(const Question& question, const Check& check) : question_(question), check_(check), corner_(question.faults.left), points_(all_within(corner_)) {
    const bool repairs = std::find(question.check.begin(), question.check.end(), Property::AC5) != question.check.end();
    // What AC5 keeps for the repair is kept when AC5 is no longer asked too: each search is to be about the same world.
    if (repairs && question_.faults.recovery == Recovery::never) question_.faults.recovery = Recovery::when_faults_stop;
    for (const Property property : question.check) known_.push_back({property, std::string(name_of(property))});
    frontier_.corner = corner_;
  }

  Frontier find() {
    for (unsigned faults = 0; faults <= total(corner_); ++faults) {
      for (const Budgets& point : points_)
        if (total(point) == faults) ask(point, [](const Known&) { return true; });
      if (faults == 0) continue;  // one fault each says far more of what to expect
      for (const Budgets& point : points_) ask(point, [&](const Known& known) { return known.guesses(point, corner_, faults); });
    }
    for (const Known& known : known_) frontier_.properties.push_back(told(known));
    for (const Budgets& point : points_) frontier_.rows.push_back(row(point));
    return std::move(frontier_);
  }

 private:
  void ask(const Budgets& budgets, auto&& chosen) {
    Question question = question_;
    question.faults.left = budgets;
    question.check.clear();
    bool wanted = known_.empty();
    for (const Known& known : known_) {
      if (!known.wants(budgets) || !chosen(known)) continue;
      wanted = true;
      if (known.property != Property::custom) question.check.push_back(known.property);  // those are always checked
    }
    if (!wanted) return;
    if (!question.limits.began) question.limits.seconds -= frontier_.seconds;  // or else all have one beginning
    if (question.limits.seconds <= 0 || Bounds(question.limits, question.method.interrupt).look()) return;  // what it would have said stays open
    note(budgets, check_(question));
  }

  void note(const Budgets& budgets, const Verdict& verdict) {
    for (const Finding& finding : verdict.findings) {
      auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& one) { return one.property == finding.property && one.name == finding.name; });
      if (known == known_.end()) known = known_.insert(known, {finding.property, finding.name});
      if (known->wants(budgets)) known->facts.push_back({budgets, finding});
    }
    for (const Goal& goal : verdict.sometimes) {
      const auto same = std::find_if(frontier_.sometimes.begin(), frontier_.sometimes.end(), [&](const Goal& old) { return old.name == goal.name; });
      if (same == frontier_.sometimes.end()) frontier_.sometimes.push_back(goal);
      else same->seen = same->seen || goal.seen, same->allowed = same->allowed || goal.allowed;
    }
    ++frontier_.searches;
    frontier_.worlds += verdict.worlds;
    frontier_.steps += verdict.steps;
    frontier_.starts = std::max(frontier_.starts, verdict.starts);
    frontier_.seconds += verdict.seconds;
    frontier_.bytes = std::max(frontier_.bytes, verdict.bytes);
    searched_.push_back(budgets);
  }

  PropertyFrontier told(const Known& known) const {
    PropertyFrontier told{.property = known.property, .name = known.name, .status = known.status(corner_)};
    for (const Budgets& point : points_) {
      const auto is = [&](Status status) { return [&known, status](const Budgets& other) { return known.status(other) == status; }; };
      const auto smaller = below(point), larger = above(point, corner_);
      switch (known.status(point)) {
        case Status::violated:
          if (std::any_of(smaller.begin(), smaller.end(), is(Status::violated))) break;
          told.breaches.push_back({point, known.at(point)->finding, std::all_of(smaller.begin(), smaller.end(), is(Status::holds))});
          break;
        case Status::holds:
          if (std::none_of(larger.begin(), larger.end(), is(Status::holds))) told.safe.push_back(point);
          break;
        case Status::inconclusive: told.open.push_back({point, known.why(point)}); break;
      }
    }
    return told;
  }

  FrontierRow row(const Budgets& point) const {
    FrontierRow row{.budgets = point, .searched = std::find(searched_.begin(), searched_.end(), point) != searched_.end()};
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const auto* fact = known_[i].at(point);
      FrontierCell cell{.status = known_[i].status(point), .searched = fact != nullptr};
      if (fact != nullptr && fact->finding.witness) cell.steps = fact->finding.witness->lines.size();
      for (const Breach& breach : frontier_.properties[i].breaches)
        if (!cell.broken_by && within(breach.budgets, point)) cell.broken_by = breach.budgets;
      row.cells.push_back(std::move(cell));
    }
    return row;
  }

  Question question_;
  const Check& check_;
  Budgets corner_;
  std::vector<Budgets> points_;
  std::vector<Known> known_;
  std::vector<Budgets> searched_;
  Frontier frontier_;
};

}  // namespace

Frontier find_frontier(const Question& question, const Check& check) { return Finder(question, check).find(); }

}  // namespace commitlab
