# The README's own protocol, taken from its text, built as its reader would build it, against an installed commitlab, and asked what the
# README says of it.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/README.md")

# Makes `result` the n-th listing of that language in the text, counted from 0.
function(commitlab_listing result text language n)
  foreach(i RANGE ${n})
    string(FIND "${text}" "```${language}\n" begin)
    if(begin EQUAL -1)
      message(FATAL_ERROR "README.md has no listing ${i} of ${language}")
    endif()
    string(LENGTH "```${language}\n" fence)
    math(EXPR begin "${begin} + ${fence}")
    string(SUBSTRING "${text}" ${begin} -1 text)
    string(FIND "${text}" "```" end)
    string(SUBSTRING "${text}" 0 ${end} listing)
    math(EXPR end "${end} + 3")
    string(SUBSTRING "${text}" ${end} -1 text)
  endforeach()
  set(${result} "${listing}" PARENT_SCOPE)
endfunction()

file(READ "${PROJECT_SOURCE_DIR}/README.md" readme)
commitlab_listing(protocol "${readme}" cpp 0)
commitlab_listing(program "${readme}" cpp 1)
commitlab_listing(project "${readme}" cmake 0)
set(place "${PROJECT_BINARY_DIR}/readme")
set(installed "${PROJECT_BINARY_DIR}/installed")
file(CONFIGURE OUTPUT "${place}/protocols/one_phase.hpp" CONTENT "${protocol}" @ONLY)
file(CONFIGURE OUTPUT "${place}/main.cpp" CONTENT "${program}" @ONLY)
file(CONFIGURE OUTPUT "${place}/CMakeLists.txt" CONTENT "${project}" @ONLY)

# readme_test(NAME words... COMMAND ... [NEEDS fixtures] [GIVES fixture] [SAYS expression])
function(readme_test name)
  cmake_parse_arguments(PARSE_ARGV 1 its "" "NEEDS;GIVES;SAYS" "COMMAND")
  add_test(NAME "readme/${name}" COMMAND ${its_COMMAND})
  set_tests_properties("readme/${name}" PROPERTIES COST 100 TIMEOUT 600 LABELS readme
    FIXTURES_REQUIRED "${its_NEEDS}" FIXTURES_SETUP "${its_GIVES}" PASS_REGULAR_EXPRESSION "${its_SAYS}")
endfunction()

readme_test("commitlab is installed" GIVES installed
  COMMAND ${CMAKE_COMMAND} --install "${PROJECT_BINARY_DIR}" --prefix "${installed}")
readme_test("its project is configured" NEEDS installed GIVES configured
  COMMAND ${CMAKE_COMMAND} -S "${place}" -B "${place}/build" -G "${CMAKE_GENERATOR}" --fresh "-DCMAKE_PREFIX_PATH=${installed}"
    -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE} "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS}")
readme_test("its project is built" NEEDS configured GIVES built
  COMMAND ${CMAKE_COMMAND} --build "${place}/build")
readme_test("its protocol gives the answer it says" NEEDS built SAYS "AC1  agreement  violated  p1 aborted, coordinator committed"
  COMMAND "${place}/build/mine" check 1pc -n 1)
readme_test("its protocol is held to its claims" NEEDS built
  COMMAND "${place}/build/mine" check 1pc -n 1 --check AC1,AC2,AC3 --expect AC1=violated,AC2=holds,AC3=violated)
# A scenario that is in the installed folder only.
readme_test("a scenario is put beside those installed" NEEDS installed GIVES beside
  COMMAND ${CMAKE_COMMAND} -E copy "${PROJECT_SOURCE_DIR}/scenarios/bank-transfer.json" "${installed}/share/commitlab/scenarios/only-installed.json")
readme_test("what is installed finds its scenarios there" NEEDS beside SAYS "AC1 +agreement +holds"
  COMMAND "${installed}/bin/commitlab" check only-installed)
# What the README builds before it installs, ./lab demo or ./lab ANYTHING, is the program alone.
add_test(NAME "readme/the program's target makes all that is installed"
  COMMAND "${PROJECT_SOURCE_DIR}/cmake/fresh_install_test.sh" "${PROJECT_SOURCE_DIR}" "${CMAKE_CXX_COMPILER}")
set_tests_properties("readme/the program's target makes all that is installed" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 120 LABELS readme)
