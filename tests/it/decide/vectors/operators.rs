//! Every one of the 21 condition operators: a match, no match, no key, the boundary, several
//! values in the policy (any one matches) and in the request (a positive operator needs one of
//! them to match, a negated one needs none to).
//!
//! RAM's documents name no condition key with a number; `ecs:Bandwidth` stands for one.

use super::Expected::{Allow, ExplicitDeny, ImplicitDeny};

policies! {
    STRING_EQUALS: {
        allow ecs::* on * when acs::UserAgent == ["console", "cli"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringEquals": { "acs:UserAgent": ["console", "cli"] } } }]
    }
    STRING_NOT_EQUALS: {
        allow ecs::* on * when acs::UserAgent != ["console", "cli"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringNotEquals": { "acs:UserAgent": ["console", "cli"] } } }]
    }
    STRING_EQUALS_IGNORE_CASE: {
        allow ecs::* on * when acs::UserAgent StringEqualsIgnoreCase ["console", "größe"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringEqualsIgnoreCase": { "acs:UserAgent": ["console", "größe"] } } }]
    }
    STRING_NOT_EQUALS_IGNORE_CASE: {
        allow ecs::* on * when acs::UserAgent StringNotEqualsIgnoreCase ["console", "cli"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringNotEqualsIgnoreCase": { "acs:UserAgent": ["console", "cli"] } } }]
    }
    STRING_LIKE: {
        allow ecs::* on * when acs::UserAgent like ["cli/?.*", "con*ole"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringLike": { "acs:UserAgent": ["cli/?.*", "con*ole"] } } }]
    }
    STRING_LIKE_ANY: {
        allow ecs::* on * when acs::UserAgent like "*";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringLike": { "acs:UserAgent": "*" } } }]
    }
    STRING_LIKE_EMPTY: {
        allow ecs::* on * when acs::UserAgent like "";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringLike": { "acs:UserAgent": "" } } }]
    }
    STRING_LIKE_TWO_CHARACTERS: {
        allow ecs::* on * when acs::UserAgent like "??";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringLike": { "acs:UserAgent": "??" } } }]
    }
    STRING_NOT_LIKE: {
        allow ecs::* on * when acs::UserAgent not like ["cli/*", "console"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringNotLike": { "acs:UserAgent": ["cli/*", "console"] } } }]
    }

    NUMERIC_EQUALS: {
        allow ecs::* on * when ecs::Bandwidth == [5, -0.5];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericEquals": { "ecs:Bandwidth": ["5", "-0.5"] } } }]
    }
    NUMERIC_EQUALS_LARGE: {
        allow ecs::* on * when ecs::Bandwidth == 9007199254740993;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericEquals": { "ecs:Bandwidth": "9007199254740993" } } }]
    }
    NUMERIC_EQUALS_TENTHS: {
        allow ecs::* on * when ecs::Bandwidth == 0.3;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericEquals": { "ecs:Bandwidth": "0.3" } } }]
    }
    NUMERIC_NOT_EQUALS: {
        allow ecs::* on * when ecs::Bandwidth != [5, 10];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericNotEquals": { "ecs:Bandwidth": ["5", "10"] } } }]
    }
    NUMERIC_LESS_THAN: {
        allow ecs::* on * when ecs::Bandwidth < 10;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericLessThan": { "ecs:Bandwidth": "10" } } }]
    }
    NUMERIC_LESS_THAN_SEVERAL: {
        allow ecs::* on * when ecs::Bandwidth < [-1, 10];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericLessThan": { "ecs:Bandwidth": ["-1", "10"] } } }]
    }
    NUMERIC_LESS_THAN_EQUALS: {
        allow ecs::* on * when ecs::Bandwidth <= 10;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericLessThanEquals": { "ecs:Bandwidth": "10" } } }]
    }
    NUMERIC_LESS_THAN_EQUALS_SEVERAL: {
        allow ecs::* on * when ecs::Bandwidth <= [-1, 10];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericLessThanEquals": { "ecs:Bandwidth": ["-1", "10"] } } }]
    }
    NUMERIC_GREATER_THAN: {
        allow ecs::* on * when ecs::Bandwidth > 10;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericGreaterThan": { "ecs:Bandwidth": "10" } } }]
    }
    NUMERIC_GREATER_THAN_SEVERAL: {
        allow ecs::* on * when ecs::Bandwidth > [100, 10];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericGreaterThan": { "ecs:Bandwidth": ["100", "10"] } } }]
    }
    NUMERIC_GREATER_THAN_EQUALS: {
        allow ecs::* on * when ecs::Bandwidth >= 10;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericGreaterThanEquals": { "ecs:Bandwidth": "10" } } }]
    }
    NUMERIC_GREATER_THAN_EQUALS_SEVERAL: {
        allow ecs::* on * when ecs::Bandwidth >= [100, 10];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericGreaterThanEquals": { "ecs:Bandwidth": ["100", "10"] } } }]
    }

    DATE_EQUALS: {
        allow ecs::* on * when acs::CurrentTime
            DateEquals ["2026-11-22T17:00:00+08:00", "2026-12-24T00:00:00.5Z"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateEquals": {
                "acs:CurrentTime": ["2026-11-22T17:00:00+08:00", "2026-12-24T00:00:00.5Z"] } } }]
    }
    DATE_NOT_EQUALS: {
        allow ecs::* on * when acs::CurrentTime
            DateNotEquals ["2026-11-22T17:00:00+08:00", "2026-12-24T00:00:00Z"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateNotEquals": {
                "acs:CurrentTime": ["2026-11-22T17:00:00+08:00", "2026-12-24T00:00:00Z"] } } }]
    }
    DATE_LESS_THAN: {
        allow ecs::* on * when acs::CurrentTime < "2026-11-22T17:00:00+08:00";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateLessThan": { "acs:CurrentTime": "2026-11-22T17:00:00+08:00" } } }]
    }
    DATE_LESS_THAN_SEVERAL: {
        allow ecs::* on * when acs::CurrentTime < ["2026-01-01T00:00:00Z", "2026-11-22T09:00:00Z"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateLessThan": {
                "acs:CurrentTime": ["2026-01-01T00:00:00Z", "2026-11-22T09:00:00Z"] } } }]
    }
    DATE_LESS_THAN_EQUALS: {
        allow ecs::* on * when acs::CurrentTime <= "2026-11-22T17:00:00+08:00";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateLessThanEquals": {
                "acs:CurrentTime": "2026-11-22T17:00:00+08:00" } } }]
    }
    DATE_LESS_THAN_EQUALS_SEVERAL: {
        allow ecs::* on * when acs::CurrentTime <= ["2026-01-01T00:00:00Z", "2026-11-22T09:00:00Z"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateLessThanEquals": {
                "acs:CurrentTime": ["2026-01-01T00:00:00Z", "2026-11-22T09:00:00Z"] } } }]
    }
    DATE_GREATER_THAN: {
        allow ecs::* on * when acs::CurrentTime > "2026-11-22T09:00:00Z";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateGreaterThan": { "acs:CurrentTime": "2026-11-22T09:00:00Z" } } }]
    }
    DATE_GREATER_THAN_SEVERAL: {
        allow ecs::* on * when acs::CurrentTime > ["2026-12-31T00:00:00Z", "2026-11-22T09:00:00Z"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateGreaterThan": {
                "acs:CurrentTime": ["2026-12-31T00:00:00Z", "2026-11-22T09:00:00Z"] } } }]
    }
    DATE_GREATER_THAN_EQUALS: {
        allow ecs::* on * when acs::CurrentTime >= "2026-11-22T04:00:00-05:00";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateGreaterThanEquals": {
                "acs:CurrentTime": "2026-11-22T04:00:00-05:00" } } }]
    }
    DATE_GREATER_THAN_EQUALS_SEVERAL: {
        allow ecs::* on * when acs::CurrentTime >= ["2026-12-31T00:00:00Z", "2026-11-22T09:00:00Z"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateGreaterThanEquals": {
                "acs:CurrentTime": ["2026-12-31T00:00:00Z", "2026-11-22T09:00:00Z"] } } }]
    }

    BOOL_TRUE: {
        allow ecs::* on * when acs::SecureTransport == true;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "Bool": { "acs:SecureTransport": "true" } } }]
    }
    BOOL_FALSE: {
        allow ecs::* on * when acs::SecureTransport Bool "False";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "Bool": { "acs:SecureTransport": "False" } } }]
    }

    IP_ADDRESS: {
        allow ecs::* on * when acs::SourceIp in ["10.1.2.3/20", "192.0.2.7", "2001:db8::/32"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "IpAddress": {
                "acs:SourceIp": ["10.1.2.3/20", "192.0.2.7", "2001:db8::/32"] } } }]
    }
    IP_ADDRESS_ALL_OF_V4: {
        allow ecs::* on * when acs::SourceIp in "0.0.0.0/0";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "IpAddress": { "acs:SourceIp": "0.0.0.0/0" } } }]
    }
    IP_ADDRESS_ONE_OF_V6: {
        allow ecs::* on * when acs::SourceIp in "2001:db8::1";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "IpAddress": { "acs:SourceIp": "2001:db8::1" } } }]
    }
    NOT_IP_ADDRESS: {
        allow ecs::* on * when acs::SourceIp not in ["10.0.0.0/8", "2001:db8::/32"];
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NotIpAddress": { "acs:SourceIp": ["10.0.0.0/8", "2001:db8::/32"] } } }]
    }

    /// Operators are ANDed, and so are the keys of one operator.
    ALL_OF_FOUR: {
        deny ecs::* on *
            when acs::UserAgent == "cli"
             and acs::SourceVpc == "vpc-1"
             and acs::SourceIp in "10.0.0.0/8"
             and acs::SecureTransport == false;
        allow ecs::* on *;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": {
                    "StringEquals": { "acs:UserAgent": "cli", "acs:SourceVpc": "vpc-1" },
                    "IpAddress": { "acs:SourceIp": "10.0.0.0/8" },
                    "Bool": { "acs:SecureTransport": "false" }
                } },
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }
        ]
    }
    /// One key under two operators is a range.
    BETWEEN: {
        allow ecs::* on * when acs::CurrentTime >= "2026-11-22T09:00:00Z"
            and acs::CurrentTime < "2026-11-22T17:00:00Z";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": {
                "DateGreaterThanEquals": { "acs:CurrentTime": "2026-11-22T09:00:00Z" },
                "DateLessThan": { "acs:CurrentTime": "2026-11-22T17:00:00Z" }
            } }]
    }
}

cases! {
    string_equals_first: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "console")]
        => Allow(0);
    string_equals_last: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "cli")]
        => Allow(0);
    string_equals_other: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "sdk")]
        => ImplicitDeny;
    string_equals_whole: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "cli/3")]
        => ImplicitDeny;
    string_equals_case: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "CLI")]
        => ImplicitDeny;
    string_equals_blank: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "cli ")]
        => ImplicitDeny;
    string_equals_empty: STRING_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "")]
        => ImplicitDeny;
    string_equals_without_key: STRING_EQUALS, "ecs:StopInstance", "*", [] => ImplicitDeny;
    string_equals_one_of_request: STRING_EQUALS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk"), ("acs:UserAgent", "cli")] => Allow(0);
    string_equals_none_of_request: STRING_EQUALS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk"), ("acs:UserAgent", "ros")] => ImplicitDeny;

    string_not_equals_other: STRING_NOT_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "sdk")]
        => Allow(0);
    string_not_equals_first: STRING_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "console")] => ImplicitDeny;
    string_not_equals_last: STRING_NOT_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "cli")]
        => ImplicitDeny;
    string_not_equals_case: STRING_NOT_EQUALS, "ecs:StopInstance", "*", [("acs:UserAgent", "CLI")]
        => Allow(0);
    string_not_equals_without_key: STRING_NOT_EQUALS, "ecs:StopInstance", "*", [] => Allow(0);
    string_not_equals_one_of_request: STRING_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk"), ("acs:UserAgent", "cli")] => ImplicitDeny;
    string_not_equals_none_of_request: STRING_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk"), ("acs:UserAgent", "ros")] => Allow(0);

    string_equals_ignore_case_same: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "console")] => Allow(0);
    string_equals_ignore_case_other_case: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "ConSole")] => Allow(0);
    string_equals_ignore_case_ascii_of_last: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "GRößE")] => Allow(0);
    string_equals_ignore_case_not_ascii: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "GRÖßE")] => ImplicitDeny;
    string_equals_ignore_case_whole: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "CONSOLES")] => ImplicitDeny;
    string_equals_ignore_case_without_key: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*", []
        => ImplicitDeny;
    string_equals_ignore_case_one_of_request: STRING_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk"), ("acs:UserAgent", "CONSOLE")] => Allow(0);

    string_not_equals_ignore_case_other: STRING_NOT_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk")] => Allow(0);
    string_not_equals_ignore_case_same: STRING_NOT_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "Cli")] => ImplicitDeny;
    string_not_equals_ignore_case_whole: STRING_NOT_EQUALS_IGNORE_CASE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "Clip")] => Allow(0);
    string_not_equals_ignore_case_without_key: STRING_NOT_EQUALS_IGNORE_CASE, "ecs:StopInstance",
        "*", [] => Allow(0);
    string_not_equals_ignore_case_one_of_request: STRING_NOT_EQUALS_IGNORE_CASE, "ecs:StopInstance",
        "*", [("acs:UserAgent", "sdk"), ("acs:UserAgent", "CLI")] => ImplicitDeny;

    string_like_one_character_and_any: STRING_LIKE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "cli/3.0.1")] => Allow(0);
    string_like_star_is_empty: STRING_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "cli/3.")]
        => Allow(0);
    string_like_two_characters: STRING_LIKE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "cli/30.1")] => ImplicitDeny;
    string_like_no_character: STRING_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "cli/.1")]
        => ImplicitDeny;
    string_like_case: STRING_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "CLI/3.1")]
        => ImplicitDeny;
    string_like_last: STRING_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "con:s/ole")]
        => Allow(0);
    string_like_whole: STRING_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "a console")]
        => ImplicitDeny;
    string_like_without_key: STRING_LIKE, "ecs:StopInstance", "*", [] => ImplicitDeny;
    string_like_one_of_request: STRING_LIKE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk"), ("acs:UserAgent", "console")] => Allow(0);
    string_like_any_value: STRING_LIKE_ANY, "ecs:StopInstance", "*", [("acs:UserAgent", "sdk")]
        => Allow(0);
    string_like_any_empty: STRING_LIKE_ANY, "ecs:StopInstance", "*", [("acs:UserAgent", "")]
        => Allow(0);
    string_like_any_without_key: STRING_LIKE_ANY, "ecs:StopInstance", "*", [] => ImplicitDeny;
    string_like_empty: STRING_LIKE_EMPTY, "ecs:StopInstance", "*", [("acs:UserAgent", "")]
        => Allow(0);
    string_like_empty_and_a_value: STRING_LIKE_EMPTY, "ecs:StopInstance", "*",
        [("acs:UserAgent", "a")] => ImplicitDeny;
    string_like_empty_without_key: STRING_LIKE_EMPTY, "ecs:StopInstance", "*", [] => ImplicitDeny;
    string_like_characters_are_not_bytes: STRING_LIKE_TWO_CHARACTERS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "中😀")] => Allow(0);
    string_like_bytes_are_not_characters: STRING_LIKE_TWO_CHARACTERS, "ecs:StopInstance", "*",
        [("acs:UserAgent", "é")] => ImplicitDeny;

    string_not_like_other: STRING_NOT_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "sdk/1")]
        => Allow(0);
    string_not_like_first: STRING_NOT_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "cli/1")]
        => ImplicitDeny;
    string_not_like_last: STRING_NOT_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "console")]
        => ImplicitDeny;
    string_not_like_case: STRING_NOT_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "CLI/1")]
        => Allow(0);
    string_not_like_without_key: STRING_NOT_LIKE, "ecs:StopInstance", "*", [] => Allow(0);
    string_not_like_empty: STRING_NOT_LIKE, "ecs:StopInstance", "*", [("acs:UserAgent", "")]
        => Allow(0);
    string_not_like_one_of_request: STRING_NOT_LIKE, "ecs:StopInstance", "*",
        [("acs:UserAgent", "sdk/1"), ("acs:UserAgent", "cli/1")] => ImplicitDeny;

    numeric_equals_same: NUMERIC_EQUALS, "ecs:StopInstance", "*", [("ecs:Bandwidth", "5")]
        => Allow(0);
    numeric_equals_other_text: NUMERIC_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "005.000")] => Allow(0);
    numeric_equals_last: NUMERIC_EQUALS, "ecs:StopInstance", "*", [("ecs:Bandwidth", "-0.50")]
        => Allow(0);
    numeric_equals_sign: NUMERIC_EQUALS, "ecs:StopInstance", "*", [("ecs:Bandwidth", "0.5")]
        => ImplicitDeny;
    numeric_equals_smallest_step: NUMERIC_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "5.000000000000000001")] => ImplicitDeny;
    numeric_equals_without_key: NUMERIC_EQUALS, "ecs:StopInstance", "*", [] => ImplicitDeny;
    numeric_equals_one_of_request: NUMERIC_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "6"), ("ecs:Bandwidth", "5")] => Allow(0);
    // Binary floating point cannot tell these two, nor write the tenths.
    numeric_equals_large: NUMERIC_EQUALS_LARGE, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9007199254740993")] => Allow(0);
    numeric_equals_large_neighbour: NUMERIC_EQUALS_LARGE, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9007199254740992")] => ImplicitDeny;
    numeric_equals_tenths: NUMERIC_EQUALS_TENTHS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "0.30")] => Allow(0);
    numeric_equals_tenths_neighbour: NUMERIC_EQUALS_TENTHS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "0.30000000000000001")] => ImplicitDeny;

    numeric_not_equals_other: NUMERIC_NOT_EQUALS, "ecs:StopInstance", "*", [("ecs:Bandwidth", "6")]
        => Allow(0);
    numeric_not_equals_first: NUMERIC_NOT_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "5.0")] => ImplicitDeny;
    numeric_not_equals_last: NUMERIC_NOT_EQUALS, "ecs:StopInstance", "*", [("ecs:Bandwidth", "10")]
        => ImplicitDeny;
    numeric_not_equals_without_key: NUMERIC_NOT_EQUALS, "ecs:StopInstance", "*", [] => Allow(0);
    numeric_not_equals_one_of_request: NUMERIC_NOT_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "6"), ("ecs:Bandwidth", "10")] => ImplicitDeny;

    numeric_less_than_below: NUMERIC_LESS_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9.999999999999999999")] => Allow(0);
    numeric_less_than_same: NUMERIC_LESS_THAN, "ecs:StopInstance", "*", [("ecs:Bandwidth", "10.0")]
        => ImplicitDeny;
    numeric_less_than_above: NUMERIC_LESS_THAN, "ecs:StopInstance", "*", [("ecs:Bandwidth", "11")]
        => ImplicitDeny;
    numeric_less_than_is_not_of_text: NUMERIC_LESS_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9")] => Allow(0);
    numeric_less_than_negative: NUMERIC_LESS_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "-100")] => Allow(0);
    numeric_less_than_without_key: NUMERIC_LESS_THAN, "ecs:StopInstance", "*", [] => ImplicitDeny;
    numeric_less_than_one_of_request: NUMERIC_LESS_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "11"), ("ecs:Bandwidth", "9")] => Allow(0);
    numeric_less_than_one_of_several: NUMERIC_LESS_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "0")] => Allow(0);
    numeric_less_than_none_of_several: NUMERIC_LESS_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10")] => ImplicitDeny;

    numeric_less_than_equals_below: NUMERIC_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9")] => Allow(0);
    numeric_less_than_equals_same: NUMERIC_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10.000")] => Allow(0);
    numeric_less_than_equals_above: NUMERIC_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10.000000000000000001")] => ImplicitDeny;
    numeric_less_than_equals_without_key: NUMERIC_LESS_THAN_EQUALS, "ecs:StopInstance", "*", []
        => ImplicitDeny;
    numeric_less_than_equals_one_of_request: NUMERIC_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "11"), ("ecs:Bandwidth", "10")] => Allow(0);
    numeric_less_than_equals_one_of_several: NUMERIC_LESS_THAN_EQUALS_SEVERAL, "ecs:StopInstance",
        "*", [("ecs:Bandwidth", "10")] => Allow(0);
    numeric_less_than_equals_none_of_several: NUMERIC_LESS_THAN_EQUALS_SEVERAL, "ecs:StopInstance",
        "*", [("ecs:Bandwidth", "11")] => ImplicitDeny;

    numeric_greater_than_above: NUMERIC_GREATER_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10.000000000000000001")] => Allow(0);
    numeric_greater_than_same: NUMERIC_GREATER_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10")] => ImplicitDeny;
    numeric_greater_than_below: NUMERIC_GREATER_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9")] => ImplicitDeny;
    numeric_greater_than_without_key: NUMERIC_GREATER_THAN, "ecs:StopInstance", "*", []
        => ImplicitDeny;
    numeric_greater_than_one_of_request: NUMERIC_GREATER_THAN, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9"), ("ecs:Bandwidth", "11")] => Allow(0);
    numeric_greater_than_one_of_several: NUMERIC_GREATER_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "11")] => Allow(0);
    numeric_greater_than_none_of_several: NUMERIC_GREATER_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10")] => ImplicitDeny;

    numeric_greater_than_equals_above: NUMERIC_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "999999999999999999.999999999999999999")] => Allow(0);
    numeric_greater_than_equals_same: NUMERIC_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "10")] => Allow(0);
    numeric_greater_than_equals_below: NUMERIC_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "9.999999999999999999")] => ImplicitDeny;
    numeric_greater_than_equals_without_key: NUMERIC_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [] => ImplicitDeny;
    numeric_greater_than_equals_one_of_request: NUMERIC_GREATER_THAN_EQUALS, "ecs:StopInstance",
        "*", [("ecs:Bandwidth", "9"), ("ecs:Bandwidth", "10")] => Allow(0);
    numeric_greater_than_equals_one_of_several: NUMERIC_GREATER_THAN_EQUALS_SEVERAL,
        "ecs:StopInstance", "*", [("ecs:Bandwidth", "10")] => Allow(0);
    numeric_greater_than_equals_none_of_several: NUMERIC_GREATER_THAN_EQUALS_SEVERAL,
        "ecs:StopInstance", "*", [("ecs:Bandwidth", "9")] => ImplicitDeny;

    date_equals_same_text: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00+08:00")] => Allow(0);
    date_equals_other_offset: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T03:30:00-05:30")] => Allow(0);
    date_equals_zero_fraction: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00.000Z")] => Allow(0);
    date_equals_a_nanosecond_later: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00.000000001Z")] => ImplicitDeny;
    date_equals_same_clock_other_offset: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00Z")] => ImplicitDeny;
    date_equals_last_with_fraction: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-12-24T00:00:00.500Z")] => Allow(0);
    date_equals_last_without_fraction: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-12-24T00:00:00Z")] => ImplicitDeny;
    date_equals_day_before_by_offset: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-12-23T19:00:00.5-05:00")] => Allow(0);
    date_equals_without_key: DATE_EQUALS, "ecs:StopInstance", "*", [] => ImplicitDeny;
    date_equals_one_of_request: DATE_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T10:00:00Z"), ("acs:CurrentTime", "2026-11-22T09:00:00Z")]
        => Allow(0);

    date_not_equals_other: DATE_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00Z")] => Allow(0);
    date_not_equals_first: DATE_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => ImplicitDeny;
    date_not_equals_last: DATE_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-12-24T08:00:00+08:00")] => ImplicitDeny;
    date_not_equals_without_key: DATE_NOT_EQUALS, "ecs:StopInstance", "*", [] => Allow(0);
    date_not_equals_one_of_request: DATE_NOT_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T10:00:00Z"), ("acs:CurrentTime", "2026-11-22T09:00:00Z")]
        => ImplicitDeny;

    date_less_than_before: DATE_LESS_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:59:59.999999999Z")] => Allow(0);
    date_less_than_same: DATE_LESS_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => ImplicitDeny;
    date_less_than_after: DATE_LESS_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00.1Z")] => ImplicitDeny;
    date_less_than_is_not_of_text: DATE_LESS_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T18:00:00+14:00")] => Allow(0);
    date_less_than_without_key: DATE_LESS_THAN, "ecs:StopInstance", "*", [] => ImplicitDeny;
    date_less_than_one_of_request: DATE_LESS_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T10:00:00Z"), ("acs:CurrentTime", "2026-11-22T08:00:00Z")]
        => Allow(0);
    date_less_than_one_of_several: DATE_LESS_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-06-01T00:00:00Z")] => Allow(0);
    date_less_than_none_of_several: DATE_LESS_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => ImplicitDeny;

    date_less_than_equals_before: DATE_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:00:00Z")] => Allow(0);
    date_less_than_equals_same: DATE_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => Allow(0);
    date_less_than_equals_after: DATE_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00.000000001Z")] => ImplicitDeny;
    date_less_than_equals_without_key: DATE_LESS_THAN_EQUALS, "ecs:StopInstance", "*", []
        => ImplicitDeny;
    date_less_than_equals_one_of_request: DATE_LESS_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T10:00:00Z"), ("acs:CurrentTime", "2026-11-22T09:00:00Z")]
        => Allow(0);
    date_less_than_equals_one_of_several: DATE_LESS_THAN_EQUALS_SEVERAL, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => Allow(0);
    date_less_than_equals_none_of_several: DATE_LESS_THAN_EQUALS_SEVERAL, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:01Z")] => ImplicitDeny;

    date_greater_than_after: DATE_GREATER_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00.000000001Z")] => Allow(0);
    date_greater_than_same: DATE_GREATER_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00+08:00")] => ImplicitDeny;
    date_greater_than_before: DATE_GREATER_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T16:59:59+08:00")] => ImplicitDeny;
    date_greater_than_without_key: DATE_GREATER_THAN, "ecs:StopInstance", "*", [] => ImplicitDeny;
    date_greater_than_one_of_request: DATE_GREATER_THAN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:00:00Z"), ("acs:CurrentTime", "2026-11-22T10:00:00Z")]
        => Allow(0);
    date_greater_than_one_of_several: DATE_GREATER_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-12-01T00:00:00Z")] => Allow(0);
    date_greater_than_none_of_several: DATE_GREATER_THAN_SEVERAL, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => ImplicitDeny;

    date_greater_than_equals_after: DATE_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T10:00:00Z")] => Allow(0);
    date_greater_than_equals_same: DATE_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => Allow(0);
    date_greater_than_equals_before: DATE_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:59:59.999999999Z")] => ImplicitDeny;
    date_greater_than_equals_without_key: DATE_GREATER_THAN_EQUALS, "ecs:StopInstance", "*", []
        => ImplicitDeny;
    date_greater_than_equals_one_of_request: DATE_GREATER_THAN_EQUALS, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:00:00Z"), ("acs:CurrentTime", "2026-11-22T09:00:00Z")]
        => Allow(0);
    date_greater_than_equals_one_of_several: DATE_GREATER_THAN_EQUALS_SEVERAL, "ecs:StopInstance",
        "*", [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => Allow(0);
    date_greater_than_equals_none_of_several: DATE_GREATER_THAN_EQUALS_SEVERAL, "ecs:StopInstance",
        "*", [("acs:CurrentTime", "2026-11-22T08:59:59Z")] => ImplicitDeny;

    bool_true_same: BOOL_TRUE, "ecs:StopInstance", "*", [("acs:SecureTransport", "true")]
        => Allow(0);
    bool_true_case: BOOL_TRUE, "ecs:StopInstance", "*", [("acs:SecureTransport", "TRUE")]
        => Allow(0);
    bool_true_other: BOOL_TRUE, "ecs:StopInstance", "*", [("acs:SecureTransport", "false")]
        => ImplicitDeny;
    bool_true_without_key: BOOL_TRUE, "ecs:StopInstance", "*", [] => ImplicitDeny;
    bool_true_one_of_request: BOOL_TRUE, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "false"), ("acs:SecureTransport", "true")] => Allow(0);
    bool_false_same: BOOL_FALSE, "ecs:StopInstance", "*", [("acs:SecureTransport", "false")]
        => Allow(0);
    bool_false_other: BOOL_FALSE, "ecs:StopInstance", "*", [("acs:SecureTransport", "true")]
        => ImplicitDeny;
    bool_false_without_key: BOOL_FALSE, "ecs:StopInstance", "*", [] => ImplicitDeny;

    // The block is written with an address inside it and begins at 10.1.0.0.
    ip_address_first_of_block: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "10.1.0.0")]
        => Allow(0);
    ip_address_last_of_block: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "10.1.15.255")]
        => Allow(0);
    ip_address_before_block: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "10.0.255.255")]
        => ImplicitDeny;
    ip_address_after_block: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "10.1.16.0")]
        => ImplicitDeny;
    ip_address_alone: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "192.0.2.7")]
        => Allow(0);
    ip_address_beside: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "192.0.2.70")]
        => ImplicitDeny;
    ip_address_first_of_v6_block: IP_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:db8::")] => Allow(0);
    ip_address_last_of_v6_block: IP_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")] => Allow(0);
    ip_address_after_v6_block: IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "2001:db9::")]
        => ImplicitDeny;
    ip_address_without_key: IP_ADDRESS, "ecs:StopInstance", "*", [] => ImplicitDeny;
    ip_address_one_of_request: IP_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "198.51.100.1"), ("acs:SourceIp", "10.1.2.3")] => Allow(0);
    ip_address_all_of_v4: IP_ADDRESS_ALL_OF_V4, "ecs:StopInstance", "*",
        [("acs:SourceIp", "255.255.255.255")] => Allow(0);
    ip_address_all_of_v4_is_not_v6: IP_ADDRESS_ALL_OF_V4, "ecs:StopInstance", "*",
        [("acs:SourceIp", "::1")] => ImplicitDeny;
    ip_address_one_of_v6: IP_ADDRESS_ONE_OF_V6, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:DB8:0:0:0:0:0:1")] => Allow(0);
    ip_address_other_of_v6: IP_ADDRESS_ONE_OF_V6, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:db8::2")] => ImplicitDeny;

    not_ip_address_outside: NOT_IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "11.0.0.0")]
        => Allow(0);
    not_ip_address_first: NOT_IP_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "10.255.255.255")] => ImplicitDeny;
    not_ip_address_last: NOT_IP_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "2001:db8::9")]
        => ImplicitDeny;
    not_ip_address_v6_outside: NOT_IP_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:db7::9")] => Allow(0);
    not_ip_address_without_key: NOT_IP_ADDRESS, "ecs:StopInstance", "*", [] => Allow(0);
    not_ip_address_one_of_request: NOT_IP_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "198.51.100.1"), ("acs:SourceIp", "10.1.2.3")] => ImplicitDeny;

    all_of_four: ALL_OF_FOUR, "ecs:StopInstance", "*",
        [("acs:UserAgent", "cli"), ("acs:SourceVpc", "vpc-1"), ("acs:SourceIp", "10.0.0.1"),
         ("acs:SecureTransport", "false")] => ExplicitDeny(0);
    all_of_four_but_one_key: ALL_OF_FOUR, "ecs:StopInstance", "*",
        [("acs:UserAgent", "cli"), ("acs:SourceIp", "10.0.0.1"), ("acs:SecureTransport", "false")]
        => Allow(1);
    all_of_four_but_one_operator: ALL_OF_FOUR, "ecs:StopInstance", "*",
        [("acs:UserAgent", "cli"), ("acs:SourceVpc", "vpc-1"), ("acs:SourceIp", "10.0.0.1"),
         ("acs:SecureTransport", "true")] => Allow(1);

    between_first: BETWEEN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00+08:00")] => Allow(0);
    between_last: BETWEEN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T16:59:59.999999999Z")] => Allow(0);
    between_too_early: BETWEEN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:59:59Z")] => ImplicitDeny;
    between_too_late: BETWEEN, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00Z")] => ImplicitDeny;
}
