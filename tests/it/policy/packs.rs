//! Packs: those of a page print the page's document, and each allows what it says and no more.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use std::collections::BTreeSet;

use ram_policy::template::{AccountId, Argument, Name, Path, Region};
use ram_policy::{Level, Policy, PolicyTemplate, Request, pack};

fn name(text: &str) -> Argument<'_> {
    Name::new(text).expect("a name").into()
}

fn bound(template: PolicyTemplate, values: &[(&'static str, Argument<'static>)]) -> Policy {
    template.bind(values.iter().copied()).expect("all values fit")
}

/// Every pack with values, by its name.
fn packs() -> Vec<(&'static str, Policy)> {
    let account = ("account", AccountId::new("1234567890123456").expect("an account").into());
    let region = ("region", Region::new("cn-hangzhou").expect("a region").into());
    let photos = ("bucket", name("myphotos"));
    let folder = ("folder", Path::new("hangzhou/2015").expect("a path").into());
    vec![
        ("READ_BUCKET", bound(pack::READ_BUCKET, &[photos])),
        ("MANAGE_BUCKET", bound(pack::MANAGE_BUCKET, &[photos])),
        ("READ_FOLDER", bound(pack::READ_FOLDER, &[photos, folder])),
        (
            "DELIVER_LOGS",
            bound(pack::DELIVER_LOGS, &[("project", name("web")), ("logstore", name("access"))]),
        ),
        ("READ_LOGS", bound(pack::READ_LOGS, &[("project", name("web"))])),
        ("START_AND_STOP_TAGGED", bound(pack::START_AND_STOP_TAGGED, &[("team", name("dev"))])),
        (
            "PASS_ROLE",
            bound(
                pack::PASS_ROLE,
                &[account, ("role", name("web")), ("service", name("ecs.aliyuncs.com"))],
            ),
        ),
        ("MANAGE_ACCESS_KEYS", bound(pack::MANAGE_ACCESS_KEYS, &[("user", name("alice"))])),
        ("MANAGE_MFA_DEVICE", bound(pack::MANAGE_MFA_DEVICE, &[("user", name("alice"))])),
        (
            "INVOKE_FUNCTION",
            bound(pack::INVOKE_FUNCTION, &[region, account, ("function", name("demo"))]),
        ),
        ("READ_ACTION_TRAIL", pack::READ_ACTION_TRAIL),
    ]
}

fn pack_of(wanted: &str) -> Policy {
    packs().into_iter().find(|(name, _)| *name == wanted).expect(wanted).1
}

