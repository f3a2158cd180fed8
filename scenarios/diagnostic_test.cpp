// How findings are shown, and that nothing hostile in them reaches a terminal.
#include "scenarios/diagnostic.hpp"

#include <algorithm>

#include "test.hpp"

namespace commitlab {

static Diagnostic found_at(int line, int column) {
  return {.code = "E1203", .file = "scenario.json", .line = line, .column = column, .pointer = "/faults/crashes", .message = "wrong"};
}

TEST_CASE("a diagnostic names code, file, place, pointer, and gives a hint on a line of its own") {
  Diagnostic diagnostic = found_at(14, 22);
  diagnostic.message = "expected an integer from 0 to 254, got -0.2";
  CHECK(to_text(diagnostic) == "error[E1203] scenario.json:14:22 /faults/crashes: expected an integer from 0 to 254, got -0.2\n");
  diagnostic.hint = "how often a node may stop";
  diagnostic.severity = Diagnostic::Severity::warning;
  diagnostic.file = "";
  diagnostic.line = 0;
  CHECK(to_text(diagnostic) == "warning[E1203] /faults/crashes: expected an integer from 0 to 254, got -0.2\n  hint: how often a node may stop\n");
}

TEST_CASE("findings are sorted by place and stop after twenty errors") {
  Diagnostics findings;
  for (int line = 30; line >= 1; --line) findings.add(found_at(line, 1));
  REQUIRE(findings.errors().size() == 20);
  CHECK(findings.errors()[0].line == 1);
  CHECK(findings.errors()[19].line == 20);
  CHECK(findings.errors_left_out() == 10);
  CHECK(to_text(findings).find("and 10 more\n") != std::string::npos);
  CHECK(to_json(findings).find("\"errors_left_out\": 10") != std::string::npos);
}

TEST_CASE("findings at one place stay in the order in which they were found") {
  Diagnostics findings;
  Diagnostic first = found_at(1, 1), second = found_at(1, 1);
  second.code = "E1204";
  findings.add(first);
  findings.add(second);
  CHECK(findings.errors()[0].code == "E1203");
  CHECK(findings.errors()[1].code == "E1204");
}

TEST_CASE("foreign text is shown as printable ASCII") {
  CHECK(escaped("plain text") == "plain text");
  CHECK(escaped("a\x1b[31m") == "a\\u{1B}[31m");
  CHECK(escaped("\n\t\r\"\\") == "\\n\\t\\r\\\"\\\\");
  CHECK(escaped("\xe2\x80\xae") == "\\u{202E}");   // right-to-left override
  CHECK(escaped("\xd0\xa1") == "\\u{421}");        // a Cyrillic letter that looks like C
  CHECK(escaped("\xff\xc3") == "\\x{FF}\\x{C3}");  // no UTF-8
  CHECK(escaped("\xed\xa0\x80") == "\\x{ED}\\x{A0}\\x{80}");  // a surrogate
  CHECK(escaped("\xf0\x9f\x98\x80") == "\\u{1F600}");
  CHECK(escaped(std::string(1, '\0')) == "\\u{0}");
}

TEST_CASE("foreign text is cut to 60 characters, never inside an escape") {
  const std::string most(60, 'x'), fewer(59, 'x');
  CHECK(escaped(most) == most);
  CHECK(escaped(most + 'x') == most + "...");
  CHECK(escaped(fewer + '\n') == fewer + "...");
  CHECK(in_quotes(std::string(1'000'000, 'x')).size() == 65);
}

TEST_CASE("a file name is escaped too") {
  Diagnostic diagnostic = found_at(1, 1);
  diagnostic.file = "a\nb\x1b]0;x\x07.json";
  CHECK(to_text(diagnostic) == "error[E1203] a\\nb\\u{1B}]0;x\\u{7}.json:1:1 /faults/crashes: wrong\n");
}

TEST_CASE("any bytes escape to printable ASCII of bounded length") {
  rc::prop("escaped", [](const std::string& bytes) {
    const std::string shown = escaped(bytes);
    RC_ASSERT(shown.size() <= 63u);
    RC_ASSERT(std::all_of(shown.begin(), shown.end(), [](char c) { return c >= 0x20 && c < 0x7f; }));
  });
}

TEST_CASE("the exit code is that of the errors if they agree, and 65 otherwise") {
  const auto code_of = [](std::initializer_list<std::string> codes) {
    Diagnostics findings;
    for (const std::string& code : codes) findings.add({.code = code});
    return exit_code(findings);
  };
  CHECK(code_of({}) == 0);
  CHECK(code_of({"E1203"}) == 65);
  CHECK(code_of({"E1304"}) == 64);
  CHECK(code_of({"E1304", "E1203"}) == 65);
  CHECK(code_of({"E1011"}) == 66);
  CHECK(code_of({"E1015"}) == 66);
  Diagnostics findings;
  findings.add({.severity = Diagnostic::Severity::warning, .code = "W2001"});
  CHECK(exit_code(findings) == 0);
}

}  // namespace commitlab
