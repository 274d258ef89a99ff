//! Whom a trust policy trusts, and with what.

/// The action of a trust policy, also for single sign-on (RAM: Edit the trust policy of a RAM role).
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// What a trust policy allows beside: what a session is given along (RAM: Use SourceIdentity for
/// role assumption traceability and access control).
pub const SESSION_ACTIONS: [&str; 2] = ["sts:SetSourceIdentity", "sts:TagSession"];

/// Type of a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// Accounts, users and roles.
    Ram,
    /// Cloud services.
    Service,
    /// Identity providers.
    Federated,
}

impl PrincipalKind {
    /// RAM's spelling.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ram => "RAM",
            Self::Service => "Service",
            Self::Federated => "Federated",
        }
    }
}

/// How a policy that is kept with a resource names principals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// A list of numbers of accounts and users, and `*` (OSS: Bucket Policy).
    Listed {
        /// Whether a text will do in the place of a list.
        takes_text: bool,
        /// Whether role sessions are named, as `arn:sts::<account>:assumed-role/<role>/<session>`.
        names_sessions: bool,
    },
    /// `RAM` with ARNs, as a trust policy has them, and `acs:ram::<account>:*` for a whole account
    /// (KMS: `SetKeyPolicy`).
    Ram,
}
