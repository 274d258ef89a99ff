//! Rewrites a document to a shorter one that decides every request in the same way.
//!
//! Lists lose what another value of theirs covers, statements that differ in one list are put
//! together, and what can be left out without changing a decision is left out. Each rewriting is
//! proved, not assumed: what cannot be proved stays as it is.

pub(super) mod lists;
mod merge;
mod probe;
mod tidy;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use self::lists::{keeping, lists, tests, without_test};
use self::merge::merge;
use self::tidy::tidy;
use super::budget::{Effort, Size};
use super::everything::everything;
use super::proof::Proof;
use super::prover::{Prover, Side};
use crate::decide::evaluate::evaluate_by_name;
use crate::document::{self, Document, Element, Indent, Statement, Values};
use crate::request::owned::OwnedRequest;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::layout::Layout;
use crate::terms::pattern::ResourcePattern;

/// Most proofs for one policy; each value, test and statement takes one. What is left when they are
/// used up stays.
const MOST_PROOFS: usize = 500;

/// Most characters of a policy for which single values are tried: twice what RAM allows (RAM:
/// Limits). A proof about a longer one may take a second.
const MOST_CHARACTERS: usize = 2 * 6144;

/// Most condition keys of a policy for which the message of the limit looks for a shorter form: each
/// request that a proof tries has all of them, and each is compared with the catalogue.
const KEYS_OF_A_HINT: usize = 20;

/// Most proofs for the message of the limit.
const PROOFS_OF_A_HINT: usize = 40;

/// Most steps of all proofs for the message of the limit: some seconds in an unoptimised build. Eighty
/// statements that become one take ten million.
const STEPS_OF_A_HINT: usize = 20_000_000;

/// A shorter document that decides every request as this one does; `None` where none is found.
pub(crate) fn simplified(document: &Document, alone: Alone) -> Option<Document> {
    simplified_beside(document, &Beside::default(), alone)
}

/// A shorter document that decides as this one does beside statements that are only known in part,
/// whatever those contain; `None` where none is found.
pub(crate) fn simplified_beside(
    document: &Document,
    beside: &Beside,
    alone: Alone,
) -> Option<Document> {
    Rewriting::new(document, beside, alone).run()
}

/// What statements that stay as they are do beside those that are rewritten.
///
/// What they certainly match may make a statement superfluous, since it is there whatever they
/// contain: two documents that decide the same together with it also do so together with more. Whether
/// a denial has anything to take away depends on what they possibly allow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// Statements that match no more than those do.
    pub(crate) least: Vec<Statement>,
    /// Statements that allow no less than those do.
    pub(crate) most_allowed: Vec<Statement>,
    /// Whether there are such statements; a document without any has one of its own.
    pub(crate) has_any: bool,
}

impl Beside {
    /// These statements, and what is certain of the others.
    fn with(&self, statements: Vec<Statement>) -> Document {
        let mut all = statements;
        all.extend(self.least.iter().cloned());
        document_of(all)
    }

    /// These statements, with all that the others may allow.
    fn with_most(&self, statements: Vec<Statement>) -> Document {
        let mut all = self.with(statements);
        all.statements.to_mut().extend(self.most_allowed.iter().cloned());
        all
    }
}

/// The characters of a form that decides as this document does and has at most so many; `None` when
/// none is found with little effort.
pub(crate) fn shorter_length(document: &Document, most: usize) -> Option<usize> {
    if self::lists::keys(&document.statements).len() > KEYS_OF_A_HINT {
        return None;
    }
    let nothing = Beside::default();
    let mut rewriting = Rewriting::new(document, &nothing, Alone::No);
    rewriting.proofs = rewriting.proofs.min(PROOFS_OF_A_HINT);
    rewriting.effort = Effort::of(STEPS_OF_A_HINT);
    let length = rewriting.run().as_ref().unwrap_or(document).characters();
    (length <= most).then_some(length)
}

/// Whether the policy is the only one of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    Yes,
    No,
}

/// Leaves out what a proof says makes no difference.
struct Rewriting<'d> {
    original: &'d Document,
    /// What stands beside it.
    beside: &'d Beside,
    /// The original and what is certain of the statements beside it.
    before: Document,
    /// The bytes of the original, minified.
    length: usize,
    alone: Alone,
    proofs: usize,
    effort: Effort,
    /// How much there is to read.
    size: Size,
    /// Statements that are proved to decide as the original.
    proved: Vec<Statement>,
}

