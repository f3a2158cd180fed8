// One step of a World of one transaction as a simulated run makes it: somebody has chosen the event, and chance draws what goes wrong.
#pragma once

#include "sim/choices.hpp"
#include "sim/cut.hpp"
#include "sim/timeline.hpp"

namespace commitlab {

/// Draws, in this order, what sim/simulate_events.hpp and sim/simulate_steps.hpp draw for the same event: whether a message is lost and
/// whether it is copied; whether a node comes back without its disk; whether its handler is cut short, where, and which records that
/// takes. Messages are not out of order, and no fault is scripted.
template <Protocol P>
class DrawnStep {
 public:
  /// `faults`: those of a run, see faults_of_run. All three are kept by reference.
  DrawnStep(const P& p, const Setting& setting, const Faults& faults) : p_(p), setting_(setting), faults_(faults) {}

  /// The step is one that the relation offers where nothing may go wrong, and `handled` what its handler asks for.
  void operator()(World<P>& w, Step step, const Handled<P>& handled, auto& chance) const {
    if (!runs_handler(step.event)) return apply(w, step, handled);
    if (step.event == Event::deliver) return deliver(w, step, handled, chance);
    const bool comes_back = step.event == Event::recover && !w.is_up(step.node) && !w.log(step.node).entries.empty();
    if (comes_back && faults_.left.disk_losses > 0 && chance.chance(setting_.chances.disk_loss)) {
      step.event = Event::wipe;
      run(w, step, handle(p_, w, step), chance);
      return;
    }
    run(w, step, handled, chance);
  }

 private:
  void deliver(World<P>& w, Step step, const Handled<P>& handled, auto& chance) const {
    const auto vanish = [&](Event event) {
      apply(w, {.event = event, .node = step.node, .transaction = step.transaction, .message = step.message}, Handled<P>{});
    };
    if (faults_.left.losses > 0 && chance.chance(setting_.chances.loss)) return vanish(Event::lose);
    step.copy = faults_.left.duplicates > 0 && chance.chance(setting_.chances.duplicate);
    const bool heard = run(w, step, handled, chance);
    if (!heard && faults_.recovery != Recovery::never) vanish(Event::miss);  // else the crash took it
  }

  /// False if the node crashed before any of it, so that the step has not happened.
  bool run(World<P>& w, Step step, const Handled<P>& handled, auto& chance) const {
    const auto effects = handled.out.list();
    if (!faults_.may_crash(step.node) || !chance.chance(setting_.chances.crash_of(step.node))) {
      apply(w, step, handled);
      return true;
    }
    const Cut cut = earliest<P>(draw_cut<P>(effects, faults_.crash_points, chance), effects);
    const auto stop = [&] { apply(w, {.event = Event::crash, .node = step.node, .lost = draw_lost(w, w.log(step.node).unforced(), chance)}, Handled<P>{}); };
    if (cut.position == effects.size()) {
      apply(w, step, handled);
      stop();
      return true;
    }
    if (cut.position == 0 && cut.part.empty()) {
      if (w.is_up(step.node)) stop();
      return false;
    }
    step.cut = cut.position, step.nodes = cut.part;
    step.lost = draw_lost(w, unforced_at<P>(w, step, effects, cut.position), chance);
    apply(w, step, handled);
    return true;
  }

  const P& p_;
  const Setting& setting_;
  const Faults& faults_;
};

}  // namespace commitlab
