// Bytes as text of 64 letters (RFC 4648), for what must stand in a page.
#pragma once

#include <string>
#include <string_view>

namespace commitlab {

/// Padded with "=" to a multiple of four letters.
std::string base64(std::string_view bytes);

}  // namespace commitlab
