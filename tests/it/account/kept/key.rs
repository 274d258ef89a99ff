//! Policies of keys and secrets (KMS: `SetKeyPolicy`; KMS: `SetSecretPolicy`; KMS: Key policies).

use ram_policy::{ResourcePolicy, resource_policy};

use super::{
    ALICE, Allows, Anonymous, Denies, Nothing, OTHER, OWNER, Role, Root, Row, Service, Unclear,
    UnclearDenies, User, asks,
};

#[rustfmt::skip]
const KEY: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] key;
  "Version": "1",
  "Statement": [
    {"Sid": "kms default key policy", "Effect": "Allow", "Principal": {"RAM": ["acs:ram::1234567890123456:*"]},
     "Action": ["kms:Describe*", "kms:List*"], "Resource": ["*"]},
    {"Effect": "Allow", "Principal": {"RAM": ["acs:ram::1234567890123456:user/alice", "acs:ram::1234567890123456:role/app"]},
     "Action": ["kms:Decrypt", "kms:ScheduleKeyDeletion", "kms:RestoreSecret"], "Resource": ["*"]},
    {"Effect": "Allow", "Principal": {"RAM": ["acs:ram::6543210987654321:role/app", "acs:ram::6543210987654321:*"]},
     "Action": ["kms:*"], "Resource": ["*"], "Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}},
    {"Effect": "Deny", "Principal": {"RAM": ["acs:ram::1234567890123456:role/old"]},
     "Action": ["kms:Encrypt"], "Resource": ["*"]},
    {"Effect": "Deny", "Principal": {"RAM": ["acs:ram::1234567890123456:*"]},
     "Action": ["kms:DeleteKeyMaterial"], "Resource": ["*"]},
    {"Effect": "Allow", "Principal": {"RAM": ["acs:ram::1234567890123456:root"]},
     "Action": ["kms:UpdateKeyDescription"], "Resource": ["*"]}
  ]
};

const K: &str = "acs:kms:cn-hangzhou:1234567890123456:key/k-1";
const INSIDE: &[(&str, &str)] = &[("acs:SourceIp", "10.1.2.3")];

const ROWS: &[Row] = &[
    ("a user of the account", User(OWNER, "bob", None), "kms:DescribeKey", K, &[], Allows),
    ("a role of the account", Role(OWNER, "web", None), "kms:ListKeys", K, &[], Allows),
    ("the owner of the account", Root(OWNER), "kms:DescribeKey", K, &[], Unclear),
    ("a user of another account", User("7", "bob", None), "kms:DescribeKey", K, &[], Nothing),
    ("the user by name", User(OWNER, "alice", None), "kms:Decrypt", K, &[], Allows),
    ("a number changes nothing", User(OWNER, "alice", Some(ALICE)), "kms:Decrypt", K, &[], Allows),
    ("another user", User(OWNER, "bob", None), "kms:Decrypt", K, &[], Nothing),
    ("the role by name", Role(OWNER, "app", None), "kms:Decrypt", K, &[], Allows),
    ("the role in another case", Role(OWNER, "App", None), "kms:Decrypt", K, &[], Unclear),
    ("a user of the role's name", User(OWNER, "app", None), "kms:Decrypt", K, &[], Nothing),
    (
        "administration within the account",
        User(OWNER, "alice", None),
        "kms:ScheduleKeyDeletion",
        K,
        &[],
        Allows,
    ),
    (
        "an action that is not supported",
        User(OWNER, "alice", None),
        "kms:RestoreSecret",
        K,
        &[],
        Nothing,
    ),
    ("another account uses", Role(OTHER, "app", None), "kms:Decrypt", K, INSIDE, Allows),
    ("another account uses from outside", Role(OTHER, "app", None), "kms:Decrypt", K, &[], Nothing),
    (
        "another account administers",
        Role(OTHER, "app", None),
        "kms:ScheduleKeyDeletion",
        K,
        INSIDE,
        Nothing,
    ),
    ("another account tags", Role(OTHER, "app", None), "kms:TagResource", K, INSIDE, Nothing),
    ("a user of the other account", User(OTHER, "bob", None), "kms:Encrypt", K, INSIDE, Allows),
    ("the owner of the other account", Root(OTHER), "kms:Encrypt", K, INSIDE, Unclear),
    ("a denial of a role", Role(OWNER, "old", None), "kms:Encrypt", K, &[], Denies),
    ("of a role in another case", Role(OWNER, "OLD", None), "kms:Encrypt", K, &[], UnclearDenies),
    ("of another role", Role(OWNER, "new", None), "kms:Encrypt", K, &[], Nothing),
    ("a denial of an account", User(OWNER, "bob", None), "kms:DeleteKeyMaterial", K, &[], Denies),
    ("of the account's owner", Root(OWNER), "kms:DeleteKeyMaterial", K, &[], UnclearDenies),
    ("of another account", User(OTHER, "bob", None), "kms:DeleteKeyMaterial", K, &[], Nothing),
    (
        "`root`, which no page has",
        User(OWNER, "bob", None),
        "kms:UpdateKeyDescription",
        K,
        &[],
        Unclear,
    ),
    ("`root` for the owner", Root(OWNER), "kms:UpdateKeyDescription", K, &[], Unclear),
    ("anonymous", Anonymous, "kms:Decrypt", K, &[], Nothing),
    ("a service", Service("oss.aliyuncs.com"), "kms:Decrypt", K, &[], Nothing),
];

