#!/usr/bin/env bash
# What compiling costs, in CPU time (user and system, of cargo and all it starts):
# - a clean build and a clean check of a crate that depends on ram-policy, beside cedar-policy;
# - the same with proofs, and with the enums of all services;
# - checking crates of 100 to 1,000 `policy!` constants, beside the same JSON as texts.
#
# Usage: compile-time.sh [--write] [--skip-cedar | --policies-only]
#        compile-time.sh --print COUNT
#   --write          also writes the table into the guide, and growth/policy-calls.tsv, which
#                    `cargo bench -p ram-policy-benchmarks --bench growth` asks for and draws
#   --skip-cedar     leaves cedar-policy out, and the guide as it is
#   --policies-only  measures the crates of policies only, and leaves the guide as it is
#   --print          prints the source of a crate of so many policies, and measures nothing
set -euo pipefail

write='' skip_cedar='' policies_only='' print=''
if [[ ${1-} == --print && $# == 2 && $2 =~ ^[0-9]+$ ]]; then
    print=$2
    shift 2
fi
for option in "$@"; do
    case $option in
    --write) write=1 ;;
    --skip-cedar) skip_cedar=1 ;;
    --policies-only) policies_only=1 skip_cedar=1 ;;
    *)
        echo "usage: $0 [--write] [--skip-cedar | --policies-only] or $0 --print COUNT" >&2
        exit 2
        ;;
    esac
done

# Times are read with a point, and no setting of the caller's changes what is built.
export LC_ALL=C
unset CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR CARGO_BUILD_RUSTC_WRAPPER RUSTC_WRAPPER RUSTFLAGS \
    CARGO_ENCODED_RUSTFLAGS
while read -r variable; do
    unset "$variable"
done < <(compgen -e CARGO_PROFILE_ || true)

checkout=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ram-policy-compile-time.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT
export CARGO_INCREMENTAL=0
ram_policy="ram-policy = { path = \"$checkout/runtime\" }"
all_services="ram-policy = { path = \"$checkout/runtime\", features = [\"all-services\"] }"
proofs="ram-policy = { path = \"$checkout/runtime\", features = [\"proofs\"] }"
cedar_policy='cedar-policy = "4.14"'

# crate NAME DEPENDENCY: an empty crate, all it needs downloaded.
crate() {
    mkdir -p "$scratch/$1/src"
    cat >"$scratch/$1/Cargo.toml" <<TOML
[package]
name = "$1"
version = "0.0.0"
edition = "2024"

[dependencies]
$2

[workspace]
TOML
    : >"$scratch/$1/src/lib.rs"
    quietly cargo fetch --manifest-path "$scratch/$1/Cargo.toml"
}

# quietly COMMAND...: its output only if it fails.
quietly() {
    if ! "$@" >"$scratch/output" 2>&1; then
        cat "$scratch/output" >&2
        exit 1
    fi
}

