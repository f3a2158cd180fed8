// For tests: each way to search, and what it promises of its answer. A line each; the differential test holds them to it.
#pragma once

#include <array>
#include <string_view>

#include "checker/verdict.hpp"

namespace commitlab {

/// How many worlds a search visits: `all`, with all steps and levels; one of each `orbit`, at all levels; or `at_most` all.
enum class Counts : std::uint8_t { all, orbits, at_most };

struct Promise {
  std::string_view name;
  Method method{};
  Counts counts = Counts::all;
  bool terminates = true;   // answers AC4, AC5 and NB as well; without it, they are not asked
  bool shortest = true;     // the witness of an invariant is a shortest run that breaks it
  bool word_for_word = true;// gives the very verdict that the plain search gives, witnesses included
  bool may_hold = true;     // else it is inconclusive where nothing is violated
};

inline const std::array kPromises{
    Promise{.name = "plain"},
    Promise{.name = "2 threads", .method = {.threads = 2}},
    Promise{.name = "4 threads", .method = {.threads = 4}},
    Promise{.name = "symmetry", .method = {.symmetry = true}, .counts = Counts::orbits, .word_for_word = false},
    Promise{.name = "partial order", .method = {.partial_order = true}, .counts = Counts::at_most, .terminates = false, .shortest = false, .word_for_word = false},
    Promise{.name = "both", .method = {.symmetry = true, .partial_order = true}, .counts = Counts::at_most, .terminates = false, .shortest = false, .word_for_word = false},
    Promise{.name = "fingerprint64", .method = {.keep = Keep::fingerprint64}, .counts = Counts::at_most, .terminates = false, .shortest = false, .word_for_word = false, .may_hold = false},
    Promise{.name = "fingerprint128", .method = {.keep = Keep::fingerprint128}, .counts = Counts::at_most, .terminates = false, .shortest = false, .word_for_word = false, .may_hold = false},
};

}  // namespace commitlab
