// What a search was asked and what it found, in plain values: so that reports need know no engine.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "checker/property.hpp"
#include "sim/faults.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// Past any of these a search stops, and is inconclusive.
struct Limits {
  std::uint64_t worlds = 50'000'000;
  double seconds = std::numeric_limits<double>::infinity();
  std::uint64_t bytes = std::uint64_t{8} << 30;
};

/// A quantity whose total must not change, and what each node's commit adds to it.
struct Quantity {
  std::string name;
  std::vector<std::int64_t> added_by_node;
};

/// What is kept of a world that was seen: all of it, or a hash of so many bits. With a hash no answer is ever `holds`.
enum class Keep : std::uint8_t { exact, fingerprint64, fingerprint128 };

/// How a question is searched. None of it changes an answer.
struct Method {
  bool symmetry = false;       // one world stands for all that differ only in the numbers of interchangeable participants
  bool partial_order = false;  // of steps that commute, one order
  Keep keep = Keep::exact;
  unsigned threads = 1;
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

/// The answer for one property.
struct Finding {
  Property property{};
  std::string name{};  // "AC1", or that of a protocol's own property
  Status status = Status::inconclusive;
  std::string why{};   // one sentence, with the names of the nodes; empty where it holds
  /// A run that ends where the property is broken, replayed before it was kept: a shortest one, but for partial order
  /// reduction, which may put further steps before the last.
  std::optional<Trace> witness{};
};

/// Guards against an empty yes: what some run should do.
struct Goal {
  std::string name;  // "some node commits"
  bool seen = false;
};

struct Verdict {
  std::vector<Finding> findings;
  std::uint64_t worlds = 0;  // distinct, all starts together
  std::uint64_t steps = 0;   // taken between them
  std::uint64_t depth = 0;   // levels; the starts are the first
  std::uint64_t starts = 0;  // vote vectors
  std::string stands_for{};  // with symmetry: how many worlds the visited ones stand for, exactly, in decimal digits
  std::vector<Goal> sometimes;
  std::string not_reduced{};  // why partial order reduction was asked for, and could not be used
  std::string stopped;       // why it is inconclusive; empty if every reachable world was visited
  double seconds = 0;
  std::uint64_t bytes = 0;   // held by the search in all

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
