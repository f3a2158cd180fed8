# What `cmake --install` and the Debian package hold: the program with its manual and completions, the shipped scenarios, and the
# libraries with which a program for a protocol of one's own is built.
set(commitlab_libraries
  commitlab_language commitlab_sim commitlab_protocols commitlab_checker commitlab_scenarios commitlab_reports commitlab_commands)
foreach(library IN LISTS commitlab_libraries)
  string(REPLACE "commitlab_" "" name ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${name})
  add_library(commitlab::${name} ALIAS ${library})
endforeach()

install(TARGETS commitlab)
install(TARGETS ${commitlab_libraries} EXPORT commitlab)
foreach(folder sim protocols checker scenarios reports commands)
  install(DIRECTORY ${folder}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/commitlab/${folder}
    FILES_MATCHING PATTERN "*.hpp" PATTERN "*_for_tests.hpp" EXCLUDE
    PATTERN "pages" EXCLUDE PATTERN "browser" EXCLUDE PATTERN "golden" EXCLUDE)
endforeach()
install(DIRECTORY scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/commitlab/scenarios
  FILES_MATCHING PATTERN "*.json" PATTERN "*.play")
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)

# find_package(commitlab) gives the targets commitlab::commands and so on.
include(CMakePackageConfigHelpers)
set(place ${CMAKE_INSTALL_LIBDIR}/cmake/commitlab)
install(EXPORT commitlab NAMESPACE commitlab:: FILE commitlab-targets.cmake DESTINATION ${place})
configure_package_config_file(cmake/commitlab-config.cmake.in commitlab-config.cmake INSTALL_DESTINATION ${place})
write_basic_package_version_file(commitlab-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  "${CMAKE_CURRENT_BINARY_DIR}/commitlab-config.cmake" "${CMAKE_CURRENT_BINARY_DIR}/commitlab-config-version.cmake" DESTINATION ${place})

# The completions and the manual are what the program says of itself, so they are made together with it: `cmake --install` finds them, whatever
# else was built.
set(completions "${PROJECT_BINARY_DIR}/completions")
add_custom_command(TARGET commitlab POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E make_directory "${completions}"
  COMMAND commitlab completion bash --force -o "${completions}/commitlab.bash"
  COMMAND commitlab completion zsh --force -o "${completions}/_commitlab"
  COMMAND commitlab completion fish --force -o "${completions}/commitlab.fish"
  BYPRODUCTS "${completions}/commitlab.bash" "${completions}/_commitlab" "${completions}/commitlab.fish" VERBATIM)
install(FILES "${completions}/commitlab.bash" DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME commitlab)
install(FILES "${completions}/_commitlab" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES "${completions}/commitlab.fish" DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

find_program(HELP2MAN help2man)
if(HELP2MAN)
  set(manual "${PROJECT_BINARY_DIR}/commitlab.1")
  add_custom_command(TARGET commitlab POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E env "PATH=$<TARGET_FILE_DIR:commitlab>:$ENV{PATH}"
      ${HELP2MAN} --no-info --help-option=--help-all --name "${PROJECT_DESCRIPTION}" --include "${PROJECT_SOURCE_DIR}/cmake/manual.h2m" --output "${manual}" commitlab
    BYPRODUCTS "${manual}" VERBATIM)
  install(FILES "${manual}" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
else()
  set(no_manual "commitlab is installed without its manual page, which help2man makes (Debian: help2man)")
  message(STATUS "${no_manual}")
  install(CODE "message(STATUS \"${no_manual}\")")
endif()

# `cpack -G DEB`: what it needs of other packages is found by dpkg-shlibdeps; the headers need three more.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "commitlab maintainers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "g++, cmake, libboost-dev, nlohmann-json3-dev, libcli11-dev, zlib1g-dev")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
