//! Bucket policies and those of access points (OSS: Bucket Policy; OSS: Access points).

use ram_policy::{ResourceKind, ResourcePolicy, resource_policy};

use super::{
    ALICE, Allows, Anonymous, BOB, Denies, Nothing, OTHER, OWNER, Role, Root, Row, Service,
    Unclear, UnclearDenies, User, asks,
};

/// A list of a user, an account and sessions; a denial for everybody outside of a VPC.
#[rustfmt::skip]
const BUCKET: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] bucket;
  "Version": "1",
  "Statement": [
    {"Effect": "Allow", "Action": ["oss:GetObject"], "Resource": ["acs:oss:*:1234567890123456:photos/*"],
     "Principal": ["200000000000000001", "6543210987654321", "arn:sts::6543210987654321:assumed-role/app/*"]},
    {"Effect": "Allow", "Action": ["oss:ListObjects"], "Resource": ["acs:oss:*:1234567890123456:photos"],
     "Principal": ["*"]},
    {"Effect": "Allow", "Action": ["oss:PutObject"], "Resource": ["acs:oss:*:*:photos/*"],
     "Principal": ["arn:sts::*:*/*/*"], "Condition": {"StringEquals": {"acs:SourceVpc": ["vpc-a"]}}},
    {"Effect": "Deny", "Action": ["oss:DeleteObject"], "Resource": ["acs:oss:*:*:photos/*"],
     "Principal": ["200000000000000001"]},
    {"Effect": "Deny", "Action": ["oss:DeleteBucket"], "Resource": ["acs:oss:*:*:photos"],
     "Principal": ["*"]},
    {"Effect": "Deny", "Action": ["oss:PutBucketAcl"], "Resource": ["acs:oss:*:*:photos"],
     "Principal": ["*"], "Condition": {"StringNotEquals": {"acs:SourceVpc": ["vpc-a"]}}},
    {"Effect": "Deny", "Action": ["oss:PutBucketCors"], "Resource": ["acs:oss:*:*:photos"],
     "Principal": ["1234567890123456"]},
    {"Effect": "Allow", "Action": ["oss:GetBucketAcl"], "Resource": ["acs:oss:*:*:photos"],
     "Principal": ["arn:sts::6543210987654321:assumed-role/app/deploy"]}
  ]
};

const PHOTO: &str = "acs:oss:*:1234567890123456:photos/a.jpg";
const PHOTOS: &str = "acs:oss:*:1234567890123456:photos";
const INSIDE: &[(&str, &str)] = &[("acs:SourceVpc", "vpc-a")];

