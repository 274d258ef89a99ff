//! A made-up account with every kind of way from one to another, and a table of what is answered.

use ram_policy_account::{Account, Answer, Expectation, Principal, Question, steps};
use serde_json::{Value, json};

use crate::folder::{Export, ID, document, statement, trust};

/// About forty principals.
fn account() -> Account {
    let mut export = Export::new();
    export.without_control();
    let root = json!({ "RAM": [format!("acs:ram::{ID}:root")] });
    let service = |name: &str| trust(&json!({ "Service": [name] }));
    let allow =
        |actions: Value, resource: &str| document(&[statement("Allow", &actions, resource)]);

    export.policy("System", "AdministratorAccess", &allow(json!("*"), "*"));
    export.policy(
        "System",
        "ReadOnlyAccess",
        &allow(json!(["*:Describe*", "*:List*", "*:Get*"]), "*"),
    );
    // A policy for each way, and a user who has it.
    let user = |name: &str| format!("acs:ram:*:{ID}:user/{name}");
    let role = |name: &str| format!("acs:ram:*:{ID}:role/{name}");
    let both = |one: Value, on: &str, other: Value, there: &str| {
        document(&[statement("Allow", &one, on), statement("Allow", &other, there)])
    };
    let system = "acs:ram:*:system:policy/*";
    let rows: [(&str, String); 15] = [
        ("assume", allow(json!("sts:AssumeRole"), &role("operator"))),
        ("access-key", allow(json!("ram:CreateAccessKey"), &user("robot"))),
        ("first-password", allow(json!("ram:CreateLoginProfile"), &user("robot"))),
        ("new-password", allow(json!("ram:UpdateLoginProfile"), &user("robot"))),
        ("change-trust", allow(json!(["ram:UpdateRole", "sts:AssumeRole"]), &role("closed"))),
        ("join-group", allow(json!("ram:AddUserToGroup"), "*")),
        (
            "run-instance",
            both(json!("ram:PassRole"), &role("on-ecs"), json!("ecs:RunInstances"), "*"),
        ),
        (
            "change-instance",
            both(
                json!("ram:PassRole"),
                &role("on-ecs"),
                json!(["ecs:AttachInstanceRamRole", "ecs:RunCommand"]),
                "*",
            ),
        ),
        (
            "run-function",
            both(
                json!("ram:PassRole"),
                &role("on-fc"),
                json!(["fc:CreateFunction", "fc:InvokeFunction"]),
                "*",
            ),
        ),
        (
            "create-stack",
            both(json!("ram:PassRole"), &role("on-ros"), json!("ros:CreateStack"), "*"),
        ),
        (
            "start-execution",
            both(json!("ram:PassRole"), &role("on-oos"), json!("oos:StartExecution"), "*"),
        ),
        (
            "attach-to-user",
            both(
                json!("ram:AttachPolicyToUser"),
                &user("attach-to-user"),
                json!("ram:AttachPolicyToUser"),
                system,
            ),
        ),
        (
            "attach-to-group",
            both(
                json!("ram:AttachPolicyToGroup"),
                &format!("acs:ram:*:{ID}:group/testers"),
                json!("ram:AttachPolicyToGroup"),
                system,
            ),
        ),
        (
            "attach-to-role",
            both(
                json!("ram:AttachPolicyToRole"),
                &role("operator"),
                json!("ram:AttachPolicyToRole"),
                system,
            ),
        ),
        (
            "new-version",
            allow(json!("ram:CreatePolicyVersion"), &format!("acs:ram:*:{ID}:policy/new-version")),
        ),
    ];
    for (name, text) in &rows {
        export.policy("Custom", name, text);
        let mut own = vec![format!("custom/{name}")];
        if *name == "attach-to-role" {
            own.push("custom/assume".to_owned());
        }
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        export.user(name, &own);
    }
    // Only one of the two requests, or a service that the role does not trust.
    export.policy("Custom", "half-of-pass", &allow(json!("ram:PassRole"), "*"));
    export.user("half-of-pass", &["custom/half-of-pass"]);
    export.policy("Custom", "pass-to-fc", &document(&[
        json!({ "Effect": "Allow", "Action": "ram:PassRole", "Resource": "*", "Condition": { "StringEquals": { "acs:Service": "fc.aliyuncs.com" } } }),
        statement("Allow", &json!("ecs:RunInstances"), "*"),
    ]));
    export.user("pass-to-fc", &["custom/pass-to-fc"]);
    export.policy(
        "Custom",
        "denied",
        &document(&[
            statement("Allow", &json!("*"), "*"),
            statement("Deny", &json!(["ram:*", "sts:*", "ims:*"]), "*"),
        ]),
    );
    export.user("denied", &["custom/denied"]);
    export.policy(
        "Custom",
        "only-with-mfa",
        &document(&[json!({
            "Effect": "Allow", "Action": "oss:DeleteBucket", "Resource": "*",
            "Condition": { "Bool": { "acs:MFAPresent": "true" } },
        })]),
    );
    export.user("careful", &["custom/only-with-mfa"]);
    export.policy("Custom", "robot", &allow(json!("oss:PutObject"), "acs:oss:*:*:logs/*"));
    export.user("robot", &["custom/robot"]);
    export.user("boss", &["system/AdministratorAccess"]);
    export.user("reader", &["system/ReadOnlyAccess"]);
    export.user("nobody", &[]);
    export.user("tester", &[]);
    export.group("testers", &["tester", "attach-to-group"], &["system/ReadOnlyAccess"]);
    export.group("deleters", &[], &["custom/delete-logs"]);
    export.group("empty", &["nobody"], &[]);
    export.policy("Custom", "delete-logs", &allow(json!("log:DeleteProject"), "*"));
    export.policy("Custom", "operate", &allow(json!(["ecs:*", "vpc:Describe*"]), "*"));
    export.role("operator", &trust(&root), &["custom/operate"]);
    export.role(
        "closed",
        &trust(&json!({ "RAM": [format!("acs:ram::{ID}:user/boss")] })),
        &["custom/operate"],
    );
    export.role("on-ecs", &service("ecs.aliyuncs.com"), &["custom/robot"]);
    export.role("on-fc", &service("fc.aliyuncs.com"), &["custom/delete-logs"]);
    export.role("on-ros", &service("ros.aliyuncs.com"), &["system/AdministratorAccess"]);
    export.role("on-oos", &service("oos.aliyuncs.com"), &["custom/operate"]);
    export.role(
        "partner",
        &trust(&json!({ "RAM": ["acs:ram::6543210987654321:root"] })),
        &["custom/robot"],
    );
    export.role("sign-on", &document(&[json!({
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "Federated": [format!("acs:ram::{ID}:saml-provider/okta")] },
        "Condition": { "StringEquals": { "saml:recipient": "https://signin.alibabacloud.com/saml-role/sso" } },
    })]), &["system/ReadOnlyAccess"]);
    let account = export.read();
    assert_eq!(account.holes(), []);
    assert!(account.users().count() + account.groups().count() + account.roles().count() >= 34);
    account
}

