//! `account`: the answers of the library, as text and as JSON.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::run;

const ID: &str = "1234567890123456";

fn put(folder: &Path, name: &str, response: &Value) {
    let path = folder.join(format!("{name}.json"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, response.to_string()).expect("a file");
}

fn document(action: &str) -> String {
    json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": action, "Resource": "*" }] }).to_string()
}

/// Ann may make herself administrator, Bob may assume a role that deletes buckets.
fn export() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, response: Value| put(folder.path(), name, &response);
    put("GetCallerIdentity", json!({ "AccountId": ID }));
    put(
        "ListUsers",
        json!({ "Users": { "User": [{ "UserName": "ann" }, { "UserName": "bob" }] } }),
    );
    put("ListGroups", json!({ "Groups": { "Group": [] } }));
    put("ListRoles", json!({ "Roles": { "Role": [{ "RoleName": "cleaner" }] } }));
    put("ListPolicyAttachments", json!({ "PolicyAttachments": { "PolicyAttachment": [] } }));
    let attached = |name: &str| json!({ "Policies": { "Policy": [{ "PolicyName": name, "PolicyType": "Custom" }] } });
    put("ListPoliciesForUser/ann", attached("ram"));
    put("ListPoliciesForUser/bob", attached("assume"));
    put("ListPoliciesForRole/cleaner", attached("delete"));
    let trust = json!({ "Version": "1", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "RAM": format!("acs:ram::{ID}:root"), "Service": "ecs.aliyuncs.com" },
    }] });
    put("GetRole/cleaner", json!({ "Role": { "AssumeRolePolicyDocument": trust.to_string() } }));
    for (name, action) in
        [("ram", "ram:*"), ("assume", "sts:AssumeRole"), ("delete", "oss:DeleteBucket")]
    {
        put(
            &format!("GetPolicy/Custom/{name}"),
            json!({ "DefaultPolicyVersion": { "PolicyDocument": document(action) } }),
        );
    }
    for name in [
        "ListControlPolicyAttachmentsForTarget",
        "GetBucketPolicy",
        "GetKeyPolicy",
        "GetSecretPolicy",
        "GetProjectPolicy",
        "GetInstance",
    ] {
        fs::create_dir_all(folder.path().join(name)).expect("a folder");
    }
    folder
}

#[test]
fn the_policies_of_resources_are_asked_too() {
    let folder = export();
    let path = folder.path().to_str().expect("a path");
    let bucket = json!({ "Version": "1", "Statement": [
        {
            "Effect": "Allow", "Action": ["oss:GetObject"], "Principal": ["6543210987654321"],
            "Resource": ["acs:oss:*:*:photos/*"],
        },
        {
            "Effect": "Deny", "Action": ["oss:DeleteBucket"], "Principal": ["*"],
            "Resource": ["acs:oss:*:*:photos"],
        },
    ] });
    put(folder.path(), "GetBucketPolicy/photos", &bucket);
    put(folder.path(), "GetBucketPolicy/films", &json!({ "Code": "NoSuchBucketPolicy" }));
    put(folder.path(), "GetInstance/web", &json!({ "InstanceName": "web" }));
    // The policy names users by number.
    let users = [("ann", "201"), ("bob", "202")]
        .map(|(name, id)| json!({ "UserName": name, "UserId": id }));
    put(folder.path(), "ListUsers", &json!({ "Users": { "User": users } }));
    for (arguments, expected) in [
        (
            vec!["who-can", "oss:GetObject", "--on", "acs:oss:*:*:photos/a"],
            "root: yes, by owning the account\n\
             6543210987654321: yes, by statement 0 of bucket/photos\n",
        ),
        // What the bucket denies nobody can, but for the owner, whom it spares.
        (
            vec!["who-can", "oss:DeleteBucket", "--on", "acs:oss:*:*:photos"],
            "root: yes, by owning the account\n",
        ),
        (
            vec!["external"],
            "role/cleaner trusts service ecs.aliyuncs.com without conditions\n\
             bucket/photos trusts 6543210987654321 without conditions\n",
        ),
    ] {
        let mut all = vec!["account", path];
        all.extend(&arguments);
        let done = run(&all);
        assert_eq!(done.out, expected, "{arguments:?}: {}", done.err);
    }
    // Nobody could read the policy of the other bucket, so it may say anything.
    put(folder.path(), "GetBucketPolicy/music", &json!({ "Code": "AccessDenied" }));
    let done = run(["account", path, "who-can", "oss:GetObject", "--on", "acs:oss:*:*:music/a"]);
    assert!(done.out.contains("user/bob: unknown: policy of bucket/music"), "{}", done.out);
    fs::remove_dir_all(folder.path().join("GetBucketPolicy")).expect("a folder");
    let done = run(["account", path, "external"]);
    let hole = "not known: policies of kind bucket: GetBucketPolicy is not among the files\n";
    assert!(done.out.ends_with(hole), "{}", done.out);
}

