//! Folders of responses: what is read of them, and what is a hole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ram_policy_account::{Account, Answer, Expectation, Principal, Question, Scope};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The account of all tests.
pub(crate) const ID: &str = "1234567890123456";

/// What is to be exported.
#[derive(Default)]
pub(crate) struct Export {
    /// Files by their name, without `.json`.
    files: BTreeMap<String, Value>,
    users: Vec<Value>,
    groups: Vec<Value>,
    roles: Vec<Value>,
}

/// One statement.
pub(crate) fn statement(effect: &str, action: &Value, resource: &str) -> Value {
    json!({ "Effect": effect, "Action": action, "Resource": resource })
}

/// A document as a text, as the API gives it.
pub(crate) fn document(statements: &[Value]) -> String {
    json!({ "Version": "1", "Statement": statements }).to_string()
}

/// A trust policy.
pub(crate) fn trust(principal: &Value) -> String {
    document(&[json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal })])
}

/// What is attached, as `custom/<name>` or `system/<name>`.
fn attached(policies: &[&str]) -> Value {
    let listed = policies.iter().map(|policy| {
        let (origin, name) = policy.split_once('/').expect("`custom/<name>`");
        let kind = if origin == "system" { "System" } else { "Custom" };
        json!({ "PolicyName": name, "PolicyType": kind, "DefaultVersion": "v1" })
    });
    json!({ "RequestId": "1", "Policies": { "Policy": listed.collect::<Vec<_>>() } })
}

impl Export {
    pub(crate) fn new() -> Self {
        let mut export = Self::default();
        export.put("GetCallerIdentity", json!({ "AccountId": ID, "IdentityType": "Account" }));
        export.put(
            "ListPolicyAttachments",
            json!({ "PolicyAttachments": { "PolicyAttachment": [] }, "TotalCount": 0 }),
        );
        export
    }

    pub(crate) fn put(&mut self, name: impl Into<String>, response: Value) {
        self.files.insert(name.into(), response);
    }

    pub(crate) fn remove(&mut self, name: &str) {
        assert!(self.files.remove(name).is_some(), "{name}");
    }

    pub(crate) fn user(&mut self, name: &str, policies: &[&str]) {
        self.users.push(json!({ "UserName": name, "UserId": format!("20{}", self.users.len()) }));
        self.put(format!("ListPoliciesForUser/{name}"), attached(policies));
    }

    pub(crate) fn group(&mut self, name: &str, members: &[&str], policies: &[&str]) {
        self.groups.push(json!({ "GroupName": name }));
        self.put(format!("ListPoliciesForGroup/{name}"), attached(policies));
        let members: Vec<Value> = members.iter().map(|name| json!({ "UserName": name })).collect();
        self.put(format!("ListUsersForGroup/{name}"), json!({ "Users": { "User": members } }));
    }

    pub(crate) fn role(&mut self, name: &str, trust: &str, policies: &[&str]) {
        self.roles.push(json!({ "RoleName": name, "Arn": format!("acs:ram::{ID}:role/{name}") }));
        self.put(format!("ListPoliciesForRole/{name}"), attached(policies));
        let role = json!({ "RoleName": name, "AssumeRolePolicyDocument": trust });
        self.put(format!("GetRole/{name}"), json!({ "Role": role }));
    }

    pub(crate) fn policy(&mut self, origin: &str, name: &str, document: &str) {
        let response = json!({
            "Policy": { "PolicyName": name, "PolicyType": origin },
            "DefaultPolicyVersion": { "PolicyDocument": document, "VersionId": "v1" },
        });
        self.put(format!("GetPolicy/{origin}/{name}"), response);
    }

    /// No control policies bind the account.
    pub(crate) fn without_control(&mut self) {
        let none = json!({ "ControlPolicyAttachments": { "ControlPolicyAttachment": [] } });
        self.put("ListControlPolicyAttachmentsForTarget/.keep", none);
    }

