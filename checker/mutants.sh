#!/usr/bin/env bash
# Holds our own tests to the defects in mutants.txt: seeds one at a time in a copy of its file, builds what that changes, and
# demands that the test named there fails. ./lab mutants [words] builds what is needed first; words choose among the mutants.
set -uo pipefail

root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
build=$root/build/release
library=CMakeFiles/commitlab_checker.dir
instances=(CMakeFiles/checker_test.dir/checker/{instances,odds_instances}_test.cpp.o)  # that files of tests share
readonly longest_seconds=180 most_kilobytes=6000000  # what a mutant may take that runs away

names=() files=() olds=() news=() tests=() cases=()  # of each mutant

main() {
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
  cd -- "$build" || exit 70
  read_list "$*"
  ((${#names[@]})) || fail "no mutant has \"$*\" in its name"
  build_unmutated
  local i
  for i in "${!tests[@]}"; do run_unmutated "$i"; done
  try_all
}

say() { printf 'mutants: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

read_list() {
  local line key value
  while IFS= read -r line; do
    [[ $line == '#'* || -z $line ]] && continue
    [[ $line =~ ^(mutant|in|old|new|caught\ by|cases)\ *(.*)$ ]] || fail "mutants.txt: what is \"$line\"?"
    key=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    case $key in
      mutant) names+=("$value") files+=('') olds+=('') news+=('') tests+=('') cases+=('') ;;
      in) files[-1]=$value ;;
      old) olds[-1]=$value ;;
      new) news[-1]=$value ;;
      'caught by') tests[-1]=$value ;;
      cases) cases[-1]=$value ;;
    esac
  done <"$root/checker/mutants.txt"
  local i
  for i in "${!names[@]}"; do
    [[ ${names[i]} == *"$1"* ]] || unset "names[$i]" "files[$i]" "olds[$i]" "news[$i]" "tests[$i]" "cases[$i]"
  done
}

# A test is named "checker/check_test.cpp: its name".
source_of() { printf '%s' "${1%%: *}"; }
test_object() { printf 'CMakeFiles/checker_test.dir/%s.o' "$(source_of "$1")"; }
program_of() { printf '%s/%s' "$work" "$(basename "$(source_of "$1")" .cpp)"; }

# Catch2 takes a comma for "or", and brackets for tags.
pattern_of() {
  local name=${1#*: }
  name=${name//\\/\\\\} name=${name//,/\\,} name=${name//\[/\\[}
  printf '%s' "$name"
}

# run_test PROGRAM MUTANT: runs the test that is to catch this mutant.
run_test() {
  (
    ulimit -v $most_kilobytes
    [[ -z ${cases[$2]} ]] || export COMMITLAB_DIFFERENTIAL=${cases[$2]}
    exec timeout $longest_seconds "$1" "$(pattern_of "${tests[$2]}")"
  )
}

# Each file of tests becomes a program of its own. The linker says which objects of the library it takes in, and of those that
# files of tests share.
build_unmutated() {
  local i
  link_words=$(cmake --build . -- -t commands checker_test | tail -n 1)
  link_words=${link_words#: && } link_words=${link_words%% && *}
  cmake --build . --target "${instances[@]}" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; fail "could not build ${instances[*]}"; } >&2
  ar rcs "$work/libinstances.a" "${instances[@]}"
  for i in "${!tests[@]}"; do
    local program
    program=$(program_of "${tests[$i]}")
    [[ ! -e $program ]] || continue
    cmake --build . --target "$(test_object "${tests[$i]}")" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; fail "could not build $(source_of "${tests[$i]}")"; } >&2
    link "$program" "$(test_object "${tests[$i]}")" "-Wl,-Map=$program.takes" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; fail "could not link $program"; } >&2
  done
}

