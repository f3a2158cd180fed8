# Styles and scripts of the pages become a source of commitlab_reports, written anew when one of them changes.
file(GLOB page_parts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/reports/pages/*.css" "${PROJECT_SOURCE_DIR}/reports/pages/*.js")
set(embedded_pages "${PROJECT_BINARY_DIR}/embedded_pages.cpp")
add_custom_command(OUTPUT "${embedded_pages}"
  COMMAND ${CMAKE_COMMAND} -DFOLDER=reports/pages "-DOUTPUT=${embedded_pages}" -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
  DEPENDS ${page_parts} "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  VERBATIM)
target_sources(commitlab_reports PRIVATE "${embedded_pages}")
