//! Who may do something.

use std::fmt;
use std::str::FromStr;

use ram_policy_model::Caller;
use ram_policy_model::terms::characters::is_account;

/// Somebody who makes requests.
///
/// Prints and reads as `root`, `user/<name>`, `role/<name>`, `group/<name>`, or as the ARN of a
/// principal outside the account, the name of a service, the ARN of an identity provider, `everybody`,
/// or the number of an account or user.
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
    /// Somebody outside the account as the policy of a resource names them: the number of an account or a
    /// user, or role sessions as `arn:sts::<account>:assumed-role/<role>/<session>`.
    Named(String),
    /// Everybody, those who sign no request too.
    Everybody,
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
            Self::Service(_) | Self::Named(_) | Self::Everybody => None,
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
            // What a number means is not known here.
            Self::Named(_) => None,
            Self::Everybody => Some(Caller::Anonymous),
        }
    }

    /// Whether the principal is of the account.
    #[must_use]
    pub const fn is_inside(&self) -> bool {
        match self {
            Self::Root | Self::User(_) | Self::Role(_) => true,
            Self::Outside(_)
            | Self::Service(_)
            | Self::Provider(_)
            | Self::Named(_)
            | Self::Everybody => false,
        }
    }

    /// The kind in one word: `root`, `user`, `role`, `account`, `service`, `provider`, `everybody`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::User(_) => "user",
            Self::Role(_) => "role",
            Self::Outside(_) | Self::Named(_) => "account",
            Self::Everybody => "everybody",
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
            Self::Everybody => f.write_str("everybody"),
            Self::Outside(text)
            | Self::Service(text)
            | Self::Provider(text)
            | Self::Named(text) => f.write_str(text),
        }
    }
}

impl FromStr for Principal {
    type Err = PrincipalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |prefix: &str| text.strip_prefix(prefix).filter(|name| !name.is_empty());
        match text {
            "root" => return Ok(Self::Root),
            "everybody" => return Ok(Self::Everybody),
            _ => {}
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
        if is_account(text) || text.starts_with("arn:sts::") {
            return Ok(Self::Named(text.to_owned()));
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
