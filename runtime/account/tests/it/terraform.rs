//! Plans and states of Terraform: what is read of them, and what is a hole.

use ram_policy_account::{Account, Answer, Extent, Principal, Question, Scope, TerraformError};
use serde_json::{Value, json};

use crate::folder::{ID, document, statement, trust};

/// A resource, and what of it is not known.
fn resource(kind: &str, name: &str, values: Value) -> Value {
    json!({
        "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/aliyun/alicloud", "values": values,
    })
}

/// Ann, who is in a group, a role, and a policy for each.
fn small() -> Vec<Value> {
    let allow = |action: &str| document(&[statement("Allow", &json!(action), "*")]);
    let trust = trust(&json!({ "Service": "ecs.aliyuncs.com" }));
    vec![
        resource("alicloud_ram_user", "ann", json!({ "name": "ann", "id": "200" })),
        resource("alicloud_ram_group", "dev", json!({ "group_name": "dev" })),
        resource(
            "alicloud_ram_group_membership",
            "dev",
            json!({ "group_name": "dev", "user_names": ["ann"] }),
        ),
        resource(
            "alicloud_ram_role",
            "web",
            json!({ "role_name": "web", "arn": format!("acs:ram::{ID}:role/web"), "assume_role_policy_document": trust }),
        ),
        resource(
            "alicloud_ram_policy",
            "stop",
            json!({ "policy_name": "stop", "policy_document": allow("ecs:StopInstance") }),
        ),
        resource(
            "alicloud_ram_policy",
            "read",
            json!({ "name": "read", "document": allow("oss:Get*") }),
        ),
        resource(
            "alicloud_ram_user_policy_attachment",
            "ann",
            json!({ "policy_name": "stop", "policy_type": "Custom", "user_name": "ann" }),
        ),
        resource(
            "alicloud_ram_group_policy_attachment",
            "dev",
            json!({ "policy_name": "read", "policy_type": "Custom", "group_name": "dev" }),
        ),
        resource(
            "alicloud_ram_role_policy_attachment",
            "web",
            json!({ "policy_name": "read", "policy_type": "Custom", "role_name": "web" }),
        ),
    ]
}

fn state(resources: &[Value]) -> String {
    json!({ "format_version": "1.0", "terraform_version": "1.8.4", "values": { "root_module": { "resources": resources } } })
        .to_string()
}

/// A plan, with what is not known by address.
fn plan(resources: &[Value], unknown: &[(&str, Value)]) -> String {
    let change = |(address, unknown): &(&str, Value)| json!({ "address": address, "change": { "actions": ["create"], "after_unknown": unknown } });
    json!({
        "format_version": "1.2", "complete": true, "errored": false,
        "planned_values": { "root_module": { "resources": resources } },
        "resource_changes": unknown.iter().map(change).collect::<Vec<_>>(),
    })
    .to_string()
}

fn read(text: &str) -> Account {
    let mut account =
        Account::from_terraform(text, Some(ID), Extent::Whole).expect("a plan or a state");
    account.without_control_policies();
    account
}

fn asked(account: &Account, principal: &str, action: &str) -> &'static str {
    let principal: Principal = principal.parse().expect("a principal");
    let found = account.who_can(&Question::new(action).expect("a question"));
    match found.into_iter().find(|one| one.principal == principal).map(|one| one.answer) {
        None | Some(Answer::No) => "no",
        Some(Answer::Yes(_)) => "yes",
        Some(Answer::Unknown(_)) => "unknown",
    }
}

fn holes(account: &Account) -> Vec<String> {
    account.holes().iter().map(ToString::to_string).collect()
}

#[test]
fn a_state_is_read() {
    for account in [read(&state(&small())), read(&plan(&small(), &[]))] {
        assert_eq!(account.id(), ID);
        assert_eq!(holes(&account), [""; 0]);
        let (name, ann) = account.users().next().expect("a user");
        assert_eq!((name, ann.id.as_deref()), ("ann", Some("200")));
        assert_eq!(asked(&account, "user/ann", "ecs:StopInstance"), "yes");
        assert_eq!(asked(&account, "user/ann", "oss:GetObject"), "yes");
        assert_eq!(asked(&account, "user/ann", "ram:CreateUser"), "no");
        assert_eq!(asked(&account, "ecs.aliyuncs.com", "oss:GetObject"), "yes");
    }
}

