//! Any tokens at all give an expansion, and never a silent one.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::prelude::*;

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
        "version",
        "statements",
        "only",
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

/// The expansion with the crate's path in front, as the wrapper macro passes it.
fn expand(macro_of: fn(TokenStream) -> TokenStream, tokens: &TokenStream) -> String {
    let path: TokenStream = TokenTree::Ident(Ident::new("ram_policy", Span::call_site())).into();
    macro_of(path.into_iter().chain(tokens.clone()).collect()).to_string()
}

/// A policy that compiles, cut off or with one token changed, is what an editor sees.
const GOOD: [&str; 4] = [
    r#"allow ecs::{RunInstances, Describe*}, vpc::DescribeVpcs on "acs:ecs:*:*:*" when acs::SourceIp not in ["10.0.0.0/8"] and acs::MFAPresent == true; version "1";"#,
    r#""Version": "1", "Statement": [{"Effect": "Deny", "NotAction": ["ram:*"], "Resource": "*", "Condition": {"Bool": {"acs:MFAPresent": "true"}}}]"#,
    r#"<a, b: path, c = "C D"> allow oss::GetObject on "acs:oss:*:{a}:{b}/{c}"; statements only;"#,
    r#"#![unlisted("bss:*")] * except unlisted bss::* on * deny"#,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn token_soup_gives_errors_or_a_policy(tokens in soup()) {
        for macro_of in [crate::policy::expand, crate::role::expand, crate::file::expand] {
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
        let expansion = expand(crate::policy::expand, &tokens.into_iter().collect());
        prop_assert!(expansion.contains("compile_error") || expansion.contains("compiled"), "{}", expansion);
    }
}

#[test]
fn the_good_ones_are_good() {
    for good in GOOD {
        let tokens = good.parse::<TokenStream>().unwrap_or_default();
        let expansion = expand(crate::policy::expand, &tokens);
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
            let expansion = expand(crate::policy::expand, &stray.into_iter().collect());
            assert!(expansion.contains("compile_error"), "{good} with a stray token at {at}");
        }
    }
}

#[test]
fn no_tokens_at_all_are_an_error() {
    for macro_of in [crate::policy::expand, crate::role::expand, crate::file::expand] {
        assert!(macro_of(TokenStream::new()).to_string().contains("compile_error"));
        assert!(expand(macro_of, &TokenStream::new()).contains("compile_error"));
    }
}
