# The benchmarks: all of bench/*.cpp in one program, built only when asked for by name.
find_package(benchmark REQUIRED)

commitlab_sources(bench_sources bench LIBRARY)
if(bench_sources)
  add_executable(commitlab_bench EXCLUDE_FROM_ALL ${bench_sources})
  target_link_libraries(commitlab_bench PRIVATE
    commitlab_scenarios commitlab_reports commitlab_warnings benchmark::benchmark benchmark::benchmark_main)
  target_compile_definitions(commitlab_bench PRIVATE COMMITLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endif()
