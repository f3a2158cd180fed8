// Which participants a question treats alike, so that one may stand for another.
#pragma once

#include "checker/verdict.hpp"

namespace commitlab {

/// The participants that a question treats alike: the same votes may come from them, they may crash alike, and a commit adds
/// the same to every total, if that is asked. Only sets of two or more, in ascending order.
std::vector<NodeSet> interchangeable(const Question& question);

/// What tells two participants apart, in words: "only alice may crash". Empty if nothing does.
std::string what_tells_apart(const Question& question, NodeId a, NodeId b);

}  // namespace commitlab
