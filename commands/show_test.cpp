// `show --svg`: which pictures there are, and which there are not.
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

static Called shown(std::vector<std::string> args) {
  args.insert(args.begin(), "show");
  return call(std::move(args), catalogue());
}

static void check_refused(std::vector<std::string> args, const std::string& words) {
  const Called called = shown(std::move(args));
  CAPTURE(called.err);
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(called.err.find(words) != std::string::npos);
}

TEST_CASE("a run is a picture in virtual time, or in steps if that is asked") {
  const Called timed = shown({"bank-transfer", "--svg"});
  CHECK(timed.exit_code == 0);
  CHECK(timed.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
  CHECK(timed.out.ends_with("</svg>\n"));
  CHECK(timed.out.find("Transfer 100 from Alice&#39;s bank to Bob&#39;s</title>") != std::string::npos);
  CHECK(timed.out.find(">ms</text>") != std::string::npos);
  CHECK(shown({"bank-transfer", "--svg", "--scale", "time"}).out == timed.out);
  const std::string steps = shown({"bank-transfer", "--svg", "--scale", "steps"}).out;
  CHECK(steps.find(">step</text>") != std::string::npos);
  CHECK(steps.find(">ms</text>") == std::string::npos);
}

TEST_CASE("a play is a picture in steps") {
  const Called called = shown({"alice-stops.play", "--svg"});
  CHECK(called.exit_code == 0);
  CHECK(called.out.find(">step</text>") != std::string::npos);
  CHECK(called.out.find("data-step=\"19\"") != std::string::npos);
  CHECK(called.out.find("data-step=\"20\"") == std::string::npos);
}

TEST_CASE("a play that happens otherwise than it is written is a picture of what happens, and 3") {
  const TemporaryFolder folder;
  const Called called = shown({folder.write("p.play", "# commitlab-play/1 2pc -n 1\nvotes yes\n0 start\n1 start\nend; 1 abort\n"), "--svg"});
  CHECK(called.exit_code == 3);
  CHECK(called.out.find("data-step=\"2\"") != std::string::npos);
  CHECK(called.err == "note: line 5 of the play happens otherwise than it is written\n");
}

TEST_CASE("what a picture cannot be is refused with a reason") {
  check_refused({"alice-stops.play", "--svg", "--scale", "time"}, "--scale: a play says in which order things happen, and not when");
  check_refused({"bank-transfer", "--scale", "steps"}, "it needs --svg");
  check_refused({"bank-transfer", "--svg", "--json"}, "contradicts --json");
  check_refused({"bank-transfer", "--svg", "--scale", "stps"}, "did you mean \"steps\"?");
}

}  // namespace commitlab
