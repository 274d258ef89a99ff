//! An editor is given every path that is there, with the author's own tokens, however little of
//! the policy is written.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

use ram_policy_model::catalogue::additions::Subject;

use super::Reader;
use super::read::{self, Named};
use crate::tests::{self, with_path};
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;

/// Every path of an expansion as `editor ecs@6::StopInstance@11` or `key acs@40::SourceIp@45`,
/// with the columns where the tokens stand in the source.
fn paths(expansion: &TokenStream) -> Vec<String> {
    let mut idents = Vec::new();
    flat(expansion.clone(), &mut idents);
    let mut paths = Vec::new();
    let mut tokens = idents.iter().peekable();
    while let Some(token) = tokens.next() {
        let kind = match token {
            Flat::Ident(ident) if *ident == "__editor" => "action",
            Flat::Ident(ident) if *ident == "key" => "key",
            Flat::Ident(ident) if *ident == "resource_type" => "type",
            Flat::Ident(_) | Flat::Sign(_) | Flat::Other => continue,
        };
        let mut path = String::from(kind);
        let mut between = " ";
        while let Some(Flat::Sign(':')) = tokens.peek() {
            tokens.next();
            if let Some(Flat::Ident(ident)) = tokens.peek() {
                path.push_str(between);
                path.push_str(&place(ident));
                between = "::";
                tokens.next();
            }
        }
        paths.push(path);
    }
    paths
}

enum Flat {
    Ident(Ident),
    Sign(char),
    Other,
}

fn flat(stream: TokenStream, into: &mut Vec<Flat>) {
    for token in stream {
        match token {
            TokenTree::Group(group) => flat(group.stream(), into),
            TokenTree::Ident(ident) => into.push(Flat::Ident(ident)),
            TokenTree::Punct(sign) => into.push(Flat::Sign(sign.as_char())),
            TokenTree::Literal(_) => into.push(Flat::Other),
        }
    }
}

/// The token with its column; its span must cover it and nothing else.
fn place(ident: &Ident) -> String {
    let span = ident.span();
    assert_eq!(span.source_text(), Some(ident.to_string()));
    format!("{ident}@{}", span.start().column)
}

fn parse(source: &str) -> TokenStream {
    match source.parse() {
        Ok(tokens) => tokens,
        Err(error) => unreachable!("{source}: {error}"),
    }
}

fn expand(source: &str) -> TokenStream {
    tests::policy(with_path(&parse(source)), Reader::Editor)
}

macro_rules! cases {
    ($($name:ident: $source:literal => $errors:literal, [$($path:literal),*];)*) => {
        $(#[test]
        fn $name() {
            let expansion = expand($source);
            assert_eq!(paths(&expansion), [$($path),*] as [&str; _], "{expansion}");
            let text = expansion.to_string();
            assert_eq!(text.contains("compile_error"), $errors, "{text}");
            // The expression keeps its type.
            let is_value = text.contains("Policy :: refused ()") || text.contains("p :: Policy :: compiled");
            assert!(is_value && ($errors || !text.contains("refused")), "{text}");
        })*
    };
}

