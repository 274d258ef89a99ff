//! What principals use, and the least that they need, by the requests of a log.

use ram_policy::{policy, trust_policy};
use ram_policy_account::{Account, Attach, PolicyName, Principal, Scope};
use ram_policy_model::{LeastPrivilege, OwnedRequest};

use crate::folder::ID;

fn asked(by: &str, action: &str, resource: &str) -> OwnedRequest {
    let mut request = OwnedRequest::new(action, resource);
    request.context.push(("acs:PrincipalARN".to_owned(), vec![by.to_owned()]));
    request
}

fn user(name: &str) -> String {
    format!("acs:ram::{ID}:user/{name}")
}

fn role(name: &str) -> String {
    format!("acs:ram::{ID}:role/{name}")
}

fn account() -> Account {
    let mut account = Account::new(ID);
    account.without_control_policies();
    let [own, group, in_group] = ["own", "group", "in-group"].map(PolicyName::custom);
    account.add_policy(
        own.clone(),
        policy! { allow ecs::StopInstance on *; allow oss::GetObject on *; deny ecs::StopInstance on "acs:ecs:*:*:instance/i-9"; },
    );
    account.add_policy(group.clone(), policy! { allow ecs::* on *; });
    account.add_policy(in_group.clone(), policy! { allow rds::StopDBInstance on *; });
    account.add_unread_policy(PolicyName::custom("unread"), "it is not there");
    account.group("dev").attach(group);
    account.group("empty").attach(own.clone());
    let ann = account.user("ann");
    ann.groups.insert("dev".to_owned());
    ann.attach(own);
    ann.attach_in(in_group, Scope::ResourceGroup("rg-1".to_owned()));
    account.user("bob").attach(PolicyName::custom("unread"));
    for name in ["Web", "Batch", "batch"] {
        account.role(name).trust =
            Some(trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; });
    }
    account.resource(rds("rm-1"), "rg-1");
    account.resource(rds("rm-2"), "rg-2");
    account
}

fn rds(name: &str) -> String {
    format!("acs:rds:cn-beijing:{ID}:dbinstance/{name}")
}

#[test]
fn requests_are_of_who_made_them() {
    let account = account();
    for (by, expected) in [
        (user("ann"), Some("user/ann")),
        (user("Ann"), None),
        (user("eve"), None),
        (role("Web"), Some("role/Web")),
        // Events write roles in lower case, and a session behind them.
        (role("web"), Some("role/Web")),
        (role("web/session"), Some("role/Web")),
        (role("batch"), Some("role/batch")),
        (role("Batch"), Some("role/Batch")),
        // Two are spelt so but for case.
        (role("BATCH"), None),
        (format!("acs:ram::{ID}:root"), None),
        ("acs:ram::6543210987654321:user/ann".to_owned(), None),
        ("nonsense".to_owned(), None),
    ] {
        let request = asked(&by, "ecs:StopInstance", "*");
        let found = account.by_principal([&request]);
        let principals: Vec<String> = found.requests.keys().map(ToString::to_string).collect();
        assert_eq!(principals, expected.into_iter().collect::<Vec<_>>(), "{by}");
        assert_eq!(found.others, usize::from(expected.is_none()), "{by}");
    }
    let nobody = OwnedRequest::new("ecs:StopInstance", "*");
    assert_eq!(account.by_principal([&nobody]).others, 1);
}

