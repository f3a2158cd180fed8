// No test: what the tests of this program share is compiled once, too.
#include "checker/instances_test.cpp"
