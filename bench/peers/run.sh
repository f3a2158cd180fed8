#!/usr/bin/env bash
# The same work by three: Gray and Lamport's TwoPhase (two-phase-tm), searched by commitlab, by SPIN, and by a search written for
# this specification alone. All in one go, in turns, because only ratios of one run mean something on a shared machine.
# Usage: run.sh [RESOURCE-MANAGERS [ROUNDS]], 9 and 1 unless told. Needs spin and gcc (Debian packages of these names).
set -euo pipefail

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
lab=$here/../../lab
managers=${1:-9} rounds=${2:-1}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

for tool in spin gcc g++; do
  command -v "$tool" >/dev/null || { echo "run.sh: $tool is missing; on Debian: apt-get install $tool" >&2; exit 69; }
done
"$lab" list >/dev/null  # builds it

bash "$here/two_phase_promela.sh" "$managers" >"$work/model.pml"
(cd "$work" && spin -a model.pml && gcc -O3 -march=native -w -DSAFETY -DNOREDUCE -o pan pan.c)
g++ -O3 -march=native -std=c++20 -pthread -w "$here/hand_packed.cpp" -o "$work/hand_packed"

field() { sed -n "s/.*$2.*/\1/p" <<<"$1" | head -n 1; }

for ((round = 1; round <= rounds; round++)); do
  ours=$("$lab" check two-phase-tm -n "$managers" --max-states 4000000000 --memory-limit 16G --json)
  spin=$(cd "$work" && ./pan -m1000 -w24)
  hand=$("$work/hand_packed" "$managers" 1)
  two=$("$lab" check two-phase-tm -n "$managers" --threads 2 --max-states 4000000000 --memory-limit 16G --json)
  python=$(command -v python3 || true)
  [[ -n $python ]] || { echo "run.sh: python3 is missing" >&2; exit 69; }
  spin_states=$(field "$spin" '[[:space:]]\([0-9.e+]*\) states, stored')
  spin_seconds=$(field "$spin" 'elapsed time \([0-9.]*\) seconds')
  spin_megabytes=$(field "$spin" '[[:space:]]\([0-9][0-9.]*\)[[:space:]]*total actual memory usage')
  hand_states=$(field "$hand" ' states=\([0-9]*\)') hand_seconds=$(field "$hand" ' t=\([0-9.]*\)s')
  OURS=$ours TWO=$two "$python" - "$managers" "$round" "$spin_states" "$spin_seconds" "$spin_megabytes" "$hand_states" "$hand_seconds" <<'END'
import json, os, sys
managers, round_number, spin_states, spin_seconds, spin_megabytes, hand_states, hand_seconds = sys.argv[1:]
ours, two = json.loads(os.environ["OURS"]), json.loads(os.environ["TWO"])
states, steps, seconds, held = ours["worlds"], ours["steps"], ours["timing"]["seconds"], ours["timing"]["bytes"]
two_seconds = two["timing"]["seconds"]
assert states == int(float(hand_states)) == int(float(spin_states)) == two["worlds"], "the counts differ: no time means anything"
rows = [("commitlab", seconds, held), ("commitlab, 2 threads", two_seconds, two["timing"]["bytes"]),
        ("SPIN, no reduction", float(spin_seconds), float(spin_megabytes) * 2**20), ("hand-packed", float(hand_seconds), None)]
print(f"round {round_number}: two-phase-tm, {managers} resource managers: {states:,} states, {steps:,} steps (ours), one thread unless told")
for name, took, memory in rows:
    bytes_each = f"{memory / states:8.1f} bytes/state" if memory else ""
    print(f"  {name:22} {took:8.2f} s  {states / took / 1e6:8.3f} M states/s  {bytes_each}")
print(f"  states/s: {float(spin_seconds) / seconds:.1f} times SPIN; time: {seconds / float(hand_seconds):.1f} times the hand-packed search; 2 threads: {seconds / two_seconds:.2f} times one")
END
done
