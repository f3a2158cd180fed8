// Moves that have been worked out, list by list, and what they change in a world.
#pragma once

#include <algorithm>
#include <array>

#include "checker/memo.hpp"
#include "checker/relation.hpp"

namespace commitlab {

/// Of some steps how many change nothing, and the kinds of their events.
struct Idle {
  std::uint16_t steps = 0, events = 0;
  void add(Idle other) { steps = static_cast<std::uint16_t>(steps + other.steps), events |= other.events; }
};

/// Moves in a row, and what else there were.
struct MoveList {
  std::uint32_t first = Memo::kUnknown, count = 0;
  Idle idle{};
  bool known() const { return first != Memo::kUnknown; }
};

/// Steps that change nothing: a search only counts them, who shows all that can happen is told of them too.
enum class Idling : std::uint8_t { counted, told };

class MoveLists {
 public:
  explicit MoveLists(Idling idling) : idling_(idling) {}

  /// What work_out(Moves) adds is a list of its own; moves for which changes_nothing(Move) holds are counted, and not kept unless
  /// they are to be told.
  MoveList add(auto&& work_out, auto&& changes_nothing) {
    const std::size_t first = moves_.list.size();
    work_out(moves_);
    MoveList list{static_cast<std::uint32_t>(first)};
    const auto idles = [&](const Move& move) {
      if (move.puts != 0 || move.spread != 0 || !changes_nothing(move)) return false;
      list.idle.add({1, static_cast<std::uint16_t>(1u << static_cast<unsigned>(move.event))});
      return true;
    };
    if (idling_ == Idling::counted)
      moves_.list.erase(std::remove_if(moves_.list.begin() + static_cast<std::ptrdiff_t>(first), moves_.list.end(), idles), moves_.list.end());
    list.count = static_cast<std::uint32_t>(moves_.list.size() - first);
    return list;
  }

  const Move& operator[](std::size_t i) const { return moves_.list[i]; }
  const Put& put(std::size_t i) const { return moves_.puts[i]; }
  std::size_t number_of(const Move& move) const { return static_cast<std::size_t>(&move - moves_.list.data()); }

  std::uint64_t footprint() const { return moves_.list.size() * sizeof(Move) + moves_.puts.size() * sizeof(Put); }

 private:
  Moves moves_;
  Idling idling_;
};

/// One place of a row whose number a step changes.
struct Change {
  std::uint16_t place;
  Number before, after;
};

/// The places that differ after one step.
class Changes {
 public:
  explicit Changes(Row row) : row_(row) {}
  void clear() { size_ = 0; }
  void set(std::size_t place, Number after) {
    if (row_[place] != after) list_[size_++] = {static_cast<std::uint16_t>(place), row_[place], after};
  }
  /// A message comes to a node, and inbox_with(inbox) says what becomes of its inbox; false if that is unknown. Messages come in
  /// ascending order of their nodes: of several to one node the last change grows.
  bool put(std::size_t node, auto&& inbox_with) {
    const std::size_t place = inbox_place(node);
    const bool again = size_ > 0 && list_[size_ - 1].place == place;
    const Number after = inbox_with(again ? list_[size_ - 1].after : row_[place]);
    if (after == Memo::kUnknown) return false;
    if (again) list_[size_ - 1].after = after;
    else set(place, after);
    return true;
  }
  std::span<const Change> list() const { return {list_.data(), size_}; }

 private:
  Row row_;
  std::size_t size_ = 0;
  std::array<Change, 2 * kMostPlaces> list_;
};

}  // namespace commitlab
