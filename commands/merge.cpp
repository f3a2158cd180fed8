// `merge`: the parts of an estimate put together, as if all runs had been counted in one go.
#include <algorithm>

#include "commands/engine_question.hpp"
#include "commands/estimated.hpp"
#include "commands/refusal.hpp"
#include "commands/verbs.hpp"
#include "scenarios/estimate_part.hpp"
#include "scenarios/input_file.hpp"
#include "scenarios/json_text.hpp"

namespace commitlab {

struct PartFile {
  std::string file;
  EstimatePart part;
};

[[noreturn]] static void refuse(const PartFile& at, std::string code, std::string pointer, std::string message, std::string hint = "") {
  throw refusal_of({{.code = std::move(code), .file = at.file, .pointer = std::move(pointer), .message = std::move(message), .hint = std::move(hint)}}, kBadInput);
}

static std::vector<PartFile> read_parts(const std::vector<std::string>& files) {
  std::vector<PartFile> parts;
  Diagnostics findings;
  for (const std::string& file : files) {
    InputText input = read_input(file, kMostJsonBytes);
    if (input.refused) {
      const int code = input.refused->code == "E1010" ? kBadInput : kNoInput;
      throw refusal_of({std::move(*input.refused)}, code);
    }
    if (auto part = decode_part(input.text, file, findings)) parts.push_back({file, std::move(*part)});
  }
  if (findings.any_error()) throw Refusal{kBadInput, std::move(findings)};
  return parts;
}

static void refuse_others_than(const PartFile& first, const PartFile& other) {
  const EstimatePart &a = first.part, &b = other.part;
  const auto differs = [&](const std::string& pointer, const std::string& what, const std::string& one, const std::string& two) {
    if (one != two) refuse(other, "E1803", pointer, "another " + what + " than in " + in_quotes(first.file) + ": " + in_quotes(two) + ", there " + in_quotes(one), "all parts are of one estimate");
  };
  differs("/name", "scenario", a.name, b.name);
  if (a.scenario != b.scenario) refuse(other, "E1803", "/scenario", "another scenario than in " + in_quotes(first.file), "all parts are of one estimate");
  differs("/seed", "seed", std::to_string(a.seed), std::to_string(b.seed));
  differs("/runs", "number of runs", std::to_string(a.runs), std::to_string(b.runs));
  differs("/shard/of", "number of parts", std::to_string(a.shard.of), std::to_string(b.shard.of));
  if (a.arguments != b.arguments) refuse(other, "E1803", "/arguments", "other options than in " + in_quotes(first.file), "all parts are of one estimate");
}

static std::string shown(const Shard& shard) { return std::to_string(shard.part) + "/" + std::to_string(shard.of); }

/// All of one estimate and of this version, each once, none missing. They are put into their order.
static void refuse_unless_whole(std::vector<PartFile>& parts) {
  for (const PartFile& one : parts) {
    if (one.part.version != COMMITLAB_VERSION)
      refuse(one, "E1803", "/version", "made by version " + in_quotes(one.part.version) + ", this is " COMMITLAB_VERSION, "runs of another version may come out otherwise");
    refuse_others_than(parts.front(), one);
  }
  std::stable_sort(parts.begin(), parts.end(), [](const PartFile& a, const PartFile& b) { return a.part.shard.part < b.part.shard.part; });
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].part.shard == parts[i - 1].part.shard)
      refuse(parts[i], "E1804", "/shard", "part " + shown(parts[i].part.shard) + " given twice, before as " + in_quotes(parts[i - 1].file));
  for (std::uint64_t part = 1; part <= parts.front().part.shard.of; ++part)
    if (part > parts.size() || parts[part - 1].part.shard.part != part)
      refuse(parts.front(), "E1805", "/shard", "part " + shown({part, parts.front().part.shard.of}) + " is missing",
             "estimate --shard " + shown({part, parts.front().part.shard.of}) + " makes it");
}

/// The options of the whole estimate, which are those of each part.
static Words words_of_whole(const PartFile& from) {
  const auto& arguments = from.part.arguments;
  if (arguments.empty() || arguments.front() != "estimate") refuse(from, "E1803", "/arguments", "not those of an estimate");
  try {
    return read_words({arguments.begin() + 1, arguments.end()}, options_of(Verb::estimate));
  } catch (const Refusal& refused) {
    refuse(from, "E1803", "/arguments", refused.findings.errors().front().message);
  }
}

Answer answer_merge(const Words& words, const Session& session) {
  if (words.operands.empty()) throw refusal(kUsage, "E1605", "", "no parts to merge", "estimate --shard 1/2 --json -o part1.json makes one");
  auto parts = read_parts(words.operands);
  refuse_unless_whole(parts);
  const PartFile& first = parts.front();
  const Words asking = words_of_whole(first);
  Asked asked = ask_kept(first.part.scenario, first.part.name, first.file, asking, session.catalogue);
  asked.scenario.limits = limits_of(Verb::estimate, asking, session);
  Sampling sampling = sampling_of(asking, asked);
  sampling.seed = first.part.seed, sampling.runs = first.part.runs;
  Sampled sampled{.looks = one_look(sampling.runs)};
  for (const auto& one : parts) sampled.sums += one.part.sums, sampled.seconds += one.part.seconds;
  return estimated(asked, asking, sampling, sampled, session);
}

}  // namespace commitlab
