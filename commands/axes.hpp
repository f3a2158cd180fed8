// What a sweep varies: axes, the values on each, and the question at every point of their product.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "commands/asked.hpp"

namespace commitlab {

inline constexpr std::size_t kMostPoints = 10'000;

/// "loss" and its values, exactly, as they are written in the answer: "0.01", "1/3", "2pc".
struct Axis {
  std::string name;
  std::vector<std::string> values;
};

/// From the values of --vary, such as "loss=0..0.1:11", "participants=2..10", "timeout=20ms..1s:50", "protocol=2pc,3pc". Times are
/// kept in milliseconds: "timeout=20,50" has no other meaning; `message`, `force` and `recovery`, constant delays, need a unit.
/// Throws a Refusal for what is no axis, no value of it, given twice, or more than `kMostPoints` points in all.
std::vector<Axis> axes_of(const std::vector<std::string>& varied, Catalogue catalogue);

/// The values at a point of the product, one for each axis; the last axis changes fastest.
std::vector<std::string> values_at(std::span<const Axis> axes, std::size_t point);
std::size_t points_of(std::span<const Axis> axes);

/// What these words ask at that point. Throws a Refusal if it makes no sense there, saying where that is, and if an option says what is varied.
Asked ask_at(const Words& words, std::span<const Axis> axes, const std::vector<std::string>& values, Catalogue catalogue);

}  // namespace commitlab
