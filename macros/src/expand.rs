//! Writes a lowered policy: its minified text, and a function that decides requests by it alone.
//!
//! The function is a `match` on the action's number with the statements that are left to look at,
//! their ARNs and condition values as literals. All comparing stays in the library. The document
//! is text, because constants of nested data cost the compiler far more.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use ram_policy_model::catalogue;
use ram_policy_model::check::Position;
use ram_policy_model::decision::Decision;
use ram_policy_model::dispatch::{self, Candidates, Run};
use ram_policy_model::glob::{Kind, Pattern};
use ram_policy_model::json::{self, Indent};
use ram_policy_model::lower::Lowered;
use ram_policy_model::lowered::{
    ActionPattern, Condition, Document, Effect, Element, Meaning, Operand, Principal,
    PrincipalKind, ResourcePattern, Statement,
};
use ram_policy_model::operand::Block;
use ram_policy_model::operator::{Comparison, Family};
use ram_policy_model::template::{Hole, Slot};

use crate::input::{CratePath, Header};

/// An expression of type `Policy`.
pub(crate) fn policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = json::write(&lowered.document, Indent::Minified);
    let decide = decide(&lowered.document);
    quote!({
        const __RAM_POLICY: #path::Policy = {
            use #path::__private as p;
            #decide
            #path::Policy::compiled(#text, __decide)
        };
        __RAM_POLICY
    })
}

/// An expression of type `TrustPolicy`.
pub(crate) fn trust_policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = json::write(&lowered.document, Indent::Minified);
    let decide = decide_trust(&lowered.document);
    quote!({
        const __RAM_POLICY: #path::TrustPolicy = {
            use #path::__private as p;
            #decide
            #path::TrustPolicy::compiled(#text, __decide)
        };
        __RAM_POLICY
    })
}