const ROWS: &[Row] = &[
    ("the user by number", User(OTHER, "alice", Some(ALICE)), "oss:GetObject", PHOTO, &[], Allows),
    ("another user by number", User("7", "bob", Some(BOB)), "oss:GetObject", PHOTO, &[], Nothing),
    ("a user without a number", User("7", "bob", None), "oss:GetObject", PHOTO, &[], Unclear),
    (
        "a user of the account that is named",
        User(OTHER, "bob", Some(BOB)),
        "oss:GetObject",
        PHOTO,
        &[],
        Unclear,
    ),
    ("the owner of the account that is named", Root(OTHER), "oss:GetObject", PHOTO, &[], Allows),
    ("the owner of another account", Root("7"), "oss:GetObject", PHOTO, &[], Nothing),
    (
        "the role whose sessions are named",
        Role(OTHER, "app", Some("x")),
        "oss:GetObject",
        PHOTO,
        &[],
        Allows,
    ),
    ("any session will do", Role(OTHER, "app", None), "oss:GetObject", PHOTO, &[], Allows),
    (
        "another role of the account that is named",
        Role(OTHER, "web", None),
        "oss:GetObject",
        PHOTO,
        &[],
        Unclear,
    ),
    ("a role of that name elsewhere", Role("7", "app", None), "oss:GetObject", PHOTO, &[], Nothing),
    ("a role in another case", Role("7", "App", None), "oss:GetObject", PHOTO, &[], Nothing),
    ("nobody who signs", Anonymous, "oss:GetObject", PHOTO, &[], Nothing),
    ("a service", Service("cdn.aliyuncs.com"), "oss:GetObject", PHOTO, &[], Nothing),
    ("another action", User(OTHER, "alice", Some(ALICE)), "oss:PutObject", PHOTO, &[], Nothing),
    (
        "another bucket",
        User(OTHER, "alice", Some(ALICE)),
        "oss:GetObject",
        "acs:oss:*:1234567890123456:films/a",
        &[],
        Nothing,
    ),
    ("everybody: anonymous", Anonymous, "oss:ListObjects", PHOTOS, &[], Allows),
    ("everybody: another account", Root(OTHER), "oss:ListObjects", PHOTOS, &[], Allows),
    (
        "everybody without a condition spares the owner",
        Root(OWNER),
        "oss:ListObjects",
        PHOTOS,
        &[],
        Nothing,
    ),
    (
        "everybody: users of the owner",
        User(OWNER, "carol", None),
        "oss:ListObjects",
        PHOTOS,
        &[],
        Allows,
    ),
    ("every session, from inside", Role("7", "any", None), "oss:PutObject", PHOTO, INSIDE, Allows),
    ("every session, from outside", Role("7", "any", None), "oss:PutObject", PHOTO, &[], Nothing),
    ("a user is no session", User("7", "bob", Some(BOB)), "oss:PutObject", PHOTO, INSIDE, Nothing),
    (
        "a denial by number",
        User(OTHER, "alice", Some(ALICE)),
        "oss:DeleteObject",
        PHOTO,
        &[],
        Denies,
    ),
    (
        "a denial by number of somebody else",
        User(OTHER, "bob", Some(BOB)),
        "oss:DeleteObject",
        PHOTO,
        &[],
        Nothing,
    ),
    (
        "a denial of a user whose number is not known",
        User(OTHER, "bob", None),
        "oss:DeleteObject",
        PHOTO,
        &[],
        UnclearDenies,
    ),
    (
        "a denial for everybody spares the owner",
        Root(OWNER),
        "oss:DeleteBucket",
        PHOTOS,
        &[],
        Nothing,
    ),
    ("and nobody else", User(OWNER, "carol", None), "oss:DeleteBucket", PHOTOS, &[], Denies),
    (
        "with a condition it locks the owner out",
        Root(OWNER),
        "oss:PutBucketAcl",
        PHOTOS,
        &[],
        Denies,
    ),
    ("unless the condition is met", Root(OWNER), "oss:PutBucketAcl", PHOTOS, INSIDE, Nothing),
    ("a denial of an account: its owner", Root(OWNER), "oss:PutBucketCors", PHOTOS, &[], Denies),
    (
        "a denial of an account: its users",
        User(OWNER, "carol", None),
        "oss:PutBucketCors",
        PHOTOS,
        &[],
        UnclearDenies,
    ),
    (
        "a denial of an account: its roles",
        Role(OWNER, "web", None),
        "oss:PutBucketCors",
        PHOTOS,
        &[],
        UnclearDenies,
    ),
    ("one session", Role(OTHER, "app", Some("deploy")), "oss:GetBucketAcl", PHOTOS, &[], Allows),
    ("another session", Role(OTHER, "app", Some("x")), "oss:GetBucketAcl", PHOTOS, &[], Nothing),
    (
        "a session without a name",
        Role(OTHER, "app", None),
        "oss:GetBucketAcl",
        PHOTOS,
        &[],
        Unclear,
    ),
];

#[test]
fn a_bucket_says_who() {
    asks(&BUCKET, ROWS);
}

#[rustfmt::skip]
const ACCESS_POINT: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] access_point;
  "Version": "1",
  "Statement": [
    {"Effect": "Allow", "Action": ["oss:GetObject", "oss:PutObject"], "Principal": ["200000000000000001", "6543210987654321"],
     "Resource": ["acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01/object/*"]},
    {"Effect": "Allow", "Action": ["oss:ListObjects"], "Principal": ["arn:sts::1234567890123456:assumed-role/app/*"],
     "Resource": ["acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01"],
     "Condition": {"StringLike": {"oss:Prefix": ["team/*"]}}},
    {"Effect": "Deny", "Action": ["oss:PutObject"], "Principal": ["*"],
     "Resource": ["acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01/object/locked/*"]}
  ]
};

