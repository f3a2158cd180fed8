// A World as a short string of bits, and back: each field takes the bits that its values need. Two worlds of one question
// have equal strings if and only if they are equal, but for logs that nobody can read any more. This is what a search stores.
#pragma once

#include <string>
#include <string_view>

#include "sim/world.hpp"

namespace commitlab {

/// Writes numbers of known width one behind the other, lowest bit first, eight bytes at a time.
class BitWriter {
 public:
  explicit BitWriter(std::string& bytes) : bytes_(bytes) {
    if (bytes_.size() < kRoom) bytes_.resize(kRoom);
  }
  /// `width` from 0 to 64. Of a value that does not fit the rest is dropped, and remembered to have been.
  void put(std::uint64_t value, unsigned width) {
    if (width < 64 && value >> width != 0) {
      overflowed_ = true;
      value &= (std::uint64_t{1} << width) - 1;
    }
    if (width == 0) return;
    word_ |= value << filled_;
    filled_ += width;
    if (filled_ < 64) return;
    flush();
    filled_ -= 64;
    word_ = filled_ == 0 ? 0 : value >> (width - filled_);
  }
  bool overflowed() const { return overflowed_; }
  /// The last byte is filled up with zeros.
  void finish() {
    const std::size_t size = written_ + (filled_ + 7) / 8;
    if (filled_ > 0) flush();
    bytes_.resize(size);
  }

 private:
  static constexpr std::size_t kRoom = 64;

  void flush() {
    if (bytes_.size() < written_ + 8) bytes_.resize(2 * bytes_.size());
    for (unsigned i = 0; i < 8; ++i) bytes_[written_ + i] = static_cast<char>(word_ >> (8 * i) & 0xff);
    written_ += 8;
  }
  std::string& bytes_;
  std::size_t written_ = 0;
  std::uint64_t word_ = 0;
  unsigned filled_ = 0;  // bits of word_, fewer than 64
  bool overflowed_ = false;
};

class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}
  /// `width` from 0 to 64.
  std::uint64_t get(unsigned width) {
    std::uint64_t value = 0;
    unsigned done = 0;
    while (done < width) {
      if (left_ == 0) refill();
      const unsigned take = std::min(left_, width - done);
      value |= (take == 64 ? word_ : word_ & ((std::uint64_t{1} << take) - 1)) << done;
      word_ = take == 64 ? 0 : word_ >> take;
      left_ -= take;
      done += take;
    }
    return value;
  }

 private:
  void refill() {
    assert(!bytes_.empty());
    const std::size_t count = std::min<std::size_t>(8, bytes_.size());
    word_ = 0;
    for (std::size_t i = 0; i < count; ++i) word_ |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    left_ = static_cast<unsigned>(8 * count);
    bytes_.remove_prefix(count);
  }
  std::string_view bytes_;
  std::uint64_t word_ = 0;
  unsigned left_ = 0;  // bits of word_ not read yet
};

/// Encodes the worlds that can be reached from one initial World: what never changes in them is left out.
template <Protocol P>
class Codec {
 public:
  explicit Codec(const World<P>& start) : start_(start), id_bits_(bits_for(start.nodes)), transaction_bits_(bits_for(start.transactions)) {}

  void encode(const World<P>& w, std::string& bytes) const {
    BitWriter out(bytes);
    header(w, [&](const auto& value, unsigned width) { out.put(number(value), width); });
    for (const auto& slot : w.slots) part(slot, [&](const auto& value, unsigned width) { out.put(number(value), width); });
    for (std::size_t node = 0; node < w.logs.size(); ++node) {
      if (!matters(w, node)) continue;
      const auto& log = w.logs[node];
      for (std::size_t i = 0; i < log.entries.size(); ++i) {
        out.put(1, 1);
        entry(log.entries[i], [&](const auto& value, unsigned width) { out.put(number(value), width); });
        out.put(i < log.durable, 1);
      }
      out.put(0, 1);
    }
    for (const auto& e : w.flight) {
      out.put(1, 1);
      envelope(e, [&](const auto& value, unsigned width) { out.put(number(value), width); });
    }
    out.put(0, 1);
    out.finish();
    overflowed_ = overflowed_ || out.overflowed();
  }

  /// Has any World held a value too large for its type, such as an id past the last node? Then its string is not its own.
  bool overflowed() const { return overflowed_; }

