// A report: all that was asked about a scenario, as one page of HTML that needs nothing else, fit to be read, printed and handed on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/about.hpp"
#include "reports/compare_report.hpp"
#include "reports/curves.hpp"
#include "reports/verdict_report.hpp"
#include "checker/estimate.hpp"
#include "sim/run.hpp"

namespace commitlab {

/// An answer, or why there is none; and the command that gives the same by itself.
template <class T>
struct Part {
  std::optional<T> is{};
  std::string left_out{};  // a sentence
  std::string command{};

  explicit operator bool() const { return is.has_value(); }
};

/// The question put to several protocols with no more faults than these.
struct UnderFaults {
  Budgets budgets{};
  std::vector<Compared> compared{};
};

struct Report {
  About about{};                        // its arguments make the page again
  Part<Verdict> verdict{};
  Expectation expectation{};
  Part<Run> run{};                      // of one transaction, in virtual time
  std::optional<Run> all{};             // of all transactions, if the scenario has several
  Part<Estimate> estimate{};
  std::vector<Part<Curves>> curves{};
  Part<std::vector<Compared>> compared{};
  std::uint64_t compared_worlds = 0;    // at most so many of each protocol
  std::vector<UnderFaults> one_fault{};  // none, then one of each kind; all of the same protocols; empty where `compared` is left out
  std::uint64_t one_fault_worlds = 0;    // at most so many of each protocol under each
};

/// The whole document. Nothing in it depends on how long anything took.
std::string report_html(const Report& report);

}  // namespace commitlab
