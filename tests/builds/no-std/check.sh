#!/usr/bin/env bash
# Shows that deciding needs no allocator: a program part without one builds, decides as it should, and
# does not build any more once `alloc` is switched on.
set -euo pipefail
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="$PWD/../../../target/no-std"

cargo build --quiet
cargo test --quiet
if errors=$(cargo build --quiet --features alloc 2>&1); then
    echo "a program without an allocator builds with \`alloc\`, so that it builds without shows nothing" >&2
    exit 1
fi
if ! grep -q "no global memory allocator" <<<"$errors"; then
    echo "$errors" >&2
    exit 1
fi
