// What a test includes: Catch2, version 2 or 3, and rapidcheck with `rc::prop`, its property as a section of a test.
#pragma once

#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch2/catch_all.hpp>
#endif

#if __has_include(<rapidcheck.h>)
#include <rapidcheck.h>

#if __has_include(<catch2/catch.hpp>)
#include <rapidcheck/catch.h>
#else

#include <sstream>
#include <string>
#include <utility>

namespace rc {

/// Stands in for rapidcheck/catch.h, which includes the header of Catch2 version 2 by name: `testable` holds for all
/// the arguments tried, or the test fails and shows the smallest that refute it.
template <typename Testable>
void prop(const std::string& description, Testable&& testable) {
  SECTION(description) {
    const auto result = detail::checkTestable(std::forward<Testable>(testable));
    if (result.template is<detail::SuccessResult>()) {
      SUCCEED();
    } else {
      std::ostringstream text;
      detail::printResultMessage(result, text);
      FAIL(text.str());
    }
  }
}

}  // namespace rc

#endif
#endif
