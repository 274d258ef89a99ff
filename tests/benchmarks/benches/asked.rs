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
    pub(crate) source_ip: Option<IpAddr>,
    /// `ram:ServiceName`
    pub(crate) service_name: Option<&'static str>,
    /// `ecs:tag/owner`
    pub(crate) owner: Option<&'static str>,
    /// `apigateway:tag/version`
    pub(crate) version: Option<&'static str>,
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
        source_ip: None,
        service_name: None,
        owner: None,
        version: None,
    }
}

impl Asked {
    pub(crate) fn from(self, address: IpAddr) -> Self {
        Self { source_ip: Some(address), ..self }
    }

    pub(crate) fn for_service(self, name: &'static str) -> Self {
        Self { service_name: Some(name), ..self }
    }

    pub(crate) fn owned_by(self, owner: &'static str) -> Self {
        Self { owner: Some(owner), ..self }
    }

    pub(crate) fn of_version(self, version: &'static str) -> Self {
        Self { version: Some(version), ..self }
    }

    /// The texts of the context, by condition key; the address is not among them.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        [
            ("ram:ServiceName", self.service_name),
            ("ecs:tag/owner", self.owner),
            ("apigateway:tag/version", self.version),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
    }
}
