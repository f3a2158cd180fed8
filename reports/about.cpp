#include "reports/about.hpp"

#include <algorithm>

#include "reports/delays_text.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"

namespace commitlab {

std::string heading(const About& about, const Style& style) {
  std::string text;
  for (const auto& line : wrapped(printable(about.title), style.width)) text += painted(line, Ink::strong, style) + "\n";
  const std::string colon = about.summary.empty() ? "" : ": ";
  auto protocol = wrapped(about.protocol + colon + about.summary, style.width);
  if (protocol.empty()) protocol.emplace_back();
  const std::size_t name = std::min(about.protocol.size(), protocol.front().size());
  protocol.front() = painted(protocol.front().substr(0, name), about.title.empty() ? Ink::strong : Ink::plain, style) + protocol.front().substr(name);
  for (const auto& line : protocol) text += line + "\n";
  std::string who = participants_text(about.names);
  const std::vector<std::string> participants(about.names.begin() + (about.names.empty() ? 0 : 1), about.names.end());
  constexpr std::size_t kMostNamed = 8;
  if (!participants.empty() && participants.size() <= kMostNamed) who += ": " + enumerated(participants);
  for (const auto& line : wrapped(who, style.width)) text += line + "\n";
  return text;
}

static std::string nodes_text(NodeSet nodes, const std::vector<std::string>& names) {
  std::vector<std::string> listed;
  nodes.each([&](NodeId id) { listed.push_back(index(id) < names.size() ? names[index(id)] : std::to_string(index(id))); });
  return enumerated(listed);
}

static std::string budget(std::uint8_t left, std::string_view one, std::string_view many) {
  return left == kUnlimited ? "any number of " + std::string(many) : counted(left, one, many);
}

static std::string crashes_text(const Faults& faults, const std::vector<std::string>& names) {
  std::string text = budget(faults.left.crashes, "crash", "crashes");
  text += faults.crash_points == CrashPoints::effects ? " anywhere in a step (effects cut, broadcasts torn)" : " between steps only";
  if (!faults.crash_only.empty()) text += ", of " + nodes_text(faults.crash_only, names) + " only";
  return text;
}

std::string faults_text(const Faults& faults, const std::vector<std::string>& names) {
  const Budgets& left = faults.left;
  std::vector<std::string> parts;
  if (left.crashes > 0) parts.push_back(crashes_text(faults, names));
  if (left.crashes > 0) parts.push_back(faults.recovery == Recovery::any_time ? "recovery at any time" : "no recovery");
  if (left.disk_losses > 0) parts.push_back(budget(left.disk_losses, "lost disk", "lost disks"));
  if (left.losses > 0) parts.push_back(budget(left.losses, "lost message", "lost messages"));
  if (left.duplicates > 0) parts.push_back(budget(left.duplicates, "duplicate message", "duplicate messages"));
  if (left.reorders > 0) parts.push_back(budget(left.reorders, "message out of order", "messages out of order"));
  if (left.partitions > 0) {
    parts.push_back(budget(left.partitions, "partition", "partitions") + (faults.severed == Severed::held ? " (messages across are held)" : " (messages across are lost)"));
  }
  if (left.suspicions > 0) parts.push_back(budget(left.suspicions, "false suspicion (early timeout)", "false suspicions (early timeouts)"));
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text.empty() ? "none" : text;
}

static std::string odds(const Probability& chance) {
  return grouped(chance.numerator) + " in " + grouped(chance.denominator);
}

/// "1 in 2,000 handler runs", "1 in 1,000 handler runs of coordinator, 1 in 2,000 of alice".
static std::string crash_odds(const Chances& chances, const std::vector<std::string>& names) {
  if (chances.crash_by_node.empty()) return odds(chances.crash) + " handler runs";
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!chances.may_crash(node_id(i))) continue;
    text += (text.empty() ? "" : ", ") + odds(chances.crash_of(node_id(i))) + (text.empty() ? " handler runs" : "") + " of " + names[i];
  }
  return text;
}

