//! Every evaluator that a policy made at run time has, beside the reference.

use crate::agree::Compared;
use crate::choices::Choices;
use crate::generate;

/// A policy made of choices and up to forty requests.
pub(super) fn run(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let document = generate::document(&mut choices);
    let policy = Compared::new(document);
    for _ in 0..40 {
        let asked = generate::asked(&mut choices);
        policy.assert_agreed(&asked);
        policy.assert_told(&asked);
        if choices.is_empty() {
            break;
        }
    }
}
