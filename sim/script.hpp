// The scripted faults of a run: which are still to come, and which of a handler's effects set one off.
#pragma once

#include <algorithm>

#include "sim/timeline.hpp"
#include "sim/words.hpp"

namespace commitlab {

/// Does `effect` begin with `words`, word by word? "send yes" is in "send yes to 0", and "send yes to 1" not in "... to 10".
inline bool begins_with_words(std::string_view effect, std::string_view words) {
  return effect.starts_with(words) && (effect.size() == words.size() || effect[words.size()] == ' ');
}

/// Of a script, what has not happened yet. One for each run.
class ScriptLeft {
 public:
  static constexpr Nanoseconds kNever = -1;

  void clear(const Setting& setting) {
    script_ = setting.script;
    timed_ = 0;
    nodes_.resize(setting.nodes);
    for (auto& node : nodes_) node.crashes.clear(), node.waits.clear(), node.returns = 0;
    for (std::uint32_t i = 0; i < script_.size(); ++i)
      if (script_[i].at < 0) nodes_[index(script_[i].node)].waits.push_back(i);
  }

  const ScriptedFault& operator[](std::uint32_t i) const { return script_[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(script_.size()); }
  /// Is nothing left that has a time?
  bool over() const { return timed_ == 0; }
  /// Is this node, should it be down, to be brought back?
  bool returns(NodeId id) const { return nodes_[index(id)].returns > 0; }
  /// May anything concern a handler that this node runs?
  bool concerns(NodeId id) const { return !nodes_[index(id)].crashes.empty() || !nodes_[index(id)].waits.empty(); }

  /// From now on the fault has a time.
  void time(std::uint32_t i, Nanoseconds at) {
    ++timed_;
    const ScriptedFault& fault = script_[i];
    auto& node = nodes_[index(fault.whom)];
    if (fault.what == ScriptedFault::Do::recover) ++node.returns;
    if (fault.what == ScriptedFault::Do::crash) node.crashes.insert(std::upper_bound(node.crashes.begin(), node.crashes.end(), at), at);
  }
  /// Its time has come. `at` is the time that it was given.
  void happened(std::uint32_t i, Nanoseconds at) {
    --timed_;
    const ScriptedFault& fault = script_[i];
    auto& node = nodes_[index(fault.whom)];
    if (fault.what == ScriptedFault::Do::recover) --node.returns;
    if (fault.what == ScriptedFault::Do::crash) node.crashes.erase(std::lower_bound(node.crashes.begin(), node.crashes.end(), at));
  }

  /// Calls put(number) with numbers that tell all that is still to come, times counted from now.
  void tell(Nanoseconds now, auto&& put) const {
    put(static_cast<std::int64_t>(timed_));
    for (const Node& node : nodes_) {
      put(static_cast<std::int64_t>(node.crashes.size())), put(static_cast<std::int64_t>(node.waits.size())), put(static_cast<std::int64_t>(node.returns));
      for (const Nanoseconds at : node.crashes) put(std::max<Nanoseconds>(at - now, -1));
      for (const std::uint32_t i : node.waits) put(static_cast<std::int64_t>(i));
    }
  }

  /// When the node is going to crash next; kNever if that is not known.
  Nanoseconds next_crash(NodeId id) const {
    const auto& crashes = nodes_[index(id)].crashes;
    return crashes.empty() ? kNever : crashes.front();
  }

  /// Calls visit(i) for each fault that has waited for this effect of this node. It waits no longer.
  template <Protocol P>
  void each_set_off(NodeId id, const typename EffectsOf<P>::Effect& effect, auto&& visit) {
    auto& waits = nodes_[index(id)].waits;
    if (waits.empty()) return;
    const std::string words = words::effect<P>(effect);
    for (std::size_t k = 0; k < waits.size();) {
      const std::uint32_t i = waits[k];
      if (!begins_with_words(words, script_[i].words)) {
        ++k;
        continue;
      }
      waits.erase(waits.begin() + static_cast<std::ptrdiff_t>(k));
      visit(i);
    }
  }

 private:
  struct Node {
    std::vector<Nanoseconds> crashes{};  // times still to come, ascending
    std::vector<std::uint32_t> waits{};  // faults that wait for an effect of this node
    std::uint32_t returns = 0;           // recoveries still to come
  };

  std::vector<ScriptedFault> script_{};
  std::vector<Node> nodes_{};
  std::uint32_t timed_ = 0;
};

/// The faults that are possible in a World that runs this setting: what has a chance or a script has no budget.
inline Faults faults_of_run(const Setting& setting) {
  using What = ScriptedFault::Do;
  Faults faults = setting.faults;
  const Chances& chances = setting.chances;
  const auto possible = [](bool is) { return is ? kUnlimited : std::uint8_t{0}; };
  const auto likely = [&](const Probability& chance) { return possible(chance.numerator > 0); };
  const auto scripted = [&](What what) {
    return std::any_of(setting.script.begin(), setting.script.end(), [&](const auto& fault) { return fault.what == what; });
  };
  const bool fifo = faults.channels == Channels::fifo, sticky = faults.channels == Channels::sticky;
  faults.left = {.crashes = possible(chances.may_crash()),
                 .disk_losses = likely(chances.disk_loss),
                 .losses = sticky ? std::uint8_t{0} : likely(chances.loss),
                 .duplicates = sticky ? std::uint8_t{0} : likely(chances.duplicate),
                 .reorders = fifo ? likely(chances.reorder) : std::uint8_t{0},
                 .partitions = possible(scripted(What::partition))};
  faults.timing = Timing::asynchronous;
  faults.copies = true;
  const bool returns = setting.returns() || scripted(What::recover);
  faults.recovery = returns ? Recovery::any_time : Recovery::never;
  if (!scripted(What::crash)) return faults;
  faults.left.crashes = kUnlimited;  // and a script may crash a node anywhere, whatever chance may do
  faults.crash_points = CrashPoints::effects;
  if (!faults.crash_only.empty())
    for (const auto& fault : setting.script)
      if (fault.what == What::crash) faults.crash_only.add(fault.whom);
  return faults;
}

}  // namespace commitlab
