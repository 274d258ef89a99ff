//! Decides by a policy that is made at run time: the runs of its actions laid out for searching,
//! and for each statement where the elements stand that a decision looks at.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::decide::dispatch::Run;
use crate::decide::evaluate::{self, Truth};
use crate::document::{Document, Element, Statement};
use crate::request::Request;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;

/// What a document's decisions need beside the document.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    /// By action number, without overlap.
    rows: Vec<Row>,
    candidates: Vec<Candidate>,
}

/// The candidates of a run of action numbers.
#[derive(Debug, Clone)]
struct Row {
    first: u32,
    last: u32,
    /// The decision, when no resource and no condition can change it.
    decided: Option<Decision>,
    start: usize,
    end: usize,
}

/// A statement whose action element covers a run.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    statement: u32,
    effect: Effect,
    looks: Looks,
}

/// The elements of a statement that are looked at once its action is known.
#[derive(Debug, Clone, Copy)]
enum Looks {
    /// At most one of each, by its place; the resources, unless they are all there are, and the
    /// conditions.
    At { resources: Option<u8>, conditions: Option<u8> },
    /// Something else.
    AtAll,
}

impl Index {
    pub(crate) fn of(document: &Document, runs: &[Run]) -> Self {
        let (mut rows, mut candidates) = (Vec::new(), Vec::new());
        // Every other action may have the same candidates, and hundreds of them.
        let mut known: BTreeMap<&[u32], (usize, usize)> = BTreeMap::new();
        for run in runs {
            let (first, last) = (run.first, run.last);
            if let Some((start, end)) = known.get(run.statements.as_slice()).copied() {
                rows.push(Row { first, last, decided: run.decided, start, end });
                continue;
            }
            let start = candidates.len();
            if run.decided.is_none() {
                candidates.extend(run.statements.iter().filter_map(|statement| {
                    let of = document.statements.get(*statement as usize)?;
                    Some(Candidate {
                        statement: *statement,
                        effect: of.effect,
                        looks: Looks::of(of),
                    })
                }));
            }
            let end = candidates.len();
            known.insert(&run.statements, (start, end));
            rows.push(Row { first, last, decided: run.decided, start, end });
        }
        rows.shrink_to_fit();
        candidates.shrink_to_fit();
        Self { rows, candidates }
    }

    /// Decides a request by the document that the index is of.
    pub(crate) fn evaluate(&self, document: &Document, request: &Request<'_>) -> Decision {
        let Some(action) = request.action().id() else {
            return evaluate::evaluate_by_name(document, request);
        };
        let number = action.number();
        let index = self.rows.partition_point(|row| row.last < number);
        let Some(row) = self.rows.get(index).filter(|row| row.first <= number) else {
            return Decision::ImplicitDeny;
        };
        if let Some(decision) = row.decided {
            return decision;
        }
        for candidate in self.candidates.get(row.start..row.end).unwrap_or(&[]) {
            let index = candidate.statement as usize;
            if let Some(statement) = document.statements.get(index)
                && let matches = candidate.looks.matches(statement, request)
                && let Some(decision) = evaluate::decision_of(candidate.effect, index, matches)
            {
                return decision;
            }
        }
        Decision::ImplicitDeny
    }
}

impl Looks {
    fn of(statement: &Statement) -> Self {
        let (mut resources, mut conditions) = (None, None);
        for (element, at) in statement.elements.iter().zip(0..=u8::MAX) {
            let place = match element {
                Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_) => {
                    continue;
                }
                Element::Resource(of) if of.items.iter().any(|of| of.fields.is_none()) => continue,
                Element::Resource(_) => &mut resources,
                Element::Condition(_) => &mut conditions,
                Element::Principal(_) => return Self::AtAll,
            };
            if place.replace(at).is_some() {
                return Self::AtAll;
            }
        }
        if statement.elements.len() > usize::from(u8::MAX) {
            return Self::AtAll;
        }
        Self::At { resources, conditions }
    }

    #[inline]
    fn matches(self, statement: &Statement, request: &Request<'_>) -> Truth {
        let Self::At { resources, conditions } = self else {
            return evaluate::rest_matches(statement, request);
        };
        let element = |at: Option<u8>| statement.elements.get(usize::from(at?));
        if let Some(Element::Resource(resources)) = element(resources)
            && !evaluate::resources_match(&resources.items, request)
        {
            return Truth::No;
        }
        match element(conditions) {
            Some(Element::Condition(conditions)) => evaluate::conditions_hold(conditions, request),
            _ => Truth::Yes,
        }
    }
}
