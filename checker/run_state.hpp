// All that a simulated run goes on from, by name, and kept: for those who go back to where a run has been.
#pragma once

#include <tuple>
#include <type_traits>
#include <utility>

#include "sim/simulate.hpp"

namespace commitlab {

/// The items of Simulation::state() by name.
struct RunState {
  static auto& world(auto& state) { return std::get<0>(state); }
  static auto& agenda(auto& state) { return std::get<1>(state); }
  static auto& post(auto& state) { return std::get<2>(state); }
  static auto& alarms(auto& state) { return std::get<3>(state); }
  static auto& script(auto& state) { return std::get<4>(state); }
  static auto& nodes(auto& state) { return std::get<5>(state); }
  static auto& spontaneous(auto& state) { return std::get<6>(state); }
  static auto& end(auto& state) { return std::get<7>(state)[0].end; }  // of the one transaction
  static auto& taken(auto& state) { return std::get<7>(state)[0].taken; }
  static auto& held(auto& state) { return std::get<9>(state); }
  static auto& now(auto& state) { return std::get<11>(state); }
  static auto& begun(auto& state) { return std::get<14>(state); }
  static auto& turns(auto& state) { return std::get<17>(state); }
};

template <class... T>
std::tuple<std::remove_cvref_t<T>...> kept(std::tuple<T...>);

/// What Simulation::state() refers to, as values that outlive it.
template <class Run>
using SavedRun = decltype(kept(std::declval<Run&>().state()));

}  // namespace commitlab
