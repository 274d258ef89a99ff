#!/usr/bin/env bash
# Fetches the descriptions of all products from the vendor's OpenAPI portal into a folder, and takes
# them into the data: `runtime/generate/fetch-metadata.sh FOLDER`. More arguments go to
# `import-metadata`, as `--leave-out`. What is in the folder already is not fetched again.
set -euo pipefail
folder=$(realpath -m "${1:?usage: fetch-metadata.sh FOLDER [--leave-out]}")
shift
base=${METADATA_BASE:-https://api.aliyun.com/meta/v1}
cd "$(dirname "$0")/../.."
mkdir -p "$folder"

# get ADDRESS FILE: whole, or not at all.
get() {
    [ -s "$2" ] && return
    mkdir -p "$(dirname "$2")"
    curl --fail --silent --show-error --location --retry 3 --output "$2.part" "$1" && mv "$2.part" "$2"
}

get "$base/products.json?language=EN_US" "$folder/products.json"
cargo run --quiet -p ram-policy-generate -- list-products "$folder/products.json" > "$folder/products.txt"
missing=0
while read -r product version; do
    file=$folder/$product/$version/api-docs.json
    get "$base/products/$product/versions/$version/api-docs.json" "$file" || missing=$((missing + 1))
done < "$folder/products.txt"
echo "$missing of $(wc -l < "$folder/products.txt") descriptions could not be fetched" >&2
cargo run --quiet -p ram-policy-generate -- import-metadata "$@" "$folder"
