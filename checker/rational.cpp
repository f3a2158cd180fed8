// Reading, printing and converting exact rational numbers; every rounding is one division of whole numbers.
#include "checker/rational.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace commitlab {

using Whole = Rational::Whole;

namespace {

// A text taken apart, its grammar checked and nothing computed yet.
struct Spelling {
  std::optional<RationalFlaw> flaw;
  bool negative = false;
  std::string_view whole = {}, decimals = {}, denominator = {};  // digits only
  int exponent = 0;
};

// Significant digits d.ddd times a power of ten, without trailing zeros.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

}  // namespace

static Spelling spelling_of(std::string_view text);
static Whole whole_from(std::string_view digits);
static Whole power_of_ten(int exponent);
static std::int64_t binary_exponent(const Rational& number);
static Rational scaled(const Rational& number, int exponent);
static Whole rounded(const Rational& number, Rounding rounding);

// Out of line: where g++ 12 inlines a move of Boost's numbers under a sanitizer, it warns wrongly of uninitialized memory.
Rational::Rational() = default;
Rational::Rational(const Rational&) = default;
Rational::Rational(Rational&&) noexcept = default;
Rational& Rational::operator=(const Rational&) = default;
Rational& Rational::operator=(Rational&&) noexcept = default;
Rational::~Rational() = default;

Rational::Rational(const Whole& numerator, const Whole& denominator) {
  assert(denominator != 0);
  // Boost 1.74 throws at a denominator below 0.
  value_ = denominator > 0 ? Value(numerator, denominator) : Value(-numerator, -denominator);
}

Whole Rational::numerator() const { return boost::multiprecision::numerator(value_); }

Whole Rational::denominator() const { return boost::multiprecision::denominator(value_); }

std::optional<Rational> rational_from(std::string_view text) {
  const Spelling spelling = spelling_of(text);
  if (spelling.flaw) return std::nullopt;
  Whole numerator = whole_from(spelling.whole);
  for (const char digit : spelling.decimals) numerator = numerator * 10 + (digit - '0');
  if (spelling.negative) numerator = -numerator;
  if (!spelling.denominator.empty()) return Rational(numerator, whole_from(spelling.denominator));
  return scaled(Rational(numerator, 1), spelling.exponent - static_cast<int>(spelling.decimals.size()));
}

std::optional<RationalFlaw> flaw_of(std::string_view text) { return spelling_of(text).flaw; }

std::string_view explanation(RationalFlaw flaw) {
  switch (flaw) {
    case RationalFlaw::not_a_number: return "not a number: write a decimal such as 0.995 or 1e-3, or a fraction such as 1/3";
    case RationalFlaw::zero_denominator: return "a fraction over 0: write a fraction such as 1/3";
    case RationalFlaw::exponent_too_large: return "too large an exponent: write one from -400 to 400";
    case RationalFlaw::too_long: return "too long: write a number in at most 100 characters";
  }
  std::abort();
}

Rational exact_rational(double number) {
  assert(std::isfinite(number));
  constexpr int kBits = std::numeric_limits<double>::digits;
  int exponent = 0;
  const double mantissa = std::frexp(number, &exponent);
  const Whole digits = static_cast<std::int64_t>(std::ldexp(mantissa, kBits));
  exponent -= kBits;
  const Whole power = Whole(1) << std::abs(exponent);
  return exponent < 0 ? Rational(digits, power) : Rational(digits * power, 1);
}

double to_double(const Rational& number) {
  if (number == 0) return 0;
  if (number < 0) return -to_double(-number);
  const std::int64_t bits = binary_exponent(number);
  if (bits > std::numeric_limits<double>::max_exponent) return std::numeric_limits<double>::infinity();
  if (bits < -1080) return 0;  // below half of the least double, 2^-1074

  // The unit is what the last bit is worth. The quotient has 53 bits or 54, of which a double keeps 53; near 0 it keeps fewer.
  int unit = std::max(static_cast<int>(bits) - 53, -1074);
  const auto in_units = [&] {
    const Whole power = Whole(1) << std::abs(unit);
    return number * (unit < 0 ? Rational(power, 1) : Rational(1, power));
  };
  if (in_units() >= Rational(Whole(1) << 53, 1)) ++unit;
  return std::ldexp(rounded(in_units(), Rounding::half_even).convert_to<double>(), unit);
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> fraction_of_64_bits(const Rational& number) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();
  const Whole numerator = number.numerator(), denominator = number.denominator();
  if (numerator < 0 || numerator > kLargest || denominator > kLargest) return std::nullopt;
  return std::pair(numerator.convert_to<std::uint64_t>(), denominator.convert_to<std::uint64_t>());
}

Rational product(std::span<const Rational> numbers) {
  Rational all = 1;
  for (const Rational& number : numbers) all *= number;
  return all;
}

std::string exact_text(const Rational& number) {
  Whole rest = number.denominator();
  const int twos = static_cast<int>(lsb(rest));
  rest >>= twos;
  int fives = 0;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  if (rest != 1) return number.numerator().str() + "/" + number.denominator().str();
  return fixed_text(number, std::max(twos, fives), Rounding::half_even);
}

