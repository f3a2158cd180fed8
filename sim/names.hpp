// The names of enumerators, read from the compiler's own spelling: no table to keep in step.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace commitlab {

template <class E>
concept Enumeration = std::is_enum_v<E>;

namespace spelling {

template <auto value>
constexpr std::string_view spelled() {
  std::string_view text = __PRETTY_FUNCTION__;
  const auto begin = text.find("value = ") + 8;
  text = text.substr(begin, text.find_first_of(";]", begin) - begin);
  const auto colon = text.rfind("::");
  return colon == text.npos || text.front() == '(' ? std::string_view() : text.substr(colon + 2);
}

template <Enumeration E, std::size_t... i>
constexpr auto spell_all(std::index_sequence<i...>) {
  return std::array{spelled<static_cast<E>(i)>()...};
}

template <Enumeration E>
inline constexpr auto kNames = spell_all<E>(std::make_index_sequence<40>());

}  // namespace spelling

/// How many enumerators E has; they must count up from 0 without gaps, and be fewer than 40.
template <Enumeration E>
constexpr std::size_t count_of() {
  std::size_t count = 0;
  while (count < spelling::kNames<E>.size() && !spelling::kNames<E>[count].empty()) ++count;
  return count;
}

/// "committed" for Phase::committed.
template <Enumeration E>
constexpr std::string_view name_of(E value) {
  return spelling::kNames<E>[static_cast<std::size_t>(value)];
}

}  // namespace commitlab
