// The odds of draws that came out in some way, as numbers of a table: most ways have come before.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "checker/every_chance.hpp"

namespace commitlab {

class DrawnOdds {
 public:
  /// The product of the odds of all draws as they came out, by its place in a table: number(Rational) gives that of a new one.
  std::uint32_t of(const EveryChance& chance, auto&& number) {
    key_.clear();
    for (const auto& draw : chance.draws()) key_.append(reinterpret_cast<const char*>(&draw), sizeof draw);
    const auto found = places_.find(key_);
    if (found != places_.end()) return found->second;
    Rational product = 1;
    for (const auto& draw : chance.draws()) product *= EveryChance::odds_of(draw);
    const std::uint32_t place = number(product);
    if (bytes_ + key_.size() > kMostBytes) return place;
    bytes_ += key_.size();
    return places_.emplace(key_, place).first->second;
  }

 private:
  static constexpr std::size_t kMostBytes = 8'000'000;  // of keys; of what comes after, the odds are worked out each time

  std::unordered_map<std::string, std::uint32_t> places_{};
  std::string key_{};
  std::size_t bytes_ = 0;
};

}  // namespace commitlab
