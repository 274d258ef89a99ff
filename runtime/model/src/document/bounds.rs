//! The bounds of a policy that is not known as a whole.
//!
//! A policy with holes stands between two documents without: the one that allows the least and the
//! one that allows the most. Whatever the holes contain, the policy allows what the least one allows
//! and nothing that the most one does not. So every stage that reads documents speaks about
//! policies with holes by asking both, and documents without holes cost it nothing.
//!
//! The bounds are made statement by statement, and a statement keeps its place: the least document
//! has each `Allow` shrunk to what it certainly covers and each `Deny` grown to what it may cover, the
//! most document the reverse. What a hole contains may be anything that RAM takes in its place: a
//! wildcard, a colon, nothing, a value that its operator cannot read.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};

use super::{Condition, Document, Element, KeyCondition, Principal, Principals, Statement, Values};
use crate::source::hole;
use crate::source::mention::mentions;
use crate::source::syntax::{self, ElementKind, Unknown};
use crate::terms::effect::Effect;
use crate::terms::family::Family;
use crate::terms::layout::{Layout, Shape};
use crate::terms::operand::{Meaning, Operand};
use crate::terms::operator::{Comparison, ConditionOperator, Operator, TextComparison};
use crate::terms::pattern::{ActionPattern, ResourcePattern};
use crate::terms::principal::PrincipalKind;
use crate::text::hole::{Hole, TextHole, filled, literals};
use crate::text::order;
use crate::text::place::Text;

/// The documents that a policy with holes stands between, and its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Allows the least.
    pub least: Document,
    /// Allows the most.
    pub most: Document,
    /// The holes of each statement, in order.
    pub holes: Vec<StatementHole>,
    /// Whom statements may name beside the principals that they show.
    pub(crate) anyone: Vec<Anyone>,
}

/// A hole, and the statement it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementHole {
    /// The statement, from 0.
    pub statement: usize,
    /// What the source writes in its place.
    pub name: String,
}

/// That a statement may name any principal, or any of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anyone {
    pub(crate) statement: usize,
    /// `None` for every kind.
    pub(crate) kind: Option<PrincipalKind>,
}

/// Which way a statement is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Covers all that the statement may cover.
    Grown,
    /// Covers only what the statement certainly covers.
    Shrunk,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Grown => Self::Shrunk,
            Self::Shrunk => Self::Grown,
        }
    }
}

impl Bounds {
    /// A document without holes: both bounds.
    #[must_use]
    pub fn exact(document: Document) -> Self {
        let most = document.clone();
        Self { least: document, most, holes: Vec::new(), anyone: Vec::new() }
    }

    /// The bounds of a policy that is between two documents, statement by statement.
    #[must_use]
    pub const fn between(least: Document, most: Document, holes: Vec<StatementHole>) -> Self {
        Self { least, most, holes, anyone: Vec::new() }
    }

    /// The bounds of a policy of which nothing is known.
    #[must_use]
    pub fn unknown(why: String) -> Self {
        let document = |effect| Document {
            layout: Layout::VersionFirst,
            statements: Cow::Owned(Vec::from([everything(effect)])),
        };
        let holes = Vec::from([StatementHole { statement: 0, name: why }]);
        let anyone = Vec::from([Anyone { statement: 0, kind: None }]);
        Self { least: document(Effect::Deny), most: document(Effect::Allow), holes, anyone }
    }

    /// The bounds of a policy; `None` when the checker would have refused it.
    #[must_use]
    pub fn of<L: Clone>(policy: &syntax::Policy<L>) -> Option<Self> {
        let (mut least, mut most) = (Vec::new(), Vec::new());
        let (mut holes, mut anyone) = (Vec::new(), Vec::new());
        for (index, statement) in policy.statements.iter().enumerate() {
            let mut bound = Bound { policy, statement, index, anyone: &mut anyone };
            let (of_least, of_most) = bound.both()?;
            least.push(of_least);
            most.push(of_most);
            for hole in holes_of(policy, statement) {
                let found = StatementHole { statement: index, name: hole.name };
                if !holes.contains(&found) {
                    holes.push(found);
                }
            }
        }
        let document = |statements: Vec<Statement>| Document {
            layout: policy.layout,
            statements: Cow::Owned(statements),
        };
        Some(Self { least: document(least), most: document(most), holes, anyone })
    }

