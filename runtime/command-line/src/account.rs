//! The account file: all policies that have a say, and who asks; YAML or JSON.
//!
//! Its form stands in the README of the command line.

use std::path::Path;

use ram_policy_account::{Attach as _, PolicyName, Scope};
use ram_policy_forms::{Embedded, Lines, Places, yaml};
use ram_policy_model::document::Document;
use ram_policy_model::terms::characters::is_account;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, Kind as Json, Member, TextRange, Value};
use ram_policy_model::text::suggest;
use ram_policy_model::{
    Asker, Authorizer, Caller, Checker, ControlPolicy, OpenPolicy, OpenResourcePolicy,
    OpenTrustPolicy, Policy, ResourceGroupRule, ResourceKind, ResourcePolicy, Strictness,
    TrustPolicy,
};

use crate::arguments::Kind;
use crate::failure::{Failure, usage};
use crate::files;
use crate::output;
use crate::policies::{Loaded, load_path};
use crate::report::{self, FileReport};

const MEMBERS: [&str; 12] = [
    "caller",
    "user_id",
    "session_name",
    "owner",
    "control",
    "session",
    "policies",
    "groups",
    "resource_group",
    "resource_group_rule",
    "trust",
    "resource",
];

/// What an account file says.
#[derive(Debug, Default)]
pub(crate) struct Account {
    caller: Option<OwnedCaller>,
    user_id: Option<String>,
    session_name: Option<String>,
    owner: Option<String>,
    control: Vec<Vec<OpenPolicy>>,
    session: Option<OpenPolicy>,
    policies: Vec<Held>,
    groups: Vec<String>,
    resource_group: Vec<Held>,
    rule: ResourceGroupRule,
    trust: Option<OpenTrustPolicy>,
    resource: Vec<OpenResourcePolicy>,
    /// What is not known of the first policy of which something is not.
    not_known: Option<String>,
}

/// A policy with its name: the path of its file, or its place.
#[derive(Debug)]
struct Held {
    name: String,
    policy: OpenPolicy,
    /// The group that it is of.
    group: Option<String>,
}

#[derive(Debug)]
enum OwnedCaller {
    Arn(String),
    Service(String),
    Federated(String),
    Anonymous,
}

impl OwnedCaller {
    fn caller(&self) -> Result<Caller<'_>, String> {
        match self {
            Self::Arn(arn) => Caller::from_arn(arn).map_err(|error| error.to_string()),
            Self::Service(principal) => Ok(Caller::Service { principal }),
            Self::Federated(provider) => Ok(Caller::Federated { provider }),
            Self::Anonymous => Ok(Caller::Anonymous),
        }
    }
}

