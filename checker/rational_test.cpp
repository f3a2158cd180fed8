// What exact numbers promise: nothing is lost in reading, computing and printing.
#include "checker/rational.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "test.hpp"

using namespace commitlab;

static Rational read(std::string_view text) {
  const std::optional<Rational> number = rational_from(text);
  INFO(text);
  REQUIRE(number.has_value());
  return *number;
}

static std::string reread(std::string_view text) { return exact_text(read(text)); }

static Rational any_rational() {
  const auto numerator = *rc::gen::arbitrary<std::int64_t>();
  const auto denominator = *rc::gen::nonZero<std::int64_t>();
  return {numerator, denominator};
}

static bool refused(std::string_view text, RationalFlaw flaw) { return !rational_from(text) && flaw_of(text) == flaw; }

TEST_CASE("two participants that succeed with 0.99 and 0.995 both succeed with exactly 0.98505") {
  const std::vector<Rational> chances = {read("0.99"), read("0.995")};
  CHECK(product(chances) == Rational(98505, 100000));
  CHECK(exact_text(product(chances)) == "0.98505");
  CHECK(decimal_text(product(chances), 6) == "0.98505");
  CHECK(to_double(product(chances)) == 0.98505);
}

TEST_CASE("sixty-three participants that succeed with 0.999 are multiplied without rounding") {
  const std::vector<Rational> chances(63, read("0.999"));
  const Rational all = product(chances);
  CHECK(all.numerator() == pow(Rational::Whole(999), 63));
  CHECK(all.denominator() == pow(Rational::Whole(1000), 63));
  CHECK(exact_text(all).size() == 2 + 3 * 63);
  CHECK(exact_text(all).substr(0, 22) == "0.93891387770354909968");  // by Python's integers
  CHECK(exact_text(all).substr(181) == "9047062999");
  CHECK(decimal_text(all, 6) == "0.938914");
  CHECK(rational_from(decimal_text(all, 98)) != all);
}

TEST_CASE("a product of none is one") { CHECK(product({}) == 1); }

TEST_CASE("a number is read as JSON and fractions spell it") {
  CHECK(read("0.1") == Rational(1, 10));
  CHECK(read("1e-3") == Rational(1, 1000));
  CHECK(read("99.5e-2") == Rational(995, 1000));
  CHECK(read("1.5E+2") == 150);
  CHECK(read("2e0003") == 2000);
  CHECK(read("1/3") == Rational(1, 3));
  CHECK(read("-6/4") == Rational(-3, 2));
  CHECK(read("0.010") == Rational(1, 100));  // not octal
  CHECK(read("0.08") == Rational(2, 25));
  CHECK(read("0/7") == 0);
  CHECK(read("-0") == 0);
  CHECK(read("-0.25") == Rational(1, -4));
  CHECK(read("1e400") * read("1e-400") == 1);
  CHECK(read("18446744073709551617") - read("18446744073709551616") == 1);
}

TEST_CASE("a text that is no number is refused") {
  for (const std::string_view text : {
          "", "-", "+1", " 1", "1 ", "1\n", "0x10", "inf", "-inf", "nan", ".5", "5.", "01", "-01", "00", "1e", "1e+", "1e1.5",
          "e1", "1.e1", "1,5", "0,5", "1/", "/3", "1/-3", "1/+3", "1/03", "1/2/3", "1 / 3", "0.5/2", "1/2.5", "1/2e1", "1e2/3",
          "--1", "1.2.3", "1e1e1", "1e--1", "0.99f", "1'000", "1_000", "½", "5%", "1e999x", "1/0x", "1/00", "true", "\"1\"",
          "{}", "1e-", "-/3", "- 1", "-.5", "1.5/0", "0b1", "1d3", "1p3", "\t1", "NaN", "Infinity"
       }) {
    INFO(text);
    CHECK(refused(text, RationalFlaw::not_a_number));
  }
  CHECK(refused(std::string_view("1\0", 2), RationalFlaw::not_a_number));
  CHECK(refused(std::string_view("\0", 1), RationalFlaw::not_a_number));
}

