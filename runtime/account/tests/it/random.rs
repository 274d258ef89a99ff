//! Random small accounts, of which every request of a small world is tried by `Authorizer`: what
//! proofs say must be what trying finds.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_account::{Account, Answer, Attach, PolicyName, Principal, Question};
use ram_policy_model::{Authorizer, Caller, ControlPolicy, Policy, Request, TrustPolicy};

const ID: &str = "1234567890123456";
const OTHER: &str = "6543210987654321";
const USERS: [&str; 3] = ["ann", "bob", "cat"];
const GROUPS: [&str; 2] = ["dev", "ops"];
const ROLES: [&str; 3] = ["red", "sea", "tan"];

/// Seeds that are tried; more by `RAM_POLICY_ACCOUNTS`.
fn seeds() -> u64 {
    std::env::var("RAM_POLICY_ACCOUNTS").ok().and_then(|text| text.parse().ok()).unwrap_or(250)
}

/// An account in plain parts, for trying.
struct Plain {
    policies: BTreeMap<String, Policy>,
    own: BTreeMap<Principal, Vec<String>>,
    groups: BTreeMap<&'static str, Vec<String>>,
    members: BTreeMap<&'static str, BTreeSet<&'static str>>,
    trust: BTreeMap<&'static str, TrustPolicy>,
    control: Vec<Vec<ControlPolicy>>,
    all: Policy,
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
    ];
    let (action, more) = (one(random, &actions), one(random, &actions));
    let name = if random.u8(0..9) == 0 { "NotAction" } else { "Action" };
    format!(
        r#"{{"Effect":"{effect}","{name}":["{action}","{more}"],"Resource":"{}"{}}}"#,
        one(random, &resources),
        condition(random),
    )
}

fn document(random: &mut fastrand::Rng, most: usize) -> String {
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

fn made(random: &mut fastrand::Rng) -> (Account, Plain) {
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

/// All circumstances that the conditions tell apart.
const CONTEXTS: [(Option<&str>, Option<&str>); 9] = [
    (None, None),
    (None, Some("10.1.1.1")),
    (None, Some("192.0.2.1")),
    (Some("true"), None),
    (Some("true"), Some("10.1.1.1")),
    (Some("true"), Some("192.0.2.1")),
    (Some("false"), None),
    (Some("false"), Some("10.1.1.1")),
    (Some("false"), Some("192.0.2.1")),
];

fn request<'r>(
    action: &'r str,
    resource: &'r str,
    (mfa, address): (Option<&'r str>, Option<&'r str>),
) -> Request<'r> {
    let mut request = Request::new(action, resource).expect("a request");
    if let Some(mfa) = mfa {
        request = request.with_named("acs:MFAPresent", mfa).expect("a value");
    }
    if let Some(address) = address {
        request = request.with_named("acs:SourceIp", address).expect("a value");
    }
    request
}

fn caller(principal: &Principal) -> Caller<'_> {
    match principal {
        Principal::Root => Caller::Root { account: ID },
        Principal::User(name) => Caller::User { account: ID, name },
        Principal::Role(name) => Caller::Role { account: ID, name },
        Principal::Service(principal) => Caller::Service { principal },
        // Anybody of the other account may ask.
        Principal::Outside(_) => Caller::User { account: OTHER, name: "x" },
        Principal::Provider(provider) => Caller::Federated { provider },
    }
}

