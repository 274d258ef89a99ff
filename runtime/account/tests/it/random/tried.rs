//! What trying every request finds.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_account::Principal;
use ram_policy_model::{Authorizer, Caller, Policy, Request, TrustPolicy};

use super::made::{GROUPS, ID, OTHER, Plain, ROLES, USERS};

/// All circumstances that the conditions tell apart.
pub(super) const CONTEXTS: [(Option<&str>, Option<&str>); 9] = [
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

pub(super) fn request<'r>(
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

pub(super) fn caller(principal: &Principal) -> Caller<'_> {
    match principal {
        Principal::Root => Caller::Root { account: ID },
        Principal::User(name) => Caller::User { account: ID, name },
        Principal::Role(name) => Caller::Role { account: ID, name },
        Principal::Service(principal) => Caller::Service { principal },
        // Anybody of the other account may ask.
        Principal::Outside(_) => Caller::User { account: OTHER, name: "x" },
        Principal::Provider(provider) => Caller::Federated { provider },
        Principal::Named(account) => Caller::Root { account },
        Principal::Everybody => Caller::Anonymous,
    }
}

impl Plain {
    pub(super) fn policies(
        &self,
        principal: &Principal,
        joined: &BTreeSet<&'static str>,
    ) -> Vec<&Policy> {
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
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => BTreeSet::new(),
        };
        let of_groups = groups.iter().filter_map(|group| self.groups.get(group)).flatten();
        own.chain(of_groups).filter_map(|name| self.policies.get(name)).collect()
    }

    /// Whether a request is allowed in some circumstances.
    pub(super) fn may(
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
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => vec![caller(principal)],
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

impl Plain {
    /// Whether somebody may assume a role whose trust policy he has changed, so that it trusts him.
    pub(super) fn assumes_alone(
        &self,
        by: &Principal,
        joined: &BTreeSet<&'static str>,
        role: &str,
    ) -> bool {
        let policies = self.policies(by, joined);
        let mut authorizer = Authorizer::new(caller(by)).with_owner(ID).with_policies(policies);
        for level in &self.control {
            authorizer = authorizer.with_control_level(level);
        }
        let trust = TrustPolicy::from_json_lenient(
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1234567890123456:root"}}]}"#,
        )
        .expect("of RAM's grammar")
        .policy;
        let authorizer = authorizer.with_trust_policy(&trust);
        let arn = role_arn(role);
        CONTEXTS.into_iter().any(|context| {
            authorizer.authorize(&request("sts:AssumeRole", &arn, context)).is_allow()
        })
    }
}

pub(super) fn role_arn(role: &str) -> String {
    format!("acs:ram::{ID}:role/{role}")
}

pub(super) fn everybody() -> Vec<Principal> {
    let users = USERS.map(|name| Principal::User(name.to_owned()));
    let roles = ROLES.map(|name| Principal::Role(name.to_owned()));
    let outside = [
        Principal::Outside(format!("acs:ram::{OTHER}:root")),
        Principal::Service("fc.aliyuncs.com".to_owned()),
    ];
    users.into_iter().chain(roles).chain(outside).collect()
}

/// What has been reached, by trying.
#[derive(Default, PartialEq, Clone)]
pub(super) struct Tried {
    pub(super) reached: BTreeSet<Principal>,
    pub(super) joined: BTreeMap<String, BTreeSet<&'static str>>,
    pub(super) is_administrator: bool,
}

impl Tried {
    fn joined(&self, principal: &Principal) -> BTreeSet<&'static str> {
        match principal {
            Principal::User(name) => self.joined.get(name).cloned().unwrap_or_default(),
            Principal::Root
            | Principal::Role(_)
            | Principal::Outside(_)
            | Principal::Service(_)
            | Principal::Provider(_)
            | Principal::Named(_)
            | Principal::Everybody => BTreeSet::new(),
        }
    }
}

/// Goes every step that some request allows, until nothing changes.
pub(super) fn tried(plain: &Plain, from: &Principal) -> Tried {
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
                let assumes_alone = plain.assumes_alone(by, &joined, role);
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
                    | Principal::Provider(_)
                    | Principal::Named(_)
                    | Principal::Everybody => false,
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
                        | Principal::Provider(_)
                        | Principal::Named(_)
                        | Principal::Everybody => Vec::new(),
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
