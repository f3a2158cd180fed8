#!/usr/bin/env bash
# Prints Gray and Lamport's TwoPhase for N resource managers as Promela for SPIN at its best: one process, states as bit masks,
# one d_step a transition. Usage: two_phase_promela.sh N
set -euo pipefail
n=$1
full=$(((1 << n) - 1))
cat <<END
/* low, high: of each resource manager 00 working, 01 prepared, 10 committed, 11 aborted */
short low, high, heard, prepared;
byte manager; /* 0 init, 1 committed, 2 aborted */
bit commit, abort;
active proctype all() { do
:: d_step { manager == 0 && heard == $full -> manager = 1; commit = 1 }
:: d_step { manager == 0 -> manager = 2; abort = 1 }
END
for ((i = 0; i < n; i++)); do
  one=$((1 << i)) rest=$((full & ~(1 << i)))
  cat <<END
:: d_step { manager == 0 && (prepared & $one) -> heard = heard | $one }
:: d_step { ((low | high) & $one) == 0 -> low = low | $one; prepared = prepared | $one }
:: d_step { ((low | high) & $one) == 0 -> low = low | $one; high = high | $one }
:: d_step { commit -> low = low & $rest; high = high | $one }
:: d_step { abort -> low = low | $one; high = high | $one }
END
done
echo "od }"
