// What parts of worlds become when participants change their numbers, remembered: the same renamings of the same parts come
// again and again.
#pragma once

#include "checker/part_table.hpp"
#include "checker/relation.hpp"
#include "sim/rename.hpp"

namespace commitlab {

class RenamedParts {
 public:
  explicit RenamedParts(Relation& relation) : relation_(relation), known_(std::size_t{1} << kBits) {}

  /// What follows is asked of this renaming, until the next is chosen or all is forgotten.
  void choose(const Renaming& to) {
    std::array<char, kMaxNodes> bytes;
    for (std::size_t node = 0; node < relation_.nodes(); ++node) bytes[node] = static_cast<char>(to(node_id(node)));
    if (renamings_.size() >= kMostRenamings) forget();
    chosen_ = renamings_.insert({bytes.data(), relation_.nodes()}).id;
    to_ = to;
  }
  Number header(Number number) {
    return remembered(Part::header, 0, number, [&] { return relation_.renamed_header(number, to_); });
  }
  Number own(std::size_t node, Number number) {
    return remembered(Part::own, node, number, [&] { return relation_.renamed_own(node, number, to_); });
  }
  Number inbox(std::size_t node, Number number) {
    return remembered(Part::inbox, node, number, [&] { return relation_.renamed_inbox(node, number, to_); });
  }

  /// To be told when numbers have come to mean other parts.
  void forget() {
    renamings_ = {};
    known_.assign(known_.size(), {});
  }

  /// Bytes of memory held.
  std::uint64_t footprint() const { return renamings_.footprint() + known_.size() * sizeof(Known); }

 private:
  enum class Part : std::uint8_t { header, own, inbox };
  struct Known {
    std::uint64_t question = kNone;
    Number answer = 0;
  };
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  static constexpr unsigned kBits = 16;                        // of the place of an answer: a later one may take it
  static constexpr std::size_t kMostRenamings = 1u << kBits;  // after so many all is forgotten

  Number remembered(Part part, std::size_t node, Number number, auto&& ask) {
    // A renaming has 16 bits, a part 2, a node 6, a number 32: nothing is cut off.
    const std::uint64_t question = ((std::uint64_t{chosen_} << 2 | static_cast<std::uint64_t>(part)) << 6 | node) << 32 | number;
    const std::uint64_t place = question * 0x9e3779b97f4a7c15 >> (64 - kBits);
    if (known_[place].question != question) {
      const Number answer = ask();
      known_[place] = {question, answer};
    }
    return known_[place].answer;
  }

  Relation& relation_;
  Renaming to_;
  std::uint32_t chosen_ = 0;
  PartTable renamings_;
  std::vector<Known> known_;
};

}  // namespace commitlab
