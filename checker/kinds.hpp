// What tells the values of one type apart by name: their enumerators.
#pragma once

#include <span>
#include <utility>

#include "sim/fields.hpp"

namespace commitlab {

/// Calls visit(name of the field, enumerator) for each enumerator that the value is made of, in order.
template <class T>
void each_enumerator(const T& value, auto&& visit) {
  each_atom(value, [&](std::string_view field, const auto& atom) {
    using A = std::remove_cvref_t<decltype(atom)>;
    if constexpr (std::is_enum_v<A> && !std::is_same_v<A, NodeId>) visit(field, atom);
  });
}

namespace kinds {

inline constexpr std::string_view kOnly[] = {"any"};

/// Calls visit(enumerator) for the first, if there is one.
template <class T>
void first(const T& value, auto&& visit) {
  bool is_first = true;
  each_enumerator(value, [&](std::string_view, auto enumerator) {
    if (std::exchange(is_first, false)) visit(enumerator);
  });
}

}  // namespace kinds

/// The kinds of a message or record: its first enumerators. A type without any has one kind, "any".
template <Packed T>
std::span<const std::string_view> kinds_of() {
  std::span<const std::string_view> names = kinds::kOnly;
  kinds::first(T{}, [&](auto kind) { names = std::span(spelling::kNames<decltype(kind)>).first(count_of<decltype(kind)>()); });
  return names;
}

/// The place of its kind in kinds_of.
template <Packed T>
std::size_t kind_of(const T& value) {
  std::size_t place = 0;
  kinds::first(value, [&](auto kind) { place = static_cast<std::size_t>(kind); });
  return place;
}

}  // namespace commitlab
