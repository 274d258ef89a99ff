//! Accounts whose resources keep policies: what proofs say must be what trying finds.

use std::collections::BTreeSet;

use ram_policy_account::{Account, Answer, Principal, Question};
use ram_policy_model::{
    Asker, Authorizer, Caller, OpenResourcePolicy, ResourceKind, ResourcePolicy,
};

use super::made::{ID, OTHER, Plain, ROLES, USERS, made};
use super::seeds;
use super::tried::{CONTEXTS, caller, request};

/// The numbers of the users.
const NUMBERS: [(&str, &str); 3] = [("ann", "21"), ("bob", "22"), ("cat", "23")];
const BUCKETS: [&str; 2] = ["photos", "films"];
const ACTIONS: [&str; 3] = ["oss:GetObject", "oss:PutObject", "oss:ListObjects"];

fn one<'t>(random: &mut fastrand::Rng, of: &[&'t str]) -> &'t str {
    random.choice(of.iter().copied()).unwrap_or_default()
}

fn bucket(random: &mut fastrand::Rng) -> ResourcePolicy {
    let statements: Vec<String> = (0..random.usize(1..=2))
        .map(|_| {
            let effect = one(random, &["Allow", "Allow", "Deny"]);
            let principals = one(
                random,
                &[
                    r#""21""#,
                    r#""22","23""#,
                    r#""*""#,
                    r#""6543210987654321""#,
                    r#""arn:sts::1234567890123456:assumed-role/red/*""#,
                    r#""arn:sts::6543210987654321:assumed-role/app/*""#,
                ],
            );
            let condition = one(
                random,
                &["", "", r#","Condition":{"Bool":{"acs:MFAPresent":["true"]}}"#],
            );
            format!(
                r#"{{"Effect":"{effect}","Action":["{}"],"Principal":[{principals}],"Resource":["{}"]{condition}}}"#,
                one(random, &["oss:GetObject", "oss:Put*", "oss:*"]),
                one(
                    random,
                    &["acs:oss:*:*:photos/*", "acs:oss:*:*:films/a", "acs:oss:*:*:*", "*"]
                ),
            )
        })
        .collect();
    let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
    let read = ResourcePolicy::from_json_lenient(ResourceKind::Bucket, text);
    read.expect("of the grammar of OSS").policy
}

/// An account whose buckets keep policies, and whose users have numbers.
fn with_buckets(random: &mut fastrand::Rng) -> (Account, Plain, Vec<ResourcePolicy>) {
    let (mut account, plain) = made(random);
    for (user, number) in NUMBERS {
        account.user(user).id = Some(number.to_owned());
    }
    let policies: Vec<ResourcePolicy> = BUCKETS.iter().map(|_| bucket(random)).collect();
    for (bucket, policy) in BUCKETS.into_iter().zip(&policies) {
        account.keep(bucket, &OpenResourcePolicy::from(policy.clone()));
    }
    (account, plain, policies)
}

/// Whether a request on an object of a bucket is allowed in some circumstances.
fn may(
    plain: &Plain,
    kept: &ResourcePolicy,
    principal: &Principal,
    action: &str,
    resource: &str,
) -> bool {
    let asker = match principal {
        Principal::User(name) => {
            let number = NUMBERS.into_iter().find(|(user, _)| user == name);
            let asker = Asker::new(caller(principal));
            number.map_or(asker, |(_, number)| asker.with_user_id(number))
        }
        Principal::Named(text) if text.starts_with("arn:sts::") => {
            Asker::new(Caller::Role { account: OTHER, name: "app" }).with_session_name("x")
        }
        Principal::Root
        | Principal::Role(_)
        | Principal::Outside(_)
        | Principal::Service(_)
        | Principal::Provider(_)
        | Principal::Named(_)
        | Principal::Everybody => Asker::new(caller(principal)),
    };
    let mut authorizer = Authorizer::new(asker.caller())
        .asked_by(asker)
        .with_owner(ID)
        .with_policies(plain.policies(principal, &BTreeSet::new()))
        .with_resource_policy(kept);
    for level in &plain.control {
        authorizer = authorizer.with_control_level(level);
    }
    CONTEXTS
        .into_iter()
        .any(|context| authorizer.authorize(&request(action, resource, context)).is_allow())
}

/// Whether a statement that allows names somebody outside.
fn lets_in(kept: &ResourcePolicy, principal: &Principal) -> bool {
    let named =
        if *principal == Principal::Everybody { "*".to_owned() } else { principal.to_string() };
    let json: serde_json::Value = serde_json::from_str(&kept.to_json()).expect("JSON");
    let statements = json["Statement"].as_array().expect("statements").iter();
    let mut allowing = statements.filter(|statement| statement["Effect"] == "Allow");
    allowing.any(|statement| {
        statement["Principal"].as_array().expect("a list").iter().any(|one| *one == *named)
    })
}

#[test]
fn who_can_counts_what_buckets_give_and_deny() {
    let (mut yes, mut unknown, mut outside) = (0, 0, 0);
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain, policies) = with_buckets(random);
        let users = USERS.map(|name| Principal::User(name.to_owned()));
        let roles = ROLES.map(|name| Principal::Role(name.to_owned()));
        let others = [
            Principal::Root,
            Principal::Named(OTHER.to_owned()),
            Principal::Named(format!("arn:sts::{OTHER}:assumed-role/app/*")),
            Principal::Everybody,
        ];
        let everybody: Vec<Principal> = users.into_iter().chain(roles).chain(others).collect();
        for (bucket, kept) in BUCKETS.into_iter().zip(&policies) {
            for action in ACTIONS {
                let resource = format!("acs:oss:*:{ID}:{bucket}/a");
                let question = Question::new(action).and_then(|question| question.on(&resource));
                let found = account.who_can(&question.expect("a question"));
                for principal in &everybody {
                    let itself = found
                        .iter()
                        .find(|one| one.principal == *principal && one.through.is_empty());
                    let tried = may(&plain, kept, principal, action, &resource);
                    let case = format!("seed {seed}: {principal} {action} on {resource}\n{kept}");
                    match itself.map(|one| &one.answer) {
                        Some(Answer::Yes(_)) => assert!(tried, "{case}"),
                        Some(Answer::Unknown(_)) => unknown += 1,
                        // Somebody outside is only asked about where a statement that allows names them.
                        Some(Answer::No) | None => {
                            let is_asked = principal.is_inside() || lets_in(kept, principal);
                            assert!(!(tried && is_asked), "{case}");
                        }
                    }
                    yes += u64::from(tried);
                    outside += u64::from(tried && !principal.is_inside());
                }
            }
        }
    }
    assert!(yes > seeds() * 5 && outside > seeds() / 2, "{yes} {outside} {unknown}");
}
