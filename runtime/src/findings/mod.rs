//! The findings of the checker, one page each: what goes wrong, what RAM does about it, a policy
//! that breaks the rule and one much like it that does not.
//!
//! [The guide](crate::guide::findings) explains how to read a finding, and what to do about a false alarm.
//! `strict` is the level where policies are written: in the macros and by `from_json`. `audit` is the level
//! for documents that exist: by `from_json_lenient` and the command line. [`Levels`](crate::Levels) change
//! both. [`access_analyzer`] compares the rules with the checks of another cloud.
//!
#![doc = include_str!("rules.md")]

#[doc = include_str!("access_analyzer.md")]
pub mod access_analyzer {}

macro_rules! pages {
    ($($rule:ident)*) => {
        $(
            #[doc = include_str!(concat!(stringify!($rule), ".md"))]
            pub mod $rule {}
        )*

        /// The page of a rule as Markdown; `None` when no rule has this name.
        ///
        /// ```
        /// use ram_policy::findings;
        ///
        /// let page = findings::page("unknown_action").unwrap_or_default();
        /// assert!(page.starts_with("# `unknown_action`"));
        /// assert_eq!(findings::page("unknown_acton"), None);
        /// ```
        #[must_use]
        pub fn page(rule: &str) -> Option<&'static str> {
            match rule {
                $(stringify!($rule) => Some(include_str!(concat!(stringify!($rule), ".md"))),)*
                _ => None,
            }
        }
    };
}

pages! {
    action_case
    action_without_resource
    any_value
    assume_role_anywhere
    coarse_service
    covered_action
    covered_resource
    covered_statement
    deny_without_key
    deprecated_action
    duplicate_action
    duplicate_element
    duplicate_principal
    duplicate_resource
    duplicate_statement
    duplicate_value
    empty_condition
    empty_list
    empty_principal
    empty_text
    empty_wildcard
    failed_claim
    grammar
    guardrail
    hidden_character
    idle_deny
    ineffective_action
    invalid_value
    ip_everything
    ip_host_bits
    ip_single_block
    like_without_wildcard
    literal_wildcard
    look_alike_character
    malformed_action
    malformed_arn
    malformed_key
    mfa_gate
    mfa_lockout
    missing_dependent_action
    missing_element
    misspelt_key
    misspelt_service
    near_limit
    no_resource_level
    not_action_allow
    not_checked
    oidc_without_audience
    operator_type
    order_of_several
    other_dialect
    parameter
    partly_no_resource_level
    partly_unfilled_key
    pass_role_anywhere
    placeholder
    principal
    private_source_ip
    privilege_escalation
    public
    replaced_action
    service_linked_role
    service_linked_role_anywhere
    service_name
    set_operator
    several_booleans
    shadowed_allow
    sid
    single_action_wildcard
    source_ip_alone
    star_on_star
    star_run
    syntax
    tag_on_list
    too_long
    trust
    trust_of_whole_account
    two_action_elements
    unfamiliar_action
    unfilled_key
    unknown_action
    unknown_element
    unknown_key
    unknown_operator
    unknown_service
    unlisted_action
    unlisted_service_action
    unmatchable_arn
    unmatchable_statement
    useless_resource
    version_number
    whole_service
    wide_wildcard
    wildcard_inside
    wildcard_service
    wrong_effect
    wrong_type
    wrong_version
}
