//! Inputs that once showed a mistake, one row each.

use ram_policy_fuzzed::target;

/// `name: target, bytes;` is a test of that name.
macro_rules! inputs {
    ($($name:ident: $target:literal, $bytes:literal;)*) => {
        $(#[test]
        fn $name() {
            (target($target).unwrap().run)($bytes);
        })*
    };
}

inputs! {
    an_empty_input: "json", b"";
}
