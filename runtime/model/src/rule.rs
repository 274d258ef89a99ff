//! The rules a policy can break, by name, each with what RAM does about it.

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident $name:literal: $in_ram:literal;)*) => {
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
    Syntax "syntax": "would refuse a document that is not JSON (\"Json syntax error\")";
    /// The tokens are not the typed form, or what stands around a policy is wrong.
    Grammar "grammar": "never sees this; the grammar stands in the documentation of `policy!`";
    /// A value has the wrong JSON type.
    WrongType "wrong_type": "would refuse the document (\"Data type mismatch\")";
    /// An element stands twice.
    DuplicateElement "duplicate_element": "does not say which of two equal names counts";
    /// RAM has no such element.
    UnknownElement "unknown_element": "would refuse the document (\"Invalid policy element\")";
    /// An element is missing.
    MissingElement "missing_element": "would refuse the document (\"MalformedPolicyDocument\")";
    /// Both `Action` and `NotAction`.
    TwoActionElements "two_action_elements": "takes exactly one of `Action` and `NotAction`";
    /// `Version` is not `\"1\"`.
    WrongVersion "wrong_version": "would refuse the document (\"Invalid version\")";
    /// `Effect` is neither `Allow` nor `Deny`.
    WrongEffect "wrong_effect": "would refuse the document (\"Invalid effect\")";
    /// A list or an object has nothing in it.
    EmptyList "empty_list": "warns that an empty list can authorize what was not meant";
    /// A text is empty.
    EmptyText "empty_text": "would refuse it or match nothing";
    /// The document is too long.
    TooLong "too_long": "would refuse the document (\"InvalidParameter.PolicyDocument.Length\")";
    /// An action is not `code:Name`.
    MalformedAction "malformed_action": "would refuse it or match nothing (\"Invalid action format\")";
    /// No service has this code.
    UnknownService "unknown_service": "accepts any service code, and the statement covers nothing";
    /// The service has no such action.
    UnknownAction "unknown_action": "accepts any action name, and this one covers nothing";
    /// A pattern covers no known action.
    EmptyWildcard "empty_wildcard": "accepts any pattern, and this one covers nothing";
    /// An ARN is malformed.
    MalformedArn "malformed_arn": "would refuse it or match nothing (\"Invalid ARN prefix\", \"Missing ARN field\")";
    /// A placeholder of the documentation is left over.
    Placeholder "placeholder": "accepts the text as it stands, and it matches nothing";
    /// A declared parameter is not used, or declared badly.
    Parameter "parameter": "has no parameters; they are bound before RAM sees the document";
    /// No action of the statement can be used with the ARN.
    UselessResource "useless_resource": "accepts the ARN, and it has no effect";
    /// The action cannot be limited to a resource.
    NoResourceLevel "no_resource_level": "only applies this action to `*` or to a whole service, so the statement does not cover it";
    /// A condition key is not `code:name`.
    MalformedKey "malformed_key": "would refuse the document (\"Invalid condition key format\")";
    /// There is no such condition key.
    UnknownKey "unknown_key": "accepts any key of this form and never fills it";
    /// A condition key is one slip or its case away from a known one.
    MisspeltKey "misspelt_key": "compares key names exactly, accepts this one and never fills it";
    /// No action of the statement fills the key.
    UnfilledKey "unfilled_key": "never fills this key for these actions: a positive operator never holds, a negated one always does";
    /// RAM has no such operator.
    UnknownOperator "unknown_operator": "would refuse the document (\"Invalid condition operator\")";
    /// The operator does not compare values of the key's type.
    OperatorType "operator_type": "accepts it, and the comparison does not mean what it says";
    /// A condition value does not parse.
    InvalidValue "invalid_value": "accepts it, and the condition never holds";
    /// A wildcard where none is read.
    LiteralWildcard "literal_wildcard": "reads `*` and `?` only under `StringLike` and `StringNotLike`; elsewhere they stand for themselves";
    /// More than one value under `Bool`.
    SeveralBooleans "several_booleans": "would refuse the document (\"Invalid condition multiple Boolean\")";
    /// A service-linked role breaks its conventions.
    ServiceLinkedRole "service_linked_role": "names service-linked roles, their policies and their services by a fixed convention";
}
