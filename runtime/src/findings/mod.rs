//! The findings of the checker, one page each: what goes wrong, what RAM does about it, a policy
//! that breaks the rule and one much like it that does not.
//!
//! `Level` is how loudly a rule is told unless [`Levels`](crate::Levels) say something else.
//!
#![doc = include_str!("rules.md")]

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
    duplicate_element
    empty_condition
    empty_list
    empty_text
    empty_wildcard
    grammar
    invalid_value
    literal_wildcard
    malformed_action
    malformed_arn
    malformed_key
    missing_element
    misspelt_key
    no_resource_level
    not_action_allow
    operator_type
    other_dialect
    parameter
    placeholder
    service_linked_role
    several_booleans
    sid
    star_on_star
    syntax
    too_long
    trust
    two_action_elements
    unfilled_key
    unknown_action
    unknown_element
    unknown_key
    unknown_operator
    unknown_service
    unmatchable_arn
    useless_resource
    wrong_effect
    wrong_type
    wrong_version
}
