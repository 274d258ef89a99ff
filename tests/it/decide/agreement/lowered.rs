//! What a value that cannot be read does in everything a macro compiles: what it does in the same
//! document read at run time.

use std::error::Error;

use ram_policy::PolicyTemplate;
use ram_policy::template::Name;
use ram_policy::{
    Caller, Checker, Decision, Level, Levels, Policy, Request, RequestAction, ServiceLinkedRole,
    TrustPolicy, policy, policy_file, service_linked_role, trust_policy,
};

/// Addresses to ask with, and none.
const GIVEN: [Option<&str>; 4] = [None, Some("10.0.0.1"), Some("192.168.0.1"), Some("2001:db8::1")];

fn stop(address: Option<&str>) -> Result<Request<'_>, ram_policy::RequestError> {
    let request = Request::new("ecs:StopInstance", "*")?;
    address.map_or(Ok(request.clone()), |address| request.with_named("acs:SourceIp", address))
}

fn read(json: &str) -> Result<Policy, Box<dyn Error>> {
    Ok(Policy::from_json_lenient(json)?.policy)
}

/// As `convert --to rust` writes it, with what it denies claimed.
const INSIDE: Policy = policy! {
    #![warn(invalid_value)]
    allow ecs::* on *;
    deny ecs::* on * when acs::SourceIp in ["10.0.0.0/8", "192.168.0.0/33"];
    allows ecs::StopInstance on *;
    denies ecs::StopInstance on * with { acs::SourceIp: "10.0.0.1" };
    denies ecs::StopInstance on * with { acs::SourceIp: "192.168.0.1" };
    denies ecs::StopInstance on * with { acs::SourceIp: "2001:db8::1" };
};

