#include "checker/attendant.hpp"

#include <algorithm>

namespace commitlab {

namespace {

constexpr double kSecondsBetweenReports = 0.1;
constexpr double kLeastShareOfWork = 10;  // a search goes on for so many times as long as it took to save it

std::chrono::steady_clock::duration seconds(double count) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(count));
}

}  // namespace

Attendant::Attendant(const Inquiry& asked, const Question& question, Search& search, Watch& watch) : question_(question), search_(search), watch_(watch) {
  const Method& method = question.method;
  if (!method.checkpoint.empty()) search.keep_sources();
  if (!method.checkpoint.empty() || !method.resume.empty()) identity_ = identity_of(asked, question);
  if (!method.resume.empty()) look_at_checkpoint(method.resume);  // before a file of that name is made
  if (!method.checkpoint.empty()) place_.emplace(method.checkpoint);
  if (!method.resume.empty()) load_checkpoint(method.resume, identity_, search, watch);
  next_save_ += seconds(method.checkpoint_every_seconds);
  worlds_told_ = search.worlds();
}

void Attendant::look() {
  const auto now = Clock::now();
  const double since = std::chrono::duration<double>(now - told_).count();
  if (question_.method.progress && since >= kSecondsBetweenReports) tell(since), told_ = now;
  if (place_ && now >= next_save_) save();
}

void Attendant::save() {
  const auto begin = Clock::now();
  failed_ = place_->save(identity_, search_, watch_);
  const auto end = Clock::now();
  const double took = std::chrono::duration<double>(end - begin).count();
  next_save_ = end + seconds(std::max(question_.method.checkpoint_every_seconds, kLeastShareOfWork * took));
}

void Attendant::leave(Verdict& verdict) {
  if (!place_) return;
  if (!verdict.stopped.empty()) {
    save();
    if (failed_.empty()) verdict.checkpoint = question_.method.checkpoint;
  }
  verdict.checkpoint_failed = failed_;
}

void Attendant::tell(double seconds_since) {
  const std::uint64_t worlds = search_.worlds();
  const auto levels = search_.levels();
  Progress progress{.worlds = worlds, .frontier = search_.frontier(), .steps = search_.steps(), .depth = search_.depth(), .seconds = search_.seconds(),
                    .worlds_per_second = static_cast<double>(worlds - worlds_told_) / seconds_since, .bytes = search_.footprint(), .limits = question_.limits};
  progress.worlds_that_fit = static_cast<std::uint64_t>(static_cast<double>(question_.limits.bytes) * static_cast<double>(worlds) / static_cast<double>(progress.bytes));
  if (const auto more = worlds_to_follow(levels.last, levels.before)) progress.worlds_expected = std::max(worlds, levels.end + *more);
  question_.method.progress(progress);
  worlds_told_ = worlds;
}

}  // namespace commitlab