TEST_CASE("a number that would be costly or has no value is refused with its own reason") {
  CHECK(refused("1/0", RationalFlaw::zero_denominator));
  CHECK(refused("-0/0", RationalFlaw::zero_denominator));
  CHECK(refused("1e401", RationalFlaw::exponent_too_large));
  CHECK(refused("1e-401", RationalFlaw::exponent_too_large));
  CHECK(refused("0e999999999999999999999999", RationalFlaw::exponent_too_large));
  CHECK(refused("1e-" + std::string(97, '9'), RationalFlaw::exponent_too_large));
  CHECK(refused("0." + std::string(99, '9'), RationalFlaw::too_long));
  CHECK(refused(std::string(10'000'000, '9'), RationalFlaw::too_long));
  CHECK(read("0." + std::string(98, '9')) < 1);
  CHECK_FALSE(flaw_of("0.5"));
}

TEST_CASE("each refusal tells its author something else") {
  const auto not_a_number = explanation(RationalFlaw::not_a_number), zero_denominator = explanation(RationalFlaw::zero_denominator);
  const auto exponent = explanation(RationalFlaw::exponent_too_large), too_long = explanation(RationalFlaw::too_long);
  CHECK(not_a_number.find("1/3") != not_a_number.npos);
  CHECK(zero_denominator.find("over 0") != zero_denominator.npos);
  CHECK(exponent.find(std::to_string(kRationalExponentLargest)) != exponent.npos);
  CHECK(too_long.find(std::to_string(kRationalTextLongest)) != too_long.npos);
}

TEST_CASE("whatever bytes are read, the answer is a number or a flaw and never both") {
  rc::prop("any text", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789.eE+-/ x")));
    RC_ASSERT(rational_from(text).has_value() != flaw_of(text).has_value());
  });
}

TEST_CASE("a decimal that ends prints as a decimal and any other number as a fraction") {
  CHECK(reread("0.98505") == "0.98505");
  CHECK(reread("0.500") == "0.5");
  CHECK(reread("1/3") == "1/3");
  CHECK(reread("-2/6") == "-1/3");
  CHECK(reread("3/8") == "0.375");
  CHECK(reread("1/125") == "0.008");
  CHECK(reread("-7/2") == "-3.5");
  CHECK(reread("-1/20") == "-0.05");
  CHECK(reread("1e3") == "1000");
  CHECK(reread("0") == "0");
  CHECK(reread("1e-3") == "0.001");
  CHECK(exact_text(1 - read("1e-30")) == "0." + std::string(30, '9'));
}

TEST_CASE("what is printed in full reads back as the same number") {
  rc::prop("any fraction of 64 bits", [] {
    const Rational number = any_rational();
    RC_PRE(exact_text(number).size() <= kRationalTextLongest);
    RC_ASSERT(rational_from(exact_text(number)) == number);
  });
  rc::prop("any decimal", [] {
    const auto digits = *rc::gen::arbitrary<std::int64_t>();
    const auto exponent = *rc::gen::inRange(-70, 10);
    const std::string text = std::to_string(digits) + "e" + std::to_string(exponent);
    RC_ASSERT(rational_from(exact_text(*rational_from(text))) == rational_from(text));
  });
}

TEST_CASE("numbers add, multiply and compare as the field axioms say") {
  rc::prop("any three", [] {
    const Rational a = any_rational(), b = any_rational(), c = any_rational();
    RC_ASSERT(a * (b + c) == a * b + a * c);
    RC_ASSERT((a + b) - b == a);
    if (b != 0) RC_ASSERT(a * b / b == a);
    RC_ASSERT((a < b) == (a - b < 0));
    RC_ASSERT((a < b) == (a.numerator() * b.denominator() < b.numerator() * a.denominator()));
    RC_ASSERT(gcd(a.numerator(), a.denominator()) == 1);
    RC_ASSERT(a.denominator() > 0);
  });
}

