#include "commands/frozen.hpp"

#include "commands/attended.hpp"
#include "commands/engine_question.hpp"
#include "commands/refusal.hpp"

namespace commitlab {

static constexpr std::uint64_t kWorldsUnlessTold = 100'000;
static constexpr std::uint64_t kMostWorlds = 2'000'000;  // a browser makes each of them again

Limits limits_of_frozen(Verb verb, const Words& words, const Session& session) {
  Limits limits = limits_of(verb, words, session);
  if (!words.has("max-states")) limits.worlds = kWorldsUnlessTold;
  if (limits.worlds <= kMostWorlds) return limits;
  const std::string message = "at most " + std::to_string(kMostWorlds) + " worlds are shown, got " + std::to_string(limits.worlds);
  throw refusal(kUsage, "E1603", "--max-states", message, "the verb check searches more");
}

Question question_to_freeze(const Asked& asked, const Limits& limits) { return asked.play ? question_to_replay(asked, limits) : question_to_check(asked, limits); }

FrozenGraph frozen(const Asked& asked, Question question) {
  Attended attended(ProgressLine{});
  attended.attend(question.method);
  return asked.entry->studies.freeze(question, asked.weakening);
}

}  // namespace commitlab
