//! The readers of JSON text of every type that is a policy of a kind: strictly and leniently, by a
//! checker or by the default one.

use crate::check::checker::Checker;
use crate::policy::Policy;
use crate::policy::narrowing::{ControlPolicy, SessionPolicy};
use crate::policy::reader::{Acceptance, Reader};
use crate::policy::role::TrustPolicy;
use crate::report::finding::{ImportError, Imported};
use crate::report::rule::Strictness;
use crate::terms::kind::PolicyKind;

/// Writes the four readers of a type; `$of` makes one of a document, and the documentation of each
/// stands before its name.
macro_rules! readers {
    (
        $type:ident, PolicyKind::$kind:ident, $of:expr;
        $(#[$strictly:meta])+ from_json,
        $(#[$strictly_with:meta])+ from_json_with,
        $(#[$leniently:meta])+ from_json_lenient,
        $(#[$leniently_with:meta])+ from_json_lenient_with,
    ) => {
        impl $type {
            $(#[$strictly])+
            ///
            /// # Errors
            ///
            /// All that was found, with line, column and path.
            pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, ImportError> {
                Self::from_json_with(text, &Checker::new()).map(|imported| imported.policy)
            }

            $(#[$strictly_with])+
            ///
            /// # Errors
            ///
            /// All that was found, with line, column and path.
            pub fn from_json_with(
                text: impl AsRef<[u8]>,
                checker: &Checker,
            ) -> Result<Imported<Self>, ImportError> {
                let reader = Reader::of(PolicyKind::$kind, checker);
                reader.bytes(text.as_ref()).map(|imported| imported.map($of))
            }

            $(#[$leniently])+
            ///
            /// # Errors
            ///
            /// All that was found, when RAM would refuse the document for some of it.
            pub fn from_json_lenient(text: impl AsRef<[u8]>) -> Result<Imported<Self>, ImportError> {
                Self::from_json_lenient_with(text, &Checker::at(Strictness::Audit))
            }

            $(#[$leniently_with])+
            pub fn from_json_lenient_with(
                text: impl AsRef<[u8]>,
                checker: &Checker,
            ) -> Result<Imported<Self>, ImportError> {
                let reader = Reader::of(PolicyKind::$kind, checker);
                let reader = reader.accepting(Acceptance::Lenient);
                reader.bytes(text.as_ref()).map(|imported| imported.map($of))
            }
        }
    };
}

readers! {
    Policy, PolicyKind::Identity, Self::from_document;
    /// Reads a document; refuses whatever `policy!` refuses, all at once.
    ///
    /// ```
    /// use ram_policy::{Policy, policy};
    ///
    /// let read = Policy::from_json(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#)?;
    /// assert_eq!(read, policy! { allow ecs::* on *; });
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    from_json,
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
    from_json_with,
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
    from_json_lenient,
    /// As [`Policy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`Policy::from_json_lenient`].
    from_json_lenient_with,
}

impl Policy {
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
}

readers! {
    SessionPolicy, PolicyKind::Session, Self::of_document;
    /// Reads a document; refuses whatever `policy!` refuses.
    from_json,
    /// Reads a document; refuses it for any finding that is an error at the checker's
    /// levels.
    from_json_with,
    /// Reads every document whose grammar RAM accepts; the rest is kept as findings.
    from_json_lenient,
    /// As [`SessionPolicy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`SessionPolicy::from_json_lenient`].
    from_json_lenient_with,
}

readers! {
    ControlPolicy, PolicyKind::Control, Self::of_document;
    /// Reads a document; refuses whatever `policy!` refuses.
    from_json,
    /// Reads a document; refuses it for any finding that is an error at the checker's
    /// levels.
    from_json_with,
    /// Reads every document whose grammar RAM accepts; the rest is kept as findings.
    from_json_lenient,
    /// As [`ControlPolicy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`ControlPolicy::from_json_lenient`].
    from_json_lenient_with,
}

readers! {
    TrustPolicy, PolicyKind::Trust, Self::from_document;
    /// Reads a document; refuses whatever `trust_policy!` refuses.
    ///
    /// ```
    /// use ram_policy::TrustPolicy;
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#;
    /// assert_eq!(TrustPolicy::from_json(text)?.to_json(), text);
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    from_json,
    /// Reads a document; refuses it for any finding that is an error at the checker's levels, and
    /// gives the others.
    from_json_with,
    /// Reads every document whose grammar RAM accepts; the rest is kept as findings.
    from_json_lenient,
    /// As [`TrustPolicy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`TrustPolicy::from_json_lenient`].
    from_json_lenient_with,
}
