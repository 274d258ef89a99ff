//! The account file: all policies that have a say, and who asks; YAML or JSON.
//!
//! Its form stands in the README of the command line.

use std::path::Path;

use ram_policy_forms::{Embedded, Lines, Places, yaml};
use ram_policy_model::document::Document;
use ram_policy_model::terms::characters::is_account;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, Kind as Json, Member, TextRange, Value};
use ram_policy_model::text::suggest;
use ram_policy_model::{
    Authorizer, Caller, Checker, OpenPolicy, OpenTrustPolicy, Policy, ResourceGroupRule,
    Strictness, TrustPolicy,
};

use crate::arguments::Kind;
use crate::failure::{Failure, usage};
use crate::files;
use crate::output;
use crate::policies::{Loaded, load_path};
use crate::report::{self, FileReport};

const MEMBERS: [&str; 9] = [
    "caller",
    "owner",
    "control",
    "session",
    "policies",
    "groups",
    "resource_group",
    "resource_group_rule",
    "trust",
];

/// What an account file says.
#[derive(Debug, Default)]
pub(crate) struct Account {
    caller: Option<OwnedCaller>,
    owner: Option<String>,
    control: Vec<Vec<OpenPolicy>>,
    session: Option<OpenPolicy>,
    policies: Vec<OpenPolicy>,
    resource_group: Vec<OpenPolicy>,
    rule: ResourceGroupRule,
    trust: Option<OpenTrustPolicy>,
    /// What is not known of the first policy of which something is not.
    not_known: Option<String>,
}

#[derive(Debug)]
enum OwnedCaller {
    Arn(String),
    Service(String),
    Federated(String),
}

impl OwnedCaller {
    fn caller(&self) -> Result<Caller<'_>, String> {
        match self {
            Self::Arn(arn) => Caller::from_arn(arn).map_err(|error| error.to_string()),
            Self::Service(principal) => Ok(Caller::Service { principal }),
            Self::Federated(provider) => Ok(Caller::Federated { provider }),
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

    /// The whole decision.
    pub(crate) fn authorizer(&self) -> Result<Authorizer<'_>, Failure> {
        let mut authorizer = Authorizer::new(self.caller()?)
            .with_open_policies(&self.policies)
            .with_open_resource_group_policies(&self.resource_group)
            .with_resource_group_rule(self.rule);
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
                "owner" => account.owner = Some(self.digits(value)?),
                "control" => {
                    for level in Self::list(value) {
                        account.control.push(self.policies(level, Kind::Control)?);
                    }
                }
                "session" => {
                    account.session = Some(self.one(value, Kind::Session)?.policy()?);
                }
                "policies" => account.policies.extend(self.policies(value, Kind::Identity)?),
                "groups" => {
                    for group in self.members(value, "`groups`")? {
                        account.policies.extend(self.policies(&group.value, Kind::Identity)?);
                    }
                }
                "resource_group" => {
                    account.resource_group.extend(self.policies(value, Kind::Identity)?);
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
                    let message = "a caller is an ARN, `service: ...` or `federated: ...`";
                    return Err(self.refuse(value.at, message));
                }
            }
        } else {
            OwnedCaller::Arn(self.text(value)?)
        };
        match caller.caller() {
            Ok(_) => Ok(caller),
            Err(error) => Err(self.refuse(value.at, &error)),
        }
    }

    fn policies(&mut self, value: &Node, kind: Kind) -> Result<Vec<OpenPolicy>, Failure> {
        self.found(value, kind)?.iter().map(Found::policy).collect()
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
