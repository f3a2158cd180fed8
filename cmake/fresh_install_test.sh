#!/usr/bin/env bash
# fresh_install_test.sh SOURCE COMPILER: configures a fresh copy of what is tracked, and looks whether the target `commitlab`, which is all that
# `./lab demo` builds, makes every file that `cmake --install` wants. Nothing is compiled. Exit code 77: skipped.
set -euo pipefail

source=$1 compiler=$2
for program in git ninja; do
  if ! command -v "$program" >/dev/null || { [[ $program == git ]] && ! git -C "$source" rev-parse --git-dir >/dev/null 2>&1; }; then
    echo "skipped: needs $program and a clone"
    [[ ${CI:-} != true ]] || exit 1
    exit 77
  fi
done
place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT

# The lines of the README that this is about.
for line in './lab demo' 'cmake --install build/release --prefix DIR'; do
  grep -qF -- "$line" "$source/README.md" || { echo "not ok - the README has no line: $line"; exit 1; }
done
git -C "$source" ls-files -z | (cd "$source" && tar --null --ignore-failed-read -cf - -T -) | tar -xf - -C "$place"
configured=$(cmake -S "$place" -B "$place/build/release" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_COMPILER=$compiler" -DCOMMITLAB_TESTS=OFF 2>&1) ||
  { echo "$configured"; exit 1; }
command -v help2man >/dev/null || grep -q "without its manual page" <<<"$configured" || { echo "not ok - nothing says that there is no manual"; exit 1; }

commands=$(ninja -C "$place/build/release" -t commands commitlab)
# Configuring makes some of what is installed, and what it does not make is built.
wanted=$(grep -oE '"[^"]*/build/release/[^"]*"' "$place/build/release/cmake_install.cmake" | tr -d '"' | sort -u)
count=0
while read -r file; do
  [[ $file == *INSTALL_MANIFEST* || $file == *install_local_manifest* || $file == *.cmake || -e $file ]] && continue
  ((++count))
  [[ $commands == *"${file##*/}"* ]] || { echo "not ok - the target commitlab does not make ${file#"$place"/}"; exit 1; }
done <<<"$wanted"
((count >= 8)) || { echo "not ok - only $count files were looked for"; exit 1; }
echo "ok - the target commitlab makes all $count built files that are installed"
