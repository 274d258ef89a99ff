//! Session policies and control policies: the grammar of identity policies, other limits and
//! another part in the decision.

use core::fmt;

use crate::document::Document;
use crate::policy::Policy;
use crate::terms::kind::{PolicyKind, TooLong};

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $type:ident $kind:ident;)*) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $type(Policy);

        impl $type {
            /// Takes a checked policy, for example of `policy!`, as one of this kind.
            ///
            /// # Errors
            ///
            /// It has more characters than this kind may have.
            pub fn new(policy: Policy) -> Result<Self, TooLong> {
                PolicyKind::$kind.measure(policy.document().characters())?;
                Ok(Self(policy))
            }

            /// One of a document that was checked as one.
            pub(super) fn of_document(document: Document) -> Self {
                Self(Policy::from_document(document))
            }

            /// The policy itself, to print it or to ask it alone.
            #[must_use]
            pub const fn policy(&self) -> &Policy {
                &self.0
            }
        }

        /// The document, indented.
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        })*
    };
}

kinds! {
    /// A policy passed to `sts:AssumeRole`; the session may do what both it and the role may.
    ///
    /// ```
    /// use ram_policy::{SessionPolicy, policy};
    ///
    /// let session = SessionPolicy::new(policy! { allow oss::GetObject on *; })?;
    /// assert!(session.policy().to_json().contains("oss:GetObject"));
    /// # Ok::<(), ram_policy::TooLong>(())
    /// ```
    SessionPolicy Session;
    /// A policy attached to a node of a resource directory; it narrows what its members may do.
    ///
    /// ```
    /// use ram_policy::{ControlPolicy, policy};
    ///
    /// let control = ControlPolicy::new(policy! { deny ecs::* on "acs:ecs:cn-beijing:*:*"; })?;
    /// assert!(control.policy().to_json().contains("cn-beijing"));
    /// # Ok::<(), ram_policy::TooLong>(())
    /// ```
    ControlPolicy Control;
}

impl ControlPolicy {
    /// `FullAliyunAccess`, which RAM attaches to every node (Resource Management: Languages of
    /// access control policies).
    ///
    /// ```
    /// assert!(ram_policy::ControlPolicy::full_aliyun_access().to_string().contains(r#""Action": "*""#));
    /// ```
    #[must_use]
    pub fn full_aliyun_access() -> Self {
        let text =
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
        // Cannot be refused; and if it were, a policy without statements allows nothing.
        Self::from_json(text).unwrap_or(Self(Policy::refused()))
    }
}
