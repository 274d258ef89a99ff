//! The rules a policy can break, by name, each with what RAM does about it.

/// How loudly breaking a rule is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not at all.
    Allow,
    /// In reports; the compiler says nothing.
    Note,
    /// In reports, and as a warning of the compiler.
    Warning,
    /// The policy does not compile, and is refused when it is read.
    Error,
}

impl Level {
    /// `allow`, `note`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

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

/// How sure a mistake must be to be an error, unless a user sets the level of its rule.
///
/// ```
/// use ram_policy::{Level, Levels, Strictness};
///
/// let at = |strictness| Levels::at(strictness).of("unknown_service");
/// assert_eq!(at(Strictness::Strict), Some(Level::Error));
/// assert_eq!(at(Strictness::Audit), Some(Level::Warning));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Strictness {
    /// For policies that are being written: what the catalogue does not know is an error unless
    /// the author vouches for it. The default of the macros and of `from_json`.
    #[default]
    Strict,
    /// For documents that exist: only what RAM refuses, or what its documents say has no effect, is
    /// an error. The default of `from_json_lenient` and of the command line.
    Audit,
}

impl Strictness {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Strict, Self::Audit];

    /// `strict` or `audit`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Audit => "audit",
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident $name:literal $severity:ident $strict:ident $audit:ident: $in_ram:literal;)*) => {
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

            /// How loudly breaking the rule is reported, unless a user asks for something else.
            #[must_use]
            pub const fn level(self, strictness: Strictness) -> Level {
                match (self, strictness) {
                    $((Self::$rule, Strictness::Strict) => Level::$strict,
                    (Self::$rule, Strictness::Audit) => Level::$audit,)*
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

// The name, what RAM does, the level where policies are written (strict) and where they are read
// (audit). An audit only calls a mistake an error where RAM refuses the document, or where its
// documents say that what is written has no effect.
rules! {
    /// The tokens or the text are not JSON.
    Syntax "syntax" Error Error Error: "would refuse a document that is not JSON (\"Json syntax error\")";
    /// The tokens are not the typed form, or what is around a policy is wrong.
    Grammar "grammar" Error Error Error: "never sees this; the grammar is in the guide, `ram_policy::guide::language`";
    /// A claim of a policy is not true.
    FailedClaim "failed_claim" Error Error Error: "never sees a claim; it decides as the policy says";
    /// A policy breaks a rule of its organisation.
    Guardrail "guardrail" Error Error Error: "never sees the rules of an organisation; it decides as the policy says";
    /// A value has the wrong JSON type.
    WrongType "wrong_type" Error Error Error: "would refuse the document (\"Data type mismatch\")";
    /// An element appears twice.
    DuplicateElement "duplicate_element" Error Error Error: "does not say which of two equal names counts";
    /// RAM has no such element.
    UnknownElement "unknown_element" Error Error Error: "would refuse the document (\"Invalid policy element\")";
    /// An element is missing.
    MissingElement "missing_element" Error Error Error: "would refuse the document (\"MalformedPolicyDocument\")";
    /// Both `Action` and `NotAction`.
    TwoActionElements "two_action_elements" Error Error Error: "takes exactly one of `Action` and `NotAction`";
    /// `Version` is not `\"1\"`.
    WrongVersion "wrong_version" Error Error Error: "would refuse the document (\"Invalid version\")";
    /// `Version` is the number 1 in a ROS template in YAML.
    VersionNumber "version_number" Note Note Note: "takes the text `\"1\"` alone; ROS takes the number in YAML too, as official templates have it";
    /// `Effect` is neither `Allow` nor `Deny`.
    WrongEffect "wrong_effect" Error Error Error: "would refuse the document (\"Invalid effect\")";
    /// A list or an object has nothing in it.
    EmptyList "empty_list" Error Error Error: "warns that an empty list can authorize what was not meant";
    /// `Condition` has nothing in it.
    EmptyCondition "empty_condition" Note Note Note: "takes an empty `Condition` as none";
    /// A statement has a `Sid`.
    Sid "sid" Note Warning Note: "does not document `Sid` in its own policies";
    /// A text is empty.
    EmptyText "empty_text" Error Error Error: "would refuse it or match nothing";
    /// The document is too long.
    TooLong "too_long" Error Error Error: "would refuse the document (\"InvalidParameter.PolicyDocument.Length\")";
    /// An action is not `code:Name`.
    MalformedAction "malformed_action" Error Error Error: "would refuse it or match nothing (\"Invalid action format\")";
    /// No service has this code.
    UnknownService "unknown_service" Warning Error Warning: "accepts any service code; if there is no such service, the statement covers nothing";
    /// A service code is one slip away from a known one.
    MisspeltService "misspelt_service" Warning Error Error: "accepts any service code, and this one covers nothing";
    /// An action is one slip away from a known one, or no action can have such a name.
    UnknownAction "unknown_action" Warning Error Error: "accepts any action name, and this one covers nothing";
    /// The service has no such action, as far as the documents tell.
    UnfamiliarAction "unfamiliar_action" Warning Error Warning: "accepts any action name; if there is no such action, this one covers nothing";
    /// A pattern covers no known action.
    EmptyWildcard "empty_wildcard" Warning Error Warning: "accepts any pattern, and this one covers nothing";
    /// An ARN is malformed.
    MalformedArn "malformed_arn" Error Error Error: "would refuse it or match nothing (\"Invalid ARN prefix\", \"Missing ARN field\")";
    /// A field of an ARN can never match.
    UnmatchableArn "unmatchable_arn" Warning Error Warning: "accepts the ARN, and it matches nothing";
    /// A part of a policy is not known.
    NotChecked "not_checked" Note Note Note: "sees what takes its place, and decides by that";
    /// A placeholder of the documentation is left over.
    Placeholder "placeholder" Warning Error Error: "accepts the text as it is, and it matches nothing";
    /// A declared parameter is not used, or declared badly.
    Parameter "parameter" Error Error Error: "has no parameters; they are bound before RAM sees the document";
    /// No action of the statement can be used with the ARN.
    UselessResource "useless_resource" Warning Error Warning: "accepts the ARN, and it has no effect";
    /// The action cannot be limited to a resource.
    NoResourceLevel "no_resource_level" Warning Error Warning: "only applies this action to `*` or to a whole service, so the statement does not cover it";
    /// A condition key is not `code:name`.
    MalformedKey "malformed_key" Error Error Error: "would refuse the document (\"Invalid condition key format\")";
    /// There is no such condition key.
    UnknownKey "unknown_key" Warning Error Warning: "accepts any key of this form; one that it does not have, it never fills";
    /// A condition key is one slip or its case away from a known one.
    MisspeltKey "misspelt_key" Warning Error Error: "compares key names exactly, accepts this one and never fills it";
    /// No action of the statement fills the key.
    UnfilledKey "unfilled_key" Warning Error Warning: "never fills this key for these actions: a positive test is never true, a negated one always is";
    /// RAM has no such operator.
    UnknownOperator "unknown_operator" Error Error Error: "would refuse the document (\"Invalid condition operator\")";
    /// An operator for several values of a key, on which RAM's own documents disagree.
    SetOperator "set_operator" Warning Warning Warning: "lists no such operator and uses one in a policy of its own; what it does is not documented";
    /// The operator does not compare values of the key's type.
    OperatorType "operator_type" Warning Error Warning: "accepts it, and the comparison does not mean what it says";
    /// A condition value does not parse.
    InvalidValue "invalid_value" Warning Error Warning: "accepts it; the condition is never true for a value that it cannot read";
    /// A wildcard where none is read.
    LiteralWildcard "literal_wildcard" Warning Error Warning: "reads `*` and `?` only under `StringLike` and `StringNotLike`; elsewhere they are plain characters";
    /// More than one value under `Bool`.
    SeveralBooleans "several_booleans" Error Error Error: "would refuse the document (\"Invalid condition multiple Boolean\")";
    /// A document of another kind of policy.
    OtherDialect "other_dialect" Error Error Error: "keeps this kind of policy with the resource, in a language of its own";
    /// A trust policy trusts in a way RAM does not know.
    Trust "trust" Warning Error Warning: "may refuse the trust policy or never let anybody assume the role";
    /// A principal in a form that no page shows for the kind of policy.
    Principal "principal" Warning Error Warning: "documents no such principal in a policy of this kind; whom it means, if anybody, is not known";
    /// A list of principals has nothing in it.
    EmptyPrincipal "empty_principal" Warning Error Error: "takes an empty list of principals for everybody";
    /// An action that a policy of this kind has no effect for.
    IneffectiveAction "ineffective_action" Warning Error Warning: "has no effect for this action in a policy of this kind";
    /// A run of stars in a policy of OSS.
    StarRun "star_run" Error Error Error: "would refuse the document (\"0030-00000007\")";
    /// `acs:SourceIp` without `acs:SourceVpc` in a bucket policy.
    SourceIpAlone "source_ip_alone" Warning Error Warning: "refuses it in a new bucket policy (\"0030-00000008\"), and keeps those that it has";
    /// A wildcard inside a part of a policy of Tablestore.
    WildcardInside "wildcard_inside" Warning Warning Warning: "reads a wildcard at the start or the end of a part alone";
    /// A bucket policy lets everybody in.
    Public "public" Note Warning Warning: "lets everybody in, those too who sign no request";
    /// A service-linked role breaks its conventions.
    ServiceLinkedRole "service_linked_role" Error Error Error: "names service-linked roles, their policies and their services by a fixed convention";
    /// An action is written in another case than the catalogue's.
    ActionCase "action_case" Note Note Note: "does not mind the case of an action in most cases; its pages print another";
    /// The API operation of an action is deprecated.
    DeprecatedAction "deprecated_action" Note Note Note: "keeps the action as long as the operation is there";
    /// The vendor names another action instead.
    ReplacedAction "replaced_action" Note Warning Note: "keeps the action as long as the operation is there; requests for the other one need their own permission";
    /// An action is in a statement twice.
    DuplicateAction "duplicate_action" Note Warning Warning: "counts it once";
    /// A resource is in a statement twice.
    DuplicateResource "duplicate_resource" Note Warning Warning: "counts it once";
    /// A condition value is in a list twice.
    DuplicateValue "duplicate_value" Note Warning Warning: "counts it once";
    /// A principal is in a statement twice.
    DuplicatePrincipal "duplicate_principal" Note Warning Warning: "counts it once";
    /// Two statements say the same.
    DuplicateStatement "duplicate_statement" Note Warning Warning: "counts it once; it takes up characters of the limit";
    /// An action is covered by a wildcard beside it.
    CoveredAction "covered_action" Note Note Note: "decides the same without it";
    /// A resource is covered by a wildcard beside it.
    CoveredResource "covered_resource" Note Note Note: "decides the same without it";
    /// A statement is covered by another.
    CoveredStatement "covered_statement" Note Note Note: "decides the same without it";
    /// A `Deny` takes back all a statement allows.
    ShadowedAllow "shadowed_allow" Warning Warning Warning: "lets a denial override whatever is allowed, so this allows nothing";
    /// A `Deny` meets no `Allow` of its policy.
    IdleDeny "idle_deny" Note Note Note: "denies what nothing allows anyway; it only has an effect beside other policies";
    /// The conditions of a statement exclude each other.
    UnmatchableStatement "unmatchable_statement" Warning Warning Warning: "asks for all conditions to be true, so the statement never matches";
    /// Everything of a service is allowed on everything.
    WholeService "whole_service" Note Note Note: "allows actions that the service gets later too";
    /// A pattern covers one known action.
    SingleActionWildcard "single_action_wildcard" Note Note Note: "covers actions that get such a name later too";
    /// A pattern covers very many actions.
    WideWildcard "wide_wildcard" Note Note Note: "covers all of them, and those that get such a name later";
    /// A pattern reaches over services.
    WildcardService "wildcard_service" Note Warning Warning: "takes a wildcard in the service code, and covers services to come too";
    /// Some actions of a pattern cannot be limited to a resource.
    PartlyNoResourceLevel "partly_no_resource_level" Note Note Note: "only applies these actions to `*` or to a whole service, so the statement does not cover them";
    /// An ARN is narrower than policies of its service are said to be.
    CoarseService "coarse_service" Note Note Note: "lists the service among those whose policies grant no single resources; the list is coarse";
    /// No resource of the statement is of a type the action takes.
    ActionWithoutResource "action_without_resource" Warning Warning Warning: "accepts it; if the tables are right, the statement does not cover the action";
    /// An action is allowed without another that its caller needs too.
    MissingDependentAction "missing_dependent_action" Note Note Note: "refuses the call as long as no policy allows the other action too";
    /// Any role can be handed to a service.
    PassRoleAnywhere "pass_role_anywhere" Note Warning Warning: "lets the caller give a service any role, and use its permissions there";
    /// Any role can be assumed.
    AssumeRoleAnywhere "assume_role_anywhere" Note Warning Warning: "leaves it to the trust policies of the roles who gets in";
    /// The caller can give itself permissions.
    PrivilegeEscalation "privilege_escalation" Note Warning Warning: "does not look at what the caller does with it";
    /// Roles of any service can be created.
    ServiceLinkedRoleAnywhere "service_linked_role_anywhere" Note Warning Warning: "creates the role of any service for the caller";
    /// `ram:ServiceName` is not compared with a service by its name.
    ServiceName "service_name" Warning Warning Warning: "compares the text with the names of services, and no service has this one";
    /// A `Deny` without second factor that requests by AccessKey pass.
    MfaGate "mfa_gate" Warning Warning Warning: "has no `acs:MFAPresent` in requests by AccessKey, and a missing key makes `Bool` false";
    /// A `Deny` without second factor that also denies to bind one.
    MfaLockout "mfa_lockout" Note Warning Warning: "denies the request that would bind the second factor";
    /// A `Deny` by a negated test of a key that many requests lack.
    DenyWithoutKey "deny_without_key" Note Warning Warning: "takes a negated test as true when the request lacks the key";
    /// A tag of the resource is asked for where requests do not carry it.
    TagOnList "tag_on_list" Warning Warning Warning: "does not fill `acs:ResourceTag` in requests that list, nor for RDS";
    /// `acs:SourceIp` is compared with a private range.
    PrivateSourceIp "private_source_ip" Note Note Note: "fills in the address that the request comes from";
    /// A block's address has bits behind its length.
    IpHostBits "ip_host_bits" Note Warning Warning: "documents blocks by their first address; the bits behind the length are not read";
    /// A block contains every address.
    IpEverything "ip_everything" Note Warning Warning: "takes it, and the test says nothing";
    /// A block of one address.
    IpSingleBlock "ip_single_block" Note Note Note: "once asked for a plain address where there is only one";
    /// A pattern that every text matches.
    AnyValue "any_value" Note Note Note: "asks no more than whether the request has the key";
    /// Several values under an operator of order.
    OrderOfSeveral "order_of_several" Note Warning Warning: "takes the values as alternatives, so one of them decides alone";
    /// Some actions of the statement lack a key.
    PartlyUnfilledKey "partly_unfilled_key" Warning Warning Warning: "does not fill this key for some of the actions: a positive test is never true there, a negated one always is";
    /// A pattern operator without a pattern.
    LikeWithoutWildcard "like_without_wildcard" Note Note Note: "compares it as `StringEquals` would";
    /// A trust policy trusts a whole account.
    TrustOfWholeAccount "trust_of_whole_account" Note Note Note: "lets every user and role of that account assume the role that its own administrator allows to";
    /// An OIDC provider is trusted for any client.
    OidcWithoutAudience "oidc_without_audience" Note Warning Warning: "lets in every token of the provider, whoever it was made for";
    /// A text has a character that prints nothing, or turns the direction of reading.
    HiddenCharacter "hidden_character" Warning Warning Warning: "compares the text as it is, with the character no reader sees";
    /// A letter looks like an ASCII letter and is another.
    LookAlikeCharacter "look_alike_character" Warning Warning Warning: "compares the text as it is, which is not as it looks";
    /// A policy is nearly too long.
    NearLimit "near_limit" Note Note Note: "refuses the document when it grows beyond the limit";
    /// Everything is allowed on everything.
    StarOnStar "star_on_star" Note Warning Warning: "lets whoever has the policy do everything with everything in the account";
    /// Everything is allowed but a few actions.
    NotActionAllow "not_action_allow" Note Warning Warning: "allows every action the list does not cover, those of services to come too";
    /// The service's list of actions is not complete and does not have this one.
    UnlistedAction "unlisted_action" Note Warning Warning: "accepts any action name; the catalogue cannot say whether there is such an action";
    /// Nothing but the code of the action's service is known.
    UnlistedServiceAction "unlisted_service_action" Note Note Note: "accepts any action name; the catalogue has no actions of this service";
}
