//! The account of the documented roles: an export as `export.py` of `ram-policy-account` leaves it, with the
//! service-linked roles and policies of this crate and a few people who use them. The guide audits it.
//!
//! `WRITE_ACCOUNT=1 cargo test -p ram-policy-examples --test account` writes `examples/account` anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by it"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ram_policy::{ControlPolicy, Policy, policy, trust_policy};
use ram_policy_account::{Account, Answer, Principal, Question};
use ram_policy_examples::{Content, EXPORTS, Form, Setting, Spacing, find};
use serde_json::{Value, json};

const ID: &str = "1234567890123456";

const README: &str = "\
Made by `WRITE_ACCOUNT=1 cargo test -p ram-policy-examples --test account`.

An account as `export.py` of `ram-policy-account` exports it: the service-linked roles that the vendor
documents, with their policies, and a few people and roles that are made up. The guide audits it
(`runtime/src/guide/account.md`).
";

/// What must be true of the account, and is not.
const EXPECTATIONS: &str = "\
- only: [group/security]
  may: ram:CreatePolicyVersion
  because: nobody else changes who may do what
- principal: user/ci
  cannot_become: administrator
- nobody_outside: oss:DeleteObject
- principal: role/AliyunServiceRoleForApiGatewayMonitoring
  may_not: ecs:*
";

/// A week of requests.
fn log() -> String {
    let by = |who: &str| json!({ "acs:PrincipalARN": format!("acs:ram::{ID}:{who}") });
    let group =
        format!("acs:apigateway:cn-hangzhou:{ID}:apigroup/cbd157704e624ab58a204fd3e0b5ad79");
    let lines = [
        json!({ "action": "apigateway:DeployApi", "resource": group, "context": by("user/ci") }),
        json!({ "action": "apigateway:CreateApi", "resource": group, "context": by("user/ci") }),
        json!({ "action": "apigateway:DescribeApis", "resource": group, "context": by("user/omar") }),
        json!({ "action": "oss:GetObject", "resource": format!("acs:oss:*:{ID}:backups/monday"), "context": by("role/backup") }),
    ];
    lines.map(|line| format!("{line}\n")).concat()
}

struct Export {
    /// Texts by their path in the folder.
    files: BTreeMap<String, String>,
    users: Vec<Value>,
    groups: Vec<Value>,
    roles: Vec<Value>,
}

impl Export {
    fn put(&mut self, name: &str, response: &Value) {
        let text = serde_json::to_string_pretty(response).unwrap();
        let known = self.files.insert(format!("{name}.json"), text + "\n");
        assert!(known.is_none(), "{name}");
    }

    fn attached(&mut self, list: &str, policies: &[(&str, &str)]) {
        let policies: Vec<Value> = policies
            .iter()
            .map(|(kind, name)| json!({ "PolicyName": name, "PolicyType": kind, "DefaultVersion": "v1" }))
            .collect();
        self.put(list, &json!({ "Policies": { "Policy": policies } }));
    }

    fn policy(&mut self, kind: &str, name: &str, document: &str) {
        let response = json!({
            "Policy": { "PolicyName": name, "PolicyType": kind, "DefaultVersion": "v1" },
            "DefaultPolicyVersion": { "VersionId": "v1", "IsDefaultVersion": true, "PolicyDocument": document },
        });
        self.put(&format!("GetPolicy/{kind}/{name}"), &response);
    }

    fn user(&mut self, name: &str, has_mfa: bool, policies: &[(&str, &str)]) {
        self.users.push(
            json!({ "UserName": name, "UserId": format!("20000000000000{:02}", self.users.len()) }),
        );
        self.attached(&format!("ListPoliciesForUser/{name}"), policies);
        let mfa = if has_mfa {
            json!({ "MFADevice": { "SerialNumber": format!("acs:ram::{ID}:mfa/{name}"), "Type": "VMFA" } })
        } else {
            json!({ "Code": "EntityNotExist.User.MFADevice" })
        };
        self.put(&format!("GetUserMFAInfo/{name}"), &mfa);
    }

    fn group(&mut self, name: &str, members: &[&str], policies: &[(&str, &str)]) {
        self.groups.push(json!({ "GroupName": name }));
        self.attached(&format!("ListPoliciesForGroup/{name}"), policies);
        let members: Vec<Value> = members.iter().map(|name| json!({ "UserName": name })).collect();
        self.put(&format!("ListUsersForGroup/{name}"), &json!({ "Users": { "User": members } }));
    }

