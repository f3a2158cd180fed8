// What the program returns, the same for every verb; those from 64 on are those of sysexits.h.
#pragma once

namespace commitlab {

enum ExitCode : int {
  kAsExpected = 0,     // holds, or as expected
  kViolated = 1,       // violated, or not as expected
  kInconclusive = 2,   // a limit was reached
  kDiffers = 3,        // a replayed step can happen, but otherwise than it is written
  kUsage = 64,         // a question that cannot be asked
  kBadInput = 65,      // a scenario or play that says nothing sensible
  kNoInput = 66,       // a file that cannot be read
  kInternal = 70,      // a defect of ours
  kCannotCreate = 73,  // an output file that may not be made
  kIoError = 74,       // output that could not be written
  kBadCheckpoint = 75, // a search that cannot be gone on with
};

}  // namespace commitlab