# cpu_ms COMMAND...: sets `ms` to its CPU time.
cpu_ms() {
    local TIMEFORMAT='%3U %3S' user system
    { time quietly "$@"; } 2>"$scratch/time"
    read -r user system < <(tail -n 1 "$scratch/time")
    ms=$((10#${user/./} + 10#${system/./}))
}

# clean COMMAND NAME RUNS: sets `least` to the CPU time of `cargo COMMAND` from nothing.
clean() {
    least=
    local run
    for ((run = 0; run < $3; run++)); do
        rm -rf -- "$scratch/target"
        cpu_ms cargo "$1" --offline --manifest-path "$scratch/$2/Cargo.toml" \
            --target-dir "$scratch/target"
        keep_least
    done
    rm -rf -- "$scratch/target"
}

# source_check FILE: sets `least` to the CPU time of checking the crate of policies with that
# source, its dependencies being there.
source_check() {
    least=
    local run
    cp "$scratch/$1" "$scratch/policies/src/lib.rs"
    for run in 1 2 3; do
        touch "$scratch/policies/src/lib.rs"
        cpu_ms cargo check --offline --manifest-path "$scratch/policies/Cargo.toml" \
            --target-dir "$scratch/checked"
        keep_least
    done
}

keep_least() {
    if [[ -z $least ]] || ((ms < least)); then
        least=$ms
    fi
}

# seconds MS: as seconds with two digits.
seconds() {
    printf '%d.%02d' $(($1 / 1000)) $(($1 % 1000 / 10))
}

# quotient A B: A/B with three digits, also when negative.
quotient() {
    local scaled=$(($1 * 1000 / $2)) sign=
    if ((scaled < 0)); then
        sign=- scaled=$((-scaled))
    fi
    printf '%s%d.%03d' "$sign" $((scaled / 1000)) $((scaled % 1000))
}

ecs=(
    StartInstance StopInstance RebootInstance ModifyInstanceAttribute DescribeInstances
    DescribeInstanceStatus CreateSnapshot DeleteSnapshot DescribeDisks AttachDisk DetachDisk
    CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces
    AttachNetworkInterface DetachNetworkInterface DescribeSecurityGroups AuthorizeSecurityGroup
    RevokeSecurityGroup ListTagResources AssignPrivateIpAddresses UnassignPrivateIpAddresses
    DescribeImages
)
vpc=(
    DescribeVpcs DescribeVSwitches DescribeVSwitchAttributes DescribeVpcAttribute
    DescribeRouteTableList DescribeEipAddresses AllocateEipAddress ReleaseEipAddress
    AssociateEipAddress UnassociateEipAddress CreateVSwitch DeleteVSwitch
    ModifyBypassToaAttribute
)
ram=(
    GetRole ListRoles CreateRole DeleteRole GetPolicy ListPolicies AttachPolicyToRole
    DetachPolicyFromRole ListUsers GetUser CreateUser
)
regions=(cn-hangzhou cn-beijing cn-shanghai cn-shenzhen ap-southeast-1)
owners=(zhangsan lisi wangwu)

# pick LIST FIRST COUNT: sets `names` to COUNT neighbours of the list, around its end.
pick() {
    local -n list=$1
    local index
    names=()
    for ((index = $2; index < $2 + $3; index++)); do
        names+=("${list[index % ${#list[@]}]}")
    done
}

# typed SERVICE: `names` as typed actions.
typed() {
    local joined
    printf -v joined '%s, ' "${names[@]}"
    text+="$1::{${joined%, }}"
}

# json SERVICE: `names` as JSON texts, without brackets.
json() {
    local joined
    printf -v joined "\"$1:%s\"," "${names[@]}"
    document+=${joined%,}
}

# generate COUNT: writes typed-COUNT.rs and json-COUNT.rs, the same policies.
generate() {
    local number text document region owner
    : >"$scratch/typed-$1.rs"
    : >"$scratch/json-$1.rs"
    for ((number = 0; number < $1; number++)); do
        region=${regions[number % 5]} owner=${owners[number / 5 % 3]}
        text='allow ' document='{"Version":"1","Statement":[{"Effect":"Allow","Action":['
        pick ecs "$number" $((2 + number % 7))
        typed ecs
        json ecs
        text+=', ' document+=,
        pick vpc $((number / 3)) $((2 + number % 3))
        typed vpc
        json vpc
        text+=' on *' document+='],"Resource":"*"'
        if ((number % 2)); then
            text+=" when acs::SourceIp in [\"10.$((number % 200)).0.0/16\", \"192.168.0.0/16\"]"
            document+=",\"Condition\":{\"IpAddress\":{\"acs:SourceIp\":[\"10.$((number % 200)).0.0/16\",\"192.168.0.0/16\"]}}"
        fi
        text+=';' document+='}'
        if ((number % 3)); then
            text+=" allow ecs::{StartInstance, StopInstance} on [\"acs:ecs:$region:1234567890123456:instance/*\"] when ecs::tag[\"owner\"] == \"$owner\";"
            document+=",{\"Effect\":\"Allow\",\"Action\":[\"ecs:StartInstance\",\"ecs:StopInstance\"],\"Resource\":[\"acs:ecs:$region:1234567890123456:instance/*\"],\"Condition\":{\"StringEquals\":{\"ecs:tag/owner\":\"$owner\"}}}"
        fi
        if ((number % 4 == 0)); then
            text+=' allow ram::DeleteServiceLinkedRole on * when ram::ServiceName == "connectuservpc.apigateway.aliyuncs.com";'
            document+=',{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"ram:ServiceName":"connectuservpc.apigateway.aliyuncs.com"}}}'
        elif ((number % 4 == 1)); then
            text+=' deny ' document+=',{"Effect":"Deny","Action":['
            pick ram "$number" $((2 + number % 3))
            typed ram
            json ram
            text+=', ecs::Delete* on *;' document+=',"ecs:Delete*"],"Resource":"*"}'
        fi
        document+=']}'
        printf 'pub const P%d: ram_policy::Policy = ram_policy::policy! { %s };\n' \
            "$number" "$text" >>"$scratch/typed-$1.rs"
        printf 'pub const P%d: &str = r#"%s"#;\n' "$number" "$document" >>"$scratch/json-$1.rs"
    done
}

if [[ -n $print ]]; then
    generate "$print"
    cat "$scratch/typed-$print.rs"
    exit
fi

# The same texts, or the comparison means nothing.
assert_same_documents() {
    mkdir -p "$scratch/policies/tests"
    cp "$scratch/typed-100.rs" "$scratch/policies/src/lib.rs"
    {
        echo 'mod json {'
        cat "$scratch/json-100.rs"
        echo '}'
        echo '#[test] fn same() {'
        for ((number = 0; number < 100; number++)); do
            echo "assert_eq!(policies::P$number.to_json(), json::P$number);"
        done
        echo '}'
    } >"$scratch/policies/tests/same.rs"
    quietly cargo test --offline --manifest-path "$scratch/policies/Cargo.toml" \
        --target-dir "$scratch/target" --test same
    rm -rf -- "$scratch/policies/tests" "$scratch/target"
}

counts=(100 200 500 1000)

crate policies "$ram_policy"
for count in "${counts[@]}"; do
    generate "$count"
done
assert_same_documents

declare -A ours proved all cedar with without
clean build policies 1 # The files are in the cache of the system from here on.
: >"$scratch/policies/src/lib.rs"
if [[ -z $policies_only ]]; then
    crate proofs "$proofs"
    crate everything "$all_services"
    for command in build check; do
        clean $command policies 3
        ours[$command]=$least
        clean $command proofs 3
        proved[$command]=$least
        clean $command everything 3
        all[$command]=$least
    done
fi
if [[ -z $skip_cedar ]]; then
    crate peer "$cedar_policy"
    for command in build check; do
        clean $command peer 1
        cedar[$command]=$least
    done
fi
: >"$scratch/empty.rs"
source_check empty.rs
empty=$least
for count in "${counts[@]}"; do
    source_check "typed-$count.rs"
    with[$count]=$least
    source_check "json-$count.rs"
    without[$count]=$least
done

row='| %-58s | %10s | %10s | %11s |\n'
# table HEAD A B RATIO: the head of a table.
table() {
    # shellcheck disable=SC2059
    printf "\n$row" "$@"
    printf '| %s | %s: | %s: | %s: |\n' "$(printf -- '-%.0s' {1..58})" ---------{,} ----------
}
# measured NAME A B: a row of two times and their ratio.
measured() {
    # shellcheck disable=SC2059
    printf "$row" "$1" "$(seconds "$2")" "$(seconds "$3")" "$(quotient "$2" "$3")"
}

if [[ -z $skip_cedar ]]; then
    table 'clean, default features, CPU s' ram-policy cedar ratio
    for command in build check; do
        measured "cargo $command" "${ours[$command]}" "${cedar[$command]}"
    done
fi
if [[ -z $policies_only ]]; then
    table 'clean, proofs, CPU s' proofs default ratio
    for command in build check; do
        measured "cargo $command" "${proved[$command]}" "${ours[$command]}"
    done
    table 'clean, all services, CPU s' all default ratio
    for command in build check; do
        measured "cargo $command" "${all[$command]}" "${ours[$command]}"
    done
fi
table 'cargo check, dependencies built, CPU s' 'policy!' JSON 'ms a policy'
for count in "${counts[@]}"; do
    # shellcheck disable=SC2059
    printf "$row" "$count policies" "$(seconds "${with[$count]}")" \
        "$(seconds "${without[$count]}")" \
        "$(quotient $((with[$count] - without[$count])) "$count")"
done

if [[ -z $write ]]; then
    exit
fi

here=$checkout/tests/benchmarks
{
    printf 'policies of about three statements\tpolicy!\tthe same JSON as texts\n'
    for count in "${counts[@]}"; do
        printf '%s\t%s\t%s\n' "$count" "$(quotient "${with[$count]}" "$empty")" \
            "$(quotient "${without[$count]}" "$empty")"
    done
} >"$here/growth/policy-calls.tsv"

if [[ -n $skip_cedar ]]; then
    exit
fi

{
    echo '| CPU time of compiling | ratio |'
    echo '| --- | ---: |'
    for command in build check; do
        echo "| \`cargo $command\` from nothing, over that of cedar-policy |" \
            "$(quotient "${ours[$command]}" "${cedar[$command]}") |"
    done
    for command in build check; do
        echo "| \`cargo $command\` with the feature \`proofs\`, over the default ones |" \
            "$(quotient "${proved[$command]}" "${ours[$command]}") |"
    done
    for command in build check; do
        echo "| \`cargo $command\` with all services, over the default ones |" \
            "$(quotient "${all[$command]}" "${ours[$command]}") |"
    done
    for count in 100 1000; do
        echo "| \`cargo check\` of $count \`policy!\`, over the same JSON as texts |" \
            "$(quotient "${with[$count]}" "${without[$count]}") |"
    done
} >"$scratch/table"
page="$checkout/runtime/src/guide/performance.md"
awk -v table="$scratch/table" '
    /^<!-- compile-time: end -->$/ { inside = 0 }
    !inside
    /^<!-- compile-time: begin/ {
        inside = 1
        print ""
        while ((getline line < table) > 0) print line
        print ""
    }
' "$page" >"$scratch/page.md"
# Kept as it is when the comments are missing.
grep -q '^<!-- compile-time: begin' "$scratch/page.md"
cat "$scratch/page.md" >"$page"
echo
echo 'written: runtime/src/guide/performance.md, growth/policy-calls.tsv'
