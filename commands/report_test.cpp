// `report` as its caller sees it: one page with all parts, or the reason why a part is not on it.
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

bool has(const std::string& text, const std::string& words) { return text.find(words) != text.npos; }

Called real(std::vector<std::string> args) { return call(std::move(args), catalogue()); }

}  // namespace

TEST_CASE("the report of a question has the numbers that the other verbs print") {
  const Called called = real({"report", "2pc", "--crashes", "1", "--timing", "synchronous", "--check", "AC1,NB", "--chance", "crash=0.01", "--protocols", "2pc,3pc", "--runs", "500"});
  CHECK(called.err.empty());
  CHECK(called.exit_code == 1);
  const std::string checked = real({"check", "2pc", "--crashes", "1", "--timing", "synchronous", "--check", "AC1,NB"}).out;
  const std::size_t end = checked.find(" worlds, ");
  const std::size_t begin = checked.rfind(' ', end - 1) + 1;
  CHECK(has(called.out, "visited, " + checked.substr(begin, end - begin) + " worlds by"));
  CHECK(has(called.out, "<b>NB is violated</b>"));
  CHECK(has(called.out, "<section class=\"run\" id=\"NB\""));
  CHECK(has(called.out, "of 500 runs"));
  CHECK(has(called.out, "<b>3pc</b>"));
  CHECK(has(called.out, "Along crash"));
  CHECK_FALSE(has(called.out, "Along loss"));
  CHECK(has(called.out, "<code>commitlab report 2pc --crashes 1 --timing synchronous --check AC1,NB --chance crash=0.01 --protocols 2pc,3pc --runs 500 -o report.html</code>"));
  CHECK(has(called.out, "<code>commitlab check 2pc --crashes 1 --timing synchronous --check AC1,NB</code>"));
  CHECK(has(called.out, "<code>commitlab compare 2pc --crashes 1 --timing synchronous --check AC1,NB --protocols 2pc,3pc</code>"));
}

TEST_CASE("the same question makes the same page, to the last byte") {
  const std::vector<std::string> args = {"report", "3pc-textbook", "--crashes", "1", "--timing", "synchronous", "--chance", "loss=0.1", "--runs", "200"};
  CHECK(real(args).out == real(args).out);
}

TEST_CASE("what makes no sense for a scenario is left out, with the reason") {
  const Called certain = real({"report", "2pc", "-n", "1"});
  CHECK(certain.exit_code == 0);
  CHECK(has(certain.out, "Left out: nothing in this scenario is left to chance"));
  CHECK(has(certain.out, "A run in virtual time"));
  const Called specification = real({"report", "tcommit", "-n", "2", "--check", "AC1"});
  CHECK(has(specification.out, "Left out: &quot;tcommit&quot; is a specification: it says what may happen, and not how likely it is."));
  CHECK(has(specification.out, "<b>AC1 holds</b>"));
  const Called scripted = real({"report", "alice-stops", "--runs", "100"});
  CHECK(scripted.exit_code == 0);
  CHECK(has(scripted.out, "Left out: a search asks for all that can happen"));
}

TEST_CASE("other protocols are searched up to a limit, ours once and as far as it was asked") {
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  fakes().run.transactions = {{.outcome = "commits"}};
  const Called called = call({"report", "fake", "--max-states", "1000000"});
  CHECK(called.exit_code == 0);
  CHECK(fakes().searches == 2 + 2 * 5);  // two protocols; then each under no fault, and under one of four kinds
  CHECK(fakes().question.limits.worlds == 10'000);
  CHECK(has(called.out, "at most 200,000 worlds"));
  CHECK(has(called.out, "at most 10,000 worlds"));
  call({"report", "fake", "--max-states", "50"});
  CHECK(fakes().question.limits.worlds == 50);
}

TEST_CASE("protocols stand against faults, each breach with its run, as frontier has it") {
  const std::vector<std::string> question = {"-n", "2", "--timing", "synchronous", "--check", "AC1"};
  const auto asked = [&](std::vector<std::string> words) {
    words.insert(words.end(), question.begin(), question.end());
    return real(words).out;
  };
  const std::string html = asked({"report", "3pc-textbook", "--crashes", "1", "--protocols", "3pc-textbook,3pc"});
  CHECK(has(html, "<th>no fault</th><th>1 crash</th><th>1 loss</th><th>1 duplicate</th><th>1 partition</th><th>1 suspicion</th>"));
  const auto broken = [](const std::string& id) { return "<td><a href=\"#" + id + "\"><span class=\"violated\">\u2717 AC1</span></a></td>"; };
  const std::string holds = "<td><span class=\"status holds\"><span aria-hidden=\"true\">\u2713</span> holds</span></td>";
  for (const std::string protocol : {"3pc-textbook", "3pc"}) {
    std::string id = protocol, row = "<td><b>" + protocol + "</b></td>";
    std::replace(id.begin(), id.end(), '-', '_');
    const std::vector<std::string> faults = {"", "--crashes", "--losses", "--duplicates", "--partitions", "--suspicions"};
    for (std::size_t i = 0; i < faults.size(); ++i) {
      std::vector<std::string> words = {"check", protocol};
      if (i > 0) words.insert(words.end(), {faults[i], "1"});
      const bool breaks = has(asked(words), "violated: AC1");
      const std::string run = id + "_fault" + std::to_string(i) + "_AC1";
      row += breaks ? broken(run) : holds;
      CHECK(has(html, "<section class=\"told\" id=\"" + run + "\">") == breaks);
    }
    CAPTURE(protocol, row);
    CHECK(has(html, row));
  }
  CHECK(has(html, broken("3pc_textbook_fault1_AC1")));
}

TEST_CASE("curves come from the rows of a sweep, if it is given") {
  const TemporaryFolder folder;
  CHECK(real({"sweep", "-n", "1", "--vary", "loss=0,0.1", "--vary", "protocol=2pc,3pc", "--runs", "10", "--to", folder / "loss.csv"}).exit_code == 0);
  const Called called = real({"report", "2pc", "-n", "1", "--chance", "loss=0.01", "--runs", "100", "--sweep", folder / "loss.csv"});
  CHECK(called.exit_code == 0);
  CHECK(has(called.out, "4 rows of a sweep: exact chances."));
  CHECK(has(called.out, ">3pc</text>"));
  CHECK(has(real({"report", "2pc", "-n", "1", "--sweep", folder / "loss.csv"}).out, ">3pc</text>"));  // where nothing else is left to chance, too
  const Called bad = real({"report", "2pc", "--sweep", folder.write("bad.csv", "loss,runs\r\n0.1,5\r\n0.2,\"5\r\n")});
  CHECK(bad.exit_code == 65);
  CHECK(has(bad.err, "bad.csv:3:1: a quoted field does not end"));
  CHECK(real({"report", "2pc", "--sweep", folder / "none.csv"}).exit_code == 66);
}

TEST_CASE("a report is refused as JSON, and never writes over a file") {
  const Called json = real({"report", "2pc", "--json"});
  CHECK(json.exit_code == 64);
  CHECK(has(json.err, "a report is a page for people"));
  const TemporaryFolder folder;
  CHECK(real({"report", "2pc", "-n", "1", "-o", folder.write("report.html", "mine")}).exit_code == 73);
  CHECK(folder.read("report.html") == "mine");
  CHECK(real({"report", "2pc", "-n", "1", "-o", folder / "new.html"}).exit_code == 0);
  CHECK(folder.read("new.html").starts_with("<!DOCTYPE html>"));
}

}  // namespace commitlab