    pub(crate) fn write(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = self.files.clone();
        for (name, list, item, all) in [
            ("ListUsers", "Users", "User", &self.users),
            ("ListGroups", "Groups", "Group", &self.groups),
            ("ListRoles", "Roles", "Role", &self.roles),
        ] {
            files
                .entry(name.to_owned())
                .or_insert(json!({ list: { item: all }, "IsTruncated": false }));
        }
        for (name, response) in &files {
            if name.ends_with("/.keep") {
                let path = folder.path().join(name.trim_end_matches("/.keep"));
                fs::create_dir_all(path).expect("a folder");
                continue;
            }
            let path = folder.path().join(format!("{name}.json"));
            fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
            fs::write(path, response.to_string()).expect("a file");
        }
        folder
    }

    pub(crate) fn read(&self) -> Account {
        Account::from_folder(self.write().path()).expect("an account")
    }
}

/// A user in a group, with one policy each.
fn small() -> Export {
    let mut export = Export::new();
    export.user("ann", &["custom/stop"]);
    export.group("dev", &["ann"], &["custom/read"]);
    export.role("web", &trust(&json!({ "Service": "ecs.aliyuncs.com" })), &["custom/read"]);
    export.policy(
        "Custom",
        "stop",
        &document(&[statement("Allow", &json!("ecs:StopInstance"), "*")]),
    );
    export.policy("Custom", "read", &document(&[statement("Allow", &json!("oss:Get*"), "*")]));
    export.without_control();
    export
}

/// What is asked of the small account, and of whom.
fn asked(account: &Account, principal: &str, action: &str) -> Option<Answer> {
    let principal: Principal = principal.parse().expect("a principal");
    let found = account.who_can(&Question::new(action).expect("a question"));
    found.into_iter().find(|one| one.principal == principal).map(|one| one.answer)
}

#[test]
fn everything_that_is_exported_is_read() {
    let account = small().read();
    assert_eq!(account.id(), ID);
    assert_eq!(account.holes(), []);
    let (name, ann) = account.users().next().expect("a user");
    assert_eq!((name, ann.id.as_deref()), ("ann", Some("200")));
    assert!(ann.groups.contains("dev"));
    assert!(asked(&account, "user/ann", "oss:GetObject").is_some_and(|answer| answer.is_yes()));
    assert!(asked(&account, "user/ann", "ecs:StopInstance").is_some_and(|answer| answer.is_yes()));
    assert_eq!(asked(&account, "user/ann", "ram:CreateUser"), None);
    assert!(
        asked(&account, "ecs.aliyuncs.com", "oss:GetObject").is_some_and(|answer| answer.is_yes())
    );
}