    /// Puts the statements of another policy behind.
    pub(crate) fn add(&mut self, other: &Self) {
        let count = self.least.statements.len();
        self.least.statements.to_mut().extend(other.least.statements.iter().cloned());
        self.most.statements.to_mut().extend(other.most.statements.iter().cloned());
        self.holes.extend(other.holes.iter().map(|hole| StatementHole {
            statement: hole.statement + count,
            name: hole.name.clone(),
        }));
        self.anyone.extend(
            other
                .anyone
                .iter()
                .map(|anyone| Anyone { statement: anyone.statement + count, ..*anyone }),
        );
    }

    /// The document, where everything is known.
    #[must_use]
    pub fn as_exact(&self) -> Option<&Document> {
        self.holes.is_empty().then_some(&self.least)
    }

    /// The names of the holes of a statement.
    pub fn holes_in(&self, statement: usize) -> impl Iterator<Item = &str> {
        let of_statement = move |hole: &&StatementHole| hole.statement == statement;
        self.holes.iter().filter(of_statement).map(|hole| hole.name.as_str())
    }
}

/// The holes of a statement, and the declared parameters in it.
fn holes_of<L: Clone>(
    policy: &syntax::Policy<L>,
    statement: &syntax::Statement<L>,
) -> Vec<Hole<L>> {
    let texts = hole::texts(statement).into_iter();
    let of_texts = texts.flat_map(|text| holes_in_text(policy, text)).map(|found| found.hole);
    of_texts.chain(hole::whole(statement).cloned()).collect()
}

/// The holes of a text, and the declared parameters in it, from left to right.
fn holes_in_text<L: Clone>(policy: &syntax::Policy<L>, text: &Text<L>) -> Vec<TextHole<L>> {
    if policy.parameters.is_empty() {
        return text.holes.clone();
    }
    let mut holes = text.holes.clone();
    for declared in mentions(policy, &text.value) {
        let apart = |hole: &TextHole<L>| {
            hole.range.end <= declared.range.start || declared.range.end <= hole.range.start
        };
        if holes.iter().all(apart)
            && let Some(parameter) = policy.parameters.get(declared.parameter)
        {
            let hole = Hole { name: parameter.name.value.clone(), at: text.at.clone() };
            holes.push(TextHole { range: declared.range, hole });
        }
    }
    order::sort_by(&mut holes, |left, right| left.range.start.cmp(&right.range.start));
    holes
}

/// Bounds one statement.
struct Bound<'p, L> {
    policy: &'p syntax::Policy<L>,
    statement: &'p syntax::Statement<L>,
    index: usize,
    anyone: &'p mut Vec<Anyone>,
}

/// What is left of a part of a statement on one side.
enum Part {
    /// The part.
    Is(Element),
    /// It always holds.
    Always,
    /// It never holds.
    Never,
}

