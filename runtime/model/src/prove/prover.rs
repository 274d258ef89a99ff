//! Asks the questions about documents, and has every answer confirmed by the evaluator.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};

use super::budget::{Budget, Effort, OF_A_KEY, Size};
use super::dimension::{Answers, Part, likely_resource};
use super::proof::{Counterexample, Proof, Reason};
use super::ranges::Ranges;
use super::search::{Asserted, Search};
use super::statement::{Statement, statements};
use super::universe::Scope;
use super::universe::Subject;
use super::universe::Universe;
use super::universe::run_of_actions;
use crate::catalogue::ActionRow;
use crate::decide::evaluate::evaluate_by_name;
use crate::document::{Document, Element};
use crate::request::Request;
use crate::request::owned::OwnedRequest;
use crate::terms::arn::{Arn, Fields};
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::glob::Kind;
use crate::terms::operator::ConditionOperator;
use crate::text::order;

/// Compares policies, or sets of policies, for every request.
///
/// The policies of a set decide together, as those of one caller: RAM puts their statements
/// together (RAM: How RAM evaluates policies).
///
/// ```
/// use ram_policy::{Prover, policy};
///
/// let stop = policy! { allow ecs::StopInstance* on *; };
/// let one = policy! { allow ecs::StopInstance on *; };
/// let several = policy! { allow ecs::StopInstances on *; };
/// // An action that ECS may get tomorrow may begin in the same way.
/// assert!(!Prover::new().within([&stop], [&one, &several]).is_yes());
/// // The catalogue has no other.
/// assert!(Prover::new().catalogue_only().within([&stop], [&one, &several]).is_yes());
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Prover {
    catalogue_only: bool,
    all_resources_only: bool,
}

/// The documents of one side, which decide together.
pub(crate) struct Side<'d> {
    documents: Vec<Cow<'d, Document>>,
    /// How much there is to read.
    size: Size,
}

/// The statements of one side that can match, by effect.
struct Split {
    allows: Vec<Statement>,
    denies: Vec<Statement>,
}

/// What a request is to show: that all of some sides allow it, and another one does not.
#[derive(Clone, Copy)]
struct Aim<'s, 'd> {
    allowed_by: &'s [&'s Side<'d>],
    refused_by: Option<&'s Side<'d>>,
}

impl<'s, 'd> Aim<'s, 'd> {
    fn sides(self) -> impl Iterator<Item = &'s Side<'d>> + Clone {
        self.allowed_by.iter().copied().chain(self.refused_by)
    }

    /// What questions about these documents may take.
    fn effort(self) -> Effort {
        Effort::for_size(self.sides().map(|side| side.size).fold(Size::default(), Size::and))
    }

    fn is_shown_by(self, request: &Request<'_>) -> bool {
        self.allowed_by.iter().all(|side| side.allows(request))
            && self.refused_by.is_none_or(|side| !side.allows(request))
    }
}

/// Two sides that are compared for one set of actions of the catalogue after another, with what
/// one question about them may take for all.
#[doc(hidden)]
pub struct Comparison<'d> {
    old: Side<'d>,
    new: Side<'d>,
    effort: Effort,
}

impl<'d> Comparison<'d> {
    /// Compares these two.
    pub(crate) fn of(old: Side<'d>, new: Side<'d>) -> Self {
        let effort = effort_for(&[&old, &new]);
        Self { old, new, effort }
    }

    /// For requests of these actions: whether the old side allows all that the new one allows, and
    /// the reverse.
    pub fn of_actions(&mut self, rows: &[ActionRow]) -> (Proof, Proof) {
        let numbers = rows.iter().map(|row| row.id().number());
        let actions = Ranges::of(numbers.map(|number| run_of_actions(number, number)));
        let Self { old, new, effort } = self;
        let prover = Prover::new().catalogue_only();
        let mut within = |left: &Side<'_>, right: &Side<'_>| {
            prover.difference(left, right, Some(&actions), effort)
        };
        (within(new, old), within(old, new))
    }
}

impl Prover {
    /// A prover that ranges over every well-formed action, in the catalogue or not.
    #[must_use]
    pub const fn new() -> Self {
        Self { catalogue_only: false, all_resources_only: false }
    }

    /// Ranges over the actions of the catalogue only, so that a wildcard is what it covers today.
    #[must_use]
    pub const fn catalogue_only(mut self) -> Self {
        self.catalogue_only = true;
        self
    }

