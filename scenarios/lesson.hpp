// A lesson that a scenario carries: a run, and questions to a class that are asked before the run shows their answers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace commitlab {

struct Lesson {
  struct Question {
    std::size_t after = 0;              // so many lines of the play have happened when it is asked
    std::string ask{};
    std::vector<std::string> choices{};
    std::size_t answer = 0;             // place among the choices, from 1
    std::string because{};
    std::vector<std::string> shows{};   // what the lines behind it, or the end, say: "2 decide abort", "2 in doubt", "AC1 violated"
    friend bool operator==(const Question&, const Question&) = default;
  };
  std::string about{};
  std::vector<std::string> votes{};  // "yes" or "no" for each participant; empty: those of the scenario, or all yes
  std::vector<std::string> play{};   // the lines of a play, without its end; names of nodes or numbers
  std::vector<Question> questions{};  // in the order in which they are asked
  friend bool operator==(const Lesson&, const Lesson&) = default;
};

}  // namespace commitlab