impl<L: Clone> Bound<'_, L> {
    /// The statement in the least document and in the most one.
    fn both(&mut self) -> Option<(Statement, Statement)> {
        let is_unknown = |element: &syntax::Element<L>| {
            matches!(element.kind, ElementKind::Hole(Unknown::Effect, _))
        };
        if self.statement.others().is_some() {
            self.may_name(None);
            return Some((everything(Effect::Deny), everything(Effect::Allow)));
        }
        match self.statement.effect() {
            Some(Effect::Allow) => Some((
                self.side(Effect::Allow, Side::Shrunk)?,
                self.side(Effect::Allow, Side::Grown)?,
            )),
            Some(Effect::Deny) => Some((
                self.side(Effect::Deny, Side::Grown)?,
                self.side(Effect::Deny, Side::Shrunk)?,
            )),
            None if self.statement.elements.iter().any(is_unknown) => Some((
                self.side(Effect::Deny, Side::Grown)?,
                self.side(Effect::Allow, Side::Grown)?,
            )),
            None => None,
        }
    }

    fn side(&mut self, effect: Effect, side: Side) -> Option<Statement> {
        let mut elements = Vec::from([Element::Effect]);
        for element in &self.statement.elements {
            match self.element(&element.kind, effect, side)? {
                Part::Is(element) => elements.push(element),
                Part::Always => {}
                Part::Never => return Some(never(effect)),
            }
        }
        Some(Statement { effect, elements: Cow::Owned(elements) })
    }

    fn may_name(&mut self, kind: Option<PrincipalKind>) {
        let found = Anyone { statement: self.index, kind };
        if !self.anyone.contains(&found) {
            self.anyone.push(found);
        }
    }

    fn element(&mut self, kind: &ElementKind<L>, effect: Effect, side: Side) -> Option<Part> {
        let policy = self.policy;
        let list = |values: &syntax::Values<L>, side: Side| -> Vec<String> {
            values.items.iter().filter_map(|text| action_text(policy, text, side)).collect()
        };
        Some(match kind {
            ElementKind::Effect(_)
            | ElementKind::Sid(_)
            | ElementKind::Hole(Unknown::Effect | Unknown::Others, _) => Part::Always,
            ElementKind::Action(actions) => {
                match values(actions.shape, list(actions, side), ActionPattern::new) {
                    Some(actions) => Part::Is(Element::Action(actions)),
                    None => Part::Never,
                }
            }
            ElementKind::NotAction(actions) => {
                let everything = || Element::Action(one(ActionPattern::new("*".into())));
                let listed = values(actions.shape, list(actions, side.other()), ActionPattern::new);
                Part::Is(listed.map_or_else(everything, Element::NotAction))
            }
            ElementKind::Resource(resources) => {
                let texts = resources.items.iter();
                let texts = texts.flat_map(|text| resource_texts(policy, text, side)).collect();
                match values(resources.shape, texts, ResourcePattern::new) {
                    Some(resources) => Part::Is(Element::Resource(resources)),
                    None => Part::Never,
                }
            }
            ElementKind::Principal(principals) => {
                Part::Is(Element::Principal(self.principals(principals)))
            }
            ElementKind::Hole(Unknown::Principal, _) => {
                self.may_name(None);
                Part::Is(Element::Principal(NOBODY))
            }
            ElementKind::Condition(conditions) => self.conditions(conditions, effect, side)?,
            ElementKind::Hole(Unknown::Condition, _) => match side {
                Side::Grown => Part::Always,
                Side::Shrunk => Part::Never,
            },
        })
    }

    /// The principals that are known; that there may be others is noted.
    fn principals(&mut self, principals: &syntax::Principals<L>) -> Principals {
        let policy = self.policy;
        let known = |values: &syntax::Values<L>| -> Vec<String> {
            let is_known = |text: &&Text<L>| holes_in_text(policy, text).is_empty();
            values.items.iter().filter(is_known).map(|text| text.value.clone()).collect()
        };
        match principals {
            syntax::Principals::ByType(principals) => {
                let mut all = Vec::new();
                for principal in principals {
                    let texts = known(&principal.values);
                    if texts.len() < principal.values.items.len() {
                        self.may_name(Some(principal.kind));
                    }
                    if let Some(values) = values(principal.values.shape, texts, |text| text) {
                        all.push(Principal { kind: principal.kind, values });
                    }
                }
                Principals::ByType(Cow::Owned(all))
            }
            syntax::Principals::Listed(listed) => {
                let texts = known(listed);
                if texts.len() < listed.items.len() {
                    self.may_name(None);
                }
                // An empty list is everybody only where the source has one.
                let is_empty = listed.items.is_empty();
                let nothing = Values { shape: listed.shape, items: Cow::Borrowed(&[]) };
                match values(listed.shape, texts, |text| text) {
                    Some(values) => Principals::Listed(values),
                    None if is_empty => Principals::Listed(nothing),
                    None => NOBODY,
                }
            }
        }
    }

    fn conditions(
        &self,
        conditions: &[syntax::Condition<L>],
        effect: Effect,
        side: Side,
    ) -> Option<Part> {
        let is_open = |text: &Text<L>| !holes_in_text(self.policy, text).is_empty();
        let unclear = match side {
            Side::Grown => Part::Always,
            Side::Shrunk => Part::Never,
        };
        // What stands under a name that is not known may take the place of what stands under another.
        if conditions.iter().any(|condition| is_open(&condition.operator)) {
            return Some(unclear);
        }
        let mut bounded: Vec<Condition> = Vec::new();
        for condition in conditions {
            let operator = match ConditionOperator::from_name(&condition.operator.value)? {
                ConditionOperator::Known(operator) => operator,
                // What it means is not known: it keeps a statement from allowing and none from denying.
                ConditionOperator::OfSet(..) => match effect {
                    Effect::Allow if condition.keys.is_empty() => continue,
                    Effect::Allow => return Some(Part::Never),
                    Effect::Deny => continue,
                },
            };
            if condition.keys.iter().any(|key| is_open(&key.key)) {
                match side {
                    Side::Grown => continue,
                    Side::Shrunk => return Some(Part::Never),
                }
            }
            for key in &condition.keys {
                match test(self.policy, operator, &key.values, effect, side) {
                    Tested::As(operator, values) => {
                        let key = Cow::Owned(key.key.value.clone());
                        let keys = Cow::Owned(Vec::from([KeyCondition { key, values }]));
                        let operator = ConditionOperator::Known(operator);
                        bounded.push(Condition { operator, keys });
                    }
                    Tested::Always => {}
                    Tested::Never => return Some(Part::Never),
                }
            }
        }
        Some(if bounded.is_empty() {
            Part::Always
        } else {
            Part::Is(Element::Condition(Cow::Owned(bounded)))
        })
    }
}

