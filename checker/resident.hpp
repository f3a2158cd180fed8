// How much memory this process and its machine have. A system that does not say so answers 0: then only what is counted bounds a search.
#pragma once

#include <cstdint>

namespace commitlab {

/// Bytes of this process that are in memory now; 0: nobody knows.
std::uint64_t resident_bytes();

/// Bytes of memory that this process may use at most: those of the machine, or of the container in which it runs; 0: nobody knows.
std::uint64_t machine_bytes();

/// Gives memory that was freed back to the system, so that it is no longer resident.
void return_freed_memory();

}  // namespace commitlab
