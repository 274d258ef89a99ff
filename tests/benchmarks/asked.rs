//! What is asked, before it is put into anybody's form, and what is compared.

use std::net::IpAddr;

use ram_policy::{Action, Decision, Policy};

/// The account that owns everything.
pub(crate) const ACCOUNT: &str = "1234567890123456";

/// A policy with all that is needed to compare.
pub(crate) struct Case {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// As this crate has it; the peers get translations of its JSON.
    pub(crate) policy: Policy,
    /// The same as Rust code.
    pub(crate) by_hand: fn(&Asked) -> Verdict,
    /// What is asked of it.
    pub(crate) asked: Vec<Asked>,
}

/// A decision without its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Allowed.
    Allow,
    /// Denied by a statement.
    ExplicitDeny,
    /// Allowed by none.
    ImplicitDeny,
}

impl From<Decision> for Verdict {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allow { .. } => Self::Allow,
            Decision::ExplicitDeny { .. } => Self::ExplicitDeny,
            Decision::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

/// A request with every value typed, which is what the code by hand reads.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) action: Action,
    pub(crate) arn: &'static str,
    pub(crate) service: &'static str,
    pub(crate) region: &'static str,
    pub(crate) account: &'static str,
    pub(crate) relative_id: &'static str,
    /// Condition values under the names of their keys, as every engine gets them.
    context: Vec<(&'static str, Given)>,
}

/// A condition value.
#[derive(Debug, Clone, Copy)]
enum Given {
    Text(&'static str),
    Ip(IpAddr),
}

/// A request without condition values.
pub(crate) fn ask(action: impl Into<Action>, arn: &'static str) -> Asked {
    let mut fields = arn.splitn(5, ':').skip(1);
    let mut field = || fields.next().expect("an ARN has five fields");
    Asked {
        action: action.into(),
        arn,
        service: field(),
        region: field(),
        account: field(),
        relative_id: field(),
        context: Vec::new(),
    }
}

impl Asked {
    fn with(mut self, key: &'static str, value: Given) -> Self {
        self.context.push((key, value));
        self
    }

    pub(crate) fn from(self, address: IpAddr) -> Self {
        self.with("acs:SourceIp", Given::Ip(address))
    }

    pub(crate) fn for_service(self, name: &'static str) -> Self {
        self.with("ram:ServiceName", Given::Text(name))
    }

    pub(crate) fn owned_by(self, owner: &'static str) -> Self {
        self.with("ecs:tag/owner", Given::Text(owner))
    }

    pub(crate) fn of_version(self, version: &'static str) -> Self {
        self.with("apigateway:tag/version", Given::Text(version))
    }

    /// The text under a key, as code by hand looks it up.
    #[inline]
    pub(crate) fn text(&self, key: &str) -> Option<&'static str> {
        self.context.iter().find_map(|(name, value)| match value {
            Given::Text(text) if *name == key => Some(*text),
            _ => None,
        })
    }

    /// The address under `acs:SourceIp`, as code by hand looks it up.
    #[inline]
    pub(crate) fn source_ip(&self) -> Option<IpAddr> {
        self.context.iter().find_map(|(name, value)| match value {
            Given::Ip(address) if *name == "acs:SourceIp" => Some(*address),
            _ => None,
        })
    }

    /// The texts of the context, by condition key; the address is not among them.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.context.iter().filter_map(|(key, value)| match value {
            Given::Text(text) => Some((*key, *text)),
            Given::Ip(_) => None,
        })
    }
}