/// What of an attribute is not known is a hole, and what depends on it no answer.
#[test]
fn what_is_not_known_is_a_hole() {
    // The resource, what of it is gone and not known, the hole, and whether ann may stop instances and
    // read objects.
    let rows = [
        (
            "alicloud_ram_policy.stop",
            json!({ "policy_document": true }),
            "policy custom/stop: `policy_document` of alicloud_ram_policy.stop is only known when Terraform has run",
            "unknown",
            "unknown",
        ),
        (
            "alicloud_ram_policy.stop",
            json!({ "policy_name": true }),
            "policy custom/stop: it is attached, but not there",
            "unknown",
            "unknown",
        ),
        (
            "alicloud_ram_user.ann",
            json!({ "name": true }),
            "users: `name` of alicloud_ram_user.ann is only known when Terraform has run",
            "yes",
            "yes",
        ),
        (
            "alicloud_ram_group.dev",
            json!({ "group_name": true }),
            "groups: `group_name` of alicloud_ram_group.dev is only known when Terraform has run",
            "yes",
            "yes",
        ),
        (
            "alicloud_ram_role.web",
            json!({ "role_name": true }),
            "roles: `role_name` of alicloud_ram_role.web is only known when Terraform has run",
            "yes",
            "yes",
        ),
        (
            "alicloud_ram_role.web",
            json!({ "assume_role_policy_document": true }),
            "trust policy of role/web: it is not there",
            "yes",
            "yes",
        ),
        (
            "alicloud_ram_group_membership.dev",
            json!({ "user_names": true }),
            "members of group/dev: `user_names` of alicloud_ram_group_membership.dev is only known when Terraform has run",
            "yes",
            "unknown",
        ),
        (
            "alicloud_ram_group_membership.dev",
            json!({ "user_names": [false, true] }),
            "members of group/dev: `user_names` of alicloud_ram_group_membership.dev is only known when Terraform has run",
            "yes",
            "unknown",
        ),
        (
            "alicloud_ram_group_membership.dev",
            json!({ "group_name": true }),
            "members of group/dev: `group_name` of alicloud_ram_group_membership.dev is only known when Terraform has run",
            "yes",
            "unknown",
        ),
        (
            "alicloud_ram_user_policy_attachment.ann",
            json!({ "user_name": true }),
            "attached policies: `user_name` of alicloud_ram_user_policy_attachment.ann is only known when Terraform has run",
            "unknown",
            "unknown",
        ),
        (
            "alicloud_ram_user_policy_attachment.ann",
            json!({ "policy_name": true }),
            "policy custom/(of alicloud_ram_user_policy_attachment.ann): `policy_name` of alicloud_ram_user_policy_attachment.ann is only known when Terraform has run",
            "unknown",
            "unknown",
        ),
        (
            "alicloud_ram_user_policy_attachment.ann",
            json!({ "policy_type": true }),
            "policy custom/(of alicloud_ram_user_policy_attachment.ann): `policy_type` of alicloud_ram_user_policy_attachment.ann is only known when Terraform has run",
            "unknown",
            "unknown",
        ),
    ];
    for (address, unknown, hole, stop, read_objects) in rows {
        let mut resources = small();
        let resource = resources.iter_mut().find(|one| one["address"] == address);
        let values = resource.expect("a resource")["values"].as_object_mut().expect("values");
        for (name, is_unknown) in unknown.as_object().expect("attributes") {
            // A list of which an item is unknown is there.
            if *is_unknown == json!(true) {
                values.remove(name).expect("an attribute");
            } else {
                values.insert(name.clone(), json!([null, null]));
            }
        }
        let account = read(&plan(&resources, &[(address, unknown.clone())]));
        assert!(holes(&account).contains(&hole.to_owned()), "{hole}: {:#?}", holes(&account));
        for (action, expected) in [("ecs:StopInstance", stop), ("oss:GetObject", read_objects)] {
            assert_eq!(
                asked(&account, "user/ann", action),
                expected,
                "{address} {unknown}: {action}"
            );
        }
    }
}

