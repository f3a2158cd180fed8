#!/usr/bin/env bash
# wrong_protocols_test.sh SOURCES COMPILER...: protocols that are each wrong in one place do not compile, and the first error is the
# sentence that says what is wrong. Compilers that are not there are passed over, with a word.
set -euo pipefail

sources=$1
shift
place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT

cat >"$place/right.cpp" <<'EOF'
#include <string>
#include "sim/protocol.hpp"
#include "sim/world.hpp"
using namespace commitlab;
struct Mine {
  std::string_view name = "mine", summary = "for a test";
  enum class Message : std::uint8_t { go };
  struct Record {
    NodeId who{};
    static constexpr void fields(auto& r, auto&& field) { field("who", r.who); }
  };
  enum class Phase : std::uint8_t { open, done };
  struct State {
    NodeSet yes{};
    std::uint8_t count = 0;
    Phase phase{};
    static constexpr void fields(auto& s, auto&& field) { field("yes", s.yes), field("phase", s.phase), field("count", s.count); }
  };
  enum class Act : std::uint8_t { give_up };
  using Out = Effects<Message, Record>;
  static constexpr bool ordered = true;
  void start(State&, const Self& self, Out& out) const { out.send(self.others(), Message::go); }
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  void suspect(State&, const Self&, NodeId, Out&) const {}
  std::uint32_t acts(const State&, const Self&) const { return 1; }
  void act(State&, const Self&, Act, Out&) const {}
  bool in_doubt(const State& s) const { return s.count > 0; }
  std::span<const Claim> claims() const { return {}; }
  void properties(const View<State, Message, Record>& view, auto&& claim) const { claim("somebody is up", !view.up.empty()); }
};
static_assert(Protocol<Mine>);
EOF

# The same, with the properties that the page for authors shows.
{
  sed '/^  void properties/,$d' "$place/right.cpp"
  awk '/^```/ { inside = /cpp/; next } inside' "$sources/docs/write-a-protocol.md"
  sed '1,/^  void properties/d' "$place/right.cpp"
} >"$place/page.cpp"
grep -q 'claim("who is done has decided", told)' "$place/page.cpp"

# What is changed (a script of sed), and how the sentence begins.
cat >"$place/cases" <<'EOF'
s/  enum class Message\(.*\)/ private: enum class Message\1 public:/|a protocol defines, in public, State
s/NodeSet yes{};/std::string yes{};/|State, Message and Record are plain bytes
s/NodeSet yes{};/const State* yes{};/;s/uint8_t count/uint32_t count/;s/ Phase phase/ std::uint32_t phase/|a field of State, Message or Record is an enumerator
s/NodeSet yes{};/double yes{};/|State, Message and Record have no padding
s/NodeSet yes{};/std::uint64_t yes{};/|State, Message and Record have no padding
s/NodeSet yes{};/NodeSet\& yes;/|State, Message and Record begin as T{}
s/static constexpr void fields(auto& s.*//|State, Message and Record, and structs in them, have `static constexpr void fields
s/static constexpr void fields(auto& s/static void fields(auto\& s/|State, Message and Record, and structs in them, have `static constexpr void fields
s/, field("count", s.count)//|fields() leaves out a field
s/static constexpr void fields(auto& r.*//|State, Message and Record, and structs in them, have `static constexpr void fields
s/name = "mine", //|a protocol has, in public, `std::string_view name
s/.*claims().*//|a protocol says what it claims
s/void start(State&/void start(const State*/|start is `void start(State& s
s/.*void start(.*//|start is `void start(State& s
s/.*void receive(.*//|receive is `void receive(State& s
s/NodeId, Message, Out&) const/Message, Out\&) const/|receive is `void receive(State& s
s/void timeout(State&, const Self&, Out&) const/void timeout(State\&, const Self\&, Out\&)/|timeout is `void timeout(State& s
s/std::span<const Record>, //|recover is `void recover(State& s
s/void suspect(State&, const Self&, NodeId/void suspect(State\&, const Self\&, Act/|suspect is told who has stopped
s/acts(const State&, const Self&)/acts(State\&, const Self\&)/|acts need all three
s/in_doubt(const State& s)/in_doubt(State\& s)/|in_doubt tells by the state alone
s/constexpr bool ordered = true;/bool ordered() { return true; }/|ordered is a value
s/(const View<State, Message, Record>& view, auto&& claim)/(const World<Mine>\& view, auto\&\& claim)/|a member of a protocol cannot take a World of it
s/(const View<.*/(auto\&\& claim) const { claim("it holds", true); }/|properties takes a view and a claim
s/(const View<.*/(const auto\& w, auto\&\& claim) const { claim("nobody acts", w.slot(kCoordinator).decided.ever()); }/|properties(view, claim) is given a View, not a World
s/claim("somebody is up", !view.up.empty())/claim(!view.up.empty())/|properties(view, claim) calls claim(name, holds)
s/claim("somebody is up", !view.up.empty())/claim("somebody is up", "always")/|properties(view, claim) calls claim(name, holds)
EOF

# judge COMPILER NUMBER CHANGE SENTENCE
judge() {
  local file=$place/$2.cpp said
  sed "$3" "$place/right.cpp" >"$file"
  if cmp -s "$file" "$place/right.cpp"; then
    echo "not ok - $3 changes nothing"
    return 1
  fi
  if said=$("$1" -std=c++20 -fsyntax-only "-I$sources" "$file" 2>&1); then
    echo "not ok - $1 takes $3"
    return 1
  fi
  local first
  first=$(grep -m1 'error:' <<<"$said")
  if [[ $first != *"$4"* || $(grep -c 'error:' <<<"$said") -gt 4 || $(wc -l <<<"$said") -gt 40 ]]; then
    printf 'not ok - %s: %s\n  expected first, and no page behind it: %s\n%s\n' "$1" "$3" "$4" "$said"
    return 1
  fi
}
export -f judge
export place sources

for compiler in "$@"; do
  if ! command -v "$compiler" >/dev/null; then
    echo "passed over: $compiler is not there"
    continue
  fi
  for right in right page; do
    "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only "-I$sources" "$place/$right.cpp"
  done
  i=0
  while IFS='|' read -r change sentence; do
    printf '%s\0%s\0%s\0%s\0' "$compiler" "$((++i))" "$change" "$sentence"
  done <"$place/cases" | xargs -0 -n4 -P "$(nproc)" bash -c 'judge "$@"' _
  echo "ok - $compiler says of $(wc -l <"$place/cases") wrong protocols what is wrong"
done
