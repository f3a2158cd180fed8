// The one main of all test programs, for Catch2 version 2 (which is compiled here) and 3 (which is a library).
#define CATCH_CONFIG_RUNNER
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch2/catch_session.hpp>
#endif

int main(int argc, char* argv[]) { return Catch::Session().run(argc, argv); }
