// Files that must not be read, and how quickly that is noticed.
#include "scenarios/input_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "test.hpp"

namespace commitlab {

constexpr std::size_t kMost = std::size_t{8} << 20;

/// A folder that is gone after the test.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "commitlab-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(*this / name, std::ios::binary) << text;
    return *this / name;
  }

 private:
  std::string path_;
};

static std::string code_of(const std::string& path) {
  const InputText input = read_input(path, kMost);
  return input.refused ? input.refused->code : "";
}

TEST_CASE("a file is read whole, whatever its bytes") {
  const Folder folder;
  const std::string text("a\0b\r\n\xff", 6);
  const InputText input = read_input(folder.write("a", text), kMost);
  REQUIRE_FALSE(input.refused);
  CHECK(input.text == text);
  CHECK(read_input(folder.write("empty", ""), kMost).text == "");
}

TEST_CASE("a file of the greatest size is read, one byte more is not") {
  const Folder folder;
  CHECK(code_of(folder.write("most", std::string(kMost, ' '))) == "");
  CHECK(code_of(folder.write("more", std::string(kMost + 1, ' '))) == "E1010");
}

TEST_CASE("a file of 2 GB is refused before it is read") {
  const Folder folder;
  const std::string path = folder.write("huge", "");
  std::filesystem::resize_file(path, std::uintmax_t{2} << 30);
  CHECK(code_of(path) == "E1010");
}

TEST_CASE("what is no regular file is refused without opening it") {
  const Folder folder;
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  std::filesystem::create_symlink("fifo", folder / "link");
  CHECK(code_of(folder / "fifo") == "E1011");
  CHECK(code_of(folder / "link") == "E1011");
  CHECK(code_of("/dev/zero") == "E1011");
  CHECK(code_of(folder / ".") == "E1011");
}

TEST_CASE("a file that cannot be read is refused with the reason") {
  const Folder folder;
  CHECK(code_of(folder / "missing") == "E1015");
  CHECK(code_of(folder / std::string(300, 'x')) == "E1015");
  CHECK(code_of("") == "E1015");
  CHECK(code_of(folder.write("with", "zero") + std::string("\0x", 2)) == "E1015");
  const InputText missing = read_input(folder / "miss\ning", kMost);
  REQUIRE(missing.refused);
  CHECK(missing.refused->message == "cannot be read: No such file or directory");
  CHECK(to_text(*missing.refused).find("miss\\ning: cannot") != std::string::npos);
}

}  // namespace commitlab
