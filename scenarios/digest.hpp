// A short mark by which a text is known again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace commitlab {

/// FNV-1a of 64 bits (Fowler, Noll and Vo): enough to tell that a text has changed, not that somebody meant to.
std::uint64_t hash_of(std::string_view text);

/// The same in 16 hexadecimal digits.
std::string digest_of(std::string_view text);

}  // namespace commitlab
