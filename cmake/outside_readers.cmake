# Tests that need a program of others: pages in a real browser, formats given to their own readers. Where that is missing they are
# skipped with a word; with CI=true they fail instead. They take long, so they begin first.
function(commitlab_outside_test name)
  cmake_parse_arguments(PARSE_ARGV 1 its "" "" "COMMAND")
  add_test(NAME "outside/${name}" COMMAND ${its_COMMAND})
  set_tests_properties("outside/${name}" PROPERTIES
    COST 100 SKIP_RETURN_CODE 77 TIMEOUT 300 LABELS outside ENVIRONMENT "COMMITLAB_NODE_MODULES=${PROJECT_BINARY_DIR}/node")
endfunction()

file(GLOB scripts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/reports/browser/*.test.mjs")
foreach(script IN LISTS scripts)
  get_filename_component(name "${script}" NAME_WE)
  commitlab_outside_test("browser, ${name}" COMMAND "${PROJECT_SOURCE_DIR}/reports/browser/run.sh" "${script}" $<TARGET_FILE:commitlab>)
endforeach()

file(GLOB scripts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/reports/*_test.sh")
foreach(script IN LISTS scripts)
  get_filename_component(name "${script}" NAME_WE)
  string(REPLACE "_test" "" name "${name}")
  commitlab_outside_test("${name}" COMMAND "${script}" $<TARGET_FILE:commitlab>)
endforeach()

commitlab_outside_test("debian package" COMMAND "${PROJECT_SOURCE_DIR}/cmake/package_test.sh" "${PROJECT_BINARY_DIR}")
