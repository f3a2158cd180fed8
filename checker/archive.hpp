// Where plain values are kept beyond the life of a search, or come from: one function of each type tells what belongs to
// it, for both directions, so that what is read is always what was written.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace commitlab {

class Archive {
 public:
  virtual ~Archive() = default;

  /// So many bytes from here, or to here; once a reader has failed, it gives zeros.
  virtual void raw(void* data, std::size_t size) = 0;
  virtual bool reads() const = 0;
  virtual bool failed() const = 0;
  /// Can so many bytes still come? A reader that is told of more has failed.
  virtual bool expect(std::uint64_t bytes) = 0;
  /// What was read cannot be: a reader has failed then. Whoever reads an index must know what it leads to, or refuse it.
  virtual void refuse() = 0;
  void require(bool sound) {
    if (!sound && reads()) refuse();
  }

  /// A value as it lies in memory: so only the same build of the program reads it again.
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void value(T& value) { raw(&value, sizeof value); }

  template <class T, class Memory>
  void list(std::vector<T, Memory>& values) {
    std::uint64_t size = values.size();
    value(size);
    if (reads()) values.assign(size <= UINT64_MAX / sizeof(T) && expect(size * sizeof(T)) ? size : 0, T());
    raw(values.data(), values.size() * sizeof(T));
  }
  void text(std::string& text) {
    std::uint64_t size = text.size();
    value(size);
    if (reads()) text.assign(expect(size) ? size : 0, ' ');
    raw(text.data(), text.size());
  }
  /// Of things that know what belongs to them, as many as there are.
  template <class T>
  void each(std::vector<T>& things) {
    for (auto& thing : things) thing.persist(*this);
  }
};

}  // namespace commitlab
