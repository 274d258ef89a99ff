//! `export_to!`: files beside the crate that are what the policies print.

use std::path::Path;

use ram_policy::{TrustPolicy, trust_policy};
use ram_policy_examples::policies::API_GATEWAY_FULL_ACCESS;

const TRUST: TrustPolicy = trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; };

// The line a user writes; `RAM_POLICY_EXPORT=write` writes `tests/exported`.
ram_policy::export_to!("exported", API_GATEWAY_FULL_ACCESS, self::TRUST = "who-may");

#[test]
fn the_files_are_what_the_policies_print() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exported");
    for (name, text) in [
        ("api-gateway-full-access.json", API_GATEWAY_FULL_ACCESS.to_json_pretty()),
        ("who-may.json", TRUST.to_json_pretty()),
    ] {
        assert_eq!(std::fs::read_to_string(folder.join(name)).ok(), Some(format!("{text}\n")));
    }
}

#[test]
fn what_is_not_as_printed_is_told() {
    if std::env::var_os("RAM_POLICY_EXPORT").is_some() {
        // Nothing is written among the official documents.
        return;
    }
    let wrong = ram_policy::export_to!(
        @compare "golden",
        TRUST = "connect-user-vpc",
        TRUST = "who-may",
        TRUST = "who-may",
    );
    let told = wrong.join("\n");
    for part in [
        "connect-user-vpc.json is stale",
        "who-may.json is missing",
        "mqtt-tunnel.json belongs to no policy",
        "two policies are kept as `who-may.json`",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
