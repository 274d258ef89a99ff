//! Any tokens at all give an expansion, and never a silent one.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::prelude::*;

use crate::editor::{Reader, behind_header, in_braces, with_paths};

/// Words and signs of both forms, and some that belong to neither.
fn token() -> impl Strategy<Value = TokenTree> + Clone {
    let word = proptest::sample::select(vec![
        "allow",
        "deny",
        "on",
        "when",
        "and",
        "not",
        "like",
        "in",
        "except",
        "unlisted",
        "every",
        "read",
        "of",
        "taking",
        "pinned",
        "version",
        "statements",
        "only",
        "allows",
        "denies",
        "never",
        "within",
        "with",
        "guardrail",
        "read_only",
        "one_region",
        "ecs",
        "ram",
        "acs",
        "RunInstances",
        "Describe",
        "SourceIp",
        "true",
        "null",
        "role",
        "policy",
        "service",
        "permissions",
        "none",
        "path",
        "self",
        "fn",
    ])
    .prop_map(|word| TokenTree::Ident(Ident::new(word, Span::call_site())));
    let sign =
        (proptest::sample::select("*?:;,=<>!-#$&.@".chars().collect::<Vec<_>>()), any::<bool>())
            .prop_map(|(sign, joint)| {
                TokenTree::Punct(Punct::new(
                    sign,
                    if joint { Spacing::Joint } else { Spacing::Alone },
                ))
            });
    let text = proptest::sample::select(vec![
        "",
        "1",
        "2",
        "*",
        "ecs:RunInstances",
        "acs:ecs:*:*:instance/*",
        "acs:ecs:*:*:*",
        "Version",
        "Statement",
        "Effect",
        "Allow",
        "Action",
        "NotAction",
        "Resource",
        "Condition",
        "Bool",
        "StringEquals",
        "acs:SourceIp",
        "10.0.0.0/8",
        "$x",
        "{x}",
        "x",
        "\u{4e2d}\"\\\n",
    ])
    .prop_map(|text| TokenTree::Literal(Literal::string(text)));
    let other = proptest::sample::select(vec![
        "1", "1.5", "0x1f", "1u8", "'c'", "b\"x\"", "r\"x\"", "c\"x\"",
    ])
    .prop_map(|text| match text.parse::<Literal>() {
        Ok(literal) => TokenTree::Literal(literal),
        Err(_) => TokenTree::Literal(Literal::string(text)),
    });
    prop_oneof![4 => word, 4 => sign, 3 => text, 1 => other]
}

fn soup() -> impl Strategy<Value = TokenStream> {
    let leaf = token().prop_map(TokenStream::from);
    leaf.prop_recursive(5, 60, 10, |inner| {
        let delimiter = proptest::sample::select(vec![
            Delimiter::Brace,
            Delimiter::Bracket,
            Delimiter::Parenthesis,
            Delimiter::None,
        ]);
        let group = (delimiter, inner.clone()).prop_map(|(delimiter, stream)| {
            TokenStream::from(TokenTree::Group(Group::new(delimiter, stream)))
        });
        proptest::collection::vec(prop_oneof![inner, group], 0..10)
            .prop_map(|streams| streams.into_iter().collect())
    })
}

type Macro = fn(TokenStream, Reader) -> TokenStream;

/// `policy!` as its reader sees it.
pub(crate) fn policy(tokens: TokenStream, reader: Reader) -> TokenStream {
    with_paths(reader, tokens, behind_header, crate::policy::expand)
}

/// `trust_policy!`.
pub(crate) fn trust_policy(tokens: TokenStream, reader: Reader) -> TokenStream {
    with_paths(reader, tokens, behind_header, crate::policy::expand_trust)
}

/// `service_linked_role!`.
pub(crate) fn role(tokens: TokenStream, reader: Reader) -> TokenStream {
    with_paths(reader, tokens, in_braces, crate::role::expand)
}

const MACROS: [Macro; 4] = [policy, trust_policy, role, |tokens, _| crate::file::expand(tokens)];

/// The tokens with the crate's path in front, as the wrapper macro passes it.
pub(crate) fn with_path(tokens: &TokenStream) -> TokenStream {
    let path: TokenStream = TokenTree::Ident(Ident::new("ram_policy", Span::call_site())).into();
    path.into_iter().chain(tokens.clone()).collect()
}

/// The expansion for both readers; but for the paths they are the same.
fn expand(macro_of: Macro, tokens: &TokenStream) -> String {
    let expansion = macro_of(with_path(tokens), Reader::Compiler).to_string();
    let with_paths = macro_of(with_path(tokens), Reader::Editor).to_string();
    assert!(with_paths.contains(&expansion), "{expansion}\n{with_paths}");
    assert!(!expansion.contains("__editor"), "{expansion}");
    assert_eq!(suggests_what_was_found(&expansion), None, "{expansion}");
    expansion
}

/// A text that a message suggests although it is what the message is about.
fn suggests_what_was_found(messages: &str) -> Option<&str> {
    let mut parts = messages.split(", did you mean ");
    let mut before = parts.next().unwrap_or("");
    for after in parts {
        let found = before.rsplit('`').nth(1);
        let suggested = after.split('?').next().unwrap_or("").split('`').skip(1).step_by(2);
        if let Some(same) = suggested.into_iter().find(|one| Some(*one) == found) {
            return Some(same);
        }
        before = after;
    }
    None
}

