// What a packed value is made of: enumerators, ids, sets and small numbers, each visited once. Renaming, encoding and
// wording are all written over this walk, so a protocol names its fields in one place only.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "sim/ids.hpp"
#include "sim/names.hpp"

namespace commitlab {

/// Copied with memcpy, compared with memcmp, hashed as bytes: so no pointer, no padding, no float.
template <class T>
concept Packed = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t size>
inline constexpr bool is_array<std::array<T, size>> = true;

/// A value that is not taken apart further.
template <class T>
concept Atom = std::is_same_v<T, NodeId> || std::is_same_v<T, NodeSet> || std::is_enum_v<T> || std::is_integral_v<T>;

/// True if T::fields lists every field of T: with no padding, their sizes add up to T's.
template <class T>
constexpr bool lists_every_field() {
  if constexpr (Atom<T> || std::is_empty_v<T>) {
    return true;
  } else if constexpr (is_array<T>) {
    return lists_every_field<typename T::value_type>();
  } else {
    T value{};
    std::size_t bytes = 0;
    bool inner = true;
    T::fields(value, [&](std::string_view, auto& field) {
      bytes += sizeof field;
      inner = inner && lists_every_field<std::remove_cvref_t<decltype(field)>>();
    });
    return inner && bytes == sizeof(T);
  }
}

/// Calls visit(name, atom) for each atom of value, in a fixed order; `name` is that of the nearest named field.
template <class T>
constexpr void each_atom(T& value, auto&& visit, std::string_view name = {}) {
  using Bare = std::remove_const_t<T>;
  if constexpr (Atom<Bare>) {
    visit(name, value);
  } else if constexpr (is_array<Bare>) {
    for (auto& element : value) each_atom(element, visit, name);
  } else if constexpr (!std::is_empty_v<Bare>) {
    static_assert(lists_every_field<Bare>(), "fields() must list every field: renaming and encoding depend on it");
    Bare::fields(value, [&](std::string_view field_name, auto& field) { each_atom(field, visit, field_name); });
  }
}

}  // namespace commitlab
