// How a question is to be searched, and which ways of searching would not answer it.
#pragma once

#include "checker/verdict.hpp"
#include "commands/asked.hpp"
#include "scenarios/catalogue.hpp"

namespace commitlab {

/// How many threads; 1 unless told. Throws a Refusal for a value that is not allowed.
unsigned threads_of(const Words& words);

/// Throws a Refusal for values that are not allowed.
Method method_of(const Words& words);

/// Where a search is saved, and from where it goes on: for a verb that makes one search. Throws a Refusal for a file that may
/// not be made.
void set_checkpoint(Method& method, const Words& words, const Asked& asked);

/// Throws a Refusal if this question, put to this protocol, cannot be answered by its method.
void refuse_unsound(const Question& question, const Entry& entry);

}  // namespace commitlab
