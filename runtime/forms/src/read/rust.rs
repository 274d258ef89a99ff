//! Rust source: `policy!`, `trust_policy!`, `service_linked_role!` and `request_for!`, in either form.
//!
//! A file that `policy_file!` names is a file of its own and is read as that, without what the macro
//! claims of it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use ram_policy_model::policy::role as model;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::hole;
use ram_policy_model::source::syntax::{self, Element, ElementKind, Policy, Statement};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::hole::Hole;
use ram_policy_model::text::json::TextRange;
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;
use ram_policy_read::{claim, input, policy, role};

use crate::embedded::{Contents, Embedded, Skipped, Tree, Typed, Unknown};
use crate::place::{Places, of_tokens};

/// Deepest nesting of brackets that is looked into; source that people write is far from it.
const MAX_DEPTH: usize = 256;

/// Reads a file of Rust.
pub(crate) fn read(text: &str) -> Contents {
    let mut contents = Contents::default();
    match text.parse::<TokenStream>() {
        Ok(tokens) => find(tokens, MAX_DEPTH, &Places::whole(text.len()), &mut contents),
        Err(error) => {
            let at = error.span().byte_range();
            let at = TextRange { start: at.start, end: at.end };
            let reason = format!("this is not Rust: {error}");
            contents.skipped.push(Skipped::unreadable(at, reason));
        }
    }
    contents
}

/// Finds the macros among tokens and, so many brackets deep, in them.
fn find(tokens: TokenStream, deeper: usize, places: &Places, contents: &mut Contents) {
    let mut name = String::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match (token, tokens.get(index + 1), tokens.get(index + 2)) {
            (
                TokenTree::Ident(word),
                Some(TokenTree::Punct(sign)),
                Some(TokenTree::Group(group)),
            ) if sign.as_char() == '!' && !is_passed_on(group) => {
                if let Some((kind, tree)) = called(&word.to_string(), group) {
                    let unknown = included(&tree);
                    let tree = Tree::Typed(Box::new(tree));
                    contents.policies.push(Embedded {
                        name: name.clone(),
                        kind: Some(kind),
                        may_be_part: true,
                        unknown,
                        ..Embedded::of_tree(tree, places.clone())
                    });
                }
            }
            (TokenTree::Ident(word), Some(TokenTree::Ident(next)), _)
                if *word == "const" || *word == "static" || *word == "let" || *word == "fn" =>
            {
                name = next.to_string();
            }
            (TokenTree::Group(group), ..) if !is_read(&tokens, index) => {
                match deeper.checked_sub(1) {
                    Some(deeper) => find(group.stream(), deeper, places, contents),
                    None => contents.skipped.push(Skipped::unreadable(
                        of_tokens(braces(group)),
                        "nested too deeply".into(),
                    )),
                }
            }
            _ => {}
        }
    }
}

/// Whether the macro before a group has read it.
fn is_read(tokens: &[TokenTree], group: usize) -> bool {
    let before = |steps: usize| group.checked_sub(steps).and_then(|index| tokens.get(index));
    match (before(2), before(1)) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(sign))) => {
            sign.as_char() == '!' && is_ours(&word.to_string())
        }
        _ => false,
    }
}

fn is_ours(name: &str) -> bool {
    matches!(name, "policy" | "trust_policy" | "service_linked_role" | "request_for")
}

/// Whether a macro only passes on what it was given (`policy!($($tokens)*)`).
fn is_passed_on(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    matches!(first, Some(TokenTree::Punct(sign)) if sign.as_char() == '$')
}

/// What a macro of this name is given, if it is one of ours.
fn called(name: &str, group: &Group) -> Option<(PolicyKind, Typed)> {
    let kind = match name {
        "policy" | "service_linked_role" | "request_for" => PolicyKind::Identity,
        "trust_policy" => PolicyKind::Trust,
        _ => return None,
    };
    let mut tokens = Tokens::new(group.stream(), Place::at(group.span_open()));
    if name == "request_for" {
        // What it declares: a constant and a type.
        for _ in 0..2 {
            while !tokens.is_empty() && tokens.take_sign(';').is_none() {
                tokens.skip();
            }
        }
    }
    let mut report = Report::default();
    let at = braces(group);
    let (policy, levels, claims) = if name == "service_linked_role" {
        let role::Read { declaration, levels, claims } = role::read(&mut tokens, &mut report);
        if let Some(declaration) = &declaration {
            model::check(declaration, &mut report);
        }
        (declaration.map(|declaration| declaration.permissions), levels, claims)
    } else {
        let header = input::header(&mut tokens, &mut report);
        match policy::read(&mut tokens, &header, &mut report) {
            Some(policy::Read { mut policy, claims, .. }) => {
                if kind.rules().has_principals {
                    claim::refuse_includes(&mut policy, claim::INCLUDE_IN_TRUST, &mut report);
                }
                put_holes(&mut policy);
                (Some(policy), header.levels, claims)
            }
            None => (None, header.levels, Vec::new()),
        }
    };
    if kind.rules().has_principals {
        claim::refuse(&claims, claim::OF_TRUST, &mut report);
    }
    Some((kind, Typed { at, policy, report, levels, claims, folder: None }))
}

/// What is not known, because it is included.
fn included(typed: &Typed) -> Vec<Unknown> {
    let statements = typed.policy.iter().flat_map(|policy| &policy.statements);
    let holes = statements.flat_map(hole::of_statement);
    holes
        .map(|hole| Unknown {
            at: of_tokens(hole.at),
            within: None,
            reason: format!("`{}` is included, and only the compiler knows what it has", hole.name),
        })
        .collect()
}

/// Puts what is not known in the places of what is included: any number of statements.
fn put_holes(policy: &mut Policy<Place>) {
    for (number, include) in std::mem::take(&mut policy.includes).into_iter().enumerate() {
        let at = include.name.at;
        let hole = Hole { name: include.name.value, at };
        let elements =
            [Element { at, kind: ElementKind::Hole(syntax::Unknown::Others, hole) }].into();
        let statement = Statement { at, elements, broken: false, selections: Vec::new() };
        policy.statements.insert(include.before + number, statement);
    }
}

/// The place of a macro's input; its first character stands for the whole.
fn braces(group: &Group) -> Place {
    let is_bare = group.delimiter() == Delimiter::None;
    Place::at(if is_bare { group.span() } else { group.span_open() })
}
