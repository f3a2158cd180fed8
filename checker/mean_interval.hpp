// Where a mean lies, judged from independent replications of an estimate of it.
#pragma once

#include <span>

#include "checker/estimate.hpp"

namespace commitlab {

/// The two-sided interval of the mean of what these were drawn from: Student's, corrected for skewness by the transformation of Hall
/// (1992, "On the removal of skewness by transformation"), since estimates of what is rare are mostly a little low and now and then far
/// too high, and Student's interval alone then lies too low too often. Right in the limit of many; `mean_interval_test` and
/// `splitting_test` count how often it misses for as many as are used here. Needs at least two, none below 0, and a mean above 0.
Interval mean_interval(std::span<const double> replications, double level = 0.95);

/// Their mean, and its interval if at least half of them are above 0: of fewer, those that are missing could weigh too much.
RareOdds told_of(std::span<const double> replications);

}  // namespace commitlab
