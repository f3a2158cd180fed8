// A run written down line by line, and what became of it when it was made again, in plain values.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"

namespace commitlab {

/// One line of a play as written, with the names of nodes already turned into numbers.
struct PlayLine {
  int number = 0;  // in its file, from 1
  std::string text{};
};

struct Replayed {
  enum class Outcome : std::uint8_t {
    same,        // every line happened as written
    differs,     // a line can happen, but otherwise than written: in its effects, or in the end
    impossible,  // a line cannot happen at all
    ambiguous,   // a line fits several things that can happen
  };
  Outcome outcome = Outcome::same;
  int line = 0;                        // where it went wrong
  std::string written{}, happens{};    // what the line says, and what the program does
  std::vector<std::string> possible{};  // impossible, ambiguous: what could have happened, in words
  Trace trace{};                       // as far as it went
  std::vector<Finding> findings{};     // the properties that were asked, in the world where it ends
};

}  // namespace commitlab
