#include "reports/page.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "reports/base64.hpp"
#include "reports/printable.hpp"

namespace commitlab {

std::string html_text(std::string_view text) {
  std::string html;
  for (const char c : printable(text)) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html += c;
    }
  }
  return html;
}

static const PagePart& part_of(const std::string& name) {
  const auto parts = page_parts();
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const PagePart& part) { return part.name == name; });
  if (found == parts.end()) throw std::logic_error("there is no page part " + name);
  return *found;
}

static std::string bytes_of(std::string_view hex) {
  const auto value = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(value(hex[i]) << 4 | value(hex[i + 1]));
  return bytes;
}

// " 'sha256-...' 'sha256-...'", or " 'none'".
static std::string sources(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += " 'sha256-" + base64(bytes_of(part_of(name).sha256)) + "'";
  return list.empty() ? " 'none'" : list;
}

// Nothing in JSON needs these characters, and no element can end without them.
static std::string json_in_html(std::string_view json) {
  std::string text;
  for (const char c : json) {
    if (c == '<') text += "\\u003c";
    else if (c == '>') text += "\\u003e";
    else if (c == '&') text += "\\u0026";
    else text += c;
  }
  return text;
}

std::string html(const Page& page) {
  std::string text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  text += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src" + sources(page.styles) + "; script-src" + sources(page.scripts) +
          "; base-uri 'none'; form-action 'none'\">\n";
  text += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
  text += "<title>" + html_text(page.title) + "</title>\n";
  for (const auto& name : page.styles) text += "<style>" + std::string(part_of(name).text) + "</style>\n";
  text += "</head>\n<body>\n" + page.body;
  if (!page.data.empty()) text += "<script type=\"application/json\" id=\"data\">" + json_in_html(page.data) + "</script>\n";
  for (const auto& name : page.scripts) text += "<script>" + std::string(part_of(name).text) + "</script>\n";
  return text + "</body>\n</html>\n";
}

}  // namespace commitlab
