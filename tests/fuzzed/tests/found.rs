//! Inputs that once showed a mistake, one row each.

use ram_policy_fuzzed::target;

/// `name: target, bytes;` is a test of that name.
macro_rules! inputs {
    ($($name:ident: $target:literal, $bytes:literal;)*) => {
        $(#[test]
        fn $name() {
            target($target).unwrap().run($bytes);
        })*
    };
}

inputs! {
    a_sign_between_date_and_time: "operands",
        b"2016-12-31\x0323:59:59Z\n2016-12-31T23:59:60Z";
    a_code_that_no_arn_has: "requests", b"{\"action\":\"/sss:GetObject\"}";
    a_service_that_no_arn_has: "action_trail",
        b"{\"serviceName\":\"St/\",\"eventName\":\"AssumeRole\"}";
    a_member_that_moves_the_cursor: "requests", b"{\"re\\u0000source\":\"*\"}";
    statements_alone_in_another_form: "rust",
        b"const P: Policy = policy! { allow ecs::StopInstance on *; statements only; };";
}