  void decode(std::string_view bytes, World<P>& w) const {
    BitReader in(bytes);
    w.faults = start_.faults;
    w.nodes = start_.nodes;
    w.transactions = start_.transactions;
    w.slots.resize(start_.slots.size());
    w.logs.resize(start_.logs.size());
    const auto read = [&](auto& value, unsigned width) { assign(value, in.get(width)); };
    header(w, read);
    if (w.faults_stopped) w.faults = stopped(w.faults);
    for (auto& slot : w.slots) part(slot, read);
    for (std::size_t node = 0; node < w.logs.size(); ++node) {
      auto& log = w.logs[node];
      log.entries.clear();
      log.durable = 0;
      if (!matters(w, node)) continue;
      while (in.get(1) != 0) {
        entry(log.entries.emplace_back(), read);
        if (in.get(1) != 0) log.durable = static_cast<std::uint32_t>(log.entries.size());
      }
    }
    w.flight.clear();
    while (in.get(1) != 0) envelope(w.flight.emplace_back(), read);
  }

 private:
  /// Will anybody ever read this node's log again?
  bool matters(const World<P>& w, std::size_t node) const {
    return HasProperties<P> || start_.faults.recovery != Recovery::never || w.is_up(node_id(node));
  }

  static constexpr unsigned bits_for(std::size_t count) { return count <= 1 ? 0 : static_cast<unsigned>(std::bit_width(count - 1)); }

  static std::uint64_t number(NodeSet set) { return set.bits(); }
  template <class T>
  static std::uint64_t number(T value) { return static_cast<std::uint64_t>(value); }
  static void assign(NodeSet& set, std::uint64_t bits) { set = NodeSet::from_bits(bits); }
  template <class T>
  static void assign(T& value, std::uint64_t bits) { value = static_cast<T>(bits); }

  template <class T>
  unsigned width_of() const {
    if constexpr (std::is_same_v<T, NodeSet>) return start_.nodes;
    else if constexpr (std::is_same_v<T, NodeId>) return id_bits_;
    else if constexpr (std::is_same_v<T, bool>) return 1;
    else if constexpr (std::is_enum_v<T>) return bits_for(count_of<T>());
    else return 8 * sizeof(T);
  }
  void atoms(auto& value, auto&& visit) const {
    each_atom(value, [&](std::string_view, auto& atom) { visit(atom, width_of<std::remove_cvref_t<decltype(atom)>>()); });
  }

  /// Budgets that were never there, and a network that cannot split, take no bits.
  void header(auto& w, auto&& visit) const {
    auto& left = w.faults.left;
    const Budgets& first = start_.faults.left;
    const auto budget = [&](auto& now, std::uint8_t at_first) { visit(now, static_cast<unsigned>(std::bit_width(at_first))); };
    budget(left.crashes, first.crashes);
    budget(left.disk_losses, first.disk_losses);
    budget(left.losses, first.losses);
    budget(left.duplicates, first.duplicates);
    budget(left.reorders, first.reorders);
    budget(left.partitions, first.partitions);
    budget(left.suspicions, first.suspicions);
    visit(w.up, start_.nodes);
    visit(w.side, first.partitions > 0 || start_.partitioned() ? start_.nodes : 0);
    visit(w.faults_stopped, start_.faults.recovery == Recovery::when_faults_stop || start_.faults_stopped ? 1 : 0);
  }
  void part(auto& slot, auto&& visit) const {
    atoms(slot.state, visit);
    visit(slot.part, 2);
    visit(slot.timer.armed, 1);
    visit(slot.timer.ticks_left, start_.faults.timing == Timing::synchronous && slot.timer.armed ? 8 : 0);
    visit(slot.decided.ever_abort, 1);
    visit(slot.decided.ever_commit, 1);
    visit(slot.decided.now_abort, slot.decided.ever_abort ? 1 : 0);
    visit(slot.decided.now_commit, slot.decided.ever_commit ? 1 : 0);
    visit(slot.vote, 1);
    visit(slot.suspected, Suspects<P> ? start_.nodes : 0);
  }
  void entry(auto& e, auto&& visit) const {
    atoms(e.record, visit);
    visit(e.transaction, transaction_bits_);
  }
  void envelope(auto& e, auto&& visit) const {
    visit(e.to, id_bits_);
    visit(e.from, id_bits_);
    visit(e.transaction, transaction_bits_);
    atoms(e.message, visit);
  }

  World<P> start_;
  mutable bool overflowed_ = false;
  unsigned id_bits_, transaction_bits_;
};

}  // namespace commitlab