/// What has changed since the last proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    /// Only statements of this effect.
    Of(Effect),
    /// Anything.
    Anything,
}

impl<'d> Rewriting<'d> {
    fn new(original: &'d Document, beside: &'d Beside, alone: Alone) -> Self {
        let length = length_of(original);
        let proofs = if length > MOST_CHARACTERS { 0 } else { MOST_PROOFS };
        let proved = original.statements.to_vec();
        let before = beside.with(proved.clone());
        let size = Size::of(&before);
        let effort = Effort::for_rewriting(size);
        Self { original, beside, before, length, alone, proofs, effort, size, proved }
    }

    /// The shorter document, if it is one.
    fn run(mut self) -> Option<Document> {
        let mut statements: Vec<Statement> = self.proved.iter().map(tidy).collect();
        merge(&mut statements);
        // One proof however long the policy is.
        let left = self.proofs;
        self.proofs = left.saturating_add(1);
        self.take(statements, Changed::Anything);
        self.proofs = self.proofs.min(left);
        self.leave_out_statements();
        if self.alone == Alone::Yes {
            // A denial of what has gone now has nothing to take away.
            self.leave_out_statements();
        }
        self.take_every_resource();
        self.leave_out_tests();
        self.leave_out_values();
        let mut statements = self.proved.clone();
        merge(&mut statements);
        if statements.len() < self.proved.len() {
            self.take(statements, Changed::Anything);
        }
        let layout = self.original.layout;
        let document = Document { layout, statements: Cow::Owned(self.proved) };
        (length_of(&document) < self.length).then_some(document)
    }

    /// Takes these statements in the place of those proved before, if a proof says so and there are
    /// proofs left.
    fn take(&mut self, statements: Vec<Statement>, changed: Changed) {
        let Some(left) = self.proofs.checked_sub(1) else { return };
        if !self.effort.spend(self.size.steps) {
            self.proofs = 0;
            return;
        }
        let (beside, effort) = (self.beside, &mut self.effort);
        let candidate = beside.with(statements.clone());
        let (before, after) = ([&self.before], [&candidate]);
        let mut proof = match (self.alone, changed) {
            (Alone::Yes, _) | (Alone::No, Changed::Of(Effect::Allow)) => {
                allows_as(&before, &after, effort)
            }
            // What allows is as before, so that the same denials leave the same.
            (Alone::No, Changed::Of(Effect::Deny)) => denies_as(&before, &after, effort),
            (Alone::No, Changed::Anything) => decides_as(&before, &after, effort),
        };
        // A denial that goes must meet nothing that the statements beside it may allow.
        if self.alone == Alone::Yes && proof.is_yes() && !beside.most_allowed.is_empty() {
            let before = beside.with_most(self.original.statements.to_vec());
            let after = beside.with_most(statements.clone());
            proof = allows_as(&[&before], &[&after], effort);
        }
        // Where one cannot be decided the next ones hardly can, and each takes long.
        self.proofs = if matches!(proof, Proof::Unknown(_)) { 0 } else { left };
        if proof.is_yes() {
            self.proved = statements;
        }
    }

    /// Takes another statement in the place of one.
    fn take_at(&mut self, place: usize, statement: Statement) {
        let mut candidate = self.proved.clone();
        let Some(old) = candidate.get_mut(place) else { return };
        let effect = old.effect;
        *old = statement;
        self.take(candidate, Changed::Of(effect));
    }

    /// The last statements go first, so that the first ones stay.
    fn leave_out_statements(&mut self) {
        for place in (0..self.proved.len()).rev() {
            if self.proofs == 0 {
                return;
            }
            let mut shorter = self.proved.clone();
            // Documents have a statement.
            let may_go = shorter.len() > 1 || self.beside.has_any;
            if may_go && place < shorter.len() {
                let effect = shorter.remove(place).effect;
                self.take(shorter, Changed::Of(effect));
            }
        }
    }

    /// Writes `*` for a list of resources that leaves out none.
    fn take_every_resource(&mut self) {
        for place in 0..self.proved.len() {
            let every = self.proved.get(place).and_then(on_every_resource);
            if let Some(statement) = every {
                self.take_at(place, statement);
            }
        }
    }

