//! Decides requests in a program that has no allocator: no `std`, no `alloc`, no `#[global_allocator]`.
//!
//! That this builds is the proof. `cargo test` builds the same decisions with a test runner and asks
//! them.

#![cfg_attr(not(test), no_std)]

use ram_policy::key::{acs, ecs};
use ram_policy::{
    Caller, Decision, Ecs, Policy, Request, RequestError, ServiceLinkedRole, TrustPolicy,
    assert_grants, policy, service_linked_role, trust_policy,
};

/// What operators may do.
pub const OPERATORS: Policy = policy! {
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
        when acs::SourceIp in "10.0.0.0/8" and ecs::tag["owner"] == ["a", "b"];
    deny ecs::Delete* on *;
};

assert_grants!(OPERATORS, Ecs::StopInstance);

/// The same, and looking at servers.
pub const VIEWERS: Policy = policy! { include OPERATORS; allow every list of ecs on *; };

assert_grants!(VIEWERS, Ecs::StopInstance, Ecs::DescribeInstances);

/// The document, part of the program.
pub const DOCUMENT: Option<&str> = OPERATORS.as_json();

/// Who may assume a role.
pub const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com";
};

/// A role that a service assumes.
pub const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: { allow cms::DescribeMonitorGroups on *; },
};

/// Decides a request that is made by types and by names.
///
/// # Errors
///
/// An action, a resource or a value that is not one, or more values than a request holds.
pub fn decide(action: &str, resource: &str, address: &str) -> Result<Decision, RequestError> {
    let request = Request::new(action, resource)?
        .try_with(ecs::tag.of("owner"), "b")?
        .try_with(acs::MFAPresent, true)?
        .with_named("acs:SourceIp", address)?
        .with_named("acs:CurrentTime", "2026-11-22T09:00:00Z")?;
    Ok(OPERATORS.evaluate(&request))
}

/// Decides whether a service may assume the role of [`TRUST`].
///
/// # Errors
///
/// None.
pub fn trusts(principal: &str) -> Result<Decision, RequestError> {
    let request = Request::new("sts:AssumeRole", "acs:ram::1:role/web")?;
    Ok(TRUST.evaluate(Caller::Service { principal }, &request))
}

/// Adds a value as often as asked.
///
/// # Errors
///
/// More values than a request holds.
pub fn with_values(number: usize) -> Result<Decision, RequestError> {
    let mut request = Request::new(Ecs::StopInstance, "*")?;
    for _ in 0..number {
        request = request.try_with_unchecked("acs:SourceIp", "10.0.0.1")?;
    }
    Ok(ROLE.permissions().evaluate(&request))
}

#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTANCE: &str = "acs:ecs:cn-hangzhou:1:instance/i-1";

    #[test]
    fn decides_as_with_an_allocator() {
        let allowed = Ok(Decision::Allow { statement: 0 });
        let denied = Ok(Decision::ExplicitDeny { statement: 1 });
        let no = Ok(Decision::ImplicitDeny);
        for (name, action, resource, address, expected) in [
            ("allowed", "ecs:StopInstance", INSTANCE, "10.0.0.1", allowed),
            ("any case", "ecs:stopinstance", INSTANCE, "10.0.0.1", allowed),
            ("address", "ecs:StopInstance", INSTANCE, "11.0.0.1", no),
            ("region", "ecs:StopInstance", "acs:ecs:cn-beijing:1:instance/i-1", "10.0.0.1", no),
            ("denied", "ecs:DeleteInstance", INSTANCE, "10.0.0.1", denied),
            ("action", "ecs:StopInstanc", INSTANCE, "10.0.0.1", Err(RequestError::UnknownAction)),
        ] {
            assert_eq!(decide(action, resource, address), expected, "{name}");
        }
        let misspelt = Request::new(Ecs::StopInstance, "*")
            .and_then(|request| request.with_named("acs:SourceIP", "10.0.0.1"));
        assert_eq!(misspelt.err(), Some(RequestError::UnknownKey));
        assert_eq!(trusts("ecs.aliyuncs.com"), allowed);
        assert_eq!(trusts("oss.aliyuncs.com"), no);
    }

    #[test]
    fn a_value_too_many_is_an_error() {
        assert_eq!(with_values(16), Ok(Decision::ImplicitDeny));
        assert_eq!(with_values(17), Err(RequestError::TooManyValues));
    }

    #[test]
    fn the_document_is_part_of_the_program() {
        assert!(DOCUMENT.is_some_and(|text| text.starts_with(r#"{"Version":"1","Statement":["#)));
        assert!(TRUST.as_json().is_some_and(|text| text.contains("ecs.aliyuncs.com")));
    }
}
