//! Requests from JSON and from ActionTrail events.

use std::sync::LazyLock;

use ram_policy::{OwnedRequest, OwnedRequestError, Policy, policy};

/// Policies that look at everything a request has.
static POLICIES: LazyLock<[Policy; 3]> = LazyLock::new(|| {
    [
        policy! {
            #![allow(star_on_star, deny_without_key, ip_everything)]
            allow * on *;
            deny ecs::* on "acs:ecs:cn-*:*:instance/i-*" when acs::SourceIp not in ["10.0.0.0/8", "::/0"];
        },
        policy! { allow ecs::*Instance on * when ecs::tag["owner"] like "a*" and acs::MFAPresent == true; },
        policy! { allow unlisted "bss:*", ecs::Describe* on * when acs::CurrentTime < "2026-11-22T09:00:00Z"; },
    ]
});

/// A line that is read is written as a line that is read as the same, and decided the same.
pub(super) fn run(bytes: &[u8]) {
    match OwnedRequest::from_json(bytes) {
        Ok(request) => is_good(&request),
        Err(error) => is_shown(&error, bytes),
    }
}

/// The same for each request of an event.
pub(super) fn action_trail(bytes: &[u8]) {
    match OwnedRequest::from_action_trail(bytes) {
        Ok(requests) => {
            assert!(!requests.is_empty());
            for request in requests.iter().take(20) {
                is_good(request);
            }
        }
        Err(error) => is_shown(&error, bytes),
    }
}

fn is_shown(error: &OwnedRequestError, bytes: &[u8]) {
    super::assert_can_be_shown(&error.to_string());
    if let OwnedRequestError::Form { at, .. } = error {
        assert!(*at <= bytes.len(), "{error}");
    }
}

fn is_good(request: &OwnedRequest) {
    let line = request.to_json();
    assert_eq!(OwnedRequest::from_json(&line).as_ref(), Ok(request), "{line}");
    assert!(!line.contains(['\n', '\r']), "{line:?}");
    let Ok(asked) = request.request_unlisted() else {
        assert!(request.request().is_err(), "{line}");
        return;
    };
    super::assert_can_be_shown(&asked.action().to_string());
    let again = OwnedRequest::from(&asked);
    let asked_again = again.request_unlisted();
    for policy in POLICIES.iter() {
        let decision = policy.evaluate(&asked);
        assert_eq!(policy.evaluate_by_name(&asked), decision, "{line}");
        let again = asked_again.as_ref().map(|asked| policy.evaluate(asked));
        assert_eq!(again, Ok(decision), "{line}");
    }
}
