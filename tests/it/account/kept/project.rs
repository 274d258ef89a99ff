//! Policies of projects and instances (SLS: Project policies; Tablestore: Instance Policy).

use ram_policy::{ResourcePolicy, resource_policy};

use super::{
    ALICE, Allows, Anonymous, BOB, Denies, Nothing, OTHER, OWNER, Role, Root, Row, Service,
    Unclear, UnclearDenies, User, asks,
};

#[rustfmt::skip]
const PROJECT: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] project;
  "Version": "1",
  "Statement": [
    {"Effect": "Deny", "Action": ["log:Post*"], "Principal": ["*"], "Resource": "acs:log:*:*:project/web/*",
     "Condition": {"StringNotLike": {"acs:SourceVpc": ["vpc-*"]}}},
    {"Effect": "Deny", "Action": ["log:DeleteLogStore"], "Resource": "acs:log:*:*:project/web/*"},
    {"Effect": "Deny", "Action": "log:UpdateLogStore", "Principal": ["200000000000000001", "6543210987654321"],
     "Resource": "acs:log:*:*:project/web/*"},
    {"Effect": "Allow", "Action": "log:GetLogStoreLogs", "Principal": ["200000000000000001"],
     "Resource": "acs:log:*:*:project/web/*"}
  ]
};

const LOGS: &str = "acs:log:cn-hangzhou:1234567890123456:project/web/logstore/a";
const INSIDE: &[(&str, &str)] = &[("acs:SourceVpc", "vpc-a")];

const ROWS: &[Row] = &[
    ("from outside", User(OWNER, "bob", None), "log:PostLogStoreLogs", LOGS, &[], Denies),
    ("from inside", User(OWNER, "bob", None), "log:PostLogStoreLogs", LOGS, INSIDE, Nothing),
    ("a role from outside", Role(OTHER, "app", None), "log:PostLogStoreLogs", LOGS, &[], Denies),
    ("anonymous from outside", Anonymous, "log:PostLogStoreLogs", LOGS, &[], Denies),
    (
        "a service from outside",
        Service("oss.aliyuncs.com"),
        "log:PostLogStoreLogs",
        LOGS,
        &[],
        Denies,
    ),
    ("with a condition the owner, too", Root(OWNER), "log:PostLogStoreLogs", LOGS, &[], Denies),
    ("the owner from inside", Root(OWNER), "log:PostLogStoreLogs", LOGS, INSIDE, Nothing),
    ("nobody is named: a user", User(OWNER, "bob", None), "log:DeleteLogStore", LOGS, &[], Denies),
    ("nobody is named: anonymous", Anonymous, "log:DeleteLogStore", LOGS, &[], Denies),
    ("nobody is named: another account", Root(OTHER), "log:DeleteLogStore", LOGS, &[], Denies),
    ("nobody is named: the owner is spared", Root(OWNER), "log:DeleteLogStore", LOGS, &[], Nothing),
    (
        "another project",
        User(OWNER, "bob", None),
        "log:DeleteLogStore",
        "acs:log:*:1234567890123456:project/app/logstore/a",
        &[],
        Nothing,
    ),
    (
        "the project itself",
        User(OWNER, "bob", None),
        "log:DeleteLogStore",
        "acs:log:*:1234567890123456:project/web",
        &[],
        Nothing,
    ),
    (
        "a denied user by number",
        User(OWNER, "alice", Some(ALICE)),
        "log:UpdateLogStore",
        LOGS,
        &[],
        Denies,
    ),
    ("another user", User(OWNER, "bob", Some(BOB)), "log:UpdateLogStore", LOGS, &[], Nothing),
    (
        "a user without a number",
        User(OWNER, "bob", None),
        "log:UpdateLogStore",
        LOGS,
        &[],
        UnclearDenies,
    ),
    ("a denied account", Root(OTHER), "log:UpdateLogStore", LOGS, &[], Denies),
    ("a user of it", User(OTHER, "bob", Some(BOB)), "log:UpdateLogStore", LOGS, &[], UnclearDenies),
    (
        "an allowed user",
        User(OWNER, "alice", Some(ALICE)),
        "log:GetLogStoreLogs",
        LOGS,
        &[],
        Allows,
    ),
    ("a user who is not", User(OWNER, "bob", Some(BOB)), "log:GetLogStoreLogs", LOGS, &[], Nothing),
    ("who may be", User(OWNER, "bob", None), "log:GetLogStoreLogs", LOGS, &[], Unclear),
    (
        "an action that is not named",
        User(OWNER, "alice", Some(ALICE)),
        "log:ListLogStores",
        LOGS,
        &[],
        Nothing,
    ),
];

