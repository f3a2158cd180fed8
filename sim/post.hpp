// The messages on their way in virtual time: for each that is, or would be, in World::flight one parcel that knows what it waits for.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/world.hpp"

namespace commitlab {

template <Protocol P>
class Post {
 public:
  using Envelope = typename World<P>::Envelope;
  using Id = std::uint32_t;
  static constexpr Id kNone = 0xffffffff;

  /// `travelling`: its arrival is on the agenda. `queued`: at the door of a busy node. `held`: by a partition. `behind`: it
  /// has arrived, but an earlier message of its fifo channel has not been handled. `gone`: the World has lost it, and what
  /// the agenda says of it is void.
  enum class Stage : std::uint8_t { travelling, queued, held, behind, gone };

  struct Parcel {
    Envelope envelope{};
    Stage stage = Stage::travelling;
    bool overtakes = false;    // fifo: it need not wait for earlier ones
    bool turn_drawn = false;   // fifo: that has been drawn
    bool doomed = false;       // fifo: it has overtaken others, only to be lost when its turn comes
    Id next = kNone;           // in its fifo channel; or in the list of free places
  };

  void clear(std::size_t nodes, Channels channels) {
    parcels_.clear();
    free_ = kNone;
    count_ = 0;
    nodes_ = nodes;
    fifo_ = channels == Channels::fifo;
    channels_.assign(fifo_ ? nodes * nodes : 0, {});
  }
  Parcel& operator[](Id id) { return parcels_[id]; }
  const Parcel& at(Id id) const { return parcels_[id]; }
  std::size_t size() const { return parcels_.size(); }
  /// How many messages are on their way: all parcels but those that are gone.
  std::size_t count() const { return count_; }
  /// Is any of them such a one?
  bool any(auto&& such) const {
    return std::any_of(parcels_.begin(), parcels_.end(), [&](const Parcel& parcel) { return parcel.stage != Stage::gone && such(parcel.envelope); });
  }
  std::size_t reserved() const { return parcels_.capacity() * sizeof(Parcel); }

  Id add(const Envelope& envelope) {
    ++count_;
    Id id = free_;
    if (id == kNone) {
      id = static_cast<Id>(parcels_.size());
      parcels_.push_back({.envelope = envelope});
    } else {
      free_ = parcels_[id].next;
      parcels_[id] = {.envelope = envelope};
    }
    if (fifo_) append(channel(envelope), id);
    return id;
  }

  /// A parcel has left the flight, and its place may be used again. In a fifo channel, gives the one that is first now if
  /// it has been waiting for its turn, else kNone.
  Id remove(Id id) {
    --count_;
    const Id released = fifo_ ? unlink(id) : kNone;
    free(id);
    return released;
  }

  /// The World has lost all parcels that `lost` says. Calls forgotten(Parcel) for each, and released(Id) for one that need
  /// not wait for it any longer. Those that nothing on the agenda leads to are freed at once; the others are `gone` until
  /// the agenda comes to them, and then to be freed.
  void purge(auto&& lost, auto&& forgotten, auto&& released) {
    for (Id id = 0; id < parcels_.size(); ++id) {
      Parcel& parcel = parcels_[id];
      if (parcel.stage == Stage::gone || !lost(parcel)) continue;
      --count_;
      forgotten(parcel);
      const Id next = fifo_ ? unlink(id) : kNone;
      const bool idle = parcel.stage == Stage::held || parcel.stage == Stage::behind;
      parcel.stage = Stage::gone;
      if (idle) free(id);
      if (next != kNone) released(next);
    }
  }
  void free(Id id) {
    parcels_[id].stage = Stage::gone;
    parcels_[id].next = free_;
    free_ = id;
  }

  /// Where in the flight the parcel's message is; of equal ones in a bag, the first.
  std::size_t place(const World<P>& w, Id id) const {
    constexpr std::ptrdiff_t kFew = 32;
    const Envelope& envelope = parcels_[id].envelope;
    const auto before = [&](const Envelope& a, const Envelope& b) { return w.before(a, b); };
    auto first = w.flight.begin(), end = w.flight.end();
    if (end - first > kFew) first = std::lower_bound(first, end, envelope, before);
    else
      while (w.before(*first, envelope)) ++first;
    return static_cast<std::size_t>(first - w.flight.begin()) + turn(id);
  }

  /// How many messages are before this one in its fifo channel; 0 in a bag.
  std::size_t turn(Id id) const {
    std::size_t before = 0;
    if (fifo_)
      for (Id at = channel(parcels_[id].envelope).first; at != id; at = parcels_[at].next) ++before;
    return before;
  }

 private:
  struct Channel {
    Id first = kNone, last = kNone;
  };

  Channel& channel(const Envelope& envelope) { return channels_[index(envelope.from) * nodes_ + index(envelope.to)]; }
  const Channel& channel(const Envelope& envelope) const { return channels_[index(envelope.from) * nodes_ + index(envelope.to)]; }

  [[gnu::noinline]] void append(Channel& to, Id id) {
    if (to.last == kNone) to.first = id;
    else parcels_[to.last].next = id;
    to.last = id;
  }

  [[gnu::noinline]] Id unlink(Id id) {
    Channel& from = channel(parcels_[id].envelope);
    Id before = kNone;
    for (Id at = from.first; at != id; at = parcels_[at].next) before = at;
    (before == kNone ? from.first : parcels_[before].next) = parcels_[id].next;
    if (from.last == id) from.last = before;
    parcels_[id].next = kNone;
    const bool waits = before == kNone && from.first != kNone && parcels_[from.first].stage == Stage::behind;
    return waits ? from.first : kNone;
  }

  std::vector<Parcel> parcels_{};
  std::vector<Channel> channels_{};  // fifo: [from * nodes + to]
  Id free_ = kNone;
  std::size_t count_ = 0;
  std::size_t nodes_ = 0;
  bool fifo_ = false;
};

}  // namespace commitlab