impl Account {
    /// Who asks.
    pub(crate) fn caller(&self) -> Result<Caller<'_>, Failure> {
        let Some(caller) = &self.caller else {
            return Err(usage("the account file has no `caller`"));
        };
        caller.caller().map_err(|error| usage(format!("`caller`: {error}")))
    }

    /// What is not known of the policies, in one sentence; `None` where all of them are known.
    pub(crate) fn not_known(&self) -> Option<&str> {
        self.not_known.as_deref()
    }

    /// The account, as far as it has this caller: there are more principals, of whom nothing is said.
    pub(crate) fn whole(&self) -> Result<ram_policy_account::Account, Failure> {
        let (id, name, is_user) = match self.caller()? {
            Caller::User { account, name } => (account, name, true),
            Caller::Role { account, name } => (account, name, false),
            Caller::Root { .. }
            | Caller::Service { .. }
            | Caller::Federated { .. }
            | Caller::Anonymous => {
                return Err(usage(
                    "`caller` is neither a user nor a role, so that this file says nothing of an account",
                ));
            }
        };
        let mut account = ram_policy_account::Account::new(id);
        account.without_control_policies();
        for (number, level) in self.control.iter().enumerate() {
            let known: Option<Vec<ControlPolicy>> = level
                .iter()
                .map(|policy| ControlPolicy::new(policy.as_policy()?.clone()).ok())
                .collect();
            match known {
                Some(level) => account.add_control_level(level),
                None => {
                    let why = format!("a policy of level {number} is not known, or too long");
                    account.unread_control_policies(why);
                    break;
                }
            }
        }
        for group in &self.groups {
            account.group(group);
            if is_user {
                account.user(name).groups.insert(group.clone());
            }
        }
        let in_group = || Scope::ResourceGroup("of the file".to_owned());
        let of_account = self.policies.iter().map(|held| (held, Scope::Account));
        let of_group = self.resource_group.iter().map(|held| (held, in_group()));
        for (held, scope) in of_account.chain(of_group) {
            let policy = PolicyName::custom(&held.name);
            account.add_open_policy(policy.clone(), &held.policy);
            match &held.group {
                Some(group) => account.group(group).attach_in(policy, scope).attachments().len(),
                None if is_user => account.user(name).attach_in(policy, scope).attachments().len(),
                None => account.role(name).attach_in(policy, scope).attachments().len(),
            };
        }
        if is_user {
            account.user(name);
        } else {
            account.role(name);
        }
        if let Some(session) = &self.session {
            account.session(name, session);
        }
        for what in ["users", "roles"] {
            account.add_hole(what, "an account file has its caller alone");
        }
        if self.trust.is_some() {
            output::tell(
                "note: `trust` is of a role without a name, and is no part of the account",
            );
        }
        Ok(account)
    }

    /// The whole decision.
    pub(crate) fn authorizer(&self) -> Result<Authorizer<'_>, Failure> {
        let mut authorizer = Authorizer::new(self.caller()?)
            .with_open_policies(self.policies.iter().map(|held| &held.policy))
            .with_open_resource_group_policies(self.resource_group.iter().map(|held| &held.policy))
            .with_resource_group_rule(self.rule);
        let mut asker = Asker::new(self.caller()?);
        if let Some(id) = &self.user_id {
            asker = asker.with_user_id(id);
        }
        if let Some(session) = &self.session_name {
            asker = asker.with_session_name(session);
        }
        authorizer = authorizer.asked_by(asker);
        for policy in &self.resource {
            authorizer = authorizer.with_open_resource_policy(policy);
        }
        for level in &self.control {
            authorizer = authorizer.with_open_control_level(level);
        }
        if let Some(owner) = &self.owner {
            authorizer = authorizer.with_owner(owner);
        }
        if let Some(session) = &self.session {
            authorizer = authorizer.with_open_session_policy(session);
        }
        if let Some(trust) = &self.trust {
            authorizer = authorizer.with_open_trust_policy(trust);
        }
        Ok(authorizer)
    }
}

/// Reads an account file; paths in it start at its folder.
pub(crate) fn read(path: &Path) -> Result<Account, Failure> {
    let name = path.display().to_string();
    let text = files::text_of(path)?;
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    let read = if is_json { json::read(&text) } else { yaml::read(&text) };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut reader = Reader { folder, name: &name, text: &text, not_known: None };
    let value = read.map_err(|error| reader.refuse(error.at, &error.value))?;
    reader.account(&value)
}

struct Reader<'t> {
    folder: &'t Path,
    name: &'t str,
    text: &'t str,
    /// What is not known of the policies, as far as they have been read.
    not_known: Option<String>,
}

/// A policy of an account file.
enum Found {
    /// In a file of its own.
    File(Box<Loaded>),
    /// In the account file itself.
    Inline(Document),
}

impl Found {
    fn policy(&self) -> Result<OpenPolicy, Failure> {
        match self {
            Self::File(loaded) => loaded.open(),
            Self::Inline(document) => Ok(Policy::from_document(document.clone()).into()),
        }
    }

    fn trust(&self) -> Result<OpenTrustPolicy, Failure> {
        match self {
            Self::File(loaded) => loaded.open_trust(),
            Self::Inline(document) => Ok(TrustPolicy::from_document(document.clone()).into()),
        }
    }
}

type Node = Value<TextRange>;

