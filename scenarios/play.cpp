#include "scenarios/play.hpp"

#include <algorithm>
#include <array>

#include "checker/replay_words.hpp"

namespace commitlab {
namespace {

constexpr std::string_view kMark = "# commitlab-play/1";

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

std::vector<std::string> words_in(std::string_view line) {
  std::vector<std::string> words;
  bool inside = false;
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank && !inside) words.emplace_back();
    if (!blank) words.back() += c;
    inside = !blank;
  }
  return words;
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  return line;
}

/// Reads a play line by line.
class Reader {
 public:
  Reader(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

  ReadPlay read() {
    while (!rest_.empty() && read_.diagnostics.size() < kMostErrors) one_line();
    if (!opened_) fail(1, "E1701", "a play opens with its question", "for example: # commitlab-play/1 3pc-textbook -n 2 --crashes 1 --timing synchronous");
    if (read_.diagnostics.empty()) read_.play = std::move(play_);
    return std::move(read_);
  }

 private:
  static constexpr std::size_t kMostErrors = 20, kMostLines = 100'000, kLongestLine = 4'096;

  void one_line() {
    const auto end = rest_.find('\n');
    const std::string_view line = trimmed(rest_.substr(0, end));
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    ++number_;
    if (line.size() > kLongestLine) return fail(number_, "E1702", "a line of more than 4,096 characters", "");
    if (play_.lines.size() > kMostLines) return fail(number_, "E1504", "more than 100,000 lines", "");
    for (const char c : line)
      if ((c < ' ' && c != '\t') || c > '~') return fail(number_, "E1703", "a character that no play contains: " + in_quotes(line), "plays are plain ASCII");
    if (line.starts_with(kMark)) {
      if (opened_) return fail(number_, "E1704", "a second question", "one play, one question");
      opened_ = true;
      play_.question = words_in(line.substr(kMark.size()));
    } else if (line.starts_with("# commitlab-play/")) {
      return fail(number_, "E1106", "a play of another version: " + in_quotes(line), "this build reads commitlab-play/1");
    } else if (!line.empty() && line.front() != '#') {
      if (!opened_) return;
      if (line == "votes" || line.starts_with("votes ")) return votes(line);
      if (ended_) return fail(number_, "E1705", "a line behind the end: " + in_quotes(line), "");
      ended_ = line == "end" || line.starts_with("end;") || line.starts_with("end ");
      play_.lines.push_back({number_, std::string(line)});
    }
  }

  void votes(std::string_view line) {
    if (!play_.lines.empty() || !play_.votes.empty()) return fail(number_, "E1706", "votes are cast once, before anything happens", "");
    play_.votes.emplace_back();
    const auto words = words_in(line);
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i] == "|") play_.votes.emplace_back();
      else if (words[i] == "yes" || words[i] == "no") play_.votes.back().push_back(words[i] == "yes");
      else return fail(number_, "E1219", "a vote is yes or no, got " + in_quotes(words[i]), "one for each participant, then | before the next transaction");
    }
  }

  void fail(int line, std::string code, std::string message, std::string hint) {
    read_.diagnostics.push_back({.code = std::move(code), .file = file_, .line = line, .column = 1, .message = std::move(message), .hint = std::move(hint)});
  }

  std::string_view rest_;
  std::string file_;
  ReadPlay read_;
  Play play_;
  int number_ = 0;
  bool opened_ = false, ended_ = false;
};

}  // namespace

bool looks_like_play(std::string_view text) { return text.starts_with("# commitlab-play/"); }

bool looks_like_headless_play(std::string_view text) {
  constexpr std::size_t kLookedAt = 20;  // lines
  static constexpr std::array<std::string_view, 12> kEvents = {"start", "deliver", "lose", "timeout", "early", "crash", "recover", "suspect", "act", "duplicate", "wipe", "miss"};
  for (std::size_t i = 0; i < kLookedAt && !text.empty(); ++i) {
    const std::size_t end = text.find('\n');
    const auto words = words_in(trimmed(text.substr(0, end)));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (words.empty() || words[0].starts_with('#')) continue;
    if (words[0].find_first_of("{[\"") != std::string::npos) return false;
    if (words[0] == "votes" || words[0] == "partition" || words[0] == "heal" || words[0] == "end;" || words[0] == "transaction") return true;
    std::string second = words.size() > 1 ? words[1] : "";
    while (second.ends_with(';')) second.pop_back();
    return std::find(kEvents.begin(), kEvents.end(), second) != kEvents.end();
  }
  return false;
}

Diagnostic headless_play(std::string_view file) {
  return {.code = "E1701", .file = std::string(file), .line = 1, .column = 1, .message = "a play begins with its question: # commitlab-play/1 QUESTION",
          .hint = "for example: # commitlab-play/1 3pc-textbook -n 2 --crashes 1 --timing synchronous"};
}

ReadPlay read_play(std::string_view text, std::string_view file) { return Reader(text, file).read(); }

// Names stand for numbers only where a node can stand: first in a line, behind these words, in sets, and first in each part
// of a line that tells the end.
std::string with_numbers(std::string_view line, const std::vector<std::string>& names) {
  std::string out;
  const bool at_end = is_end(line);
  bool node_may_stand = true, in_set = false;
  while (!line.empty()) {
    std::size_t length = 0;
    while (length < line.size() && is_word_char(line[length])) ++length;
    if (length == 0) {
      const char c = line.front();
      if (c == '{' || c == '}') in_set = c == '{';
      if (c == ';') node_may_stand = at_end;
      out += c;
      line.remove_prefix(1);
      continue;
    }
    std::string word(line.substr(0, length));
    const auto named = std::find(names.begin(), names.end(), word);
    const bool is_node = named != names.end() && (node_may_stand || in_set);
    if (is_node) word = std::to_string(named - names.begin());
    const bool first = out.find_first_not_of(" \t") == out.npos;
    if (word == "from" || word == "to" || word == "suspect" || word == "partition") node_may_stand = true;
    else if (first && is_node) node_may_stand = false;
    out += word;
    line.remove_prefix(length);
  }
  return out;
}

std::string play_text(const Trace& trace, std::string_view question, const std::vector<Finding>& end) {
  std::string text = std::string(kMark) + " " + std::string(question) + "\nvotes ";
  for (std::size_t i = 0; i < trace.votes.size(); ++i) text += (i == 0 ? "" : " | ") + trace.votes[i];
  text += "\n";
  for (const auto& line : trace.lines) text += told(line) + "\n";
  return text + end_line(trace, end) + "\n";
}

}  // namespace commitlab
