// JSON that is not JSON, each kind with its code and place; and the places of values in JSON that is.
#include "scenarios/json_text.hpp"

#include "test.hpp"

namespace commitlab {

// "E1005 1:16" for each error.
static std::string errors_in(std::string_view text) {
  Diagnostics findings;
  read_json(text, "a.json", findings);
  std::string codes;
  for (const Diagnostic& error : findings.errors()) {
    if (!codes.empty()) codes += "; ";
    codes += error.code + " " + std::to_string(error.line) + ":" + std::to_string(error.column);
  }
  return codes;
}

static std::string message_of(std::string_view text) {
  Diagnostics findings;
  read_json(text, "a.json", findings);
  return findings.any_error() ? findings.errors().front().message : "";
}

TEST_CASE("every value and key knows its place and its pointer") {
  const std::string_view text = "{\"a\": [1.50, true,\n  {\"b/c~\": null}],\n \"\xc3\xa4\": \"x\\ny\", \"z\": -0}";
  Diagnostics findings;
  const auto json = read_json(text, "a.json", findings);
  REQUIRE(json);
  const JsonValue& root = json->root();
  CHECK(root.at == Position{1, 1});
  CHECK(root.size == 3);

  const JsonValue& list = *root.find("a");
  CHECK(list.key_at == Position{1, 2});
  CHECK(list.at == Position{1, 7});
  CHECK(list.size == 3);
  CHECK(list.first->at == Position{1, 8});
  CHECK(list.first->text == "1.50");
  CHECK(list.first->next->text == "true");

  const JsonValue& deep = *list.first->next->next->find("b/c~");
  CHECK(deep.kind == JsonValue::Kind::null);
  CHECK(deep.at == Position{2, 12});
  CHECK(pointer(deep) == "/a/2/b~1c~0");
  CHECK(&json->follow("/a/2/b~1c~0") == &deep);
  CHECK(&json->follow("/a/7/x") == &list);
  CHECK(&json->follow("") == &root);

  const JsonValue& word = *root.find("\xc3\xa4");
  CHECK(word.text == "x\ny");
  CHECK(word.at == Position{3, 7});
  CHECK(root.find("z")->at == Position{3, 20});  // columns count code points
  CHECK(root.find("z")->text == "-0");
  CHECK(root.find("y") == nullptr);
}

TEST_CASE("numbers keep their text past what 64 bits or a double hold") {
  for (const std::string number : {"18446744073709551616", "0.1000000000000000000000000001", "1E-999", "-12345678901234567890123"}) {
    const std::string text = "[" + number + "]";
    Diagnostics findings;
    const auto json = read_json(text, "", findings);
    REQUIRE(json);
    CHECK(json->root().first->text == number);
  }
}

TEST_CASE("B01 B02 B03: texts that hold no JSON at all") {
  CHECK(errors_in("") == "E1001 1:1");
  CHECK(errors_in(" \n\t ") == "E1001 1:1");
  CHECK(errors_in("\xef\xbb\xbf{}") == "E1002 1:1");
  CHECK(errors_in("\xff\xfe{\0") == "E1003 1:1");
  CHECK(message_of("\xff\xfe{\0") == "not UTF-8 (offset 0: \\x{FF})");
  CHECK(errors_in(std::string_view("{\0}\0", 4)) == "E1003 1:2");       // UTF-16 without a mark
  CHECK(errors_in(std::string_view("\0{\0}", 4)) == "E1003 1:1");
  CHECK(errors_in("{\"a\":\n \"\xc3\"}") == "E1003 2:3");
  CHECK(errors_in("[\"\xc0\xaf\"]") == "E1003 1:3");
  CHECK(errors_in("[\"\xed\xa0\x80\"]") == "E1003 1:3");
}

TEST_CASE("B05: a truncated text says what is open, and where it was opened") {
  CHECK(errors_in("{\"protocol\":\"2pc\"") == "E1005 1:18");
  CHECK(message_of("{\"protocol\":\"2pc\"") == "unexpected end of file: '}' expected, object opened at 1:1");
  CHECK(message_of("{\"a\": [1,\n") == "unexpected end of file: ']' expected, array opened at 1:7");
  CHECK(message_of("{\"a") == "unexpected end of file: '\"' expected, to end the string opened at 1:2");
  for (const char* text : {"{", "[", "{\"a\"", "{\"a\":", "{\"a\":1,", "[1", "[1,", "[[]", "\"a\\", "[\"a\\u00"}) {
    CAPTURE(text);
    CHECK(errors_in(text).substr(0, 5) == (std::string_view(text).find("\\u") == std::string_view::npos ? "E1005" : "E1012"));
  }
}

TEST_CASE("B06: what other languages allow") {
  CHECK(errors_in("{\"a\": 1,}") == "E1006 1:9");
  CHECK(message_of("{\"a\": 1,}") == "JSON does not allow a trailing comma before '}'");
  CHECK(message_of("[1, ]") == "JSON does not allow a trailing comma before ']'");
  CHECK(errors_in("{} // why") == "E1007 1:4");
  CHECK(errors_in("{ // why\n}") == "E1006 1:3");
  CHECK(message_of("{ /* why */ }") == "JSON does not allow comments, such as this one that begins with '/'");
  CHECK(message_of("# why\n{}") == "JSON does not allow comments, such as this one that begins with '#'");
  CHECK(errors_in("{'a': 1}") == "E1006 1:2");
  CHECK(message_of("{\"a\": 'x'}") == "JSON does not allow single quotes");
  CHECK(message_of("{a: 1}") == "JSON does not allow the word \"a\" here: expected a key in double quotes or '}'");
  CHECK(message_of("[True]") == "JSON does not allow the word \"True\" here: expected a value or ']'");
  CHECK(message_of("{\"a\" 1}") == "JSON does not allow the number \"1\" here: expected ':'");
  CHECK(message_of("{\"a\": 1 \"b\": 2}") == "JSON does not allow the string \"b\" here: expected ',' or '}'");
  CHECK(message_of("[1 2]") == "JSON does not allow the number \"2\" here: expected ',' or ']'");
  CHECK(message_of("{1: 2}") == "JSON does not allow the number \"1\" here: expected a key in double quotes or '}'");
  CHECK(message_of("[1}") == "JSON does not allow '}' here: expected ',' or ']'");
  CHECK(message_of("[1;2]") == "JSON does not allow ';' here: expected ',' or ']'");
  CHECK(message_of("[\xe2\x80\x9cx]") == "JSON does not allow '\\u{201C}' here: expected a value or ']'");
  CHECK(errors_in("]") == "E1006 1:1");
  CHECK(errors_in("[,]") == "E1006 1:2");
}

TEST_CASE("B07: a second document") {
  CHECK(errors_in("{} {}") == "E1007 1:4");
  CHECK(message_of("{} {}") == "unexpected text after the document: \"{}\"");
  CHECK(errors_in("{}\n,") == "E1007 2:1");
  CHECK(errors_in("{} \n ") == "");
  CHECK(errors_in(std::string_view("{}\0garbage", 10)) == "E1003 1:3");
  CHECK(errors_in(std::string_view("{\"a\":1}\0garbage", 15)) == "E1012 1:8");  // the parser would stop here and be content
}

TEST_CASE("a key given twice is an error, wherever it stands") {
  CHECK(errors_in("{\"a\": 1,\n \"b\": {\"a\": 2}, \"a\": 3}") == "E1008 2:17");
  CHECK(errors_in("[{\"a\": 1, \"\\u0061\": 2, \"a\": 3}]") == "E1008 1:11; E1008 1:24");
}

TEST_CASE("B09: depth has a limit, not a stack") {
  CHECK(errors_in(std::string(64, '[') + std::string(64, ']')) == "");
  CHECK(errors_in(std::string(65, '[') + std::string(65, ']')) == "E1009 1:65");
  CHECK(errors_in(std::string(100'000, '[')) == "E1009 1:65");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(errors_in(objects) == "E1009 1:321");
}

TEST_CASE("B10 B50: size has a limit, in bytes and in values") {
  CHECK(errors_in(std::string(kMostJsonBytes + 1, ' ')) == "E1010 1:1");
  std::string list = "[0";
  for (std::size_t i = 2; i < kMostJsonValues; ++i) list += ",0";
  CHECK(errors_in(list + "]") == "");
  CHECK(errors_in(list + ",0]").substr(0, 5) == "E1504");
}

TEST_CASE("control characters and bad escapes in strings") {
  CHECK(errors_in("[\"a\nb\"]") == "E1012 1:4");
  CHECK(errors_in("[\"a\tb\"]") == "E1012 1:4");
  CHECK(errors_in("[\"a\x1b\"]") == "E1012 1:4");
  CHECK(message_of("[\"a\x01\"]") == "control character U+0001 not allowed");
  CHECK(message_of("[\"\\x41\"]") == "\\x is not an escape that JSON knows");
  CHECK(errors_in("[\"ab\\u12G4\"]") == "E1012 1:5");
  CHECK(errors_in("[\"\\ud800\"]") == "E1012 1:3");
  CHECK(errors_in("[\"\\udc00\"]") == "E1012 1:3");
  CHECK(errors_in("[\"\\ud800\\u0041\"]") == "E1012 1:3");
  CHECK(errors_in("[\"\\ud83d\\ude00\"]") == "");
  CHECK(errors_in("[\"\x7f\"]") == "");
}

TEST_CASE("B12: numbers of other languages") {
  for (const char* number : {"NaN", "Infinity", "-Infinity", "0x10", "01", ".5", "+1", "-", "1.", "1e", "1e+", "-01", "1_000", "--1",
                             "1.5.2", "0b1", "00", "1f", "inf", "-.5"}) {
    CAPTURE(number);
    const std::string text = std::string("{\"a\":  ") + number + "}";
    CHECK(errors_in(text) == "E1013 1:8");
    CHECK(message_of(text) == "\"" + std::string(number) + "\" is not a JSON number");
  }
  CHECK(errors_in("01") == "E1013 1:1");
  CHECK(errors_in("[1,5.]") == "E1013 1:4");
}

TEST_CASE("B13: a number that no double can hold is refused, not made infinite") {
  CHECK(errors_in("{\"a\": 1e999}") == "E1014 1:7");
  CHECK(errors_in("[-1e999]") == "E1014 1:2");
}

TEST_CASE("any bytes are read without a crash, and errors have a place within them") {
  const auto check = [](const std::string& bytes) {
    Diagnostics findings;
    const auto json = read_json(bytes, "a.json", findings);
    RC_ASSERT(json.has_value() || findings.any_error());
    for (const Diagnostic& error : findings.errors()) {
      RC_ASSERT(error.line >= 1);
      RC_ASSERT(error.column >= 1);
      RC_ASSERT(static_cast<std::size_t>(error.line) <= bytes.size() + 1);
    }
  };
  rc::prop("bytes", check);
  rc::prop("signs of JSON", [&] {
    check(*rc::gen::container<std::string>(rc::gen::elementOf(std::string("{}[]:,\"\\ud8c0 \n\t01-+.eEtrufalsn/*'#N"))));
  });
}

}  // namespace commitlab
