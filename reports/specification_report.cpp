#include "reports/specification_report.hpp"

#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/list_report.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const auto word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text.empty() ? "none" : text;
}

std::string specification_text(const About& about, const ShownSpecification& shown, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text = quiet ? "" : heading(about, style) + "\n";
  Table table;
  table.add({{"what", Ink::faint}, {"a specification: it says what may happen, and not what makes it happen. Nothing fails in it and nothing takes time, so it has no run to show"}});
  table.add({{"acts", Ink::faint}, {joined(shown.acts)}});
  table.add({{"messages", Ink::faint}, {joined(shown.messages)}});
  text += text_of(table, style) + "\n  " + painted("claims", Ink::faint, style) + "\n" + text_of(claims_table(shown.claims), style) + "\n";
  Table ways{.indent = 0};
  for (const auto& warning : about.warnings) ways.add({{"warning", Ink::unsure}, {warning}});
  ways.add({{"check", Ink::faint}, {command_text(about.program, shown.check), Ink::plain, true}});
  if (!quiet) ways.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return text + text_of(ways, style);
}

std::string specification_json(const About& about, const ShownSpecification& shown) {
  ordered_json json = json_of(about, "commitlab-specification/1");
  json["acts"] = shown.acts;
  json["messages"] = shown.messages;
  json["claims"] = claims_json(shown.claims);
  json["check"] = shown.check;
  json["exit_code"] = 0;
  return document(json);
}

}  // namespace commitlab
