// Concurrency sets and Skeen's theorem, told.
#pragma once

#include <string>

#include "checker/concurrency.hpp"
#include "reports/about.hpp"

namespace commitlab {

/// `about` is of the protocol and its participants; its faults do not matter: on this graph there are none.
std::string concurrency_text(const About& about, const Concurrency& concurrency, const Style& style);
std::string concurrency_json(const About& about, const Concurrency& concurrency, int exit_code);

}  // namespace commitlab