#[test]
fn what_is_missing_is_a_hole_and_no_answer() {
    type Change = fn(&mut Export);
    // The change, the hole, and whether ann may stop instances and read objects.
    fn error() -> Value {
        json!({ "Code": "NoPermission" })
    }
    let rows: [(&str, Change, &str, &str, &str); 19] = [
        (
            "an error for a list of policies",
            |export| export.put("ListPoliciesForUser/ann", error()),
            "policy custom/(of user/ann): ListPoliciesForUser/ann.json has no list, as one that is an error",
            "unknown",
            "unknown",
        ),
        (
            "a cut list of policies",
            |export| {
                export.put(
                    "ListPoliciesForGroup/dev",
                    json!({ "Policies": { "Policy": [] }, "IsTruncated": true }),
                )
            },
            "policy custom/(of group/dev): ListPoliciesForGroup/dev.json says that there is more",
            "unknown",
            "unknown",
        ),
        (
            "an error for who is in a group",
            |export| export.put("ListUsersForGroup/dev", error()),
            "members of group/dev: ListUsersForGroup/dev.json has no list, as one that is an error",
            "yes",
            "unknown",
        ),
        (
            "an error for users",
            |export| export.put("ListRoles", error()),
            "roles: a response of ListRoles has no list, as one that is an error",
            "yes",
            "yes",
        ),
        (
            "an error for attachments",
            |export| export.put("ListPolicyAttachments", error()),
            "what Resource Management attaches: a response of ListPolicyAttachments has no list, as one that is an error",
            "unknown",
            "unknown",
        ),
        (
            "a cut list of attachments",
            |export| {
                export.put(
                    "ListPolicyAttachments",
                    json!({ "PolicyAttachments": { "PolicyAttachment": [] }, "TotalCount": 1 }),
                )
            },
            "what Resource Management attaches: ListPolicyAttachments lists fewer than it counts",
            "unknown",
            "unknown",
        ),
        (
            "an error for control policies",
            |export| export.put("ListControlPolicyAttachmentsForTarget/0", error()),
            "control policies of 0: ListControlPolicyAttachmentsForTarget/0.json has no list, as one that is an error",
            "unknown",
            "unknown",
        ),
        (
            "a policy",
            |export| export.remove("GetPolicy/Custom/stop"),
            "policy custom/stop: it is attached, but not there",
            "unknown",
            "unknown",
        ),
        (
            "a policy of a group",
            |export| export.remove("GetPolicy/Custom/read"),
            "policy custom/read: it is attached, but not there",
            "unknown",
            "unknown",
        ),
        (
            "a list of policies",
            |export| export.remove("ListPoliciesForUser/ann"),
            "policy custom/(of user/ann): ListPoliciesForUser/ann.json is not among the files",
            "unknown",
            "unknown",
        ),
        (
            "who is in a group",
            |export| export.remove("ListUsersForGroup/dev"),
            "members of group/dev: ListUsersForGroup/dev.json is not among the files",
            "yes",
            "unknown",
        ),
        (
            "a second page of members",
            |export| {
                export.put(
                    "ListUsersForGroup/dev",
                    json!({ "Users": { "User": [] }, "IsTruncated": true, "Marker": "x" }),
                )
            },
            "members of group/dev: ListUsersForGroup/dev.json says that there is more",
            "yes",
            "unknown",
        ),
        (
            "control policies",
            |export| export.remove("ListControlPolicyAttachmentsForTarget/.keep"),
            "control policies: nothing says whether a resource directory has any for this account",
            "unknown",
            "unknown",
        ),
        (
            "a control policy",
            |export| {
                export.put("ListControlPolicyAttachmentsForTarget/0", json!({ "ControlPolicyAttachments": { "ControlPolicyAttachment": [{ "PolicyId": "cp-1" }] } }))
            },
            "control policy cp-1 of 0: GetControlPolicy/cp-1.json is not among the files, or has no document that RAM takes",
            "unknown",
            "unknown",
        ),
        (
            "a document",
            |export| {
                export.put("GetPolicy/Custom/stop", json!({ "Policy": { "PolicyName": "stop" } }))
            },
            "policy custom/stop: GetPolicy/Custom/stop.json has no document",
            "unknown",
            "unknown",
        ),
        (
            "a document that RAM takes",
            |export| export.policy("Custom", "stop", "{}"),
            "policy custom/stop: RAM would refuse it",
            "unknown",
            "unknown",
        ),
        (
            "a trust policy",
            |export| export.remove("GetRole/web"),
            "trust policy of role/web: it is not there",
            "yes",
            "yes",
        ),
        (
            "a page of users",
            |export| {
                export.put("ListUsers", json!({ "Users": { "User": [{ "UserName": "ann" }] }, "IsTruncated": true, "Marker": "x" }))
            },
            "users: the last page of ListUsers says that there is more",
            "yes",
            "yes",
        ),
        (
            "what Resource Management attaches",
            |export| export.remove("ListPolicyAttachments"),
            "what Resource Management attaches: ListPolicyAttachments.json is not among the files",
            "unknown",
            "unknown",
        ),
    ];
    for (name, change, hole, stop, read) in rows {
        let mut export = small();
        change(&mut export);
        let account = export.read();
        let holes: Vec<String> = account.holes().iter().map(ToString::to_string).collect();
        assert!(holes.iter().any(|found| found.starts_with(hole)), "{name}: {holes:#?}");
        for (action, expected) in [("ecs:StopInstance", stop), ("oss:GetObject", read)] {
            let found = match asked(&account, "user/ann", action) {
                None | Some(Answer::No) => "no",
                Some(Answer::Yes(_)) => "yes",
                Some(Answer::Unknown(_)) => "unknown",
            };
            assert_eq!(found, expected, "{name}: {action}");
        }
    }
}