const THROUGH: &str = "acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01/object/a";
const LOCKED: &str = "acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01/object/locked/a";
const POINT: &str = "acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-01";
const TEAM: &[(&str, &str)] = &[("oss:Prefix", "team/x")];

const THROUGH_ROWS: &[Row] = &[
    ("the user", User(OWNER, "alice", Some(ALICE)), "oss:GetObject", THROUGH, &[], Allows),
    ("the user writes", User(OWNER, "alice", Some(ALICE)), "oss:PutObject", THROUGH, &[], Allows),
    (
        "the user deletes",
        User(OWNER, "alice", Some(ALICE)),
        "oss:DeleteObject",
        THROUGH,
        &[],
        Nothing,
    ),
    ("another user", User(OWNER, "bob", Some(BOB)), "oss:GetObject", THROUGH, &[], Nothing),
    ("a user without a number", User(OWNER, "bob", None), "oss:GetObject", THROUGH, &[], Unclear),
    ("the account", Root(OTHER), "oss:GetObject", THROUGH, &[], Allows),
    (
        "a user of the account",
        User(OTHER, "bob", Some(BOB)),
        "oss:GetObject",
        THROUGH,
        &[],
        Unclear,
    ),
    ("a role of the account", Role(OTHER, "web", None), "oss:GetObject", THROUGH, &[], Unclear),
    ("the owner is not spared", Root(OWNER), "oss:PutObject", LOCKED, &[], Denies),
    (
        "a denial for everybody",
        User(OWNER, "alice", Some(ALICE)),
        "oss:PutObject",
        LOCKED,
        &[],
        Denies,
    ),
    ("a denial for anonymous callers", Anonymous, "oss:PutObject", LOCKED, &[], Denies),
    (
        "reading what is locked",
        User(OWNER, "alice", Some(ALICE)),
        "oss:GetObject",
        LOCKED,
        &[],
        Allows,
    ),
    ("the role lists its folder", Role(OWNER, "app", None), "oss:ListObjects", POINT, TEAM, Allows),
    (
        "and no other",
        Role(OWNER, "app", None),
        "oss:ListObjects",
        POINT,
        &[("oss:Prefix", "x")],
        Nothing,
    ),
    ("nor all", Role(OWNER, "app", None), "oss:ListObjects", POINT, &[], Nothing),
    ("another role", Role(OWNER, "web", None), "oss:ListObjects", POINT, TEAM, Nothing),
    ("the same role elsewhere", Role(OTHER, "app", None), "oss:ListObjects", POINT, TEAM, Nothing),
    (
        "another access point",
        User(OWNER, "alice", Some(ALICE)),
        "oss:GetObject",
        "acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap-02/object/a",
        &[],
        Nothing,
    ),
    (
        "another region",
        User(OWNER, "alice", Some(ALICE)),
        "oss:GetObject",
        "acs:oss:cn-beijing:1234567890123456:accesspoint/ap-01/object/a",
        &[],
        Nothing,
    ),
    ("anonymous", Anonymous, "oss:GetObject", THROUGH, &[], Nothing),
    ("a service", Service("cdn.aliyuncs.com"), "oss:GetObject", THROUGH, &[], Nothing),
];

#[test]
fn an_access_point_says_who() {
    asks(&ACCESS_POINT, THROUGH_ROWS);
    let of_process = |text: &str| text.replace("accesspoint/", "accesspointforobjectprocess/");
    let rows: Vec<Row> = THROUGH_ROWS
        .iter()
        .map(|(name, who, action, resource, values, said)| {
            let resource: &'static str = Box::leak(of_process(resource).into_boxed_str());
            (*name, *who, *action, resource, *values, *said)
        })
        .collect();
    let text = of_process(&ACCESS_POINT.to_json());
    let policy = ResourcePolicy::from_json(ResourceKind::ObjectProcess, text).expect("a policy");
    asks(&policy, &rows);
}
