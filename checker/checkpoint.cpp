#include "checker/checkpoint.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "checker/checkpoint_file.hpp"
#include "sim/names.hpp"

namespace commitlab {

namespace {

using Kind = CheckpointError::Kind;

constexpr std::string_view kFirstWord = "commitlab-checkpoint/", kFormat = "2";

std::string first_line() { return std::string(kFirstWord) + std::string(kFormat) + "\n"; }

std::uint64_t digest(const std::vector<std::vector<Number>>& rows) {
  std::uint64_t hash = rows.size();
  for (const auto& row : rows)
    for (const Number number : row) {
      hash = (hash ^ number) * 0x9e3779b97f4a7c15;
      hash ^= hash >> 32;
    }
  return hash;
}

std::uint64_t digest(const std::vector<std::vector<NodeSet>>& votes) {
  std::vector<std::vector<Number>> rows;
  for (const auto& vector : votes) {
    rows.emplace_back();
    for (const NodeSet yes : vector) rows.back().push_back(static_cast<Number>(yes.bits())), rows.back().push_back(static_cast<Number>(yes.bits() >> 32));
  }
  return digest(rows);
}

std::string words_of(const Faults& faults) {
  std::string words;
  const auto add = [&](std::string_view name, const std::string& value) { words += std::string(name) + " " + value + "\n"; };
  const auto budget = [&](std::string_view name, std::uint8_t left) { add(name, left == kUnlimited ? "unlimited" : std::to_string(left)); };
  budget("crashes", faults.left.crashes), budget("disk losses", faults.left.disk_losses), budget("losses", faults.left.losses);
  budget("duplicates", faults.left.duplicates), budget("reorders", faults.left.reorders), budget("partitions", faults.left.partitions);
  budget("suspicions", faults.left.suspicions);
  add("recovery", std::string(name_of(faults.recovery))), add("timing", std::string(name_of(faults.timing))), add("channels", std::string(name_of(faults.channels)));
  add("crash points", std::string(name_of(faults.crash_points))), add("severed messages", std::string(name_of(faults.severed)));
  add("transaction order", std::string(name_of(faults.transaction_order))), add("messages", std::string(name_of(faults.messages)));
  add("copies", std::to_string(faults.copies)), add("nodes that may crash", std::to_string(faults.crash_only.bits()));
  return words;
}

/// What the file says of itself where that is not what is wanted: the first line that differs.
std::string difference(const std::string& its, const std::string& wanted) {
  const auto end_of_line = [](const std::string& text, std::size_t from) { return std::min(text.find('\n', from), text.size()); };
  for (std::size_t at = 0, other = 0; at < its.size() || other < wanted.size();) {
    const std::size_t end = end_of_line(its, at), other_end = end_of_line(wanted, other);
    const std::string line = its.substr(std::min(at, its.size()), end - std::min(at, its.size()));
    const std::string wanted_line = wanted.substr(std::min(other, wanted.size()), other_end - std::min(other, wanted.size()));
    if (line != wanted_line) return "its question is one of \"" + line + "\", and not of \"" + wanted_line + "\"";
    at = end + 1, other = other_end + 1;
  }
  return "";
}

/// The first line, and the length of the file.
std::uint64_t open_checkpoint(const std::string& name, File& file) {
  std::error_code error;
  const auto status = std::filesystem::status(name, error);
  if (!std::filesystem::exists(status)) throw CheckpointError(Kind::unreadable, name, std::strerror(ENOENT));
  if (!std::filesystem::is_regular_file(status)) throw CheckpointError(Kind::unreadable, name, "not a regular file");
  const std::uint64_t bytes = std::filesystem::file_size(name, error);
  file.reset(std::fopen(name.c_str(), "rb"));
  if (file == nullptr) throw CheckpointError(Kind::unreadable, name, std::strerror(errno));
  std::array<char, kFirstWord.size() + 8> line{};
  std::size_t size = 0;
  for (int next = 0; size < line.size() && next != '\n';) {
    if ((next = std::fgetc(file.get())) == EOF) break;
    line[size++] = static_cast<char>(next);
  }
  const std::string_view words(line.data(), size);
  if (!words.starts_with(kFirstWord)) throw CheckpointError(Kind::not_a_checkpoint, name, "not a checkpoint of commitlab");
  if (words != first_line()) throw CheckpointError(Kind::other_version, name, "a checkpoint of another format; this program reads and writes format " + std::string(kFormat));
  return bytes;
}

}  // namespace

std::string identity_of(const Inquiry& asked, const Question& question) {
  std::string words = asked.identity;
  const auto add = [&](std::string_view name, const std::string& value) { words += std::string(name) + " " + value + "\n"; };
  if (!question.method.subject.empty()) add("subject", question.method.subject);
  add("nodes", std::to_string(question.names.size()));
  add("starts", std::to_string(question.votes.size()) + ", of them a digest " + std::to_string(digest(question.votes)));
  words += words_of(question.faults);
  for (const Property property : question.check) add("property", std::string(name_of(property)));
  for (const auto& name : asked.customs) add("property", name);
  add("agreement", std::string(name_of(question.agreement)));
  for (const auto& quantity : question.conserve) {
    std::string value = quantity.name;
    for (const std::int64_t added : quantity.added_by_node) value += " " + std::to_string(added);
    add("conserved", value);
  }
  add("symmetry", question.method.symmetry ? "on" : "off"), add("partial order", question.method.partial_order ? "on" : "off");
  add("store", std::string(name_of(question.method.keep)));
  add("rows of starts", std::to_string(digest(asked.starts)));
  add("sizes", std::to_string(sizeof(Budgets)) + " " + std::to_string(sizeof(Standings)) + " " + std::to_string(kMostPlaces));
  return words;
}

void look_at_checkpoint(const std::string& file) {
  File opened;
  open_checkpoint(file, opened);
}

CheckpointPlace::CheckpointPlace(const std::string& file) : file_(file), held_(file) {
  const auto refuse = [&](const std::string& why) { throw CheckpointError(Kind::cannot_create, file, why); };
  switch (held_.error()) {
    case 0: break;
    case EWOULDBLOCK: refuse("another search is being saved there"); break;
    case EINVAL: refuse("it is no regular file"); break;
    case ELOOP: refuse("it is a symbolic link"); break;
    default: refuse(std::strerror(held_.error()));
  }
  if (const NewFile beside(file); beside.error() != 0) refuse(std::strerror(beside.error()));
}

std::string CheckpointPlace::save(const std::string& identity, Search& search, Watch& watch) {
  NewFile made(file_);
  CheckpointWriter writer(made, first_line());
  std::string version = COMMITLAB_VERSION, question = identity;
  writer.text(version), writer.text(question);
  writer.end_piece();
  search.persist(writer), watch.persist(writer, search.worlds());
  writer.end();
  const int error = held_.give_to(made);
  return error == 0 ? "" : std::strerror(error);
}

void load_checkpoint(const std::string& file, const std::string& identity, Search& search, Watch& watch) {
  File opened;
  const std::uint64_t bytes = open_checkpoint(file, opened);
  CheckpointReader reader(std::move(opened), first_line().size(), bytes);
  const auto check_damage = [&] {
    if (reader.failed()) throw CheckpointError(Kind::damaged, file, reader.damage());
  };
  std::string version, question;
  reader.text(version), reader.text(question);
  check_damage();
  if (version != COMMITLAB_VERSION) throw CheckpointError(Kind::other_version, file, "made by commitlab " + version + ", and this is " COMMITLAB_VERSION);
  if (question != identity) throw CheckpointError(Kind::other_question, file, difference(question, identity));
  search.persist(reader);
  check_damage();
  watch.persist(reader, search.worlds());
  reader.end();
  check_damage();
}

}  // namespace commitlab
