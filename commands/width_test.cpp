// Pages as wide as the terminal: nothing is wider, no word is broken, and the line of progress stays one line.
#include <algorithm>
#include <iterator>
#include <sstream>

#include "commands/attended.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

static std::string page(const std::vector<std::string>& args, std::size_t width) {
  std::ostringstream out, err;
  const int code = run_command(args, out, err, catalogue(), {.width = width, .file_width = width});
  CAPTURE(err.str());
  CHECK(code <= 2);
  return out.str();
}

// All words but those with digits, for times differ from call to call.
static std::vector<std::string> words_in(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;)
    if (word.find_first_of("0123456789") == word.npos && word != "s" && word != "ms") words.push_back(word);
  std::sort(words.begin(), words.end());
  return words;
}

TEST_CASE("no page is wider than the terminal but for what is there to be copied, and none loses or breaks a word") {
  const std::vector<std::vector<std::string>> questions = {
      {"list"},
      {"run", "bank-transfer"},
      {"run", "bank-transfer", "--transactions", "20"},
      {"check", "bank-transfer"},
      {"check", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "-v"},
      {"check", "2pc", "--crashes", "1", "--losses", "1", "--recovery", "-n", "1", "--check", "AC1,AC5,NB", "--min-faults"},
      {"estimate", "bank-transfer", "--runs", "100"},
      {"blocking", "window-of-doubt", "--protocols", "2pc,3pc", "--chance", "crash=0.01", "--runs", "50"},
      {"compare", "-n", "1", "--crashes", "1"},
      {"frontier", "3pc", "-n", "1", "--crashes", "1", "--suspicions", "1", "--timing", "synchronous"},
      {"necessary", "2pc", "-n", "1", "--crashes", "1", "--recovery"},
      {"concurrency", "2pc"},
      {"show", "torn-precommit.play"},
      {"show", "tcommit"},
      {"show", "lesson-window-of-doubt", "--lesson", "--answers"},
      {"replay", "alice-stops.play"},
  };
  for (const auto& question : questions) {
    const std::string at_100 = page(question, 100);
    for (const std::size_t width : {80u, 70u}) {
      const std::string narrow = page(question, width);
      CHECK(words_in(narrow) == words_in(at_100));
      std::istringstream lines(narrow);
      for (std::string line; std::getline(lines, line);) {
        CAPTURE(question, line, line.size());
        const bool to_copy = line.find(" commitlab ") != line.npos || line.find("commitlab ") == 0;
        if (!to_copy && width == 80) CHECK(line.size() <= width);
      }
    }
  }
}

TEST_CASE("what would make a table wider than the page is left out with a word") {
  const std::vector<std::string> three = {"blocking", "window-of-doubt", "--chance", "crash=0.01", "--runs", "50"};
  CHECK(page(three, 100).find("shows them all") == std::string::npos);
  const std::string narrow = page(three, 80);
  CHECK(narrow.find("shows them all") != std::string::npos);
  std::istringstream lines(narrow);
  for (std::string line; std::getline(lines, line);)
    if (line.find("commitlab ") == line.npos) CHECK(line.size() <= 80);
}

TEST_CASE("an error is broken at blanks where people read it, and is one line where programs do") {
  std::ostringstream out, err, plain;
  const std::vector<std::string> args = {"run", "2pc", "--crashes", "1"};
  run_command(args, out, err, catalogue(), {.error_width = 60});
  run_command(args, out, plain, catalogue());
  std::istringstream lines(err.str());
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 60);
  std::istringstream broken(err.str()), whole(plain.str());
  const std::vector<std::string> a{std::istream_iterator<std::string>(broken), {}}, b{std::istream_iterator<std::string>(whole), {}};
  CHECK(a == b);
  const std::string text = plain.str();
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
}

TEST_CASE("the line of progress is narrower than the terminal: part by part it leaves out its end") {
  const std::string line = "12.3 M worlds, 1.2 M open, depth 1,234, 1.2 M worlds/s, 512 MB of 8 GB, about 123.4 M fit";
  for (const std::size_t width : {80u, 40u, 10u, 1u}) {
    std::ostringstream err;
    {
      Attended attended({.out = &err, .width = width});
      attended.show(line);
      attended.show("short");
      attended.show(line);
    }
    std::istringstream shown(err.str());
    for (std::string one; std::getline(shown, one, '\r');) CHECK(one.size() < std::max<std::size_t>(width, 2));
    CHECK(err.str().find('\n') == std::string::npos);
  }
  std::ostringstream err;
  Attended({.out = &err, .width = 80}).show(line);
  CHECK(err.str().starts_with("\r12.3 M worlds, 1.2 M open, depth 1,234, 1.2 M worlds/s, 512 MB of 8 GB\r"));
}

}  // namespace commitlab
