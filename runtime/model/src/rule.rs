//! The rules a policy can break, by name, each with what RAM does about it.

use crate::level::Level;

/// What RAM does about breaking a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// RAM takes the document, and it does what it says; a reviewer should know what that is.
    Note,
    /// RAM takes the document, but it does not do what it says.
    Warning,
    /// RAM refuses the document.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident $name:literal $severity:ident $level:ident: $in_ram:literal;)*) => {
        /// A rule of the checker.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$rule,)*];

            /// The rule's stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)*
                }
            }

            /// The rule with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.name() == name)
            }

            /// What RAM does about a policy that breaks the rule.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$rule => Severity::$severity,)*
                }
            }

            /// How loudly breaking the rule is told, unless a user asks for something else.
            #[must_use]
            pub const fn level(self) -> Level {
                match self {
                    $(Self::$rule => Level::$level,)*
                }
            }

            /// What RAM does with a policy that breaks the rule.
            #[must_use]
            pub const fn in_ram(self) -> &'static str {
                match self {
                    $(Self::$rule => $in_ram,)*
                }
            }
        }
    };
}

rules! {
    /// The tokens or the text are not JSON.
    Syntax "syntax" Error Error: "would refuse a document that is not JSON (\"Json syntax error\")";
    /// The tokens are not the typed form, or what stands around a policy is wrong.
    Grammar "grammar" Error Error: "never sees this; the grammar stands in the documentation of `policy!`";
    /// A value has the wrong JSON type.
    WrongType "wrong_type" Error Error: "would refuse the document (\"Data type mismatch\")";
    /// An element stands twice.
    DuplicateElement "duplicate_element" Error Error: "does not say which of two equal names counts";
    /// RAM has no such element.
    UnknownElement "unknown_element" Error Error: "would refuse the document (\"Invalid policy element\")";
    /// An element is missing.
    MissingElement "missing_element" Error Error: "would refuse the document (\"MalformedPolicyDocument\")";
    /// Both `Action` and `NotAction`.
    TwoActionElements "two_action_elements" Error Error: "takes exactly one of `Action` and `NotAction`";
    /// `Version` is not `\"1\"`.
    WrongVersion "wrong_version" Error Error: "would refuse the document (\"Invalid version\")";
    /// `Effect` is neither `Allow` nor `Deny`.
    WrongEffect "wrong_effect" Error Error: "would refuse the document (\"Invalid effect\")";
    /// A list or an object has nothing in it.
    EmptyList "empty_list" Error Error: "warns that an empty list can authorize what was not meant";
    /// `Condition` has nothing in it.
    EmptyCondition "empty_condition" Warning Error: "takes an empty `Condition` as none";
    /// A statement has a `Sid`.
    Sid "sid" Warning Error: "does not document `Sid` in its own policies";
    /// A text is empty.
    EmptyText "empty_text" Error Error: "would refuse it or match nothing";
    /// The document is too long.
    TooLong "too_long" Error Error: "would refuse the document (\"InvalidParameter.PolicyDocument.Length\")";
    /// An action is not `code:Name`.
    MalformedAction "malformed_action" Error Error: "would refuse it or match nothing (\"Invalid action format\")";
    /// No service has this code.
    UnknownService "unknown_service" Warning Error: "accepts any service code; if there is no such service, the statement covers nothing";
    /// The service has no such action.
    UnknownAction "unknown_action" Warning Error: "accepts any action name, and this one covers nothing";
    /// A pattern covers no known action.
    EmptyWildcard "empty_wildcard" Warning Error: "accepts any pattern, and this one covers nothing";
    /// An ARN is malformed.
    MalformedArn "malformed_arn" Error Error: "would refuse it or match nothing (\"Invalid ARN prefix\", \"Missing ARN field\")";
    /// A field of an ARN can never match.
    UnmatchableArn "unmatchable_arn" Warning Error: "accepts the ARN, and it matches nothing";
    /// A placeholder of the documentation is left over.
    Placeholder "placeholder" Warning Error: "accepts the text as it stands, and it matches nothing";
    /// A declared parameter is not used, or declared badly.
    Parameter "parameter" Error Error: "has no parameters; they are bound before RAM sees the document";
    /// No action of the statement can be used with the ARN.
    UselessResource "useless_resource" Warning Error: "accepts the ARN, and it has no effect";
    /// The action cannot be limited to a resource.
    NoResourceLevel "no_resource_level" Warning Error: "only applies this action to `*` or to a whole service, so the statement does not cover it";
    /// A condition key is not `code:name`.
    MalformedKey "malformed_key" Error Error: "would refuse the document (\"Invalid condition key format\")";
    /// There is no such condition key.
    UnknownKey "unknown_key" Warning Error: "accepts any key of this form and never fills it";
    /// A condition key is one slip or its case away from a known one.
    MisspeltKey "misspelt_key" Warning Error: "compares key names exactly, accepts this one and never fills it";
    /// No action of the statement fills the key.
    UnfilledKey "unfilled_key" Warning Error: "never fills this key for these actions: a positive operator never holds, a negated one always does";
    /// RAM has no such operator.
    UnknownOperator "unknown_operator" Error Error: "would refuse the document (\"Invalid condition operator\")";
    /// The operator does not compare values of the key's type.
    OperatorType "operator_type" Warning Error: "accepts it, and the comparison does not mean what it says";
    /// A condition value does not parse.
    InvalidValue "invalid_value" Warning Error: "accepts it, and the condition never holds";
    /// A wildcard where none is read.
    LiteralWildcard "literal_wildcard" Warning Error: "reads `*` and `?` only under `StringLike` and `StringNotLike`; elsewhere they stand for themselves";
    /// More than one value under `Bool`.
    SeveralBooleans "several_booleans" Error Error: "would refuse the document (\"Invalid condition multiple Boolean\")";
    /// A document of another kind of policy.
    OtherDialect "other_dialect" Error Error: "keeps this kind of policy with the resource, in a language of its own";
    /// A trust policy trusts in a way RAM does not know.
    Trust "trust" Error Error: "would refuse the trust policy or never let anybody assume the role";
    /// A service-linked role breaks its conventions.
    ServiceLinkedRole "service_linked_role" Error Error: "names service-linked roles, their policies and their services by a fixed convention";
    /// Everything is allowed on everything.
    StarOnStar "star_on_star" Note Warning: "lets whoever has the policy do everything with everything in the account";
    /// Everything is allowed but a few actions.
    NotActionAllow "not_action_allow" Note Warning: "allows every action the list does not cover, those of services to come too";
}