impl Plain {
    fn policies(&self, principal: &Principal, joined: &BTreeSet<&'static str>) -> Vec<&Policy> {
        let own = self.own.get(principal).into_iter().flatten();
        let groups: BTreeSet<&'static str> = match principal {
            Principal::User(name) => {
                let of = self.members.get(name.as_str()).into_iter().flatten();
                of.chain(joined).copied().collect()
            }
            Principal::Root
            | Principal::Role(_)
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_) => BTreeSet::new(),
        };
        let of_groups = groups.iter().filter_map(|group| self.groups.get(group)).flatten();
        own.chain(of_groups).filter_map(|name| self.policies.get(name)).collect()
    }

    /// Whether a request is allowed in some circumstances.
    fn may(
        &self,
        principal: &Principal,
        joined: &BTreeSet<&'static str>,
        action: &str,
        resource: &str,
        passed_to: Option<&str>,
    ) -> bool {
        let mut policies = self.policies(principal, joined);
        if let Principal::Outside(_) = principal {
            // Its own account may allow it whatever it likes.
            policies.push(&self.all);
        }
        let callers = match principal {
            Principal::Outside(_) => [true, false]
                .map(|is_user| {
                    let (account, name) = (OTHER, "x");
                    if is_user {
                        Caller::User { account, name }
                    } else {
                        Caller::Role { account, name }
                    }
                })
                .to_vec(),
            Principal::Root
            | Principal::User(_)
            | Principal::Role(_)
            | Principal::Service(_)
            | Principal::Provider(_) => vec![caller(principal)],
        };
        callers.into_iter().any(|caller| {
            let mut authorizer =
                Authorizer::new(caller).with_owner(ID).with_policies(policies.iter().copied());
            for level in &self.control {
                authorizer = authorizer.with_control_level(level);
            }
            let trust = resource.rsplit_once("role/").and_then(|(_, role)| self.trust.get(role));
            if let (Some(trust), "sts:AssumeRole") = (trust, action) {
                authorizer = authorizer.with_trust_policy(trust);
            }
            CONTEXTS.into_iter().any(|context| {
                let mut request = request(action, resource, context);
                if let Some(service) = passed_to {
                    request = request.with_named("acs:Service", service).expect("a value");
                }
                authorizer.authorize(&request).is_allow()
            })
        })
    }
}

fn role_arn(role: &str) -> String {
    format!("acs:ram::{ID}:role/{role}")
}

fn everybody() -> Vec<Principal> {
    let users = USERS.map(|name| Principal::User(name.to_owned()));
    let roles = ROLES.map(|name| Principal::Role(name.to_owned()));
    let outside = [
        Principal::Outside(format!("acs:ram::{OTHER}:root")),
        Principal::Service("fc.aliyuncs.com".to_owned()),
    ];
    users.into_iter().chain(roles).chain(outside).collect()
}

#[test]
fn who_can_is_whoever_a_request_is_allowed_for() {
    let nothing = BTreeSet::new();
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for (action, resource) in [
            ("ecs:StopInstance", format!("acs:ecs:cn-beijing:{ID}:instance/i-1")),
            ("ram:CreateAccessKey", format!("acs:ram::{ID}:user/ann")),
        ] {
            let mut expected: BTreeSet<Principal> = everybody()
                .into_iter()
                .filter(|principal| {
                    principal.is_inside() && plain.may(principal, &nothing, action, &resource, None)
                })
                .collect();
            // Whoever can assume a role that may.
            loop {
                let more: Vec<Principal> = everybody()
                    .into_iter()
                    .filter(|principal| !expected.contains(principal))
                    .filter(|principal| {
                        ROLES.into_iter().any(|role| {
                            expected.contains(&Principal::Role(role.to_owned()))
                                && plain.may(
                                    principal,
                                    &nothing,
                                    "sts:AssumeRole",
                                    &role_arn(role),
                                    None,
                                )
                        })
                    })
                    .collect();
                if more.is_empty() {
                    break;
                }
                expected.extend(more);
            }
            expected.insert(Principal::Root);
            let question = Question::new(action).and_then(|question| question.on(&resource));
            let found = account.who_can(&question.expect("a question"));
            for one in &found {
                assert!(one.answer.is_yes(), "seed {seed}: {one:?}");
                if let (Answer::Yes(grant), Principal::User(_) | Principal::Role(_), []) =
                    (&one.answer, &one.principal, one.through.as_slice())
                {
                    let request = grant.request.request().expect("a request");
                    let policies = plain.policies(&one.principal, &nothing);
                    let (_, decision) = Policy::evaluate_together(policies, &request);
                    assert!(decision.is_allow(), "seed {seed}: {one:?}");
                }
            }
            let found: BTreeSet<Principal> = found.into_iter().map(|one| one.principal).collect();
            assert_eq!(found, expected, "seed {seed}: {action} on {resource}");
        }
    }
}