#[test]
fn ten_pages_are_in_order() {
    let mut export = small();
    export.remove("ListPoliciesForUser/ann");
    for page in 1..=11 {
        let name = if page == 1 { "ListUsers".to_owned() } else { format!("ListUsers~{page}") };
        let user = format!("user-{page}");
        let is_truncated = page < 11;
        export.put(
            name,
            json!({ "Users": { "User": [{ "UserName": &user }] }, "IsTruncated": is_truncated }),
        );
        export.put(format!("ListPoliciesForUser/{user}"), attached(&[]));
    }
    export.put("ListPoliciesForUser/ann", attached(&["custom/stop"]));
    let account = export.read();
    assert_eq!(account.holes(), []);
    assert_eq!(account.users().count(), 12);
}

#[test]
fn groups_of_users_say_who_is_in_them() {
    let mut export = small();
    export.remove("ListUsersForGroup/dev");
    export.user("bob", &[]);
    export.put("ListGroupsForUser/ann", json!({ "Groups": { "Group": [{ "GroupName": "dev" }] } }));
    let hole = "members of group/dev: ListUsersForGroup/dev.json is not among the files";
    let holes: Vec<String> = export.read().holes().iter().map(ToString::to_string).collect();
    assert_eq!(holes, [hole]);
    export.put("ListGroupsForUser/bob", json!({ "Groups": { "Group": [] } }));
    let account = export.read();
    assert_eq!(account.holes(), []);
    assert!(asked(&account, "user/ann", "oss:GetObject").is_some_and(|answer| answer.is_yes()));
    assert_eq!(asked(&account, "user/bob", "oss:GetObject"), None);
}

#[test]
fn pages_are_put_together() {
    let mut export = small();
    export.put(
        "ListUsers",
        json!({ "Users": { "User": [{ "UserName": "ann" }] }, "IsTruncated": true, "Marker": "x" }),
    );
    export.put("ListUsers~2", json!({ "Users": { "User": [{ "UserPrincipalName": "bob@1234567890123456.onaliyun.com" }] }, "IsTruncated": false }));
    export.put("ListPoliciesForUser/bob", attached(&[]));
    let account = export.read();
    assert_eq!(account.holes(), []);
    assert_eq!(account.users().map(|(name, _)| name).collect::<Vec<_>>(), ["ann", "bob"]);
}

#[test]
fn a_policy_of_a_resource_group_applies_where_nobody_knows() {
    let mut export = small();
    export.policy(
        "Custom",
        "delete",
        &document(&[statement("Allow", &json!("ecs:DeleteInstance"), "*")]),
    );
    export.policy(
        "Custom",
        "deny",
        &document(&[statement("Deny", &json!("ecs:StopInstance"), "*")]),
    );
    let attached = |name: &str, group: &str| {
        json!({
            "PolicyName": name,
            "PolicyType": "Custom",
            "PrincipalName": "ann@1234567890123456.onaliyun.com",
            "PrincipalType": "IMSUser",
            "ResourceGroupId": group,
        })
    };
    let list = [attached("delete", "rg-1"), attached("deny", "rg-1"), attached("read", ID)];
    let response = json!({ "PolicyAttachments": { "PolicyAttachment": list }, "TotalCount": 3 });
    export.put("ListPolicyAttachments", response);
    let account = export.read();
    let (_, ann) = account.users().next().expect("a user");
    let scopes: Vec<&Scope> = ann.attached.iter().map(|attachment| &attachment.scope).collect();
    let group = Scope::ResourceGroup("rg-1".to_owned());
    assert_eq!(scopes, [&Scope::Account, &group, &group, &Scope::Account]);
    for action in ["ecs:DeleteInstance", "ecs:StopInstance"] {
        let answer = asked(&account, "user/ann", action);
        assert!(matches!(answer, Some(Answer::Unknown(_))), "{action}: {answer:?}");
    }
    assert!(asked(&account, "user/ann", "oss:GetObject").is_some_and(|answer| answer.is_yes()));
}

