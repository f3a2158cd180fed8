// What a protocol needs of all that it does, told.
#pragma once

#include <string>
#include <vector>

#include "checker/necessity.hpp"
#include "reports/about.hpp"
#include "reports/verdict_report.hpp"

namespace commitlab {

/// "no participant forces prepared: it is written only".
std::string told(const Weakening& without);

/// Violated if the thing is needed, holds if it is not.
Status need(const Necessity& necessity);

/// Of what is broken, the finding whose run is shown: the first with a run that takes a step, or else the first. Null if
/// nothing is broken.
const Finding* shown(const Necessity& necessity);

std::string necessary_text(const About& about, const Necessities& necessities, const std::vector<SavedPlay>& plays, const Style& style);
std::string necessary_json(const About& about, const Necessities& necessities, const std::vector<SavedPlay>& plays, int exit_code);

}  // namespace commitlab
