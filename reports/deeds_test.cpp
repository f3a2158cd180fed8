// A frozen graph told by its deeds, of every protocol: nothing of it is lost. And the bytes of a page.
#include "reports/deeds.hpp"

#include <zlib.h>

#include "checker/ask.hpp"
#include "reports/base64.hpp"
#include "reports/deflated.hpp"
#include "scenarios/catalogue.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// Steps that do not lead where their deeds do, or are not called as these are.
std::size_t lost(const FrozenGraph& graph, const Deeds& deeds) {
  std::size_t lost = 0;
  for (std::uint32_t world = 0; world < graph.worlds; ++world)
    for (std::uint64_t i = graph.first_edge[world]; i < graph.first_edge[world + 1]; ++i) {
      const auto row = [&](std::uint32_t w) { return std::vector<std::uint32_t>(&graph.rows[w * graph.places()], &graph.rows[w * graph.places()] + graph.places()); };
      std::vector<std::uint32_t> after = row(world);
      const auto& deed = deeds.deeds[deeds.of_edge[i]];
      for (const auto& [place, becoming] : deed.at) after[place] = deeds.becomings[place][becoming].at(after[place]);
      lost += after != row(graph.edges[i].to) || deed.happening != graph.moves[graph.edges[i].move];
    }
  return lost;
}

}  // namespace

TEST_CASE("every step of a graph leads where its deed does") {
  for (const Entry& entry : catalogue()) {
    INFO(entry.name);
    Question question = ask(2, {}, {Property::AC1});
    if (entry.specification) question = all_yes(question), question.faults.channels = Channels::sticky;
    else question.faults = {.left = {.crashes = 1, .losses = 1, .partitions = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
    question.limits.worlds = 5'000;
    const FrozenGraph graph = entry.studies.freeze(question, {});
    const Deeds deeds = deeds_of(graph);
    CHECK(lost(graph, deeds) == 0);
    CHECK(graph.worlds > 10);
    if (!entry.specification) CHECK(10 * deeds.deeds.size() < graph.edges.size());
  }
}

TEST_CASE("what follows from a graph is said once: a crash of 2pc takes some hundred deeds for ten thousand worlds") {
  const Entry& entry = *find(catalogue(), "2pc");
  const FrozenGraph graph = entry.studies.freeze(ask(2, {.left = {.crashes = 1}}, {Property::AC1}), {});
  CHECK(graph.worlds == 10'394);
  CHECK(graph.edges.size() == 68'405);
  CHECK(deeds_of(graph).deeds.size() < 200);
}

TEST_CASE("bytes in base 64 are as RFC 4648 has them") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xff\xfe\xfd") == "//79");
}

TEST_CASE("deflated bytes are smaller, and zlib reads them") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "world " + std::to_string(i % 7);
  const std::string small = deflated(text);
  CHECK(small.size() < text.size() / 20);
  uLongf size = static_cast<uLongf>(text.size());
  std::string again(text.size(), '\0');
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(again.data()), &size, reinterpret_cast<const Bytef*>(small.data()), static_cast<uLong>(small.size())) == Z_OK);
  CHECK(again == text);
  CHECK(size == text.size());
}

}  // namespace commitlab