/// Documented examples write `policy_type = alicloud_ram_policy.policy.type`, which no plan knows before
/// the policy is made.
#[test]
fn the_type_of_a_policy_that_is_made_is_known() {
    let attachment = "alicloud_ram_user_policy_attachment.ann";
    let planned = |prefix: &str, key: &str, reference: &str| {
        let mut resources = small();
        for resource in &mut resources {
            let address = resource["address"].as_str().expect("an address").to_owned();
            let key = if address == attachment { key } else { "" };
            resource["address"] = json!(format!("{prefix}{address}{key}"));
            if address == attachment {
                resource["values"].as_object_mut().expect("values").remove("policy_type");
            }
        }
        let unknown = json!({ "policy_type": true });
        let plan = plan(&resources, &[(&format!("{prefix}{attachment}{key}"), unknown)]);
        let mut plan: Value = serde_json::from_str(&plan).expect("JSON");
        let expressions = json!({ "policy_type": { "references": [reference] } });
        let configured =
            json!({ "resources": [{ "address": attachment, "expressions": expressions }] });
        plan["configuration"] = if prefix.is_empty() {
            json!({ "root_module": configured })
        } else {
            json!({ "root_module": { "module_calls": { "team": { "module": configured } } } })
        };
        read(&plan.to_string())
    };
    for (name, prefix, key, reference, expected) in [
        ("the policy", "", "", "alicloud_ram_policy.stop.type", "yes"),
        ("one of several", "", "[0]", "alicloud_ram_policy.stop[0].type", "yes"),
        ("in a module", "module.team[\"a.b[\"].", "", "alicloud_ram_policy.stop.type", "yes"),
        ("another policy", "", "", "alicloud_ram_policy.read.type", "unknown"),
        ("another attribute", "", "", "alicloud_ram_policy.stop.policy_name", "unknown"),
        ("a variable", "", "", "var.type", "unknown"),
    ] {
        let account = planned(prefix, key, reference);
        assert_eq!(asked(&account, "user/ann", "ecs:StopInstance"), expected, "{name}");
    }
}

#[test]
fn a_part_says_so() {
    let account = Account::from_terraform(&state(&small()), None, Extent::Part).expect("a state");
    let why = "Terraform has what it manages, and there may be more";
    for what in ["users", "groups", "roles", "members of group/dev", "attached policies"] {
        assert!(holes(&account).contains(&format!("{what}: {why}")), "{:#?}", holes(&account));
    }
    assert_eq!(asked(&account, "user/ann", "ecs:StopInstance"), "unknown");
    assert_eq!(account.unlisted().len(), 3);
    let incomplete = plan(&small(), &[]).replace("\"complete\":true", "\"complete\":false");
    let account = read(&incomplete);
    assert!(holes(&account).contains(&"users: the plan is not complete".to_owned()));
}

#[test]
fn other_resources_are_read() {
    let mut resources = small();
    let allow = |action: &str| document(&[statement("Allow", &json!(action), "*")]);
    let logon = format!("ann@{ID}.onaliyun.com");
    resources.extend([
        resource("alicloud_ram_user_group_attachment", "b", json!({ "group_name": "dev", "user_name": "bob" })),
        resource("alicloud_resource_manager_policy", "p", json!({ "policy_name": "old", "policy_document": allow("ecs:StopInstance") })),
        resource("alicloud_resource_manager_policy_version", "p", json!({ "policy_name": "old", "is_default_version": true, "policy_document": allow("ecs:DeleteInstance") })),
        resource("alicloud_resource_manager_role", "r", json!({ "role_name": "rm", "assume_role_policy_document": trust(&json!({ "Service": "fc.aliyuncs.com" })) })),
        resource("alicloud_resource_manager_policy_attachment", "a", json!({
            "policy_name": "old", "policy_type": "Custom", "principal_name": logon, "principal_type": "IMSUser", "resource_group_id": ID,
        })),
        resource("alicloud_resource_manager_policy_attachment", "b", json!({
            "policy_name": "old", "policy_type": "Custom", "principal_name": format!("rm@role.{ID}.onaliyunservice.com"), "principal_type": "ServiceRole", "resource_group_id": "rg-1",
        })),
        resource("alicloud_ram_role", "older", json!({ "name": "older", "services": ["ecs.aliyuncs.com"], "ram_users": [format!("acs:ram::{ID}:root")] })),
        resource("alicloud_ram_policy", "older", json!({ "name": "older", "statement": [{ "effect": "Allow", "action": ["rds:StopDBInstance"], "resource": ["*"] }] })),
        resource("alicloud_ram_role_policy_attachment", "older", json!({ "policy_name": "older", "policy_type": "Custom", "role_name": "older" })),
        resource("alicloud_ram_role_policy_attachment", "admin", json!({ "policy_name": "AdministratorAccess", "policy_type": "System", "role_name": "older" })),
        resource("alicloud_ram_login_profile", "ann", json!({ "user_name": "ann" })),
    ]);
    let mut policies = resource(
        "alicloud_ram_policies",
        "all",
        json!({ "policies": [
        { "name": "AdministratorAccess", "type": "System", "policy_document": allow("*") },
    ] }),
    );
    policies["mode"] = json!("data");
    let module = json!({ "resources": [policies], "child_modules": [{ "resources": resources }] });
    let text = json!({ "format_version": "1.0", "values": { "root_module": { "child_modules": [module] } } });
    let account = read(&text.to_string());
    assert_eq!(holes(&account), [""; 0]);
    assert_eq!(account.users().map(|(name, _)| name).collect::<Vec<_>>(), ["ann", "bob"]);
    assert_eq!(account.users().next().and_then(|(_, ann)| ann.has_console), Some(true));
    for (principal, action, expected) in [
        ("user/bob", "oss:GetObject", "yes"),
        ("user/ann", "ecs:DeleteInstance", "yes"),
        ("role/rm", "ecs:DeleteInstance", "unknown"),
        ("role/older", "rds:StopDBInstance", "yes"),
        ("role/older", "ram:CreateUser", "yes"),
        ("ecs.aliyuncs.com", "ram:CreateUser", "yes"),
        ("user/bob", "ram:CreateUser", "no"),
    ] {
        assert_eq!(asked(&account, principal, action), expected, "{principal} {action}");
    }
    let (_, rm) = account.roles().find(|(name, _)| *name == "rm").expect("a role");
    assert_eq!(rm.attached[0].scope, Scope::ResourceGroup("rg-1".to_owned()));
}

