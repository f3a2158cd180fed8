// The values of options, read strictly: all of the text, no sign where none belongs, nothing out of range. Each function
// throws a Refusal that names the option and says what is allowed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/estimate.hpp"
#include "scenarios/scenario.hpp"
#include "sim/names.hpp"

namespace commitlab {

/// An option as it was given: "--crashes", "2".
struct Value {
  std::string option;
  std::string text;
};

std::uint64_t integer(const Value& value, std::uint64_t least, std::uint64_t most);
/// Decimal or 0x and hexadecimal, 64 bits; "random" is drawn from the system.
std::uint64_t seed(const Value& value);
/// "2.5", above 0.
double seconds(const Value& value);
/// "0.01", above 0 and below 1.
double width(const Value& value);
/// "2/4": the second of four parts of so many runs, of which each has at least one.
Shard shard(const Value& value, std::uint64_t runs);
/// "512M": a whole number with K, M, G or T (of 1024), at least 16M.
std::uint64_t memory_size(const Value& value);
/// "10ms", "1.5s" in nanoseconds, whole and at most `kGreatestDelay`; only 0 needs no unit.
Nanoseconds time_of(const Value& value);
/// "0,10ms,1.5s" in nanoseconds, ascending and each once; only 0 needs no unit. None is past the horizon, and 100 are enough.
std::vector<Nanoseconds> times(const Value& value, Nanoseconds horizon);
/// The place of the text among the allowed ones.
std::size_t choice(const Value& value, std::span<const std::string_view> allowed);

template <Enumeration E>
E word(const Value& value) {
  return static_cast<E>(choice(value, std::span(spelling::kNames<E>).first(count_of<E>())));
}

/// "a,b,c" taken apart; an empty part is refused, a part that comes twice too. `what` they are is told then.
std::vector<std::string> list(const Value& value, const std::string& what = "names");
/// "a=x,b=y" taken apart.
struct Assignment {
  std::string name, value;
};
std::vector<Assignment> assignments(const Value& value);

std::vector<Property> properties(const Value& value);
Expected expectations(const Value& value);
/// Sets those chances that are given: "loss=0.1,crash=1/1000,crash:alice=0.01". What is said of one of the nodes, `names`, goes
/// before what is said of all.
void set_chances(const Value& value, const std::vector<std::string>& names, Chances& chances);
/// The participant or node of that name, among `names`.
std::size_t node(const Value& value, const std::string& name, const std::vector<std::string>& names);

}  // namespace commitlab
