#!/usr/bin/env bash
# Runs every target of cargo-fuzz for some seconds (the first argument, 20 unless told), beginning with
# the repository's own documents. Further arguments name targets to run instead of all.
#
# Needs a nightly compiler and `cargo install --locked cargo-fuzz`. Without unsafe code there is nothing
# for the address sanitizer to find, so it is off.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds="${1:-20}"
shift || true

if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
    echo "the fuzzer was not run: cargo-fuzz or a nightly compiler is not installed"
    exit 0
fi
fuzz() { cargo +nightly fuzz "$1" --fuzz-dir tests/fuzz --sanitizer none "${@:2}"; }

# The seeds, a file each in tests/fuzz/corpus/<target>.
cargo run --quiet -p ram-policy-fuzzed --example write-seeds
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(cargo +nightly fuzz list --fuzz-dir tests/fuzz)
fi
fuzz build
for target in "${targets[@]}"; do
    printf '\n== %s\n' "$target"
    fuzz run "$target" -- -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=4096 \
        -print_final_stats=1 -verbosity=0
done
