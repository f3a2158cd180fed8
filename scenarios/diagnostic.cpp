// Diagnostics as text for people and as JSON for programs; foreign text is escaped before it reaches either.
#include "scenarios/diagnostic.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace commitlab {

static bool earlier(const Diagnostic& a, const Diagnostic& b) {
  return std::tie(a.line, a.column) < std::tie(b.line, b.column);
}

void Diagnostics::add(Diagnostic found) {
  const bool is_error = found.severity == Diagnostic::Severity::error;
  std::vector<Diagnostic>& list = is_error ? errors_ : warnings_;
  list.insert(std::upper_bound(list.begin(), list.end(), found, earlier), std::move(found));
  if (list.size() <= kMostShown) return;
  list.pop_back();
  if (is_error) ++errors_left_out_;
}

bool Diagnostics::would_show(int line, int column) const {
  return errors_.size() < kMostShown || std::tie(line, column) < std::tie(errors_.back().line, errors_.back().column);
}

static std::string_view word(Diagnostic::Severity severity) {
  switch (severity) {
    case Diagnostic::Severity::error: return "error";
    case Diagnostic::Severity::warning: return "warning";
  }
  return "";
}

std::string to_text(const Diagnostic& diagnostic) {
  constexpr std::size_t kLongestName = 300;
  std::string text(word(diagnostic.severity));
  text += "[" + diagnostic.code + "]";
  if (!diagnostic.file.empty()) text += " " + escaped(diagnostic.file, kLongestName);
  if (diagnostic.line > 0) text += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  if (!diagnostic.pointer.empty()) text += " " + escaped(diagnostic.pointer, kLongestName);
  text += ": " + diagnostic.message + "\n";
  if (!diagnostic.hint.empty()) text += "  hint: " + diagnostic.hint + "\n";
  return text;
}

std::string to_text(const Diagnostics& findings) {
  std::string text;
  for (const Diagnostic& error : findings.errors()) text += to_text(error);
  if (findings.errors_left_out() > 0) text += "and " + std::to_string(findings.errors_left_out()) + " more\n";
  for (const Diagnostic& warning : findings.warnings()) text += to_text(warning);
  return text;
}

static nlohmann::ordered_json json_of(const Diagnostic& diagnostic) {
  nlohmann::ordered_json json = {{"severity", word(diagnostic.severity)}, {"code", diagnostic.code}};
  if (!diagnostic.file.empty()) json["file"] = diagnostic.file;
  if (diagnostic.line > 0) {
    json["line"] = diagnostic.line;
    json["column"] = diagnostic.column;
  }
  json["pointer"] = diagnostic.pointer;
  json["message"] = diagnostic.message;
  if (!diagnostic.hint.empty()) json["hint"] = diagnostic.hint;
  return json;
}

std::string to_json(const Diagnostics& findings) {
  nlohmann::ordered_json json = {{"schema", "commitlab-diagnostics/1"}, {"diagnostics", nlohmann::ordered_json::array()}};
  for (const Diagnostic& error : findings.errors()) json["diagnostics"].push_back(json_of(error));
  for (const Diagnostic& warning : findings.warnings()) json["diagnostics"].push_back(json_of(warning));
  json["errors_left_out"] = findings.errors_left_out();
  // File names need not be UTF-8; what is not becomes U+FFFD.
  return json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

// Of each code that is not plain bad content: E1011 and E1015 are files that cannot be read, E1304 asks nothing.
static int exit_code(const Diagnostic& error) {
  if (error.code == "E1011" || error.code == "E1015") return 66;
  if (error.code == "E1304") return 64;
  return 65;
}

int exit_code(const Diagnostics& findings) {
  if (!findings.any_error()) return 0;
  const auto& errors = findings.errors();
  const int first = exit_code(errors.front());
  const bool all_alike = std::all_of(errors.begin(), errors.end(), [&](const Diagnostic& error) { return exit_code(error) == first; });
  return all_alike ? first : 65;
}

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const CodePoint invalid = {byte(0), 1, false};
  if (byte(0) < 0x80) return {byte(0), 1, true};

  const std::size_t length = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < length) return invalid;
  char32_t value = byte(0) & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0u) != 0x80) return invalid;
    value = value << 6 | (byte(i) & 0x3fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return invalid;
  return {value, length, true};
}

static std::string hexadecimal(char32_t value, std::size_t digits) {
  std::string text;
  for (; value != 0 || text.size() < digits; value >>= 4) text.insert(text.begin(), "0123456789ABCDEF"[value & 15u]);
  return text;
}

std::string code_point_name(char32_t value) { return "U+" + hexadecimal(value, 4); }

static std::string escaped(CodePoint point) {
  if (!point.valid) return "\\x{" + hexadecimal(point.value, 2) + "}";
  switch (point.value) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  if (point.value >= 0x20 && point.value < 0x7f) return std::string(1, static_cast<char>(point.value));
  return "\\u{" + hexadecimal(point.value, 1) + "}";
}

std::string escaped(std::string_view text, std::size_t most) {
  std::string shown;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const std::string piece = escaped(point);
    if (shown.size() + piece.size() > most) return shown + "...";
    shown += piece;
    text.remove_prefix(point.bytes);
  }
  return shown;
}

std::string in_quotes(std::string_view text) { return '"' + escaped(text) + '"'; }

}  // namespace commitlab
