# The README's own protocol, taken from its text, built, and asked what the README says of it.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/README.md")

# Makes `result` the n-th listing of C++ in the text, counted from 0.
function(commitlab_listing result text n)
  foreach(i RANGE ${n})
    string(FIND "${text}" "```cpp\n" begin)
    if(begin EQUAL -1)
      message(FATAL_ERROR "README.md has no listing ${i}")
    endif()
    math(EXPR begin "${begin} + 7")
    string(SUBSTRING "${text}" ${begin} -1 text)
    string(FIND "${text}" "```" end)
    string(SUBSTRING "${text}" 0 ${end} listing)
    math(EXPR end "${end} + 3")
    string(SUBSTRING "${text}" ${end} -1 text)
  endforeach()
  set(${result} "${listing}" PARENT_SCOPE)
endfunction()

file(READ "${PROJECT_SOURCE_DIR}/README.md" readme)
commitlab_listing(protocol "${readme}" 0)
commitlab_listing(program "${readme}" 1)
set(place "${PROJECT_BINARY_DIR}/readme")
file(CONFIGURE OUTPUT "${place}/protocols/one_phase.hpp" CONTENT "${protocol}" @ONLY)
file(CONFIGURE OUTPUT "${place}/main.cpp" CONTENT "${program}" @ONLY)

add_executable(readme_example "${place}/main.cpp")
target_include_directories(readme_example PRIVATE "${place}")
target_link_libraries(readme_example PRIVATE commitlab_commands commitlab_warnings)

add_test(NAME "readme/its protocol gives the answer it says"
  COMMAND readme_example check 1pc -n 1)
set_tests_properties("readme/its protocol gives the answer it says" PROPERTIES
  PASS_REGULAR_EXPRESSION "AC1  agreement  violated  p1 aborted, coordinator committed")
add_test(NAME "readme/its protocol is held to its claims"
  COMMAND readme_example check 1pc -n 1 --check AC1,AC2,AC3 --expect AC1=violated,AC2=holds,AC3=violated)