    /// Ranges over requests for the resource `*` only, which is what RAM asks about where an action has
    /// no resource-level authorization ("All Resources").
    ///
    /// ```
    /// use ram_policy::{Prover, policy};
    ///
    /// let all = policy! { allow ecs::CreateInstance on *; };
    /// let some = policy! {
    ///     #![allow(no_resource_level)]
    ///     allow ecs::CreateInstance on "acs:ecs:*:*:instance/*";
    /// };
    /// let prover = Prover::new().all_resources_only();
    /// assert_eq!(prover.common_request([&some], [&all])?, None);
    /// assert!(Prover::new().common_request([&some], [&all])?.is_some());
    /// # Ok::<(), ram_policy::prove::Reason>(())
    /// ```
    #[must_use]
    pub const fn all_resources_only(mut self) -> Self {
        self.all_resources_only = true;
        self
    }

    /// Whether the right side allows every request that the left side allows.
    pub(crate) fn prove_within(self, left: &Side<'_>, right: &Side<'_>) -> Proof {
        self.difference(left, right, None, &mut effort_for(&[left, right]))
    }

    /// Whether both sides allow the same requests.
    pub(crate) fn prove_equivalent(self, left: &Side<'_>, right: &Side<'_>) -> Proof {
        self.prove_equivalent_by(left, right, &mut effort_for(&[left, right]))
    }

    /// As [`Prover::prove_equivalent`], with what is left for several questions.
    pub(super) fn prove_equivalent_by(
        self,
        left: &Side<'_>,
        right: &Side<'_>,
        effort: &mut Effort,
    ) -> Proof {
        let there = self.difference(left, right, None, effort);
        if matches!(there, Proof::No(_)) {
            return there;
        }
        match (there, self.difference(right, left, None, effort)) {
            (Proof::Yes, Proof::Yes) => Proof::Yes,
            (_, no @ Proof::No(_)) => no,
            (unknown @ (Proof::Unknown(_) | Proof::No(_)), _) | (_, unknown) => unknown,
        }
    }

    /// Whether both sides allow some request.
    pub(crate) fn prove_overlap(self, left: &Side<'_>, right: &Side<'_>) -> Proof {
        let effort = &mut effort_for(&[left, right]);
        let common = Aim { allowed_by: &[left, right], refused_by: None };
        match self.ask(common, None, effort) {
            Ok(Some(_)) => Proof::Yes,
            Err(reason) => Proof::Unknown(reason),
            // What they do not share, one of them has alone.
            Ok(None) => match (
                self.difference(left, right, None, effort),
                self.difference(right, left, None, effort),
            ) {
                (no @ Proof::No(_), _) | (Proof::Yes, no @ Proof::No(_)) => no,
                (unknown @ Proof::Unknown(_), _) | (_, unknown @ Proof::Unknown(_)) => unknown,
                (Proof::Yes, Proof::Yes) => {
                    Proof::No(Counterexample::new(OwnedRequest::new("sts:GetCallerIdentity", "*")))
                }
            },
        }
    }

    /// A request that all of these sides allow, and the other one, if any, does not; `None` when
    /// there is none.
    pub(crate) fn find(
        self,
        allowed_by: &[&Side<'_>],
        refused_by: Option<&Side<'_>>,
    ) -> Result<Option<Counterexample>, Reason> {
        let aim = Aim { allowed_by, refused_by };
        self.ask(aim, None, &mut aim.effort())
    }

    fn difference(
        self,
        left: &Side<'_>,
        right: &Side<'_>,
        actions: Option<&Ranges>,
        effort: &mut Effort,
    ) -> Proof {
        let aim = Aim { allowed_by: &[left], refused_by: Some(right) };
        match self.ask(aim, actions, effort) {
            Ok(None) => Proof::Yes,
            Ok(Some(counterexample)) => Proof::No(counterexample),
            Err(reason) => Proof::Unknown(reason),
        }
    }

    /// A request that shows what is asked for; of the actions of the catalogue, these alone.
    fn ask(
        self,
        aim: Aim<'_, '_>,
        actions: Option<&Ranges>,
        effort: &mut Effort,
    ) -> Result<Option<Counterexample>, Reason> {
        let mut undecided = None;
        let scopes = self.scopes(aim);
        for (done, scope) in scopes.iter().copied().enumerate() {
            let question = Question { scope, aim, actions };
            // Those that come first are mostly answered at once, and leave what they had.
            match effort.ask(scopes.len() - done, |budget| question.ask(budget)) {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) => {}
                // Those of the catalogue are searched once more among all.
                Err(_) if scope.catalogue_only && !self.catalogue_only => {}
                Err(reason) => undecided = undecided.or(Some(reason)),
            }
        }
        undecided.map_or(Ok(None), Err)
    }

