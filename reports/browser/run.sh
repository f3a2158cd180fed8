#!/usr/bin/env bash
# run.sh TEST.mjs PROGRAM: a test of pages, if there is a node to run it. Exit code 77: skipped.
if ! command -v node >/dev/null; then
  if [[ ${CI:-} == true ]]; then
    echo "missing: node is not installed"
    exit 1
  fi
  echo "skipped: node is not installed"
  exit 77
fi
exec node "$@"