#[test]
fn a_state_file_is_read_too() {
    let instances = |resource: Value| {
        json!({
            "mode": "managed", "type": resource["type"], "name": resource["name"],
            "instances": [{ "attributes": resource["values"] }],
        })
    };
    let resources: Vec<Value> = small().into_iter().map(instances).collect();
    let text = json!({ "version": 4, "terraform_version": "1.8.4", "resources": resources });
    assert!(Account::is_terraform(&text.to_string()));
    let account = read(&text.to_string());
    assert_eq!(holes(&account), [""; 0]);
    assert_eq!(asked(&account, "user/ann", "oss:GetObject"), "yes");
}

#[test]
fn control_policies_of_folders_are_not_known() {
    let mut resources = small();
    let account = Account::from_terraform(&state(&resources), None, Extent::Whole);
    assert_eq!(asked(&account.expect("a state"), "user/ann", "ecs:StopInstance"), "unknown");
    resources.push(resource(
        "alicloud_resource_manager_control_policy_attachment",
        "c",
        json!({ "policy_id": "cp-1", "target_id": "fd-1" }),
    ));
    let account = Account::from_terraform(&state(&resources), None, Extent::Whole);
    let hole = "control policies: alicloud_resource_manager_control_policy_attachment.c attaches one, and a plan or a state has not the folders above the account";
    assert_eq!(holes(&account.expect("a state")), [hole]);
}

#[test]
fn what_is_no_account_is_refused() {
    let error =
        |text: &str| Account::from_terraform(text, None, Extent::Whole).expect_err("it is refused");
    assert!(matches!(error("{"), TerraformError::NotJson(_)));
    assert_eq!(error("{}"), TerraformError::NeitherPlanNorState);
    assert_eq!(error("[]"), TerraformError::NeitherPlanNorState);
    let nobody = resource("alicloud_ram_user", "ann", json!({ "name": "ann" }));
    assert_eq!(error(&state(&[nobody])), TerraformError::NoAccount);
    let role = |id: &str| {
        resource(
            "alicloud_ram_role",
            id,
            json!({ "role_name": id, "arn": format!("acs:ram::{id}:role/x") }),
        )
    };
    let several = TerraformError::SeveralAccounts("1".to_owned(), "2".to_owned());
    assert_eq!(error(&state(&[role("1"), role("2")])), several);
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(error(&nested), TerraformError::NotJson(_)));
}

/// Whatever is written over a plan, it is read or refused.
#[test]
fn no_text_panics() {
    let text = plan(&small(), &[("alicloud_ram_policy.stop", json!({ "policy_document": true }))]);
    let words =
        ["{", "}", "[", "]", "null", "true", "0", "\"", "\\", ":", ",", "\u{202e}", "~", "*"];
    let mut read = 0;
    for seed in 0..3_000 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let mut changed: Vec<char> = text.chars().collect();
        for _ in 0..random.usize(1..4) {
            let begin = random.usize(0..changed.len());
            let end = (begin + random.usize(0..12)).min(changed.len());
            let word = random.choice(words).unwrap_or_default();
            changed.splice(begin..end, word.chars());
        }
        let changed: String = changed.into_iter().collect();
        let id = random.bool().then_some(ID);
        if let Ok(account) = Account::from_terraform(&changed, id, Extent::Part) {
            read += 1;
            let question = Question::new("oss:GetObject").expect("an action");
            assert!(!account.who_can(&question).is_empty());
        }
    }
    assert!(read > 100, "{read}");
}
