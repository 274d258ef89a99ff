//! A value keeps the spelling it was given: what compares texts sees it, whatever the type of its key,
//! and only operators of its type take two spellings for one value.

use super::Expected::{Allow, ExplicitDeny, ImplicitDeny};

policies! {
    SERVICE: {
        allow unlisted "sls:GetLogs" on *;
        allow ecs::* on *;
        deny ecs::* on "acs:ecs:*:*:*";
    } is {
        #![unlisted("sls:GetLogs")]
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "sls:GetLogs", "Resource": "*" },
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "acs:ecs:*:*:*" }
        ]
    }
    BOOLEAN_AS_TEXT: {
        #![allow(operator_type)]
        allow ecs::* on *;
        deny ecs::* on * when acs::SecureTransport StringEquals "False";
    } is {
        #![allow(operator_type)]
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "StringEquals": { "acs:SecureTransport": "False" } } }
        ]
    }
    BOOLEAN_LIKE: {
        #![allow(operator_type)]
        allow ecs::* on * when acs::MFAPresent like "T*";
    } is {
        #![allow(operator_type)]
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringLike": { "acs:MFAPresent": "T*" } } }]
    }
    BOOLEAN_NOT_IN_ANY_CASE: {
        #![allow(operator_type)]
        allow ecs::* on * when acs::MFAPresent StringNotEqualsIgnoreCase "false";
    } is {
        #![allow(operator_type)]
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringNotEqualsIgnoreCase": { "acs:MFAPresent": "false" } } }]
    }
    BOOLEAN: {
        allow ecs::* on *;
        deny ecs::* on * when acs::SecureTransport Bool "False";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
                "Condition": { "Bool": { "acs:SecureTransport": "False" } } }
        ]
    }
    ADDRESS_AS_TEXT: {
        #![allow(operator_type)]
        allow ecs::* on * when acs::SourceIp StringEquals "2001:DB8::1";
    } is {
        #![allow(operator_type)]
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringEquals": { "acs:SourceIp": "2001:DB8::1" } } }]
    }
    ADDRESS: {
        allow ecs::* on * when acs::SourceIp in "2001:DB8::/32";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "IpAddress": { "acs:SourceIp": "2001:DB8::/32" } } }]
    }
    DATE_AS_TEXT: {
        #![allow(operator_type)]
        allow ecs::* on * when acs::CurrentTime StringEquals "2026-11-22T17:00:00+08:00";
    } is {
        #![allow(operator_type)]
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringEquals": { "acs:CurrentTime": "2026-11-22T17:00:00+08:00" } } }]
    }
    NUMBER_AS_TEXT: {
        allow ecs::* on * when "ecs:Bandwidth" StringEquals "1.0";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": { "StringEquals": { "ecs:Bandwidth": "1.0" } } }]
    }
    RESOURCE: {
        allow ecs::* on "acs:ecs:*:*:instance/I-1";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/I-1" }]
    }
}

cases! {
    boolean_as_text_same: BOOLEAN_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "False")] => ExplicitDeny(1);
    boolean_as_text_same_unchecked: BOOLEAN_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "False", unchecked)] => ExplicitDeny(1);
    boolean_as_text_other_spelling: BOOLEAN_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "false")] => Allow(0);
    boolean_as_text_one_of_two: BOOLEAN_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:SecureTransport", "true"), ("acs:SecureTransport", "False")] => ExplicitDeny(1);
    boolean_like_capital: BOOLEAN_LIKE, "ecs:StopInstance", "*", [("acs:MFAPresent", "True")]
        => Allow(0);
    boolean_like_small: BOOLEAN_LIKE, "ecs:StopInstance", "*", [("acs:MFAPresent", "true")]
        => ImplicitDeny;
    boolean_not_in_any_case_same: BOOLEAN_NOT_IN_ANY_CASE, "ecs:StopInstance", "*",
        [("acs:MFAPresent", "FALSE")] => ImplicitDeny;
    boolean_not_in_any_case_other: BOOLEAN_NOT_IN_ANY_CASE, "ecs:StopInstance", "*",
        [("acs:MFAPresent", "TRUE")] => Allow(0);
    boolean_same: BOOLEAN, "ecs:StopInstance", "*", [("acs:SecureTransport", "fALSE")]
        => ExplicitDeny(1);
    boolean_other: BOOLEAN, "ecs:StopInstance", "*", [("acs:SecureTransport", "tRUE")]
        => Allow(0);
    address_as_text_same: ADDRESS_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:DB8::1")] => Allow(0);
    address_as_text_other_spelling: ADDRESS_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:db8::1")] => ImplicitDeny;
    address_in_other_spelling: ADDRESS, "ecs:StopInstance", "*",
        [("acs:SourceIp", "2001:db8:0:0::1")] => Allow(0);
    date_as_text_same: DATE_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T17:00:00+08:00")] => Allow(0);
    date_as_text_same_instant: DATE_AS_TEXT, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => ImplicitDeny;
    number_as_text_same: NUMBER_AS_TEXT, "ecs:StopInstance", "*", [("ecs:Bandwidth", "1.0")]
        => Allow(0);
    number_as_text_other_spelling: NUMBER_AS_TEXT, "ecs:StopInstance", "*",
        [("ecs:Bandwidth", "1.00")] => ImplicitDeny;
    resource_in_other_case: RESOURCE, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1", []
        => ImplicitDeny;
    action_in_other_case: RESOURCE, "ecs:stopINSTANCE", "acs:ecs:cn-hangzhou:1:instance/I-1", []
        => Allow(0);
    code_in_other_case: RESOURCE, "ECS:StopInstance", "acs:ecs:cn-hangzhou:1:instance/I-1", []
        => Allow(0);
    unlisted_code_in_other_case: SERVICE, unlisted "SLS:getlogs", "*", [] => Allow(0);
    unlisted_code_in_other_case_denied: SERVICE, unlisted "ECS:BrandNewAction", "*", []
        => ExplicitDeny(2);
    unlisted_code_in_other_case_on_another_resource: SERVICE, unlisted "Ecs:BrandNewAction",
        "acs:vpc:cn-hangzhou:1:vpc/v-1", [] => Allow(1);
}
