// A World of one transaction as bytes, there and back, without what makes no difference to what comes: for those who keep many of them.
#pragma once

#include "checker/part_bytes.hpp"
#include "sim/transactions.hpp"

namespace commitlab {

/// Worlds of one number of nodes and one set of faults that no partition splits. Of a node that is down for good, only what it has decided
/// is kept; of logs nothing, if nobody ever comes back to read them.
template <Protocol P>
class WorldBytes {
 public:
  WorldBytes(std::size_t nodes, const Faults& faults) : nodes_(nodes), faults_(faults), returns_(faults.recovery != Recovery::never) {}

  /// Over those before.
  std::string_view of(const World<P>& w) {
    PartWriter out(bytes_);
    out.put(w.up);
    for (std::size_t i = 0; i < nodes_; ++i) {
      const auto& slot = w.slots[i];
      out.put(slot.decided.ever_abort), out.put(slot.decided.ever_commit);
      if (!kept(w, i)) continue;
      out.put(slot.state), out.put(slot.part), out.put(slot.vote), out.put(slot.timer.armed), out.put(slot.timer.ticks_left);
      out.put(slot.decided.now_abort), out.put(slot.decided.now_commit);
      if (Suspects<P>) out.put(slot.suspected);
      if (!returns_) continue;
      out.put(static_cast<std::uint32_t>(w.logs[i].entries.size())), out.put(w.logs[i].durable);
      for (const auto& entry : w.logs[i].entries) out.put(entry.record);
    }
    for (const auto& envelope : w.flight) out.put(envelope.from), out.put(envelope.to), out.put(envelope.message);
    return out.bytes();
  }

  void read(std::string_view bytes, World<P>& w) const {
    clear(w, nodes_, 1, faults_);
    PartReader in(bytes);
    in.get(w.up);
    for (std::size_t i = 0; i < nodes_; ++i) {
      auto& slot = w.slots[i];
      in.get(slot.decided.ever_abort), in.get(slot.decided.ever_commit);
      slot.part = Part::lost;
      if (!kept(w, i)) continue;
      in.get(slot.state), in.get(slot.part), in.get(slot.vote), in.get(slot.timer.armed), in.get(slot.timer.ticks_left);
      in.get(slot.decided.now_abort), in.get(slot.decided.now_commit);
      if (Suspects<P>) in.get(slot.suspected);
      if (!returns_) continue;
      std::uint32_t records = 0;
      in.get(records), in.get(w.logs[i].durable);
      w.logs[i].entries.resize(records);
      for (auto& entry : w.logs[i].entries) in.get(entry.record);
    }
    while (!in.done()) {
      auto& envelope = w.flight.emplace_back();
      in.get(envelope.from), in.get(envelope.to), in.get(envelope.message);
      envelope.transaction = 0;
    }
  }

 private:
  bool kept(const World<P>& w, std::size_t node) const { return returns_ || w.is_up(node_id(node)); }

  std::size_t nodes_;
  Faults faults_;
  bool returns_;
  std::string bytes_;
};

}  // namespace commitlab