/// Who can assume a role without a trust policy may be anybody, but nobody can who may assume none.
#[test]
fn a_role_without_trust_policy_speaks_against_whom_it_may_trust() {
    let mut export = small();
    export.remove("GetRole/web");
    export.user("bob", &["custom/assume"]);
    export.policy(
        "Custom",
        "assume",
        &document(&[statement("Allow", &json!("sts:AssumeRole"), "*")]),
    );
    let account = export.read();
    let ask = |who: &str| {
        let who: Principal = who.parse().expect("a principal");
        let question = Question::new("oss:GetObject").expect("an action");
        let may_not = account.check(&Expectation::MayNot(who.clone(), question));
        let cannot =
            account.check(&Expectation::CannotReach(who, Some(Principal::Role("web".to_owned()))));
        [may_not, cannot].map(|checked| checked.map_err(|broken| broken.is_certain))
    };
    assert_eq!(ask("user/bob"), [Err(false), Err(false)]);
    assert_eq!(ask("ecs.aliyuncs.com"), [Err(false), Err(false)]);
    export.user("cat", &["custom/stop"]);
    let account = export.read();
    let cat: Principal = "user/cat".parse().expect("a principal");
    let question = Question::new("oss:GetObject").expect("an action");
    assert_eq!(account.check(&Expectation::MayNot(cat.clone(), question.clone())), Ok(()));
    assert_eq!(account.check(&Expectation::CannotReach(cat.clone(), None)), Ok(()));
    // Of a role that is not listed nobody knows whom it trusts.
    export.put("ListRoles", json!({ "Code": "NoPermission" }));
    let broken = export.read().check(&Expectation::MayNot(cat, question)).expect_err("a hole");
    assert!(!broken.is_certain);
}

/// Which resource is in which resource group, as far as its ARN is known.
#[test]
fn resources_are_known_by_their_arns() {
    let mut export = small();
    let resource = |service: &str, kind: &str, id: &str, region: &str| {
        json!({
            "Service": service, "ResourceType": kind, "ResourceId": id, "RegionId": region,
            "ResourceGroupId": "rg-1",
        })
    };
    let list = [
        resource("ecs", "instance", "i-1", "cn-beijing"),
        resource("ecs", "Disk", "d-1", "cn-beijing"),
        resource("oss", "bucket", "photos", "cn-beijing"),
        resource("rds", "dbinstance", "rm-1", "cn-beijing"),
    ];
    // What has no ARN that is known, or none of one resource.
    let other = [
        resource("ecs", "unheardof", "i-2", "cn-beijing"),
        resource("unheardof", "instance", "i-2", "cn-beijing"),
        resource("ecs", "instance", "*", "cn-beijing"),
        resource("ecs", "instance", "i-2", ""),
        resource("ecs", "instance", "a/b", "cn-beijing"),
        resource("ecs", "instance", "i-2", "cn-*"),
    ];
    export.put("ListResources", json!({ "Resources": { "Resource": list }, "TotalCount": 10 }));
    export.put("ListResources~2", json!({ "Resources": { "Resource": other }, "TotalCount": 10 }));
    let attached = json!({
        "PolicyName": "delete", "PolicyType": "Custom", "PrincipalType": "IMSUser",
        "PrincipalName": "ann@1234567890123456.onaliyun.com", "ResourceGroupId": "rg-1",
    });
    export.put(
        "ListPolicyAttachments",
        json!({ "PolicyAttachments": { "PolicyAttachment": [attached] }, "TotalCount": 1 }),
    );
    let actions = json!([
        "ecs:CreateInstance",
        "ecs:DeleteInstance",
        "ecs:DeleteDisk",
        "oss:DeleteBucket",
        "rds:DeleteDBInstance"
    ]);
    export.policy("Custom", "delete", &document(&[statement("Allow", &actions, "*")]));
    let account = export.read();
    assert_eq!((account.holes().len(), account.resource_count()), (0, 4));
    let ann = Principal::User("ann".to_owned());
    for (action, arn, expected) in [
        ("ecs:DeleteInstance", "acs:ecs:cn-beijing:1234567890123456:instance/i-1", "yes"),
        ("ecs:DeleteDisk", "acs:ecs:cn-beijing:1234567890123456:disk/d-1", "yes"),
        ("oss:DeleteBucket", "acs:oss:*:1234567890123456:photos", "yes"),
        ("rds:DeleteDBInstance", "acs:rds:cn-beijing:1234567890123456:dbinstance/rm-1", "yes"),
        ("ecs:DeleteInstance", "acs:ecs:cn-beijing:1234567890123456:instance/i-2", "unknown"),
        // It cannot be limited to resources, and so to no resource group.
        ("ecs:CreateInstance", "acs:ecs:cn-beijing:1234567890123456:instance/i-1", "unknown"),
        ("ecs:CreateInstance", "*", "unknown"),
        // Some resource that is known is among them.
        ("ecs:DeleteInstance", "*", "yes"),
        ("ecs:DeleteInstance", "acs:ecs:cn-hangzhou:*:*", "unknown"),
        ("ecs:StartInstance", "acs:ecs:cn-beijing:1234567890123456:instance/i-1", "no"),
    ] {
        let question = Question::new(action).and_then(|question| question.on(arn));
        let found = account.who_can(&question.expect("a question"));
        let found = match found.into_iter().find(|one| one.principal == ann) {
            None => "no",
            Some(one) if one.answer.is_yes() => "yes",
            Some(_) => "unknown",
        };
        assert_eq!(found, expected, "{action} on {arn}");
    }
}