cases! {
    whole: "allow ecs::StopInstance on *;" => false, ["action ecs@6::StopInstance@11"];
    selection: "allow every list of ecs taking vpc::VPC, ecs::StopInstance on *;" => true,
        ["action ecs@20", "type vpc@31::VPC@36", "action ecs@41::StopInstance@46"];
    half_a_selection: "allow every list of ecs taking vpc" => true, ["action ecs@20", "type vpc@31"];
    key: "allow ecs::StopInstance on * when acs::SourceIp in \"10.0.0.0/8\";" => false,
        ["action ecs@6::StopInstance@11", "key acs@34::SourceIp@39"];
    keys: "allow ecs::* on * when acs::MFAPresent == true and ecs::tag[\"a\"] like [\"b\"];" => false,
        ["action ecs@6", "key acs@23::MFAPresent@28", "key ecs@51::tag@56"];
    group: "allow ecs::{StopInstance, Describe*, StartInstance,} on *;" => false,
        ["action ecs@6::StopInstance@12", "action ecs@6::StartInstance@37"];
    patterns: "allow ecs::Describe*, ecs::*Instance, ecs::Stop?nstance, ecs::{Describe*} on *;" => false,
        ["action ecs@6", "action ecs@22", "action ecs@38", "action ecs@57"];
    list: "allow [ecs::StopInstance, vpc::CreateVpc] on *;" => false,
        ["action ecs@7::StopInstance@12", "action vpc@26::CreateVpc@31"];
    pattern_of_a_service: "allow *cs::StopInstance, ecs::*Instance on *;" => false, ["action ecs@25"];
    except: "deny * except ecs::StopInstance on *;" => false, ["action ecs@14::StopInstance@19"];
    effect_last: "ecs::StopInstance on * allow; do ecs::StartInstance deny on *;" => false,
        ["action ecs@0::StopInstance@5", "action ecs@33::StartInstance@38"];
    vouched_for: "allow unlisted ecs::BrandNew, ecs::{unlisted Newer, StopInstance}, ecs::StartInstance on *;" => false,
        ["action ecs@15", "action ecs@30::StopInstance@52", "action ecs@67::StartInstance@72"];
    no_rust_name: "allow unlisted swas-open::*, ecs::StopInstance on *;" => false,
        ["action ecs@29::StopInstance@34"];
    texts: "allow \"ecs:StopInstance\" on * when \"acs:SourceIp\" in \"10.0.0.0/8\";" => false, [];
    document: "\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ecs:*\", \"Resource\": \"*\"}]" => false, [];
    request: "allow ecs::* on *; allows ecs::{StopInstance, StartInstance} on * with { acs::SourceIp: \"10.0.0.1\", ecs::tag[\"a\"]: [\"b\"] };" => false,
        ["action ecs@6", "action ecs@26::StopInstance@32", "action ecs@26::StartInstance@46", "key acs@73::SourceIp@78", "key ecs@100::tag@105"];
    never: "allow ecs::StopInstance on *; never ecs::StartInstance on * when acs::MFAPresent == false;" => false,
        ["action ecs@6::StopInstance@11", "action ecs@36::StartInstance@41", "key acs@65::MFAPresent@70"];
    boundary: "allow ecs::StopInstance on *; within { allow ecs::* on *; deny ecs::StartInstance on *; }; within guardrail::requires_mfa; never ram::*;" => true,
        ["action ecs@6::StopInstance@11", "action ecs@45", "action ecs@63::StartInstance@68", "action ram@129"];

    half_a_request: "allow ecs::StopInstance on *; allows ecs::Sta" => true,
        ["action ecs@6::StopInstance@11", "action ecs@37::Sta@42"];
    half_a_given_key: "allow ecs::StopInstance on *; allows ecs::StopInstance on * with { acs::Sou }" => true,
        ["action ecs@6::StopInstance@11", "action ecs@37::StopInstance@42", "key acs@67::Sou@72"];
    half_a_service: "allow ec" => true, ["action ec@6"];
    half_an_action: "allow ecs::Desc" => true, ["action ecs@6::Desc@11"];
    no_action_yet: "allow ecs::" => true, ["action ecs@6"];
    no_action_before_a_clause: "allow ecs:: on *;" => true, ["action ecs@6"];
    half_a_group: "allow ecs::{StopInstance, Star}" => true,
        ["action ecs@6::StopInstance@12", "action ecs@6::Star@26"];
    empty_group: "allow ecs::{}" => true, ["action ecs@6"];
    no_comma: "allow ecs::StopInstance vpc::CreateVpc on *;" => true,
        ["action ecs@6::StopInstance@11", "action vpc@24::CreateVpc@29"];
    half_a_second: "allow ecs::StopInstance, vp" => true,
        ["action ecs@6::StopInstance@11", "action vp@25"];
    no_semicolon: "allow ecs::StopInstance on * allow vpc::CreateVpc on *;" => true,
        ["action ecs@6::StopInstance@11", "action vpc@35::CreateVpc@40"];
    no_effect: "ecs::StopInstance on *;" => true, ["action ecs@0::StopInstance@5"];
    no_resource: "allow ecs::StopInstance on" => true, ["action ecs@6::StopInstance@11"];
    odd_sign: "allow @ ecs::StopInstance; deny ecs::StartInstance on *;" => true,
        ["action ecs@8::StopInstance@13", "action ecs@32::StartInstance@37"];
    no_key_yet: "allow ecs::StopInstance on * when acs::" => true,
        ["action ecs@6::StopInstance@11", "key acs@34"];
    half_a_code: "allow ecs::StopInstance on * when ac" => true,
        ["action ecs@6::StopInstance@11", "key ac@34"];
    half_a_key: "allow ecs::StopInstance on * when acs::Sou" => true,
        ["action ecs@6::StopInstance@11", "key acs@34::Sou@39"];
    half_a_second_key: "allow ecs::StopInstance on * when acs::MFAPresent == and acs::Sou" => true,
        ["action ecs@6::StopInstance@11", "key acs@34::MFAPresent@39", "key acs@57::Sou@62"];
    no_value: "allow ecs::StopInstance on * when acs::SourceIp in" => true,
        ["action ecs@6::StopInstance@11", "key acs@34::SourceIp@39"];
    misspelt: "allow ecs::StopInstanc on *;" => true, ["action ecs@6::StopInstanc@11"];
}

