// A run as an account of causes needs it: who is who, when a line was, what went wrong there, and which faults have been told already.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reports/space_time.hpp"
#include "reports/told_run.hpp"

namespace commitlab {

class Account {
 public:
  Account(const Trace& run, Clock clock) : run_(run), space_(space_time(run)), clock_(clock) {}

  const Trace& run() const { return run_; }
  const SpaceTime& space() const { return space_; }
  const Trace::Line& line(std::size_t i) const { return run_.lines[i]; }
  std::size_t lines() const { return run_.lines.size(); }
  /// The message that arrives or vanishes in a line, if any does.
  const SpaceTime::Message* message(std::size_t i) const { return space_.message_of[i] ? &space_.messages[*space_.message_of[i]] : nullptr; }

  std::string name(int node) const;                              // "alice", "the coordinator"
  std::string names(const std::vector<int>& nodes) const;        // "the coordinator and alice"
  std::string words(const std::string& message) const;           // "state(phase=waiting)", with names in sets
  std::string words(const SpaceTime::Message& message) const;    // "prepare from the coordinator"
  std::string at(std::size_t i) const;                           // "at step 7", "at 12.500 ms"
  std::string amid(std::size_t i) const;                         // "in the middle of step 7"
  std::string moment(std::size_t i) const;                       // "step 7", "12.500 ms"

  bool refuses(int node, int transaction) const;                 // it votes no

  /// Did something new go wrong there? Coming back and healing are nothing wrong.
  bool is_fault(std::size_t i) const;
  bool stops(std::size_t i) const;  // its node, between steps or within this one
  bool told(std::size_t i) const { return told_.contains(i); }
  void tell(std::size_t i) { told_.insert(i); }

  /// What went wrong there, as a sentence without its stop, and told from now on: "yes from alice to the coordinator was lost at step 5".
  std::string fault(std::size_t i);
  /// "the coordinator stopped in the middle of step 7, when precommit had gone to bob only"; `verb`: "stopped" or "had stopped". Told from now on.
  std::string stop(std::size_t i, const std::string& verb);
  /// The same behind the name.
  std::string stop_alone(std::size_t i, const std::string& verb);

  /// The line in which the node stopped that is down just before a line; none if it is up.
  std::optional<std::size_t> down_before(std::size_t i, int node) const;
  /// Of a broadcast that a crash has cut off, when other participants were reached: those that were not, and had not been sent the same before.
  std::vector<int> left_out(std::size_t i) const;

  struct Written {
    std::size_t line = 0;
    int transaction = 0;
    std::string word{};
  };
  /// What is in a node's log just before a line, whether on disk or not.
  std::vector<Written> log_before(std::size_t i, int node) const;
  /// What a crash has taken from it.
  std::vector<Written> lost_in(std::size_t i) const;

 private:
  bool sent_before(std::size_t i, int node) const;

  const Trace& run_;
  const SpaceTime space_;
  const Clock clock_;
  std::set<std::size_t> told_{};
};

/// A sentence with its stop; "the coordinator" begins it with a capital, other names are as they are.
std::string sentence(std::string words);

}  // namespace commitlab
