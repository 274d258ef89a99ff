//! Writes a lowered policy as a constant, with a `match` that finds the statements an action needs.
//!
//! The output is data and that one function; all behaviour stays in the library. Lists are written
//! as struct expressions (`Borrowed { 0: &[...] }`), because only there does a constant keep what
//! it borrows when the type could own it too.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use ram_policy_model::check::Position;
use ram_policy_model::decision::Decision;
use ram_policy_model::dispatch::{self, Candidates, Run};
use ram_policy_model::glob::{Glob, Kind};
use ram_policy_model::lower::Lowered;
use ram_policy_model::lowered::{
    ActionPattern, Condition, Document, Effect, Element, Layout, Meaning, Operand, Principal,
    PrincipalKind, ResourcePattern, Shape, Statement, Values,
};
use ram_policy_model::template::{Hole, Slot};

use crate::input::{CratePath, Header};

/// An expression of type `Policy`.
pub(crate) fn policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let document = document(&lowered.document);
    let candidates = candidates(&lowered.document);
    quote!({
        const __RAM_POLICY: #path::Policy = {
            use #path::__private as p;
            #candidates
            const __DOCUMENT: p::Document = #document;
            #path::Policy::compiled(__DOCUMENT, __candidates)
        };
        __RAM_POLICY
    })
}

/// An expression of type `TrustPolicy`.
pub(crate) fn trust_policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let document = document(&lowered.document);
    quote!({
        const __RAM_POLICY: #path::TrustPolicy = {
            use #path::__private as p;
            const __DOCUMENT: p::Document = #document;
            #path::TrustPolicy::compiled(__DOCUMENT)
        };
        __RAM_POLICY
    })
}

