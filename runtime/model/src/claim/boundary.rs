//! The policies that stand in claims: boundaries and denials. They are attached to nobody, so only
//! what makes them mean something else than they say is told of them.

use alloc::string::String;
#[cfg(feature = "proofs")]
use alloc::string::ToString;
use alloc::{format, vec::Vec};

use crate::catalogue::additions::Additions;
#[cfg(feature = "proofs")]
use crate::document::Document;
#[cfg(feature = "proofs")]
use crate::policy::guardrails::Guardrail;
use crate::policy::{Policy, compile};
#[cfg(feature = "proofs")]
use crate::prove::everything;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::level::Levels;
use crate::report::rule::{Level, Rule, Severity};
use crate::source::claim::Boundary;
use crate::source::syntax::{self, Element, ElementKind, Statement, Values};
use crate::terms::effect::Effect;
use crate::terms::kind::PolicyKind;
use crate::terms::layout::{Layout, Shape};
use crate::text::place::Text;

/// The document of one denial: a statement without an effect, and on every resource unless it names
/// some.
#[must_use]
pub fn denial<L: Copy>(
    at: L,
    mut statement: Statement<L>,
    unlisted: Vec<Text<L>>,
) -> syntax::Policy<L> {
    let effect = Element { at, kind: ElementKind::Effect(Effect::Deny) };
    statement.elements.insert(0, effect);
    if statement.resources().is_none() {
        let every = Values { at, shape: Shape::One, items: [Text::new("*".into(), at)].into() };
        statement.elements.push(Element { at, kind: ElementKind::Resource(every) });
    }
    syntax::Policy {
        at,
        layout: Layout::VersionFirst,
        parameters: Vec::new(),
        unlisted,
        broken: statement.broken,
        statements: [statement].into(),
    }
}

/// Checks a policy of a claim; gives it if there is no error, and what is to be told.
#[must_use]
pub fn policy_of<L: Copy>(
    policy: &syntax::Policy<L>,
    levels: &Levels,
    additions: &Additions,
    found: Report<L>,
) -> (Option<Policy>, Vec<Diagnostic<L>>) {
    let levels = quiet(levels);
    match compile::compile(policy, PolicyKind::Identity, &levels, additions, found) {
        Ok(compiled) => (Some(Policy::from_document(compiled.lowered.document)), compiled.told),
        Err(told) => (None, told),
    }
}

#[cfg(feature = "proofs")]
/// The boundary of a policy that never allows what another one denies.
#[must_use]
pub fn everything_but(denied: &Policy) -> Policy {
    let documents = [everything(), denied.document().into_owned()];
    let statements = documents.into_iter().flat_map(|document| document.statements.into_owned());
    let layout = Layout::VersionFirst;
    Policy::from_document(Document { layout, statements: statements.collect() })
}

/// The levels without what a reviewer should know of a policy that grants something.
fn quiet(levels: &Levels) -> Levels {
    let is_about_width =
        |rule: &&Rule| rule.severity() == Severity::Note && **rule != Rule::UnlistedAction;
    let mut quiet = Levels::new();
    for rule in Rule::ALL.iter().filter(is_about_width) {
        // Only rules that RAM refuses a document for cannot be quiet, and none of them is a note.
        let _ = quiet.set(rule.name(), Level::Allow);
    }
    levels.clone().followed_by(&quiet)
}

impl<L: Copy, C> Boundary<L, C> {
    /// The policy it stands for, if nothing is wrong with it, and what is to be told; none for the
    /// path of a constant. `file` gives the policy of a file, or what is wrong with it.
    #[must_use]
    pub fn policy(
        &self,
        levels: &Levels,
        additions: &Additions,
        file: impl FnOnce(&Text<L>) -> (Option<Policy>, Vec<Diagnostic<L>>),
    ) -> (Option<Policy>, Vec<Diagnostic<L>>) {
        match self {
            Self::Inline(policy, own) => {
                let levels = levels.clone().followed_by(own);
                policy_of(policy, &levels, additions, Report::default())
            }
            Self::File(path) => file(path),
            #[cfg(feature = "proofs")]
            Self::Guardrail { name, arguments } => guardrail(name, arguments),
            #[cfg(not(feature = "proofs"))]
            Self::Guardrail { .. } => (None, Vec::new()),
            Self::Constant(_) => (None, Vec::new()),
        }
    }

    /// What it is called in a message.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => format!("its boundary `{}`", path.value),
            Self::Guardrail { name, .. } => format!("the guardrail `{}`", name.value),
            Self::Inline(..) | Self::Constant(_) => "its boundary".into(),
        }
    }
}

#[cfg(feature = "proofs")]
fn guardrail<L: Copy>(
    name: &Text<L>,
    arguments: &[Text<L>],
) -> (Option<Policy>, Vec<Diagnostic<L>>) {
    let texts: Vec<&str> = arguments.iter().map(|text| text.value.as_str()).collect();
    match Guardrail::named(&name.value, &texts) {
        Ok(guardrail) => (Some(guardrail.boundary().clone()), Vec::new()),
        Err(error) => {
            let wrong = error.argument().and_then(|index| arguments.get(index)).unwrap_or(name);
            let mut report = Report::default();
            report.add(wrong.at, Rule::Grammar, error.to_string());
            (None, report.into_diagnostics())
        }
    }
}