#[test]
fn a_key_says_who() {
    asks(&KEY, ROWS);
}

#[rustfmt::skip]
const SECRET: ResourcePolicy = resource_policy! { #![allow(principal, ineffective_action)] secret;
  "Version": "1",
  "Statement": [
    {"Effect": "Allow", "Principal": {"RAM": ["acs:ram::1234567890123456:*"]}, "Action": ["kms:*"], "Resource": ["*"]},
    {"Effect": "Allow", "Principal": {"RAM": ["acs:ram::6543210987654321:role/app"]},
     "Action": ["kms:GetSecretValue", "kms:DeleteSecret"], "Resource": ["*"]},
    {"Effect": "Deny", "Principal": {"RAM": ["acs:ram::1234567890123456:user/alice"]},
     "Action": ["kms:DeleteSecret"], "Resource": ["*"]}
  ]
};

const S: &str = "acs:kms:cn-hangzhou:1234567890123456:secret/db";

const SECRET_ROWS: &[Row] = &[
    ("a user reads", User(OWNER, "bob", None), "kms:GetSecretValue", S, &[], Allows),
    ("a role reads", Role(OWNER, "web", None), "kms:GetSecretValue", S, &[], Allows),
    ("a user describes", User(OWNER, "bob", None), "kms:DescribeSecret", S, &[], Allows),
    ("a user deletes", User(OWNER, "bob", None), "kms:DeleteSecret", S, &[], Allows),
    ("a user lists versions", User(OWNER, "bob", None), "kms:ListSecretVersionIds", S, &[], Allows),
    ("a user updates", User(OWNER, "bob", None), "kms:UpdateSecret", S, &[], Allows),
    ("a user creates", User(OWNER, "bob", None), "kms:CreateSecret", S, &[], Allows),
    ("a user tags", User(OWNER, "bob", None), "kms:TagResource", S, &[], Allows),
    ("what KMS does not list", User(OWNER, "bob", None), "kms:PutSecretValue", S, &[], Nothing),
    ("what KMS does not list, too", User(OWNER, "bob", None), "kms:RestoreSecret", S, &[], Nothing),
    ("another service", User(OWNER, "bob", None), "oss:GetObject", S, &[], Nothing),
    ("the denied user deletes", User(OWNER, "alice", None), "kms:DeleteSecret", S, &[], Denies),
    ("and reads", User(OWNER, "alice", None), "kms:GetSecretValue", S, &[], Allows),
    ("the owner of the account", Root(OWNER), "kms:GetSecretValue", S, &[], Unclear),
    (
        "the role of another account reads",
        Role(OTHER, "app", None),
        "kms:GetSecretValue",
        S,
        &[],
        Allows,
    ),
    ("and does not delete", Role(OTHER, "app", None), "kms:DeleteSecret", S, &[], Nothing),
    ("another role of it", Role(OTHER, "web", None), "kms:GetSecretValue", S, &[], Nothing),
    ("a user of it", User(OTHER, "app", None), "kms:GetSecretValue", S, &[], Nothing),
    ("the owner of it", Root(OTHER), "kms:GetSecretValue", S, &[], Nothing),
    ("anonymous", Anonymous, "kms:GetSecretValue", S, &[], Nothing),
    ("a service", Service("fc.aliyuncs.com"), "kms:GetSecretValue", S, &[], Nothing),
];

#[test]
fn a_secret_says_who() {
    asks(&SECRET, SECRET_ROWS);
}
