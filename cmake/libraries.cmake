# What all our targets share, and the function that makes a folder a library.

# Asked of our own sources only: a user of the libraries is not bothered with our warnings.
add_library(commitlab_warnings INTERFACE)
target_compile_options(commitlab_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${COMMITLAB_WERROR}>:-Werror>)

# Asked of everyone who includes our headers: the same standard, and the same digits on every machine (a fused
# multiply-add rounds once where two operations round twice).
add_library(commitlab_language INTERFACE)
target_compile_features(commitlab_language INTERFACE cxx_std_20)
target_compile_options(commitlab_language INTERFACE -ffp-contract=off)
target_include_directories(commitlab_language INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/commitlab>)
set(CMAKE_CXX_EXTENSIONS OFF)
# g++ looks for memory it can use again only once it has 1 GB: a tenth less time for files with many engines, a third more memory.
add_compile_options($<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=1000000>)

# Makes `result` the .cpp files of a folder: its tests, or all the others.
function(commitlab_sources result folder kind)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  if(kind STREQUAL "TESTS")
    list(FILTER sources INCLUDE REGEX "_test\\.cpp$")
  else()
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  endif()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()

# Makes the library commitlab_<folder>. OPTIONS and DEFINITIONS are for its own sources; a folder of headers only
# has no use for them, nor for PRIVATE libraries.
function(commitlab_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 its "" "" "PUBLIC;PRIVATE;OPTIONS;DEFINITIONS")
  set(library commitlab_${folder})
  commitlab_sources(sources ${folder} LIBRARY)
  if(NOT sources)
    add_library(${library} INTERFACE)
    target_link_libraries(${library} INTERFACE commitlab_language ${its_PUBLIC})
    return()
  endif()
  add_library(${library} STATIC ${sources})
  target_link_libraries(${library}
    PUBLIC commitlab_language ${its_PUBLIC}
    PRIVATE $<BUILD_INTERFACE:commitlab_warnings> ${its_PRIVATE})
  target_compile_options(${library} PRIVATE ${its_OPTIONS})
  target_compile_definitions(${library} PRIVATE ${its_DEFINITIONS})
endfunction()
