//! Who asks, with what the policies of resources ask for beside.

use super::Caller;

/// Who asks, by what RAM calls them and by what services do.
///
/// The policies of buckets and of other resources name users by number and role sessions by the name
/// of the session (OSS: Bucket Policy). Where one of these is not given, it is not known whether such
/// a principal is the caller: it is denied and not allowed.
///
/// ```
/// use ram_policy::{Asker, Caller};
///
/// let alice = Caller::User { account: "1234567890123456", name: "alice" };
/// let asker = Asker::from(alice).with_user_id("200000000000000001");
/// assert_eq!(asker.caller(), alice);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asker<'a> {
    caller: Caller<'a>,
    user_id: Option<&'a str>,
    session: Option<&'a str>,
}

impl<'a> Asker<'a> {
    /// Somebody whose number and session are not known.
    #[must_use]
    pub const fn new(caller: Caller<'a>) -> Self {
        Self { caller, user_id: None, session: None }
    }

    /// The number of a RAM user (`UserId`); it means nothing of another caller.
    #[must_use]
    pub const fn with_user_id(self, user_id: &'a str) -> Self {
        Self { user_id: Some(user_id), ..self }
    }

    /// The name of a role session; it means nothing of another caller.
    #[must_use]
    pub const fn with_session_name(self, session: &'a str) -> Self {
        Self { session: Some(session), ..self }
    }

    /// Who asks, as RAM calls them.
    #[must_use]
    pub const fn caller(self) -> Caller<'a> {
        self.caller
    }

    /// The number of the RAM user, where it is known.
    #[must_use]
    pub const fn user_id(self) -> Option<&'a str> {
        match self.caller {
            Caller::User { .. } => self.user_id,
            Caller::Root { .. }
            | Caller::Role { .. }
            | Caller::Service { .. }
            | Caller::Federated { .. }
            | Caller::Anonymous => None,
        }
    }

    /// The name of the role session, where it is known.
    #[must_use]
    pub const fn session_name(self) -> Option<&'a str> {
        match self.caller {
            Caller::Role { .. } => self.session,
            Caller::Root { .. }
            | Caller::User { .. }
            | Caller::Service { .. }
            | Caller::Federated { .. }
            | Caller::Anonymous => None,
        }
    }
}

impl<'a> From<Caller<'a>> for Asker<'a> {
    fn from(caller: Caller<'a>) -> Self {
        Self::new(caller)
    }
}
