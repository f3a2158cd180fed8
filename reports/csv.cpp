#include "reports/csv.hpp"

#include <nlohmann/json.hpp>

namespace commitlab {

using nlohmann::ordered_json;

static std::string in_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

ordered_json cell_of(const std::string& text) {
  const ordered_json number = ordered_json::parse(text, nullptr, false);
  return number.is_number() ? number : ordered_json(text);
}

std::string csv_head(const ordered_json& row) {
  std::string line;
  for (const auto& [name, value] : row.items()) line += (line.empty() ? "" : ",") + in_field(name);
  return line;
}

std::string csv_row(const ordered_json& row) {
  std::string line;
  bool first = true;
  for (const auto& [name, value] : row.items()) {
    if (!first) line += ",";
    first = false;
    line += value.is_null() ? "" : value.is_string() ? in_field(value.get<std::string>()) : value.dump();
  }
  return line;
}

}  // namespace commitlab
