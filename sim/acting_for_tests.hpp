// For tests: a run acted out line by line, each looked up among all that can happen next.
#pragma once

#include "sim/words.hpp"
#include "test.hpp"

namespace commitlab {

template <Protocol P>
std::vector<std::string> possible(const P& p, const World<P>& w) {
  std::vector<std::string> lines;
  each_choice(p, w, [&](const Step& step, const Handled<P>& handled) { lines.push_back(told(line_of(w, step, handled))); });
  return lines;
}

template <Protocol P>
bool offers(const P& p, const World<P>& w, const std::string& line) {
  const auto lines = possible(p, w);
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

/// Makes each line happen; a line must be offered exactly once.
template <Protocol P>
void act_out(const P& p, World<P>& w, std::initializer_list<std::string> lines) {
  for (const auto& line : lines) {
    std::vector<Step> found;
    each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
      if (told(line_of(w, step, handled)) == line) found.push_back(step);
    });
    INFO("line: " << line);
    for (const auto& other : possible(p, w)) UNSCOPED_INFO("  possible: " << other);
    REQUIRE(found.size() == 1);
    apply(p, w, found.front());
  }
}

}  // namespace commitlab