#[test]
fn what_one_can_is_what_is_allowed() {
    let nothing = BTreeSet::new();
    let mut written = 0;
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for principal in everybody().iter().filter(|principal| principal.is_inside()) {
            let Ok(effective) = account.can(principal) else { continue };
            written += 1;
            let arn = caller(principal).to_string();
            for (action, resource) in [
                ("ecs:StopInstance", format!("acs:ecs:cn-beijing:{ID}:instance/i-1")),
                ("ecs:StopInstance", format!("acs:ecs:cn-beijing:{ID}:instance/i-2")),
                ("ram:CreateAccessKey", format!("acs:ram::{ID}:user/ann")),
                ("ram:UpdateRole", role_arn("red")),
                ("oss:GetObject", format!("acs:oss:*:{ID}:photos/a")),
            ] {
                for context in CONTEXTS {
                    let asked = request(action, &resource, context);
                    let asked = asked.with_named("acs:PrincipalARN", &arn).expect("a value");
                    let by_policies = plain.policies(principal, &nothing);
                    let is_left = plain.control.iter().all(|level| {
                        let of_level = level.iter().map(ControlPolicy::policy);
                        Policy::evaluate_together(of_level, &asked).1.is_allow()
                    });
                    let allowed =
                        is_left && Policy::evaluate_together(by_policies, &asked).1.is_allow();
                    let found = effective.policy.evaluate(&asked).is_allow();
                    assert_eq!(found, allowed, "seed {seed}: {principal} {action} on {resource}");
                }
            }
        }
    }
    // Some meet in no pattern.
    assert!(written > seeds() * 5, "{written}");
}

#[test]
fn outside_are_those_who_are_trusted() {
    let nothing = BTreeSet::new();
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        let found: BTreeSet<(Principal, String)> =
            account.external().into_iter().map(|one| (one.principal, one.role)).collect();
        let mut expected = BTreeSet::new();
        for principal in everybody().into_iter().filter(|principal| !principal.is_inside()) {
            for role in ROLES {
                let is_trusted =
                    plain.may(&principal, &nothing, "sts:AssumeRole", &role_arn(role), None);
                if is_trusted {
                    expected.insert((principal.clone(), role.to_owned()));
                }
            }
        }
        assert_eq!(found, expected, "seed {seed}");
    }
}

/// What has been reached, by trying.
#[derive(Default, PartialEq, Clone)]
struct Tried {
    reached: BTreeSet<Principal>,
    joined: BTreeMap<String, BTreeSet<&'static str>>,
    is_administrator: bool,
}

impl Tried {
    fn joined(&self, principal: &Principal) -> BTreeSet<&'static str> {
        match principal {
            Principal::User(name) => self.joined.get(name).cloned().unwrap_or_default(),
            Principal::Root
            | Principal::Role(_)
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_) => BTreeSet::new(),
        }
    }
}