/// The statements as a document in the macro.
const AS_JSON: Policy = policy! {
    #![allow(invalid_value)]
    "Version": "1",
    "Statement": [
        { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
        { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
          "Condition": { "NotIpAddress": { "acs:SourceIp": ["192.168.0.0/33", "10.0.0.0/8"] } } }
    ]
};

const FROM_FILE: Policy =
    policy_file!(#![allow(invalid_value)] "it/decide/agreement/unreadable.json");

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForMqttTunnel,
    policy: AliyunServiceRolePolicyForMqttTunnel,
    service: none,
    permissions: {
        #![allow(invalid_value)]
        allow ecs::* on * when acs::SourceIp in ["10.0.0.0/8", "x", "192.168.0.0/16"];
        allow ecs::StopInstance on * when acs::SourceIp not in "10.0.0.0/8x";
    },
};

#[test]
fn identity_policies_decide_as_read() -> Result<(), Box<dyn Error>> {
    for (name, policy) in [
        ("claimed", &INSIDE),
        ("as JSON", &AS_JSON),
        ("from a file", &FROM_FILE),
        ("of a role", ROLE.permissions()),
    ] {
        let read = read(&policy.to_json())?;
        for address in GIVEN {
            let request = stop(address)?;
            assert_eq!(policy.evaluate(&request), read.evaluate(&request), "{name}: {address:?}");
        }
    }
    // What was claimed while compiling is so.
    for address in GIVEN {
        let expected = match address {
            None => Decision::Allow { statement: 0 },
            Some(_) => Decision::ExplicitDeny { statement: 1 },
        };
        assert_eq!(INSIDE.evaluate(&stop(address)?), expected, "{address:?}");
    }
    Ok(())
}

#[test]
fn actions_that_the_catalogue_does_not_have_are_decided_alike() -> Result<(), Box<dyn Error>> {
    let policy = policy! {
        #![allow(invalid_value, star_on_star)]
        allow * on *;
        deny * except ecs::Describe* on * when acs::CurrentTime >= ["2026-01-01", "2026-01-01T00:00:00Z"];
    };
    let read = read(&policy.to_json())?;
    for action in ["new:Thing", "ecs:StopInstance", "ecs:DescribeInstances"] {
        for time in [None, Some("2025-01-01T00:00:00Z"), Some("2027-01-01T00:00:00Z")] {
            let request = Request::new(RequestAction::unlisted(action)?, "*")?;
            let request = match time {
                Some(time) => request.with_named("acs:CurrentTime", time)?,
                None => request,
            };
            assert_eq!(policy.evaluate(&request), read.evaluate(&request), "{action}: {time:?}");
        }
    }
    Ok(())
}

#[test]
fn trust_policies_decide_as_read() -> Result<(), Box<dyn Error>> {
    let trusts: [TrustPolicy; 3] = [
        trust_policy! {
            #![allow(invalid_value)]
            allow sts::AssumeRole by service "ecs.aliyuncs.com";
            deny sts::AssumeRole by service "ecs.aliyuncs.com" when acs::SourceIp in ["10.0.0.0/33", "10.0.0.0/8"];
        },
        trust_policy! {
            #![allow(invalid_value)]
            allow sts::AssumeRole by service "ecs.aliyuncs.com" when acs::SourceIp in ["10.0.0.0/8", "10.0.0.0/33"];
        },
        trust_policy! {
            #![allow(invalid_value)]
            allow sts::AssumeRole by service "ecs.aliyuncs.com" when acs::SourceIp not in "10.0.0.0/33";
        },
    ];
    let levels = Levels::new().with("invalid_value", Level::Allow)?;
    let caller = Caller::Service { principal: "ecs.aliyuncs.com" };
    for trust in &trusts {
        let read = TrustPolicy::from_json_with(
            trust.to_json(),
            &Checker::new().with_levels(levels.clone()),
        )?
        .policy;
        for address in GIVEN {
            let request = Request::new("sts:AssumeRole", "*")?;
            let request = match address {
                Some(address) => request.with_named("acs:SourceIp", address)?,
                None => request,
            };
            let (compiled, read) =
                (trust.evaluate(caller, &request), read.evaluate(caller, &request));
            assert_eq!(compiled, read, "{trust:?}: {address:?}");
        }
    }
    Ok(())
}

#[test]
fn a_bound_template_decides_as_read() -> Result<(), Box<dyn Error>> {
    const TEMPLATE: PolicyTemplate = policy! {
        #![allow(invalid_value)]
        <id>
        allow ecs::* on *;
        deny ecs::* on "*" when acs::SourceIp in ["10.0.0.0/33", "10.0.0.0/8"] and ecs::tag["id"] != "{id}";
    };
    let bound = TEMPLATE.bind([("id", Name::new("i-1")?.into())])?;
    let read = read(&bound.to_json())?;
    for address in GIVEN {
        let request = stop(address)?;
        assert_eq!(bound.evaluate(&request), read.evaluate(&request), "{address:?}");
        assert_eq!(bound.evaluate(&request).is_allow(), address.is_none(), "{address:?}");
    }
    Ok(())
}

/// No request has an empty name, account or service, so that this allows nothing at all.
const NOTHING: Policy = policy! { allow ecs::StopInstance on *; deny * on "acs:*:*:*:?*"; };
const OBJECTS: Policy = policy! { allow oss::GetObject on *; };
ram_policy::assert_within!(const NOTHING, OBJECTS);

/// What cannot be read is allowed on neither side.
const UNREAD: Policy = policy! {
    #![allow(invalid_value)]
    allow ecs::StopInstance on * when acs::SourceIp in ["10.0.0.0/8", "192.168.0.0/33"];
};
ram_policy::assert_within!(const UNREAD, UNREAD);
ram_policy::assert_within!(const UNREAD, OBJECTS);
ram_policy::assert_never!(const UNREAD, ecs::*);
ram_policy::assert_never!(const INSIDE, ecs::* when acs::SourceIp in "0.0.0.0/0");

/// What no request gets is not granted either.
#[test]
fn what_cannot_be_read_grants_nothing() -> Result<(), Box<dyn Error>> {
    const DENIED: Policy = policy! {
        #![allow(invalid_value)]
        allow ecs::{StartInstance, StopInstance} on *;
        deny ecs::StopInstance on * when acs::SourceIp not in "10.0.0.0/33";
        allow oss::GetObject on * when acs::CurrentTime < "2027";
        allow oss::PutObject on * when acs::CurrentTime DateNotEquals "2027";
    };
    for policy in [DENIED, read(&DENIED.to_json())?] {
        for (action, expected) in [
            ("ecs:StartInstance", true),
            ("ecs:StopInstance", false),
            ("oss:GetObject", false),
            ("oss:PutObject", true),
        ] {
            let id = RequestAction::unlisted(action)?.id().ok_or(action)?;
            assert_eq!(policy.grants(id), expected, "{action}");
            let allowed = policy.evaluate(&Request::new(action, "*")?).is_allow();
            assert_eq!(allowed, expected, "{action}");
        }
    }
    Ok(())
}
