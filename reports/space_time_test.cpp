// The parts of a run against the worlds it goes through: walks under every kind of fault.
#include "reports/space_time.hpp"

#include <algorithm>
#include <tuple>

#include "protocols/all.hpp"
#include "sim/record.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using Copy = std::tuple<int, int, std::string>;  // to, from, what

template <Protocol P>
std::vector<Copy> in_flight(const World<P>& w) {
  std::vector<Copy> flight;
  for (const auto& e : w.flight) flight.push_back({int(index(e.to)), int(index(e.from)), word_of_value(e.message)});
  std::sort(flight.begin(), flight.end());
  return flight;
}

std::vector<Copy> in_flight(const SpaceTime& run, std::size_t line, int nodes) {
  std::vector<Copy> flight;
  for (int node = 0; node < nodes; ++node)
    for (const std::size_t i : inbox_after(run, line, node)) flight.push_back({run.messages[i].to, run.messages[i].from, run.messages[i].word});
  std::sort(flight.begin(), flight.end());
  return flight;
}

Faults faults_of(std::uint64_t seed) {
  const auto channels = seed % 7 == 3 ? Channels::fifo : seed % 7 == 4 ? Channels::sticky : Channels::bag;
  const std::uint8_t some = channels == Channels::sticky ? 0 : 2;
  return {.left = {.crashes = 2, .disk_losses = 1, .losses = some, .duplicates = some, .reorders = 1, .partitions = 2, .suspicions = std::uint8_t(seed % 2 == 1 && some > 0 ? 2 : 0)},
          .recovery = seed % 3 == 0 ? Recovery::never : Recovery::any_time, .timing = seed % 2 == 1 && some > 0 ? Timing::synchronous : Timing::asynchronous, .channels = channels,
          .severed = seed % 5 == 0 ? Severed::held : Severed::lost, .copies = seed % 4 == 1};
}

/// Narrates a walk, and keeps what is in flight after each line.
template <Protocol P>
void walk(const P& p, std::uint64_t seed) {
  const std::array votes{NodeSet::from_bits(seed | 1), NodeSet::first(64)};
  World<P> w = initial<P>(3, std::span(votes).first(seed % 4 == 2 ? 2 : 1), faults_of(seed));
  Trace trace = trace_of(p, w, {"coordinator", "alice", "bob"});
  std::vector<std::vector<Copy>> flights;
  std::vector<std::vector<NodeView>> views;
  Rng rng(seed);
  for (int i = 0; i < 60; ++i) {
    std::vector<Step> steps;
    each_choice(p, w, [&](const Step& step, const Handled<P>&) { steps.push_back(step); });
    if (steps.empty()) break;
    narrate(p, w, steps[rng.below(steps.size())], trace);
    flights.push_back(in_flight(w));
    views.emplace_back();
    each_view(p, w, [&](NodeView view) { views.back().push_back(std::move(view)); });
  }
  const SpaceTime run = space_time(trace);
  for (std::size_t i = 0; i < flights.size(); ++i) {
    INFO(p.name << ", seed " << seed << ", line " << i << ": " << told(trace.lines[i]));
    REQUIRE(in_flight(run, i, 3) == flights[i]);
    if (trace.transactions > 1) continue;
    for (int node = 0; node < 3; ++node) {
      const auto& now = views[i][std::size_t(node)];
      const auto looks = std::find_if(run.stretches.rbegin(), run.stretches.rend(), [&](const auto& stretch) { return stretch.node == node && stretch.from.line <= i; });
      REQUIRE(looks != run.stretches.rend());
      REQUIRE(looks->view.up == now.up);
      CHECK(looks->view.log == now.log);
      if (now.up) CHECK(std::tie(looks->view.state, looks->view.in_doubt, looks->view.decided) == std::tie(now.state, now.in_doubt, now.decided));
    }
  }
}

TEST_CASE("what a space-time diagram has under way is what is in flight, and its nodes look as they are") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    walk(std::get<0>(kProtocols), seed);
    walk(std::get<2>(kProtocols), seed + 400);
  }
}

TEST_CASE("every arrival has its sending, and every timer that fires its setting") {
  const auto& p = std::get<0>(kProtocols);
  Setting setting{.nodes = 4};
  setting.chances = {.loss = {1, 10}, .duplicate = {1, 10}, .crash = {1, 30}};
  setting.faults.recovery = Recovery::any_time;
  std::size_t arrivals = 0, late = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    setting.delays.force = Delay::constant(2'000'000);
    const Trace trace = recorded(p, setting, {"coordinator", "a", "b", "c"}, [](std::uint32_t, Rng&) { return NodeSet::first(64); }, seed).trace;
    const SpaceTime run = space_time(trace);
    for (std::size_t i = 0; i < trace.lines.size(); ++i) {
      const Event event = trace.lines[i].event;
      const bool arrives = event == Event::deliver || event == Event::miss || event == Event::lose;
      CHECK(run.message_of[i].has_value() == arrives);
      if (arrives || event == Event::timeout || event == Event::recover) {
        REQUIRE(run.cause[i]);
        CHECK(*run.cause[i] < i);
      }
    }
    for (const auto& message : run.messages) {
      CHECK(message.sent.at_ns <= message.ended.at_ns);
      ++arrivals;
      late += message.sent.at_ns > trace.lines[message.sent.line].at_ns ? 1u : 0u;
    }
  }
  CHECK(arrivals > 1000);
  CHECK(late > 300);  // sent behind a forced write, which takes time
}

}  // namespace
}  // namespace commitlab
