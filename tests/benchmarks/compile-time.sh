#!/usr/bin/env bash
# What compiling costs, in CPU time (user and system, of cargo and all it starts):
# - a clean build and a clean check of a crate that depends on ram-policy, beside cedar-policy;
# - the same with the enums of all services;
# - checking a crate of 100 and of 1,000 `policy!` constants, beside the same JSON as texts.
#
# Usage: compile-time.sh [--skip-cedar]
set -euo pipefail

skip_cedar=
case "${1-}" in
'') ;;
--skip-cedar) skip_cedar=1 ;;
*)
    echo "usage: $0 [--skip-cedar]" >&2
    exit 2
    ;;
esac

checkout=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ram-policy-compile-time.XXXXXX")
trap 'rm -rf -- "$scratch"' EXIT
export CARGO_INCREMENTAL=0
ram_policy="ram-policy = { path = \"$checkout/runtime\" }"
all_services="ram-policy = { path = \"$checkout/runtime\", features = [\"all-services\"] }"
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
    DescribeRouteTables DescribeEipAddresses AllocateEipAddress ReleaseEipAddress
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

crate policies "$ram_policy"
crate everything "$all_services"
generate 100
generate 1000
assert_same_documents

declare -A ours all cedar with without
clean build policies 1 # The files are in the cache of the system from here on.
: >"$scratch/policies/src/lib.rs"
for command in build check; do
    clean $command policies 3
    ours[$command]=$least
    clean $command everything 3
    all[$command]=$least
done
if [[ -z $skip_cedar ]]; then
    crate peer "$cedar_policy"
    for command in build check; do
        clean $command peer 1
        cedar[$command]=$least
    done
fi
for count in 100 1000; do
    source_check typed-$count.rs
    with[$count]=$least
    source_check json-$count.rs
    without[$count]=$least
done

row='| %-42s | %16s | %16s | %16s |\n'
# shellcheck disable=SC2059
{
    printf "$row" 'clean, default features, CPU s' ram-policy cedar-policy ratio
    printf '| %s | %s: | %s: | %s: |\n' "$(printf -- '-%.0s' {1..42})" \
        ---------------{,,}
    for command in build check; do
        if [[ -z $skip_cedar ]]; then
            printf "$row" "cargo $command" "$(seconds "${ours[$command]}")" \
                "$(seconds "${cedar[$command]}")" \
                "$(quotient "${ours[$command]}" "${cedar[$command]}")"
        else
            printf "$row" "cargo $command" "$(seconds "${ours[$command]}")" - -
        fi
    done
    echo
    printf "$row" 'clean, all services, CPU s' ram-policy '' 'over default'
    printf '| %s | %s: | %s: | %s: |\n' "$(printf -- '-%.0s' {1..42})" \
        ---------------{,,}
    for command in build check; do
        printf "$row" "cargo $command" "$(seconds "${all[$command]}")" '' \
            "$(quotient "${all[$command]}" "${ours[$command]}")"
    done
    echo
    printf "$row" 'cargo check, dependencies built, CPU s' 'policy!' 'JSON as texts' 'ms a policy'
    printf '| %s | %s: | %s: | %s: |\n' "$(printf -- '-%.0s' {1..42})" \
        ---------------{,,}
    for count in 100 1000; do
        printf "$row" "$count policies" "$(seconds "${with[$count]}")" \
            "$(seconds "${without[$count]}")" \
            "$(quotient $((with[$count] - without[$count])) "$count")"
    done
}
