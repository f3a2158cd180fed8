# What is promised to authors of protocols: a wrong one does not compile, with a sentence.
add_test(NAME "sim/what is wrong with a protocol is said in one sentence"
  COMMAND "${PROJECT_SOURCE_DIR}/sim/wrong_protocols_test.sh" "${PROJECT_SOURCE_DIR}" "${CMAKE_CXX_COMPILER}" clang++)
set_tests_properties("sim/what is wrong with a protocol is said in one sentence" PROPERTIES TIMEOUT 300 LABELS sim)