#[test]
fn questions_are_answered_as_text() {
    let folder = export();
    let folder = folder.path().to_str().expect("a path");
    for (arguments, expected) in [
        (vec!["summary"], "account 1234567890123456: 2 users, 0 groups, 1 role, 3 policies\n"),
        (
            vec!["who-can", "oss:DeleteBucket"],
            "root: yes, by owning the account\n\
             role/cleaner: yes, by statement 0 of custom/delete\n\
             user/bob -> role/cleaner: yes, by statement 0 of custom/delete\n\
             ecs.aliyuncs.com -> role/cleaner: yes, by statement 0 of custom/delete\n",
        ),
        (vec!["who-can", "oss:DeleteBucket", "--on", "acs:oss:*:6543210987654321:photos"], ""),
        (
            vec!["paths", "user/bob"],
            "user/bob becomes role/cleaner in 1 step\n  user/bob: assumes the role (role/cleaner)\n",
        ),
        (
            vec!["paths", "--to-admin"],
            "user/ann becomes administrator in 1 step\n  user/ann: attaches AdministratorAccess to the user (user/ann)\n",
        ),
        (vec!["paths", "user/bob", "--to-admin"], ""),
        (vec!["external"], "role/cleaner trusts service ecs.aliyuncs.com without conditions\n"),
        (vec!["diff", folder], ""),
        (vec!["can", "user/bob", "--levels"], "sts: get 1 of 1\n"),
    ] {
        let mut all = vec!["account", folder];
        all.extend(&arguments);
        let done = run(&all);
        assert_eq!(done.out, expected, "{arguments:?}: {}", done.err);
        assert_eq!(done.code, Some(0), "{arguments:?}");
    }
    let done = run(["account", folder, "can", "user/bob"]);
    assert!(done.out.contains(r#""Action": "sts:AssumeRole""#), "{}", done.out);
}

#[test]
fn answers_are_json_too() {
    let folder = export();
    let folder = folder.path().to_str().expect("a path");
    let found = |arguments: &[&str]| -> Value {
        let mut all = vec!["account", folder, "--format", "json"];
        all.extend(arguments);
        serde_json::from_str(&run(&all).out).expect("JSON")
    };
    let who = found(&["who-can", "oss:DeleteBucket"]);
    let bob = &who["principals"][2];
    assert_eq!(
        (bob["principal"].as_str(), bob["answer"].as_str()),
        (Some("user/bob"), Some("Yes"))
    );
    assert_eq!(bob["through"], json!(["cleaner"]));
    assert_eq!(
        bob["request"]["Action"].as_str().or(bob["request"]["action"].as_str()),
        Some("oss:DeleteBucket")
    );
    assert_eq!(found(&["paths", "--to-admin"])["ways"][0]["steps"][0]["step"], "attach_to_user");
    assert_eq!(found(&["external"])["trusted"][0]["opened"], "role/cleaner");
    assert_eq!(found(&["summary"])["holes"], json!([]));
    assert_eq!(found(&["can", "user/bob"])["policy"]["Statement"][0]["Action"], "sts:AssumeRole");
    let levels = found(&["can", "user/bob", "--levels"]);
    assert_eq!(levels["services"][0]["service"], "sts");
    assert_eq!(levels["holes"], json!([]));
}

#[test]
fn what_is_missing_is_said() {
    let folder = export();
    fs::remove_file(folder.path().join("GetPolicy/Custom/delete.json")).expect("a file");
    let path = folder.path().to_str().expect("a path");
    let done = run(["account", path, "summary"]);
    assert!(done.out.contains("not known: policy custom/delete: it is attached, but not there\n"));
    let done = run(["account", path, "who-can", "oss:DeleteBucket"]);
    assert!(
        done.out.contains(
            "role/cleaner: unknown: policy custom/delete: it is attached, but not there\n"
        ),
        "{}",
        done.out
    );
    fs::remove_dir(folder.path().join("ListControlPolicyAttachmentsForTarget")).expect("a folder");
    let done = run(["account", path, "who-can", "ram:CreateUser"]);
    assert!(done.out.contains("user/ann: unknown: control policies: "), "{}", done.out);
    let done = run(["account", path, "--without-control-policies", "who-can", "ram:CreateUser"]);
    assert!(done.out.contains("user/ann: yes"), "{}", done.out);
}

#[test]
fn who_may_be_missing_is_said_with_every_list() {
    let folder = export();
    let users = json!({ "Users": { "User": [{ "UserName": "ann" }, { "UserName": "bob" }] }, "IsTruncated": true });
    put(folder.path(), "ListUsers", &users);
    let path = folder.path().to_str().expect("a path");
    let hole = "not known: users: the last page of ListUsers says that there is more\n";
    for arguments in [
        &["who-can", "oss:DeleteBucket"][..],
        &["paths", "user/bob"],
        &["paths", "--to-admin"],
        &["external"],
        &["diff", path],
    ] {
        let done = run(["account", path].iter().chain(arguments));
        assert!(done.out.ends_with(hole), "{arguments:?}: {}", done.out);
    }
    let done = run(["account", path, "paths", "user/bbo"]);
    assert_eq!((done.code, done.err.as_str()), (Some(2), "error: the account has no user/bbo\n"));
}

#[test]
fn expectations_are_checked() {
    let folder = export();
    let path = folder.path().to_str().expect("a path");
    let file = folder.path().join("expect.yml");
    let text = "\
- only: [user/ann]
  may: ram:*
- nobody_outside: oss:DeleteBucket
  because: buckets are ours
- principal: user/bob
  cannot_become: administrator
- principal: user/ann
  may_not: ram:CreateUser
  when: {acs:MFAPresent: false}
";
    fs::write(&file, text).expect("a file");
    let name = file.to_str().expect("a path");
    let done = run(["account", path, "assert", name]);
    assert_eq!(done.code, Some(1));
    let expected = format!(
        "{name}:3: does not hold: nobody outside may oss:DeleteBucket (buckets are ours)\n  \
         ecs.aliyuncs.com may through role/cleaner: yes, by statement 0 of custom/delete\n\
         {name}:7: does not hold: user/ann may not ram:CreateUser when acs:MFAPresent is false\n  \
         user/ann may: yes, by statement 0 of custom/ram\n\
         2 of 4 expectations hold\n"
    );
    assert_eq!(done.out, expected);
    let done = run(["account", path, "assert", name, "--output", "sarif"]);
    let sarif: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(2));
    for (text, expected) in [
        ("- only: []\n", "`only` goes with `may`"),
        (
            "- principal: user/a\n",
            "`principal` goes with one of `may`, `may_not` and `cannot_become`",
        ),
        ("- principal: bob\n  may: ecs:*\n", "`bob` is no principal"),
        ("- onyl: []\n", "an expectation has no `onyl`, did you mean `only`?"),
        ("- principal: user/a\n  may: StopInstance\n", "`StopInstance` is no action"),
        ("only: []\n", "a file of expectations is a list"),
    ] {
        fs::write(&file, text).expect("a file");
        let done = run(["account", path, "assert", name]);
        assert!(done.err.contains(expected), "{text}: {}", done.err);
        assert_eq!(done.code, Some(2), "{text}");
    }
    // What hangs on a hole is neither kept nor broken.
    fs::write(&file, "- principal: user/bob\n  may_not: oss:GetObject\n").expect("a file");
    fs::remove_file(folder.path().join("GetPolicy/Custom/assume.json")).expect("a file");
    let done = run(["account", path, "assert", name]);
    assert_eq!(done.code, Some(1));
    assert!(done.out.contains("may not hold"), "{}", done.out);
    assert!(done.err.contains("nobody can say whether 1 expectation holds"), "{}", done.err);
}

/// What principals do, by a log.
#[test]
fn a_log_says_what_is_used_and_needed() {
    let folder = export();
    let path = folder.path().to_str().expect("a path");
    let log = folder.path().join("log.jsonl");
    let instance = format!("acs:oss:*:{ID}:photos");
    let lines = [
        json!({ "action": "oss:DeleteBucket", "resource": instance, "context": { "acs:PrincipalARN": format!("acs:ram::{ID}:role/cleaner") } }),
        json!({ "action": "ram:GetUser", "resource": "*", "context": { "acs:PrincipalARN": format!("acs:ram::{ID}:user/ann") } }),
        json!({ "action": "ecs:StopInstance", "resource": "*", "context": { "acs:PrincipalARN": format!("acs:ram::{ID}:user/bob") } }),
        json!({ "action": "ecs:StopInstance", "resource": "*" }),
    ];
    fs::write(&log, lines.map(|line| line.to_string()).join("\n")).expect("a log");
    let log = log.to_str().expect("a path");
    let used = "user/bob: 1 request\n  custom/assume: it has decided no request\n";
    let others = "1 request of nobody who is a user or a role of the account\n";
    let delete = "role/cleaner: 1 request\n";
    for (arguments, code, expected) in [
        (vec!["unused", log], 0, vec![used, others, delete]),
        (vec!["unused", log, "--check"], 1, vec![used]),
        (vec!["unused", log, "--of", "role/cleaner", "--check"], 0, vec![delete]),
        (
            vec!["unused", log, "--of", "user/eve"],
            2,
            vec!["the account has no user or role user/eve"],
        ),
        (
            vec!["unused", log, "--of", "ecs.aliyuncs.com"],
            2,
            vec!["the account has no user or role"],
        ),
        (
            vec!["least", log, "--of", "role/cleaner"],
            0,
            vec![delete, "\"Action\": \"oss:DeleteBucket\"", &instance],
        ),
        (
            vec!["least", log],
            1,
            vec![
                "user/ann: 1 request\n  request 0: its resource would become a pattern",
                "user/bob: 0 requests, 1 not allowed\n",
                "help: --every-resource",
            ],
        ),
        (vec!["least", log, "--every-resource"], 0, vec!["\"Action\": \"ram:GetUser\"", others]),
        (vec!["least", "/nowhere"], 2, vec!["`/nowhere` cannot be read"]),
    ] {
        let done = run([&["account", path][..], &arguments].concat());
        assert_eq!(done.code, Some(code), "{arguments:?}: {done:?}");
        let said = format!("{}{}", done.out, done.err);
        for expected in expected {
            assert!(said.contains(expected), "{arguments:?}: {expected} in {said}");
        }
    }
    let done = run(["account", path, "unused", log, "--format", "json"]);
    let found: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(found["principals"][1]["policies"][0]["decided"], 0);
    assert_eq!(found["principals"][1]["policies"][0]["unused"][0]["what"], "statement");
    let done = run(["account", path, "least", log, "--format", "json"]);
    let found: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(found["principals"][0]["policy"], Value::Null);
    assert_eq!(found["principals"][2]["policy"]["Statement"][0]["Action"], "oss:DeleteBucket");
}
