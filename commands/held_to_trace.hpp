// A trace that was made again, held to what it recorded.
#pragma once

#include "checker/replayed.hpp"
#include "scenarios/trace_file.hpp"

namespace commitlab {

/// Compares each step that was made again with the recorded one: its words, whom it happened to, and what that node is afterwards; then
/// the end and the verdict. The first difference becomes the outcome `differs`; its `line` is that of the step, from 1, or 0 for the end.
/// What was made again has the recorded times.
void hold_to(const TraceFile& recorded, Replayed& again);

}  // namespace commitlab
