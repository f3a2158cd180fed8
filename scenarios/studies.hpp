// Makes the studies of one protocol, beside its entry: they instantiate the search once more, for the protocol weakened.
#pragma once

#include <tuple>
#include <utility>

#include "checker/freeze.hpp"
#include "checker/necessary.hpp"
#include "checker/replay.hpp"
#include "checker/skeen.hpp"
#include "scenarios/catalogue.hpp"

namespace commitlab {

/// The kinds of what a process may do by itself; none if it only answers.
template <Protocol P>
std::span<const std::string_view> kinds_of_acts() {
  if constexpr (Acts<P>) return kinds_of<typename P::Act>();
  else return {};
}

/// The studies of the protocol at place i of a tuple of them, which must live as long as the program.
template <const auto& protocols, std::size_t i>
Studies study() {
  static constexpr const auto& p = std::get<i>(protocols);
  using P = std::remove_cvref_t<decltype(p)>;
  return {
      .records = kinds_of<typename P::Record>(),
      .messages = kinds_of<typename P::Message>(),
      .acts = kinds_of_acts<P>(),
      .check = [](const Question& question, const Weakening& without) { return check(Weakened<P>(p, without), question); },
      .replay = [](const Question& question, const Weakening& without, const std::vector<PlayLine>& lines) {
        return replay(Weakened<P>(p, without), question, lines);
      },
      .necessary = [](const Question& question) { return necessary(p, question); },
      .concurrency = [](std::size_t participants, const Limits& limits) { return concurrency(p, participants, limits); },
      .freeze = [](const Question& question, const std::optional<Weakening>& without) { return freeze(Weakened<P>(p, without), question); },
  };
}

/// Those of all protocols of a tuple, in its order.
template <const auto& protocols>
std::span<const Studies> studies_of() {
  using Tuple = std::remove_cvref_t<decltype(protocols)>;
  static const auto all = []<std::size_t... i>(std::index_sequence<i...>) {
    return std::array{study<protocols, i>()...};
  }(std::make_index_sequence<std::tuple_size_v<Tuple>>());
  return all;
}

}  // namespace commitlab
