// Bytes made smaller, so that a page that holds many of them stays small.
#pragma once

#include <string>
#include <string_view>

namespace commitlab {

/// In the format of zlib (RFC 1950), which a browser reads with DecompressionStream("deflate"). The same bytes give the same result.
std::string deflated(std::string_view bytes);

}  // namespace commitlab