/// Nobody who is known.
const NOBODY: Principals = Principals::ByType(Cow::Borrowed(&[]));

/// A statement that never matches.
fn never(effect: Effect) -> Statement {
    let nothing = Values::plain(Vec::new());
    Statement {
        effect,
        elements: Cow::Owned(Vec::from([Element::Effect, Element::Action(nothing)])),
    }
}

/// A statement that matches every request.
fn everything(effect: Effect) -> Statement {
    let actions = Element::Action(one(ActionPattern::new("*".into())));
    Statement { effect, elements: Cow::Owned(Vec::from([Element::Effect, actions])) }
}

fn one(action: ActionPattern) -> Values<ActionPattern> {
    Values::plain(Vec::from([action]))
}

/// The values of a list; `None` for a list of nothing.
fn values<T: Clone>(
    shape: Shape,
    texts: Vec<String>,
    classify: impl Fn(Cow<'static, str>) -> T,
) -> Option<Values<T>> {
    let shape = shape.kept(texts.len());
    let items: Vec<T> = texts.into_iter().map(|text| classify(Cow::Owned(text))).collect();
    (!items.is_empty()).then_some(Values { shape, items: Cow::Owned(items) })
}

/// The text of an action on one side; `None` where it may cover nothing.
fn action_text<L: Clone>(policy: &syntax::Policy<L>, text: &Text<L>, side: Side) -> Option<String> {
    let holes = holes_in_text(policy, text);
    if holes.is_empty() {
        return Some(text.value.clone());
    }
    match side {
        // The first colon of a text divides it. No action has another, so that a hole before it
        // which contains one covers no action.
        Side::Grown if literals(&text.value, &holes).iter().any(|part| part.contains(':')) => {
            Some(filled(&text.value, &holes, "*"))
        }
        Side::Grown => Some("*".to_string()),
        Side::Shrunk => None,
    }
}

/// The texts of a resource on one side; none where it may cover nothing.
fn resource_texts<L: Clone>(policy: &syntax::Policy<L>, text: &Text<L>, side: Side) -> Vec<String> {
    let holes = holes_in_text(policy, text);
    match side {
        _ if holes.is_empty() => Vec::from([text.value.clone()]),
        Side::Grown => grown_resource(&text.value, &holes),
        Side::Shrunk => Vec::new(),
    }
}

/// Patterns that cover what an ARN with holes may cover. A colon in a hole moves the fields behind
/// it to the right.
fn grown_resource<L>(text: &str, holes: &[TextHole<L>]) -> Vec<String> {
    let parts = literals(text, holes);
    if parts.concat().chars().all(|character| character == '*') {
        return Vec::from(["*".to_string()]);
    }
    let fields = fields(text, holes);
    let is_open = |field: &Field<'_>| field.holes > 0;
    let Some(first) = fields.iter().position(is_open).filter(|first| *first < 4) else {
        return Vec::from([filled(text, holes, "*")]);
    };
    // Where a hole has a colon, the fields before it stay, its own begins as it does, and those
    // behind it may be anything.
    let mut moved: Vec<String> =
        fields.iter().take(first).map(|field| field.filled.clone()).collect();
    moved.push(match fields.get(first) {
        Some(field) if first > 0 => format!("{}*", field.start),
        _ => "acs".to_string(),
    });
    moved.resize(4, "*".to_string());
    let moved = moved.join(":");
    let (Some(account), Some(relative)) = (fields.get(3), fields.get(4)) else {
        // The colons that are missing stand in holes, before what is behind all of them.
        let end = fields.last().map_or("", |field| field.end);
        return Vec::from([format!("{moved}:*{end}")]);
    };
    // With one colon more, the last field begins no later than behind the last hole before the
    // fourth colon that is written, or behind the third.
    let more = format!("{moved}:*{}:{}", account.end, relative.filled);
    let mut as_written: Vec<&str> = fields.iter().map(|field| field.filled.as_str()).collect();
    if let (0, Some(prefix)) = (first, as_written.first_mut()) {
        *prefix = "acs";
    }
    Vec::from([as_written.join(":"), more])
}

/// A field of an ARN with holes, as the colons that are written divide it.
struct Field<'t> {
    /// What stands before its first hole.
    start: &'t str,
    /// What stands behind its last hole, which is all of it where there is none.
    end: &'t str,
    /// With `*` for each hole.
    filled: String,
    /// How many holes it has.
    holes: usize,
}