TEST_CASE("a rounded number goes to the nearest, and to the even one in the middle") {
  CHECK(decimal_text(read("0.125"), 2) == "0.12");
  CHECK(decimal_text(read("0.135"), 2) == "0.14");
  CHECK(decimal_text(read("0.12500000000000000000000000001"), 2) == "0.13");
  CHECK(decimal_text(read("1/3"), 4) == "0.3333");
  CHECK(decimal_text(read("2/3"), 4) == "0.6667");
  CHECK(decimal_text(read("-2/3"), 1) == "-0.7");
  CHECK(decimal_text(read("9.996"), 3) == "10");
  CHECK(decimal_text(read("0.5"), 6) == "0.5");
  CHECK(decimal_text(0, 3) == "0");
  CHECK(decimal_text(1, 3) == "1");
}

TEST_CASE("a number far from one prints with a power of ten") {
  CHECK(decimal_text(read("0.0000015"), 3) == "0.0000015");
  CHECK(decimal_text(read("0.00000015"), 3) == "1.5e-7");
  CHECK(decimal_text(read("1e-400"), 3) == "1e-400");
  CHECK(decimal_text(120, 3) == "120");
  CHECK(decimal_text(1204, 3) == "1.2e3");
  CHECK(decimal_text(-1250, 2) == "-1.2e3");
  CHECK(decimal_text(99999, 4) == "1e5");
  CHECK(decimal_text(read("1e300"), 6) == "1e300");
}

TEST_CASE("a number that is almost one never prints as one") {
  CHECK(decimal_text(1 - read("1e-30"), 6) == "0." + std::string(30, '9'));
  CHECK(decimal_text(1 + read("1e-30"), 6) == "1." + std::string(29, '0') + "1");
  CHECK(decimal_text(read("0.9999996"), 6) == "0.9999996");
  CHECK(decimal_text(1 - read("7e-10"), 6) == "0.9999999993");
  CHECK(decimal_text(-(1 - read("1e-9")), 2) == "-0.999999999");
  CHECK(decimal_text(read("0.995"), 2) == "0.995");
  CHECK(decimal_text(read("1.04"), 1) == "1.04");
  rc::prop("any gap", [] {
    const int digits_of_gap = *rc::gen::inRange(1, 1000), exponent = *rc::gen::inRange(4, 60);
    const Rational gap = *rational_from(std::to_string(digits_of_gap) + "e-" + std::to_string(exponent));
    const int digits = *rc::gen::inRange(1, 20);
    const Rational below = *rational_from(decimal_text(1 - gap, digits)), above = *rational_from(decimal_text(1 + gap, digits));
    RC_ASSERT(below < 1);
    RC_ASSERT(above > 1);
    RC_ASSERT(1 - below <= 2 * gap);
    RC_ASSERT(above - 1 <= 2 * gap);
  });
}

TEST_CASE("a rounded number is within half a unit of its last digit") {
  rc::prop("any number", [] {
    const Rational number = any_rational();
    RC_PRE(number > 0);
    const int digits = *rc::gen::inRange(1, 30);
    const Rational shown = *rational_from(decimal_text(number, digits));
    const Rational unit = *rational_from("1e" + std::to_string(decimal_exponent(number) - digits + 1));
    const Rational error = shown < number ? number - shown : shown - number;
    RC_ASSERT(2 * error <= unit);
  });
}

TEST_CASE("the leading digit is found on both sides of every power of ten") {
  for (int exponent = -400; exponent <= 400; ++exponent) {
    const Rational power = read("1e" + std::to_string(exponent));
    CHECK(decimal_exponent(power) == exponent);
    CHECK(decimal_exponent(power * read("0.999999999999")) == exponent - 1);
    CHECK(decimal_exponent(power * read("9.999999999999")) == exponent);
  }
}

