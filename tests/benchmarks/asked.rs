//! What is asked, before it is put into anybody's form, and what is compared.

use std::net::IpAddr;

use ram_policy::{Action, Decision, Request, RequestError, key};

/// The account that owns everything.
pub const ACCOUNT: &str = "1234567890123456";

/// A decision without its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
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
pub struct Asked {
    /// The action.
    pub action: Action,
    /// The resource, whole.
    pub arn: &'static str,
    /// The resource's service code.
    pub service: &'static str,
    /// The resource's region.
    pub region: &'static str,
    /// The resource's account.
    pub account: &'static str,
    /// What the resource is called within its service.
    pub relative_id: &'static str,
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
///
/// # Panics
///
/// The resource is no ARN.
#[must_use]
pub fn ask(action: impl Into<Action>, arn: &'static str) -> Asked {
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

    /// Adds `acs:SourceIp`.
    #[must_use]
    pub fn from(self, address: IpAddr) -> Self {
        self.with("acs:SourceIp", Given::Ip(address))
    }

    /// Adds `ram:ServiceName`.
    #[must_use]
    pub fn for_service(self, name: &'static str) -> Self {
        self.with("ram:ServiceName", Given::Text(name))
    }

    /// Adds `ecs:tag/owner`.
    #[must_use]
    pub fn owned_by(self, owner: &'static str) -> Self {
        self.with("ecs:tag/owner", Given::Text(owner))
    }

    /// Adds `apigateway:tag/version`.
    #[must_use]
    pub fn of_version(self, version: &'static str) -> Self {
        self.with("apigateway:tag/version", Given::Text(version))
    }

    /// The text under a key, as code by hand looks it up.
    #[inline]
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'static str> {
        self.context.iter().find_map(|(name, value)| match value {
            Given::Text(text) if *name == key => Some(*text),
            _ => None,
        })
    }

    /// The address under `acs:SourceIp`, as code by hand looks it up.
    #[inline]
    #[must_use]
    pub fn source_ip(&self) -> Option<IpAddr> {
        self.context.iter().find_map(|(name, value)| match value {
            Given::Ip(address) if *name == "acs:SourceIp" => Some(*address),
            _ => None,
        })
    }

    /// The texts of the context, by condition key; the address is not among them.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.context.iter().filter_map(|(key, value)| match value {
            Given::Text(text) => Some((*key, *text)),
            Given::Ip(_) => None,
        })
    }

    /// The request as this crate has it.
    ///
    /// # Errors
    ///
    /// The ARN is malformed.
    pub fn request(&self) -> Result<Request<'_>, RequestError> {
        let mut request = Request::new(&self.action, self.arn)?;
        if let Some(address) = self.source_ip() {
            request = request.with(key::acs::SourceIp, address);
        }
        if let Some(name) = self.text("ram:ServiceName") {
            request = request.with(key::ram::ServiceName, name);
        }
        if let Some(owner) = self.text("ecs:tag/owner") {
            request = request.with(key::ecs::tag.of("owner"), owner);
        }
        if let Some(version) = self.text("apigateway:tag/version") {
            request = request.with(key::apigateway::tag.of("version"), version);
        }
        Ok(request)
    }
}