/// The first four fields and the rest, divided by the colons outside of holes.
fn fields<'t, L>(text: &'t str, holes: &[TextHole<L>]) -> Vec<Field<'t>> {
    let is_written = |at: &usize| holes.iter().all(|hole| !hole.range.contains(at));
    let colons = text.match_indices(':').map(|(at, _)| at).filter(is_written).take(4);
    let ends: Vec<usize> = colons.chain(core::iter::once(text.len())).collect();
    let mut start = 0;
    let mut fields = Vec::with_capacity(5);
    for end in ends {
        let inside: Vec<&TextHole<L>> = holes
            .iter()
            .filter(|hole| start <= hole.range.start && hole.range.end <= end)
            .collect();
        let first = inside.first().map_or(end, |hole| hole.range.start);
        let last = inside.last().map_or(start, |hole| hole.range.end);
        let mut filled = String::new();
        let mut done = start;
        for hole in &inside {
            filled.push_str(text.get(done..hole.range.start).unwrap_or(""));
            filled.push('*');
            done = hole.range.end;
        }
        filled.push_str(text.get(done..end).unwrap_or(""));
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or("");
        let (start_text, end_text) = (part(start, first), part(last, end));
        fields.push(Field { start: start_text, end: end_text, filled, holes: inside.len() });
        start = end + 1;
    }
    fields
}

