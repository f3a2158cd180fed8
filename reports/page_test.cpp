// Pages: closed to the network, and text stays text.
#include "reports/page.hpp"

#include "test.hpp"

namespace commitlab {
namespace {

TEST_CASE("a page allows its own parts only, by their hashes") {
  const std::string text = html({.title = "A </title><script>alert(1)</script> title", .styles = {"page.css"}, .body = "<p>body</p>", .data = R"({"name": "</script><b>"})"});
  const auto hash = text.find("default-src 'none'; style-src 'sha256-");
  REQUIRE(hash != text.npos);
  CHECK(text.substr(hash + 38).find("='; script-src 'none'; base-uri 'none'") == 43);  // 32 bytes are 44 digits in base 64
  CHECK(text.find("<title>A &lt;/title&gt;&lt;script&gt;alert(1)") != text.npos);
  CHECK(text.find(R"({"name": "\u003c/script\u003e\u003cb\u003e"})") != text.npos);
  CHECK(text.find("http:") == text.npos);
  CHECK(text.find("https:") == text.npos);
}

TEST_CASE("text from a scenario is shown as text") {
  CHECK(html_text("<img src=x onerror=\"alert('1')\">&") == "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
  CHECK(html_text("a\xe2\x80\xae" "b") == "a?b");  // U+202E turns the direction of what follows
  CHECK_THROWS_AS(html({.styles = {"no such part"}}), std::logic_error);
}

}  // namespace
}  // namespace commitlab
