#include "commands/refusal.hpp"

namespace commitlab {

Refusal refusal(int exit_code, std::string code, std::string place, std::string message, std::string hint) {
  Refusal refused{.exit_code = exit_code};
  refused.findings.add({.code = std::move(code), .pointer = std::move(place), .message = std::move(message), .hint = std::move(hint)});
  return refused;
}

}  // namespace commitlab
