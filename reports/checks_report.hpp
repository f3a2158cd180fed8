// Scenarios and plays that were checked in one go, in plain values: for a page, for JSON, and for the files that CI services read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/replayed.hpp"
#include "checker/verdict.hpp"
#include "reports/about.hpp"
#include "reports/verdict_report.hpp"

namespace commitlab {

/// One thing that was asked of a scenario or a play, and what became of it.
struct Judged {
  enum class Result : std::uint8_t {  // a later one is worse
    skipped,       // was not asked
    passed,        // holds, or is what was expected
    inconclusive,  // a limit was reached
    error,         // could not be asked
    differs,       // a play that does not happen as it is written
    violated,      // without being expected
    unexpected,    // anything else than what was expected
  };
  std::string rule{};     // "AC1"; "worlds", "play", or "input" for what could not be asked
  std::string title{};    // "agreement"
  Result result = Result::passed;
  std::string status{};   // "violated"
  std::string message{};  // why, in a sentence; empty where there is nothing to add
  std::optional<SavedPlay> play{};  // the run that shows it, if it was kept
};

/// What is wrong with an input, in parts; empty or 0: not known.
struct InputError {
  std::string code{}, file{};
  int line = 0, column = 0;
  std::string place{}, message{}, hint{};
  std::string text{};  // all of it as people read it, with a newline
};

/// A scenario that was searched, or a play that was made again, or what could not be.
struct Checked {
  std::string path{};  // as it was named: a file, or a protocol
  std::string file{};  // from where the program was called, with forward slashes; empty: there is none
  int line = 1;        // of the file, for what was found
  About about{};       // its arguments ask this alone
  std::uint64_t seed = 0;
  std::vector<Judged> judged{};  // at least one
  std::optional<Verdict> verdict{};
  Expectation expectation{};
  std::optional<Replayed> replayed{};
  std::vector<InputError> errors{};
  int exit_code = 0;
};

struct Checks {
  std::string program{};
  std::vector<std::string> arguments{};  // that ask all of it again
  std::vector<Checked> all{};
  int exit_code = 0;
};

/// The worst of what was judged.
Judged::Result result_of(const Checked& checked);

/// Is this a failure: `differs`, `violated` or `unexpected`?
bool failed(Judged::Result result);

/// The run that shows what was judged; null if there is none.
const Trace* run_of(const Checked& checked, const Judged& judged);

/// Why, and that run for people: who votes what, its steps numbered, and how it ends; then the commands that make it again. Lines end in a newline.
std::string run_and_command(const Checked& checked, const Judged& judged);

std::string checks_text(const Checks& checks, const Style& style);
std::string checks_json(const Checks& checks);

}  // namespace commitlab