#[test]
fn what_the_crates_own_file_adds_has_no_path() {
    let has_new = |subject, name: &str| {
        matches!(
            (subject, name),
            (Subject::Action, "ecs:BrandNew") | (Subject::Key, "acs:SourceHost" | "ecs:label")
        )
    };
    let source = "allow ecs::{BrandNew, StopInstance} on * when acs::SourceHost == \"a\" \
        and acs::SourceIp in \"10.0.0.0/8\" and ecs::label[\"x\"] == \"y\" and ecs::BrandNew == \"z\";";
    let place = Place::at(proc_macro2::Span::call_site());
    let mut named = read::named(Tokens::new(parse(source), place));
    named.retain(|named| !named.is_new(has_new));
    let name = |name: &Option<Ident>| name.as_ref().map(Ident::to_string).unwrap_or_default();
    let left: Vec<String> = named
        .iter()
        .map(|named| match named {
            Named::Action(code, action) => format!("action {code}::{}", name(action)),
            Named::Key(code, key) => format!("key {code}::{}", name(key)),
            Named::Resource(code, kind) => format!("type {code}::{}", name(kind)),
            Named::Selection(every, _) => every.to_string(),
        })
        .collect();
    assert_eq!(left, ["action ecs::StopInstance", "key acs::SourceIp", "key ecs::BrandNew"]);
}

/// A policy with the paths in it, each with the column behind its last token.
const GOOD: &str = "<a> deny * except ecs::{RunInstances, Describe*, StopInstance}, vpc::DescribeVpcs \
    on \"acs:ecs:*:{a}:*\" when acs::SourceIp not in [\"10.0.0.0/8\"] and acs::MFAPresent == true \
    and ecs::tag[\"x\"] StringEquals [\"y\"]; version \"1\"; allow [ram::ListUsers, ram::GetRole] on *;";

/// Cut behind each token, what is open being closed, a policy still gives every path that is
/// complete.
#[test]
fn a_policy_cut_off_anywhere_keeps_its_paths() {
    let whole = parse(GOOD);
    let complete = paths(&expand(GOOD));
    assert_eq!(complete.len(), 8, "{complete:?}");
    let ends: Vec<usize> = complete.iter().map(|path| end(path)).collect();
    let tokens = count(&whole);
    let mut cuts = 0;
    for keep in 0..=tokens {
        let mut left = keep;
        let cut = first(whole.clone(), &mut left);
        let last = last_column(&cut).unwrap_or(0);
        let expansion = tests::policy(with_path(&cut), Reader::Editor);
        let found = paths(&expansion);
        for (path, end) in complete.iter().zip(&ends) {
            assert_eq!(
                found.contains(path),
                *end <= last,
                "{path} in {found:?} after {keep} tokens: {cut}"
            );
        }
        cuts += 1;
    }
    assert!(cuts > 60, "{cuts}");
}

