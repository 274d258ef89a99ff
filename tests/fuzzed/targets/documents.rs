//! Two documents as people write them, behind each other: proofs about them, and every way to decide.

use ram_policy::{Policy, PolicySet};

use super::proofs;
use crate::agree::in_words;
use crate::near::near;

pub(super) fn run(bytes: &[u8]) {
    let Some(text) = super::text(bytes).filter(|text| text.len() <= 6_000) else { return };
    let mut read = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    let Some(Ok(_)) = read.next() else { return };
    let (first, second) = text.split_at(read.byte_offset());
    let Ok(left) = Policy::from_json_lenient(first) else { return };
    let left = left.policy;
    let right =
        Policy::from_json_lenient(second).map_or_else(|_| left.normalised(), |read| read.policy);
    proofs::holds(&left, &right, 20);
    proofs::shorter_is_the_same(&left);
    let set: PolicySet = [&left, &right].into_iter().collect();
    // What is too long together is no policy.
    let Ok(merged) = Policy::merged([&left, &right]) else { return };
    for request in near(&[&left, &right], 20) {
        let Ok(request) = request.request_unlisted() else { continue };
        for policy in [&left, &right] {
            let decision = policy.evaluate(&request);
            assert_eq!(policy.evaluate_by_name(&request), decision, "{request}\n{policy}");
            assert_eq!(policy.explain(&request).decision, decision, "{request}\n{policy}");
            let normalised = policy.normalised().evaluate(&request);
            assert_eq!(normalised.is_allow(), decision.is_allow(), "{request}\n{policy}");
        }
        // What stands in both stands in the merged one once.
        let [set, merged] = [set.evaluate(&request), merged.evaluate(&request)]
            .map(|decision| in_words(decision).0);
        assert_eq!(set, merged, "{request}\n{left}\n{right}");
    }
}