#[test]
fn what_was_found_is_not_suggested() {
    assert_eq!(suggests_what_was_found("found `with`, did you mean `with`?"), Some("with"));
    assert_eq!(suggests_what_was_found("found `x`, did you mean `y` or `x`?"), Some("x"));
    assert_eq!(suggests_what_was_found("found `wth`, did you mean `with`?"), None);
    // Every word of the grammar, where it does not belong.
    let words = [
        "allow",
        "deny",
        "do",
        "on",
        "by",
        "when",
        "and",
        "version",
        "statements",
        "only",
        "except",
        "allows",
        "denies",
        "never",
        "within",
        "with",
        "unlisted",
        "warn",
        "path",
        "in",
        "not",
        "like",
        "guardrail",
        "name",
        "trust",
        "permissions",
        "Allow",
        "With",
    ];
    for good in GOOD {
        let tokens: Vec<TokenTree> =
            good.parse::<TokenStream>().unwrap_or_default().into_iter().collect();
        for word in words {
            let word = TokenTree::Ident(Ident::new(word, Span::call_site()));
            for at in 0..=tokens.len() {
                let mut put = tokens.clone();
                put.insert(at, word.clone());
                for macro_of in MACROS {
                    expand(macro_of, &put.iter().cloned().collect());
                }
                if let Some(place) = put.get_mut(at + 1) {
                    *place = word.clone();
                    expand(policy, &put.into_iter().collect());
                }
            }
        }
    }
}

/// A policy that compiles, cut off or with one token changed, is what an editor sees.
const GOOD: [&str; 6] = [
    r#"allow ecs::{RunInstances, Describe*}, vpc::DescribeVpcs on "acs:ecs:*:*:*" when acs::SourceIp not in ["10.0.0.0/8"] and acs::MFAPresent == true; version "1";"#,
    r#""Version": "1", "Statement": [{"Effect": "Deny", "NotAction": ["ram:*"], "Resource": "*", "Condition": {"Bool": {"acs:MFAPresent": "true"}}}]"#,
    r#"<a, b: path, c = "C D"> allow oss::GetObject on "acs:oss:*:{a}:{b}/{c}"; statements only;"#,
    r#"#![unlisted("bss:*")] * except unlisted bss::* on * deny"#,
    r#"allow ecs::{StartInstance, StopInstance} on * when acs::SourceIp in "10.0.0.0/8";
       allows ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:1:instance/i-1" with { acs::SourceIp: "10.0.0.1", ecs::tag["a"]: ["b", "c"] };
       denies ecs::StopInstance on *; never ram::*, ims::* on * when acs::MFAPresent == true;
       within { allow ecs::S* on *; }; within guardrail::requires_source_network("10.0.0.0/8"); within super::BOUNDARY;"#,
    r#"never ram::*; within guardrail::read_only; "Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}]"#,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn token_soup_gives_errors_or_a_policy(tokens in soup()) {
        for macro_of in MACROS {
            let expansion = expand(macro_of, &tokens);
            prop_assert!(expansion.contains("compile_error") || expansion.contains("compiled"), "{}", expansion);
        }
    }

    #[test]
    fn half_typed_policies_give_errors_or_a_policy(good in proptest::sample::select(&GOOD[..]), cut in 0usize..400, put in token(), replace in any::<bool>()) {
        let good: Vec<TokenTree> = good.parse::<TokenStream>().map(|stream| stream.into_iter().collect()).unwrap_or_default();
        let at = cut % (good.len() + 1);
        let mut tokens = good;
        if replace {
            tokens.splice(at..(at + 1).min(tokens.len()), [put]);
        } else {
            tokens.truncate(at);
        }
        let expansion = expand(policy, &tokens.into_iter().collect());
        prop_assert!(expansion.contains("compile_error") || expansion.contains("compiled"), "{}", expansion);
    }
}

#[test]
fn the_good_ones_are_good() {
    for good in GOOD {
        let tokens = good.parse::<TokenStream>().unwrap_or_default();
        let expansion = expand(policy, &tokens);
        assert!(!expansion.contains("compile_error"), "{good}: {expansion}");
    }
}

#[test]
fn nothing_is_dropped() {
    // A stray token anywhere is an error, or it would have been dropped.
    for good in GOOD {
        let tokens: Vec<TokenTree> =
            good.parse::<TokenStream>().unwrap_or_default().into_iter().collect();
        for at in 0..=tokens.len() {
            let mut stray = tokens.clone();
            stray.insert(at, TokenTree::Punct(Punct::new('@', Spacing::Alone)));
            let expansion = expand(policy, &stray.into_iter().collect());
            assert!(expansion.contains("compile_error"), "{good} with a stray token at {at}");
        }
    }
}

#[test]
fn no_tokens_at_all_are_an_error() {
    for macro_of in MACROS {
        assert!(macro_of(TokenStream::new(), Reader::Editor).to_string().contains("compile_error"));
        assert!(expand(macro_of, &TokenStream::new()).contains("compile_error"));
    }
}
