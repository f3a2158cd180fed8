// What a search was asked and what it found, in plain values: so that reports need know no engine.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/limits.hpp"
#include "checker/property.hpp"
#include "sim/faults.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// A quantity whose total must not change, and what each node's commit adds to it.
struct Quantity {
  std::string name;
  std::vector<std::int64_t> added_by_node;
};

/// What is kept of a world that was seen: all of it, or a hash of so many bits. With a hash no answer is ever `holds`.
enum class Keep : std::uint8_t { exact, fingerprint64, fingerprint128 };

struct Progress;

/// How a question is searched. None of it changes an answer.
struct Method {
  bool symmetry = false;       // one world stands for all that differ only in the numbers of interchangeable participants
  bool partial_order = false;  // of steps that commute, one order
  Keep keep = Keep::exact;
  unsigned threads = 1;
  std::string checkpoint{};  // the file to which a search is saved that comes to no answer, and now and then before; empty: none
  std::string resume{};      // the file from which a search goes on; empty: it begins. A bad one throws CheckpointError
  std::string subject{};     // what else tells this question from others, for checkpoints: a protocol's options
  const std::atomic<bool>* interrupt = nullptr;       // once true, the search stops soon, and is inconclusive
  std::function<void(const Progress&)> progress{};    // called by the search's own thread, at most ten times a second
  double checkpoint_every_seconds = 60;
};

struct Question {
  std::vector<std::string> names{};         // of the nodes; [0] is the coordinator
  std::vector<std::vector<NodeSet>> votes{};// one start for each: who votes yes, by transaction
  Faults faults{};
  std::vector<Property> check{Property::AC1, Property::AC2, Property::AC3};
  Agreement agreement = Agreement::uniform;
  std::vector<Quantity> conserve{};
  Limits limits{};
  Method method{};
};

/// Of a world that breaks NB: who waits for whom, and whose return would end it.
struct Stuck {
  struct Wait {
    std::string who;
    std::vector<std::string> whom;  // those it asks who are down, or, if none of them is, all whom it asks
  };
  std::uint64_t worlds = 0;                       // that follow without a new fault or a recovery; 0: too many to count
  std::vector<Wait> waits{};                      // where it asks anybody
  std::vector<std::vector<std::string>> frees{};  // least sets of nodes whose return lets all that are up decide
  bool all_searched = true;                       // or else there may be others, and smaller ones
};

/// Who can never decide any more (of AC4: commit), whatever happens without a new fault.
struct Never {
  bool known = false;          // or else too many worlds follow
  std::vector<NodeSet> who{};  // by transaction
  std::size_t shown_by = 0;    // so many last steps of the witness only show it: the goal was out of reach before them
};

/// The answer for one property.
struct Finding {
  Property property{};
  std::string name{};  // "AC1", or that of a protocol's own property
  Status status = Status::inconclusive;
  std::string why{};   // one sentence, with the names of the nodes; empty where it holds
  /// A run that ends where the property is broken, replayed before it was kept: a shortest one, but for partial order
  /// reduction, which may put further steps before the last. Where a goal is out of reach (AC4, AC5, NB), it is a shortest one to a world
  /// of which that is so, and goes on without a new fault, again on a shortest way, to one that shows who can never decide.
  std::optional<Trace> witness{};
  std::optional<Stuck> stuck{};    // NB
  std::optional<Never> never{};    // AC4, AC5, NB: from the end of the run on
};

/// Guards against an empty yes: what some run should do.
struct Goal {
  std::string name;  // "some node commits"
  bool seen = false;
  bool allowed = true;  // by the question: or else it is no news that no run does it
};

struct Verdict {
  std::vector<Finding> findings;
  std::uint64_t worlds = 0;  // distinct, all starts together
  std::uint64_t steps = 0;   // taken between them
  std::uint64_t depth = 0;   // levels; the starts are the first
  std::uint64_t starts = 0;  // vote vectors
  std::string stands_for{};  // with symmetry: how many worlds the visited ones stand for, exactly, in decimal digits
  std::vector<Goal> sometimes;
  /// A run to a world in which somebody that is up is in doubt about what it has decided: for AC5 and NB it has decided.
  std::optional<Trace> doubted_decision{};
  std::string not_reduced{};  // why partial order reduction was asked for, and could not be used
  std::string stopped;       // why it is inconclusive; empty if every reachable world was visited
  double seconds = 0;
  std::uint64_t bytes = 0;   // held by the search in all
  std::string checkpoint{};         // the file from which the search can go on, if it came to no answer and was saved
  std::string checkpoint_failed{};  // why the last attempt to save it failed; empty: it did not

  /// Violated beats inconclusive beats holds.
  Status status() const {
    Status worst = Status::holds;
    for (const auto& finding : findings) {
      if (finding.status == Status::violated) return Status::violated;
      if (finding.status == Status::inconclusive) worst = Status::inconclusive;
    }
    return worst;
  }
};

}  // namespace commitlab
