#!/usr/bin/env bash
# Counts the instructions of the rows in rows.rs under callgrind and holds them against counts.tsv;
# fails where a row takes over 10 % more or less, or a golden policy over twice what the code by hand
# takes. The last row is what the compiler does for 40 policies, and what their macro does there without
# optimisation. `run.sh renew` writes counts.tsv anew.
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
# The same build everywhere, whatever a caller sets.
while read -r variable; do
    unset "$variable"
done < <(compgen -e CARGO_PROFILE_ || true)
dumps=$(mktemp -d)
trap 'rm -rf "$dumps"' EXIT
valgrind --quiet --tool=callgrind --callgrind-out-file="$dumps/dump" --toggle-collect='*measured*' \
    --dump-after='instructions::measured' "$binary" work >"$dumps/names"

# compiled SOURCE: the instructions of the compiler that checks a crate of that source.
compiled() {
    cp "$1" "$dumps/crate/src/lib.rs"
    # The dependencies are built first, and are not counted.
    (cd "$dumps/crate" && cargo check --quiet --offline)
    touch "$dumps/crate/src/lib.rs"
    (cd "$dumps/crate" && RUSTC_WRAPPER="$dumps/counted" cargo check --quiet --offline)
    sed -n 's/^\(totals\|summary\): *//p' "$dumps/compiler" | head -n 1
}
mkdir -p "$dumps/crate/src"
cat >"$dumps/crate/Cargo.toml" <<TOML
[package]
name = "counted-policies"
version = "0.0.0"
edition = "2024"

[dependencies]
ram-policy = { path = "$(cd ../../runtime && pwd)" }

[workspace]
TOML
# The compiler itself, because callgrind does not follow what starts it.
cat >"$dumps/counted" <<WRAPPER
#!/usr/bin/env bash
shift
case " \$* " in
*' --crate-name counted_policies '*)
    exec valgrind --quiet --tool=callgrind --callgrind-out-file="$dumps/compiler" \
        "$(rustc --print sysroot)/bin/rustc" "\$@"
    ;;
*) exec rustc "\$@" ;;
esac
WRAPPER
chmod +x "$dumps/counted"
cp ../../Cargo.lock "$dumps/crate/Cargo.lock"
: >"$dumps/empty.rs"
../benchmarks/compile-time.sh --print 40 >"$dumps/policies.rs"
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$dumps/target"
policies=$(compiled "$dumps/policies.rs")
empty=$(compiled "$dumps/empty.rs")
echo "compiler: 40 policies" >>"$dumps/names"
echo "totals: $((policies - empty))" >"$dumps/dump.$(wc -l <"$dumps/names")"

"$binary" "${1:-compare}" "$(rustc --version)" "$dumps/names" "$dumps/dump" counts.tsv
