#include "commands/search.hpp"

#include <new>

#include "checker/checkpoint_error.hpp"
#include "commands/refusal.hpp"
#include "reports/printable.hpp"
#include "sim/names.hpp"

namespace commitlab {

static Refusal refusal_of(const CheckpointError& error) {
  const std::string place = error.kind == CheckpointError::Kind::cannot_create ? "--checkpoint" : "--resume";
  const std::string message = "\"" + escaped(error.file, 300) + "\": " + printable(error.what());
  switch (error.kind) {
    case CheckpointError::Kind::unreadable: return refusal(kNoInput, "E1610", place, message);
    case CheckpointError::Kind::cannot_create: return refusal(kCannotCreate, "E1610", place, message);
    case CheckpointError::Kind::not_a_checkpoint:
    case CheckpointError::Kind::other_version:
    case CheckpointError::Kind::other_question:
    case CheckpointError::Kind::damaged: break;
  }
  return refusal(kBadCheckpoint, "E1610", place, message, "without --resume the search begins anew");
}

Refusal refusal_of(const OrdersIds& error) {
  return refusal(kUsage, "E1401", "--symmetry", "participants are not treated alike: " + printable(error.what()),
                 "--symmetry off; a protocol whose rules order ids says so by `static constexpr bool ordered = true`");
}

Verdict searched(const Entry& entry, const Question& question, const std::optional<Weakening>& without) {
  try {
    return without ? entry.studies.check(question, *without) : entry.check(question);
  } catch (const CheckpointError& error) {
    throw refusal_of(error);
  } catch (const OrdersIds& error) {
    throw refusal_of(error);
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
