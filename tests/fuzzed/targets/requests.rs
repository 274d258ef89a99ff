//! Requests from JSON and from ActionTrail events.

use std::io::{self, Read, Write as _};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use ram_policy::{OwnedRequest, OwnedRequestError, Policy, policy};
use ram_policy_batch::{Record, Records};

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
            for mut request in requests.into_iter().take(20) {
                // No part of the JSON form.
                request.called = None;
                is_good(&request);
            }
        }
        Err(error) => is_shown(&error, bytes),
    }
}

/// However a log is packed and however little of it comes at a time, its records are the same; each is
/// one that is read by itself.
pub(super) fn logs(bytes: &[u8]) {
    let found = records(bytes);
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return;
    }
    assert_eq!(records(&packed(bytes)[..]), found);
    assert_eq!(records(Slowly(bytes)), found);
    let mut last = 0;
    for Record { line, requests, .. } in found.into_iter().flatten() {
        assert!(line > last, "{line} behind {last}");
        last = line;
        match requests {
            Ok(requests) => assert!(!requests.is_empty()),
            Err(wrong) => super::assert_can_be_shown(&wrong.to_string()),
        }
    }
}

/// The records, as far as the log can be read.
fn records(log: impl Read) -> Option<Vec<Record>> {
    Records::new(log).collect::<Result<_, _>>().ok()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a vector takes it");
    encoder.finish().expect("a vector takes it")
}

/// Gives a few bytes at a time.
struct Slowly<'t>(&'t [u8]);

impl Read for Slowly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let some = buffer.len().min(3);
        self.0.read(buffer.get_mut(..some).unwrap_or_default())
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
