//! A decision of a policy and of a set of policies allocates nothing, whether the policy was
//! compiled, read or bound.
//!
//! A binary of its own, because it counts what the whole program allocates. `Authorizer` claims
//! nothing of the kind: it writes down the ARN of its caller.

use std::alloc::System;
use std::error::Error;
use std::hint::black_box;

use ram_policy::key::{acs, ecs};
use ram_policy::template::Name;
use ram_policy::{
    Decision, Ecs, Policy, PolicySet, PolicyTemplate, Request, RequestAction, policy,
};
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

const TEMPLATE: PolicyTemplate = policy!(<owner> {
    "Version": "1",
    "Statement": [
        { "Effect": "Deny", "Action": "ecs:Delete*", "Resource": "acs:ecs:*:*:instance/*-prod" },
        {
            "Effect": "Allow",
            "Action": ["ecs:StopInstance", "ecs:DeleteInstance"],
            "Resource": "acs:ecs:*:*:instance/*",
            "Condition": { "StringEquals": { "ecs:tag/owner": "<owner>" } }
        }
    ]
});

/// What a decision allocated, and the decision.
fn counted(decide: impl FnOnce() -> Decision) -> (usize, Decision) {
    let region = Region::new(ALLOCATOR);
    let decision = decide();
    let change = region.change();
    (change.allocations + change.reallocations, decision)
}

#[test]
fn a_decision_allocates_nothing() -> Result<(), Box<dyn Error>> {
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
    let read = Policy::from_json_lenient(POLICY.to_json())?.policy;
    let bound = TEMPLATE.bind([("owner", Name::new("zhangsan")?.into())])?;
    let set: PolicySet = [&POLICY, &read, &bound].into_iter().collect();
    for (request, decision) in expected {
        let deciders: [(&str, &dyn Fn() -> Decision); 3] = [
            ("compiled", &|| black_box(POLICY).evaluate(black_box(request))),
            ("read", &|| black_box(&read).evaluate(black_box(request))),
            ("set", &|| black_box(&set).evaluate(black_box(request))),
        ];
        for (name, decide) in deciders {
            assert_eq!(counted(decide), (0, decision), "{name}: {request}");
        }
    }
    for (request, decision) in [
        (&stop, Decision::Allow { statement: 1 }),
        (&delete, Decision::ExplicitDeny { statement: 0 }),
        (&unlisted, Decision::ImplicitDeny),
    ] {
        let found = counted(|| black_box(&bound).evaluate(black_box(request)));
        assert_eq!(found, (0, decision), "bound: {request}");
    }
    // The counter counts.
    let (allocations, _) = counted(|| {
        drop(black_box(Box::new(5)));
        Decision::ImplicitDeny
    });
    assert!(allocations > 0);
    Ok(())
}