    /// The scopes to search, those with the most ordinary requests first.
    fn scopes(self, aim: Aim<'_, '_>) -> Vec<Scope> {
        let tells_stars = aim.sides().any(Side::tells_stars);
        [(true, false), (true, true), (false, false), (false, true)]
            .into_iter()
            .map(|(catalogue_only, star_resource)| Scope { catalogue_only, star_resource })
            .filter(|scope| scope.catalogue_only || !self.catalogue_only)
            .filter(|scope| match self.all_resources_only {
                true => scope.star_resource,
                false => !scope.star_resource || tells_stars,
            })
            .collect()
    }
}

impl<'d> Side<'d> {
    pub(crate) fn of(documents: impl IntoIterator<Item = Cow<'d, Document>>) -> Self {
        let documents: Vec<Cow<'_, Document>> = documents.into_iter().collect();
        let sizes = documents.iter().map(|document| Size::of(document));
        let size = sizes.fold(Size::default(), Size::and);
        Self { documents, size }
    }

    fn allows(&self, request: &Request<'_>) -> bool {
        let decisions =
            || self.documents.iter().map(|document| evaluate_by_name(document, request));
        decisions().any(Decision::is_allow)
            && !decisions().any(|decision| matches!(decision, Decision::ExplicitDeny { .. }))
    }

    fn split(&self, universe: &mut Universe) -> Split {
        let (allows, denies) = self
            .documents
            .iter()
            .flat_map(|document| statements(document, universe))
            .partition(|statement| statement.effect == Effect::Allow);
        Split { allows, denies }
    }

    /// Whether some pattern may tell the resource `*` of some action from every ARN. The service of
    /// that resource is the action's code, and may have characters that the service of an ARN has
    /// not; a pattern without wildcards in that place treats it as any other service.
    fn tells_stars(&self) -> bool {
        let elements = self
            .documents
            .iter()
            .flat_map(|document| document.statements.iter())
            .flat_map(|statement| statement.elements.iter());
        let mut resources = elements.map(Element::resources);
        resources.any(|resources| {
            resources.iter().any(|resource| {
                resource.fields.is_some_and(|Fields { service, .. }| match service.kind() {
                    Kind::Any => false,
                    Kind::Exact => {
                        let service = service.literal(&resource.text);
                        let arn = Arn { service, region: "", account: "1", relative_id: "x" };
                        arn.check(false).is_err()
                    }
                    Kind::Prefix | Kind::Suffix | Kind::General => true,
                })
            })
        })
    }
}

/// What questions about these documents may take.
fn effort_for(sides: &[&Side<'_>]) -> Effort {
    Aim { allowed_by: sides, refused_by: None }.effort()
}

/// What is asked about one scope.
#[derive(Clone, Copy)]
struct Question<'q, 's, 'd> {
    scope: Scope,
    aim: Aim<'s, 'd>,
    /// The actions of the catalogue that are searched, if not all are.
    actions: Option<&'q Ranges>,
}

impl Question<'_, '_, '_> {
    /// A request of the scope that shows what is asked for, as the evaluator confirms.
    fn ask(self, budget: &mut Budget) -> Result<Option<Counterexample>, Reason> {
        budget.spend(self.aim.sides().map(|side| side.size.steps).sum())?;
        let documents = self.aim.sides().flat_map(|side| &side.documents).map(|found| &**found);
        if let Some(operator) = documents.clone().find_map(set_operator) {
            return Err(Reason::SetOperator { operator });
        }
        let universe = Universe::of(documents, self.scope, self.actions);
        ask_in(universe, self.aim, budget)
    }
}

