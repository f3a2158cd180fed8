// What the script of a report shows beside a picture: what every node was before the first step, and what each step has changed.
#include <nlohmann/json.hpp>

#include <map>

#include "reports/named.hpp"
#include "reports/printable.hpp"
#include "reports/report_parts.hpp"
#include "reports/told_run.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;

/// Each text once; elsewhere its number stands for it.
class Texts {
 public:
  std::size_t number_of(const std::string& text) {
    const auto [place, fresh] = numbers_.try_emplace(text, numbers_.size());
    if (fresh) all_.push_back(text);
    return place->second;
  }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::map<std::string, std::size_t> numbers_{};
  std::vector<std::string> all_{};
};

/// The look of every slot once `lines` lines have happened: its latest stretch that has begun by then.
std::vector<const NodeView*> looks_after(const ShownRun& run, std::size_t lines) {
  const auto transactions = static_cast<std::size_t>(std::max(run.trace->transactions, 1));
  std::vector<const NodeView*> looks(run.trace->names.size() * transactions);
  for (const auto& stretch : run.space.stretches) {
    const std::size_t slot = static_cast<std::size_t>(stretch.node) * transactions + static_cast<std::size_t>(stretch.transaction);
    if (looks[slot] == nullptr || stretch.from.line < lines) looks[slot] = &stretch.view;
  }
  return looks;
}

/// Of one slot: what it is, what it has decided, its log, and the messages that are on their way to it.
ordered_json cell(const ShownRun& run, std::size_t slot, const NodeView& view, std::size_t lines, Texts& texts) {
  const Trace& trace = *run.trace;
  const auto transactions = static_cast<std::size_t>(std::max(trace.transactions, 1));
  const int node = static_cast<int>(slot / transactions), transaction = static_cast<int>(slot % transactions);
  ordered_json inbox = ordered_json::array();
  if (lines > 0) {
    for (const std::size_t which : inbox_after(run.space, lines - 1, node)) {
      const auto& message = run.space.messages[which];
      const std::string from = trace.names[static_cast<std::size_t>(message.from)];
      if (message.transaction == transaction) inbox.push_back(texts.number_of(message.word + " from " + from));
    }
  }
  const int flags = (view.up ? 1 : 0) | (view.in_doubt ? 2 : 0);
  return {flags, texts.number_of(is_text(view, trace.names)), texts.number_of(view.decided), texts.number_of(log_text(view, trace.names)), std::move(inbox)};
}

ordered_json data_of(const ShownRun& run, Texts& texts) {
  const Trace& trace = *run.trace;
  const auto transactions = static_cast<std::size_t>(std::max(trace.transactions, 1));
  ordered_json slots = ordered_json::array(), steps = ordered_json::array();
  for (std::size_t slot = 0; slot < trace.names.size() * transactions; ++slot)
    slots.push_back(trace.names[slot / transactions] + (transactions > 1 ? " #" + std::to_string(slot % transactions + 1) : ""));
  std::vector<ordered_json> before(slots.size());
  for (std::size_t lines = 0; lines <= trace.lines.size(); ++lines) {
    ordered_json changes = ordered_json::array();
    const auto looks = looks_after(run, lines);
    for (std::size_t slot = 0; slot < looks.size(); ++slot) {
      ordered_json now = cell(run, slot, looks[slot] == nullptr ? NodeView{} : *looks[slot], lines, texts);
      if (now == before[slot]) continue;
      changes.push_back({slot, now});
      before[slot] = std::move(now);
    }
    steps.push_back(std::move(changes));
  }
  return {{"id", run.id}, {"nodes", std::move(slots)}, {"steps", std::move(steps)}};
}

}  // namespace

std::string node_data(const std::vector<ShownRun>& runs) {
  if (runs.empty()) return "";
  Texts texts;
  ordered_json list = ordered_json::array();
  for (const auto& run : runs) list.push_back(data_of(run, texts));
  const ordered_json json = {{"texts", texts.all()}, {"runs", std::move(list)}};
  return json_text(json);
}

}  // namespace commitlab
