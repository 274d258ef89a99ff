//! Who may do something.

use std::fmt;
use std::str::FromStr;

use ram_policy_model::Caller;

/// Somebody who makes requests.
///
/// Prints and reads as `root`, `user/<name>`, `role/<name>`, `group/<name>`, or as the ARN of a
/// principal outside the account, the name of a service, or the ARN of an identity provider.
///
/// ```
/// use ram_policy_account::Principal;
///
/// let alice: Principal = "user/alice".parse()?;
/// assert_eq!(alice, Principal::User("alice".to_owned()));
/// assert_eq!("ecs.aliyuncs.com".parse::<Principal>()?.to_string(), "ecs.aliyuncs.com");
/// assert!("alice".parse::<Principal>().is_err());
/// # Ok::<(), ram_policy_account::PrincipalError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// The owner of the account.
    Root,
    /// A user of the account.
    User(String),
    /// A role of the account.
    Role(String),
    /// The ARN of another account, or of a user or role of one.
    Outside(String),
    /// A cloud service, as `ecs.aliyuncs.com`; of another account as `<account>@<service>`.
    Service(String),
    /// The ARN of an identity provider.
    Provider(String),
}

/// A text names no principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalError {
    text: String,
}

impl Principal {
    /// The ARN as RAM writes it, `None` for a service.
    pub(crate) fn arn(&self, account: &str) -> Option<String> {
        match self {
            Self::Root => Some(format!("acs:ram::{account}:root")),
            Self::User(name) => Some(format!("acs:ram::{account}:user/{name}")),
            Self::Role(name) => Some(format!("acs:ram::{account}:role/{name}")),
            Self::Outside(arn) | Self::Provider(arn) => Some(arn.clone()),
            Self::Service(_) => None,
        }
    }

    /// The caller of a request, where the ARN is that of one.
    pub(crate) fn caller<'c>(&'c self, account: &'c str) -> Option<Caller<'c>> {
        match self {
            Self::Root => Some(Caller::Root { account }),
            Self::User(name) => Some(Caller::User { account, name }),
            Self::Role(name) => Some(Caller::Role { account, name }),
            Self::Outside(arn) => Caller::from_arn(arn).ok(),
            Self::Service(principal) => Some(Caller::Service { principal }),
            Self::Provider(provider) => Some(Caller::Federated { provider }),
        }
    }

    /// Whether the principal is of the account.
    #[must_use]
    pub const fn is_inside(&self) -> bool {
        match self {
            Self::Root | Self::User(_) | Self::Role(_) => true,
            Self::Outside(_) | Self::Service(_) | Self::Provider(_) => false,
        }
    }

    /// The kind in one word: `root`, `user`, `role`, `account`, `service`, `provider`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::User(_) => "user",
            Self::Role(_) => "role",
            Self::Outside(_) => "account",
            Self::Service(_) => "service",
            Self::Provider(_) => "provider",
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("root"),
            Self::User(name) => write!(f, "user/{name}"),
            Self::Role(name) => write!(f, "role/{name}"),
            Self::Outside(text) | Self::Service(text) | Self::Provider(text) => f.write_str(text),
        }
    }
}

impl FromStr for Principal {
    type Err = PrincipalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |prefix: &str| text.strip_prefix(prefix).filter(|name| !name.is_empty());
        if text == "root" {
            return Ok(Self::Root);
        }
        if let Some(name) = named("user/") {
            return Ok(Self::User(name.to_owned()));
        }
        if let Some(name) = named("role/") {
            return Ok(Self::Role(name.to_owned()));
        }
        if text.contains(":saml-provider/") || text.contains(":oidc-provider/") {
            return Ok(Self::Provider(text.to_owned()));
        }
        if Caller::from_arn(text).is_ok() {
            return Ok(Self::Outside(text.to_owned()));
        }
        if text.ends_with(".aliyuncs.com") {
            return Ok(Self::Service(text.to_owned()));
        }
        Err(PrincipalError { text: text.to_owned() })
    }
}

impl fmt::Display for PrincipalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no principal; write `root`, `user/<name>`, `role/<name>`, an ARN or a service such as `ecs.aliyuncs.com`",
            self.text
        )
    }
}

impl std::error::Error for PrincipalError {}
