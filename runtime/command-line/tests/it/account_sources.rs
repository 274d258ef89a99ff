//! `account`: what an account is read from.

use std::fs;

use serde_json::{Value, json};

use crate::run::{files, run};

const ID: &str = "1234567890123456";

fn document(action: &str) -> String {
    json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": action, "Resource": "*" }] }).to_string()
}

fn resource(kind: &str, name: &str, values: Value) -> Value {
    json!({ "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "values": values })
}

/// A state with a user who may do something.
fn state(action: &str) -> String {
    let resources = [
        resource("alicloud_ram_user", "ann", json!({ "name": "ann" })),
        resource(
            "alicloud_ram_policy",
            "own",
            json!({ "policy_name": "own", "policy_document": document(action) }),
        ),
        resource(
            "alicloud_ram_user_policy_attachment",
            "ann",
            json!({ "policy_name": "own", "policy_type": "Custom", "user_name": "ann" }),
        ),
    ];
    json!({ "format_version": "1.0", "terraform_version": "1.8.4", "values": { "root_module": { "resources": resources } } })
        .to_string()
}

#[test]
fn every_source_is_recognised() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let old = put("state.json", &state("ecs:StopInstance"));
    let new = put("plan.json", &state("ecs:*"));
    let inline = r#"{Version: "1", Statement: [{Effect: Allow, Action: "ecs:*", Resource: "*"}]}"#;
    let read = r#"{Version: "1", Statement: [{Effect: Allow, Action: ["ecs:Describe*", "oss:*"], Resource: "*"}]}"#;
    let user = put(
        "user.yaml",
        &format!("groups: {{ops: [{inline}]}}\ncaller: acs:ram::{ID}:user/bob\npolicies: {read}\n"),
    );
    let role = put(
        "role.yaml",
        &format!(
            "caller: acs:ram::{ID}:role/ops\npolicies: {inline}\nsession: {read}\nresource_group: {read}\ncontrol: [{inline}]\n"
        ),
    );
    let service = put("service.yaml", "caller: {service: ecs.aliyuncs.com}\n");
    let session = put("session.json", &document("ecs:Describe*"));
    let open = put(
        "trust.yaml",
        &format!(
            "caller: acs:ram::{ID}:user/bob\ntrust: {{Version: \"1\", Statement: [{{Effect: Allow, Action: \"sts:AssumeRole\", Principal: {{RAM: [\"acs:ram::{ID}:root\"]}}}}]}}\n"
        ),
    );
    let export = files().join("export").display().to_string();
    let whole = ["--whole", "--account-id", ID, "--without-control-policies"];
    let stop = ["who-can", "ecs:StopInstance"];
    let part = "Terraform has what it manages, and there may be more";
    let rows: Vec<(&str, Vec<&str>, i32, Vec<&str>)> = vec![
        (
            "a state that is all there is",
            [&[old.as_str()][..], &whole, &stop].concat(),
            0,
            vec!["user/ann: yes, by statement 0 of custom/own\n"],
        ),
        (
            "a state that is a part",
            [&[old.as_str()][..], &whole[1..], &stop].concat(),
            0,
            vec!["user/ann: unknown: attached policies: ", part, "not known: users: "],
        ),
        (
            "what a plan changes",
            [&[new.as_str()][..], &whole, &["diff", old.as_str()]].concat(),
            0,
            vec!["user/ann can do more: yes, by statement 0 of custom/own"],
        ),
        (
            "a state without a number",
            [&[old.as_str()][..], &stop].concat(),
            2,
            vec!["nothing says which account this is", "; give it by --account-id"],
        ),
        (
            "a number that is none",
            vec![&old, "--account-id", "x", "summary"],
            2,
            vec!["`x` is no account; it is a number"],
        ),
        (
            "a user of an account file, by a group",
            [&[user.as_str()][..], &stop].concat(),
            0,
            vec![
                "user/bob: yes, by statement 0 of custom/ops 0 (group/ops)\n",
                "not known: roles: an account file has its caller alone\n",
            ],
        ),
        (
            "a user of an account file, by a policy",
            vec![&user, "who-can", "oss:GetObject"],
            0,
            vec!["user/bob: yes, by statement 0 of custom/policies 0\n"],
        ),
        (
            "a role of an account file",
            vec![&role, "who-can", "ecs:DescribeInstances"],
            0,
            vec!["role/ops: yes, by statement 0 of custom/policies 0\n"],
        ),
        (
            "what the session of an account file leaves",
            vec![&role, "can", "role/ops"],
            0,
            vec!["\"Action\": \"ecs:Describe*\""],
        ),
        (
            "what the control policies of an account file leave",
            vec![&role, "who-can", "oss:GetObject"],
            0,
            vec!["root: yes"],
        ),
        (
            "a caller that has no account",
            vec![&service, "summary"],
            2,
            vec!["`caller` is neither a user nor a role"],
        ),
        (
            "a trust policy without a role",
            vec![&open, "summary"],
            0,
            vec!["1 user, 0 groups, 0 roles", "note: `trust` is of a role without a name"],
        ),
        (
            "a session policy",
            vec![&export, "can", "role/web", "--session", &session],
            0,
            vec!["\"Effect\": \"Deny\""],
        ),
        (
            "a session policy of a user",
            vec![&export, "can", "user/deploy", "--session", &session],
            2,
            vec!["--session is for roles"],
        ),
        (
            "an option of Terraform for a folder",
            vec![&export, "--whole", "summary"],
            2,
            vec!["--whole is for a plan or a state of Terraform, and this is a folder"],
        ),
        (
            "an option of Terraform for an account file",
            vec![&user, "--account-id", ID, "summary"],
            2,
            vec!["--account-id is for a plan or a state of Terraform, and this is an account file"],
        ),
        ("nothing", vec!["/nowhere", "summary"], 2, vec!["/nowhere"]),
    ];
    for (name, arguments, code, expected) in rows {
        let done = run([&["account"][..], &arguments].concat());
        assert_eq!(done.code, Some(code), "{name}: {done:?}");
        let said = format!("{}{}", done.out, done.err);
        for expected in expected {
            assert!(said.contains(expected), "{name}: {expected} in {said}");
        }
    }
    let done = run(["account", &role, "who-can", "oss:GetObject"]);
    assert!(!done.out.lines().any(|line| line.starts_with("role/ops")), "{}", done.out);
    let done = run(["account", &export, "can", "role/web", "--session", &session]);
    assert!(!done.out.contains("Allow"), "{}", done.out);
    let done = run(["account", &export, "can", "role/web"]);
    assert!(done.out.contains("oss:PutObject"), "{}", done.out);
}