    fn role(&mut self, name: &str, trust: Option<&str>, policies: &[(&str, &str)]) {
        let arn = format!("acs:ram::{ID}:role/{}", name.to_ascii_lowercase());
        self.roles.push(json!({ "RoleName": name, "Arn": arn }));
        self.attached(&format!("ListPoliciesForRole/{name}"), policies);
        let mut role = json!({ "RoleName": name, "Arn": arn });
        if let Some(trust) = trust {
            role["AssumeRolePolicyDocument"] = json!(trust);
        }
        self.put(&format!("GetRole/{name}"), &json!({ "Role": role }));
    }
}

/// Every file of the folder.
fn files() -> BTreeMap<String, String> {
    let mut export =
        Export { files: BTreeMap::new(), users: Vec::new(), groups: Vec::new(), roles: Vec::new() };
    export.put("GetCallerIdentity", &json!({ "AccountId": ID, "IdentityType": "Account" }));
    export.put(
        "GetBucketPolicy/backups",
        &json!({ "Version": "1", "Statement": [{
            "Effect": "Allow", "Action": ["oss:GetObject"], "Principal": ["6543210987654321"],
            "Resource": [format!("acs:oss:*:{ID}:backups/*")],
            "Condition": { "StringEquals": { "acs:SourceVpc": ["vpc-a1b2c3"] } },
        }] }),
    );
    for name in ["GetKeyPolicy/key-hzz5f3a1b2", "GetSecretPolicy/database"] {
        export.put(name, &json!({ "Code": "Forbidden.PolicyNotExist" }));
    }
    export.put("GetProjectPolicy/audit", &json!({ "Code": "ProjectPolicyNotExist" }));
    export.put("GetInstance/orders", &json!({ "InstanceName": "orders" }));
    let mut roles = BTreeSet::new();
    for documented in EXPORTS {
        let document = documented.text(Form::Document, Spacing::Minified, &[]);
        match &documented.content {
            Content::Role { role, .. } => {
                assert!(roles.insert(role.name()));
                let name = documented.policy_name().unwrap();
                export.policy("System", name, &document.unwrap());
                // The page of one role does not say who assumes it.
                let trust = documented.text(Form::Trust, Spacing::Minified, &[]).ok();
                export.role(role.name(), trust.as_deref(), &[("System", name)]);
            }
            // The statements of a role are those of its policy.
            Content::Policy { policy_name: Some(name), .. } if !name.contains("ServiceRole") => {
                export.policy("System", name, &document.unwrap());
            }
            Content::Policy { .. } | Content::Template(_) => {}
        }
    }
    let values = [
        ("regionid", "cn-hangzhou"),
        ("accountid", ID),
        ("groupId", "cbd157704e624ab58a204fd3e0b5ad79"),
        ("appId", "20112314518278"),
    ]
    .map(|(name, value)| Setting::exactly(name, value));
    let manage = find("apigateway-manage-group").unwrap();
    let manage = manage.text(Form::Document, Spacing::Minified, &values).unwrap();
    export.policy("Custom", "manage-group", &manage);
    let own: [(&str, Policy); 4] = [
        (
            "publish-policies",
            policy! {
                allow ram::CreatePolicyVersion on "acs:ram:*:1234567890123456:policy/manage-group";
            },
        ),
        ("security", policy! { #![allow(privilege_escalation)] allow ram::* on *; }),
        (
            "assume-backup",
            policy! { allow sts::AssumeRole on "acs:ram:*:1234567890123456:role/backup"; },
        ),
        (
            "backup",
            policy! { allow oss::{GetObject, PutObject, DeleteObject} on "acs:oss:*:*:backups/*"; },
        ),
    ];
    for (name, policy) in own {
        export.policy("Custom", name, &policy.to_json());
    }
    export.user("ci", false, &[("Custom", "manage-group"), ("Custom", "publish-policies")]);
    export.user("nora", true, &[("Custom", "assume-backup")]);
    export.user("lea", true, &[]);
    export.user("omar", false, &[]);
    export.group("gateway", &["nora"], &[("System", "AliyunApiGatewayFullAccess")]);
    export.group("readers", &["omar", "nora"], &[("System", "AliyunApiGatewayReadOnlyAccess")]);
    export.group("security", &["lea"], &[("Custom", "security")]);
    let partner = trust_policy! {
        allow sts::AssumeRole by ram "acs:ram::1234567890123456:user/nora";
        allow sts::AssumeRole by ram "acs:ram::6543210987654321:root";
    };
    export.role("backup", Some(&partner.to_json()), &[("Custom", "backup")]);
    let list = |name: &str, item: &str, all: &[Value]| json!({ name: { item: all }, "IsTruncated": false });
    for (file, name, item, all) in [
        ("ListUsers", "Users", "User", export.users.clone()),
        ("ListGroups", "Groups", "Group", export.groups.clone()),
        ("ListRoles", "Roles", "Role", export.roles.clone()),
    ] {
        export.put(file, &list(name, item, &all));
    }
    export.put(
        "ListPolicyAttachments",
        &json!({ "PolicyAttachments": { "PolicyAttachment": [] }, "TotalCount": 0 }),
    );
    // A level without control policies allows nothing; RAM attaches one that allows everything.
    let everything = ControlPolicy::full_aliyun_access();
    export.put(
        &format!("ListControlPolicyAttachmentsForTarget/0-{ID}"),
        &json!({ "ControlPolicyAttachments": { "ControlPolicyAttachment": [{ "PolicyId": "FullAliyunAccess" }] } }),
    );
    export.put(
        "GetControlPolicy/FullAliyunAccess",
        &json!({ "ControlPolicy": { "PolicyId": "FullAliyunAccess", "PolicyDocument": everything.policy().to_json() } }),
    );
    let mut files = export.files;
    files.insert("README.md".to_owned(), README.to_owned());
    files.insert("expectations.yml".to_owned(), EXPECTATIONS.to_owned());
    files.insert("log.jsonl".to_owned(), log());
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("account")
}

/// The files that are there, by their path in the folder.
fn found(folder: &Path, within: &str, all: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = format!("{within}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            found(&path, &format!("{name}/"), all);
        } else {
            all.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_folder_is_fresh() {
    let files = files();
    if std::env::var_os("WRITE_ACCOUNT").is_some() {
        if folder().exists() {
            fs::remove_dir_all(folder()).unwrap();
        }
        for (name, text) in &files {
            let path = folder().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut there = BTreeMap::new();
    found(&folder(), "", &mut there);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&files), "WRITE_ACCOUNT=1 writes it anew");
    for (name, text) in &files {
        assert_eq!(&there[name], text, "{name}; WRITE_ACCOUNT=1 writes it anew");
    }
}

#[test]
fn the_guide_shows_the_expectations() {
    let guide = include_str!("../../runtime/src/guide/account.md");
    assert!(guide.contains(&format!("```yaml\n{EXPECTATIONS}```\n")));
}

/// Who may do what: those who may, and `?` behind those of whom nobody can say it.
#[test]
fn the_account_answers() {
    let account = Account::from_folder(folder()).unwrap();
    let holes: Vec<String> = account.holes().iter().map(ToString::to_string).collect();
    let role = "AliyunServiceRoleForApigatewayPutEventsToEventBridge";
    assert_eq!(holes, [format!("trust policy of role/{role}: it is not there")]);
    let connects = "AliyunServiceRoleForApiGatewayConnectUserVpc";
    let registry = "AliyunServiceRoleForContainerRegistryConnectCustomerVPC";
    for (action, expected) in [
        ("eventbridge:PutEvents", vec![format!("role/{role}")]),
        (
            "ecs:CreateNetworkInterface",
            vec![
                format!("role/{connects}"),
                format!("role/{registry}"),
                format!("connect-customer-vpc.cr.aliyuncs.com > {registry}"),
                format!("connectuservpc.apigateway.aliyuncs.com > {connects}"),
            ],
        ),
        (
            "oss:DeleteObject",
            vec![
                "role/backup".to_owned(),
                "user/nora > backup".to_owned(),
                "acs:ram::6543210987654321:root > backup".to_owned(),
            ],
        ),
        ("apigateway:DeleteApi", vec!["user/ci".to_owned(), "user/nora".to_owned()]),
        ("ram:CreatePolicyVersion", vec!["user/ci".to_owned(), "user/lea".to_owned()]),
    ] {
        let mut found: Vec<String> = account
            .who_can(&Question::new(action).unwrap())
            .into_iter()
            .filter(|one| one.principal != Principal::Root)
            .map(|one| {
                let through: String = one.through.iter().map(|role| format!(" > {role}")).collect();
                let sure = if matches!(one.answer, Answer::Yes(_)) { "" } else { "?" };
                format!("{}{through}{sure}", one.principal)
            })
            .collect();
        let mut expected = expected;
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{action}");
    }
    let administrators: Vec<String> = account
        .ways_to_administrator()
        .into_iter()
        .filter(|(_, reach)| reach.to_administrator().is_some())
        .map(|(principal, _)| principal.to_string())
        .collect();
    assert_eq!(administrators, ["user/ci", "user/lea"]);
}