std::string chances_text(const About& about) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& what, const Probability& chance, std::string_view of) {
    if (chance.numerator > 0) parts.push_back(what + ": " + odds(chance) + " " + std::string(of));
  };
  const Chances& chances = about.chances;
  for (const auto& host : about.shared_hosts) add(nodes_text(host.participants, about.names) + " fail together", host.fails, "transactions");
  add("lost", chances.loss, "messages");
  add("delivered twice", chances.duplicate, "messages");
  add("out of order", chances.reorder, "messages");
  if (chances.may_crash()) parts.push_back("crashes: " + crash_odds(chances, about.names));
  add("lost disks", chances.disk_loss, "recoveries");
  if (about.scripted > 0) parts.push_back(counted(about.scripted, "scripted fault", "scripted faults"));
  const bool crashes = chances.may_crash() || about.scripted > 0, recovery = about.faults.recovery == Recovery::any_time;
  const bool sometimes = recovery && chances.recovery != Probability{1, 1};
  if (crashes && sometimes && chances.recovery.numerator > 0) add("recover", chances.recovery, "stopped nodes");
  else if (crashes && recovery && !sometimes) parts.push_back("stopped nodes recover");
  else if (crashes && about.scripted == 0) parts.push_back("no recovery");
  if (parts.empty()) return about.faults.left != Budgets{} ? "none: budgets such as --crashes count in a search only, see --chance" : "none";
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

void add_delays(Table& table, const About& about) {
  if (about.delays) table.add({{"delays", Ink::faint}, {delays_text(*about.delays, about.faults.recovery)}});
}

std::string timing_text(const Faults& faults) {
  std::string text = faults.timing == Timing::synchronous ? "synchronous: timers fire only when no message is under way"
                                                          : "asynchronous: a timer may fire at any time";
  switch (faults.channels) {
    case Channels::bag: text += "; messages overtake each other"; break;
    case Channels::fifo: text += "; messages stay in order (fifo)"; break;
    case Channels::sticky: text += "; messages are never consumed (sticky)"; break;
  }
  if (faults.transaction_order == TransactionOrder::serial) text += "; a node begins a transaction when it has decided the one before (serial)";
  if (faults.messages == Messages::unnumbered) text += "; messages do not say of which transaction they are (unnumbered)";
  return text;
}

std::string votes_text(const About& about) {
  std::vector<std::string> yes, no, either;
  for (std::size_t i = 0; i < about.votes.size() && i + 1 < about.names.size(); ++i) {
    auto& list = about.votes[i] == "yes" ? yes : about.votes[i] == "no" ? no : either;
    list.push_back(about.names[i + 1]);
  }
  if (yes.empty() && no.empty()) return "each participant either way";
  if (no.empty() && either.empty()) return "everybody yes";
  if (yes.empty() && either.empty()) return "everybody no";
  std::string text;
  const auto add = [&](const std::vector<std::string>& who, std::string_view what) {
    if (!who.empty()) text += (text.empty() ? "" : "; ") + enumerated(who) + " " + std::string(what);
  };
  add(yes, "yes");
  add(no, "no");
  add(either, "either way");
  return text;
}

std::string method_text(const Method& method) {
  std::vector<std::string> parts;
  if (method.symmetry) parts.push_back("symmetry");
  if (method.partial_order) parts.push_back("partial order");
  if (method.keep != Keep::exact) parts.push_back(std::string("fingerprints of ") + (method.keep == Keep::fingerprint64 ? "64" : "128") + " bits");
  if (method.threads > 1) parts.push_back(counted(method.threads, "thread", "threads"));
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::vector<std::string> claims_sentences(const std::vector<OutsideClaim>& outside) {
  std::vector<std::string> sentences;
  std::vector<std::string> told;
  for (const auto& [property, words] : outside) {
    if (std::find(told.begin(), told.end(), words) != told.end()) continue;
    told.push_back(words);
    std::vector<std::string> properties;
    for (const auto& other : outside)
      if (other.words == words) properties.push_back(other.property);
    sentences.push_back(words.starts_with("outside") ? enumerated(properties) + ": " + words : words);
  }
  return sentences;
}

std::string warnings_text(const About& about, const Style& style) {
  std::string text;
  for (const auto& warning : about.warnings) text += text_of(Table{.rows = {{{"warning", Ink::unsure}, {warning}}}, .indent = 0}, style);
  return text;
}

static std::string quoted_for_shell(const std::string& word) {
  constexpr std::string_view kSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/=,:+@%";
  if (!word.empty() && word.find_first_not_of(kSafe) == word.npos) return word;
  constexpr std::string_view kHex = "0123456789abcdef";
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= ' ' && c <= '~'; });
  std::string quoted = plain ? "'" : "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    else if (c == '\'' || c == '\\') quoted += std::string("\\") + c;
    else if (c >= ' ' && c <= '~') quoted += c;
    else quoted += std::string("\\x") + kHex[byte >> 4] + kHex[byte & 15u];
  }
  return quoted + "'";
}

std::string command_text(const std::string& program, const std::vector<std::string>& arguments) {
  std::string text = quoted_for_shell(program);
  for (const auto& argument : arguments) text += " " + quoted_for_shell(argument);
  return text;
}

std::string command_text(const About& about) { return command_text(about.program, about.arguments); }

}  // namespace commitlab