static Decimal decimal_of(const Rational& number, int digits) {
  int exponent = decimal_exponent(number);
  std::string shown = rounded(scaled(number, digits - 1 - exponent), Rounding::half_even).str();
  if (shown.size() > static_cast<std::size_t>(digits)) ++exponent;  // 9.99 became 10.0
  shown.erase(shown.find_last_not_of('0') + 1);
  return {std::move(shown), exponent};
}

std::string decimal_text(const Rational& number, int digits) {
  assert(digits > 0);
  if (number == 0) return "0";
  if (number < 0) return decimal_text(-number, digits).insert(0, 1, '-');

  Decimal shown = decimal_of(number, digits);
  if (shown.digits == "1" && shown.exponent == 0 && number != 1) {
    digits = number < 1 ? -decimal_exponent(1 - number) : 1 - decimal_exponent(number - 1);
    shown = decimal_of(number, digits);
  }

  std::string& text = shown.digits;
  if (shown.exponent < -6 || shown.exponent >= digits) {
    if (text.size() > 1) text.insert(1, ".");
    return text + "e" + std::to_string(shown.exponent);
  }
  if (shown.exponent < 0) return text.insert(0, static_cast<std::size_t>(-shown.exponent - 1), '0').insert(0, "0.");
  const auto before_point = static_cast<std::size_t>(shown.exponent) + 1;
  if (text.size() > before_point) return text.insert(before_point, ".");
  return text + std::string(before_point - text.size(), '0');
}

std::string fixed_text(const Rational& number, int decimals, Rounding rounding) {
  assert(decimals >= 0);
  const Whole units = rounded(scaled(number, decimals), rounding);
  const auto after_point = static_cast<std::size_t>(decimals);
  std::string text = abs(units).str();
  if (text.size() <= after_point) text.insert(0, after_point + 1 - text.size(), '0');
  if (decimals > 0) text.insert(text.size() - after_point, ".");
  if (units < 0) text.insert(0, 1, '-');
  return text;
}

int decimal_exponent(const Rational& number) {
  assert(number > 0);
  // A guess with 0.30103 for log10(2); the comparisons decide.
  int exponent = static_cast<int>(binary_exponent(number) * 30103 / 100000);
  while (scaled(number, -exponent) < 1) --exponent;
  while (scaled(number, -exponent) >= 10) ++exponent;
  return exponent;
}

static bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == any_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

static std::string_view take_digits(std::string_view& text) {
  const std::string_view digits = text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
  text.remove_prefix(digits.size());
  return digits;
}

// JSON allows no empty whole number and no zero in front of another digit.
static bool whole_in_json(std::string_view digits) { return !digits.empty() && (digits == "0" || digits.front() != '0'); }

static Spelling spelling_of(std::string_view text) {
  if (text.size() > kRationalTextLongest) return {.flaw = RationalFlaw::too_long};
  const Spelling refused = {.flaw = RationalFlaw::not_a_number};
  Spelling spelling;
  spelling.negative = take(text, "-");
  spelling.whole = take_digits(text);
  if (!whole_in_json(spelling.whole)) return refused;

  if (take(text, "/")) {
    spelling.denominator = take_digits(text);
    if (!whole_in_json(spelling.denominator) || !text.empty()) return refused;
    if (spelling.denominator == "0") spelling.flaw = RationalFlaw::zero_denominator;
    return spelling;
  }

  if (take(text, ".")) {
    spelling.decimals = take_digits(text);
    if (spelling.decimals.empty()) return refused;
  }
  if (take(text, "eE")) {
    const bool below_one = take(text, "-");
    if (!below_one) take(text, "+");
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return refused;
    for (const char digit : digits) {
      spelling.exponent = std::min(spelling.exponent * 10 + (digit - '0'), kRationalExponentLargest + 1);
    }
    if (spelling.exponent > kRationalExponentLargest) spelling.flaw = RationalFlaw::exponent_too_large;
    if (below_one) spelling.exponent = -spelling.exponent;
  }
  if (!text.empty()) return refused;
  return spelling;
}

// By hand, because Boost reads a leading 0 as octal.
static Whole whole_from(std::string_view digits) {
  Whole whole = 0;
  for (const char digit : digits) whole = whole * 10 + (digit - '0');
  return whole;
}

static Whole power_of_ten(int exponent) {
  assert(exponent >= 0);
  return pow(Whole(10), static_cast<unsigned>(exponent));
}

// The power of two of the leading bit, or one more than that.
static std::int64_t binary_exponent(const Rational& number) {
  return static_cast<std::int64_t>(msb(number.numerator())) - static_cast<std::int64_t>(msb(number.denominator()));
}

static Rational scaled(const Rational& number, int exponent) {
  return number * (exponent < 0 ? Rational(1, power_of_ten(-exponent)) : Rational(power_of_ten(exponent), 1));
}

static Whole rounded(const Rational& number, Rounding rounding) {
  const Whole denominator = number.denominator();
  Whole below, rest;
  divide_qr(number.numerator(), denominator, below, rest);
  if (rest < 0) {  // Boost cuts towards 0
    --below;
    rest += denominator;
  }
  switch (rounding) {
    case Rounding::down: return below;
    case Rounding::up: return rest == 0 ? below : below + 1;
    case Rounding::half_even: {
      const int side = Whole(2 * rest).compare(denominator);
      return side > 0 || (side == 0 && below % 2 != 0) ? below + 1 : below;
    }
  }
  std::abort();
}

}  // namespace commitlab
