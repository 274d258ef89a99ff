//! Policies of resources: who asks is a test of its own, and actions are compared by name, because such
//! policies are asked once for each resource and not over all actions.

use proc_macro2::TokenStream;
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::document::{self, Document, Element, Indent, Principals, Statement};
use ram_policy_model::terms::effect::Effect;
use ram_policy_model::terms::kind::ResourceKind;
use ram_policy_model::terms::pattern::ActionPattern;

use crate::code::{Steps, Test};
use crate::expand::{Keys, arns, block, condition, covers, decision_of, list, principal_kind};
use ram_policy_read::input::CratePath;

/// An expression of type `ResourcePolicy`.
pub(crate) fn resource_policy(
    path: &CratePath,
    kind: ResourceKind,
    lowered: &Lowered,
) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let decide = decide_kept(kind, &lowered.document);
    let kind = variant(kind);
    block(path, &format!("{decide} p::ResourcePolicy::compiled({kind}, {text:?}, __decide)"))
}

/// The path of a kind of resource.
pub(crate) fn resource_kind(path: &CratePath, kind: ResourceKind) -> TokenStream {
    block(path, variant(kind))
}

const fn variant(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Bucket => "p::ResourceKind::Bucket",
        ResourceKind::AccessPoint => "p::ResourceKind::AccessPoint",
        ResourceKind::ObjectProcess => "p::ResourceKind::ObjectProcess",
        ResourceKind::Endpoint => "p::ResourceKind::Endpoint",
        ResourceKind::Key => "p::ResourceKind::Key",
        ResourceKind::Secret => "p::ResourceKind::Secret",
        ResourceKind::Project => "p::ResourceKind::Project",
        ResourceKind::Instance => "p::ResourceKind::Instance",
    }
}

/// The function that decides by a policy of a resource.
fn decide_kept(kind: ResourceKind, document: &Document) -> String {
    let mut steps = Steps::default();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect == effect {
                steps.add(&kept(kind, statement), decision_of(effect, index));
            }
        }
    }
    format!(
        "fn __decide(__asker: p::Asker<'_>, __owns: bool, __r: &p::Request<'_>) -> p::Decision {{ \
         let _ = (__asker, __owns, __r); {} }}",
        steps.into_code()
    )
}

/// Whether a statement of a policy of a resource matches; what cannot be known denies.
fn kept(kind: ResourceKind, statement: &Statement) -> Test {
    let effect = statement.effect;
    let Some((actions, negated)) = statement.actions() else { return Test::Never };
    let named = named_by_text(&actions.items);
    let mut tests = vec![if negated { named.not() } else { named }];
    let rules = kind.rules();
    if effect == Effect::Allow
        && !(rules.supports.is_empty() && rules.combines.used_across().is_empty())
    {
        tests.push(Test::call(format!("p::has_effect({}, __owns, __r)", variant(kind))));
    }
    tests.push(who(kind, statement));
    for element in statement.elements.iter() {
        match element {
            Element::Effect
            | Element::Sid(_)
            | Element::Action(_)
            | Element::NotAction(_)
            | Element::Principal(_) => {}
            Element::Resource(resources) => tests.push(arns(&resources.items)),
            Element::Condition(conditions) => {
                tests.extend(
                    conditions.iter().flat_map(|one| condition(one, effect, Keys::OfRequest)),
                );
            }
        }
    }
    Test::all_of(tests)
}

/// Whether a statement of a policy of a resource means who asks.
fn who(kind: ResourceKind, statement: &Statement) -> Test {
    let doubt = statement.effect == Effect::Deny;
    let is_unconditional = statement.conditions().next().is_none();
    let kind = variant(kind);
    let principals = statement.elements.iter().find_map(|element| {
        if let Element::Principal(principals) = element { Some(principals) } else { None }
    });
    Test::call(match principals {
        None => format!("p::names_nobody({kind}, __asker, __owns, {is_unconditional}, {doubt})"),
        Some(Principals::Listed(values)) => {
            let texts = list(values.items.iter().map(|text| format!("{text:?}")));
            format!(
                "p::names_listed({kind}, {texts}, __asker, __owns, {is_unconditional}, {doubt})"
            )
        }
        Some(Principals::ByType(groups)) => {
            let texts = groups.iter().flat_map(|group| {
                let of = principal_kind(group.kind);
                let items = group.values.items.iter();
                items.map(move |text| format!("(p::PrincipalKind::{of}, {text:?})"))
            });
            format!("p::names_by_type({kind}, {}, __asker, {doubt})", list(texts))
        }
    })
}

/// Whether one of these patterns covers the action of a request, by its name.
fn named_by_text(actions: &[ActionPattern]) -> Test {
    if actions.iter().any(|action| action.text == "*") {
        return Test::Always;
    }
    covers(actions.iter())
}
