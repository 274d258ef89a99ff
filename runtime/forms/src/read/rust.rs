//! Rust source: `policy!`, `trust_policy!`, `resource_policy!`, `service_linked_role!` and
//! `request_for!`, in either form.
//!
//! A file that `policy_file!` names is a file of its own and is read as that, without what the macro
//! claims of it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use ram_policy_model::policy::role as model;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::hole;
use ram_policy_model::source::syntax::{self, Element, ElementKind, Policy, Statement};
use ram_policy_model::terms::kind::{About, PolicyKind, ResourceKind};
use ram_policy_model::text::hole::Hole;
use ram_policy_model::text::json::TextRange;
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;
use ram_policy_read::{claim, input, kind as resource_kind, policy, role};

use crate::embedded::{Contents, Embedded, Skipped, Tree, Typed, Unknown};
use crate::place::{Places, of_tokens};

/// Deepest nesting of brackets that is looked into; source that people write is far from it.
const MAX_DEPTH: usize = 256;

/// A macro of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Macro {
    /// `policy!`
    Policy,
    /// `trust_policy!`
    Trust,
    /// `resource_policy!`
    Resource,
    /// `service_linked_role!`
    Role,
    /// `request_for!`
    Request,
    /// `policy_file!`
    File,
}

/// A call of a macro.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) which: Macro,
    /// The constant, variable or function around it; empty where there is none.
    pub(crate) name: String,
    /// Its input.
    pub(crate) group: Group,
}

impl Macro {
    fn of(name: &str) -> Option<Self> {
        match name {
            "policy" => Some(Self::Policy),
            "trust_policy" => Some(Self::Trust),
            "resource_policy" => Some(Self::Resource),
            "service_linked_role" => Some(Self::Role),
            "request_for" => Some(Self::Request),
            "policy_file" => Some(Self::File),
            _ => None,
        }
    }
}

/// Reads a file of Rust.
pub(crate) fn read(text: &str) -> Contents {
    let mut contents = Contents::default();
    match text.parse::<TokenStream>() {
        Ok(tokens) => {
            let (calls, too_deep) = calls(tokens);
            let places = Places::whole(text.len());
            for call in calls {
                if let Some((kind, tree)) = called(&call) {
                    let unknown = included(&tree);
                    let tree = Tree::Typed(Box::new(tree));
                    contents.policies.push(Embedded {
                        name: call.name,
                        kind: Some(kind),
                        may_be_part: true,
                        unknown,
                        ..Embedded::of_tree(tree, places.clone())
                    });
                }
            }
            let too_deep = too_deep
                .into_iter()
                .map(|at| Skipped::unreadable(of_tokens(at), "nested too deeply".into()));
            contents.skipped.extend(too_deep);
        }
        Err(error) => {
            let at = error.span().byte_range();
            let at = TextRange { start: at.start, end: at.end };
            let reason = format!("this is not Rust: {error}");
            contents.skipped.push(Skipped::unreadable(at, reason));
        }
    }
    contents
}

/// The calls of our macros among tokens, and the places of brackets that are too deep to be looked into.
pub(crate) fn calls(tokens: TokenStream) -> (Vec<Call>, Vec<Place>) {
    let mut found = Finder { calls: Vec::new(), too_deep: Vec::new() };
    found.find(tokens, MAX_DEPTH);
    (found.calls, found.too_deep)
}

struct Finder {
    calls: Vec<Call>,
    too_deep: Vec<Place>,
}

