// The program with all protocols of the testbed.
#include "commands/command_line.hpp"

int main(int argc, char** argv) { return commitlab::command_line(argc, argv, commitlab::catalogue()); }
