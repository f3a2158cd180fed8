// The chances of the outcomes along a range of values, and how the rows of a sweep become such curves.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "reports/chart.hpp"

namespace commitlab {

inline constexpr std::array<std::string_view, 4> kOutcomeNames = {"commits", "aborts", "blocked", "breaks"};

struct Curves {
  struct Line {
    std::string name{};                                   // "protocol 2pc"; empty if it is the only one
    std::vector<std::array<Curve::Point, 4>> points{};    // as kOutcomeNames, by ascending x
  };
  std::string along{};  // "loss"
  std::string from{};   // a sentence: how they were found
  std::optional<double> own{};  // where the scenario itself stands
  std::vector<Line> lines{};
};

/// What is wrong with rows that were not written by a sweep, or cannot be drawn; `line` counts from 1.
struct BadRows : std::runtime_error {
  BadRows(int at, const std::string& what) : std::runtime_error(what), line(at) {}
  int line;
};

/// Of the CSV that `sweep` writes. The first axis of numbers with several values is drawn along, each combination of the others is a line; exact
/// chances where a row has them, the counted share with its interval where it has not. Throws BadRows.
Curves curves_of_rows(std::string_view csv);

/// A chart for each outcome that is ever above 10^-9.
std::string charts_of(const Curves& curves);

}  // namespace commitlab
