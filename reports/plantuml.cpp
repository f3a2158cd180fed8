#include <string_view>

#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"
#include "reports/sequence.hpp"

namespace commitlab {
namespace {

std::string code_point(unsigned char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return std::string("<U+00") + kDigits[c / 16] + kDigits[c % 16] + ">";
}

/// Letters, digits and a few signs as they are; all else, and signs that would mean something twice or at the beginning, by their number.
std::string escape(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    const bool sign = std::string_view(" ,.(){}:;").find(c) != std::string_view::npos;
    const bool doubled = (i > 0 && text[i - 1] == c) || (i + 1 < text.size() && text[i + 1] == c);
    const bool single = (c == '-' || c == '_' || c == '=') && i > 0 && !doubled;
    if (word || sign || single) escaped += c;
    else escaped += code_point(static_cast<unsigned char>(c));
  }
  return escaped;
}

std::string id(int node) { return "n" + std::to_string(node); }

std::string line_of(const SequenceItem& item, const std::string& all) {
  if (item.what == SequenceItem::What::note) return "note over " + (item.from == SequenceItem::kAll ? all : id(item.from)) + " : " + escape(item.text) + "\n";
  const std::string line = item.from == 0 ? "-" : "--";
  const std::string head = item.arrives ? ">" : item.under_way ? ">>" : ">x";
  return id(item.from) + " " + line + head + " " + id(item.to) + " : " + escape(item.text) + "\n";
}

}  // namespace

std::string plantuml_text(const TracedRun& run) {
  const int last = static_cast<int>(run.trace.names.size()) - 1;
  const std::string all = last > 0 ? id(0) + ", " + id(last) : id(0);
  std::string text = "@startuml\n";
  if (!run.title.empty()) text += "title " + escape(printable(run.title)) + "\n";
  for (int node = 0; node <= last; ++node) text += "participant \"" + escape(node_words(run.trace, node)) + "\" as " + id(node) + "\n";
  for (const auto& item : sequence_of(run)) text += line_of(item, all);
  for (const auto& violation : violations(run)) text += "note over " + all + " #FFDDDD : " + escape(violation) + "\n";
  return text + "@enduml\n";
}

}  // namespace commitlab
