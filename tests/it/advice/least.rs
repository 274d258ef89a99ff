//! The least policy for requests, what of a policy they use, and which statements they decide.

#![allow(clippy::panic, reason = "an answer of the wrong kind fails the test")]

mod coverage;
mod privilege;
mod usage;

use ram_policy::OwnedRequest;

/// A request with condition values.
fn request(action: &str, resource: &str, context: &[(&str, &str)]) -> OwnedRequest {
    let mut request = OwnedRequest::new(action, resource);
    for (key, value) in context {
        request.context.push(((*key).to_owned(), vec![(*value).to_owned()]));
    }
    request
}