/// What is left of a test of a key on one side.
enum Tested {
    As(Operator, Values<Operand>),
    Always,
    Never,
}

/// Bounds a test of a key. What its operator cannot read makes an `Allow` not match and a `Deny`
/// match, and a hole may contain such a value.
fn test<L: Clone>(
    policy: &syntax::Policy<L>,
    operator: Operator,
    wanted: &syntax::Values<L>,
    effect: Effect,
    side: Side,
) -> Tested {
    let read = |text: String| {
        let text: Cow<'static, str> = Cow::Owned(text);
        Operand::read(operator, text.clone()).unwrap_or(Operand { text, meaning: Meaning::Invalid })
    };
    let mut known: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for text in &wanted.items {
        let holes = holes_in_text(policy, text);
        if holes.is_empty() {
            known.push(text.value.clone());
        } else {
            open.push(filled(&text.value, &holes, "*"));
        }
    }
    let as_written = |known: Vec<String>| {
        let shape = wanted.shape.kept(known.len());
        let items: Vec<Operand> = known.into_iter().map(read).collect();
        Tested::As(operator, Values { shape, items: Cow::Owned(items) })
    };
    if open.is_empty() {
        return as_written(known);
    }
    let unreadable = || {
        let nothing = Operand { text: Cow::Borrowed(""), meaning: Meaning::Invalid };
        Tested::As(operator, Values::plain(Vec::from([nothing])))
    };
    // More values make a positive test hold more often and a negated one less often.
    let is_wider = (side == Side::Grown) != operator.negated();
    if operator.family() == Family::String {
        return match (is_wider, known.is_empty()) {
            (true, _) => wider_text(operator, known, open),
            (false, false) => as_written(known),
            (false, true) if operator.negated() => Tested::Always,
            (false, true) => Tested::Never,
        };
    }
    match (effect, side, operator.negated()) {
        (Effect::Allow, Side::Grown, false) | (Effect::Deny, Side::Shrunk, true) => {
            match operator.family().rules().all {
                Some(everything) => {
                    known.extend(everything.iter().map(ToString::to_string));
                    as_written(known)
                }
                None if side == Side::Grown => Tested::Always,
                None => Tested::Never,
            }
        }
        (Effect::Allow, Side::Grown, true) if known.is_empty() => Tested::Always,
        (Effect::Deny, Side::Shrunk, false) if known.is_empty() => Tested::Never,
        (Effect::Allow, Side::Grown, true) | (Effect::Deny, Side::Shrunk, false) => {
            as_written(known)
        }
        // Where a value cannot be read, only a request without the key is known to match ...
        (Effect::Allow, Side::Shrunk, true) => unreadable(),
        (Effect::Allow, Side::Shrunk, false) => Tested::Never,
        // ... and a request with the key is taken to match.
        (Effect::Deny, Side::Grown, false) => unreadable(),
        (Effect::Deny, Side::Grown, true) => Tested::Always,
    }
}

/// A test of texts that holds for all that the values may be.
fn wider_text(operator: Operator, mut known: Vec<String>, open: Vec<String>) -> Tested {
    let like = if operator.negated() { Operator::StringNotLike } else { Operator::StringLike };
    // A pattern minds the case of letters.
    if operator.comparison() == Comparison::Text(TextComparison::EqualIgnoreCase) {
        known = Vec::from(["*".to_string()]);
    } else {
        known.extend(open);
    }
    let pattern = |text: String| {
        let text: Cow<'static, str> = Cow::Owned(text);
        Operand::read(like, text.clone()).unwrap_or(Operand { text, meaning: Meaning::Text })
    };
    let items: Vec<Operand> = known.into_iter().map(pattern).collect();
    Tested::As(like, Values::plain(items))
}
