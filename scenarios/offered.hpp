// Engines that some entries have and others have not. The only way to them is through what is said where they are missing.
#pragma once

#include <cstdlib>
#include <optional>
#include <utility>

namespace commitlab {

/// Engines, or none. There is no `*` and no `->`: whoever wants them says first what happens without them.
template <class Engines>
class Offered {
 public:
  Offered() = default;  // none
  Offered(Engines engines) : engines_(std::move(engines)) {}

  bool there() const { return engines_.has_value(); }

  /// The engines. Where there are none, calls `otherwise`, which must not return: it throws what is said then.
  template <class Otherwise>
  const Engines& get(Otherwise&& otherwise) const {
    if (!engines_) {
      std::forward<Otherwise>(otherwise)();
      std::abort();  // a promise that was not kept ends the program, not the reader's trust in what it prints
    }
    return *engines_;
  }

 private:
  std::optional<Engines> engines_{};
};

}  // namespace commitlab
