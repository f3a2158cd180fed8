// The plainest question: so many participants, who may vote either way.
#pragma once

#include "checker/verdict.hpp"

namespace commitlab {

/// About p1 .. pn and the coordinator, with a start for each vector of votes: the last is the one in which all vote yes.
inline Question ask(std::size_t participants, const Faults& faults, std::vector<Property> check) {
  Question question{.faults = faults, .check = std::move(check)};
  question.names = {"coordinator"};
  for (std::size_t i = 1; i <= participants; ++i) question.names.push_back("p" + std::to_string(i));
  for (std::uint64_t yes = 0; yes < std::uint64_t{1} << participants; ++yes) question.votes.push_back({NodeSet::from_bits(yes << 1 | 1)});
  return question;
}

/// The same, with only the start in which all vote yes.
inline Question all_yes(Question question) {
  question.votes = {question.votes.back()};
  return question;
}

}  // namespace commitlab
