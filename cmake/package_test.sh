#!/usr/bin/env bash
# package_test.sh BUILD: makes the Debian package of a build and looks into it. Exit code 77: skipped.
set -euo pipefail

build=$1
if ! command -v dpkg-deb >/dev/null || ! command -v dpkg-shlibdeps >/dev/null; then
  echo "skipped: dpkg-deb and dpkg-shlibdeps (Debian: dpkg-dev) make packages"
  [[ ${CI:-} != true ]] || exit 1
  exit 77
fi
place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT
cpack --config "$build/CPackConfig.cmake" -G DEB -B "$place" >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }

packages=("$place"/commitlab_*.deb)
contents=$(dpkg-deb --contents "${packages[0]}")
for file in usr/bin/commitlab usr/share/man/man1/commitlab.1 usr/share/bash-completion/completions/commitlab usr/share/zsh/vendor-completions/_commitlab \
  usr/share/fish/vendor_completions.d/commitlab.fish usr/share/commitlab/scenarios/bank-transfer.json usr/include/commitlab/sim/protocol.hpp \
  usr/lib/cmake/commitlab/commitlab-config.cmake; do
  # The manual is there if help2man was; packed or not.
  if [[ $contents != *"./$file"* ]] && ! { [[ $file == *.1 && ${CI:-} != true ]]; }; then
    echo "not ok - the package has no $file"
    exit 1
  fi
done
if [[ $contents == *_for_tests.hpp* ]]; then
  echo "not ok - the package has what is for tests"
  exit 1
fi
dpkg-deb --extract "${packages[0]}" "$place/root"
"$place/root/usr/bin/commitlab" check bank-transfer >"$place/answer"
grep -q "AC1 *agreement *holds" "$place/answer"
echo "ok - ${packages[0]##*/} is whole, and its program finds its scenarios"
