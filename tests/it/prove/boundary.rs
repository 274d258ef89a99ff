//! A proof is about every request: each of these survives 100,000 of them near its patterns.

use ram_policy::{Policy, Proof, RequestError};

use super::requests::near;

const REQUESTS: usize = 100_000;

fn survives(narrow: &Policy, wide: &Policy) -> Result<(), RequestError> {
    assert_eq!(narrow.within(wide), Proof::Yes);
    let (mut asked, mut allowed, mut refused) = (0, 0, 0);
    for request in near(&[narrow, wide], 2 * REQUESTS) {
        let Ok(request) = request.request_unlisted() else { continue };
        if asked == REQUESTS {
            break;
        }
        asked += 1;
        let is_allowed = narrow.evaluate(&request).is_allow();
        allowed += usize::from(is_allowed);
        refused += usize::from(!wide.evaluate(&request).is_allow());
        assert!(!is_allowed || wide.evaluate(&request).is_allow(), "{request}");
    }
    assert_eq!(asked, REQUESTS);
    // Requests on both sides of the boundary, or nothing would have been tried.
    assert!(allowed > REQUESTS / 1_000 && refused > REQUESTS / 1_000, "{allowed} {refused}");
    Ok(())
}

macro_rules! boundaries {
    ($($name:ident: { $($narrow:tt)* } within { $($wide:tt)* };)*) => {
        $(#[test]
        fn $name() -> Result<(), RequestError> {
            survives(&ram_policy::policy! { $($narrow)* }, &ram_policy::policy! { $($wide)* })
        })*
    };
}

boundaries! {
    actions: { allow ecs::{Stop*Instance, DescribeInstanc?s} on *; }
        within { allow ecs::S*p*, ecs::Describe* on *; deny ecs::StopInvocation on *; };
    all_but_some_actions: { allow * except ram::*, ecs::Stop*, ims::* on *; deny ecs::Start* on *; }
        within { allow * except ram::*, ecs::StopInstance on *; };
    fields_of_resources: { allow oss::* on "acs:oss:cn-*:1*:a*/b*.txt", "acs:oss:*:*:?b"; }
        within { allow oss::* on "acs:oss:*:*:a*b*", "acs:oss:*:*:??"; deny oss::* on "acs:oss:*:*:???"; };
    denials: { allow ecs::* on *; deny * except ecs::Stop*, ecs::Describe* on *;
               deny ecs::* on "acs:ecs:cn-beijing:*:*"; }
        within { allow ecs::Describe* on *; allow ecs::Stop* on *; };
    text: { allow ecs::* on * when acs::UserAgent like ["a*b", "cli/?"] and ecs::tag["a"] != "x"; }
        within { allow ecs::* on * when acs::UserAgent like ["a*", "cli/*"];
                 deny ecs::* on * when ecs::tag["a"] == "x"; };
    addresses_and_instants: {
            allow ecs::* on * when acs::SourceIp in ["10.0.0.0/9", "11.0.0.0/8"] and acs::SourceIp not in "10.1.0.0/16"
                and acs::CurrentTime < "2026-01-01T00:00:00Z"; }
        within {
            allow ecs::* on * when acs::SourceIp in "10.0.0.0/7" and acs::CurrentTime <= "2026-01-01T00:00:00Z";
            deny ecs::* on * when acs::SourceIp in "10.1.0.1"; };
}
