// How a question is to be searched, and which ways of searching would not answer it.
#pragma once

#include "checker/verdict.hpp"
#include "commands/words.hpp"
#include "scenarios/catalogue.hpp"

namespace commitlab {

/// Throws a Refusal for values that are not allowed.
Method method_of(const Words& words);

/// Throws a Refusal if this question, put to this protocol, cannot be answered by its method.
void refuse_unsound(const Question& question, const Entry& entry);

}  // namespace commitlab
