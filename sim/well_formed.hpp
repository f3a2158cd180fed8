// Part of protocol.hpp: says in one sentence what is wrong where static_assert(Protocol<Mine>) fails.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

namespace forms {

/// False, once it is known of what.
template <class...>
inline constexpr bool kNever = false;

enum class Flaw : std::uint8_t { none, no_default, not_bytes, not_unique, not_an_atom, no_fields, left_out };

struct AnyField {
  constexpr void operator()(std::string_view, auto&) const {}
};
template <class T>
constexpr bool visits_fields() {
  T value{};
  T::fields(value, AnyField{});
  return true;
}
/// T::fields can be called, and by the compiler itself.
template <class T>
concept HasFields = requires(T& value) { T::fields(value, AnyField{}); } &&
    requires { typename std::bool_constant<visits_fields<T>()>; };

template <class T>
constexpr Flaw flaw_of_fields() {
  if constexpr (is_array<T>) {
    return flaw_of_fields<typename T::value_type>();
  } else if constexpr (Atom<T>) {
    return Flaw::none;
  } else if constexpr (!std::is_class_v<T>) {
    return Flaw::not_an_atom;
  } else if constexpr (!HasFields<T>) {
    return Flaw::no_fields;
  } else {
    T value{};
    std::size_t bytes = 0;
    Flaw flaw = Flaw::none;
    T::fields(value, [&](std::string_view, auto& field) {
      bytes += sizeof field;
      if (flaw == Flaw::none) flaw = flaw_of_fields<std::remove_cvref_t<decltype(field)>>();
    });
    return flaw == Flaw::none && bytes != sizeof(T) ? Flaw::left_out : flaw;
  }
}

template <class T>
constexpr Flaw flaw_of() {
  if constexpr (!std::is_default_constructible_v<T>) return Flaw::no_default;
  else if constexpr (!std::is_trivially_copyable_v<T>) return Flaw::not_bytes;
  else if constexpr (!std::has_unique_object_representations_v<T>) return Flaw::not_unique;
  else return flaw_of_fields<T>();
}

/// Is this State, Message or Record one? Compilers name it beside the sentence.
template <class Packed>
constexpr bool well_packed() {
  constexpr Flaw flaw = flaw_of<Packed>();
  static_assert(flaw != Flaw::no_default,
                "State, Message and Record begin as T{}: give each field of this one a first value");
  static_assert(flaw != Flaw::not_bytes,
                "State, Message and Record are plain bytes, without string, vector or map: use NodeSet, "
                "std::array and small integers");
  static_assert(flaw != Flaw::not_unique,
                "State, Message and Record have no padding and no floating-point number: order fields by "
                "size, or use smaller ones");
  static_assert(flaw != Flaw::not_an_atom,
                "a field of State, Message or Record is an enumerator, bool, integer, NodeId, NodeSet, or "
                "a std::array or struct of these, not a pointer");
  static_assert(flaw != Flaw::no_fields,
                "State, Message and Record, and structs in them, have `static constexpr void fields(auto& "
                "s, auto&& field)` that lists each field: field(\"name\", s.name)");
  static_assert(flaw != Flaw::left_out,
                "fields() leaves out a field of State, Message or Record: list every one, once");
  return flaw == Flaw::none;
}

struct Handlers {
  int receive, recover;
};
struct Names {
  int properties, in_doubt, suspect, act, acts, ordered;
};
/// A name that P has as well is ambiguous here.
template <class P, class Their>
struct Beside : P, Their {};
/// P is meant for a protocol. Much else is asked whether it is one, where overloads are told apart.
template <class P>
concept MeantForOne = std::is_class_v<P> && !std::is_final_v<P> &&
    !(requires { &Beside<P, Handlers>::receive; } && requires { &Beside<P, Handlers>::recover; });

/// What P may define besides, it defines as it should, or has nothing of that name: otherwise a wrong form
/// would be passed over in silence.
template <class P>
constexpr bool well_extended() {
  constexpr bool properties = HasProperties<P> || requires { &Beside<P, Names>::properties; };
  static_assert(properties,
                "properties takes a view and a claim: `void properties(const View<State, Message, Record>& "
                "view, auto&& claim) const`");
  constexpr bool in_doubt = Doubts<P> || requires { &Beside<P, Names>::in_doubt; };
  static_assert(in_doubt, "in_doubt tells by the state alone: `bool in_doubt(const State& s) const`");
  constexpr bool suspect = Suspects<P> || requires { &Beside<P, Names>::suspect; };
  static_assert(suspect,
                "suspect is told who has stopped: `void suspect(State& s, const Self& self, NodeId who, "
                "Out& out) const`");
  constexpr bool acts =
      Acts<P> || (requires { &Beside<P, Names>::act; } && requires { &Beside<P, Names>::acts; });
  static_assert(acts,
                "acts need all three: `enum class Act`, `std::uint32_t acts(const State& s, const Self& "
                "self) const` (a bit for each), `void act(State& s, const Self& self, Act which, Out& out) "
                "const`");
  constexpr bool ordered = SaysOrdered<P> || requires { &Beside<P, Names>::ordered; };
  static_assert(ordered, "ordered is a value, not a function: `static constexpr bool ordered = true;`");
  // What properties() does with its claim is looked at here, and not where a search asks it first.
  if constexpr (HasProperties<P>)
    static_cast<void>([](const P& p, const ViewOf<P>& view, const ClaimProperty& claim) {
      p.properties(view, claim);
    });
  return properties && in_doubt && suspect && acts && ordered;
}

/// One that stands for another protocol, P::Whole, has what that has.
template <class P>
concept StandsForAnother = requires { typename P::Whole; };

template <class P>
concept HasTypes = requires { typename P::State; typename P::Message; typename P::Record; };
template <class P>
concept HasNames = requires(const P p) {
  { p.name } -> std::convertible_to<std::string_view>;
  { p.summary } -> std::convertible_to<std::string_view>;
};
template <class P>
concept HasClaims = requires(const P p) {
  { p.claims() } -> std::convertible_to<std::span<const Claim>>;
};
template <class P>
concept Starts = requires(const P p, typename P::State& s, const Self& self, EffectsOf<P>& out) {
  p.start(s, self, out);
};
template <class P>
concept Receives = requires(const P p, typename P::State& s, const Self& self, NodeId from,
                            typename P::Message message, EffectsOf<P>& out) {
  p.receive(s, self, from, message, out);
};
template <class P>
concept TimesOut = requires(const P p, typename P::State& s, const Self& self, EffectsOf<P>& out) {
  p.timeout(s, self, out);
};
template <class P>
concept Recovers = requires(const P p, typename P::State& s, const Self& self,
                            std::span<const typename P::Record> log, EffectsOf<P>& out) {
  p.recover(s, self, log, out);
};

template <class P>
concept Complete = HasTypes<P> && flaw_of<typename P::State>() == Flaw::none &&
    flaw_of<typename P::Message>() == Flaw::none && flaw_of<typename P::Record>() == Flaw::none && HasNames<P> &&
    HasClaims<P> && Starts<P> && Receives<P> && TimesOut<P> && Recovers<P>;

/// Says what is missing.
template <class P>
constexpr void complain() {
  constexpr bool never = kNever<P>;
  if constexpr (!HasTypes<P>) {
    static_assert(never,
                  "a protocol defines, in public, State (what a process knows), Message and Record (what "
                  "it writes to its log)");
  } else if constexpr (!well_packed<typename P::State>() || !well_packed<typename P::Message>() ||
                       !well_packed<typename P::Record>()) {
    return;  // which was said
  } else if constexpr (!HasNames<P>) {
    static_assert(never,
                  "a protocol has, in public, `std::string_view name = \"...\"` and `std::string_view "
                  "summary = \"...\"`");
  } else if constexpr (!HasClaims<P>) {
    static_assert(never,
                  "a protocol says what it claims: `std::span<const Claim> claims() const`; `return {};` "
                  "if nothing");
  } else if constexpr (!Starts<P>) {
    static_assert(never,
                  "start is `void start(State& s, const Self& self, Out& out) const`, where Out is "
                  "Effects<Message, Record>");
  } else if constexpr (!Receives<P>) {
    static_assert(never,
                  "receive is `void receive(State& s, const Self& self, NodeId from, Message m, Out& out) "
                  "const`");
  } else if constexpr (!TimesOut<P>) {
    static_assert(never, "timeout is `void timeout(State& s, const Self& self, Out& out) const`");
  } else if constexpr (!Recovers<P>) {
    static_assert(never,
                  "recover is `void recover(State& s, const Self& self, std::span<const Record> log, Out& "
                  "out) const`");
  }
}

}  // namespace forms

template <class P>
constexpr bool well_formed() {
  using namespace forms;
  if constexpr (!requires { sizeof(P); }) {
    static_assert(kNever<P>,
                  "a member of a protocol cannot take a World of it, for its class is not complete: "
                  "properties() takes a View");
  } else if constexpr (!Complete<P>) {
    if constexpr (MeantForOne<P>) complain<P>();
  } else if constexpr (StandsForAnother<P> || std::is_final_v<P>) {
    return true;
  } else {
    return well_extended<P>();
  }
  return false;
}

}  // namespace commitlab
