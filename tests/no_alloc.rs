//! A decision allocates nothing.
//!
//! A binary of its own, because it counts what the whole program allocates.

use std::alloc::System;
use std::hint::black_box;

use ram_policy::key::{acs, ecs};
use ram_policy::{Decision, Ecs, Policy, Request, RequestAction, policy};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const POLICY: Policy = policy! {
    #![allow(deny_without_key)]
    deny ecs::Delete* on "acs:ecs:*:*:instance/*-prod" when ecs::tag["owner"] not like ["a*", "?b"];
    allow ecs::{StopInstance, DeleteInstance} on ["acs:ecs:cn-hangzhou:*:instance/*", "acs:ecs:cn-b*:1:*"]
        when acs::SourceIp in ["10.0.0.0/8", "2001:db8::/32"]
        and acs::CurrentTime < "2030-01-01T00:00:00Z"
        and acs::MFAPresent == true
        and ecs::VolumeSize < 5;
    allow unlisted "bss:*" on *;
};

#[test]
fn a_decision_allocates_nothing() -> Result<(), ram_policy::RequestError> {
    let arn = "acs:ecs:cn-hangzhou:1:instance/i-prod";
    let stop = Request::new(Ecs::StopInstance, arn)?
        .with(acs::SourceIp, [10, 0, 0, 1].into())
        .with_named("acs:CurrentTime", "2026-11-22T09:00:00Z")?
        .with(acs::MFAPresent, true)
        .with_unchecked("ecs:VolumeSize", "4.5")
        .with(ecs::tag.of("owner"), "zhangsan");
    let delete = Request::new(Ecs::DeleteInstance, arn)?.with(ecs::tag.of("owner"), "zhangsan");
    let malformed = Request::new(Ecs::StopInstance, arn)?.with_unchecked("acs:SourceIp", "garbage");
    let unlisted = Request::new(RequestAction::unlisted("bss:DescribeBill")?, "*")?;
    let other = Request::new(Ecs::RunInstances, arn)?;
    let expected = [
        (&stop, Decision::Allow { statement: 1 }),
        (&delete, Decision::ExplicitDeny { statement: 0 }),
        (&malformed, Decision::ImplicitDeny),
        (&unlisted, Decision::Allow { statement: 2 }),
        (&other, Decision::ImplicitDeny),
    ];
    for (request, decision) in expected {
        let region = Region::new(ALLOCATOR);
        let found = black_box(POLICY).evaluate(black_box(request));
        let change = region.change();
        assert_eq!(found, decision, "{request}");
        assert_eq!(change.allocations + change.reallocations, 0, "{request}");
    }
    // The counter counts.
    let region = Region::new(ALLOCATOR);
    drop(black_box(Box::new(5)));
    assert!(region.change().allocations > 0);
    Ok(())
}
