// The one place that opens files for writing. A file that is made has a name of its own, in the folder of its target, until it
// is whole; what lies at the target is touched only when the whole file takes its place.
#pragma once

#include <cstddef>
#include <string>

namespace commitlab {

/// A file that nobody else has named: never one that was there, never through a link. Gone with its value unless it was put in place.
/// Errors are numbers of the system, 0 if there is none. Not for several threads at once.
class NewFile {
 public:
  explicit NewFile(const std::string& target);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// The first error of making or writing it.
  int error() const { return error_; }
  int descriptor() const { return descriptor_; }
  void write(const void* data, std::size_t size);
  /// Brings it to the disk, as far as the disk can be told to.
  void sync();
  /// Nothing more is written; some errors are told only now.
  void close();

  /// Gives it the name of its target, where a file may be already: that one is replaced, and its permissions are kept.
  int replace();
  /// The same where nothing may be: EEXIST if something is, which stays as it was.
  int take_free_place();

 private:
  void forget_name() { name_.clear(); }

  std::string target_, name_;  // name_: empty once it is not ours any more
  int descriptor_ = -1, error_ = 0;
};

/// The name of a file, held by one process at a time, whatever file has it meanwhile. Where there is none, an empty one has it until
/// it is replaced; it is removed with the value if it never was.
class HeldName {
 public:
  explicit HeldName(std::string path);
  ~HeldName();
  HeldName(const HeldName&) = delete;
  HeldName& operator=(const HeldName&) = delete;

  /// Why it is not held: EWOULDBLOCK if another process has it, EINVAL if it is no regular file, ELOOP if it is a link.
  int error() const { return error_; }
  /// A file of this target takes the name, and is held from then on.
  int give_to(NewFile& file);

 private:
  int hold();

  std::string path_;
  int descriptor_ = -1, error_ = 0;
  bool made_ = false;
};

/// Opens what is there already, a device or a file that grows, or (`create`) makes it empty; never through a link, and without
/// waiting for anybody at the other end. -1 and errno if it cannot be opened.
int open_in_place(const std::string& path, bool create);

}  // namespace commitlab
