#!/usr/bin/env bash
# Holds the instructions that some runs take against benches/budget.txt: at most three per cent more than is written there.
# Instructions, unlike times, are the same on a busy machine. `benches/budget.sh --write` writes them anew.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
  echo "benches/budget.sh needs valgrind" >&2
  exit 2
fi
cargo build --release --locked --examples --bins
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

program() { echo "target/release/$1"; }
for count in 1 1000; do
  "$(program examples/county)" make "$count" 11 "$folder/$count"
done

# name | program | words
runs() {
  echo "check-samverkan|overens|check policies/samverkan"
  echo "eval-samverkan|overens|eval policies/samverkan"
  echo "check-all|overens|check policies"
  echo "eval-one-organisation|overens|eval policies/county_register $folder/1/csv.ron"
  echo "judge-1000-organisations|examples/county|judge $folder/1000/csv.ron"
  echo "by-hand-1000-organisations|examples/by_hand|$folder/1000"
}

# How many instructions a run takes. How it ends is not asked: `eval` says by its exit code what was violated.
counted() {
  local out="$folder/count"
  # shellcheck disable=SC2086 # the words are meant to be split
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$(program "$1")" $2 >/dev/null 2>"$out" || true
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$out"
}

measured="$folder/budget.txt"
runs | while IFS='|' read -r name what words; do
  echo "$name $(counted "$what" "$words")"
done >"$measured"

if [[ ${1:-} == --write ]]; then
  cp "$measured" benches/budget.txt
  cat benches/budget.txt
  exit 0
fi
awk '
  NR == FNR { budget[$1] = $2; next }
  !($1 in budget) { printf "%-28s %14d  has no budget\n", $1, $2; wrong = 1; next }
  {
    more = 100 * ($2 - budget[$1]) / budget[$1]
    word = more > 3 ? "TOO MUCH" : (more < -3 ? "less: write it down" : "as budgeted")
    printf "%-28s %14d  %+6.1f %%  %s\n", $1, $2, more, word
    if (more > 3) wrong = 1
  }
  END { exit wrong }
' benches/budget.txt "$measured"
