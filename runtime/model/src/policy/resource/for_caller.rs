//! What a policy of a resource says about one caller, in the words of an identity policy.
//!
//! So every stage that reads policies about resources reads these too: the search for the statement that
//! decides, proofs, and answers over what is not known. That a principal may mean the caller, and no
//! document says whether it does, is a hole like any other.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ResourcePolicy;
use super::open::OpenResourcePolicy;
use crate::decide::evaluate::{Truth, named};
use crate::document::bounds::{Bounds, StatementHole};
use crate::document::{Document, Element, Statement, Values};
use crate::policy::open::OpenPolicy;
use crate::terms::caller::Asker;
use crate::terms::cover::covers_ignore_case;
use crate::terms::effect::Effect;
use crate::terms::kind::{ResourceKind, covers_name};
use crate::terms::overlap::overlap_ignore_case;
use crate::terms::pattern::ActionPattern;

impl ResourcePolicy {
    /// What this policy says about one caller, as a policy about the resource that is owned by an account
    /// with this number: it allows and denies what this policy does when the caller asks. So proofs can
    /// ask about it.
    ///
    /// Where no document says whether a principal means the caller, the answer is open: `holes` names the
    /// statement.
    ///
    /// ```
    /// use ram_policy::{Caller, ResourceKind, ResourcePolicy};
    ///
    /// let key = ResourcePolicy::from_json(
    ///     ResourceKind::Key,
    ///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Principal":{"RAM":["acs:ram::1234567890123456:role/app"]},"Action":["kms:Decrypt"],"Resource":["*"]}]}"#,
    /// )?;
    /// let app = Caller::Role { account: "1234567890123456", name: "app" };
    /// let said = key.for_caller(app, "1234567890123456");
    /// assert_eq!(
    ///     said.as_policy().map(ram_policy::Policy::to_json).as_deref(),
    ///     Some(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["*"]}]}"#),
    /// );
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    #[must_use]
    pub fn for_caller<'a>(&self, asker: impl Into<Asker<'a>>, owner: &str) -> OpenPolicy {
        OpenResourcePolicy::from(self.clone()).for_caller(asker, owner)
    }
}

/// The bounds of what a policy says about a caller.
pub(super) fn said_of(kind: ResourceKind, bounds: &Bounds, asker: Asker<'_>, owns: bool) -> Bounds {
    let (mut least, mut most, mut holes) = (Vec::new(), Vec::new(), Vec::new());
    let statements = bounds.least.statements.iter().zip(bounds.most.statements.iter());
    for (index, (of_least, of_most)) in statements.enumerate() {
        let may_name_anybody = bounds.anyone.iter().any(|anyone| anyone.statement == index);
        let is_named = |statement: &Statement| match named(kind, statement, asker, owns) {
            Truth::Yes => Truth::Yes,
            Truth::No | Truth::Unknown if may_name_anybody => Truth::Unknown,
            other @ (Truth::No | Truth::Unknown) => other,
        };
        let (in_least, in_most) = (is_named(of_least), is_named(of_most));
        // What denies at least denies whatever it may name, what allows at least what it surely names.
        let counts = |statement: &Statement, named: Truth, least: bool| match named {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown => (statement.effect == Effect::Deny) == least,
        };
        let about = |statement: &Statement, counts: bool, least: bool| {
            let nothing = || never(statement.effect);
            if counts { said(kind, statement, owns, least) } else { (nothing(), true) }
        };
        let (least_said, is_least) = about(of_least, counts(of_least, in_least, true), true);
        let (most_said, is_most) = about(of_most, counts(of_most, in_most, false), false);
        let is_silent = in_least == Truth::No && in_most == Truth::No;
        if !is_silent {
            holes.extend(bounds.holes_in(index).map(|name| hole(index, name.to_string())));
        }
        if !may_name_anybody && (in_least == Truth::Unknown || in_most == Truth::Unknown) {
            holes.push(hole(index, format!("whether it names {}", asker.caller())));
        }
        if !(is_least && is_most) {
            holes.push(hole(index, String::from("whether the service supports its actions")));
        }
        least.push(least_said);
        most.push(most_said);
    }
    let document =
        |statements| Document { layout: bounds.least.layout, statements: Cow::Owned(statements) };
    Bounds { least: document(least), most: document(most), holes, anyone: Vec::new() }
}

const fn hole(statement: usize, name: String) -> StatementHole {
    StatementHole { statement, name }
}

/// A statement without its principals and its name, with the actions that have an effect; and whether
/// these are just those that it covers.
fn said(kind: ResourceKind, statement: &Statement, owns: bool, least: bool) -> (Statement, bool) {
    let mut is_exact = true;
    let mut elements: Vec<Element> = Vec::new();
    for element in statement.elements.iter() {
        elements.push(match element {
            Element::Principal(_) | Element::Sid(_) => continue,
            Element::Action(actions) if statement.effect == Effect::Allow => {
                let (actions, exact) = with_effect(kind, actions, owns, least);
                is_exact &= exact;
                Element::Action(actions)
            }
            // What such a pattern covers of the actions that have an effect is not listed.
            Element::NotAction(_)
                if statement.effect == Effect::Allow && is_limited(kind, owns) =>
            {
                is_exact = false;
                if least {
                    return (never(Effect::Allow), false);
                }
                element.clone()
            }
            Element::Effect
            | Element::Action(_)
            | Element::NotAction(_)
            | Element::Resource(_)
            | Element::Condition(_) => element.clone(),
        });
    }
    (Statement { effect: statement.effect, elements: Cow::Owned(elements) }, is_exact)
}

/// Whether only some actions have an effect.
const fn is_limited(kind: ResourceKind, owns: bool) -> bool {
    let rules = kind.rules();
    !rules.supports.is_empty() || (!owns && !rules.combines.used_across().is_empty())
}

/// The actions of an `Allow` that have an effect. Of a pattern that goes beyond them those that it
/// covers as a whole; what it has in common with others is left out of the least and kept in the most.
fn with_effect(
    kind: ResourceKind,
    actions: &Values<ActionPattern>,
    owns: bool,
    least: bool,
) -> (Values<ActionPattern>, bool) {
    let across: &[&str] = if owns { &[] } else { kind.rules().combines.used_across() };
    let lists = [kind.rules().supports, across];
    let mut kept: Vec<ActionPattern> = actions.items.to_vec();
    let mut is_exact = true;
    let code = kind.rules().code.unwrap_or("*");
    for names in lists.into_iter().filter(|names| !names.is_empty()) {
        let mut narrowed: Vec<ActionPattern> = Vec::new();
        let mut add = |action: ActionPattern| {
            if !narrowed.contains(&action) {
                narrowed.push(action);
            }
        };
        for action in &kept {
            let name = action.text.split_once(':').map_or(&*action.text, |(_, name)| name);
            if names.iter().any(|known| covers_name(known, name)) {
                add(action.clone());
                continue;
            }
            for known in names.iter().filter(|known| overlap_ignore_case(name, known)) {
                if covers_ignore_case(name, known) {
                    add(ActionPattern::new(Cow::Owned(format!("{code}:{known}"))));
                } else {
                    is_exact = false;
                    if !least {
                        add(action.clone());
                    }
                }
            }
        }
        kept = narrowed;
    }
    let values = Values { shape: actions.shape.kept(kept.len()), items: Cow::Owned(kept) };
    (values, is_exact)
}

/// A statement that never matches.
fn never(effect: Effect) -> Statement {
    let nothing = Element::Action(Values::plain(Vec::new()));
    Statement { effect, elements: Cow::Owned(Vec::from([Element::Effect, nothing])) }
}
