#!/bin/sh
# Gives what `show --format` writes to the programs that are to read it, Graphviz and PlantUML.
# readers_test.sh PROGRAM. Exit code 77: skipped, for want of a program; with CI=true in the environment that is a failure.
set -eu
program=$(realpath "$1")
golden=$(realpath "$(dirname "$0")")/golden
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

missing() {
  if [ "${CI:-}" = true ]; then echo "missing: $1"; exit 1; fi
  echo "skipped: $1 is not installed"
  skipped=77
}

fail() { echo "not ok - $1"; exit 1; }

skipped=0
command -v dot > dot.path || missing Graphviz
command -v plantuml > plantuml.path || missing PlantUML

make() {  # NAME ARGUMENTS...: the run in both formats
  name=$1
  shift
  "$program" show "$@" --format dot -o "$name.dot"
  "$program" show "$@" --format plantuml -o "$name.puml"
}
make plain bank-transfer
make faulty 2pc -n 3 --chance loss=0.2,crash=0.1,duplicate=0.2 --recovery --seed 4
make split partition-under-3pc
make several 3pc --transactions 2
make long 2pc -n 20 --chance loss=0.1
cp "$golden"/hostile.dot "$golden"/hostile.puml .

if [ -s dot.path ]; then
  for file in *.dot; do
    dot -Tsvg "$file" -o "$file.svg" 2> errors || fail "dot reads $file: $(cat errors)"
    [ ! -s errors ] || fail "dot has no warning about $file: $(cat errors)"
    grep -q '</svg>' "$file.svg" || fail "dot draws $file"
  done
  echo "ok - Graphviz draws every run"
fi
if [ -s plantuml.path ]; then
  for file in *.puml; do
    plantuml -Djava.awt.headless=true -tsvg -pipe < "$file" > "$file.svg" 2> errors || fail "plantuml reads $file: $(cat errors)"
    ! grep -q 'Syntax Error' "$file.svg" || fail "plantuml has no syntax error in $file"
    arrows=$(grep -cE '^n[0-9]+ -' "$file")
    [ "$(grep -o '<polygon' "$file.svg" | wc -l)" -ge 1 ] || fail "plantuml draws the $arrows arrows of $file"
  done
  echo "ok - PlantUML draws every run"
fi
exit $skipped
