//! Types of requests, wherever an item may be, under any names.

#![deny(warnings, missing_docs)]

use ram_policy::request_for;

request_for! {
    /// Stops servers.
    pub const STOP;
    /// A request to stop one.
    #[derive(PartialEq)]
    pub struct Stopping;

    allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8" and acs::MFAPresent == true;
}

mod shadowed {
    #![allow(non_camel_case_types, dead_code, missing_docs)]

    struct Option;
    struct Result;
    struct str;
    struct bool;
    trait From {}
    trait TryInto {}

    ram_policy::request_for! {
        pub(crate) const NO_KEYS;
        pub(crate) struct Any;

        allow ecs::Describe* on *;
    }
}

/// All tokens as they are.
macro_rules! declare {
    ($policy:ident $request:ident { $($tokens:tt)* }) => {
        request_for! {
            const $policy;
            struct $request;
            $($tokens)*
        }
    };
}

declare! { PASSED_ON PassedOn { #![allow(deny_without_key)] deny * on * when ecs::tag["a"] != "b"; } }

fn main() {
    ram_policy::request_for! {
        const LOCAL;
        struct Local;
        "Version": "1",
        "Statement": [{
          "Effect": "Allow",
          "Action": "ecs:StopInstance",
          "Resource": "*",
          "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } }
        }]
    }
    let request = Stopping { source_ip: Some([10, 0, 0, 1].into()), mfa_present: Some(true) };
    assert!(request.evaluate("ecs:StopInstance", "*").is_ok_and(|decision| decision.is_allow()));
    assert!(shadowed::Any {}.evaluate("ecs:DescribeDisks", "*").is_ok_and(|one| one.is_allow()));
    assert!(PassedOn { ecs_tag_a: None }.evaluate("ecs:StopInstance", "*").is_ok());
    assert!(Local { source_ip: None }.to_request("ecs:StopInstance", "*").is_ok());
    println!("{STOP}{PASSED_ON}{LOCAL}{}", shadowed::NO_KEYS);
}
