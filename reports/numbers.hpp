// Numbers as people read them, the same under every locale.
#pragma once

#include <cstdint>
#include <string>

namespace commitlab {

/// "1,234,567".
std::string grouped(std::uint64_t number);
/// The same for digits, which may be more than 64 bits hold.
std::string grouped_digits(std::string digits);

/// "1 crash", "2 crashes": the plural is given.
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

/// Virtual time in milliseconds, with three decimals: "12.345".
std::string milliseconds(std::int64_t time_ns);

/// Computing time: "0.12 s", "3 min 20 s".
std::string duration(double seconds);

/// "12.3 MB", in steps of 1000.
std::string size_text(std::uint64_t bytes);

/// How many of how many, to four decimals rounded down, so that only all of them are "1".
std::string share(std::uint64_t count, std::uint64_t of);

/// So many significant digits at most, without zeros behind them: "0.01", "1.15e-7".
std::string significant(double number, int digits);

/// An average or the like, with so many decimals.
std::string fixed(double number, int decimals);

}  // namespace commitlab
