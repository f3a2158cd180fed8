#include "checker/replay_words.hpp"

namespace commitlab {
namespace {

/// Equal, or `arm` for any number of ticks.
bool same_effect(std::string_view written, std::string_view happens) {
  return written == happens || (written == "arm" && happens.starts_with("arm "));
}

}  // namespace

std::vector<std::string> parts_of(std::string_view line) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    auto& part = parts.back();
    if (c == ';') parts.emplace_back();
    else if (!blank) part += c;
    else if (!part.empty() && part.back() != ' ') part += ' ';
  }
  for (auto& part : parts)
    if (part.ends_with(' ')) part.pop_back();
  while (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  return parts;
}

Fit fit(const std::vector<std::string>& written, const std::vector<std::string>& happens) {
  if (written.front() != happens.front()) return Fit::none;
  if (written.size() > happens.size()) return Fit::event;
  for (std::size_t i = 1; i < written.size(); ++i)
    if (!same_effect(written[i], happens[i])) return Fit::event;
  if (written.size() == happens.size()) return Fit::whole;
  const bool crashes = happens.back().starts_with("crash");
  return crashes ? Fit::event : Fit::prefix;  // a crash must be said
}

bool is_end(std::string_view line) { return line == "end" || line.starts_with("end;") || line.starts_with("end "); }

std::string end_line(const Trace& trace, const std::vector<Finding>& findings) {
  std::string words = "end";
  for (const auto& finding : findings)
    if (finding.status == Status::violated) words += "; " + finding.name + " violated";
  for (std::size_t i = 0; i < trace.end.size(); ++i) {
    const auto& node = trace.end[i];
    const auto transactions = static_cast<std::size_t>(trace.transactions);
    words += "; " + std::to_string(i / transactions);
    if (transactions > 1) words += "#" + std::to_string(i % transactions + 1);
    if (!node.up) words += " down";
    else if (node.decided.empty()) words += node.in_doubt ? " in doubt" : " undecided";
    else words += " " + node.decided;
  }
  return words;
}

}  // namespace commitlab
