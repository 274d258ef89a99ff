//! The policies of claims: boundaries and denials. They are attached to nobody, so only what makes
//! them mean something else than they say is reported.

use alloc::string::String;
#[cfg(feature = "proofs")]
use alloc::string::ToString;
use alloc::{format, vec::Vec};

#[cfg(feature = "proofs")]
use crate::document::Document;
use crate::policy::Policy;
#[cfg(feature = "proofs")]
use crate::policy::guardrails::Guardrail;
use crate::policy::reader::{Acceptance, Extent, Read, Reader};
#[cfg(feature = "proofs")]
use crate::prove::everything;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::level::Levels;
use crate::report::rule::{Level, Rule, Severity};
use crate::source::claim::Boundary;
use crate::source::syntax::{self, Element, ElementKind, Statement, Values};
use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::text::json::TextRange;
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
        includes: Vec::new(),
        broken: statement.broken,
        statements: [statement].into(),
    }
}

/// Reads a policy of a claim; gives it unless it is refused, and what was found.
#[must_use]
pub fn policy_of<L: Copy>(
    reader: Reader<'_>,
    policy: &syntax::Policy<L>,
    report: Report<L>,
) -> (Option<Policy>, Vec<Diagnostic<L>>) {
    let levels = quiet(reader.levels());
    let Read { lowered, findings } = in_claim(reader, &levels).tree(policy, report);
    (lowered.map(|lowered| Policy::from_document(lowered.document)), findings)
}

/// As [`policy_of`], for the text of a file.
#[must_use]
pub fn policy_of_text(
    reader: Reader<'_>,
    text: &str,
) -> (Option<Policy>, Vec<Diagnostic<TextRange>>) {
    let levels = quiet(reader.levels());
    let Read { lowered, findings } = in_claim(reader, &levels).text(text);
    (lowered.map(|lowered| Policy::from_document(lowered.document)), findings)
}

/// RAM never sees the policies of claims, so statements alone will do.
const fn in_claim<'l>(reader: Reader<'l>, levels: &'l Levels) -> Reader<'l> {
    reader.at_levels(levels).taking(Extent::Part).accepting(Acceptance::Strict)
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
    /// The policy it stands for, unless it is refused, and what was found; none for the path of a
    /// constant. `file` gives the policy of a file, or what is wrong with it.
    #[must_use]
    pub fn policy(
        &self,
        reader: Reader<'_>,
        file: impl FnOnce(&Text<L>) -> (Option<Policy>, Vec<Diagnostic<L>>),
    ) -> (Option<Policy>, Vec<Diagnostic<L>>) {
        match self {
            Self::Inline(policy, own) => {
                let levels = reader.levels().clone().followed_by(own);
                policy_of(reader.at_levels(&levels), policy, Report::default())
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
pub(super) fn guardrail<L: Copy>(
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