TEST_CASE("a fixed number of decimals rounds the way it is told") {
  CHECK(fixed_text(read("1/3"), 3, Rounding::down) == "0.333");
  CHECK(fixed_text(read("1/3"), 3, Rounding::up) == "0.334");
  CHECK(fixed_text(read("0.5"), 3, Rounding::up) == "0.500");
  CHECK(fixed_text(read("-1/3"), 2, Rounding::down) == "-0.34");
  CHECK(fixed_text(read("-1/3"), 2, Rounding::up) == "-0.33");
  CHECK(fixed_text(read("2.5"), 0, Rounding::half_even) == "2");
  CHECK(fixed_text(read("-3.5"), 0, Rounding::half_even) == "-4");
  CHECK(fixed_text(read("-0.001"), 2, Rounding::half_even) == "0.00");
  CHECK(fixed_text(12, 2, Rounding::down) == "12.00");
}

TEST_CASE("a double is an exact number and comes back as it was") {
  CHECK(exact_rational(0.5) == Rational(1, 2));
  CHECK(exact_rational(0.1) != Rational(1, 10));
  CHECK(exact_text(exact_rational(0.1)) == "0.1000000000000000055511151231257827021181583404541015625");
  constexpr double kLeastNormal = std::numeric_limits<double>::min(), kLargest = std::numeric_limits<double>::max();
  for (const double number : {0.0, 1.0, -1.5, 0.1, 1e300, 5e-324, kLeastNormal, kLeastNormal - 5e-324, kLargest}) {
    CHECK(to_double(exact_rational(number)) == number);
  }
  rc::prop("any double", [](double number) { RC_ASSERT(to_double(exact_rational(number)) == number); });
}

TEST_CASE("a number between two doubles goes to the nearest, and to the even one in the middle") {
  rc::prop("any two neighbours", [] {
    const auto mantissa = *rc::gen::inRange<std::int64_t>(1, std::int64_t{1} << 53);
    const double below = std::ldexp(static_cast<double>(mantissa), *rc::gen::inRange(-1074, 900));
    const double above = std::nextafter(below, std::numeric_limits<double>::infinity());
    const Rational low = exact_rational(below), high = exact_rational(above);
    const Rational middle = (low + high) / 2, little = (high - low) / 1000;
    RC_ASSERT(to_double(middle - little) == below);
    RC_ASSERT(to_double(middle + little) == above);
    int exponent = 0;
    const bool below_even = exact_rational(std::ldexp(std::frexp(below, &exponent), 53)).numerator() % 2 == 0;
    if (below >= std::numeric_limits<double>::min()) RC_ASSERT(to_double(middle) == (below_even ? below : above));
    RC_ASSERT(to_double(-middle) == -to_double(middle));
  });
  CHECK(to_double(read("1/3")) == 1.0 / 3.0);
  CHECK(to_double(read("1e309")) == std::numeric_limits<double>::infinity());
  CHECK(to_double(read("1.7976931348623158e308")) == std::numeric_limits<double>::max());
  CHECK(to_double(read("1e-400")) == 0);
  CHECK(to_double(exact_rational(5e-324) / 2) == 0);
  CHECK(to_double(exact_rational(5e-324) * Rational(501, 1000)) == 5e-324);
}

TEST_CASE("a fraction is handed on only if it fits 64 bits in lowest terms") {
  using Fraction = std::pair<std::uint64_t, std::uint64_t>;
  constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();
  CHECK(fraction_of_64_bits(read("0.995")) == Fraction(199, 200));
  CHECK(fraction_of_64_bits(0) == Fraction(0, 1));
  CHECK(fraction_of_64_bits(read("18446744073709551615/18446744073709551614")) == Fraction(kLargest, kLargest - 1));
  CHECK(fraction_of_64_bits(read("36893488147419103230/36893488147419103228")) == Fraction(kLargest, kLargest - 1));
  CHECK(fraction_of_64_bits(read("1/18446744073709551615")) == Fraction(1, kLargest));
  CHECK_FALSE(fraction_of_64_bits(read("1/18446744073709551616")));
  CHECK_FALSE(fraction_of_64_bits(read("18446744073709551616")));
  CHECK_FALSE(fraction_of_64_bits(read("-1/2")));
}
