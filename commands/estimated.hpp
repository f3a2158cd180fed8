// From sampled runs to the report: what `estimate` and `merge` have in common.
#pragma once

#include "commands/session.hpp"

namespace commitlab {

/// How the words want runs to be drawn. Throws a Refusal for values that are not allowed, or not together.
Sampling sampling_of(const Words& words, const Asked& asked);

/// The product rule, the exact chances and their range, and what explains the difference, beside what was counted.
Estimate estimate_of(const Asked& asked, const Sampling& sampling, const Sampled& sampled);

/// The report of what was sampled, as `estimate` with these words gives it.
Answer estimated(const Asked& asked, const Words& words, const Sampling& sampling, const Sampled& sampled, const Session& session);

}  // namespace commitlab
