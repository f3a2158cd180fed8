// The word that was probably meant: the nearest right spelling of a wrong one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace commitlab {

/// The fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other, no letter
/// touched twice (Damerau 1964, as "optimal string alignment"). ASCII letters count as equal to their other case.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The candidate at the least distance, the first of equals; none if all are too far away to be what was meant: more
/// than one edit for every three characters of the longer word. A beginning of a candidate is one edit away from it.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "; did you mean "crashes"?", or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// "a, b, c", at most 20 of them, then "and N more".
std::string listed(std::span<const std::string_view> words);

}  // namespace commitlab
