//! Policies of VPC endpoints (PrivateLink: Endpoint policies; OSS: 0003-00000401).

use ram_policy::{ResourcePolicy, resource_policy};

use super::{
    ALICE, Allows, Anonymous, BOB, Denies, Nothing, OTHER, OWNER, Role, Root, Row, Service,
    Unclear, UnclearDenies, User, asks,
};

#[rustfmt::skip]
const ENDPOINT: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] endpoint;
  "Version": "1",
  "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": "oss:Get*", "Resource": "acs:oss:*:*:photos/*"},
    {"Effect": "Allow", "Principal": ["200000000000000001", "6543210987654321"], "Action": ["oss:PutObject"],
     "Resource": ["acs:oss:*:*:photos/*"]},
    {"Effect": "Deny", "Principal": ["*"], "Action": "*", "Resource": ["acs:oss:*:*:photos/secret/*"]},
    {"Effect": "Deny", "Principal": ["200000000000000002"], "Action": ["oss:PutObject"], "Resource": "*"}
  ]
};

const PHOTO: &str = "acs:oss:*:1234567890123456:photos/a";
const SECRET: &str = "acs:oss:*:1234567890123456:photos/secret/a";

const ROWS: &[Row] = &[
    ("a user", User(OWNER, "alice", None), "oss:GetObject", PHOTO, &[], Allows),
    ("a role", Role(OWNER, "app", None), "oss:GetObject", PHOTO, &[], Allows),
    ("the owner is not spared", Root(OWNER), "oss:GetObject", PHOTO, &[], Allows),
    ("another account", Root(OTHER), "oss:GetObject", PHOTO, &[], Allows),
    ("anonymous", Anonymous, "oss:GetObject", PHOTO, &[], Allows),
    ("a service", Service("cdn.aliyuncs.com"), "oss:GetObject", PHOTO, &[], Allows),
    (
        "another bucket",
        User(OWNER, "alice", None),
        "oss:GetObject",
        "acs:oss:*:1234567890123456:films/a",
        &[],
        Nothing,
    ),
    (
        "another service",
        User(OWNER, "alice", None),
        "ecs:StopInstance",
        "acs:ecs:*:1234567890123456:instance/i-1",
        &[],
        Nothing,
    ),
    ("a pattern of actions", User(OWNER, "alice", None), "oss:GetObjectAcl", PHOTO, &[], Allows),
    (
        "the user by number writes",
        User(OWNER, "alice", Some(ALICE)),
        "oss:PutObject",
        PHOTO,
        &[],
        Allows,
    ),
    ("the account writes", Root(OTHER), "oss:PutObject", PHOTO, &[], Allows),
    (
        "a user of the account writes",
        User(OTHER, "carol", Some("3")),
        "oss:PutObject",
        PHOTO,
        &[],
        Unclear,
    ),
    (
        "a role of the account writes",
        Role(OTHER, "web", None),
        "oss:PutObject",
        PHOTO,
        &[],
        Unclear,
    ),
    (
        "a role of another account writes",
        Role("7", "web", None),
        "oss:PutObject",
        PHOTO,
        &[],
        Nothing,
    ),
    ("a denied user by number", User(OWNER, "bob", Some(BOB)), "oss:PutObject", PHOTO, &[], Denies),
    (
        "a user without a number may be denied",
        User(OWNER, "bob", None),
        "oss:PutObject",
        PHOTO,
        &[],
        UnclearDenies,
    ),
    ("anonymous writes", Anonymous, "oss:PutObject", PHOTO, &[], Nothing),
    ("a denial for everybody", User(OWNER, "alice", None), "oss:GetObject", SECRET, &[], Denies),
    ("a denial for the owner", Root(OWNER), "oss:GetObject", SECRET, &[], Denies),
    ("a denial for anonymous callers", Anonymous, "oss:GetObject", SECRET, &[], Denies),
    ("a denial of everything", Role(OTHER, "app", None), "oss:DeleteObject", SECRET, &[], Denies),
];

#[test]
fn an_endpoint_says_who() {
    asks(&ENDPOINT, ROWS);
}