fn ask_in(
    mut universe: Universe,
    aim: Aim<'_, '_>,
    budget: &mut Budget,
) -> Result<Option<Counterexample>, Reason> {
    let allowing: Vec<Split> = aim.allowed_by.iter().map(|of| of.split(&mut universe)).collect();
    let refusing = aim.refused_by.map(|side| side.split(&mut universe));
    let mut answers = Answers::default();
    let mut undecided = None;
    // Every key is compared with the catalogue, every statement with the request.
    let statements = allowing.iter().chain(&refusing).map(|of| of.allows.len() + of.denies.len());
    let of_showing = OF_A_KEY * universe.dimensions().count() + 2 * statements.sum::<usize>();
    let shows =
        |found: &Counterexample| found.request().is_ok_and(|request| aim.is_shown_by(&request));
    let shows_it = |asserted: &Asserted| {
        request_of(&universe, asserted, false).is_ok_and(|found| shows(&found))
    };
    for (matched, missed) in goals(&allowing, refusing.as_ref()) {
        let search = Search::new(&universe, budget, &mut answers, &shows_it, of_showing);
        match search.find(&matched, &missed) {
            Ok(Some(asserted)) => {
                for is_likely in [true, false] {
                    let found = request_of(&universe, &asserted, is_likely)?;
                    if shows(&found) {
                        return Ok(Some(found));
                    }
                }
                return Err(Reason::NotConfirmed(request_of(&universe, &asserted, false)?));
            }
            Ok(None) => {}
            Err(reason) => {
                undecided = undecided.or(Some(reason));
                if budget.check().is_err() {
                    break;
                }
            }
        }
    }
    undecided.map_or(Ok(None), Err)
}

/// An operator of a document whose meaning is not known.
fn set_operator(document: &Document) -> Option<&'static str> {
    let elements = document.statements.iter().flat_map(|statement| statement.elements.iter());
    let mut conditions = elements.flat_map(|element| match element {
        Element::Condition(conditions) => conditions.iter(),
        Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Resource(_)
        | Element::Principal(_)
        | Element::Sid(_) => [].iter(),
    });
    conditions.find_map(|condition| match condition.operator {
        ConditionOperator::Known(_) => None,
        ConditionOperator::OfSet(..) => Some(condition.operator.name()),
    })
}

/// Which statements a request must match, and which it must not, to show what is asked for; one
/// way is enough.
fn goals<'s>(
    allowing: &'s [Split],
    refusing: Option<&'s Split>,
) -> impl Iterator<Item = (Vec<&'s Statement>, Vec<&'s Statement>)> {
    let denies = || allowing.iter().flat_map(|side| &side.denies);
    ways(allowing).flat_map(move |allows| {
        let Some(refusing) = refusing else {
            return Vec::from([(allows, denies().collect::<Vec<_>>())]);
        };
        let by_nothing = (allows.clone(), denies().chain(&refusing.allows).collect());
        let by_a_denial = refusing
            .denies
            .iter()
            .map(|deny| (allows.iter().copied().chain([deny]).collect(), denies().collect()));
        [by_nothing].into_iter().chain(by_a_denial).collect()
    })
}

/// Every way to take one statement that allows of each side.
fn ways(sides: &[Split]) -> impl Iterator<Item = Vec<&Statement>> {
    let all = sides.iter().map(|side| side.allows.len());
    let all = all.fold(1usize, usize::saturating_mul);
    (0..all).filter_map(|way| {
        let mut rest = way;
        // The last side changes first.
        let mut taken: Vec<&Statement> = sides
            .iter()
            .rev()
            .map(|side| {
                let place = rest % side.allows.len();
                rest /= side.allows.len();
                side.allows.get(place)
            })
            .collect::<Option<_>>()?;
        taken.reverse();
        Some(taken)
    })
}

/// The request of the parts that meet what is asserted, or with the likeliest resource that does.
fn request_of(
    universe: &Universe,
    asserted: &Asserted,
    is_likely: bool,
) -> Result<Counterexample, Reason> {
    let mut action = String::new();
    let mut resource = "*".to_string();
    let mut context: Vec<(String, Part)> = Vec::new();
    for ((_, dimension), (literals, part)) in universe.dimensions().zip(asserted.parts()?) {
        let text = |part: &Part| part.first().cloned().unwrap_or_default();
        match &dimension.subject {
            Subject::Action { .. } => action = text(part),
            Subject::Resource if universe.scope.star_resource => {}
            Subject::Resource => {
                let found =
                    is_likely.then(|| likely_resource(dimension, literals, &action)).flatten();
                resource = format!("acs:{}", found.unwrap_or_else(|| text(part)));
            }
            Subject::Key(key) if !part.is_empty() => {
                context.push((key.name.clone(), part.clone()));
            }
            Subject::Key(_) => {}
        }
    }
    let mut request = OwnedRequest::new(action, resource);
    order::sort(&mut context);
    request.context = context;
    Ok(Counterexample::new(request))
}
