// What is done beside a search, between its blocks of worlds: it is saved now and then, and somebody is told how far it is.
#pragma once

#include <chrono>
#include <optional>

#include "checker/checkpoint.hpp"
#include "checker/progress.hpp"

namespace commitlab {

class Attendant {
 public:
  /// Brings the search to where its checkpoint was made, if there is one. Throws CheckpointError.
  Attendant(const Inquiry& asked, const Question& question, Search& search, Watch& watch);

  void look();
  /// The search is over. If it has stopped without an answer, it is saved.
  void leave(Verdict& verdict);

 private:
  using Clock = std::chrono::steady_clock;

  void save();
  void tell(double seconds_since);

  const Question& question_;
  Search& search_;
  Watch& watch_;
  std::optional<CheckpointPlace> place_;
  std::string identity_, failed_;
  Clock::time_point told_ = Clock::now(), next_save_ = told_;
  std::uint64_t worlds_told_ = 0;
};

}  // namespace commitlab
