#include "commands/method.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "checker/interchangeable.hpp"
#include "commands/output_file.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/weakening.hpp"
#include "sim/names.hpp"

namespace commitlab {

static bool switched_on(const Words& words, std::string_view option) {
  static constexpr std::array<std::string_view, 2> kSwitch = {"off", "on"};
  const std::string* value = words.find(option);
  return value != nullptr && choice({dashed(option), *value}, kSwitch) == 1;
}

static Keep keep_of(const Words& words) {
  static constexpr std::array<std::string_view, 4> kStores = {"exact", "fingerprint64", "fingerprint128", "fingerprint"};
  static constexpr std::array kKeeps = {Keep::exact, Keep::fingerprint64, Keep::fingerprint128, Keep::fingerprint64};
  const std::string* value = words.find("store");
  return value == nullptr ? Keep::exact : kKeeps[choice({"--store", *value}, kStores)];
}

unsigned threads_of(const Words& words) {
  constexpr std::uint64_t kMostThreads = 64;
  const std::string* value = words.find("threads");
  return value == nullptr ? 1 : static_cast<unsigned>(integer({"--threads", *value}, 1, kMostThreads));
}

Method method_of(const Words& words) {
  Method method{.symmetry = switched_on(words, "symmetry"), .partial_order = switched_on(words, "partial-order"), .keep = keep_of(words)};
  method.threads = threads_of(words);
  return method;
}

void set_checkpoint(Method& method, const Words& words, const Asked& asked) {
  const std::string *resume = words.find("resume"), *checkpoint = words.find("checkpoint");
  if (resume != nullptr) method.resume = *resume;
  if (checkpoint != nullptr) method.checkpoint = *checkpoint;
  else method.checkpoint = method.resume;
  if (!method.checkpoint.empty()) {
    const bool grows = !method.resume.empty() && same_place(method.checkpoint, method.resume);
    std::error_code error;
    const bool empty = std::filesystem::is_empty(method.checkpoint, error) && !error;  // of a search that was killed before it was saved
    if (!grows) check_output(method.checkpoint, empty || words.has("force") ? Overwrite::yes : Overwrite::no, {asked.file});
  }
  for (const auto& [key, value] : asked.scenario.options) method.subject += (method.subject.empty() ? "" : " ") + key + "=" + value;
  if (asked.weakening) method.subject += " without " + words_of(*asked.weakening);
}

// Why no two participants may stand for each other: up to so many pairs, each with what tells it apart.
static std::string what_tells_them_apart(const Question& question) {
  constexpr int kMostTold = 3;
  const std::size_t nodes = question.names.size();
  if (nodes <= 2) return "there is but one participant";
  std::string text;
  int pairs = 0;
  for (std::size_t a = 1; a < nodes; ++a)
    for (std::size_t b = a + 1; b < nodes; ++b)
      if (++pairs <= kMostTold) text += (text.empty() ? "" : "; ") + what_tells_apart(question, node_id(a), node_id(b));
  return text + (pairs > kMostTold ? "; and so on" : "");
}

static void refuse_symmetry(const Question& question, const Entry& entry) {
  if (entry.ordered) {
    throw refusal(kUsage, "E1401", "--symmetry", "no symmetry of " + std::string(entry.name) + ": its rules order ids, so no participant can stand for another", "--symmetry off");
  }
  if (interchangeable(question).empty()) {
    throw refusal(kUsage, "E1401", "--symmetry", "no two participants are treated alike: " + what_tells_them_apart(question), "--symmetry off");
  }
}

// AC5 and NB ask what can still be reached: from each world, by every step.
static void refuse_for_liveness(const Question& question, const std::string& option, const std::string& why, const std::string& hint) {
  for (const Property property : {Property::AC5, Property::NB}) {
    if (std::find(question.check.begin(), question.check.end(), property) == question.check.end()) continue;
    throw refusal(kUsage, "E1401", option, "not with " + std::string(name_of(property)) + ": " + why, hint);
  }
}

void refuse_unsound(const Question& question, const Entry& entry) {
  const Method& method = question.method;
  if (method.symmetry) refuse_symmetry(question, entry);
  if (method.partial_order) {
    refuse_for_liveness(question, "--partial-order", "it asks what can still be reached, for which the steps left out count", "--partial-order off, or leave AC5 and NB out of --check");
  }
  if (method.keep != Keep::exact) {
    refuse_for_liveness(question, "--store", "it asks what can still be reached, for which two worlds of one fingerprint must not pass for one",
                        "--store exact, or leave AC5 and NB out of --check");
  }
}

}  // namespace commitlab
