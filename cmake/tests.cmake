# Gathers the *_test.cpp files of a folder into one program, and tells ctest of each test case in it.
find_package(Catch2 QUIET)
find_package(rapidcheck QUIET)
if(NOT Catch2_FOUND OR NOT rapidcheck_FOUND)
  message(FATAL_ERROR "The tests need Catch2 and rapidcheck (Debian: catch2 librapidcheck-dev). "
    "Install them, or leave the tests out with -DCOMMITLAB_TESTS=OFF.")
endif()
include(Catch OPTIONAL RESULT_VARIABLE catch_can_discover)

# Catch2 2 is compiled here, as part of test_main.cpp. Optimised, it would take twice as long for no gain.
add_library(commitlab_test_main OBJECT EXCLUDE_FROM_ALL test_main.cpp)
target_link_libraries(commitlab_test_main PRIVATE commitlab_language Catch2::Catch2)
target_compile_options(commitlab_test_main PRIVATE -O0)

# Makes the program <folder>_test, if the folder has tests. READS: large headers that many of them include. Its cases have the folder's name as label, and before
# their own name.
function(commitlab_tests folder)
  cmake_parse_arguments(PARSE_ARGV 1 its "" "" "LINKS;READS")
  commitlab_sources(sources ${folder} TESTS)
  if(NOT sources)
    return()
  endif()
  set(program ${folder}_test)
  add_executable(${program} ${sources})
  target_link_libraries(${program} PRIVATE
    commitlab_${folder} ${its_LINKS} commitlab_warnings commitlab_test_main Catch2::Catch2 rapidcheck)
  target_compile_definitions(${program} PRIVATE COMMITLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # What every test includes is read once for the program, not once for each of its files.
  target_precompile_headers(${program} PRIVATE "${PROJECT_SOURCE_DIR}/test.hpp" ${its_READS})
  # Catch2 2 switches this warning off by a pragma, as its CHECK(a == b) needs it, which g++ forgets in a precompiled header.
  target_compile_options(${program} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-parentheses>)
  # False alarms of g++ 12 about std::string, which a header keeps to itself unless it is precompiled.
  if(its_READS)
    target_compile_options(${program} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-restrict>)
  endif()
  # Tests instantiate engines for many protocols: compiled in half the time, they are not twice as slow.
  target_compile_options(${program} PRIVATE $<$<CONFIG:Release>:-O1>)

  # A single variable: a list of them would be taken apart on its way to ctest.
  set(properties TIMEOUT 600 LABELS ${folder} ENVIRONMENT "RC_PARAMS=seed=${COMMITLAB_TEST_SEED}")
  if(NOT catch_can_discover)
    add_test(NAME ${program} COMMAND ${program})
    set_tests_properties(${program} PROPERTIES ${properties})
    return()
  endif()
  # Catch2 2 passes when no case has the name asked for, as with a name that ctest cannot hand over (one with a
  # semicolon); version 3 fails by itself.
  if(Catch2_VERSION VERSION_LESS 3)
    set(strict EXTRA_ARGS --warn NoTests)
  endif()
  catch_discover_tests(${program} TEST_PREFIX "${folder}/" ${strict} PROPERTIES ${properties})

  # A program that cannot start, or has two cases of one name, lists no cases: without this, none would fail.
  set(listing "${folder}/the test program lists its cases")
  add_test(NAME "${listing}" COMMAND ${program} --list-tests)
  set_tests_properties("${listing}" PROPERTIES ${properties} PASS_REGULAR_EXPRESSION "[1-9][0-9]* test case")
endfunction()
