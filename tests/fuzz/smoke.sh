#!/usr/bin/env bash
# Runs every target for some seconds (the first argument, 20 unless told), beginning with the
# repository's own documents, and prints a line of results.tsv for each. Further arguments name targets to
# run instead of all. Exits with 1 where a target has found something; the input is then in
# tests/fuzz/artifacts.
#
# What covers which code is counted as cargo-fuzz has it counted, with the stable compiler. Without unsafe
# code there is nothing for the address sanitizer to find, so it is off. FUZZ_NICE=10 lets other
# programs have the processor first.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds="${1:-20}"
shift || true
host=$(rustc -vV | sed -n 's/^host: //p')
counted="-Cpasses=sancov-module --cfg fuzzing"
for option in level=4 inline-8bit-counters pc-table trace-compares; do
    counted+=" -Cllvm-args=-sanitizer-coverage-$option"
done

# The seeds, a file each in tests/fuzz/corpus/<target>.
cargo run --quiet -p ram-policy-fuzzed --example write-seeds
cd tests/fuzz
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(cd fuzz_targets && printf '%s\n' *.rs | sed 's/\.rs$//')
fi
RUSTFLAGS="$counted" cargo build --quiet --release --target "$host" --bins

failed=0
for target in "${targets[@]}"; do
    mkdir -p "artifacts/$target" "corpus/$target" "found/$target"
    log="artifacts/$target/log"
    if ! nice -n "${FUZZ_NICE:-0}" "target/$host/release/$target" "found/$target" "corpus/$target" \
        -max_total_time="$seconds" -max_len=4096 -timeout=100 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="artifacts/$target/" 2>"$log"; then
        failed=1
        tail -n 20 "$log" >&2
    fi
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    found=$(find "artifacts/$target" -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' | wc -l)
    printf '%s\t%s\t%s\t%s\t%s\n' "$target" "$seconds" "$inputs" "$covered" "$found"
done
exit "$failed"
