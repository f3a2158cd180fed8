// What a process may do by itself when it sees more than its own state.
#include "sim/acting_for_tests.hpp"
#include "sim/sight.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// What the two below have in common: a lamp that is lit by itself, once it may.
struct Lamp {
  bool lit = false;
  static constexpr void fields(auto& s, auto&& field) { field("lit", s.lit); }
};
enum class Light : std::uint8_t { on };
enum class Note : std::uint8_t { hello };
enum class Nothing : std::uint8_t {};

/// Each may light its lamp once the one before it is lit.
struct Row {
  using State = Lamp;
  using Act = Light;
  using Message = Note;
  using Record = Nothing;
  std::string_view name = "row", summary = "for tests";
  static constexpr bool specification = true;

  std::uint32_t acts(const State& s, const Self& self, std::span<const State> everyone) const {
    return !s.lit && (self.coordinates() || everyone[index(self.id) - 1].lit) ? 1 : 0;
  }
  void act(State& s, const Self&, Act, Effects<Message, Record>&) const { s.lit = true; }
  void start(State&, const Self&, Effects<Message, Record>&) const {}
  void receive(State&, const Self&, NodeId, Message, Effects<Message, Record>&) const {}
  void timeout(State&, const Self&, Effects<Message, Record>&) const {}
  void recover(State&, const Self&, std::span<const Record>, Effects<Message, Record>&) const {}
  std::span<const Claim> claims() const { return {}; }
};

/// The coordinator tells everybody; a participant may light its lamp once there is something in its inbox.
struct Post {
  using State = Lamp;
  using Message = Note;
  using Record = Nothing;
  struct Act {
    Light what{};
    NodeId whose{};
    static constexpr void fields(auto& a, auto&& field) { field("what", a.what), field("whose", a.whose); }
    static constexpr Act of(unsigned bit) { return {Light::on, node_id(bit)}; }
  };
  std::string_view name = "post", summary = "for tests";
  static constexpr bool specification = true;

  std::uint32_t acts(const State& s, const Self& self, const Inbox<Message>& inbox) const {
    bool told = self.coordinates();
    inbox.each([&](NodeId from, Message m) { told = told || (from == kCoordinator && m == Message::hello); });
    return told && !s.lit ? 1u << index(self.id) : 0;
  }
  void act(State& s, const Self& self, Act, Effects<Message, Record>& out) const {
    s.lit = true;
    if (self.coordinates()) out.send(self.others(), Message::hello);
  }
  void start(State&, const Self&, Effects<Message, Record>&) const {}
  void receive(State&, const Self&, NodeId, Message, Effects<Message, Record>&) const {}
  void timeout(State&, const Self&, Effects<Message, Record>&) const {}
  void recover(State&, const Self&, std::span<const Record>, Effects<Message, Record>&) const {}
  std::span<const Claim> claims() const { return {}; }
};

static_assert(Protocol<Row> && Specification<Row> && Acts<Row> && SeesStates<Row> && !SeesInbox<Row>);
static_assert(Protocol<Post> && Specification<Post> && Acts<Post> && SeesInbox<Post> && !SeesStates<Post>);

const std::array kAllYes{NodeSet::first(64), NodeSet::first(64)};
constexpr Faults kSticky{.channels = Channels::sticky};

}  // namespace

TEST_CASE("the processes of a specification have begun from the beginning") {
  CHECK(possible(Row{}, initial<Row>(3, kAllYes, kSticky)) == std::vector<std::string>{"0 act#1 on", "0 act#2 on"});
}

TEST_CASE("an act that sees all states sees them by id, and those of its own transaction only") {
  const Row p;
  auto w = initial<Row>(3, kAllYes, kSticky);
  act_out(p, w, {"0 act#2 on", "1 act#2 on"});
  CHECK(possible(p, w) == std::vector<std::string>{"0 act#1 on", "2 act#2 on"});
}

TEST_CASE("an act that sees its inbox sees what was sent to it in its own transaction, also after it was delivered") {
  const Post p;
  auto w = initial<Post>(3, kAllYes, kSticky);
  act_out(p, w, {"0 act#2 on; send hello to 1 2"});
  CHECK(offers(p, w, "2 act#2 on(whose=2)"));
  CHECK_FALSE(offers(p, w, "2 act#1 on(whose=2)"));
  act_out(p, w, {"2 deliver hello#2 from 0"});
  CHECK(offers(p, w, "2 act#2 on(whose=2)"));
}

}  // namespace commitlab