#[test]
fn a_folder_that_is_no_export_is_refused() {
    let empty = tempfile::tempdir().expect("a folder");
    let error = Account::from_folder(empty.path()).expect_err("nothing is there").to_string();
    assert!(error.contains("GetCallerIdentity.json is missing"), "{error}");
    let path = empty.path().join("GetCallerIdentity.json");
    fs::write(&path, "{").expect("a file");
    let error = Account::from_folder(empty.path()).expect_err("it is cut").to_string();
    assert!(error.starts_with(&path.display().to_string()), "{error}");
    let long = fs::File::create(&path).expect("a file");
    long.set_len((64 << 20) + 1).expect("a sparse file");
    let error = Account::from_folder(empty.path()).expect_err("it is too long").to_string();
    assert!(error.contains("at most 67108864 are read"), "{error}");
    let error = Account::from_folder(empty.path().join("none")).expect_err("no folder").to_string();
    assert!(error.contains("GetCallerIdentity.json is missing"), "{error}");
}

/// A stand-in for the vendor's command line, which answers from a folder and in pages of one.
const ALIYUN: &str = r#"#!/usr/bin/env python3
import json, os, sys
product, operation, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
given = dict(zip((name[2:] for name in rest[::2]), rest[1::2]))
folder = os.environ["ANSWERS"]
if product == "oss":
    bucket = rest[-1].removeprefix("oss://")
    if bucket == "films":
        print("Error: oss: service returned error: StatusCode=404, ErrorCode=NoSuchBucketPolicy", file=sys.stderr)
        sys.exit(1)
    given, operation = {"Bucket": bucket}, "GetBucketPolicy"
if product == "kms":
    given.pop("PolicyName", None)
if operation in ("GetUserMFAInfo", "GetLoginProfile"):
    print("ERROR: SDK.ServerError\nErrorCode: EntityNotExist.User", file=sys.stderr)
    sys.exit(1)
if operation == "ListAccessKeys":
    print(json.dumps({"AccessKeys": {"AccessKey": [{"Status": "Active"}, {"Status": "Inactive"}]}}))
    sys.exit(0)
