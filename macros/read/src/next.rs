//! What can come next in the typed form, in words and with an example, and what a newcomer has most likely
//! meant by something else.

use proc_macro2::{Delimiter, TokenTree};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::text::suggest;

use crate::place::Place;
use crate::tokens::{Tokens, is_sign};
use crate::word::{Role, Word};

/// Declares what can come next, one a row: its name, what is expected in words, and an example.
macro_rules! next {
    ($($name:ident $what:literal $example:literal;)*) => {
        /// What can come next somewhere.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Next {
            $(#[doc = $what] $name,)*
        }

        impl Next {
            #[cfg(test)]
            pub(crate) const ALL: [Self; [$($what),*].len()] = [$(Self::$name),*];

            const fn what(self) -> &'static str {
                match self {
                    $(Self::$name => $what,)*
                }
            }

            pub(crate) const fn example(self) -> &'static str {
                match self {
                    $(Self::$name => $example,)*
                }
            }
        }
    };
}

next! {
    Clause "`allow`, `deny`, an action as `service::Action`, `on`, `when` or `;`"
        "allow ecs::StopInstance on *;";
    AfterAction "`,`, `on` or `when` after the action" "allow ecs::StopInstance on *;";
    AfterResource "`,`, `when` or `;` after the resource"
        "on * when acs::MFAPresent == true;";
    AfterTest "`and` or `;` after the condition"
        "when acs::MFAPresent == true and acs::SecureTransport == true;";
    AfterPrincipal "`,`, `when` or `;` after the principal"
        "by service \"ecs.aliyuncs.com\";";
    Action "an action as `service::Action`" "ecs::StopInstance";
    BetweenActions "`,` between the actions" "ecs::{StartInstance, StopInstance}";
    Resource "`*` or an ARN in double quotes" "on \"acs:ecs:*:*:instance/*\"";
    Key "a condition key as `acs::SourceIp`" "when acs::SourceIp in \"10.0.0.0/8\"";
    Tag "a tag in double quotes" "ecs::tag[\"owner\"]";
    EndOfTag "`]`" "ecs::tag[\"owner\"]";
    Operator "an operator, as `==`, `like` or `in`" "acs::SourceIp in \"10.0.0.0/8\"";
    Value "a text in double quotes, a number, `true` or `false`"
        "ecs::tag[\"owner\"] == \"zhangsan\"";
    BetweenValues "`,` between the values" "[\"10.0.0.0/8\", \"192.0.2.7\"]";
    Every "`every`, as in `every read of ecs`" "every read of ecs";
    ServiceOfSelection "the code of a service behind `of`" "every read of ecs";
    OfSelection "`of` and a service, or `taking` and a resource type as `vpc::VPC`"
        "every action taking vpc::VPC";
    ResourceType "a resource type behind `taking`, as `vpc::VPC`" "every action taking vpc::VPC";
    Inferred "`inferred` behind `even`" "every read of ecs even inferred";
    Patterns "`patterns` behind `as`" "every read of ecs as patterns";
    Pin "the pin in double quotes" "every read of ecs pinned \"\"";
    Included "the path of a constant, or a JSON file in double quotes, behind `include`"
        "include crate::policies::READ_ONLY;";
    Principal "`ram`, `service` or `federated`" "by service \"ecs.aliyuncs.com\"";
    ListedPrincipal "`*` or a principal in double quotes" "by \"1234567890123456\"";
    Principals "a principal in double quotes or a list of them"
        "by service [\"ecs.aliyuncs.com\", \"fc.aliyuncs.com\"]";
    BetweenPrincipals "`,` between the principals"
        "by service [\"ecs.aliyuncs.com\", \"fc.aliyuncs.com\"]";
    Semicolon "`;`" "statements only;";
    Never "the actions that are never allowed" "never ram::*;";
    OnOfRequest "`on` and the resource of the request" "allows ecs::StopInstance on *;";
    ResourceOfRequest "`*` or an ARN in double quotes"
        "allows ecs::StopInstance on \"acs:ecs:*:*:instance/i-1\";";
    Given "`{` and condition keys with their values" "with { acs::SourceIp: \"10.0.0.1\" }";
    GivenValue "`:` and the value after the key" "with { acs::SourceIp: \"10.0.0.1\" }";
    BetweenGiven "`,` between the keys"
        "with { acs::SourceIp: \"10.0.0.1\", acs::MFAPresent: true }";
    Boundary "a policy in braces, a file in double quotes, `guardrail::` and a name, or the path of a constant"
        "within { allow ecs::* on *; };";
}

impl Next {
    /// Reports that the next token is something else.
    pub(crate) fn report(self, tokens: &Tokens, report: &mut Report<Place>) {
        self.report_as(self.what(), tokens, report);
    }

