//! Accounts made at random, and the same in plain parts.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_account::{Account, Attach, PolicyName, Principal};
use ram_policy_model::{ControlPolicy, Policy, TrustPolicy};

pub(super) const ID: &str = "1234567890123456";
pub(super) const OTHER: &str = "6543210987654321";
pub(super) const USERS: [&str; 3] = ["ann", "bob", "cat"];
pub(super) const GROUPS: [&str; 2] = ["dev", "ops"];
pub(super) const ROLES: [&str; 3] = ["red", "sea", "tan"];

/// An account in plain parts, for trying.
pub(super) struct Plain {
    pub(super) policies: BTreeMap<String, Policy>,
    pub(super) own: BTreeMap<Principal, Vec<String>>,
    pub(super) groups: BTreeMap<&'static str, Vec<String>>,
    pub(super) members: BTreeMap<&'static str, BTreeSet<&'static str>>,
    pub(super) trust: BTreeMap<&'static str, TrustPolicy>,
    pub(super) control: Vec<Vec<ControlPolicy>>,
    pub(super) all: Policy,
}

const ALL: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

fn all() -> Policy {
    Policy::from_json_lenient(ALL).expect("of RAM's grammar").policy
}

fn one<'t>(random: &mut fastrand::Rng, of: &[&'t str]) -> &'t str {
    random.choice(of.iter().copied()).unwrap_or_default()
}

/// The conditions of a statement, mostly none.
fn condition(random: &mut fastrand::Rng) -> &'static str {
    one(
        random,
        &[
            "",
            "",
            "",
            r#","Condition":{"Bool":{"acs:MFAPresent":"true"}}"#,
            r#","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#,
            r#","Condition":{"NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#,
            r#","Condition":{"StringLike":{"acs:PrincipalARN":"acs:ram::*:user/*"}}"#,
        ],
    )
}

fn statement(random: &mut fastrand::Rng) -> String {
    let effect = if random.u8(0..5) == 0 { "Deny" } else { "Allow" };
    let actions = [
        "*",
        "ecs:*",
        "ecs:StopInstance",
        "ecs:CreateInstance",
        "ram:*",
        "ram:CreateAccessKey",
        "ram:AttachPolicyToUser",
        "ram:AttachPolicyToRole",
        "ram:CreatePolicyVersion",
        "ram:AddUserToGroup",
        "ram:UpdateRole",
        "sts:AssumeRole",
        "sts:AssumeRole",
        "ram:PassRole",
        "fc:*",
    ];
    let resources = [
        "*",
        "*",
        "*",
        "acs:ram:*:*:user/ann",
        "acs:ram:*:*:role/red",
        "acs:ram:*:*:role/*",
        "acs:ram:*:1234567890123456:*",
        "acs:ram:*:system:*",
        "acs:ecs:*:*:instance/i-1",
        "acs:ecs:*:*:*",
    ];
    let (action, more) = (one(random, &actions), one(random, &actions));
    let name = if random.u8(0..9) == 0 { "NotAction" } else { "Action" };
    format!(
        r#"{{"Effect":"{effect}","{name}":["{action}","{more}"],"Resource":"{}"{}}}"#,
        one(random, &resources),
        condition(random),
    )
}

pub(super) fn document(random: &mut fastrand::Rng, most: usize) -> String {
    let statements: Vec<String> = (0..random.usize(1..=most)).map(|_| statement(random)).collect();
    format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","))
}

fn trust(random: &mut fastrand::Rng) -> String {
    let principals = [
        r#"{"RAM":"acs:ram::1234567890123456:root"}"#,
        r#"{"RAM":"acs:ram::1234567890123456:root"}"#,
        r#"{"RAM":"acs:ram::1234567890123456:user/ann"}"#,
        r#"{"RAM":"acs:ram::1234567890123456:role/red"}"#,
        r#"{"RAM":"acs:ram::6543210987654321:root"}"#,
        r#"{"Service":"fc.aliyuncs.com"}"#,
    ];
    let statements: Vec<String> = (0..random.usize(1..=2))
        .map(|_| {
            let effect = if random.u8(0..6) == 0 { "Deny" } else { "Allow" };
            format!(
                r#"{{"Effect":"{effect}","Action":"sts:AssumeRole","Principal":{}{}}}"#,
                one(random, &principals),
                condition(random),
            )
        })
        .collect();
    format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","))
}

pub(super) fn made(random: &mut fastrand::Rng) -> (Account, Plain) {
    let mut account = Account::new(ID);
    account.without_control_policies();
    let mut plain = Plain {
        policies: BTreeMap::new(),
        own: BTreeMap::new(),
        groups: BTreeMap::new(),
        members: BTreeMap::new(),
        trust: BTreeMap::new(),
        control: Vec::new(),
        all: all(),
    };
    let names: Vec<String> = (0..5).map(|number| format!("p{number}")).collect();
    for name in &names {
        let text = document(random, 2);
        let policy = Policy::from_json_lenient(&text).expect("of RAM's grammar").policy;
        account.add_policy(PolicyName::custom(name), policy.clone());
        plain.policies.insert(name.clone(), policy);
    }
    let some = |random: &mut fastrand::Rng, most: usize| -> Vec<String> {
        let count = random.usize(0..=most);
        let mut taken: Vec<String> =
            (0..count).filter_map(|_| random.choice(names.iter()).cloned()).collect();
        taken.sort();
        taken.dedup();
        taken
    };
    for group in GROUPS {
        let of = some(random, 1);
        account.group(group);
        for name in &of {
            account.group(group).attach(PolicyName::custom(name));
        }
        plain.groups.insert(group, of);
    }
    for user in USERS {
        let of = some(random, 2);
        account.user(user);
        for name in &of {
            account.user(user).attach(PolicyName::custom(name));
        }
        plain.own.insert(Principal::User(user.to_owned()), of);
        let group = one(random, &["", "", "dev", "ops"]);
        let mut groups = BTreeSet::new();
        if let Some(group) = GROUPS.into_iter().find(|known| *known == group) {
            account.user(user).groups.insert(group.to_owned());
            groups.insert(group);
        }
        plain.members.insert(user, groups);
    }
    for role in ROLES {
        let of = some(random, 2);
        let trust = TrustPolicy::from_json_lenient(trust(random)).expect("of RAM's grammar").policy;
        account.role(role).trust = Some(trust.clone());
        for name in &of {
            account.role(role).attach(PolicyName::custom(name));
        }
        plain.own.insert(Principal::Role(role.to_owned()), of);
        plain.trust.insert(role, trust);
    }
    if random.u8(0..3) == 0 {
        let all = ControlPolicy::from_json_lenient(ALL).expect("of RAM's grammar").policy;
        let more = ControlPolicy::from_json_lenient(document(random, 1)).expect("of RAM's grammar");
        let level = vec![all, more.policy];
        account.add_control_level(level.clone());
        plain.control.push(level);
    }
    (account, plain)
}
