#include "reports/export_report.hpp"

#include <nlohmann/json.hpp>

#include "reports/delays_text.hpp"
#include "reports/json_parts.hpp"
#include "reports/numbers.hpp"

namespace commitlab {

static std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string export_text(const About& about, const Exported& exported, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  Table table{.indent = 0};
  table.add({{"written", Ink::faint}, {joined(exported.files, ", "), Ink::strong}});
  const ModelSize& size = exported.size;
  std::string sizes = counted(size.states, "state", "states") + ", ";
  if (size.choices != size.states) sizes += counted(size.choices, "choice", "choices") + ", ";
  table.add({{"model", Ink::faint}, {sizes + counted(size.transitions, "transition", "transitions")}});
  if (exported.beyond > 0)
    table.add({{"beyond", Ink::faint}, {"too large to be whole: what follows " + counted(exported.beyond, "state", "states") + " is left out; their label tells how likely they are reached", Ink::unsure}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (quiet) return text_of(table, style);
  table.add({{"labels", Ink::faint}, {joined(exported.labels, ", ") + ": where a run has ended"}});
  table.add({{"rewards", Ink::faint}, {joined(exported.rewards, ", ")}});
  if (about.delays) table.add({{"delays", Ink::faint}, {delays_text(*about.delays, about.faults.recovery) + means_text(*about.delays)}});
  table.add({{"to ask", Ink::faint}, {joined(exported.asking, " "), Ink::plain, true}});
  table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return heading(about, style) + "\n" + text_of(table, style);
}

std::string export_json(const About& about, const Exported& exported) {
  nlohmann::ordered_json json = json_of(about, "commitlab-export/1");
  json["files"] = exported.files;
  json["states"] = exported.size.states, json["choices"] = exported.size.choices, json["transitions"] = exported.size.transitions;
  json["states_beyond"] = exported.beyond;
  json["labels"] = exported.labels, json["rewards"] = exported.rewards;
  json["asking"] = exported.asking;
  json["exit_code"] = 0;
  return document(json);
}

}  // namespace commitlab