#[test]
fn a_project_says_who() {
    asks(&PROJECT, ROWS);
}

#[rustfmt::skip]
const INSTANCE: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] instance;
  "Version": "1",
  "Statement": [
    {"Effect": "Deny", "Action": ["ots:*"], "Principal": ["*"], "Resource": ["acs:ots:*:1234567890123456:instance/web*"],
     "Condition": {"StringNotEquals": {"acs:SourceVpc": ["vpc-a"]}}},
    {"Effect": "Allow", "Action": ["ots:Get*", "ots:BatchGetRow"], "Principal": ["*"],
     "Resource": ["acs:ots:*:1234567890123456:instance/web*"],
     "Condition": {"StringEquals": {"acs:SourceVpc": ["vpc-a"]}, "Bool": {"acs:SecureTransport": ["true"]}}},
    {"Effect": "Deny", "Action": ["ots:DeleteTable"], "Resource": ["acs:ots:*:1234567890123456:instance/web*"]}
  ]
};

const TABLE: &str = "acs:ots:cn-hangzhou:1234567890123456:instance/web/table/t";
const SAFE: &[(&str, &str)] = &[("acs:SourceVpc", "vpc-a"), ("acs:SecureTransport", "true")];
const PLAIN: &[(&str, &str)] = &[("acs:SourceVpc", "vpc-a"), ("acs:SecureTransport", "false")];

const INSTANCE_ROWS: &[Row] = &[
    ("both conditions are met", User(OWNER, "bob", None), "ots:GetRow", TABLE, SAFE, Allows),
    (
        "one of two, which older pages take",
        User(OWNER, "bob", None),
        "ots:GetRow",
        TABLE,
        PLAIN,
        Nothing,
    ),
    (
        "one of two, the other unsaid",
        User(OWNER, "bob", None),
        "ots:GetRow",
        TABLE,
        INSIDE,
        Nothing,
    ),
    ("from outside", User(OWNER, "bob", None), "ots:GetRow", TABLE, &[], Denies),
    (
        "from another network",
        User(OWNER, "bob", None),
        "ots:GetRow",
        TABLE,
        &[("acs:SourceVpc", "vpc-b")],
        Denies,
    ),
    ("a name in full", User(OWNER, "bob", None), "ots:BatchGetRow", TABLE, SAFE, Allows),
    ("another action", User(OWNER, "bob", None), "ots:PutRow", TABLE, SAFE, Nothing),
    ("a role", Role(OWNER, "app", None), "ots:GetRow", TABLE, SAFE, Allows),
    ("another account", Root(OTHER), "ots:GetRow", TABLE, SAFE, Allows),
    ("the owner", Root(OWNER), "ots:GetRow", TABLE, SAFE, Allows),
    ("the owner from outside", Root(OWNER), "ots:GetRow", TABLE, &[], Denies),
    ("anonymous", Anonymous, "ots:GetRow", TABLE, SAFE, Allows),
    ("a service", Service("dataworks.aliyuncs.com"), "ots:GetRow", TABLE, SAFE, Allows),
    (
        "another instance",
        User(OWNER, "bob", None),
        "ots:GetRow",
        "acs:ots:*:1234567890123456:instance/app/table/t",
        SAFE,
        Nothing,
    ),
    (
        "a longer name",
        User(OWNER, "bob", None),
        "ots:GetRow",
        "acs:ots:*:1234567890123456:instance/web2/table/t",
        SAFE,
        Allows,
    ),
    (
        "another account's instance",
        User(OWNER, "bob", None),
        "ots:GetRow",
        "acs:ots:*:7:instance/web/table/t",
        SAFE,
        Nothing,
    ),
    ("nobody is named: a user", User(OWNER, "bob", None), "ots:DeleteTable", TABLE, SAFE, Denies),
    ("nobody is named: the owner", Root(OWNER), "ots:DeleteTable", TABLE, SAFE, Denies),
    ("nobody is named: anonymous", Anonymous, "ots:DeleteTable", TABLE, SAFE, Denies),
    ("another service", User(OWNER, "bob", None), "oss:GetObject", TABLE, SAFE, Nothing),
];

#[test]
fn an_instance_says_who() {
    asks(&INSTANCE, INSTANCE_ROWS);
}
