#include "commands/search.hpp"

#include <new>

#include "commands/exit_codes.hpp"
#include "sim/names.hpp"

namespace commitlab {

Verdict searched(const Entry& entry, const Question& question, const std::optional<Weakening>& without) {
  try {
    return without ? entry.studies.check(question, *without) : entry.check(question);
  } catch (const std::bad_alloc&) {
    Verdict verdict{};
    for (const Property property : question.check) {
      verdict.findings.push_back({.property = property, .name = std::string(name_of(property)), .status = Status::inconclusive});
    }
    verdict.starts = question.votes.size();
    verdict.stopped = "there is no more memory";
    return verdict;
  }
}

Replayed made_again(const Asked& asked, const Question& question, const std::vector<PlayLine>& lines) {
  return asked.weakening ? asked.entry->studies.replay(question, *asked.weakening, lines) : asked.entry->replay(question, lines);
}

int exit_code(Status status) {
  switch (status) {
    case Status::holds: return kAsExpected;
    case Status::violated: return kViolated;
    case Status::inconclusive: return kInconclusive;
  }
  return kInternal;
}

}  // namespace commitlab
