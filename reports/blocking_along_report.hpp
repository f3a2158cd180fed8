// How long participants are in doubt along some axes: a row for each protocol at each point.
#pragma once

#include <string>
#include <vector>

#include "checker/doubt.hpp"
#include "checker/estimate.hpp"
#include "reports/about.hpp"

namespace commitlab {

struct BlockingAlong {
  struct Under {
    std::string protocol;
    Doubt doubt{};
    Sums sums{};  // of the same runs
  };
  struct Point {
    std::vector<std::string> values;  // [axis], as they are written: "20", "1/3"; times in milliseconds
    Delays delays{};
    std::vector<Under> under;
  };
  std::uint64_t runs = 0, seed = 0;
  std::size_t all = 0;  // points, of which some may be missing at the end
  std::vector<std::string> axes{};
  std::vector<Point> points{};
};

std::string blocking_along_text(const About& about, const BlockingAlong& along, const Style& style);
std::string blocking_along_json(const About& about, const BlockingAlong& along, int exit_code);

}  // namespace commitlab