/// The documents as the pages print them, on one line.
const PAGES: [(&str, &str); 6] = [
    (
        "READ_BUCKET",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:ListObjects","Resource":"acs:oss:*:*:myphotos"},{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:myphotos/*"}]}"#,
    ),
    (
        "MANAGE_BUCKET",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":["acs:oss:*:*:myphotos","acs:oss:*:*:myphotos/*"]}]}"#,
    ),
    (
        "READ_FOLDER",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Resource":["acs:oss:*:*:myphotos/hangzhou/2015/*"]}]}"#,
    ),
    (
        "MANAGE_ACCESS_KEYS",
        r#"{"Version":"1","Statement":[{"Action":["ram:CreateAccessKey","ram:ListAccessKeys","ram:UpdateAccessKey","ram:DeleteAccessKey"],"Resource":"acs:ram:*:*:user/alice","Effect":"Allow"}]}"#,
    ),
    (
        "MANAGE_MFA_DEVICE",
        r#"{"Statement":[{"Action":["ram:GetUserMFAInfo","ram:BindMFADevice","ram:UnbindMFADevice"],"Resource":"acs:ram:*:*:user/alice","Effect":"Allow"},{"Action":["ram:CreateVirtualMFADevice","ram:DeleteVirtualMFADevice"],"Resource":"*","Effect":"Allow"}],"Version":"1"}"#,
    ),
    (
        "READ_ACTION_TRAIL",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["actiontrail:LookupEvents","actiontrail:Describe*","actiontrail:Get*"],"Resource":"*"}]}"#,
    ),
];

#[test]
fn documents_are_those_of_their_pages() {
    for (name, page) in PAGES {
        assert_eq!(pack_of(name).to_json(), page, "{name}");
    }
}

/// A pack, the action and resource of a request, a value of a key, and whether it is allowed.
type Row = (&'static str, &'static str, &'static str, Option<(&'static str, &'static str)>, bool);

const ASKED: [Row; 30] = [
    ("READ_BUCKET", "oss:GetObject", "acs:oss:oss-cn-hangzhou:1:myphotos/a", None, true),
    ("READ_BUCKET", "oss:ListObjects", "acs:oss:oss-cn-hangzhou:1:myphotos", None, true),
    ("READ_BUCKET", "oss:PutObject", "acs:oss:oss-cn-hangzhou:1:myphotos/a", None, false),
    ("READ_BUCKET", "oss:GetObject", "acs:oss:oss-cn-hangzhou:1:other/a", None, false),
    ("MANAGE_BUCKET", "oss:DeleteBucket", "acs:oss:oss-cn-hangzhou:1:myphotos", None, true),
    ("MANAGE_BUCKET", "oss:DeleteBucket", "acs:oss:oss-cn-hangzhou:1:myphotos2", None, false),
    (
        "READ_FOLDER",
        "oss:GetObject",
        "acs:oss:oss-cn-hangzhou:1:myphotos/hangzhou/2015/a",
        None,
        true,
    ),
    (
        "READ_FOLDER",
        "oss:GetObject",
        "acs:oss:oss-cn-hangzhou:1:myphotos/hangzhou/2016/a",
        None,
        false,
    ),
    (
        "DELIVER_LOGS",
        "log:PostLogStoreLogs",
        "acs:log:cn-hangzhou:1:project/web/logstore/access",
        None,
        true,
    ),
    (
        "DELIVER_LOGS",
        "log:PostLogStoreLogs",
        "acs:log:cn-hangzhou:1:project/web/logstore/other",
        None,
        false,
    ),
    (
        "DELIVER_LOGS",
        "log:GetLogStoreLogs",
        "acs:log:cn-hangzhou:1:project/web/logstore/access",
        None,
        false,
    ),
    (
        "READ_LOGS",
        "log:GetLogStoreLogs",
        "acs:log:cn-hangzhou:1:project/web/logstore/access",
        None,
        true,
    ),
    ("READ_LOGS", "log:GetProject", "acs:log:cn-hangzhou:1:project/web", None, true),
    (
        "READ_LOGS",
        "log:GetLogStoreLogs",
        "acs:log:cn-hangzhou:1:project/webs/logstore/access",
        None,
        false,
    ),
    (
        "READ_LOGS",
        "log:DeleteLogStore",
        "acs:log:cn-hangzhou:1:project/web/logstore/access",
        None,
        false,
    ),
    (
        "START_AND_STOP_TAGGED",
        "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        Some(("ecs:tag/team", "dev")),
        true,
    ),
    (
        "START_AND_STOP_TAGGED",
        "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        Some(("ecs:tag/team", "ops")),
        false,
    ),
    (
        "START_AND_STOP_TAGGED",
        "ecs:StopInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        None,
        false,
    ),
    (
        "START_AND_STOP_TAGGED",
        "ecs:DeleteInstance",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        Some(("ecs:tag/team", "dev")),
        false,
    ),
    (
        "PASS_ROLE",
        "ram:PassRole",
        "acs:ram::1234567890123456:role/web",
        Some(("acs:Service", "ecs.aliyuncs.com")),
        true,
    ),
    (
        "PASS_ROLE",
        "ram:PassRole",
        "acs:ram::1234567890123456:role/web",
        Some(("acs:Service", "fc.aliyuncs.com")),
        false,
    ),
    (
        "PASS_ROLE",
        "ram:PassRole",
        "acs:ram::1234567890123456:role/admin",
        Some(("acs:Service", "ecs.aliyuncs.com")),
        false,
    ),
    ("MANAGE_ACCESS_KEYS", "ram:CreateAccessKey", "acs:ram::1:user/alice", None, true),
    ("MANAGE_ACCESS_KEYS", "ram:CreateAccessKey", "acs:ram::1:user/bob", None, false),
    ("MANAGE_MFA_DEVICE", "ram:BindMFADevice", "acs:ram::1:user/alice", None, true),
    ("MANAGE_MFA_DEVICE", "ram:BindMFADevice", "acs:ram::1:user/bob", None, false),
    (
        "INVOKE_FUNCTION",
        "fc:InvokeFunction",
        "acs:fc:cn-hangzhou:1234567890123456:functions/demo",
        None,
        true,
    ),
    (
        "INVOKE_FUNCTION",
        "fc:InvokeFunction",
        "acs:fc:cn-hangzhou:1234567890123456:functions/other",
        None,
        false,
    ),
    ("READ_ACTION_TRAIL", "actiontrail:DescribeTrails", "*", None, true),
    ("READ_ACTION_TRAIL", "actiontrail:DeleteTrail", "*", None, false),
];

#[test]
fn each_allows_what_it_says() {
    let mut decided = BTreeSet::new();
    for (name, action, resource, value, allowed) in ASKED {
        let mut request = Request::new(action, resource).expect("a request");
        if let Some((key, value)) = value {
            request = request.with_named(key, value).expect("a value");
        }
        let decision = pack_of(name).evaluate(&request);
        assert_eq!(decision.is_allow(), allowed, "{name}: {request}: {decision:?}");
        decided.insert((name, allowed));
    }
    for (name, _) in packs() {
        assert!(decided.contains(&(name, true)) && decided.contains(&(name, false)), "{name}");
    }
}

#[test]
fn nothing_is_wrong_with_any() {
    for (name, policy) in packs() {
        let read = Policy::from_json_lenient(policy.to_json()).expect(name);
        let loud: Vec<_> = read.findings.iter().filter(|one| one.level() > Level::Note).collect();
        assert!(loud.is_empty(), "{name}: {loud:?}");
    }
}

/// Every constant of the module is among those that are tested.
#[test]
fn every_pack_is_tested() {
    const SOURCE: &str = include_str!("../../../runtime/src/pack.rs");
    let declared: Vec<&str> = SOURCE
        .lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.split(':').next())
        .collect();
    let tested: Vec<&str> = packs().into_iter().map(|(name, _)| name).collect();
    assert_eq!(declared, tested);
    assert!(declared.len() >= 10);
}
