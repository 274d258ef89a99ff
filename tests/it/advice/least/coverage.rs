//! Which statements the requests of a test suite decide.

use std::sync::LazyLock;

use ram_policy::{Coverage, Decision, Policy, Request, RequestError, policy};

const POLICY: Policy = policy! {
    allow ecs::{StartInstance, StopInstance} on *;
    allow ecs::StopInstance on "acs:ecs:*:*:instance/i-1";
    deny ecs::StopInstance on "acs:ecs:*:*:instance/i-database";
};

static SHARED: LazyLock<Coverage> = LazyLock::new(|| Coverage::of(&POLICY));

fn stop(resource: &str) -> Result<Request<'_>, RequestError> {
    Request::new("ecs:StopInstance", resource)
}

#[test]
fn what_has_decided_is_counted() -> Result<(), RequestError> {
    let coverage = Coverage::of(&POLICY);
    assert_eq!((coverage.requests(), coverage.undecided()), (0, vec![0, 1, 2]));
    assert_eq!(
        coverage.exercised(),
        Some(policy! { deny ecs::StopInstance on "acs:ecs:*:*:instance/i-database"; })
    );
    // Both allow it, the first decides.
    let decision = coverage.evaluate(&stop("acs:ecs:cn-hangzhou:1:instance/i-1")?);
    assert_eq!(decision, Decision::Allow { statement: 0 });
    coverage.evaluate(&Request::new("oss:GetObject", "*")?);
    assert_eq!((coverage.requests(), coverage.counts()), (2, vec![1, 0, 0]));
    let second =
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"acs:ecs:*:*:instance/i-1"}"#;
    let third = r#"{"Effect":"Deny","Action":"ecs:StopInstance","Resource":"acs:ecs:*:*:instance/i-database"}"#;
    assert_eq!(
        coverage.to_string(),
        format!(
            "1 of 3 statements decided, 2 requests\nstatement 1 decided none: {second}\nstatement 2 decided none: {third}"
        ),
    );
    coverage.evaluate(&stop("acs:ecs:cn-hangzhou:1:instance/i-database")?);
    assert_eq!(coverage.undecided(), [1]);
    let without = policy! {
        allow ecs::{StartInstance, StopInstance} on *;
        deny ecs::StopInstance on "acs:ecs:*:*:instance/i-database";
    };
    assert_eq!(coverage.exercised(), Some(without));
    Ok(())
}

#[test]
fn threads_count_together() -> Result<(), RequestError> {
    let request = stop("acs:ecs:cn-hangzhou:1:instance/i-1")?;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1_000 {
                    assert!(SHARED.evaluate(&request).is_allow());
                }
            });
        }
    });
    assert_eq!(SHARED.counts(), [4_000, 0, 0]);
    Ok(())
}
