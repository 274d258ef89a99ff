//! What is off says which feature to add: a typed action of a service, a claim that needs proofs. A
//! policy needs no feature.

use trybuild::TestCases;

#[test]
fn a_service_that_is_off_names_its_feature() {
    TestCases::new().compile_fail("ui/service-that-is-off.rs");
}

#[test]
fn claims_about_all_requests_name_their_feature() {
    TestCases::new().compile_fail("ui/claim-without-proofs.rs");
}

#[test]
fn a_policy_needs_no_feature() {
    TestCases::new().pass("ui/policy-without-features.rs");
}