    fn leave_out_tests(&mut self) {
        for place in 0..self.proved.len() {
            for test in (0..self.proved.get(place).map_or(0, tests)).rev() {
                if self.proofs == 0 {
                    return;
                }
                if let Some(statement) = self.proved.get(place) {
                    self.take_at(place, without_test(statement, test));
                }
            }
        }
    }

    fn leave_out_values(&mut self) {
        for place in 0..self.proved.len() {
            let all = self.proved.get(place).map(lists).unwrap_or_default();
            for (list, of) in all.iter().enumerate() {
                let mut left = of.length;
                for item in (0..of.length).rev().filter(|_| of.length > 1) {
                    // Statements are copied and asked for each value.
                    if self.proofs == 0 || !self.effort.spend(1 + self.size.characters / 16) {
                        return;
                    }
                    let Some(statement) = self.proved.get(place).filter(|_| left > 1) else {
                        break;
                    };
                    let shorter = keeping(statement, list, |other| other != item);
                    if self.is_needed(place, &shorter, probe::request_for(statement, list, item)) {
                        continue;
                    }
                    self.take_at(place, shorter);
                    let now = self.proved.get(place).map(lists).unwrap_or_default();
                    left = now.get(list).map_or(0, |list| list.length);
                }
            }
        }
    }
}

impl Rewriting<'_> {
    /// Whether a request is decided otherwise with another statement in the place of one.
    fn is_needed(
        &self,
        place: usize,
        statement: &Statement,
        request: Option<OwnedRequest>,
    ) -> bool {
        let Some(owned) = request else { return false };
        let Ok(request) = owned.request_unlisted() else { return false };
        let mut statements = self.proved.clone();
        let Some(old) = statements.get_mut(place) else { return false };
        *old = statement.clone();
        let before = evaluate_by_name(&self.before, &request);
        let after = evaluate_by_name(&self.beside.with(statements), &request);
        let is_denied = |decision| matches!(decision, Decision::ExplicitDeny { .. });
        before.is_allow() != after.is_allow()
            || (self.alone == Alone::No && is_denied(before) != is_denied(after))
    }
}

/// The statement on `*`, if it has a list of resources without it that is longer.
fn on_every_resource(statement: &Statement) -> Option<Statement> {
    let mut shortens = false;
    let elements = statement.elements.iter().map(|element| match element {
        Element::Resource(resources) if resources.items.iter().all(|one| one.fields.is_some()) => {
            shortens = true;
            Element::Resource(Values::plain(Vec::from([ResourcePattern::new(Cow::Borrowed("*"))])))
        }
        other @ (Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Resource(_)
        | Element::Principal(_)
        | Element::Condition(_)
        | Element::Sid(_)) => other.clone(),
    });
    let elements = elements.collect();
    shortens.then_some(Statement { effect: statement.effect, elements })
}

fn document_of(statements: Vec<Statement>) -> Document {
    Document { layout: Layout::VersionFirst, statements: Cow::Owned(statements) }
}

fn length_of(document: &Document) -> usize {
    document::write(document, Indent::Minified).len()
}

/// Whether the documents of both sides decide every request in the same way: whether they allow the
/// same, and their denials match the same.
pub(super) fn decides_as(left: &[&Document], right: &[&Document], effort: &mut Effort) -> Proof {
    match allows_as(left, right, effort) {
        Proof::Yes => denies_as(left, right, effort),
        other @ (Proof::No(_) | Proof::Unknown(_)) => other,
    }
}

/// Whether both sides allow the same.
fn allows_as(left: &[&Document], right: &[&Document], effort: &mut Effort) -> Proof {
    let [left, right] = [left, right].map(|of| Side::of(of.iter().copied().map(Cow::Borrowed)));
    Prover::new().prove_equivalent_by(&left, &right, effort)
}

/// Whether the denials of both sides match the same.
fn denies_as(left: &[&Document], right: &[&Document], effort: &mut Effort) -> Proof {
    let side = |of| Side::of([everything(), denials(of)].map(Cow::Owned));
    Prover::new().prove_equivalent_by(&side(left), &side(right), effort)
}

fn denials(documents: &[&Document]) -> Document {
    let all = documents.iter().flat_map(|document| document.statements.iter());
    document_of(all.filter(|one| one.effect == Effect::Deny).cloned().collect())
}