kind = given.pop("PolicyType", None)
marker, number = given.pop("Marker", None), given.pop("PageNumber", None)
given.pop("PageSize", None)
names = [operation] + ([kind] if kind else []) + list(given.values())
with open(os.path.join(folder, *names) + ".json") as file:
    response = json.load(file)
if operation in ("ListUsers", "ListRoles", "ListGroups", "ListUsersForGroup"):
    (wrapper, items), = ((key, value) for key, value in response.items() if isinstance(value, dict))
    (item, all), = items.items()
    place = int(marker or 0)
    response[wrapper] = {item: all[place:place + 1]}
    response["IsTruncated"] = place + 1 < len(all)
    if response["IsTruncated"]:
        response["Marker"] = str(place + 1)
print(json.dumps(response))
"#;

#[test]
#[cfg(unix)]
fn the_script_leaves_what_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: python3 is not installed");
        return;
    }
    let mut export = small();
    export.user("bob", &["custom/stop"]);
    export.group("ops", &["ann", "bob"], &[]);
    export.put("ListResources", json!({ "Code": "NoPermission" }));
    let keys = json!({ "Keys": { "Key": [{ "KeyId": "k-1" }] }, "TotalCount": 1 });
    export.put("ListKeys", keys);
    export.put("ListSecrets", json!({ "SecretList": { "Secret": [] }, "TotalCount": 0 }));
    let key = json!({ "Version": "1", "Statement": [{
        "Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["*"],
        "Principal": { "RAM": ["acs:ram::6543210987654321:role/app"] },
    }] });
    export.put("GetKeyPolicy/k-1", json!({ "Policy": key.to_string() }));
    let bucket = json!({ "Version": "1", "Statement": [{
        "Effect": "Allow", "Action": ["oss:GetObject"], "Resource": ["acs:oss:*:*:photos/*"],
        "Principal": ["*"],
    }] });
    export.put("GetBucketPolicy/photos", bucket);
    let answers = export.write();
    let folder = tempfile::tempdir().expect("a folder");
    let aliyun = folder.path().join("bin/aliyun");
    fs::create_dir_all(folder.path().join("bin")).expect("a folder");
    fs::write(&aliyun, ALIYUN).expect("a file");
    fs::set_permissions(&aliyun, fs::Permissions::from_mode(0o755)).expect("an executable");
    let bin = folder.path().join("bin").display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let exported = folder.path().join("export");
    let done = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/src/export.py"))
        .arg(&exported)
        .args(["--without-control-policies", "--buckets", "photos", "films"])
        .env("PATH", path)
        .env("ANSWERS", answers.path())
        .output()
        .expect("python3");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let account = Account::from_folder(&exported).expect("an account");
    assert_eq!(account.holes(), []);
    assert_eq!(account.users().map(|(name, _)| name).collect::<Vec<_>>(), ["ann", "bob"]);
    let (_, ann) = account.users().next().expect("a user");
    assert_eq!(
        (ann.has_mfa, ann.has_console, ann.access_keys),
        (Some(false), Some(false), Some(1))
    );
    assert_eq!(ann.groups.iter().map(String::as_str).collect::<Vec<_>>(), ["dev", "ops"]);
    let found = account.who_can(&Question::new("ecs:StopInstance").expect("an action"));
    let found: Vec<String> = found.iter().map(|one| one.principal.to_string()).collect();
    assert_eq!(found, ["root", "user/ann", "user/bob"]);
    let outside: Vec<String> = account
        .external()
        .iter()
        .map(|one| format!("{} {} {}", one.opened, one.principal, one.answer.is_yes()))
        .collect();
    let (bucket, key) =
        ("bucket/photos everybody true", "key/k-1 acs:ram::6543210987654321:role/app true");
    assert_eq!(outside, ["role/web ecs.aliyuncs.com true", bucket, key]);
    // Nothing says whether projects and instances keep policies.
    assert_eq!(account.not_kept("oss:GetObject"), []);
    let kinds: Vec<String> = account.not_kept("*").into_iter().map(|hole| hole.what).collect();
    assert_eq!(kinds, ["policies of kind project", "policies of kind instance"]);
}
