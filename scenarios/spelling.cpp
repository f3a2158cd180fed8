// Edit distance, kept cheap: hostile words are long, right ones are short.
#include "scenarios/spelling.hpp"

#include <algorithm>
#include <vector>

#include "scenarios/diagnostic.hpp"

namespace commitlab {

static char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

std::size_t edit_distance(std::string_view from, std::string_view to) {
  const std::size_t width = to.size() + 1;
  std::vector<std::size_t> before(width), above(width), row(width);
  for (std::size_t j = 0; j < width; ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t replaced = above[j - 1] + (lower(from[i - 1]) == lower(to[j - 1]) ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && lower(from[i - 1]) == lower(to[j - 2]) && lower(from[i - 2]) == lower(to[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

// Nothing if it is more than `most`. The beginning of a candidate counts as one edit, so that "sync" finds "synchronous".
static std::optional<std::size_t> distance_within(std::size_t most, std::string_view word, std::string_view candidate) {
  constexpr std::size_t kShortestBeginning = 3;
  if (word.size() > candidate.size() + most) return std::nullopt;
  std::size_t distance = edit_distance(word, candidate);
  if (word.size() >= kShortestBeginning && word.size() < candidate.size()) {
    const std::size_t of_beginning = 1 + edit_distance(word, candidate.substr(0, word.size()));
    if (of_beginning <= std::max<std::size_t>(1, word.size() / 3)) distance = std::min(distance, of_beginning);
  }
  return distance <= most ? std::optional(distance) : std::nullopt;
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const auto distance = distance_within(std::max<std::size_t>(1, longer / 3), word, candidate);
    if (!distance || *distance >= longer || (best && *distance >= best_distance)) continue;
    best = candidate;
    best_distance = *distance;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const auto meant = nearest(word, candidates);
  return meant ? "; did you mean " + in_quotes(*meant) + "?" : "";
}

std::string listed(std::span<const std::string_view> words) {
  constexpr std::size_t kMost = 20;
  std::string list;
  for (const std::string_view word : words.first(std::min(kMost, words.size()))) {
    if (!list.empty()) list += ", ";
    list += escaped(word);
  }
  if (words.size() > kMost) list += " and " + std::to_string(words.size() - kMost) + " more";
  return list;
}

}  // namespace commitlab
