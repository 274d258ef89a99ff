//! Whom a trust policy trusts.

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
