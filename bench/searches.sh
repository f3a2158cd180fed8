#!/usr/bin/env bash
# How long searches of known size take, from start to verdict: each with its worlds, steps, rate and memory, and how many times
# fewer worlds the reductions leave. All in one go, beside a search written for one specification alone, because times of
# different runs on a shared machine say little.
# Usage: searches.sh [large]. `large` adds those that take minutes. Needs g++ and python3 (Debian packages of these names).
set -euo pipefail

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
for tool in g++ python3; do
  command -v "$tool" >/dev/null || { echo "searches.sh: $tool is missing; on Debian: apt-get install $tool" >&2; exit 69; }
done
"$here/../lab" list >/dev/null  # builds it
program=$here/../build/release/commitlab  # itself: lab looks first whether anything has changed
g++ -O3 -march=native -std=c++20 -pthread -w "$here/peers/hand_packed.cpp" -o "$work/hand_packed"

PROGRAM=$program HAND=$work/hand_packed LARGE=${1:-} python3 - <<'END'
import json, os, re, subprocess, time

program, large = os.environ["PROGRAM"], os.environ["LARGE"] == "large"

def check(name, *options):
    command = [program, "check", *options, "--max-states", "4000000000", "--memory-limit", "16G", "--json"]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    worlds, steps, seconds, held = answer["worlds"], answer["steps"], answer["timing"]["seconds"], answer["timing"]["bytes"]
    verdicts = ", ".join(f'{finding["property"]} {finding["status"]}' for finding in answer["findings"])
    print(f"{name}\n  {worlds:,} worlds, {steps:,} steps, {seconds:.2f} s: {worlds / seconds / 1e6:.2f} M worlds/s, {steps / seconds / 1e6:.2f} M steps/s, "
          f"{held / worlds:.1f} bytes/world, {held / 1e6:.0f} MB; {verdicts}", flush=True)
    return worlds

hand = subprocess.run([os.environ["HAND"], "9", "1"], capture_output=True, text=True, check=True).stdout
states, took = int(re.search(r" states=(\d+)", hand)[1]), float(re.search(r" t=([0-9.]+)s", hand)[1])
print(f"for comparison: two-phase-tm, 9 RMs, packed by hand: {states:,} states, {took:.2f} s: {states / took / 1e6:.2f} M states/s")

nb = ["--check", "AC1,AC2,AC3,NB"]
synchronous = ["-n", "5", "--crashes", "2", "--timing", "synchronous"]
check("3pc, 5 participants, 2 crashes, synchronous, all yes", "3pc", *synchronous, "--votes", "yes", *nb)
check("the same, all votes", "3pc", *synchronous, *nb)
check("3pc-flooding, all votes, symmetry", "3pc-flooding", *synchronous, *nb, "--symmetry", "on")
check("two-phase-tm, 24 RMs, symmetry", "two-phase-tm", "-n", "24", "--votes", "yes", "--symmetry", "on")

four = ["2pc", "-n", "4", "--votes", "yes"]
plain = check("2pc, 4 participants, all yes", *four)
for name, methods in ("symmetry", ["--symmetry", "on"]), ("partial order", ["--partial-order", "on"]), ("both", ["--symmetry", "on", "--partial-order", "on"]):
    print(f"  {plain / check('the same, ' + name, *four, *methods):.1f} times fewer worlds")
if large:
    check("3pc-for-all, all votes, symmetry", "3pc-for-all", *synchronous, *nb, "--symmetry", "on")
    failing = [*four, "--crashes", "1", "--recovery"]
    plain = check("2pc, 4 participants, all yes, one crash, recovery", *failing)
    for name, methods in ("symmetry", ["--symmetry", "on"]), ("both", ["--symmetry", "on", "--partial-order", "on"]):
        print(f"  {plain / check('the same, ' + name, *failing, *methods):.1f} times fewer worlds")

shipped = []
for scenario in json.loads(subprocess.run([program, "list", "--json"], capture_output=True, text=True, check=True).stdout)["scenarios"]:
    begin = time.perf_counter()
    answer = subprocess.run([program, "check", scenario["name"], "--json"], capture_output=True, text=True, check=False).stdout
    took = time.perf_counter() - begin
    worlds = json.loads(answer).get("worlds") if answer.startswith("{") else None
    if worlds is not None: shipped.append((took, worlds, scenario["name"]))
slowest = max(entry for entry in shipped if entry[1] < 50_000)
print(f"{len(shipped)} shipped scenarios, whole command: of those below 50,000 worlds {slowest[2]} takes longest, {slowest[0] * 1000:.0f} ms for {slowest[1]:,} worlds")
END