impl Finder {
    /// Finds the macros among tokens and, so many brackets deep, in them.
    fn find(&mut self, tokens: TokenStream, deeper: usize) {
        let mut name = String::new();
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match (token, tokens.get(index + 1), tokens.get(index + 2)) {
                (
                    TokenTree::Ident(word),
                    Some(TokenTree::Punct(sign)),
                    Some(TokenTree::Group(group)),
                ) if sign.as_char() == '!' => {
                    if let Some(which) = Macro::of(&word.to_string())
                        && !is_passed_on(group, MAX_DEPTH)
                    {
                        self.calls.push(Call { which, name: name.clone(), group: group.clone() });
                    }
                }
                (TokenTree::Ident(word), Some(TokenTree::Ident(next)), _)
                    if *word == "const" || *word == "static" || *word == "let" || *word == "fn" =>
                {
                    name = next.to_string();
                }
                (TokenTree::Group(group), ..) if !is_read(&tokens, index) => {
                    match deeper.checked_sub(1) {
                        Some(deeper) => self.find(group.stream(), deeper),
                        None => self.too_deep.push(braces(group)),
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the macro before a group has read it.
fn is_read(tokens: &[TokenTree], group: usize) -> bool {
    let before = |steps: usize| group.checked_sub(steps).and_then(|index| tokens.get(index));
    match (before(2), before(1)) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(sign))) => {
            sign.as_char() == '!' && Macro::of(&word.to_string()).is_some()
        }
        _ => false,
    }
}

/// Whether a macro passes on what it was given (`policy!($($tokens)*)`), so that its input is only known where
/// it is called.
fn is_passed_on(group: &Group, deeper: usize) -> bool {
    group.stream().into_iter().any(|token| match token {
        TokenTree::Punct(sign) => sign.as_char() == '$',
        TokenTree::Group(inner) => {
            deeper.checked_sub(1).is_some_and(|deeper| is_passed_on(&inner, deeper))
        }
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

/// What a macro is given; `None` where that is the path of a file.
fn called(call: &Call) -> Option<(PolicyKind, Typed)> {
    let group = &call.group;
    let mut kind = match call.which {
        Macro::Policy | Macro::Role | Macro::Request => PolicyKind::Identity,
        Macro::Trust => PolicyKind::Trust,
        // Which kind it is is in it.
        Macro::Resource => PolicyKind::Resource(ResourceKind::Bucket),
        Macro::File => return None,
    };
    let mut tokens = Tokens::new(group.stream(), Place::at(group.span_open()));
    if call.which == Macro::Request {
        skip_declared(&mut tokens);
    }
    let mut report = Report::default();
    let at = braces(group);
    let (policy, levels, claims) = if call.which == Macro::Role {
        let role::Read { declaration, levels, claims } = role::read(&mut tokens, &mut report);
        if let Some(declaration) = &declaration {
            model::check(declaration, &mut report);
        }
        (declaration.map(|declaration| declaration.permissions), levels, claims)
    } else {
        let header = input::header(&mut tokens, &mut report);
        if let PolicyKind::Resource(of) = &mut kind {
            match resource_kind::read(&mut tokens, &mut report) {
                Some(read) => *of = read,
                None => {
                    return Some((
                        kind,
                        Typed {
                            at,
                            policy: None,
                            report,
                            levels: header.levels,
                            claims: Vec::new(),
                            folder: None,
                        },
                    ));
                }
            }
        }
        match policy::read(&mut tokens, &header, &mut report) {
            Some(policy::Read { mut policy, claims, .. }) => {
                match kind.rules().about {
                    About::Resources => {}
                    About::Role => {
                        claim::refuse_includes(&mut policy, claim::INCLUDE_IN_TRUST, &mut report);
                    }
                    About::Kept(_) => {
                        let why = claim::INCLUDE_IN_RESOURCE;
                        claim::refuse_includes(&mut policy, why, &mut report);
                    }
                }
                put_holes(&mut policy);
                (Some(policy), header.levels, claims)
            }
            None => (None, header.levels, Vec::new()),
        }
    };
    match kind.rules().about {
        About::Resources => {}
        About::Role => claim::refuse(&claims, claim::OF_TRUST, &mut report),
        About::Kept(_) => claim::refuse(&claims, claim::OF_RESOURCE, &mut report),
    }
    Some((kind, Typed { at, policy, report, levels, claims, folder: None }))
}

/// Skips what `request_for!` declares: a constant and a type.
pub(crate) fn skip_declared(tokens: &mut Tokens) {
    for _ in 0..2 {
        while !tokens.is_empty() && tokens.take_sign(';').is_none() {
            tokens.skip();
        }
    }
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