/// Goes every step that some request allows, until nothing changes.
fn tried(plain: &Plain, from: &Principal) -> Tried {
    let mut tried = Tried { reached: BTreeSet::from([from.clone()]), ..Tried::default() };
    let user_arn = |user: &str| format!("acs:ram::{ID}:user/{user}");
    let administrator = "acs:ram:*:system:policy/AdministratorAccess";
    loop {
        let before = tried.clone();
        for by in before.reached.iter() {
            let joined = tried.joined(by);
            let may = |action: &str, resource: &str| plain.may(by, &joined, action, resource, None);
            for user in USERS {
                let actions =
                    ["ram:CreateAccessKey", "ram:CreateLoginProfile", "ram:UpdateLoginProfile"];
                if actions.into_iter().any(|action| may(action, &user_arn(user))) {
                    tried.reached.insert(Principal::User(user.to_owned()));
                }
            }
            for role in ROLES {
                let arn = role_arn(role);
                let asked = |action| may(action, &arn);
                // The trust policy is changed first, so that it allows.
                let policies = plain.policies(by, &joined);
                let assumes_alone = {
                    let mut authorizer =
                        Authorizer::new(caller(by)).with_owner(ID).with_policies(policies);
                    for level in &plain.control {
                        authorizer = authorizer.with_control_level(level);
                    }
                    let trust = TrustPolicy::from_json_lenient(
                        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1234567890123456:root"}}]}"#,
                    )
                    .expect("of RAM's grammar")
                    .policy;
                    let authorizer = authorizer.with_trust_policy(&trust);
                    CONTEXTS.into_iter().any(|context| {
                        authorizer.authorize(&request("sts:AssumeRole", &arn, context)).is_allow()
                    })
                };
                let runs = plain.may(by, &joined, "ram:PassRole", &arn, Some("fc.aliyuncs.com"))
                    && ["fc:CreateFunction", "fc:InvokeFunction"]
                        .into_iter()
                        .all(|action| may(action, &format!("acs:fc:cn-beijing:{ID}:functions/f")));
                let service = Principal::Service("fc.aliyuncs.com".to_owned());
                let trusts_fc = plain.may(&service, &BTreeSet::new(), "sts:AssumeRole", &arn, None);
                if asked("sts:AssumeRole")
                    || (asked("ram:UpdateRole") && assumes_alone)
                    || (runs && trusts_fc)
                {
                    tried.reached.insert(Principal::Role(role.to_owned()));
                }
            }
            for user in USERS {
                let who = Principal::User(user.to_owned());
                for group in GROUPS {
                    let is_in = plain.members.get(user).is_some_and(|of| of.contains(group));
                    let is_empty = plain.groups.get(group).is_none_or(Vec::is_empty);
                    let adds = || {
                        [user_arn(user), format!("acs:ram::{ID}:group/{group}")]
                            .iter()
                            .all(|arn| may("ram:AddUserToGroup", arn))
                    };
                    if before.reached.contains(&who) && !is_in && !is_empty && adds() {
                        tried.joined.entry(user.to_owned()).or_default().insert(group);
                    }
                }
            }
            for receiver in before.reached.iter() {
                let own = match receiver {
                    Principal::User(name) => {
                        let groups = plain.members.get(name.as_str()).into_iter().flatten();
                        let joined = before.joined(receiver);
                        let of_groups: Vec<String> = groups
                            .chain(&joined)
                            .filter(|group| {
                                may(
                                    "ram:AttachPolicyToGroup",
                                    &format!("acs:ram::{ID}:group/{group}"),
                                ) && may("ram:AttachPolicyToGroup", administrator)
                            })
                            .map(|group| (*group).to_owned())
                            .collect();
                        !of_groups.is_empty()
                            || (may("ram:AttachPolicyToUser", &user_arn(name))
                                && may("ram:AttachPolicyToUser", administrator))
                    }
                    Principal::Role(name) => {
                        may("ram:AttachPolicyToRole", &role_arn(name))
                            && may("ram:AttachPolicyToRole", administrator)
                    }
                    Principal::Root
                    | Principal::Outside(_)
                    | Principal::Service(_)
                    | Principal::Provider(_) => false,
                };
                let names: Vec<String> = {
                    let joined = before.joined(receiver);
                    let of_groups: Vec<String> = match receiver {
                        Principal::User(name) => plain
                            .members
                            .get(name.as_str())
                            .into_iter()
                            .flatten()
                            .chain(&joined)
                            .filter_map(|group| plain.groups.get(group))
                            .flatten()
                            .cloned()
                            .collect(),
                        Principal::Root
                        | Principal::Role(_)
                        | Principal::Outside(_)
                        | Principal::Service(_)
                        | Principal::Provider(_) => Vec::new(),
                    };
                    plain
                        .own
                        .get(receiver)
                        .into_iter()
                        .flatten()
                        .cloned()
                        .chain(of_groups)
                        .collect()
                };
                let writes = names.iter().any(|name| {
                    may("ram:CreatePolicyVersion", &format!("acs:ram:*:{ID}:policy/{name}"))
                });
                if own || writes {
                    tried.is_administrator = true;
                }
            }
        }
        if tried == before {
            return tried;
        }
    }
}

#[test]
fn whoever_can_be_reached_is_reached() {
    let mut administrators = 0;
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for principal in everybody().iter().filter(|principal| principal.is_inside()) {
            let reach = account.reach(principal);
            let tried = tried(&plain, principal);
            let found = reach.to_administrator().is_some();
            if !reach.unsure.is_empty() {
                // A group that denies something; joining fewer may allow more.
                continue;
            }
            assert_eq!(found, tried.is_administrator, "seed {seed}: {principal}");
            administrators += u64::from(found);
            if found {
                continue;
            }
            let found: BTreeSet<Principal> = reach
                .reached
                .iter()
                .filter_map(|reached| reached.principal.clone())
                .chain([principal.clone()])
                .collect();
            assert_eq!(found, tried.reached, "seed {seed}: {principal}: {:#?}", reach.reached);
        }
    }
    assert!(administrators > seeds() / 4, "{administrators}");
}
