# What is promised to authors of protocols: a wrong one does not compile, with a sentence; and the page on testing one is built as
# its reader would build it, beside the README's own protocol.
add_test(NAME "sim/what is wrong with a protocol is said in one sentence"
  COMMAND "${PROJECT_SOURCE_DIR}/sim/wrong_protocols_test.sh" "${PROJECT_SOURCE_DIR}" "${CMAKE_CXX_COMPILER}" clang++)
set_tests_properties("sim/what is wrong with a protocol is said in one sentence" PROPERTIES TIMEOUT 300 LABELS sim)

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/test-your-protocol.md")
file(READ "${PROJECT_SOURCE_DIR}/docs/test-your-protocol.md" page)
commitlab_listing(its_test "${page}" cpp 0)
commitlab_listing(its_program "${page}" cpp 1)
commitlab_listing(its_project "${page}" cmake 0)

# The page's program is the README's, which is built, but for the list.
string(REPLACE "#include \"scenarios/joined.hpp\"\n" "" same "${its_program}")
string(REPLACE "commitlab::joined(commitlab::entries<kMine>(), commitlab::catalogue())" "commitlab::entries<kMine>()" same "${same}")
string(REGEX REPLACE "[ \n]+" " " same "${same}")
string(REGEX REPLACE "[ \n]+" " " readmes "${program}")
if(NOT same STREQUAL readmes)
  message(FATAL_ERROR "docs/test-your-protocol.md has another program than README.md: ${same}")
endif()

set(place "${PROJECT_BINARY_DIR}/authors")
file(CONFIGURE OUTPUT "${place}/protocols/one_phase.hpp" CONTENT "${protocol}" @ONLY)
file(CONFIGURE OUTPUT "${place}/one_phase_test.cpp" CONTENT "${its_test}" @ONLY)
file(WRITE "${place}/CMakeLists.txt"
  "cmake_minimum_required(VERSION 3.25)\nproject(mine LANGUAGES CXX)\nfind_package(commitlab REQUIRED)\n${its_project}")

if(Catch2_VERSION VERSION_LESS 3)
  readme_test("its tests are configured" NEEDS installed GIVES tests_configured
    COMMAND ${CMAKE_COMMAND} -S "${place}" -B "${place}/build" -G "${CMAKE_GENERATOR}" --fresh "-DCMAKE_PREFIX_PATH=${installed}"
      "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS}")
  readme_test("its tests are built" NEEDS tests_configured GIVES tests_built
    COMMAND ${CMAKE_COMMAND} --build "${place}/build")
  readme_test("its tests pass" NEEDS tests_built SAYS "All tests passed [(][0-9]+ assertions in 4 test cases[)]"
    COMMAND ${CMAKE_COMMAND} -E env "RC_PARAMS=seed=${COMMITLAB_TEST_SEED} max_success=20" "${place}/build/one_phase_test")
endif()
