//! Session policies and control policies: the grammar of identity policies, other limits and
//! another part in the decision.

use core::fmt;

use crate::check::checker::Checker;
use crate::policy::{Policy, import};
use crate::report::finding::{ImportError, Imported};
use crate::report::rule::Strictness;
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

            /// Reads a document; refuses whatever `policy!` refuses.
            ///
            /// # Errors
            ///
            /// All that was found, with line, column and path.
            pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, ImportError> {
                Self::from_json_with(text, &Checker::new()).map(|imported| imported.policy)
            }

            /// Reads a document; refuses it for any finding that is an error at the checker's
            /// levels.
            ///
            /// # Errors
            ///
            /// All that was found, with line, column and path.
            pub fn from_json_with(
                text: impl AsRef<[u8]>,
                checker: &Checker,
            ) -> Result<Imported<Self>, ImportError> {
                import::read_strictly(text.as_ref(), PolicyKind::$kind, checker)
                    .map(|imported| imported.map(|document| Self(Policy::from_document(document))))
            }

            /// Reads every document whose grammar RAM accepts; the rest is kept as findings.
            ///
            /// # Errors
            ///
            /// All that was found, when RAM would refuse the document for some of it.
            pub fn from_json_lenient(text: impl AsRef<[u8]>) -> Result<Imported<Self>, ImportError> {
                Self::from_json_lenient_with(text, &Checker::at(Strictness::Audit))
            }

            /// As `from_json_lenient`, with the checker's levels.
            ///
            /// # Errors
            ///
            /// As `from_json_lenient`.
            pub fn from_json_lenient_with(
                text: impl AsRef<[u8]>,
                checker: &Checker,
            ) -> Result<Imported<Self>, ImportError> {
                import::read_leniently(text.as_ref(), PolicyKind::$kind, checker)
                    .map(|imported| imported.map(|document| Self(Policy::from_document(document))))
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

impl Policy {
    /// Reads a document; refuses whatever `policy!` refuses, all at once.
    ///
    /// ```
    /// use ram_policy::{Policy, policy};
    ///
    /// let read = Policy::from_json(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#)?;
    /// assert_eq!(read, policy! { allow ecs::* on *; });
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, ImportError> {
        Self::from_json_with(text, &Checker::new()).map(|imported| imported.policy)
    }

    /// Reads a document; refuses it for any finding that is an error at the checker's levels, and
    /// gives the others.
    ///
    /// ```
    /// use ram_policy::{Checker, Level, Policy};
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    /// let quiet = Checker::new().level("star_on_star", Level::Allow)?;
    /// assert_eq!(Policy::from_json_with(text, &quiet)?.findings, []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json_with(
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        import::read_strictly(text.as_ref(), PolicyKind::Identity, checker)
            .map(|imported| imported.map(Self::from_document))
    }

    /// As [`Policy::from_json`], vouching for actions that the catalogue does not have; each is spelt
    /// as in the document, wildcards included.
    ///
    /// ```
    /// use ram_policy::Policy;
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"newservice:*","Resource":"*"}]}"#;
    /// assert!(Policy::from_json(text).is_err());
    /// assert!(Policy::from_json_unlisted(text, &["newservice:*"]).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json_unlisted(
        text: impl AsRef<[u8]>,
        unlisted: &[&str],
    ) -> Result<Self, ImportError> {
        let checker = unlisted.iter().copied().fold(Checker::new(), Checker::unlisted);
        Self::from_json_with(text, &checker).map(|imported| imported.policy)
    }

    /// Reads every document whose grammar RAM accepts, because an auditor must load what an
    /// account really has; what does not do what it says is kept as findings.
    ///
    /// ```
    /// use ram_policy::Policy;
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Sid":"a","Effect":"Allow","Action":"ecs:Foo","Resource":"*","Condition":{}}]}"#;
    /// let imported = Policy::from_json_lenient(text)?;
    /// assert_eq!(imported.policy.to_json(), text);
    /// let rules: Vec<_> = imported.findings.iter().map(|finding| finding.rule()).collect();
    /// assert_eq!(rules, ["sid", "unfamiliar_action", "empty_condition"]);
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, when RAM would refuse the document for some of it.
    pub fn from_json_lenient(text: impl AsRef<[u8]>) -> Result<Imported<Self>, ImportError> {
        Self::from_json_lenient_with(text, &Checker::at(Strictness::Audit))
    }

    /// As [`Policy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`Policy::from_json_lenient`].
    pub fn from_json_lenient_with(
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        import::read_leniently(text.as_ref(), PolicyKind::Identity, checker)
            .map(|imported| imported.map(Self::from_document))
    }
}
