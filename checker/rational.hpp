// Exact rational numbers, for probabilities that must not be rounded on the way to the reader.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <cassert>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace commitlab {

/// A rational number in lowest terms, of any size; 0 unless told. Whole numbers convert by themselves, so `1 - chance` is exact.
class Rational {
 public:
  using Value = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;
  using Whole = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

  Rational();
  Rational(const Rational&);
  Rational(Rational&&) noexcept;
  Rational& operator=(const Rational&);
  Rational& operator=(Rational&&) noexcept;
  ~Rational();
  Rational(std::integral auto whole) : value_(whole) {}
  Rational(std::floating_point auto) = delete;  // 0.1 is not 1/10: read the text, or say `exact_rational`.

  /// The denominator must not be 0; its sign may be either.
  Rational(const Whole& numerator, const Whole& denominator);

  Whole numerator() const;
  Whole denominator() const;  ///< Above 0.

  Rational& operator+=(const Rational& other) {
    value_ += other.value_;
    return *this;
  }
  Rational& operator-=(const Rational& other) {
    value_ -= other.value_;
    return *this;
  }
  Rational& operator*=(const Rational& other) {
    value_ *= other.value_;
    return *this;
  }
  /// The divisor must not be 0.
  Rational& operator/=(const Rational& other) {
    assert(other.value_ != 0);
    value_ /= other.value_;
    return *this;
  }

  Rational operator-() const { return Rational() -= *this; }
  friend Rational operator+(Rational a, const Rational& b) { return a += b; }
  friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
  friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
  friend Rational operator/(Rational a, const Rational& b) { return a /= b; }
  friend bool operator==(const Rational& a, const Rational& b) { return a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) { return a.value_.compare(b.value_) <=> 0; }

 private:
  Value value_;
};

/// Why a text is no rational number.
enum class RationalFlaw { not_a_number, zero_denominator, exponent_too_large, too_long };

inline constexpr std::size_t kRationalTextLongest = 100;  // characters
inline constexpr int kRationalExponentLargest = 400;

/// Reads a number as JSON spells it ("0.995", "1e-3") or a fraction of whole numbers ("1/3"), exactly; nothing else is accepted: no
/// spaces, no leading + or 0. A minus is: whether a number is a probability is for the caller to say.
std::optional<Rational> rational_from(std::string_view text);

/// What is wrong with a text that `rational_from` refuses; nothing when it accepts it.
std::optional<RationalFlaw> flaw_of(std::string_view text);

/// What to tell the author of such a text: says what is allowed.
std::string_view explanation(RationalFlaw flaw);

/// The very number that a finite double stands for.
Rational exact_rational(double number);

/// The nearest double, ties to even; infinite when past the largest.
double to_double(const Rational& number);

/// Numerator and denominator in lowest terms, if the number is not negative and both fit.
std::optional<std::pair<std::uint64_t, std::uint64_t>> fraction_of_64_bits(const Rational& number);

/// The product of them all; 1 for none.
Rational product(std::span<const Rational> numbers);

/// All of the number: the shortest decimal if it ends ("0.98505"), else the fraction in lowest terms ("1/3").
std::string exact_text(const Rational& number);

/// Rounded to that many significant digits, half to even, without trailing zeros; "1.5e-7" below 10^-6, and "1.2e3" where the
/// digits do not reach the point. A number that is not 1 never prints as 1: it gets the digits down to the first that differs.
std::string decimal_text(const Rational& number, int digits);

enum class Rounding { down, half_even, up };  // down and up along the number line

/// Rounded to that many digits after the point, all of them printed ("0.50").
std::string fixed_text(const Rational& number, int decimals, Rounding rounding);

/// The power of ten of the leading digit of a number above 0: -3 for 0.0099, 0 for 1, 1 for 10.
int decimal_exponent(const Rational& number);

}  // namespace commitlab