/// The column behind a path's last token.
fn end(path: &str) -> usize {
    let (rest, column) = path.rsplit_once('@').unwrap_or((path, ""));
    let name = rest.rsplit([':', ' ']).next().unwrap_or("");
    column.parse::<usize>().unwrap_or(usize::MAX).saturating_add(name.len())
}

/// Every token, those in groups included, and each group's opening as one.
fn count(stream: &TokenStream) -> usize {
    let one = |token: TokenTree| {
        1 + if let TokenTree::Group(group) = token { count(&group.stream()) } else { 0 }
    };
    stream.clone().into_iter().map(one).sum()
}

/// The first tokens, counted as [`count`] does.
fn first(stream: TokenStream, left: &mut usize) -> TokenStream {
    let mut tokens = Vec::new();
    for token in stream {
        if *left == 0 {
            break;
        }
        *left -= 1;
        tokens.push(if let TokenTree::Group(group) = token {
            let inside = first(group.stream(), left);
            let mut cut = Group::new(group.delimiter(), inside);
            cut.set_span(group.span());
            cut.into()
        } else {
            token
        });
    }
    tokens.into_iter().collect()
}

/// The column behind the last token, a group counting by what is left in it.
fn last_column(stream: &TokenStream) -> Option<usize> {
    let last = stream.clone().into_iter().last()?;
    let TokenTree::Group(group) = last else { return Some(last.span().end().column) };
    let open = group.span_open().end().column;
    Some(last_column(&group.stream()).unwrap_or(open))
}

/// What one reads at the word `every` is the documentation of a constant made of that word.
#[test]
fn a_selection_shows_what_it_selects() {
    for (source, shown) in [
        ("allow every list of ram on *;", Some("- `ram:ListUsers`")),
        ("never every delete of ram; allow every list of ram on *;", Some("- `ram:DeleteUser`")),
        ("allow every list of nowhere on *;", Some("selects nothing")),
        ("allow every list", None),
    ] {
        let text = expand(source).to_string();
        let constant = text.contains("const every : () = ()");
        assert_eq!(constant, shown.is_some(), "{text}");
        assert!(shown.is_none_or(|shown| text.contains(shown)), "{text}");
    }
}

#[test]
fn a_role_gives_the_paths_of_its_permissions() {
    let source = "role: AliyunServiceRoleForX, policy: AliyunServiceRolePolicyForX, service: none, permissions: { allow ecs::StopInst; }";
    let expansion = tests::role(with_path(&parse(source)), Reader::Editor);
    assert_eq!(paths(&expansion), ["action ecs@102::StopInst@107"]);
}

#[test]
fn a_trust_policy_gives_its_paths() {
    let source = "allow sts::AssumeRole by service \"ecs.aliyuncs.com\" when acs::So";
    let expansion = tests::trust_policy(with_path(&parse(source)), Reader::Editor);
    assert_eq!(paths(&expansion), ["action sts@6::AssumeRole@11", "key acs@57::So@62"]);
}

#[test]
fn a_template_gives_its_paths_and_no_parameters() {
    let source = "<a, b: path> allow oss::GetObject on \"acs:oss:*:{a}:{b}/x\";";
    assert_eq!(paths(&expand(source)), ["action oss@19::GetObject@24"]);
}

#[test]
fn the_compiler_is_given_none() {
    for source in [GOOD, "allow ecs::Desc"] {
        let expansion = tests::policy(with_path(&parse(source)), Reader::Compiler);
        assert_eq!(paths(&expansion), [""; 0], "{expansion}");
    }
}

#[test]
fn what_is_given_stands_behind_the_editor_s_own_cfg() {
    let text = expand("allow ecs::StopInstance on *;").to_string();
    let expected = "{ # [allow (unexpected_cfgs)] const _ : () = { # [cfg (rust_analyzer)] const _ : () = \
         { ram_policy :: __editor :: ecs :: StopInstance ; } ; } ; {";
    assert!(text.starts_with(expected), "{text}");
}
