#include <algorithm>

#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"
#include "reports/sequence.hpp"

namespace commitlab {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_plain(char c) {
  const bool ascii = is_letter(c) || (c >= '0' && c <= '9') || std::string_view(" ,.()={}/:_-'").find(c) != std::string_view::npos;
  return ascii || static_cast<unsigned char>(c) >= 0x80;
}

/// Entities for what could mean something, and for the word `end`, with which some versions close a block wherever it stands.
std::string escape(std::string_view text) {
  const auto is_end = [&](std::size_t i) {
    const std::string_view word = text.substr(i, 3);
    const bool spelled = word.size() == 3 && (word[0] | 32) == 'e' && (word[1] | 32) == 'n' && (word[2] | 32) == 'd';
    return spelled && (i == 0 || !is_letter(text[i - 1])) && (i + 3 == text.size() || !is_letter(text[i + 3]));
  };
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_plain(text[i]) && !is_end(i)) escaped += text[i];
    else escaped += "#" + std::to_string(static_cast<int>(text[i])) + ";";
  }
  return escaped;
}

std::string id(int node) { return "n" + std::to_string(node); }

std::string line_of(const SequenceItem& item, const std::string& all) {
  if (item.what == SequenceItem::What::note) return "    Note over " + (item.from == SequenceItem::kAll ? all : id(item.from)) + ": " + escape(item.text) + "\n";
  const std::string line = item.from == 0 ? "-" : "--";
  const std::string head = item.arrives ? ">>" : item.under_way ? ")" : "x";
  return "    " + id(item.from) + line + head + id(item.to) + ": " + escape(item.text) + "\n";
}

}  // namespace

std::string mermaid_text(const TracedRun& run) {
  const int last = static_cast<int>(run.trace.names.size()) - 1;
  const std::string all = last > 0 ? id(0) + "," + id(last) : id(0);
  std::string text = "sequenceDiagram\n";
  if (!run.title.empty()) text += "    title " + escape(printable(run.title)) + "\n";
  for (int node = 0; node <= last; ++node) text += "    participant " + id(node) + " as " + escape(node_words(run.trace, node)) + "\n";
  const auto items = sequence_of(run);
  for (std::size_t i = 0; i < std::min(items.size(), kMostMermaidItems); ++i) text += line_of(items[i], all);
  if (items.size() > kMostMermaidItems)
    text += "    Note over " + all + ": cut here, " + grouped(kMostMermaidItems) + " of " + grouped(items.size()) + " arrows and notes are shown\n";
  for (const auto& violation : violations(run)) text += "    Note over " + all + ": " + escape(violation) + "\n";
  return text;
}

}  // namespace commitlab
