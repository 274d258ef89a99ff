//! Who asks.

#[cfg(feature = "alloc")]
mod arn_text;
mod asker;

pub use asker::Asker;

use core::fmt;

use crate::terms::arn::{Arn, ArnError};
use crate::terms::characters::is_account;

/// Who makes a request.
///
/// ```
/// use ram_policy::Caller;
///
/// let alice = Caller::from_arn("acs:ram::1234567890123456:user/alice")?;
/// assert_eq!(alice, Caller::User { account: "1234567890123456", name: "alice" });
/// # Ok::<(), ram_policy::ArnError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller<'a> {
    /// The owner of an account.
    Root {
        /// The account's number.
        account: &'a str,
    },
    /// A RAM user.
    User {
        /// The number of the user's account.
        account: &'a str,
        /// The user's name.
        name: &'a str,
    },
    /// A session of a role.
    Role {
        /// The number of the role's account.
        account: &'a str,
        /// The role's name.
        name: &'a str,
    },
    /// A cloud service.
    Service {
        /// Its principal, as `ecs.aliyuncs.com`.
        principal: &'a str,
    },
    /// Somebody an identity provider vouches for, who has no identity in RAM yet.
    Federated {
        /// The ARN of the provider, as `acs:ram::1234567890123456:saml-provider/okta`.
        provider: &'a str,
    },
    /// Somebody who does not sign a request, so that nobody knows who it is. Only the policy of a
    /// resource can allow such a request.
    Anonymous,
}

impl<'a> Caller<'a> {
    /// The caller with a RAM ARN: `root`, `user/<name>`, `role/<name>`, or a role session as
    /// `role/<role>/<session>` or `assumed-role/<role>/<session>`.
    ///
    /// # Errors
    ///
    /// The text is no such ARN.
    pub fn from_arn(text: &'a str) -> Result<Self, ArnError> {
        let arn = Arn::split(text)?;
        arn.check(false)?;
        let Arn { service, region, account, relative_id: id } = arn;
        if !region.is_empty() || !is_account(account) {
            return Err(ArnError::NotACaller);
        }
        let (kind, rest) = id.split_once('/').unwrap_or((id, ""));
        // The session of a role follows the role's name.
        let (name, session) = match rest.split_once('/') {
            Some((name, session)) => (name, Some(session)),
            None => (rest, None),
        };
        let plain = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@')
                })
        };
        let named = plain(name) && session.is_none_or(plain);
        match (service, kind) {
            ("ram", "root") if id == "root" => Ok(Self::Root { account }),
            ("ram", "user") if named && session.is_none() => Ok(Self::User { account, name }),
            ("ram", "role") | ("ram" | "sts", "assumed-role") if named => {
                Ok(Self::Role { account, name })
            }
            _ => Err(ArnError::NotACaller),
        }
    }

    /// The account the caller belongs to, if it belongs to one.
    ///
    /// ```
    /// use ram_policy::Caller;
    ///
    /// assert_eq!(Caller::Root { account: "1" }.account(), Some("1"));
    /// assert_eq!(Caller::Service { principal: "ecs.aliyuncs.com" }.account(), None);
    /// ```
    #[must_use]
    pub const fn account(self) -> Option<&'a str> {
        match self {
            Self::Root { account } | Self::User { account, .. } | Self::Role { account, .. } => {
                Some(account)
            }
            Self::Service { .. } | Self::Federated { .. } | Self::Anonymous => None,
        }
    }

    /// RAM's word for it, as access denied details give it: `RootUser`, `SubUser`,
    /// `AssumedRoleUser`; `Service`, `Federated` and `Anonymous` for the others.
    ///
    /// ```
    /// use ram_policy::Caller;
    ///
    /// assert_eq!(Caller::Root { account: "1" }.principal_type(), "RootUser");
    /// ```
    #[must_use]
    pub const fn principal_type(self) -> &'static str {
        match self {
            Self::Root { .. } => "RootUser",
            Self::User { .. } => "SubUser",
            Self::Role { .. } => "AssumedRoleUser",
            Self::Service { .. } => "Service",
            Self::Federated { .. } => "Federated",
            Self::Anonymous => "Anonymous",
        }
    }
}

/// The ARN, the name of a service, the ARN of an identity provider, or `anonymous`.
impl fmt::Display for Caller<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service { principal: name } | Self::Federated { provider: name } => {
                f.write_str(name)
            }
            Self::Anonymous => f.write_str("anonymous"),
            Self::Root { account } => write!(f, "acs:ram::{account}:root"),
            Self::User { account, name } => write!(f, "acs:ram::{account}:user/{name}"),
            Self::Role { account, name } => write!(f, "acs:ram::{account}:role/{name}"),
        }
    }
}
