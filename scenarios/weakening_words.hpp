// A weakened protocol in words: participant:unforced:prepared.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "checker/weakening.hpp"

namespace commitlab {

/// The weakening of such words, or what is wrong with their form. Which records and messages there are, only the protocol knows.
std::variant<Weakening, std::string> weakening_in(std::string_view words);

std::string words_of(const Weakening& without, char between = ':');

}  // namespace commitlab
