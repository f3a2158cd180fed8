// A page of HTML in one file: its text, style and scripts are in it, it asks nothing of any network, and it cannot be made to.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commitlab {

/// A file of reports/pages as it was when the program was built.
struct PagePart {
  std::string_view name;    // "page.css"
  std::string_view sha256;  // hexadecimal
  std::string_view text;
};
std::span<const PagePart> page_parts();

struct Page {
  std::string title{};                     // text
  std::vector<std::string> styles{};       // names of page parts
  std::vector<std::string> scripts{};      // names of page parts, in the order in which they run
  std::string body{};                      // HTML
  std::string data{};                      // JSON for the scripts, in the element with the id "data"; empty: none
};

/// The whole document. Its content-security policy allows these styles and scripts only, by their hashes. Throws std::logic_error for
/// a part that there is not.
std::string html(const Page& page);

/// Text of unknown origin as HTML shows it, within an element or a quoted attribute; see printable() for what is shown as "?".
std::string html_text(std::string_view text);

}  // namespace commitlab
