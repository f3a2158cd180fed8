#include "checker/named_process.hpp"

#include "test.hpp"

namespace commitlab {

TEST_CASE("what is never left is an end of the worst kind in it") {
  DecisionWriter writer;
  writer.state(3);
  writer.choice();
  writer.branch(1, Rational(1, 2));
  writer.branch(3, Rational(1, 2));
  for (const DecisionProcess::State to : {2U, 1U}) {
    writer.state(to == 2 ? 3 : 1);
    writer.choice();
    writer.branch(to, 1);
  }
  writer.state(1);
  const NamedProcess named = with_ends_named(writer.take());
  CHECK(named.process.kind == std::vector<DecisionProcess::Kind>{0, 3, 3, 1});
  CHECK(named.kinds == std::vector<std::string>{"", "commits", "aborts", "blocked", "breaks", "beyond"});
}

}  // namespace commitlab
