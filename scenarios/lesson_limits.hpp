// How large the parts of a lesson may be; texts are counted in characters.
#pragma once

#include <cstddef>
#include <cstdint>

namespace commitlab {

inline constexpr std::uint32_t kMostLessonLines = 1'000, kMostQuestions = 100, kFewestChoices = 2, kMostChoices = 10, kMostShown = 20;
inline constexpr std::size_t kLongestAbout = 4'000, kLongestAsk = 1'000, kLongestChoice = 500, kLongestBecause = 2'000, kLongestShown = 200, kLongestLessonLine = 4'096;

}  // namespace commitlab
