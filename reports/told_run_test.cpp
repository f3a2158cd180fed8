#include "reports/told_run.hpp"

#include <nlohmann/json.hpp>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "reports/table.hpp"
#include "reports/traces_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("numbers of nodes become names, and no others do") {
  const std::vector<std::string> names = {"coordinator", "alice", "bob"};
  const auto told = [&](std::string_view words) { return with_names(words, names); };
  CHECK(told("deliver prepare from 0") == "deliver prepare from coordinator");
  CHECK(told("send yes to 0 2") == "send yes to coordinator bob");
  CHECK(told("send up(members={0,2}) to 1 2") == "send up(members={coordinator,bob}) to alice bob");
  CHECK(told("deliver copy of yes#2 from 1 out of order") == "deliver copy of yes#2 from alice out of order");
  CHECK(told("falsely suspect#2 1") == "falsely suspect#2 alice");
  CHECK(told("partition 0 1 | 2") == "partition coordinator alice | bob");
  CHECK(told("arm 2") == "arm 2");
  CHECK(told("crash losing 1 record") == "crash losing 1 record");
  CHECK(told("force propose(ballot=1)") == "force propose(ballot=1)");
  CHECK(told("send yes to 0; arm 2") == "send yes to coordinator; arm 2");
  CHECK(told("send yes to 7") == "send yes to 7");
  CHECK(play_line_by_name("1 timeout; send no to 0", names) == "alice timeout; send no to coordinator");
  CHECK(play_line_by_name("end; AC1 violated; 0 down; 1#2 abort; 2 commit", names) == "end; AC1 violated; coordinator down; alice#2 abort; bob commit");
  CHECK(play_line_by_name("heal", names) == "heal");
}

TEST_CASE("votes are told by who differs") {
  const std::vector<std::string> four = {"coordinator", "a", "b", "c", "d"};
  CHECK(votes_by_name("yes yes yes yes", four) == "everybody votes yes");
  CHECK(votes_by_name("no no no no", four) == "everybody votes no");
  CHECK(votes_by_name("yes no yes yes", four) == "b votes no, the others yes");
  CHECK(votes_by_name("no no yes no", four) == "c votes yes, the others no");
  CHECK(votes_by_name("no yes no yes", four) == "a and c vote no, the others yes");
  CHECK(votes_by_name("yes no", {"coordinator", "a", "b"}) == "a votes yes, b no");
  CHECK(votes_by_name("no yes", {"coordinator", "a", "b"}) == "a votes no, b yes");
  CHECK(votes_by_name("yes", {"coordinator", "a"}) == "a votes yes");
}

TEST_CASE("a run is a table of times, nodes, events and effects") {
  CHECK(run_table(short_run(), Clock::virtual_time, {}) ==
        "  time, ms  node         what happens                       what it does\n"
        "     0.000  coordinator  start                              send prepare to alice bob; arm 2\n"
        "     2.666  alice        deliver prepare from coordinator   force prepared; send yes to coordinator;\n"
        "                                                            arm 3\n"
        "     3.000  network      partition coordinator | alice bob\n"
        "    12.500  coordinator  timeout                            force abort; crash losing 1 record\n");
}

TEST_CASE("a verbose table says what each node is afterwards") {
  const std::string table = run_table(short_run(), Clock::step_number, {.width = 140, .detail = Detail::verbose});
  CHECK(table.find("force prepared; send yes to coordinator; arm 3; now prepared, in doubt\n") != std::string::npos);
  CHECK(table.find("crash losing 1 record; now down\n") != std::string::npos);
}

TEST_CASE("a run is numbered lines") {
  CHECK(numbered_lines(short_run(), {}) ==
        "    1  coordinator  start; send prepare to alice bob; arm 2\n"
        "    2  alice        deliver prepare from coordinator; force prepared; send yes to coordinator; arm 3\n"
        "    3  network      partition coordinator | alice bob\n"
        "    4  coordinator  timeout; force abort; crash losing 1 record\n");
}

TEST_CASE("the end says what each node is, has decided and has on its disk") {
  CHECK(end_table(short_run(), {}) ==
        "  in the end   is                  decided  log (? = not yet on disk)\n"
        "  coordinator  down                -        -\n"
        "  alice        prepared, in doubt  -        prepared end?\n"
        "  bob          aborted             abort    abort\n");
}

TEST_CASE("only colours differ between a terminal and a file") {
  const std::string colours = numbered_lines(short_run(), {.colour = true});
  std::string bare;
  for (std::size_t i = 0; i < colours.size(); ++i) {
    if (colours[i] == '\x1b') i = colours.find('m', i);
    else bare += colours[i];
  }
  CHECK(colours != bare);
  CHECK(bare == numbered_lines(short_run(), {}));
}

TEST_CASE("the last column wraps at the width, but a whole cell does not") {
  Table table{.rows = {{{"a"}, {"one two three four five six seven"}}, {{"long"}, {"one two three four five six seven", Ink::plain, true}}}};
  CHECK(text_of(table, {.width = 32}) ==
        "  a     one two three four five\n"
        "        six seven\n"
        "  long  one two three four five six seven\n");
  CHECK(wrapped_effects("force yes; send yes to a; arm 3", 26) == std::vector<std::string>{"force yes; send yes to a;", "arm 3"});
  CHECK(wrapped("averylongword b", 4) == std::vector<std::string>{"averylongword", "b"});
}

TEST_CASE("numbers are grouped, and shares never say all or nothing unless they are") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(milliseconds(0) == "0.000");
  CHECK(milliseconds(12'345'678) == "12.346");
  CHECK(milliseconds(1'000'000) == "1.000");
  CHECK(duration(0.004) == "0.00 s");
  CHECK(duration(200) == "3 min 20 s");
  CHECK(size_text(999) == "999 B");
  CHECK(size_text(28'500) == "28.5 kB");
  CHECK(size_text(8'000'000'000) == "8.0 GB");
  CHECK(share(0, 10) == "0");
  CHECK(share(10, 10) == "1");
  CHECK(share(999'999'999, 1'000'000'000) == "0.9999");
  CHECK(share(1, 1'000'000) == "<0.0001");
  CHECK(share(9'782, 10'000) == "0.9782");
  CHECK(share(0, 0) == "-");
}

TEST_CASE("a title keeps its letters and loses what could harm a terminal") {
  CHECK(printable("Überweisung 送金 α") == "Überweisung 送金 α");
  CHECK(printable("a\x1b[31mb\nc\td\x7f") == "a?[31mb?c?d?");
  CHECK(printable("a\xe2\x80\xae" "b\xc2\x9b" "c\xff" "d\xf0\x9f") == "a?b?c?d??");
}

TEST_CASE("JSON says the same with escapes for what is not to be seen") {
  const nlohmann::ordered_json json = {{"Z\xc3\xbcrich", "a\x7f\xc2\x9b\xe2\x80\xae\xef\xbb\xbf\xf0\x9f\x98\x80\xf3\xa0\x81\x81"}};
  const std::string text = json_text(json);
  CHECK(text == "{\"Z\xc3\xbcrich\":\"a\\u007f\\u009b\\u202e\\ufeff\xf0\x9f\x98\x80\\udb40\\udc41\"}");
  CHECK(nlohmann::ordered_json::parse(text) == json);
  CHECK(nlohmann::ordered_json::parse(json_text(json, 2)) == json);
}

}  // namespace commitlab