#[test]
fn what_was_never_used_is_found_for_each_policy() {
    let account = account();
    let instance = format!("acs:ecs:cn-beijing:{ID}:instance/i-1");
    // The requests of ann, and what she never used of each policy.
    let rows: [(&str, Vec<OwnedRequest>, &[&str]); 5] = [
        (
            "nothing",
            vec![],
            &[
                "custom/own (): statement 0 has decided no request",
                "custom/own (): statement 1 has decided no request",
                "custom/own (): statement 2 has decided no request",
                "custom/in-group (): statement 0 has decided no request",
                "custom/group (dev): statement 0 has decided no request",
            ],
        ),
        (
            "of two policies",
            vec![asked(&user("ann"), "ecs:StopInstance", &instance)],
            &[
                "custom/own (): statement 1 has decided no request",
                "custom/own (): statement 2 has decided no request",
                "custom/in-group (): statement 0 has decided no request",
            ],
        ),
        (
            "in the resource group",
            vec![asked(&user("ann"), "rds:StopDBInstance", &rds("rm-1"))],
            &[
                "custom/own (): statement 0 has decided no request",
                "custom/own (): statement 1 has decided no request",
                "custom/own (): statement 2 has decided no request",
                "custom/group (dev): statement 0 has decided no request",
            ],
        ),
        (
            "in another resource group",
            vec![asked(&user("ann"), "rds:StopDBInstance", &rds("rm-2"))],
            &[
                "custom/own (): statement 0 has decided no request",
                "custom/own (): statement 1 has decided no request",
                "custom/own (): statement 2 has decided no request",
                "custom/in-group (): statement 0 has decided no request",
                "custom/group (dev): statement 0 has decided no request",
            ],
        ),
        (
            "perhaps in the resource group",
            vec![asked(&user("ann"), "rds:StopDBInstance", &rds("rm-3"))],
            &[
                "custom/own (): statement 0 has decided no request",
                "custom/own (): statement 1 has decided no request",
                "custom/own (): statement 2 has decided no request",
                "custom/in-group (): perhaps statement 0 has decided no request",
                "custom/group (dev): statement 0 has decided no request",
            ],
        ),
    ];
    for (name, mut requests, expected) in rows {
        // What others do changes nothing.
        requests.push(asked(&role("web"), "oss:GetObject", "*"));
        let usage = account.unused(&requests).expect("requests");
        assert_eq!(usage.len(), 5, "{name}");
        let ann = &usage[0];
        assert_eq!(
            (ann.principal.to_string(), ann.requests),
            ("user/ann".to_owned(), requests.len() - 1)
        );
        let mut found = Vec::new();
        for one in &ann.policies {
            let of = format!("{} ({}): ", one.policy, one.group.as_deref().unwrap_or_default());
            // Of the group's wildcard only whether it was used.
            let statements = |unused: &[ram_policy_model::Unused], perhaps: &str| {
                let words = unused.iter().map(ToString::to_string);
                let of_statements = words.filter(|words| words.ends_with("decided no request"));
                of_statements.map(|words| format!("{of}{perhaps}{words}")).collect::<Vec<_>>()
            };
            found.extend(statements(&one.unused, ""));
            found.extend(statements(&one.perhaps_unused, "perhaps "));
        }
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn nothing_is_said_of_what_nobody_has_read() {
    let account = account();
    let request = asked(&user("bob"), "ecs:StopInstance", "*");
    let usage = account.unused([&request]).expect("requests");
    let bob = &usage[1];
    assert_eq!((bob.principal.to_string(), bob.requests), ("user/bob".to_owned(), 1));
    assert_eq!((bob.policies[0].decided, bob.policies[0].unused.len()), (None, 0));
    assert_eq!(bob.holes[0].to_string(), "policy custom/unread: it is not there");
    let least = account.least(&bob.principal, [&request], &LeastPrivilege::new());
    assert_eq!((least.requests, least.refused), (0, 1));
    assert!(least.policy.is_err());
}

#[test]
fn the_least_policy_is_of_what_is_allowed() {
    let account = account();
    let ann = Principal::User("ann".to_owned());
    let [one, nine] = ["i-1", "i-9"].map(|name| format!("acs:ecs:cn-beijing:{ID}:instance/{name}"));
    let requests = [
        asked(&user("ann"), "ecs:StopInstance", &one),
        // Denied.
        asked(&user("ann"), "ecs:StopInstance", &nine),
        // Allowed by nothing.
        asked(&user("ann"), "ram:GetUser", &user("bob")),
        // By the group.
        asked(&user("ann"), "ecs:StartInstance", &one),
        // In the resource group, in another, and nobody knows where.
        asked(&user("ann"), "rds:StopDBInstance", &rds("rm-1")),
        asked(&user("ann"), "rds:StopDBInstance", &rds("rm-2")),
        asked(&user("ann"), "rds:StopDBInstance", &rds("rm-3")),
    ];
    let least = account.least(&ann, &requests, &LeastPrivilege::new());
    assert_eq!((least.requests, least.refused), (3, 4));
    let policy = least.policy.expect("a policy");
    for request in &requests {
        let allowed = policy.evaluate(&request.request().expect("a request")).is_allow();
        let is_wanted = [&one, &rds("rm-1")].contains(&&request.resource);
        assert_eq!(allowed, is_wanted, "{request:?}");
    }
}
