#include "checker/new_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <random>
#include <utility>

namespace commitlab {

namespace {

constexpr int kAlways = O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
constexpr mode_t kMode = 0666;  // less what the user's mask takes away

/// Short, so that no folder refuses it for its length; hidden, so that no pattern takes it up.
std::string own_name_beside(const std::string& target) {
  static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
  std::random_device random;
  std::string name = target.substr(0, target.rfind('/') + 1) + ".commitlab-";
  for (int i = 0; i < 16; ++i) name += kDigits[random() % 32];
  return name + ".new";
}

bool same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

}  // namespace

NewFile::NewFile(const std::string& target) : target_(target) {
  for (int tries = 0; tries < 100 && descriptor_ < 0; ++tries) {
    name_ = own_name_beside(target_);
    descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | kAlways, kMode);
    error_ = descriptor_ < 0 ? errno : 0;
    if (error_ != 0 && error_ != EEXIST) break;
  }
  if (descriptor_ < 0) forget_name();
}

NewFile::~NewFile() {
  if (!name_.empty()) ::unlink(name_.c_str());
  if (descriptor_ >= 0) ::close(descriptor_);
}

void NewFile::write(const void* data, std::size_t size) {
  const char* from = static_cast<const char*>(data);
  while (size > 0 && error_ == 0) {
    const ssize_t count = ::write(descriptor_, from, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      error_ = count < 0 ? errno : EIO;
      return;
    }
    from += count, size -= static_cast<std::size_t>(count);
  }
}

void NewFile::sync() {
  if (error_ == 0 && ::fsync(descriptor_) != 0 && errno != EINVAL) error_ = errno;
}

void NewFile::close() {
  if (descriptor_ >= 0 && ::close(std::exchange(descriptor_, -1)) != 0 && error_ == 0) error_ = errno;
}

int NewFile::replace() {
  if (error_ != 0) return error_;
  struct stat before {};
  if (::lstat(target_.c_str(), &before) == 0) {
    if (!S_ISREG(before.st_mode)) return error_ = EEXIST;
    (void)::chmod(name_.c_str(), before.st_mode & 0777);
  }
  if (std::rename(name_.c_str(), target_.c_str()) != 0) return error_ = errno;
  forget_name();
  return 0;
}

int NewFile::take_free_place() {
  if (error_ != 0) return error_;
  if (::link(name_.c_str(), target_.c_str()) == 0) return 0;  // and the name of its own goes with the value
  if (errno == EEXIST) return error_ = EEXIST;
  // A disk without links: it is looked first, as there is no better way.
  struct stat other {};
  if (::lstat(target_.c_str(), &other) == 0) return error_ = EEXIST;
  if (std::rename(name_.c_str(), target_.c_str()) != 0) return error_ = errno;
  forget_name();
  return 0;
}

HeldName::HeldName(std::string path) : path_(std::move(path)) { error_ = hold(); }

HeldName::~HeldName() {
  if (descriptor_ < 0) return;
  struct stat its {}, there {};
  const bool untouched = made_ && ::fstat(descriptor_, &its) == 0 && its.st_size == 0 && ::lstat(path_.c_str(), &there) == 0 && same_file(its, there);
  if (untouched) ::unlink(path_.c_str());
  ::close(descriptor_);
}

int HeldName::hold() {
  for (int tries = 0; tries < 100; ++tries) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CREAT | O_EXCL | kAlways, kMode);
    made_ = descriptor_ >= 0;
    if (!made_ && errno == EEXIST) descriptor_ = ::open(path_.c_str(), O_RDONLY | kAlways);
    if (descriptor_ < 0 && errno == ENOENT && tries > 0) continue;  // it went away in between
    if (descriptor_ < 0) return errno;
    struct stat its {}, there {};
    if (::fstat(descriptor_, &its) != 0) return errno;
    if (!S_ISREG(its.st_mode)) return EINVAL;
    // A disk that knows no locks keeps nobody out, and nobody waiting.
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return EWOULDBLOCK;
    if (::lstat(path_.c_str(), &there) == 0 && same_file(its, there)) return 0;  // else another file has the name by now
  }
  return EWOULDBLOCK;
}

int HeldName::give_to(NewFile& file) {
  if (file.error() != 0) return file.error();
  const int descriptor = ::fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  (void)::flock(descriptor, LOCK_EX | LOCK_NB);  // nobody else knows it
  if (const int error = file.replace(); error != 0) return ::close(descriptor), error;
  ::close(std::exchange(descriptor_, descriptor));
  made_ = false;
  return 0;
}

int open_in_place(const std::string& path, bool create) {
  const int descriptor = ::open(path.c_str(), create ? O_RDWR | O_CREAT | kAlways : O_WRONLY | kAlways, kMode);
  if (descriptor >= 0) (void)::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  return descriptor;
}

}  // namespace commitlab