# link PROGRAM WORDS...: as the whole test program is linked, but for its own objects.
link() {
  local program=$1 word skip='' words
  shift
  eval "words=($link_words)"
  local command=()
  for word in "${words[@]}"; do
    if [[ $word == -o ]]; then skip=yes
    elif [[ $skip ]]; then skip='' command+=(-o "$program")
    elif [[ $word == CMakeFiles/checker_test.dir/* ]]; then [[ " ${command[*]} " == *" $1 "* ]] || command+=("$@" "$work/libinstances.a")
    else command+=("$word"); fi
  done
  "${command[@]}"
}

passed_unmutated=''

run_unmutated() {
  local key="${tests[$1]} ${cases[$1]}"
  [[ $passed_unmutated != *"|$key|"* ]] || return 0
  run_test "$(program_of "${tests[$1]}")" "$1" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; fail "fails without any mutant: ${tests[$1]}"; } >&2
  ! grep -q 'No test cases matched' "$work/log" || fail "there is no test of this name: ${tests[$1]}"
  passed_unmutated+="|$key|"
}

# Two at a time where there are two processors. The table is in the order of the list.
try_all() {
  local workers next=0 i code=0 indices=("${!names[@]}")
  workers=$(nproc 2>/dev/null || echo 1)
  say "${#names[@]} mutants (some minutes) ..."
  for i in "${indices[@]}"; do
    while (($(jobs -rp | wc -l) >= workers)); do wait -n; print_ready; done
    try_mutant "$i" &
  done
  wait
  print_ready
  ((next == ${#indices[@]})) || fail "a mutant was lost: ${names[${indices[next]}]}"
  ((code == 0)) && printf '%s mutants, all caught\n' "${#names[@]}"
  return $code
}

print_ready() {
  local i
  for (( ; next < ${#indices[@]}; ++next)); do
    i=${indices[next]}
    [[ -e $work/$i.result ]] || return 0
    if [[ $(<"$work/$i.result") == caught ]]; then
      printf '%s (%s)\n    caught by %s\n' "${names[$i]}" "${files[$i]}" "${tests[$i]}"
    else
      printf '%s (%s)\n    ERROR: %s\n' "${names[$i]}" "${files[$i]}" "$(<"$work/$i.result")"
      code=1
    fi
  done
}

# Leaves a word in a file: caught, or what went wrong.
try_mutant() {
  local result
  mkdir "$work/$1"
  result=$(seed_and_test "$1" 2>"$work/$1.log") || result="$result: $(tail -n 5 "$work/$1.log")"
  printf '%s' "$result" >"$work/$1.writing"
  rm -rf -- "${work:?}/$1"
  mv "$work/$1.writing" "$work/$1.result"
}

seed_and_test() {
  local place=$work/$1 objects object
  seed "$1" "$place/${files[$1]}" || return 1
  objects=$(changed_objects "$1")
  [[ -n $objects ]] || { printf 'no object of the test rests on this file'; return 1; }
  local test=
  test=$(test_object "${tests[$1]}")
  local linked=()
  for object in $objects; do
    compile "$1" "$object" "$place/${object//\//-}" || { printf 'does not compile'; return 1; }
    if [[ $object == "$test" ]]; then test=$place/${object//\//-}; else linked+=("$place/${object//\//-}"); fi
  done
  link "$place/program" "$test" "${linked[@]}" >&2 || { printf 'does not link'; return 1; }
  run_test "$place/program" "$1" >"$place/output" 2>&1
  case $? in
    0) printf 'not caught: the test passes' ;;
    124) printf 'the test does not end' ;;
    *) printf 'caught' ;;
  esac
}

# seed MUTANT FILE: writes the file with its one change.
seed() {
  local old=${olds[$1]} text before after
  text=$(<"$root/${files[$1]}") || { printf 'no such file'; return 1; }
  [[ -n $old && $text == *"$old"* ]] || { printf 'the old text is not there'; return 1; }
  before=${text%%"$old"*} after=${text#*"$old"}
  [[ $after != *"$old"* ]] || { printf 'the old text is there more than once'; return 1; }
  mkdir -p -- "$(dirname -- "$2")"
  printf '%s%s%s\n' "$before" "${news[$1]}" "$after" >"$2"
}

# Of the test's own object and those that it takes in: all that rest on the mutant's file.
changed_objects() {
  local object takes rests_on
  takes=$(program_of "${tests[$1]}").takes
  for object in "$(test_object "${tests[$1]}")" "${instances[@]}" "$library"/checker/*.o; do
    [[ $object == "$(test_object "${tests[$1]}")" ]] || grep -qF -- "($(basename -- "$object"))" "$takes" || continue
    rests_on=$(cmake --build . -- -t deps "$object")
    [[ $rests_on != *"/${files[$1]}"* ]] || printf '%s\n' "$object"
  done
}

# compile MUTANT OBJECT RESULT: as it was compiled, but with the mutant's file before ours, and in less time.
compile() {
  local command word words
  command=$(cmake --build . -- -t commands "$2" | tail -n 1)
  eval "words=($command)"
  command=("${words[0]}" "-I$work/$1")
  for word in "${words[@]:1}"; do
    case $word in
      "$root/${files[$1]}") command+=("$work/$1/${files[$1]}") ;;
      "$2" | "$2.d") command+=("$3${word#"$2"}") ;;
      *) command+=("$word") ;;
    esac
  done
  "${command[@]}" -O1 -w -Wno-error >&2
}

main "$@"; exit