fn principal(text: &str) -> Principal {
    text.parse().expect("a principal")
}

fn question(text: &str) -> Question {
    let (action, on) = text.split_once(" on ").unwrap_or((text, ""));
    let question = Question::new(action).expect("an action");
    if on.is_empty() { question } else { question.on(on).expect("an ARN") }
}

#[test]
fn who_can() {
    let account = account();
    for (asked, expected) in [
        (
            "oss:DeleteBucket",
            "root, user/boss, user/careful, user/denied, role/on-ros, ros.aliyuncs.com > on-ros",
        ),
        (
            "oss:PutObject on acs:oss:*:*:logs/a",
            "root, user/boss, user/denied, user/robot, role/on-ecs, role/on-ros, role/partner, acs:ram::6543210987654321:root > partner, ecs.aliyuncs.com > on-ecs, ros.aliyuncs.com > on-ros",
        ),
        (
            "oss:PutObject on acs:oss:*:*:photos/a",
            "root, user/boss, user/denied, role/on-ros, ros.aliyuncs.com > on-ros",
        ),
        ("oss:PutObject on acs:oss:*:6543210987654321:photos/a", ""),
        (
            "log:DeleteProject",
            "root, user/boss, user/denied, role/on-fc, role/on-ros, fc.aliyuncs.com > on-fc, ros.aliyuncs.com > on-ros",
        ),
        (
            "vpc:DescribeVpcs on acs:vpc:cn-beijing:*:vpc/vpc-1",
            "root, user/attach-to-group, user/boss, user/denied, user/reader, user/tester, role/closed, role/on-oos, role/on-ros, role/operator, role/sign-on, user/assume > operator, user/attach-to-role > operator, oos.aliyuncs.com > on-oos, ros.aliyuncs.com > on-ros, acs:ram::1234567890123456:saml-provider/okta > sign-on",
        ),
    ] {
        let found: Vec<String> = account
            .who_can(&question(asked))
            .iter()
            .map(|one| {
                assert!(one.answer.is_yes(), "{one:?}");
                let through: String = one.through.iter().map(|role| format!(" > {role}")).collect();
                format!("{}{through}", one.principal)
            })
            .collect();
        assert_eq!(found.join(", "), expected, "{asked}");
    }
    let careful = question("oss:DeleteBucket").when("acs:MFAPresent", "false").expect("a value");
    let found = account.who_can(&careful);
    assert!(!found.iter().any(|one| one.principal == principal("user/careful")));
}

