//! The ready-made guardrails: what keeps within each, and what does not, with the action or the
//! resource of the request that shows it.

use ram_policy::template::{AccountId, Region};
use ram_policy::{Guardrail, Policy, Proof, policy};

/// What a guardrail says of a policy.
#[derive(Debug, Clone, Copy)]
enum Said {
    Within,
    /// Not within; the request as a line of JSON has this.
    Beyond(&'static str),
}

use Said::{Beyond, Within};

fn check(guardrail: &Guardrail, policy: &Policy, said: Said) {
    let proof = guardrail.check(policy);
    match (&proof, said) {
        (Proof::Yes, Within) => {}
        (Proof::No(found), Beyond(part)) if found.to_string().contains(part) => {
            let request = found.request().unwrap_or_else(|error| panic!("{found}: {error}"));
            assert!(policy.evaluate(&request).is_allow(), "{found}");
            assert!(!guardrail.boundary().evaluate(&request).is_allow(), "{found}");
        }
        _ => panic!("{}: {proof}, not {said:?}\n{policy}", guardrail.name()),
    }
}

/// `name: guardrail, { policy } => what it says;`.
macro_rules! cases {
    ($($name:ident: $guardrail:expr, { $($policy:tt)* } => $said:expr;)*) => {
        $(#[test]
        fn $name() -> Result<(), Box<dyn std::error::Error>> {
            check(&$guardrail, &policy! { $($policy)* }, $said);
            Ok(())
        })*
    };
}

cases! {
    reading_users: Guardrail::no_privilege_escalation(), { allow ram::{Get*, List*} on *; } => Within;
    creating_users: Guardrail::no_privilege_escalation(), { allow ram::CreateUser on *; } => Within;
    a_way: Guardrail::no_privilege_escalation(),
        { allow ram::AttachPolicyToUser on *; } => Beyond(r#""ram:AttachPolicyToUser""#);
    a_way_on_one_resource: Guardrail::no_privilege_escalation(),
        { allow ram::UpdateRole on "acs:ram:*:*:role/web"; } => Beyond("role/web");
    all_but_the_ways_of_ram: Guardrail::no_privilege_escalation(),
        { allow * except ram::* on *; } => Beyond("ims:");
    all_without_identities: Guardrail::no_privilege_escalation(),
        { allow * except ram::*, ims::*, resourcemanager::* on *; } => Within;
    ways_denied: Guardrail::no_privilege_escalation(),
        { allow ram::*Policy* on *; deny ram::{Attach*, CreatePolicyVersion, SetDefaultPolicyVersion} on *; }
        => Within;

    reading: Guardrail::read_only(), { allow ecs::Describe*, oss::{GetObject, ListObjects} on *; } => Within;
    reading_everywhere: Guardrail::read_only(), { allow "*:Get*", "*:List*" on *; } => Within;
    inferred: Guardrail::read_only(), { allow mse::QueryConfig on *; } => Beyond("mse:QueryConfig");
    inferred_if_asked: Guardrail::read_only_inferred(), { allow mse::QueryConfig, ecs::Describe* on *; } => Within;
    inferred_to_write: Guardrail::read_only_inferred(), { allow mse::UpdateConfig on *; } => Beyond("mse:UpdateConfig");
    writing: Guardrail::read_only(), { allow ecs::{Describe*, StopInstance} on *; } => Beyond("ecs:StopInstance");
    writing_within_a_wildcard: Guardrail::read_only(), { allow oss::*Object on *; } => Beyond("oss:");
    writing_denied: Guardrail::read_only(),
        { allow ecs::* on *; deny * except ecs::Describe* on *; } => Within;

    the_region: Guardrail::one_region(Region::new("cn-hangzhou")?),
        { allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; allow ram::GetUser on "acs:ram::*:user/*"; } => Within;
    another_region: Guardrail::one_region(Region::new("cn-hangzhou")?),
        { allow ecs::* on "acs:ecs:cn-hangzhou:*:*", "acs:ecs:cn-beijing:*:*"; } => Beyond("cn-beijing");
    every_region: Guardrail::one_region(Region::new("cn-hangzhou")?),
        { allow ecs::DescribeInstances on *; } => Beyond("acs:ecs:");
    a_region_that_begins_so: Guardrail::one_region(Region::new("cn-hangzhou")?),
        { allow ecs::* on "acs:ecs:cn-hangzhou*:*:*"; } => Beyond("cn-hangzhou");
    other_regions_denied: Guardrail::one_region(Region::new("cn-hangzhou")?),
        { allow ecs::* on *; deny ecs::* on "acs:*:?*:*:*"; allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; } => Within;

    the_account: Guardrail::one_account(AccountId::new("1234567890123456")?),
        { allow oss::* on "acs:oss:*:1234567890123456:*"; } => Within;
    any_account: Guardrail::one_account(AccountId::new("1234567890123456")?),
        { allow oss::* on "acs:oss:*:*:logs"; } => Beyond("logs");

    with_a_second_factor: Guardrail::requires_mfa(),
        { allow ecs::* on * when acs::MFAPresent == true; } => Within;
    without_a_second_factor: Guardrail::requires_mfa(),
        { allow ecs::StopInstance on *; } => Beyond("ecs:StopInstance");
    a_gate_that_accesskeys_pass: Guardrail::requires_mfa(),
        { allow ecs::* on *; deny ecs::* on * when acs::MFAPresent == false; } => Beyond("ecs:");
    more_than_a_second_factor: Guardrail::requires_mfa(),
        { allow ecs::* on * when acs::MFAPresent == true and acs::UserAgent like "cli*";
          deny ecs::* on * when acs::MFAPresent == false; } => Within;

    from_the_network: Guardrail::requires_source_network(["10.0.0.0/8", "192.0.2.1"])?,
        { allow ecs::* on * when acs::SourceIp in ["10.1.0.0/16", "192.0.2.1"]; } => Within;
    from_beside_the_network: Guardrail::requires_source_network(["10.0.0.0/8", "192.0.2.1"])?,
        { allow ecs::* on * when acs::SourceIp in ["10.1.0.0/16", "192.0.2.0/31"]; } => Beyond("192.0.2.0");
    from_an_unknown_address: Guardrail::requires_source_network(["10.0.0.0/8"])?,
        { allow ecs::* on *; deny ecs::* on * when acs::SourceIp not in "10.0.0.0/8"; } => Within;
    from_anywhere: Guardrail::requires_source_network(["10.0.0.0/8"])?,
        { allow ecs::* on *; } => Beyond("ecs:");
}

#[test]
fn every_boundary_allows_something() -> Result<(), Box<dyn std::error::Error>> {
    for guardrail in [
        Guardrail::no_privilege_escalation(),
        Guardrail::read_only(),
        Guardrail::read_only_inferred(),
        Guardrail::one_region(Region::new("cn-hangzhou")?),
        Guardrail::one_account(AccountId::new("1")?),
        Guardrail::requires_mfa(),
        Guardrail::requires_source_network(["10.0.0.0/8"])?,
    ] {
        let (boundary, name) = (guardrail.boundary(), guardrail.name());
        assert!(boundary.overlaps(boundary).is_yes(), "{name}");
        let all = policy! { #![allow(star_on_star)] allow * on *; };
        assert!(matches!(guardrail.check(&all), Proof::No(_)), "{name}");
        assert_eq!(guardrail.check(boundary), Proof::Yes, "{name}");
    }
    assert!(Guardrail::requires_source_network(["10.0.0"]).is_err());
    Ok(())
}

#[test]
fn every_action_that_a_document_calls_reading_is() -> Result<(), ram_policy::RequestError> {
    use ram_policy_model::catalogue::{self, AccessLevel};
    let boundary = Guardrail::read_only().boundary().clone();
    let (mut reading, mut writing) = (0, 0);
    for row in catalogue::services().flat_map(|service| service.actions()) {
        let Some(level) = row.access() else { continue };
        let reads = matches!(level, AccessLevel::Get | AccessLevel::List | AccessLevel::Read);
        let name = format!("{}:{}", row.service().code, row.name());
        let request = ram_policy::Request::new(name.as_str(), "*")?;
        assert_eq!(boundary.evaluate(&request).is_allow(), reads, "{name}");
        reading += usize::from(reads);
        writing += usize::from(!reads);
    }
    assert!(reading > 100 && writing > 100, "{reading} {writing}");
    Ok(())
}

fn message(assertion: impl FnOnce() + std::panic::UnwindSafe) -> String {
    match std::panic::catch_unwind(assertion) {
        Ok(()) => String::new(),
        Err(panic) => panic.downcast_ref::<String>().cloned().unwrap_or_default(),
    }
}

#[test]
fn assertions_show_the_request() {
    const OPERATORS: Policy = policy! { allow ecs::{StopInstance, DeleteInstance} on *; };
    const BOUNDARY: Policy = policy! { allow ecs::StopInstance on *; };
    ram_policy::assert_within!(BOUNDARY, OPERATORS);
    ram_policy::assert_never!(OPERATORS, ram::*, oss::* on * when acs::SourceIp in "10.0.0.0/8");
    let found = message(|| ram_policy::assert_within!(OPERATORS, BOUNDARY));
    assert!(found.contains(r#"it allows {"action":"ecs:DeleteInstance""#), "{found}");
    let found = message(|| ram_policy::assert_never!(OPERATORS, ecs::Delete*));
    assert!(found.contains(r#"the policy allows {"action":"ecs:DeleteInstance""#), "{found}");
}