    /// As [`Next::report`], with what is expected in words that know more.
    pub(crate) fn report_as(self, what: &str, tokens: &Tokens, report: &mut Report<Place>) {
        let hint =
            self.hint(tokens).unwrap_or_else(|| format!("; for example `{}`", self.example()));
        let message = format!("expected {what}, found {}{hint}", tokens.found());
        report.add(tokens.place(), Rule::Grammar, message);
    }

    /// What was most likely meant by the next token.
    fn hint(self, tokens: &Tokens) -> Option<String> {
        let says = |text: &str| Some(format!("; {text}"));
        match tokens.peek()? {
            TokenTree::Ident(word) => self.hint_of_word(&word.to_string()),
            TokenTree::Literal(literal) if literal.to_string().starts_with('\'') => {
                says("a text is in double quotes")
            }
            TokenTree::Literal(_) if self == Self::AfterAction => {
                says("a resource comes after `on`, as in `on \"acs:...\"`")
            }
            TokenTree::Literal(_) => None,
            TokenTree::Group(group) => match (self, group.delimiter()) {
                (Self::Clause | Self::AfterAction | Self::Action, Delimiter::Brace) => {
                    says("JSON is the whole input of `policy!` or no part of it")
                }
                (Self::Value, Delimiter::Brace | Delimiter::Parenthesis) => {
                    says("a list is in brackets, as in `[\"10.0.0.0/8\", \"192.0.2.7\"]`")
                }
                (Self::Clause | Self::Action, Delimiter::Parenthesis) => {
                    says("actions have no parentheses, as in `allow ecs::StopInstance on *;`")
                }
                _ => None,
            },
            TokenTree::Punct(sign) => {
                let pair = |second: char| is_sign(tokens.peek_second(), second);
                match (self, sign.as_char()) {
                    (Self::AfterTest, '&') if pair('&') => Some(did_you_mean(Word::And)),
                    (Self::AfterTest, '|') => says(NO_OR),
                    (Self::AfterAction | Self::Clause, '-' | '=') if pair('>') => {
                        Some(did_you_mean(Word::On))
                    }
                    (Self::Action | Self::Clause, '!') => says(EXCEPT),
                    _ => None,
                }
            }
        }
    }

    fn hint_of_word(self, word: &str) -> Option<String> {
        let says = |text: &str| Some(format!("; {text}"));
        let lower = word.to_ascii_lowercase();
        let is_clause = matches!(
            self,
            Self::Clause
                | Self::AfterAction
                | Self::AfterResource
                | Self::AfterTest
                | Self::AfterPrincipal
        );
        match (self, lower.as_str()) {
            (Self::AfterTest, "or") => says(NO_OR),
            (Self::AfterAction, "and") => says("`,` separates actions"),
            (Self::AfterAction, "ram" | "service" | "federated") => {
                says("a principal comes after `by`, as in `by service \"ecs.aliyuncs.com\"`")
            }
            (Self::Action, "not" | "except") => says(EXCEPT),
            (Self::Resource | Self::ResourceOfRequest, "all" | "any") => {
                Some(suggest::did_you_mean(&["*"]))
            }
            (Self::Key, "when") => says("`when` appears once, `and` joins the tests"),
            (_, "permit" | "grant") if is_clause => Some(did_you_mean(Word::Allow)),
            (_, "forbid" | "refuse") if is_clause => Some(did_you_mean(Word::Deny)),
            (_, "if" | "where" | "condition") if is_clause => Some(did_you_mean(Word::When)),
            (_, "to" | "resource" | "resources") if is_clause => Some(did_you_mean(Word::On)),
            (_, "principal" | "from") if is_clause => Some(did_you_mean(Word::By)),
            _ if is_clause => {
                let near = match Word::of(&lower) {
                    Some(meant) if meant.text() == word => {
                        return matches!(meant.role(), Role::Item | Role::Claim)
                            .then(|| format!("; `{word}` comes after a `;`"));
                    }
                    Some(meant) if meant.is_expected() => vec![meant.text()],
                    Some(_) => Vec::new(),
                    None => {
                        let expected = Word::ALL.into_iter().filter(|word| word.is_expected());
                        suggest::nearest(word, expected.map(Word::text))
                    }
                };
                (!near.is_empty()).then(|| suggest::did_you_mean(&near))
            }
            _ => None,
        }
    }
}

const NO_OR: &str = "RAM has no `or`: give the key a list of values, or write another statement";

const EXCEPT: &str =
    "`* except` is all actions but some, as in `deny * except ecs::Describe* on *;`";

fn did_you_mean(word: Word) -> String {
    suggest::did_you_mean(&[word.text()])
}