/// An expression of type `PolicyTemplate`.
pub(crate) fn template(path: &CratePath, header: &Header, lowered: &Lowered) -> TokenStream {
    let document = document(&lowered.document);
    let candidates = candidates(&lowered.document);
    let parameters = header.parameters.iter().map(|declared| {
        let (name, path) = (&declared.parameter.name.value, declared.path);
        quote!(p::Parameter { name: p::text(#name), path: #path })
    });
    let holes = lowered.holes.iter().map(hole);
    quote!({
        const __RAM_POLICY: #path::PolicyTemplate = {
            use #path::__private as p;
            #candidates
            const __DOCUMENT: p::Document = #document;
            const __PARAMETERS: p::Cow<'static, [p::Parameter]> = p::Borrowed { 0: &[#(#parameters),*] };
            const __HOLES: p::Cow<'static, [p::Hole]> = p::Borrowed { 0: &[#(#holes),*] };
            #path::PolicyTemplate::compiled(__DOCUMENT, __PARAMETERS, __HOLES, __candidates)
        };
        __RAM_POLICY
    })
}

/// The function from an action's number to the statements that can decide it.
fn candidates(document: &Document) -> TokenStream {
    let runs = dispatch::runs(document);
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
    let arms = arms.iter().map(|(run, patterns)| {
        let candidates = match run.candidates() {
            Candidates::Decided(decision) => decided(decision),
            Candidates::Check(statements) => {
                let statements = statements.iter().map(|index| Literal::u16_unsuffixed(*index));
                quote!(p::Candidates::Check(&[#(#statements),*]))
            }
        };
        quote!(#patterns => #candidates,)
    });
    // Where the runs cover every number, another arm would be unreachable.
    let covered: u64 = runs.iter().map(|run| u64::from(run.last) - u64::from(run.first) + 1).sum();
    let rest = (covered <= u64::from(u32::MAX)).then(|| {
        let nothing = decided(Decision::ImplicitDeny);
        quote!(_ => #nothing,)
    });
    quote! {
        #[inline]
        fn __candidates(__action: ::core::primitive::u32) -> p::Candidates<'static> {
            match __action {
                #(#arms)*
                #rest
            }
        }
    }
}

fn decided(decision: Decision) -> TokenStream {
    let decision = match decision {
        Decision::Allow { statement } => {
            let statement = Literal::usize_unsuffixed(statement);
            quote!(Allow { statement: #statement })
        }
        Decision::ExplicitDeny { statement } => {
            let statement = Literal::usize_unsuffixed(statement);
            quote!(ExplicitDeny { statement: #statement })
        }
        Decision::ImplicitDeny => quote!(ImplicitDeny),
    };
    quote!(p::Candidates::Decided(p::Decision::#decision))
}

fn document(document: &Document) -> TokenStream {
    let layout = match document.layout {
        Layout::VersionFirst => quote!(VersionFirst),
        Layout::VersionLast => quote!(VersionLast),
        Layout::StatementsOnly => quote!(StatementsOnly),
    };
    let statements = document.statements.iter().map(statement);
    quote!(p::Document { layout: p::Layout::#layout, statements: p::Borrowed { 0: &[#(#statements),*] } })
}

fn statement(statement: &Statement) -> TokenStream {
    let effect = match statement.effect {
        Effect::Allow => quote!(Allow),
        Effect::Deny => quote!(Deny),
    };
    let elements = statement.elements.iter().map(element);
    quote!(p::Statement { effect: p::Effect::#effect, elements: p::Borrowed { 0: &[#(#elements),*] } })
}

fn element(element: &Element) -> TokenStream {
    match element {
        Element::Effect => quote!(p::Element::Effect),
        Element::Sid(sid) => quote!(p::Element::Sid { 0: p::text(#sid) }),
        Element::Principal(principals) => {
            let principals = principals.iter().map(principal);
            quote!(p::Element::Principal { 0: p::Borrowed { 0: &[#(#principals),*] } })
        }
        Element::Action(actions) => {
            let actions = values(actions, action);
            quote!(p::Element::Action { 0: #actions })
        }
        Element::NotAction(actions) => {
            let actions = values(actions, action);
            quote!(p::Element::NotAction { 0: #actions })
        }
        Element::Resource(resources) => {
            let resources = values(resources, resource);
            quote!(p::Element::Resource { 0: #resources })
        }
        Element::Condition(conditions) => {
            let conditions = conditions.iter().map(condition);
            quote!(p::Element::Condition { 0: p::Borrowed { 0: &[#(#conditions),*] } })
        }
    }
}

fn values<T: Clone>(values: &Values<T>, write: impl Fn(&T) -> TokenStream) -> TokenStream {
    let items = values.items.iter().map(write);
    let shape = match values.shape {
        Shape::One => quote!(One),
        Shape::Many => quote!(Many),
    };
    quote!(p::Values { shape: p::Shape::#shape, items: p::Borrowed { 0: &[#(#items),*] } })
}

fn principal(principal: &Principal) -> TokenStream {
    let kind = match principal.kind {
        PrincipalKind::Ram => quote!(Ram),
        PrincipalKind::Service => quote!(Service),
        PrincipalKind::Federated => quote!(Federated),
    };
    let values = values(&principal.values, |text| quote!(p::text(#text)));
    quote!(p::Principal { kind: p::PrincipalKind::#kind, values: #values })
}

fn glob(glob: Glob) -> TokenStream {
    let (kind, start, end) = glob.parts();
    let kind = match kind {
        Kind::Any => quote!(any),
        Kind::Exact => quote!(exact),
        Kind::Prefix => quote!(prefix),
        Kind::Suffix => quote!(suffix),
        Kind::General => quote!(general),
    };
    let (start, end) = (Literal::u32_unsuffixed(start), Literal::u32_unsuffixed(end));
    quote!(p::#kind(#start, #end))
}

fn action(action: &ActionPattern) -> TokenStream {
    let (text, code, name) = (&*action.text, glob(action.code), glob(action.name));
    quote!(p::action(#text, #code, #name))
}

fn resource(resource: &ResourcePattern) -> TokenStream {
    match resource.fields {
        None => quote!(p::all_resources()),
        Some(fields) => {
            let text = &*resource.text;
            let fields = fields.into_iter().map(glob);
            quote!(p::resource(#text, [#(#fields),*]))
        }
    }
}

fn condition(condition: &Condition) -> TokenStream {
    let operator = quote::format_ident!("{}", condition.operator.name());
    let keys = condition.keys.iter().map(|key| {
        let (name, values) = (&*key.key, values(&key.values, operand));
        quote!(p::KeyCondition { key: p::text(#name), values: #values })
    });
    quote!(p::Condition { operator: p::Operator::#operator, keys: p::Borrowed { 0: &[#(#keys),*] } })
}

fn operand(operand: &Operand) -> TokenStream {
    let text = &*operand.text;
    let meaning = match operand.meaning {
        Meaning::Text => quote!(p::Meaning::Text),
        Meaning::Pattern(pattern) => {
            let pattern = glob(pattern);
            quote!(p::Meaning::Pattern(#pattern))
        }
        Meaning::Number(number) => {
            let scaled = number.scaled();
            quote!(p::number(#scaled))
        }
        Meaning::Date(date) => {
            let nanoseconds = date.unix_nanoseconds();
            quote!(p::date(#nanoseconds))
        }
        Meaning::Boolean(boolean) => quote!(p::Meaning::Boolean(#boolean)),
        Meaning::Invalid => quote!(p::Meaning::Invalid),
        Meaning::Block(block) => {
            let (v6, first, last) = block.parts();
            quote!(p::block(#v6, #first, #last))
        }
    };
    quote!(p::operand(#text, #meaning))
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
