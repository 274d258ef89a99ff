//! Which statements cover a request: actions, `NotAction`, resources field by field, wildcards and
//! case.

use super::Expected::{Allow, ExplicitDeny, ImplicitDeny};

policies! {
    STOP_ANY_LETTER: {
        allow ecs::StopInstanc? on *;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstanc?", "Resource": "*" }]
    }
    WILDCARDS_INSIDE: {
        allow ecs::*Instance*Attribute, vpc::?escribeVpcs on *;
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["ecs:*Instance*Attribute", "vpc:?escribeVpcs"],
                "Resource": "*"
            }
        ]
    }
    WILDCARD_IN_CODE: {
        deny "v*:Describe*" on *;
        allow "?cs:DescribeInstances" on *;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Deny", "Action": "v*:Describe*", "Resource": "*" },
            { "Effect": "Allow", "Action": "?cs:DescribeInstances", "Resource": "*" }
        ]
    }
    ALL: {
        allow * on *;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }]
    }
    UNLISTED_IN_OTHER_CASE: {
        allow unlisted "BSS:describeBill" on *;
    } is {
        #![unlisted("BSS:describeBill")]
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "BSS:describeBill", "Resource": "*" }]
    }

    NOT_SEVERAL: {
        allow * except [ram::*, ecs::Delete*, vpc::DeleteVpc] on *;
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "NotAction": ["ram:*", "ecs:Delete*", "vpc:DeleteVpc"],
                "Resource": "*"
            }
        ]
    }
    NOT_ACTION_ON_RESOURCE: {
        allow * on *;
        deny * except ecs::Describe* on "acs:ecs:*:*:instance/i-prod*";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            {
                "Effect": "Deny",
                "NotAction": "ecs:Describe*",
                "Resource": "acs:ecs:*:*:instance/i-prod*"
            }
        ]
    }
    NOT_ANY: {
        deny * except * on *;
        allow ecs::* on *;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Deny", "NotAction": "*", "Resource": "*" },
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }
        ]
    }

    ONE_CHARACTER_OF_NAME: {
        allow ecs::* on "acs:ecs:*:*:instance/i-?";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/i-?" }
        ]
    }
    PARTS_OF_FIELDS: {
        allow ecs::* on "acs:?cs:*hangzh?u*:12345678901234??:*/*-prod-*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:*",
                "Resource": "acs:?cs:*hangzh?u*:12345678901234??:*/*-prod-*"
            }
        ]
    }
    EMPTY_REGION: {
        allow ram::GetUser on "acs:ram::1234567890123456:user/*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ram:GetUser",
                "Resource": "acs:ram::1234567890123456:user/*"
            }
        ]
    }
    ANY_REGION: {
        allow ram::GetUser on "acs:ram:*:1234567890123456:user/*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ram:GetUser",
                "Resource": "acs:ram:*:1234567890123456:user/*"
            }
        ]
    }
    OBJECTS_OF_ACCOUNT: {
        allow oss::GetObject on "acs:oss:*:1234567890123456:archive/*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "oss:GetObject",
                "Resource": "acs:oss:*:1234567890123456:archive/*"
            }
        ]
    }
    COLONS_IN_NAME: {
        allow oss::GetObject on "acs:oss:*:*:archive/12:30:*.log";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "oss:GetObject",
                "Resource": "acs:oss:*:*:archive/12:30:*.log"
            }
        ]
    }
    WHOLE_SERVICE: {
        allow ecs::* on "acs:ecs:*:*:*";
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:*", "Resource": "acs:ecs:*:*:*" }]
    }
    SYSTEM_POLICIES: {
        allow ram::AttachPolicyToUser on "acs:ram:*:system:policy/AliyunOSS*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ram:AttachPolicyToUser",
                "Resource": "acs:ram:*:system:policy/AliyunOSS*"
            }
        ]
    }
    TWO_INSTANCES: {
        allow ecs::* on "acs:ecs:*:*:instance/i-1", "acs:ecs:*:*:instance/i-2";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:*",
                "Resource": ["acs:ecs:*:*:instance/i-1", "acs:ecs:*:*:instance/i-2"]
            }
        ]
    }

    /// The first statement that allows or denies is named, a denial before all others.
    FOUR_STATEMENTS: {
        allow ecs::StopInstance on "acs:ecs:*:*:instance/i-1";
        allow ecs::* on "acs:ecs:*:*:instance/*";
        deny ecs::Stop* on "acs:ecs:*:*:instance/i-9";
        deny ecs::* on "acs:ecs:*:*:instance/i-9";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:StopInstance",
                "Resource": "acs:ecs:*:*:instance/i-1"
            },
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/*" },
            { "Effect": "Deny", "Action": "ecs:Stop*", "Resource": "acs:ecs:*:*:instance/i-9" },
            { "Effect": "Deny", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/i-9" }
        ]
    }

    OWNER_TAG: {
        allow ecs::* on * when ecs::tag["owner"] == "lisi";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:*",
                "Resource": "*",
                "Condition": { "StringEquals": { "ecs:tag/owner": "lisi" } }
            }
        ]
    }
}

cases! {
    action_question_mark_is_one: STOP_ANY_LETTER, "ecs:StopInstance", "*", [] => Allow(0);
    action_question_mark_is_not_two: STOP_ANY_LETTER, "ecs:StopInstances", "*", [] => ImplicitDeny;
    action_star_is_empty: WILDCARDS_INSIDE, "ecs:DescribeInstanceAttribute", "*", [] => Allow(0);
    action_stars_inside: WILDCARDS_INSIDE, "ecs:ModifyInstanceVpcAttribute", "*", [] => Allow(0);
    action_stars_are_whole: WILDCARDS_INSIDE, "ecs:DescribeInstances", "*", [] => ImplicitDeny;
    action_question_mark_first: WILDCARDS_INSIDE, "vpc:DescribeVpcs", "*", [] => Allow(0);
    action_code_is_compared: WILDCARDS_INSIDE, "ecs:DescribeVpcs", "*", [] => ImplicitDeny;
    action_star_in_code: WILDCARD_IN_CODE, "vpc:DescribeVpcs", "*", [] => ExplicitDeny(0);
    action_star_in_code_covers_unlisted: WILDCARD_IN_CODE, unlisted "vod:DescribePlay", "*", []
        => ExplicitDeny(0);
    action_question_mark_in_code: WILDCARD_IN_CODE, "ecs:DescribeInstances", "*", [] => Allow(1);
    action_question_mark_in_code_is_one: WILDCARD_IN_CODE, unlisted "cs:DescribeInstances", "*", []
        => ImplicitDeny;
    action_all_covers_listed: ALL, "rds:DescribeDBInstances", "*", [] => Allow(0);
    action_all_covers_unlisted: ALL, unlisted "brand-new:Do", "*", [] => Allow(0);
    action_case_of_request: STOP_ANY_LETTER, "ECS:stopINSTANCE", "*", [] => Allow(0);
    action_case_of_unlisted: UNLISTED_IN_OTHER_CASE, unlisted "bss:DescribeBill", "*", []
        => Allow(0);
    action_case_of_unlisted_is_whole: UNLISTED_IN_OTHER_CASE, unlisted "bss:DescribeBills", "*", []
        => ImplicitDeny;

    not_action_none_of_several: NOT_SEVERAL, "ecs:StopInstance", "*", [] => Allow(0);
    not_action_unlisted: NOT_SEVERAL, unlisted "brand-new:Do", "*", [] => Allow(0);
    not_action_first_of_several: NOT_SEVERAL, "ram:CreateUser", "*", [] => ImplicitDeny;
    not_action_pattern_of_several: NOT_SEVERAL, "ecs:DeleteInstance", "*", [] => ImplicitDeny;
    not_action_last_of_several: NOT_SEVERAL, "vpc:DeleteVpc", "*", [] => ImplicitDeny;
    not_action_neighbour: NOT_SEVERAL, "vpc:DeleteVSwitch", "*", [] => Allow(0);
    not_action_case: NOT_SEVERAL, "VPC:deletevpc", "*", [] => ImplicitDeny;
    not_action_of_deny: NOT_ACTION_ON_RESOURCE, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-prod1", [] => ExplicitDeny(1);
    not_action_of_deny_names_it: NOT_ACTION_ON_RESOURCE, "ecs:DescribeInstances",
        "acs:ecs:cn-hangzhou:1:instance/i-prod1", [] => Allow(0);
    not_action_of_deny_elsewhere: NOT_ACTION_ON_RESOURCE, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-test1", [] => Allow(0);
    not_action_any_is_nothing: NOT_ANY, "ecs:StopInstance", "*", [] => Allow(1);
    not_action_any_is_nothing_unlisted: NOT_ANY, unlisted "ecs:BrandNew", "*", [] => Allow(1);

    resource_question_mark_is_one: ONE_CHARACTER_OF_NAME, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1", [] => Allow(0);
    resource_question_mark_is_a_character: ONE_CHARACTER_OF_NAME, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-中", [] => Allow(0);
    resource_question_mark_is_a_slash: ONE_CHARACTER_OF_NAME, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-/", [] => Allow(0);
    resource_question_mark_is_not_two: ONE_CHARACTER_OF_NAME, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-12", [] => ImplicitDeny;
    resource_question_mark_is_not_none: ONE_CHARACTER_OF_NAME, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-", [] => ImplicitDeny;

    resource_all_fields: PARTS_OF_FIELDS, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou-b:1234567890123456:instance/i-prod-1", [] => Allow(0);
    resource_other_service: PARTS_OF_FIELDS, "ecs:StopInstance",
        "acs:ecsx:cn-hangzhou:1234567890123456:instance/i-prod-1", [] => ImplicitDeny;
    resource_other_region: PARTS_OF_FIELDS, "ecs:StopInstance",
        "acs:ecs:cn-beijing:1234567890123456:instance/i-prod-1", [] => ImplicitDeny;
    resource_other_account: PARTS_OF_FIELDS, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:123456789012345:instance/i-prod-1", [] => ImplicitDeny;
    resource_other_name: PARTS_OF_FIELDS, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1234567890123456:instance/i-PROD-1", [] => ImplicitDeny;

    resource_empty_region_is_empty: EMPTY_REGION, "ram:GetUser",
        "acs:ram::1234567890123456:user/lisi", [] => Allow(0);
    resource_empty_region_is_not_a_region: EMPTY_REGION, "ram:GetUser",
        "acs:ram:cn-hangzhou:1234567890123456:user/lisi", [] => ImplicitDeny;
    resource_empty_region_is_not_a_star: EMPTY_REGION, "ram:GetUser",
        "acs:ram:*:1234567890123456:user/lisi", [] => ImplicitDeny;
    resource_star_is_an_empty_region: ANY_REGION, "ram:GetUser",
        "acs:ram::1234567890123456:user/lisi", [] => Allow(0);
    resource_star_is_a_region: ANY_REGION, "ram:GetUser",
        "acs:ram:cn-hangzhou:1234567890123456:user/lisi", [] => Allow(0);

    resource_star_takes_colons_of_the_name: OBJECTS_OF_ACCOUNT, "oss:GetObject",
        "acs:oss:oss-cn-hangzhou:1234567890123456:archive/a:b/c:d", [] => Allow(0);
    // As one text, the star of the region could reach over the account in front.
    resource_star_takes_no_colon_between_fields: OBJECTS_OF_ACCOUNT, "oss:GetObject",
        "acs:oss:oss-cn-hangzhou:6543210987654321:1234567890123456:archive/a", [] => ImplicitDeny;
    resource_colons_in_name: COLONS_IN_NAME, "oss:GetObject", "acs:oss:*:1:archive/12:30:59.log", []
        => Allow(0);
    resource_colons_in_name_are_compared: COLONS_IN_NAME, "oss:GetObject",
        "acs:oss:*:1:archive/12:31:59.log", [] => ImplicitDeny;

    resource_all_of_service: WHOLE_SERVICE, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1", [] => Allow(0);
    // A request on `*` is on all of the action's service.
    resource_all_of_service_on_all: WHOLE_SERVICE, "ecs:DescribeRegions", "*", [] => Allow(0);
    resource_of_other_service: WHOLE_SERVICE, "ecs:StopInstance", "acs:vpc:cn-hangzhou:1:vpc/vpc-1",
        [] => ImplicitDeny;
    resource_request_on_all_is_not_one: TWO_INSTANCES, "ecs:StopInstance", "*", [] => ImplicitDeny;
    // A star of a request is a character: it widens nothing.
    resource_star_of_request_is_literal: TWO_INSTANCES, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/*", [] => ImplicitDeny;
    resource_star_of_request_under_a_star: WHOLE_SERVICE, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/*", [] => Allow(0);
    resource_system: SYSTEM_POLICIES, "ram:AttachPolicyToUser",
        "acs:ram:*:system:policy/AliyunOSSReadOnlyAccess", [] => Allow(0);
    resource_account_is_not_system: SYSTEM_POLICIES, "ram:AttachPolicyToUser",
        "acs:ram:*:1234567890123456:policy/AliyunOSSReadOnlyAccess", [] => ImplicitDeny;

    resource_first_of_several: TWO_INSTANCES, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1", [] => Allow(0);
    resource_last_of_several: TWO_INSTANCES, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-2", [] => Allow(0);
    resource_none_of_several: TWO_INSTANCES, "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-3", [] => ImplicitDeny;
    resource_is_whole: TWO_INSTANCES, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-11", []
        => ImplicitDeny;

    first_allow: FOUR_STATEMENTS, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1", []
        => Allow(0);
    second_allow: FOUR_STATEMENTS, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-2", []
        => Allow(1);
    first_deny: FOUR_STATEMENTS, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-9", []
        => ExplicitDeny(2);
    second_deny: FOUR_STATEMENTS, "ecs:StartInstance", "acs:ecs:cn-hangzhou:1:instance/i-9", []
        => ExplicitDeny(3);

    tag_key: OWNER_TAG, "ecs:StopInstance", "*", [("ecs:tag/owner", "lisi")] => Allow(0);
    tag_key_case: OWNER_TAG, "ecs:StopInstance", "*", [("ecs:tag/Owner", "lisi")] => ImplicitDeny;
    tag_key_is_whole: OWNER_TAG, "ecs:StopInstance", "*", [("ecs:tag/owner2", "lisi")]
        => ImplicitDeny;
    tag_key_of_other_service: OWNER_TAG, "ecs:StopInstance", "*", [("vpc:tag/owner", "lisi")]
        => ImplicitDeny;
    tag_value_case: OWNER_TAG, "ecs:StopInstance", "*", [("ecs:tag/owner", "LiSi")] => ImplicitDeny;
}
