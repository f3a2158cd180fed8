// For tests: a short run in plain values, and a question about it.
#pragma once

#include "reports/about.hpp"
#include "sim/trace.hpp"

namespace commitlab {

inline Trace short_run() {
  Trace run{.protocol = "2pc", .names = {"coordinator", "alice", "bob"}, .votes = {"yes no"}};
  run.lines = {
      {.node = 0, .happened = "start", .effects = {"send prepare to 1 2", "arm 2"}, .after = {.state = "collecting(awaited={1,2})"}},
      {.at_ns = 2'666'000, .node = 1, .happened = "deliver prepare from 0", .effects = {"force prepared", "send yes to 0", "arm 3"}, .after = {.in_doubt = true, .state = "prepared"}},
      {.at_ns = 3'000'000, .network = true, .happened = "partition 0 | 1 2"},
      {.at_ns = 12'500'000, .node = 0, .happened = "timeout", .effects = {"force abort", "crash losing 1 record"}, .after = {.up = false}},
  };
  run.end = {{.up = false}, {.in_doubt = true, .state = "prepared", .log = {"prepared", "end?"}}, {.state = "aborted", .log = {"abort"}, .decided = "abort"}};
  return run;
}

inline About about_short_run() {
  return {.program = "./lab",
          .arguments = {"check", "bank-transfer", "--crashes", "1"},
          .scenario = "bank-transfer",
          .title = "Transfer 100 from Alice's bank to Bob's",
          .protocol = "2pc",
          .summary = "two-phase commit",
          .names = {"coordinator", "alice", "bob"},
          .faults = {.left = {.crashes = 1}, .timing = Timing::synchronous},
          .votes = {"yes", "either"}};
}

}  // namespace commitlab