impl Reader<'_> {
    fn refuse(&self, at: TextRange, message: &str) -> Failure {
        let position = Lines::new(self.text).position(at.start);
        usage(format!("{}:{}:{}: {message}", self.name, position.line, position.column))
    }

    fn account(&mut self, value: &Node) -> Result<Account, Failure> {
        let mut account = Account::default();
        let mut seen: Vec<&str> = Vec::new();
        for Member { name, value } in self.members(value, "an account file")? {
            if seen.contains(&name.value.as_str()) {
                return Err(self.refuse(name.at, &format!("`{}` appears twice", name.value)));
            }
            seen.push(&name.value);
            match name.value.as_str() {
                "caller" => account.caller = Some(self.caller(value)?),
                "user_id" => account.user_id = Some(self.digits(value)?),
                "session_name" => account.session_name = Some(self.text(value)?),
                "owner" => account.owner = Some(self.digits(value)?),
                "resource" => account.resource = self.resources(value)?,
                "control" => {
                    for level in Self::list(value) {
                        account.control.push(self.policies(level, Kind::Control)?);
                    }
                }
                "session" => {
                    account.session = Some(self.one(value, Kind::Session)?.policy()?);
                }
                "policies" => account.policies.extend(self.held(value, "policies", None)?),
                "groups" => {
                    for group in self.members(value, "`groups`")? {
                        let name = &group.name.value;
                        account.policies.extend(self.held(&group.value, name, Some(name))?);
                        account.groups.push(name.clone());
                    }
                }
                "resource_group" => {
                    account.resource_group.extend(self.held(value, "resource_group", None)?);
                }
                "resource_group_rule" => {
                    let named = if let Json::String(rule) = &value.kind { rule } else { "" };
                    account.rule = match named {
                        "account_level_first" => ResourceGroupRule::AccountLevelFirst,
                        "deny_overrides" => ResourceGroupRule::DenyOverrides,
                        _ => {
                            let message = "write `account_level_first` or `deny_overrides`";
                            return Err(self.refuse(value.at, message));
                        }
                    };
                }
                "trust" => {
                    account.trust = Some(self.one(value, Kind::Trust)?.trust()?);
                }
                other => {
                    let near = suggest::nearest(other, MEMBERS.into_iter());
                    let message =
                        format!("an account file has no `{other}`{}", suggest::did_you_mean(&near));
                    return Err(self.refuse(name.at, &message));
                }
            }
        }
        account.not_known = self.not_known.take();
        Ok(account)
    }

    fn members<'v>(&self, value: &'v Node, what: &str) -> Result<&'v [Member<TextRange>], Failure> {
        let Json::Object(members) = &value.kind else {
            let message = format!("{what} is an object, not {}", value.kind.type_name());
            return Err(self.refuse(value.at, &message));
        };
        Ok(members)
    }

    /// A list, or one value alone.
    fn list(value: &Node) -> &[Node] {
        if let Json::Array(items) = &value.kind { items } else { std::slice::from_ref(value) }
    }

    fn text(&self, value: &Node) -> Result<String, Failure> {
        let Json::String(text) = &value.kind else {
            let message = format!("expected a text, found {}", value.kind.type_name());
            return Err(self.refuse(value.at, &message));
        };
        Ok(text.clone())
    }

    /// An account's number; YAML reads it as one.
    fn digits(&self, value: &Node) -> Result<String, Failure> {
        if let Json::String(text) | Json::Number(text) = &value.kind
            && is_account(text)
        {
            return Ok(text.clone());
        }
        Err(self.refuse(value.at, "an account is a number, as 1234567890123456"))
    }

    fn caller(&self, value: &Node) -> Result<OwnedCaller, Failure> {
        let caller = if let Json::Object(members) = &value.kind {
            match members.as_slice() {
                [Member { name, value }] if name.value == "service" => {
                    OwnedCaller::Service(self.text(value)?)
                }
                [Member { name, value }] if name.value == "federated" => {
                    OwnedCaller::Federated(self.text(value)?)
                }
                _ => {
                    let message =
                        "a caller is an ARN, `anonymous`, `service: ...` or `federated: ...`";
                    return Err(self.refuse(value.at, message));
                }
            }
        } else {
            match self.text(value)? {
                text if text == "anonymous" => OwnedCaller::Anonymous,
                text => OwnedCaller::Arn(text),
            }
        };
        match caller.caller() {
            Ok(_) => Ok(caller),
            Err(error) => Err(self.refuse(value.at, &error)),
        }
    }

    /// The policies that are kept with the resource, by their kind.
    fn resources(&mut self, value: &Node) -> Result<Vec<OpenResourcePolicy>, Failure> {
        let mut all = Vec::new();
        for Member { name, value } in self.members(value, "`resource`")? {
            let word = |kind: &ResourceKind| PolicyKind::Resource(*kind).rules().word;
            let Some(kind) = ResourceKind::ALL.into_iter().find(|kind| word(kind) == name.value)
            else {
                let words: Vec<&str> = ResourceKind::ALL.iter().map(word).collect();
                let near = suggest::nearest(&name.value, words.iter().copied());
                let hint = suggest::did_you_mean(&near);
                let message = format!("there is no kind of resource `{}`{hint}", name.value);
                return Err(self.refuse(name.at, &message));
            };
            for found in self.found(value, Kind::of_resource(kind))? {
                all.push(match found {
                    Found::File(loaded) => loaded.open_resource(kind)?,
                    Found::Inline(document) => ResourcePolicy::from_document(kind, document).into(),
                });
            }
        }
        Ok(all)
    }

    fn policies(&mut self, value: &Node, kind: Kind) -> Result<Vec<OpenPolicy>, Failure> {
        self.found(value, kind)?.iter().map(Found::policy).collect()
    }

    /// Policies of the caller, or of a group of it, with their names.
    fn held(
        &mut self,
        value: &Node,
        place: &str,
        group: Option<&str>,
    ) -> Result<Vec<Held>, Failure> {
        let found = self.found(value, Kind::Identity)?;
        let held = |(number, found): (usize, &Found)| {
            let name = match found {
                Found::File(loaded) => loaded.label.clone(),
                Found::Inline(_) => format!("{place} {number}"),
            };
            Ok(Held { name, policy: found.policy()?, group: group.map(str::to_owned) })
        };
        found.iter().enumerate().map(held).collect()
    }

    fn one(&mut self, value: &Node, kind: Kind) -> Result<Found, Failure> {
        match <[Found; 1]>::try_from(self.found(value, kind)?) {
            Ok([one]) => Ok(one),
            Err(_) => Err(self.refuse(value.at, "expected exactly one policy here")),
        }
    }

    /// Policies: paths of files, or documents that stand in the account file itself.
    fn found(&mut self, value: &Node, kind: Kind) -> Result<Vec<Found>, Failure> {
        let mut found = Vec::new();
        for item in Self::list(value) {
            let Json::String(path) = &item.kind else {
                found.push(Found::Inline(self.inline(item, kind)?));
                continue;
            };
            for one in load_path(&self.folder.join(path), kind)? {
                if self.not_known.is_none() {
                    self.not_known = one.unknown();
                }
                found.push(Found::File(Box::new(one)));
            }
        }
        Ok(found)
    }

    fn inline(&self, value: &Node, kind: Kind) -> Result<Document, Failure> {
        let kind = kind.asked().or(Some(PolicyKind::Identity));
        let embedded = Embedded::of_value(value.clone(), kind, Places::whole(self.text.len()));
        let mut checked = embedded.check(None, &Checker::at(Strictness::Audit));
        match checked.document.take() {
            Some(document) => Ok(document),
            None => {
                let report = FileReport {
                    name: self.name.to_owned(),
                    form: None,
                    text: self.text.to_owned(),
                    policies: vec![checked],
                    skipped: Vec::new(),
                    unread: None,
                };
                report::text::write(&report, &mut output::styled_errors())?;
                Err(Failure::Refused)
            }
        }
    }
}
