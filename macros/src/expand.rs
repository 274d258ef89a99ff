//! Writes a lowered policy: its minified text, and a function that decides requests by it alone.
//!
//! The function is a `match` on the action's number with the statements that are left to look at,
//! their ARNs and condition values as literals. All comparing stays in the library. The document
//! is text, because constants of nested data cost the compiler far more.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
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
use ram_policy_model::operator::{Comparison, Family, Operator};
use ram_policy_model::template::{Hole, Slot};

use crate::input::{CratePath, Header};

/// An expression of type `Policy`.
pub(crate) fn policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = json::write(&lowered.document, Indent::Minified);
    let decide = decide(&lowered.document);
    quote!({
        use #path::__private as p;
        #decide
        #path::Policy::compiled(#text, __decide)
    })
}

/// An expression of type `TrustPolicy`.
pub(crate) fn trust_policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = json::write(&lowered.document, Indent::Minified);
    let decide = decide_trust(&lowered.document);
    quote!({
        use #path::__private as p;
        #decide
        #path::TrustPolicy::compiled(#text, __decide)
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
        use #path::__private as p;
        #path::PolicyTemplate::compiled(#text, &[#(#parameters),*], &[#(#holes),*])
    })
}

/// The function that decides a request, with functions of the statements that several actions need.
fn decide(document: &Document) -> TokenStream {
    let runs = dispatch::runs(document);
    // One arm for all runs with the same candidates.
    let mut groups: Vec<(&Run, TokenStream)> = Vec::new();
    for run in &runs {
        let (first, last) = (Literal::u32_unsuffixed(run.first), Literal::u32_unsuffixed(run.last));
        let pattern = if run.first == run.last { quote!(#first) } else { quote!(#first..=#last) };
        match groups.iter_mut().find(|(other, _)| other.candidates() == run.candidates()) {
            Some((_, patterns)) => patterns.extend(quote!(| #pattern)),
            None => groups.push((run, pattern)),
        }
    }
    let mut needed = BTreeMap::new();
    let unlisted = decide_unlisted(document, &mut needed);
    for (run, _) in &groups {
        if let Candidates::Check(statements) = run.candidates() {
            for index in statements {
                *needed.entry(usize::from(*index)).or_insert(0) += 1;
            }
        }
    }
    let arms: Vec<TokenStream> = groups
        .iter()
        .map(|(run, patterns)| {
            let decision = match run.candidates() {
                Candidates::Decided(decision) => decided(decision),
                Candidates::Check(statements) => check(document, statements, &needed),
            };
            quote!(#patterns => #decision,)
        })
        .collect();
    // Where the runs cover every number, another arm would be unreachable.
    let covered: u64 = runs.iter().map(|run| u64::from(run.last) - u64::from(run.first) + 1).sum();
    let rest = (covered <= u64::from(u32::MAX)).then(|| quote!(_ => p::NOTHING,));
    let statements = document
        .statements
        .iter()
        .enumerate()
        .filter(|(index, statement)| {
            needed.get(index).is_some_and(|uses| *uses > 1) && !statement.is_unconditional()
        })
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

/// How often each statement is looked at.
type Uses = BTreeMap<usize, usize>;

/// A block that tries statements in order; the first that matches decides.
fn check(document: &Document, statements: &[u16], uses: &Uses) -> TokenStream {
    let mut steps = Vec::new();
    for index in statements {
        let index = usize::from(*index);
        let Some(statement) = document.statements.get(index) else { continue };
        let decision = decided(decision_of(statement.effect, index));
        if statement.is_unconditional() {
            // Nothing behind it can decide.
            return quote!({ #(#steps)* #decision });
        }
        let inline = uses.get(&index).is_none_or(|uses| *uses < 2);
        let matches = matches(index, statement, inline);
        steps.push(quote!(if #matches { return #decision; }));
    }
    quote!({ #(#steps)* p::NOTHING })
}

/// The decision on an action the catalogue does not have: only patterns, and actions the author
/// vouches for, can cover it.
fn decide_unlisted(document: &Document, uses: &mut Uses) -> TokenStream {
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
                // Its function is written in any case.
                uses.insert(index, 2);
                matches(index, statement, false)
            });
            let decision = decided(decision_of(effect, index));
            steps.push(match (named, rest) {
                (None, None) => return quote!({ #(#steps)* #decision }),
                (Some(named), Some(rest)) => quote!(if #named && #rest { return #decision; }),
                (Some(one), None) | (None, Some(one)) => quote!(if #one { return #decision; }),
            });
        }
    }
    quote!({ #(#steps)* p::NOTHING })
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
            quote!(p::allow(#statement))
        }
        Decision::ExplicitDeny { statement } => {
            let statement = Literal::usize_unsuffixed(statement);
            quote!(p::deny(#statement))
        }
        Decision::ImplicitDeny => quote!(p::NOTHING),
    }
}

/// Whether the rest of a statement matches; what cannot be known denies.
fn matches(index: usize, statement: &Statement, inline: bool) -> TokenStream {
    let truth = if inline {
        rest_matches(statement)
    } else {
        let name = statement_name(index);
        quote!(#name(__request))
    };
    match statement.effect {
        Effect::Allow => quote!(p::yes(#truth)),
        Effect::Deny => quote!(p::not_no(#truth)),
    }
}

fn statement_name(index: usize) -> Ident {
    format_ident!("__statement{index}")
}

/// The function that matches the rest of a statement.
fn statement_function(index: usize, statement: &Statement) -> TokenStream {
    let name = statement_name(index);
    let truth = rest_matches(statement);
    quote! {
        #[inline]
        fn #name(__request: &p::Request<'_>) -> p::Truth {
            #truth
        }
    }
}

/// Whether resource and conditions match, as an expression.
fn rest_matches(statement: &Statement) -> TokenStream {
    let mut arns = None;
    let mut steps = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Resource(resources) => {
                let tests: Vec<TokenStream> = resources.items.iter().filter_map(arn).collect();
                // One `*` covers every resource.
                if tests.len() == resources.items.len() {
                    arns = Some(
                        quote!(let __arn = p::resource(__request); let __truth = p::truth(#(#tests)||*);),
                    );
                }
            }
            Element::Condition(conditions) => steps.extend(conditions.iter().flat_map(condition)),
            _ => {}
        }
    }
    let arns = arns.unwrap_or_else(|| quote!(let __truth = p::Truth::Yes;));
    quote!({ #arns #(#steps)* __truth })
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
    let test = format_ident!("{}", test_name(operator));
    let negated = operator.negated();
    let keys = condition.keys.iter();
    keys.map(|key| {
        let whole = &*key.key;
        let (head, tag) = match catalogue::tag_prefix(whole) {
            Some(head) => (head, whole.get(head.len()..).unwrap_or("")),
            None => ("", ""),
        };
        let wanted = key.values.items.iter().map(wanted);
        quote! {
            let __truth =
                p::#test(__truth, __request, [#whole, #head, #tag], #negated, &[#(#wanted),*]);
        }
    })
    .collect()
}

/// The function of the library that compares as an operator does.
const fn test_name(operator: Operator) -> &'static str {
    match (operator.family(), operator.comparison()) {
        (Family::String, Comparison::EqualIgnoreCase) => "text_is_in_any_case",
        (Family::String, Comparison::Like) => "text_like",
        (Family::String, _) => "text_is",
        (Family::Number, Comparison::Less) => "number_less",
        (Family::Number, Comparison::LessOrEqual) => "number_at_most",
        (Family::Number, Comparison::Greater) => "number_greater",
        (Family::Number, Comparison::GreaterOrEqual) => "number_at_least",
        (Family::Number, _) => "number_is",
        (Family::Date, Comparison::Less) => "date_less",
        (Family::Date, Comparison::LessOrEqual) => "date_at_most",
        (Family::Date, Comparison::Greater) => "date_greater",
        (Family::Date, Comparison::GreaterOrEqual) => "date_at_least",
        (Family::Date, _) => "date_is",
        (Family::Boolean, _) => "boolean_is",
        (Family::Ip, _) => "address_in",
    }
}

/// A value as its test takes it.
fn wanted(operand: &Operand) -> TokenStream {
    let text = &*operand.text;
    match operand.meaning {
        Meaning::Text => quote!(#text),
        Meaning::Pattern(glob) => pattern(glob.pattern(text)),
        Meaning::Number(number) => Literal::i128_unsuffixed(number.scaled()).into_token_stream(),
        Meaning::Date(date) => {
            Literal::i128_unsuffixed(date.unix_nanoseconds()).into_token_stream()
        }
        Meaning::Boolean(boolean) => quote!(#boolean),
        Meaning::Block(Block::V4 { first, last }) => {
            quote!(p::Block::V4 { first: #first, last: #last })
        }
        Meaning::Block(Block::V6 { first, last }) => {
            quote!(p::Block::V6 { first: #first, last: #last })
        }
        // The checker refuses what does not parse, so nothing is left out here.
        Meaning::Invalid => TokenStream::new(),
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
