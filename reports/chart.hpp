// Small charts as SVG: chances side by side, and curves over a range. Presentation attributes only, so that they look the same in a page
// without styles; lines differ in their dashes and marks as well as in colours, which are those of Okabe and Ito (2008).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/interval.hpp"

namespace commitlab {

enum class AxisScale : bool { linear, logarithmic };

/// One chance as it was found in one way.
struct ChanceRow {
  enum class Drawn : std::uint8_t { mark, tick, band };  // a diamond, a tick across, a bar from end to end
  std::string label{};  // text
  std::string value{};  // text
  Interval at{};        // a mark stands in the middle
  Drawn drawn = Drawn::mark;
};

/// The chances, one below the other, on one scale that they fill. On a logarithmic one what is below 10^-12 stands at its left end.
std::string chances_chart(const std::string& title, const std::vector<ChanceRow>& rows, AxisScale scale);

struct Curve {
  struct Point {
    double x = 0, y = 0;
    Interval band{};
  };
  std::string name{};  // text
  std::vector<Point> points{};
};

struct CurveChart {
  std::string title{}, along{};  // what is drawn, over what
  std::vector<Curve> curves{};
  AxisScale x = AxisScale::linear, y = AxisScale::linear;
  std::optional<double> own{};   // where the scenario itself stands on x
};
std::string curves_chart(const CurveChart& chart);

}  // namespace commitlab