/// An expression of type `PolicyTemplate`.
pub(crate) fn template(path: &CratePath, header: &Header, lowered: &Lowered) -> TokenStream {
    let text = json::write(&lowered.document, Indent::Minified);
    let parameters = header.parameters.iter().map(|declared| {
        let (name, path) = (&declared.parameter.name.value, declared.path);
        quote!(p::Parameter { name: #name, path: #path })
    });
    let holes = lowered.holes.iter().map(hole);
    quote!({
        const __RAM_POLICY: #path::PolicyTemplate = {
            use #path::__private as p;
            #path::PolicyTemplate::compiled(#text, &[#(#parameters),*], &[#(#holes),*])
        };
        __RAM_POLICY
    })
}

/// The function that decides a request, with those of the statements it needs.
fn decide(document: &Document) -> TokenStream {
    let runs = dispatch::runs(document);
    let mut needed = BTreeSet::new();
    // One arm for all runs with the same candidates.
    let mut arms: Vec<(&Run, TokenStream)> = Vec::new();
    for run in &runs {
        let (first, last) = (Literal::u32_unsuffixed(run.first), Literal::u32_unsuffixed(run.last));
        let pattern = if run.first == run.last { quote!(#first) } else { quote!(#first..=#last) };
        match arms.iter_mut().find(|(other, _)| other.candidates() == run.candidates()) {
            Some((_, patterns)) => patterns.extend(quote!(| #pattern)),
            None => arms.push((run, pattern)),
        }
    }
    let arms: Vec<TokenStream> = arms
        .iter()
        .map(|(run, patterns)| {
            let decision = match run.candidates() {
                Candidates::Decided(decision) => decided(decision),
                Candidates::Check(statements) => check(document, statements, &mut needed),
            };
            quote!(#patterns => #decision,)
        })
        .collect();
    // Where the runs cover every number, another arm would be unreachable.
    let covered: u64 = runs.iter().map(|run| u64::from(run.last) - u64::from(run.first) + 1).sum();
    let rest = (covered <= u64::from(u32::MAX)).then(|| {
        let nothing = decided(Decision::ImplicitDeny);
        quote!(_ => #nothing,)
    });
    let unlisted = decide_unlisted(document, &mut needed);
    let statements = document
        .statements
        .iter()
        .enumerate()
        .filter(|(index, _)| needed.contains(index))
        .map(|(index, statement)| statement_function(index, statement));
    quote! {
        #(#statements)*
        fn __decide(__request: &p::Request<'_>) -> p::Decision {
            match p::number(__request) {
                p::UNLISTED => #unlisted,
                #(#arms)*
                #rest
            }
        }
    }
}

/// A block that tries statements in order; the first that matches decides.
fn check(document: &Document, statements: &[u16], needed: &mut BTreeSet<usize>) -> TokenStream {
    let mut steps = Vec::new();
    for index in statements {
        let index = usize::from(*index);
        let Some(statement) = document.statements.get(index) else { continue };
        let decision = decided(decision_of(statement.effect, index));
        if statement.is_unconditional() {
            // Nothing behind it can decide.
            return quote!({ #(#steps)* #decision });
        }
        needed.insert(index);
        let matches = matches(index, statement.effect);
        steps.push(quote!(if #matches { return #decision; }));
    }
    let nothing = decided(Decision::ImplicitDeny);
    quote!({ #(#steps)* #nothing })
}

/// The decision on an action the catalogue does not have: only patterns, and actions the author
/// vouches for, can cover it.
fn decide_unlisted(document: &Document, needed: &mut BTreeSet<usize>) -> TokenStream {
    let mut steps = Vec::new();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            let Some((actions, negated)) = statement.actions() else { continue };
            if statement.effect != effect {
                continue;
            }
            let patterns: Vec<&ActionPattern> =
                actions.items.iter().filter(|action| may_be_unlisted(action)).collect();
            let covers_all = patterns.iter().any(|action| action.text == "*");
            if covers_all == negated && (covers_all || patterns.is_empty()) {
                continue;
            }
            let not = negated.then(|| quote!(!));
            let named = (!covers_all && !patterns.is_empty()).then(|| {
                let patterns = patterns.iter().map(|action| {
                    let code = pattern(action.code.pattern(&action.text));
                    let name = pattern(action.name.pattern(&action.text));
                    quote!((#code, #name))
                });
                quote!(#not p::named(__request, &[#(#patterns),*]))
            });
            let rest = (!statement.is_unconditional()).then(|| {
                needed.insert(index);
                matches(index, effect)
            });
            let decision = decided(decision_of(effect, index));
            steps.push(match (named, rest) {
                (None, None) => return quote!({ #(#steps)* #decision }),
                (Some(named), Some(rest)) => quote!(if #named && #rest { return #decision; }),
                (Some(one), None) | (None, Some(one)) => quote!(if #one { return #decision; }),
            });
        }
    }
    let nothing = decided(Decision::ImplicitDeny);
    quote!({ #(#steps)* #nothing })
}

fn may_be_unlisted(action: &ActionPattern) -> bool {
    let exact = action.code.kind() == Kind::Exact && action.name.kind() == Kind::Exact;
    !exact || catalogue::find_action(&action.text).is_none()
}

const fn decision_of(effect: Effect, statement: usize) -> Decision {
    match effect {
        Effect::Allow => Decision::Allow { statement },
        Effect::Deny => Decision::ExplicitDeny { statement },
    }
}

fn decided(decision: Decision) -> TokenStream {
    match decision {
        Decision::Allow { statement } => {
            let statement = Literal::usize_unsuffixed(statement);
            quote!(p::Decision::Allow { statement: #statement })
        }
        Decision::ExplicitDeny { statement } => {
            let statement = Literal::usize_unsuffixed(statement);
            quote!(p::Decision::ExplicitDeny { statement: #statement })
        }
        Decision::ImplicitDeny => quote!(p::Decision::ImplicitDeny),
    }
}

/// Whether the rest of a statement matches; what cannot be known denies.
fn matches(index: usize, effect: Effect) -> TokenStream {
    let name = statement_name(index);
    match effect {
        Effect::Allow => quote!(p::yes(#name(__request))),
        Effect::Deny => quote!(p::not_no(#name(__request))),
    }
}

fn statement_name(index: usize) -> Ident {
    format_ident!("__statement{index}")
}

/// The function that matches the rest of a statement: resource and conditions.
fn statement_function(index: usize, statement: &Statement) -> TokenStream {
    let name = statement_name(index);
    let mut steps = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Resource(resources) => {
                let arns: Vec<TokenStream> = resources.items.iter().filter_map(arn).collect();
                // One `*` covers every resource.
                if arns.len() == resources.items.len() {
                    steps.push(quote! {
                        let __arn = p::resource(__request);
                        if !(#(#arns)||*) { return p::Truth::No; }
                    });
                }
            }
            Element::Condition(conditions) => steps.extend(conditions.iter().flat_map(condition)),
            _ => {}
        }
    }
    quote! {
        #[inline]
        fn #name(__request: &p::Request<'_>) -> p::Truth {
            let __truth = p::Truth::Yes;
            #(#steps)*
            __truth
        }
    }
}

/// The function that decides whether a caller may assume a role.
fn decide_trust(document: &Document) -> TokenStream {
    let mut steps = Vec::new();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect != effect {
                continue;
            }
            let mut trusted = Vec::new();
            let mut conditions = Vec::new();
            for element in statement.elements.iter() {
                match element {
                    Element::Principal(principals) => {
                        trusted.extend(principals.iter().flat_map(|one| principal(effect, one)));
                    }
                    Element::Condition(list) => {
                        conditions.extend(list.iter().flat_map(condition));
                    }
                    _ => {}
                }
            }
            let decision = decided(decision_of(effect, index));
            let matches = match effect {
                Effect::Allow => quote!(p::yes(__truth)),
                Effect::Deny => quote!(p::not_no(__truth)),
            };
            steps.push(quote! {
                if #(#trusted)||* {
                    let __truth = p::Truth::Yes;
                    #(#conditions)*
                    if #matches { return #decision; }
                }
            });
        }
    }
    let nothing = decided(Decision::ImplicitDeny);
    quote! {
        fn __decide(__caller: p::Caller<'_>, __request: &p::Request<'_>) -> p::Decision {
            let _ = __request;
            #(#steps)*
            #nothing
        }
    }
}

fn principal(effect: Effect, principal: &Principal) -> Vec<TokenStream> {
    let effect = format_ident!("{}", effect.name());
    let kind = match principal.kind {
        PrincipalKind::Ram => quote!(Ram),
        PrincipalKind::Service => quote!(Service),
        PrincipalKind::Federated => quote!(Federated),
    };
    let values = principal.values.items.iter();
    values
        .map(
            |value| quote!(p::names(p::Effect::#effect, p::PrincipalKind::#kind, #value, __caller)),
        )
        .collect()
}

fn pattern(pattern: Pattern<'_>) -> TokenStream {
    match pattern {
        Pattern::Any => quote!(p::Any),
        Pattern::Exact(text) => quote!(p::Exact(#text)),
        Pattern::Prefix(text) => quote!(p::Prefix(#text)),
        Pattern::Suffix(text) => quote!(p::Suffix(#text)),
        Pattern::General(text) => quote!(p::General(#text)),
    }
}

/// The test of an ARN; none for `*`. The relative id first: it tells most ARNs apart.
fn arn(resource: &ResourcePattern) -> Option<TokenStream> {
    let [service, region, account, relative_id] =
        resource.fields?.map(|field| field.pattern(&resource.text));
    let fields = [
        (quote!(relative_id), relative_id),
        (quote!(region), region),
        (quote!(account), account),
        (quote!(service), service),
    ];
    let tests = fields.into_iter().filter_map(|(field, pattern)| match pattern {
        Pattern::Any => None,
        Pattern::Exact(text) => Some(quote!(__arn.#field == #text)),
        Pattern::Prefix(text) => Some(quote!(p::starts(__arn.#field, #text))),
        Pattern::Suffix(text) => Some(quote!(p::ends(__arn.#field, #text))),
        Pattern::General(text) => Some(quote!(p::General(#text).matches(__arn.#field))),
    });
    let tests: Vec<TokenStream> = tests.collect();
    Some(if tests.is_empty() { quote!(true) } else { quote!(#(#tests)&&*) })
}

/// One step for each key of an operator.
fn condition(condition: &Condition) -> Vec<TokenStream> {
    let operator = condition.operator;
    let read = match operator.family() {
        Family::String => quote!(texts),
        Family::Number => quote!(numbers),
        Family::Date => quote!(dates),
        Family::Boolean => quote!(booleans),
        Family::Ip => quote!(addresses),
    };
    let negated = operator.negated();
    let keys = condition.keys.iter();
    keys.map(|key| {
        let whole = &*key.key;
        let (head, tag) = match catalogue::tag_prefix(whole) {
            Some(head) => (head, whole.get(head.len()..).unwrap_or("")),
            None => ("", ""),
        };
        let tests = key.values.items.iter().map(|operand| test(operator.comparison(), operand));
        quote! {
            let __truth = p::#read(__truth, __request, [#whole, #head, #tag], #negated, |__given| {
                #(#tests)||*
            });
        }
    })
    .collect()
}

/// The comparison of a given value with one that is wanted.
fn test(comparison: Comparison, operand: &Operand) -> TokenStream {
    let text = &*operand.text;
    let sign = match comparison {
        Comparison::Less => quote!(<),
        Comparison::LessOrEqual => quote!(<=),
        Comparison::Greater => quote!(>),
        Comparison::GreaterOrEqual => quote!(>=),
        Comparison::Equal | Comparison::EqualIgnoreCase | Comparison::Like => quote!(==),
    };
    match operand.meaning {
        Meaning::Text if comparison == Comparison::EqualIgnoreCase => {
            quote!(__given.eq_ignore_ascii_case(#text))
        }
        Meaning::Text => quote!(__given == #text),
        Meaning::Pattern(glob) => {
            let pattern = pattern(glob.pattern(text));
            quote!(#pattern.matches(__given))
        }
        Meaning::Number(number) => {
            let scaled = Literal::i128_unsuffixed(number.scaled());
            quote!(__given #sign p::number_of(#scaled))
        }
        Meaning::Date(date) => {
            let nanoseconds = Literal::i128_unsuffixed(date.unix_nanoseconds());
            quote!(__given #sign p::date_of(#nanoseconds))
        }
        Meaning::Boolean(boolean) => quote!(__given == #boolean),
        Meaning::Block(Block::V4 { first, last }) => quote!(p::v4(__given, #first, #last)),
        Meaning::Block(Block::V6 { first, last }) => quote!(p::v6(__given, #first, #last)),
        // The checker refuses what does not parse.
        Meaning::Invalid => quote!(false),
    }
}

fn hole(hole: &Hole) -> TokenStream {
    let Hole { statement, start, end, parameter, .. } = hole;
    let slot = match hole.slot {
        Slot::Resource { item } => quote!(Resource { item: #item }),
        Slot::Value { condition, key, item } => {
            quote!(Value { condition: #condition, key: #key, item: #item })
        }
    };
    let position = match hole.position {
        Position::Region => quote!(Region),
        Position::Account => quote!(Account),
        Position::RelativeId => quote!(RelativeId),
        Position::Value => quote!(Value),
    };
    quote!(p::Hole {
        statement: #statement,
        slot: p::Slot::#slot,
        position: p::Position::#position,
        start: #start,
        end: #end,
        parameter: #parameter,
    })
}
