//! What RAM would decide.

use core::fmt;

/// The answer to a request (RAM: How RAM evaluates policies).
///
/// Statements are numbered from 0, in the order of the document.
///
/// ```
/// use ram_policy::{Decision, Ecs, Request, policy};
///
/// let viewer = policy! { allow ecs::Describe* on *; };
/// let view = Request::new(Ecs::DescribeInstances, "*")?;
/// assert_eq!(viewer.evaluate(&view), Decision::Allow { statement: 0 });
/// let stop = Request::new(Ecs::StopInstance, "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1")?;
/// assert_eq!(viewer.evaluate(&stop), Decision::ImplicitDeny);
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// A statement allows the request and none denies it.
    Allow {
        /// The first statement that allows it.
        statement: usize,
    },
    /// A statement denies the request, whatever others allow.
    ExplicitDeny {
        /// The first statement that denies it.
        statement: usize,
    },
    /// No statement allows the request.
    ImplicitDeny,
}

impl Decision {
    /// Whether the request is allowed.
    ///
    /// ```
    /// assert!(ram_policy::Decision::Allow { statement: 0 }.is_allow());
    /// assert!(!ram_policy::Decision::ImplicitDeny.is_allow());
    /// ```
    #[must_use]
    pub const fn is_allow(self) -> bool {
        matches!(self, Self::Allow { .. })
    }

    /// The statement that decided, if one did.
    ///
    /// ```
    /// assert_eq!(ram_policy::Decision::Allow { statement: 2 }.statement(), Some(2));
    /// assert_eq!(ram_policy::Decision::ImplicitDeny.statement(), None);
    /// ```
    #[must_use]
    pub const fn statement(self) -> Option<usize> {
        match self {
            Self::Allow { statement } | Self::ExplicitDeny { statement } => Some(statement),
            Self::ImplicitDeny => None,
        }
    }
}

/// RAM's word: `Allow`, `ExplicitDeny` or `ImplicitDeny`.
impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow { .. } => "Allow",
            Self::ExplicitDeny { .. } => "ExplicitDeny",
            Self::ImplicitDeny => "ImplicitDeny",
        })
    }
}
