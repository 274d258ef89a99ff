//! The least policy: what it is, what is refused, and that it allows nothing else.

use proptest::prelude::*;
use ram_policy::least::Why;
use ram_policy::{
    Breadth, Checker, LeastPrivilege, LeastPrivilegeError, OwnedRequest, OwnedRequestError, Policy,
    RequestError, policy,
};

use super::request;

const INSTANCE: &str = "acs:ecs:cn-hangzhou:1:instance/i-1";
const OTHER: &str = "acs:ecs:cn-hangzhou:1:instance/i-2";

fn least(requests: &[(&str, &str)]) -> LeastPrivilege<'static> {
    let of = |(action, resource): &(&str, &str)| OwnedRequest::new(*action, *resource);
    LeastPrivilege::new().with_requests(requests.iter().map(of))
}

/// `name: [requests] => { policy };`.
macro_rules! cases {
    ($($name:ident: $least:expr => { $($policy:tt)* };)*) => {
        $(#[test]
        fn $name() -> Result<(), LeastPrivilegeError> {
            let least: LeastPrivilege<'_> = $least;
            assert_eq!(least.policy()?, policy! { $($policy)* });
            Ok(())
        })*
    };
}

cases! {
    one_request: least(&[("ecs:StopInstance", INSTANCE)])
        => { allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    the_spelling_of_the_catalogue: least(&[("ECS:stopinstance", INSTANCE), ("ecs:StopInstance", INSTANCE)])
        => { allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    actions_of_one_resource: least(&[("ecs:StopInstance", INSTANCE), ("ecs:StartInstance", INSTANCE)])
        => { allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    resources_of_one_action: least(&[("ecs:StopInstance", OTHER), ("ecs:StopInstance", INSTANCE)])
        => { allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-1", "acs:ecs:cn-hangzhou:1:instance/i-2"; };
    all_pairs_of_two_actions_and_two_resources:
        least(&[("ecs:StopInstance", OTHER), ("ecs:StopInstance", INSTANCE),
                ("ecs:StartInstance", OTHER), ("ecs:StartInstance", INSTANCE)])
        => { allow ecs::{StartInstance, StopInstance}
                on "acs:ecs:cn-hangzhou:1:instance/i-1", "acs:ecs:cn-hangzhou:1:instance/i-2"; };
    pairs_that_were_not_asked_for_stay_out:
        least(&[("ecs:StopInstance", OTHER), ("ecs:StartInstance", INSTANCE)])
        => { allow ecs::StartInstance on "acs:ecs:cn-hangzhou:1:instance/i-1";
             allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-2"; };
    an_action_that_cannot_be_limited: least(&[("ecs:CreateDeploymentSet", "*"), ("ecs:StopInstance", INSTANCE)])
        => { allow ecs::CreateDeploymentSet on *;
             allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    every_instance: least(&[("ecs:StopInstance", OTHER), ("ecs:StopInstance", INSTANCE)]).breadth(Breadth::ResourceType)
        => { allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/*"; };
    the_whole_account: least(&[("ecs:StopInstance", INSTANCE), ("ecs:AttachDisk", "acs:ecs:cn-beijing:1:disk/d-1")])
            .breadth(Breadth::Account)
        => { allow ecs::{AttachDisk, StopInstance} on "acs:ecs:*:1:*"; };
    everything: least(&[("ecs:StopInstance", INSTANCE), ("oss:GetObject", "acs:oss:*:1:b/o")]).breadth(Breadth::Everything)
        => { allow ecs::StopInstance, oss::GetObject on *; };
    every_resource_because_a_request_says_so:
        least(&[("ecs:StopInstance", "*"), ("ecs:StopInstance", INSTANCE)]).with_every_resource()
        => { allow ecs::StopInstance on *; };
    an_action_that_is_vouched_for:
        least(&[("ecs:BrandNew", INSTANCE)]).checker(Checker::new().unlisted("ecs:Brand*"))
        => { #![unlisted("ecs:BrandNew")] allow "ecs:BrandNew" on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    values_of_a_key:
        LeastPrivilege::new().with_key("acs:SourceIp").with_requests([
            request("ecs:StopInstance", INSTANCE, &[("acs:SourceIp", "192.0.2.2"), ("acs:UserAgent", "cli")]),
            request("ecs:StopInstance", INSTANCE, &[("acs:SourceIp", "192.0.2.1")]),
        ])
        => { allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-1" when acs::SourceIp in ["192.0.2.1", "192.0.2.2"]; };
    a_request_without_the_key_is_allowed_whatever_it_says:
        LeastPrivilege::new().with_key("acs:SourceIp").with_requests([
            request("ecs:StopInstance", INSTANCE, &[("acs:SourceIp", "192.0.2.2")]),
            request("ecs:StopInstance", INSTANCE, &[]),
        ])
        => { allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
    wildcards_that_cover_nothing_else:
        least(&[("ecs:StopInstance", INSTANCE), ("ecs:StopInstances", INSTANCE)]).with_wildcards()
        => { allow ecs::StopInstance* on "acs:ecs:cn-hangzhou:1:instance/i-1"; };
}

fn why(least: &LeastPrivilege<'_>) -> Vec<Why> {
    match least.policy() {
        Err(LeastPrivilegeError::Requests { refused, others: 0 }) => {
            refused.into_iter().map(|one| one.why).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_request_says_becomes_no_wildcard() {
    for resource in [
        "*",
        "acs:ecs:cn-hangzhou:1:*",
        "acs:ecs:cn-hangzhou:1:instance/*",
        "acs:ecs:cn-hangzhou:1:instance/i-?",
        "acs:ecs:cn-hangzhou:1:inst*/i-1",
        "acs:ecs:*:1:instance/i-1",
        "acs:ecs:cn-?:1:instance/i-1",
        "acs:ecs:cn-hangzhou:*:instance/i-1",
        "acs:e*:cn-hangzhou:1:instance/i-1",
    ] {
        let all = [("ecs:StopInstance", INSTANCE), ("ecs:StopInstance", resource)];
        assert_eq!(why(&least(&all)), [Why::Wildcard], "{resource}");
    }
    // Nor where the breadth covers part of it.
    for (breadth, resource) in [
        (Breadth::ResourceType, "acs:ecs:*:1:instance/i-1"),
        (Breadth::ResourceType, "acs:ecs:cn-hangzhou:*:instance/i-1"),
        (Breadth::ResourceType, "acs:ecs:cn-hangzhou:1:*/i-1"),
        (Breadth::Account, "acs:ecs:cn-hangzhou:*:instance/i-1"),
        (Breadth::Account, "acs:*:cn-hangzhou:1:instance/i-1"),
        (Breadth::Account, "*"),
    ] {
        let least = least(&[("ecs:StopInstance", resource)]).breadth(breadth);
        assert_eq!(why(&least), [Why::Wildcard], "{breadth:?} {resource}");
    }
    // An ARN with stars is not `*`.
    let stars = least(&[("ecs:StopInstance", "acs:ecs:*:*:*")]).with_every_resource();
    assert_eq!(why(&stars), [Why::Wildcard]);
}

/// Nor does an event: what it names, and what it leaves out.
#[test]
fn what_an_event_says_becomes_no_wildcard() -> Result<(), OwnedRequestError> {
    let event = |region: &str, name: &str| {
        format!(
            r#"{{"eventName": "DeleteInstance", "serviceName": "Ecs", {region}
            "recipientAccountId": "1", "referencedResources": {{"ACS::ECS::Instance": ["{name}"]}}}}"#
        )
    };
    for (region, name, is_taken) in [
        (r#""acsRegion": "cn-hangzhou","#, "i-1", true),
        (r#""acsRegion": "cn-hangzhou","#, "i-*", false),
        (r#""acsRegion": "cn-hangzhou","#, "acs:ecs:*:*:*", false),
        (r#""acsRegion": "*","#, "i-1", false),
        ("", "i-1", false),
    ] {
        let requests = OwnedRequest::from_action_trail(event(region, name))?;
        let least = LeastPrivilege::new().with_requests(requests);
        if is_taken {
            assert!(least.policy().is_ok());
        } else {
            assert_eq!(why(&least), [Why::Wildcard], "{region} {name}");
        }
    }
    Ok(())
}

#[test]
fn stars_in_the_values_of_conditions_are_no_wildcards() {
    let star = request("ecs:StopInstance", INSTANCE, &[("acs:UserAgent", "c*")]);
    let least = LeastPrivilege::new().with_request(star).with_key("acs:UserAgent");
    match least.policy() {
        // The operator takes it literally.
        Ok(policy) => {
            assert!(policy.to_json().contains(r#""StringEquals":{"acs:UserAgent":"c*"}"#))
        }
        Err(error) => assert!(matches!(error, LeastPrivilegeError::Refused(_)), "{error}"),
    }
}

#[test]
fn requests_that_cannot_be_taken_are_told_together() {
    let existing = policy! { allow ecs::StopInstance on *; };
    let all = [
        ("ecs:StopInstanc", INSTANCE),
        ("ecs:StopInstance", "i-1"),
        ("ecs:StartInstance", INSTANCE),
        ("ecs:StopInstance", INSTANCE),
    ];
    let least = LeastPrivilege::new()
        .with_requests(all.map(|(action, resource)| OwnedRequest::new(action, resource)))
        .within(&existing);
    let found = why(&least);
    assert!(
        matches!(
            found.as_slice(),
            [
                Why::Request(RequestError::UnknownAction),
                Why::Request(RequestError::Resource(_)),
                Why::NotAllowed
            ]
        ),
        "{found:?}"
    );
    let many = LeastPrivilege::new()
        .with_requests((0..130).map(|_| OwnedRequest::new("ecs:StopInstance", "*")));
    match many.policy() {
        Err(LeastPrivilegeError::Requests { refused, others }) => {
            assert_eq!((refused.len(), others), (100, 30));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(LeastPrivilege::new().policy(), Err(LeastPrivilegeError::Nothing));
}

/// A resource that the action cannot have is a mistake of the request.
#[test]
fn what_the_checker_refuses_is_told() {
    let disk = least(&[("ecs:StopInstance", "acs:ecs:cn-hangzhou:1:disk/d-1")]);
    match disk.policy() {
        Err(LeastPrivilegeError::Refused(error)) => {
            assert_eq!(error.findings().first().map(|one| one.rule()), Some("useless_resource"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_too_long_is_told_or_given_to_be_split() -> Result<(), Box<dyn std::error::Error>> {
    let arns: Vec<String> =
        (0..300).map(|number| format!("acs:ecs:cn-hangzhou:1:instance/i-{number}")).collect();
    let all = arns.iter().map(|arn| OwnedRequest::new("ecs:StopInstance", arn));
    let least = LeastPrivilege::new().with_requests(all);
    assert!(matches!(least.policy(), Err(LeastPrivilegeError::TooLong(_))));
    let policy = least.checker(Checker::new().at_any_length()).policy()?;
    assert_eq!(policy.split(6_144)?.len(), 2);
    Ok(())
}

#[test]
fn within_a_policy_its_conditions_and_denials_stay() -> Result<(), LeastPrivilegeError> {
    let existing = policy! {
        allow ecs::Create* on *;
        allow ecs::*Instance on "acs:ecs:*:1:instance/*" when acs::SourceIp in "192.0.2.0/24";
        deny ecs::DeleteInstance on *;
    };
    let from = [("acs:SourceIp", "192.0.2.9")];
    let needed = [
        request("ecs:CreateDeploymentSet", "*", &[]),
        request("ecs:StopInstance", INSTANCE, &from),
        request("ecs:StartInstance", INSTANCE, &from),
    ];
    let least = LeastPrivilege::new().with_requests(needed).within(&existing);
    assert_eq!(
        least.policy()?,
        policy! {
            allow ecs::CreateDeploymentSet on *;
            allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:1:instance/i-1"
                when acs::SourceIp in "192.0.2.0/24";
            deny ecs::DeleteInstance on *;
        }
    );
    // Its own address in the place of the network.
    let narrower = least.clone().with_key("acs:SourceIp").policy()?;
    assert_eq!(
        narrower,
        policy! {
            allow ecs::CreateDeploymentSet on *;
            allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:1:instance/i-1"
                when acs::SourceIp in "192.0.2.9";
            deny ecs::DeleteInstance on *;
        }
    );
    // Wider than the policy that there is.
    match least.breadth(Breadth::Account).policy() {
        Err(LeastPrivilegeError::NotWithin(found)) => {
            assert!(
                !existing.evaluate(&found.request().unwrap_or_else(|e| panic!("{e}"))).is_allow()
            );
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

/// Requests of a few actions and resources.
fn requests() -> impl Strategy<Value = Vec<OwnedRequest>> {
    let action = prop::sample::select(vec![
        "ecs:StopInstance",
        "ecs:StartInstance",
        "ecs:StopInstances",
        "ecs:RebootInstance",
        "ecs:CreateDeploymentSet",
        "ecs:ModifyInstanceAttribute",
    ]);
    let resource = (1..4u8, prop::bool::ANY).prop_map(|(number, is_here)| {
        let region = if is_here { "cn-hangzhou" } else { "cn-beijing" };
        format!("acs:ecs:{region}:1:instance/i-{number}")
    });
    let address = prop::option::of(1..4u8);
    let one = (action, resource, address).prop_map(|(action, resource, address)| {
        let mut request = OwnedRequest::new(action, resource);
        if let Some(number) = address {
            request.context.push(("acs:SourceIp".into(), vec![format!("192.0.2.{number}")]));
        }
        request
    });
    prop::collection::vec(one, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn exactly_what_is_asked_for_is_allowed(
        needed in requests(),
        others in requests(),
        has_wildcards in any::<bool>(),
    ) {
        let mut least = LeastPrivilege::new().with_requests(needed.iter().cloned());
        if has_wildcards {
            least = least.with_wildcards();
        }
        let policy = least.policy().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let is_allowed = |policy: &Policy, request: &OwnedRequest| {
            request.request().is_ok_and(|request| policy.evaluate(&request).is_allow())
        };
        for request in &needed {
            prop_assert!(is_allowed(&policy, request), "{}\n{}", request.to_json(), policy);
        }
        // Without a kept key, what is allowed is an action on a resource that was asked for, or an
        // action that cannot be limited.
        for other in &others {
            let is_like = |one: &OwnedRequest| {
                one.action == other.action
                    && (one.resource == other.resource || one.action == "ecs:CreateDeploymentSet")
            };
            let is_asked_for = needed.iter().any(is_like);
            prop_assert_eq!(is_allowed(&policy, other), is_asked_for, "{}\n{}", other.to_json(), policy);
        }
        // The same whatever their order.
        let reversed = LeastPrivilege::new().with_requests(needed.iter().rev().cloned());
        if !has_wildcards {
            prop_assert_eq!(reversed.policy().ok(), Some(policy));
        }
    }

    #[test]
    fn with_a_key_its_values_too(needed in requests(), others in requests()) {
        let least = LeastPrivilege::new().with_requests(needed.iter().cloned()).with_key("acs:SourceIp");
        let policy = least.policy().map_err(|error| TestCaseError::fail(error.to_string()))?;
        for other in needed.iter().chain(&others) {
            let is_like = |one: &OwnedRequest| {
                one.action == other.action
                    && (one.resource == other.resource || one.action == "ecs:CreateDeploymentSet")
                    && (one.context.is_empty() || one.context == other.context)
            };
            let request = other.request().map_err(|error| TestCaseError::fail(error.to_string()))?;
            let is_asked_for = needed.iter().any(is_like);
            prop_assert_eq!(policy.evaluate(&request).is_allow(), is_asked_for, "{}\n{}", other.to_json(), policy);
        }
    }
}
