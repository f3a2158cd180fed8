#include "reports/deflated.hpp"

#include <zlib.h>

#include <new>
#include <stdexcept>

namespace commitlab {

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string smaller(size, '\0');
  const auto* from = reinterpret_cast<const Bytef*>(bytes.data());
  const int result = compress2(reinterpret_cast<Bytef*>(smaller.data()), &size, from, static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  if (result == Z_MEM_ERROR) throw std::bad_alloc();
  if (result != Z_OK) throw std::logic_error("zlib has no room for what it makes smaller");
  smaller.resize(size);
  return smaller;
}

}  // namespace commitlab
