#include "commands/standard_input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "commands/refusal.hpp"

namespace commitlab {

std::string standard_input(std::size_t most_bytes) {
  if (::fcntl(STDIN_FILENO, F_GETFD) < 0) throw refusal(kNoInput, "E1015", "", "standard input is closed");
  if (::isatty(STDIN_FILENO) == 1) throw refusal(kUsage, "E1602", "", "standard input is a terminal", "name a file, or: commitlab check - < scenario.json");
  std::string text;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw refusal(kNoInput, "E1015", "", "standard input cannot be read: " + std::generic_category().message(errno));
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > most_bytes) throw refusal(kBadInput, "E1010", "", "standard input is larger than the limit of " + std::to_string(most_bytes >> 20) + " MiB");
  }
}

}  // namespace commitlab