#[test]
fn every_step_leads_somewhere() {
    let account = account();
    let mut used: Vec<&str> = Vec::new();
    for (from, to, expected) in [
        ("assume", "role/operator", "user/assume: assume role/operator"),
        ("access-key", "user/robot", "user/access-key: access_key user/robot"),
        ("first-password", "user/robot", "user/first-password: first_password user/robot"),
        ("new-password", "user/robot", "user/new-password: new_password user/robot"),
        ("change-trust", "role/closed", "user/change-trust: change_trust role/closed"),
        ("run-instance", "role/on-ecs", "user/run-instance: run_instance role/on-ecs"),
        ("change-instance", "role/on-ecs", "user/change-instance: change_instance role/on-ecs"),
        ("run-function", "role/on-fc", "user/run-function: run_function role/on-fc"),
        ("start-execution", "role/on-oos", "user/start-execution: start_execution role/on-oos"),
        (
            "create-stack",
            "administrator",
            "user/create-stack: create_stack role/on-ros; role/on-ros: attach_to_user user/create-stack",
        ),
        (
            "attach-to-user",
            "administrator",
            "user/attach-to-user: attach_to_user user/attach-to-user",
        ),
        ("attach-to-group", "administrator", "user/attach-to-group: attach_to_group group/testers"),
        (
            "attach-to-role",
            "administrator",
            "user/attach-to-role: assume role/operator; user/attach-to-role: attach_to_role role/operator",
        ),
        ("new-version", "administrator", "user/new-version: new_version policy/new-version"),
        ("boss", "role/closed", "user/boss: attach_to_user user/boss"),
        ("half-of-pass", "administrator", ""),
        ("pass-to-fc", "role/on-ecs", ""),
        ("denied", "administrator", ""),
        ("tester", "administrator", ""),
        ("nobody", "role/operator", ""),
    ] {
        let reach = account.reach(&Principal::User(from.to_owned()));
        assert!(reach.unsure.is_empty(), "{from}: {:?}", reach.unsure);
        let found = match to {
            "administrator" => reach.to_administrator(),
            to => reach.to(&principal(to)),
        };
        let path: Vec<String> = found
            .iter()
            .flat_map(|found| &found.path)
            .map(|taken| {
                used.push(taken.step.name);
                format!("{}: {} {}", taken.by, taken.step.name, taken.target)
            })
            .collect();
        assert_eq!(path.join("; "), expected, "{from} to {to}");
    }
    // Joining a group gives what the group may.
    let reach = account.reach(&principal("user/join-group"));
    assert!(reach.to_administrator().is_none());
    used.push("join_group");
    let unused: Vec<&str> =
        steps().iter().map(|step| step.name).filter(|name| !used.contains(name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn what_cannot_be_limited_to_a_resource_is_allowed_on_everything_alone() {
    let mut export = Export::new();
    export.without_control();
    let rows = [
        ("one", "acs:ecs:*:*:instance/*"),
        ("all", "*"),
        ("any", "acs:*:*:*:*"),
        ("service", "acs:ecs:*:*:*"),
    ];
    for (name, resource) in rows {
        let policy = document(&[statement(
            "Allow",
            &json!(["ecs:CreateInstance", "ram:PassRole"]),
            resource,
        )]);
        export.policy("Custom", name, &policy);
        export.user(name, &[&format!("custom/{name}")]);
    }
    let found = export.read().who_can(&question("ecs:CreateInstance"));
    let found: Vec<String> = found.iter().map(|one| one.principal.to_string()).collect();
    assert_eq!(found, ["root", "user/all", "user/any", "user/service"]);
    // What a level of control policies leaves of some resources leaves nothing of all of them.
    let allow = document(&[statement("Allow", &json!("ecs:*"), "acs:ecs:cn-beijing:*:*")]);
    export.put("GetControlPolicy/cp-1", json!({ "ControlPolicy": { "PolicyDocument": allow } }));
    let attached = json!({ "ControlPolicyAttachment": [{ "PolicyId": "cp-1" }] });
    let level = json!({ "ControlPolicyAttachments": attached });
    export.put("ListControlPolicyAttachmentsForTarget/0", level);
    let found = export.read().who_can(&question("ecs:CreateInstance"));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn nothing_is_expected_of_who_is_not_there() {
    let account = account();
    let may_not = Expectation::MayNot(principal("user/none"), question("ecs:StopInstance"));
    for (expectation, reason) in [
        (may_not.clone(), "the account has no user/none"),
        (Expectation::CannotReach(principal("user/none"), None), "the account has no user/none"),
        (
            Expectation::CannotReach(principal("user/boss"), Some(principal("role/none"))),
            "the account has no role/none",
        ),
        (
            Expectation::Only {
                principals: Vec::new(),
                groups: vec!["none".to_owned()],
                question: question("ecs:StopInstance"),
            },
            "the account has no group/none",
        ),
    ] {
        let broken = account.check(&expectation).expect_err("nobody is there");
        assert!(broken.is_certain && broken.reasons == [reason], "{expectation}: {broken:?}");
    }
    // Where a list was cut off, nobody can say; and nobody can say that nobody else may.
    let mut export = Export::new();
    export.without_control();
    export.user("ann", &[]);
    let page = json!({ "Users": { "User": [{ "UserName": "ann" }] }, "IsTruncated": true });
    export.put("ListUsers", page);
    let cut = export.read();
    let nobody = Expectation::NobodyOutside(question("ecs:StopInstance"));
    for expectation in [may_not, nobody] {
        let broken = cut.check(&expectation).expect_err("the list was cut off");
        assert!(!broken.is_certain, "{expectation}: {broken:?}");
    }
    // Who is not in the old list may have been there.
    let mut new = Export::new();
    new.without_control();
    new.user("bob", &["system/AdministratorAccess"]);
    new.policy("System", "AdministratorAccess", &document(&[statement("Allow", &json!("*"), "*")]));
    let more = new.read().more_than(&cut);
    assert!(matches!(more.as_slice(), [(_, Answer::Unknown(_))]), "{more:?}");
}

/// Of many groups that somebody may join, a way names those alone that it needs.
#[test]
fn no_way_names_a_group_that_is_not_needed() {
    let mut export = Export::new();
    export.without_control();
    export.user("ann", &["custom/joins"]);
    export.user("bob", &[]);
    let allow =
        |action: &str, resource: &str| document(&[statement("Allow", &json!(action), resource)]);
    export.policy("Custom", "joins", &allow("ram:AddUserToGroup", "*"));
    export.policy(
        "Custom",
        "keys",
        &allow("ram:CreateAccessKey", &format!("acs:ram:*:{ID}:user/bob")),
    );
    export.policy("Custom", "reads", &allow("oss:GetObject", "*"));
    for number in 0..40 {
        let policy = if number == 17 { "custom/keys" } else { "custom/reads" };
        export.group(&format!("g{number}"), &[], &[policy]);
    }
    let account = export.read();
    let reach = account.reach(&principal("user/ann"));
    let path = &reach.to(&principal("user/bob")).expect("by the key").path;
    let path: Vec<String> = path.iter().map(ToString::to_string).collect();
    assert_eq!(
        path,
        [
            "user/ann: adds the user to the group (user/ann, group/g17)",
            "user/ann: makes an access key of the user (user/bob)",
        ]
    );
}

#[test]
fn who_is_reached_late_joins_groups_too() {
    // Ann adds Bob, whose key she makes by a role, to a group that may assume what trusts Bob alone.
    let mut export = Export::new();
    export.without_control();
    export.user("ann", &["custom/adds"]);
    export.user("bob", &[]);
    export.group("assumers", &["ann"], &["custom/assumes"]);
    let of = |principal: &str| trust(&json!({ "RAM": format!("acs:ram::{ID}:{principal}") }));
    export.role("keys", &of("user/ann"), &["custom/keys"]);
    export.role("last", &of("user/bob"), &[]);
    for (name, action) in [("keys", "ram:CreateAccessKey"), ("assumes", "sts:AssumeRole")] {
        export.policy("Custom", name, &document(&[statement("Allow", &json!(action), "*")]));
    }
    let adds = json!("ram:AddUserToGroup");
    export.policy("Custom", "adds", &document(&[statement("Allow", &adds, "*")]));
    let reach = export.read().reach(&principal("user/ann"));
    let path = &reach.to(&principal("role/last")).expect("by four steps").path;
    let steps: Vec<&str> = path.iter().map(|taken| taken.step.name).collect();
    assert_eq!(steps, ["assume", "access_key", "join_group", "assume"]);
}

#[test]
fn who_is_administrator() {
    let account = account();
    let found: Vec<String> = account
        .ways_to_administrator()
        .iter()
        .map(|(principal, _)| principal.to_string())
        .collect();
    assert_eq!(
        found,
        [
            "user/attach-to-group",
            "user/attach-to-user",
            "user/boss",
            "user/new-version",
            "role/on-ros",
            "user/attach-to-role",
            "user/create-stack",
        ]
    );
}

#[test]
fn who_outside_is_trusted() {
    let found: Vec<String> = account()
        .external()
        .iter()
        .map(|one| format!("{} {} {}", one.opened, one.principal, one.is_conditional))
        .collect();
    assert_eq!(
        found,
        [
            "role/on-ecs ecs.aliyuncs.com false",
            "role/on-fc fc.aliyuncs.com false",
            "role/on-oos oos.aliyuncs.com false",
            "role/on-ros ros.aliyuncs.com false",
            "role/partner acs:ram::6543210987654321:root false",
            "role/sign-on acs:ram::1234567890123456:saml-provider/okta true",
        ]
    );
}

#[test]
fn what_one_can() {
    let account = account();
    for (who, expected) in [
        (
            "user/robot",
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:PutObject","Resource":"acs:oss:*:*:logs/*"}]}"#,
        ),
        (
            "role/operator",
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:*","vpc:Describe*"],"Resource":"*"}]}"#,
        ),
        ("user/nobody", r#"{"Version":"1","Statement":[]}"#),
    ] {
        let found = account.can(&principal(who)).map(|effective| effective.policy.to_json());
        assert_eq!(found.as_deref(), Ok(expected), "{who}");
    }
    assert!(account.can(&principal("user/none")).is_err());
}

#[test]
fn expectations() {
    let account = account();
    let only = |groups: &[&str], principals: &[&str], asked: &str| Expectation::Only {
        principals: principals.iter().map(|text| principal(text)).collect(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        question: question(asked),
    };
    for (expectation, broken) in [
        (
            only(
                &[],
                &["user/boss", "user/denied", "user/careful", "role/on-ros", "ros.aliyuncs.com"],
                "oss:DeleteBucket",
            ),
            "",
        ),
        (
            only(&["testers"], &["user/boss"], "vpc:DescribeVpcs"),
            "user/denied may: yes, by statement 0 of custom/denied",
        ),
        (
            Expectation::NobodyOutside(question("ecs:DeleteInstance on acs:ecs:*:*:instance/*")),
            "oos.aliyuncs.com may through role/on-oos: yes, by statement 0 of custom/operate",
        ),
        (
            Expectation::NobodyOutside(question("ram:GetRole on acs:ram:*:*:role/closed")),
            "ros.aliyuncs.com may through role/on-ros: yes, by statement 0 of system/AdministratorAccess",
        ),
        (Expectation::May(principal("user/assume"), question("ecs:StopInstance")), ""),
        (
            Expectation::May(principal("user/nobody"), question("ecs:StopInstance")),
            "user/nobody may not, neither itself nor by a role",
        ),
        (Expectation::MayNot(principal("user/tester"), question("ecs:StopInstance")), ""),
        (
            Expectation::MayNot(principal("user/assume"), question("ecs:StopInstance")),
            "user/assume may through role/operator: yes, by statement 0 of custom/operate",
        ),
        (Expectation::CannotReach(principal("user/tester"), None), ""),
        (
            Expectation::CannotReach(principal("user/new-version"), None),
            "user/new-version: writes a new version of the policy (policy/new-version)",
        ),
        (
            Expectation::CannotReach(principal("user/assume"), Some(principal("role/operator"))),
            "user/assume: assumes the role (role/operator)",
        ),
    ] {
        let checked = account.check(&expectation);
        let reason = match &checked {
            Ok(()) => "",
            Err(found) => {
                assert!(found.is_certain, "{expectation}");
                found.reasons.first().map(String::as_str).unwrap_or_default()
            }
        };
        assert_eq!(reason, broken, "{expectation}: {checked:?}");
    }
}
