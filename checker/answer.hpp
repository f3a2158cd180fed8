// From a question to a verdict, over numbers: it knows no protocol, and is compiled once for all of them.
#pragma once

#include <functional>

#include "checker/bounds.hpp"
#include "checker/symmetry.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

/// A relation and what to ask of it.
struct Inquiry {
  Relation& relation;
  std::vector<std::vector<Number>> starts;
  Symmetry* symmetry = nullptr;
  std::vector<std::string> customs{};  // names of the protocol's own properties
  Bounds cut{};                        // reached if not all starts are there
  std::string identity{};              // what tells the relation from others, line by line
  std::function<std::string(Row)> log_that_grows{};  // of a world: which log is longer than those of protocols that end
  bool specification = false;        // it has no votes to be asked for, no start and no time
  bool receives = true, doubts = false, suspects = false, acts = false, recovers = false;  // which handlers it has, and may need
};

/// The run through these worlds, and on to where it shows who is stuck, told in words; no trace if making it again does not lead there, or does not break the
/// property: that would be a defect of ours.
struct Told {
  std::optional<Trace> trace;
  std::string why;
  std::optional<Stuck> stuck;
  std::optional<Never> never;
};
using Tell = std::function<Told(const std::vector<std::vector<Number>>& path, Property property)>;

/// The invariants and termination, in one search.
void answer(const Inquiry& asked, const Question& question, const Tell& tell, Verdict& verdict);

/// AC4: no abort is ever decided, and from every world one can be reached in which all have committed. The relation is one
/// in which all vote yes and nothing fails.
void answer_non_triviality(const Inquiry& asked, const Question& question, const Tell& tell, Verdict& verdict);
/// It is a small search, and never saved: if it is all that is asked, a checkpoint to resume is that of another question.
void refuse_to_resume(const Question& question);

}  // namespace commitlab
