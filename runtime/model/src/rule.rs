//! The rules a policy can break, by name, each with what RAM does about it.

/// How bad breaking a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// RAM takes the document, but it does not do what it says.
    Warning,
    /// RAM refuses the document.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident $name:literal $severity:ident: $in_ram:literal;)*) => {
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

            /// Whether RAM refuses a policy that breaks the rule.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$rule => Severity::$severity,)*
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
    Syntax "syntax" Error: "would refuse a document that is not JSON (\"Json syntax error\")";
    /// The tokens are not the typed form, or what stands around a policy is wrong.
    Grammar "grammar" Error: "never sees this; the grammar stands in the documentation of `policy!`";
    /// A value has the wrong JSON type.
    WrongType "wrong_type" Error: "would refuse the document (\"Data type mismatch\")";
    /// An element stands twice.
    DuplicateElement "duplicate_element" Error: "does not say which of two equal names counts";
    /// RAM has no such element.
    UnknownElement "unknown_element" Error: "would refuse the document (\"Invalid policy element\")";
    /// An element is missing.
    MissingElement "missing_element" Error: "would refuse the document (\"MalformedPolicyDocument\")";
    /// Both `Action` and `NotAction`.
    TwoActionElements "two_action_elements" Error: "takes exactly one of `Action` and `NotAction`";
    /// `Version` is not `\"1\"`.
    WrongVersion "wrong_version" Error: "would refuse the document (\"Invalid version\")";
    /// `Effect` is neither `Allow` nor `Deny`.
    WrongEffect "wrong_effect" Error: "would refuse the document (\"Invalid effect\")";
    /// A list or an object has nothing in it.
    EmptyList "empty_list" Error: "warns that an empty list can authorize what was not meant";
    /// `Condition` has nothing in it.
    EmptyCondition "empty_condition" Warning: "takes an empty `Condition` as none";
    /// A statement has a `Sid`.
    Sid "sid" Warning: "does not document `Sid` in its own policies";
    /// A text is empty.
    EmptyText "empty_text" Error: "would refuse it or match nothing";
    /// The document is too long.
    TooLong "too_long" Error: "would refuse the document (\"InvalidParameter.PolicyDocument.Length\")";
    /// An action is not `code:Name`.
    MalformedAction "malformed_action" Error: "would refuse it or match nothing (\"Invalid action format\")";
    /// No service has this code.
    UnknownService "unknown_service" Warning: "accepts any service code; if there is no such service, the statement covers nothing";
    /// The service has no such action.
    UnknownAction "unknown_action" Warning: "accepts any action name, and this one covers nothing";
    /// A pattern covers no known action.
    EmptyWildcard "empty_wildcard" Warning: "accepts any pattern, and this one covers nothing";
    /// An ARN is malformed.
    MalformedArn "malformed_arn" Error: "would refuse it or match nothing (\"Invalid ARN prefix\", \"Missing ARN field\")";
    /// A field of an ARN can never match.
    UnmatchableArn "unmatchable_arn" Warning: "accepts the ARN, and it matches nothing";
    /// A placeholder of the documentation is left over.
    Placeholder "placeholder" Warning: "accepts the text as it stands, and it matches nothing";
    /// A declared parameter is not used, or declared badly.
    Parameter "parameter" Error: "has no parameters; they are bound before RAM sees the document";
    /// No action of the statement can be used with the ARN.
    UselessResource "useless_resource" Warning: "accepts the ARN, and it has no effect";
    /// The action cannot be limited to a resource.
    NoResourceLevel "no_resource_level" Warning: "only applies this action to `*` or to a whole service, so the statement does not cover it";
    /// A condition key is not `code:name`.
    MalformedKey "malformed_key" Error: "would refuse the document (\"Invalid condition key format\")";
    /// There is no such condition key.
    UnknownKey "unknown_key" Warning: "accepts any key of this form and never fills it";
    /// A condition key is one slip or its case away from a known one.
    MisspeltKey "misspelt_key" Warning: "compares key names exactly, accepts this one and never fills it";
    /// No action of the statement fills the key.
    UnfilledKey "unfilled_key" Warning: "never fills this key for these actions: a positive operator never holds, a negated one always does";
    /// RAM has no such operator.
    UnknownOperator "unknown_operator" Error: "would refuse the document (\"Invalid condition operator\")";
    /// The operator does not compare values of the key's type.
    OperatorType "operator_type" Warning: "accepts it, and the comparison does not mean what it says";
    /// A condition value does not parse.
    InvalidValue "invalid_value" Warning: "accepts it, and the condition never holds";
    /// A wildcard where none is read.
    LiteralWildcard "literal_wildcard" Warning: "reads `*` and `?` only under `StringLike` and `StringNotLike`; elsewhere they stand for themselves";
    /// More than one value under `Bool`.
    SeveralBooleans "several_booleans" Error: "would refuse the document (\"Invalid condition multiple Boolean\")";
    /// A document of another kind of policy.
    OtherDialect "other_dialect" Error: "keeps this kind of policy with the resource, in a language of its own";
    /// A trust policy trusts in a way RAM does not know.
    Trust "trust" Error: "would refuse the trust policy or never let anybody assume the role";
    /// A service-linked role breaks its conventions.
    ServiceLinkedRole "service_linked_role" Error: "names service-linked roles, their policies and their services by a fixed convention";
}
