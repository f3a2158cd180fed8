// Independent pieces of work, shared by several threads.
#pragma once

#include <cstdint>
#include <functional>

namespace commitlab {

/// Calls work(i) once for each i below `count`, by so many threads, at least one, and returns when all are done. Which thread takes
/// which piece, and when, is not said. If a piece throws, no further ones begin, and that is thrown here.
void share_work(unsigned threads, std::uint64_t count, const std::function<void(std::uint64_t)>& work);

}  // namespace commitlab
