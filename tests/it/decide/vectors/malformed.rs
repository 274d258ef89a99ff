//! Values that are not of the form their operator asks for: it cannot be known whether they match,
//! so an `Allow` does not match and a `Deny` does, under negated operators too. What is known all
//! the same still counts.

use super::Expected::{Allow, ExplicitDeny, ImplicitDeny};

policies! {
    ALLOW_ADDRESS: {
        allow ecs::* on * when acs::SourceIp in "10.0.0.0/8";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }]
    }
    ALLOW_NOT_ADDRESS: {
        allow ecs::* on * when acs::SourceIp not in "10.0.0.0/8";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NotIpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }]
    }
    DENY_ADDRESS: {
        allow ecs::* on *;
        deny ecs::* on * when acs::SourceIp in "10.0.0.0/8";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }
        ]
    }
    DENY_NOT_ADDRESS: {
        allow ecs::* on *;
        deny ecs::* on * when acs::SourceIp not in "10.0.0.0/8";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "NotIpAddress": { "acs:SourceIp": "10.0.0.0/8" } } }
        ]
    }

    ALLOW_BEFORE: {
        allow ecs::* on * when acs::CurrentTime < "2026-11-22T09:00:00Z";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateLessThan": { "acs:CurrentTime": "2026-11-22T09:00:00Z" } } }]
    }
    DENY_BEFORE: {
        allow ecs::* on *;
        deny ecs::* on * when acs::CurrentTime < "2026-11-22T09:00:00Z";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "DateLessThan": { "acs:CurrentTime": "2026-11-22T09:00:00Z" } } }
        ]
    }
    ALLOW_NOT_INSTANT: {
        allow ecs::* on * when acs::CurrentTime DateNotEquals "2026-11-22T09:00:00Z";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "DateNotEquals": { "acs:CurrentTime": "2026-11-22T09:00:00Z" } } }]
    }
    DENY_NOT_INSTANT: {
        allow ecs::* on *;
        deny ecs::* on * when acs::CurrentTime DateNotEquals "2026-11-22T09:00:00Z";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "DateNotEquals": { "acs:CurrentTime": "2026-11-22T09:00:00Z" } } }
        ]
    }

    ALLOW_AT_MOST: {
        allow ecs::* on * when ecs::Bandwidth <= 10;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericLessThanEquals": { "ecs:Bandwidth": "10" } } }]
    }
    DENY_AT_MOST: {
        allow ecs::* on *;
        deny ecs::* on * when ecs::Bandwidth <= 10;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "NumericLessThanEquals": { "ecs:Bandwidth": "10" } } }
        ]
    }
    ALLOW_NOT_NUMBER: {
        allow ecs::* on * when ecs::Bandwidth != 10;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "NumericNotEquals": { "ecs:Bandwidth": "10" } } }]
    }
    DENY_NOT_NUMBER: {
        allow ecs::* on *;
        deny ecs::* on * when ecs::Bandwidth != 10;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "NumericNotEquals": { "ecs:Bandwidth": "10" } } }
        ]
    }

    ALLOW_OVER_TLS: {
        allow ecs::* on * when acs::SecureTransport == true;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "Bool": { "acs:SecureTransport": "true" } } }]
    }
    DENY_IN_THE_CLEAR: {
        allow ecs::* on *;
        deny ecs::* on "acs:ecs:*:*:instance/*"
            when acs::SecureTransport == false and acs::SourceIp in "10.0.0.0/8";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/*",
                "Condition": {
                    "Bool": { "acs:SecureTransport": "false" },
                    "IpAddress": { "acs:SourceIp": "10.0.0.0/8" }
                } }
        ]
    }
}

cases! {
    address_of_allow: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked)] => ImplicitDeny;
    address_of_negated_allow: ALLOW_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked)] => ImplicitDeny;
    address_of_deny: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked)] => ExplicitDeny(1);
    address_of_negated_deny: DENY_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked)] => ExplicitDeny(1);
    address_empty: ALLOW_NOT_ADDRESS, "ecs:StopInstance", "*", [("acs:SourceIp", "", unchecked)]
        => ImplicitDeny;
    address_with_port: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "10.0.0.1:80", unchecked)] => ImplicitDeny;
    address_with_leading_zero: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "010.0.0.1", unchecked)] => ImplicitDeny;
    address_is_a_block: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "10.0.0.0/8", unchecked)] => ImplicitDeny;
    address_of_two: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "10.0.0.1, 198.51.100.1", unchecked)] => ImplicitDeny;
    address_mapped_of_allow: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "::ffff:10.0.0.1", unchecked)] => ImplicitDeny;
    address_mapped_of_negated_allow: ALLOW_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "::ffff:10.0.0.1", unchecked)] => ImplicitDeny;
    address_mapped_of_deny: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "::ffff:10.0.0.1", unchecked)] => ExplicitDeny(1);
    address_well_formed_unchecked: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "10.0.0.1", unchecked)] => Allow(0);

    date_of_allow: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "yesterday", unchecked)] => ImplicitDeny;
    date_of_deny: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "yesterday", unchecked)] => ExplicitDeny(1);
    date_of_negated_allow: ALLOW_NOT_INSTANT, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "yesterday", unchecked)] => ImplicitDeny;
    date_of_negated_deny: DENY_NOT_INSTANT, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "yesterday", unchecked)] => ExplicitDeny(1);
    date_without_zone: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-01-01T00:00:00", unchecked)] => ImplicitDeny;
    date_without_time: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-01-01", unchecked)] => ImplicitDeny;
    date_that_is_none: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-02-29T00:00:00Z", unchecked)] => ImplicitDeny;
    date_in_seconds: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "0", unchecked)] => ImplicitDeny;

    number_of_allow: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "five")]
        => ImplicitDeny;
    number_of_deny: DENY_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "five")]
        => ExplicitDeny(1);
    number_of_negated_allow: ALLOW_NOT_NUMBER, "ecs:StopInstance", "*", [("ecs:Bandwidth", "five")]
        => ImplicitDeny;
    number_of_negated_deny: DENY_NOT_NUMBER, "ecs:StopInstance", "*", [("ecs:Bandwidth", "five")]
        => ExplicitDeny(1);
    number_with_exponent: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "1e0")]
        => ImplicitDeny;
    number_too_long: ALLOW_NOT_NUMBER, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "1000000000000000000")] => ImplicitDeny;
    number_too_fine: ALLOW_AT_MOST, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "0.0000000000000000001")] => ImplicitDeny;
    number_that_is_none: DENY_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "NaN")]
        => ExplicitDeny(1);
    number_empty: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "")] => ImplicitDeny;

    boolean_of_allow: ALLOW_OVER_TLS, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "yes", unchecked)] => ImplicitDeny;
    boolean_of_allow_as_number: ALLOW_OVER_TLS, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "1", unchecked)] => ImplicitDeny;
    boolean_of_deny: DENY_IN_THE_CLEAR, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("acs:SecureTransport", "no", unchecked), ("acs:SourceIp", "10.0.0.1")]
        => ExplicitDeny(1);

    // Another condition or the resource says no, whatever the value was meant to be.
    deny_with_another_condition: DENY_IN_THE_CLEAR, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("acs:SecureTransport", "no", unchecked), ("acs:SourceIp", "198.51.100.1")] => Allow(0);
    deny_with_another_condition_before: DENY_IN_THE_CLEAR, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("acs:SecureTransport", "true"), ("acs:SourceIp", "garbage", unchecked)] => Allow(0);
    deny_with_both_unknown: DENY_IN_THE_CLEAR, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("acs:SecureTransport", "no", unchecked), ("acs:SourceIp", "garbage", unchecked)]
        => ExplicitDeny(1);
    deny_on_another_resource: DENY_IN_THE_CLEAR, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:disk/d-1",
        [("acs:SecureTransport", "no", unchecked), ("acs:SourceIp", "10.0.0.1")] => Allow(0);
    // One value that is known to match settles it: a positive operator needs no more, and a
    // negated one is false.
    allow_with_a_value_that_matches: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked), ("acs:SourceIp", "10.0.0.1")] => Allow(0);
    negated_deny_with_a_value_that_matches: DENY_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked), ("acs:SourceIp", "10.0.0.1")] => Allow(0);
    allow_with_a_value_that_does_not: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "garbage", unchecked), ("acs:SourceIp", "198.51.100.1")]
        => ImplicitDeny;
    deny_with_a_value_that_does_not: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "198.51.100.1"), ("acs:SourceIp", "garbage", unchecked)]
        => ExplicitDeny(1);

    // RAM compares key names exactly: this one is not the policy's, so that key is missing.
    key_case_of_positive: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:sourceip", "10.0.0.1", unchecked)] => ImplicitDeny;
    key_case_of_negated: ALLOW_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:sourceip", "10.0.0.1", unchecked)] => Allow(0);

    // Dates that no calendar has, and the ends of those that one has.
    date_leap_second: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2016-12-31T23:59:60Z", unchecked)] => ImplicitDeny;
    date_leap_second_of_deny: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2016-12-31T23:59:60Z", unchecked)] => ExplicitDeny(1);
    date_second_61: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2016-12-31T23:59:61Z", unchecked)] => ImplicitDeny;
    date_hour_24: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-11-22T24:00:00Z", unchecked)] => ImplicitDeny;
    date_month_13: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-13-01T00:00:00Z", unchecked)] => ImplicitDeny;
    date_day_0: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-11-00T00:00:00Z", unchecked)] => ImplicitDeny;
    date_of_no_leap_year: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2100-02-29T00:00:00Z", unchecked)] => ExplicitDeny(1);
    date_year_10000: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "10000-01-01T00:00:00Z", unchecked)] => ExplicitDeny(1);
    date_before_year_0: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "-0001-01-01T00:00:00Z", unchecked)] => ImplicitDeny;
    date_first_there_is: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "0000-01-01T00:00:00Z")] => Allow(0);
    date_first_there_is_east: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "0000-01-01T00:00:00+23:59")] => Allow(0);
    date_last_there_is: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "9999-12-31T23:59:59.999999999Z")] => Allow(0);
    date_last_there_is_west: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "9999-12-31T23:59:59-23:59")] => Allow(0);
    date_with_another_sign_before_the_time: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-11-22_09:00:00Z", unchecked)] => ImplicitDeny;
    date_of_deny_with_another_sign_before_the_time: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2027-11-22\t09:00:00Z", unchecked)] => ExplicitDeny(1);
    date_empty: DENY_NOT_INSTANT, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "", unchecked)] => ExplicitDeny(1);
    // Zones.
    zone_half_an_hour: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T14:29:59+05:30")] => Allow(0);
    zone_half_an_hour_later: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T14:30:00+05:30")] => ImplicitDeny;
    zone_that_makes_it_yesterday: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-23T08:59:59+23:59:00", unchecked)] => ImplicitDeny;
    zone_unknown: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:59:59-00:00")] => Allow(0);
    zone_of_24_hours: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-11-22T09:00:00+24:00", unchecked)] => ImplicitDeny;
    zone_by_its_name: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-11-22T09:00:00UTC", unchecked)] => ImplicitDeny;
    zone_without_colon: ALLOW_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2025-11-22T09:00:00+0800", unchecked)] => ImplicitDeny;
    zone_in_lower_case: DENY_BEFORE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2027-11-22T09:00:00z", unchecked)] => ExplicitDeny(1);
    // Numbers that computers have and policies do not.
    number_infinite: DENY_NOT_NUMBER, "ecs:StopInstance", "*", [("ecs:Bandwidth", "inf")]
        => ExplicitDeny(1);
    number_infinity: ALLOW_NOT_NUMBER, "ecs:StopInstance", "*", [("ecs:Bandwidth", "Infinity")]
        => ImplicitDeny;
    number_below_all: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "-inf")]
        => ImplicitDeny;
    number_that_is_none_of_negated_allow: ALLOW_NOT_NUMBER, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "NaN")] => ImplicitDeny;
    number_that_is_none_of_negated_deny: DENY_NOT_NUMBER, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "nan")] => ExplicitDeny(1);
    number_below_zero_that_is_zero: ALLOW_AT_MOST, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "-0.0")] => Allow(0);
    number_with_plus: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "+5")]
        => ImplicitDeny;
    number_in_hexadecimal: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "0x5")]
        => ImplicitDeny;
    number_in_other_digits: ALLOW_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "\u{665}")]
        => ImplicitDeny;
    // Addresses of both kinds.
    address_mapped_in_hexadecimal: DENY_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "::ffff:a00:1", unchecked)] => ExplicitDeny(1);
    address_mapped_written_out: ALLOW_NOT_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "0:0:0:0:0:FFFF:10.0.0.1", unchecked)] => ImplicitDeny;
    address_compatible_is_not_mapped: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "::10.0.0.1")] => Allow(0);
    address_with_scope: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "fe80::1%eth0", unchecked)] => ExplicitDeny(1);
    address_in_brackets: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "[::1]", unchecked)] => ExplicitDeny(1);
    address_as_number: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "167772161", unchecked)] => ImplicitDeny;
    address_of_three_parts: ALLOW_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "10.0.1", unchecked)] => ImplicitDeny;
    address_empty_of_deny: DENY_ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "", unchecked)] => ExplicitDeny(1);
    // Nothing, where something is compared.
    boolean_empty: ALLOW_OVER_TLS, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "", unchecked)] => ImplicitDeny;
    boolean_empty_of_deny: DENY_IN_THE_CLEAR, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("acs:SecureTransport", "", unchecked), ("acs:SourceIp", "10.0.0.1")] => ExplicitDeny(1);
    number_empty_of_deny: DENY_AT_MOST, "ecs:StopInstance", "*", [("ecs:Bandwidth", "")]
        => ExplicitDeny(1);
}
