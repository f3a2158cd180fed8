#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/run_report.hpp"
#include "reports/why.hpp"

namespace commitlab {

using nlohmann::ordered_json;

std::string run_json(const About& about, const Run& run, const SavedPlay* play, int exit_code) {
  ordered_json json = json_of(about, "commitlab-run/1");
  json["seed"] = run.seed;
  ordered_json transactions = ordered_json::array();
  for (const auto& transaction : run.transactions) {
    transactions.push_back({{"outcome", transaction.outcome},
                            {"began_ns", transaction.began_ns},
                            {"latency_ns", transaction.latency_ns},
                            {"messages", transaction.messages},
                            {"forced_writes", transaction.forced_writes}});
  }
  json["transactions"] = std::move(transactions);
  json["ended_ns"] = run.ended_ns;
  json["horizon"] = run.horizon;
  json["synchronous"] = run.synchronous;
  json["events"] = run.events;
  json["because"] = why_text(run.trace, Clock::virtual_time);
  json["run"] = json_of(run.trace, WithTimes::yes);
  json["play"] = play == nullptr ? ordered_json() : ordered_json({{"path", play->path}, {"replay", play->replay}});
  json["exit_code"] = exit_code;
  return document(json);
}

}  // namespace commitlab
