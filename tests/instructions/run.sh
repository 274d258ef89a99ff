#!/usr/bin/env bash
# Counts the instructions of the rows in rows.rs under callgrind and holds them against counts.tsv;
# fails where a row takes over 10 % more or less, or a golden policy over twice what the code by hand
# takes. `run.sh renew` writes counts.tsv anew.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
    { sudo -n apt-get install --yes --quiet valgrind || apt-get install --yes --quiet valgrind; } \
        >/dev/null 2>&1 || true
fi
if ! command -v valgrind >/dev/null; then
    echo "SKIPPED: instructions are not counted, valgrind is not installed and cannot be installed"
    exit 0
fi
cargo build --quiet -p ram-policy-instructions --profile bench
binary="${CARGO_TARGET_DIR:-$PWD/../../target}/release/instructions"
dumps=$(mktemp -d)
trap 'rm -rf "$dumps"' EXIT
valgrind --quiet --tool=callgrind --callgrind-out-file="$dumps/dump" --toggle-collect='*measured*' \
    --dump-after='instructions::measured' "$binary" work >"$dumps/names"
"$binary" "${1:-compare}" "$(rustc --version)" "$dumps/names" "$dumps/dump" counts.tsv
