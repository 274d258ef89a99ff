//! Checks policies with holes: each hole is reported once, and what is known is judged as far as it
//! is wrong whatever the holes contain.

use alloc::vec::Vec;

use super::action::Coverage;
use super::context::Check;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::hole;
use crate::source::syntax::{
    Condition, Element, ElementKind, KeyCondition, Policy, Principal, Principals, Statement, Values,
};
use crate::terms::kind::{About, PolicyKind};
use crate::text::hole::{filled, literals};
use crate::text::place::Text;

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// One text or element, so that a hole elsewhere changes nothing. The resources and keys that no
    /// action of a statement takes are such, for its actions are taken as wide as they may be.
    Text,
    /// A statement as a whole.
    Statement,
    /// All statements.
    Policy,
}

const fn scope(rule: Rule) -> Scope {
    match rule {
        Rule::Syntax
        | Rule::Grammar
        | Rule::FailedClaim
        | Rule::Guardrail
        | Rule::WrongType
        | Rule::DuplicateElement
        | Rule::UnknownElement
        | Rule::MissingElement
        | Rule::TwoActionElements
        | Rule::WrongVersion
        | Rule::VersionNumber
        | Rule::WrongEffect
        | Rule::EmptyList
        | Rule::EmptyCondition
        | Rule::Sid
        | Rule::EmptyText
        | Rule::MalformedAction
        | Rule::UnknownService
        | Rule::MisspeltService
        | Rule::UnknownAction
        | Rule::UnfamiliarAction
        | Rule::EmptyWildcard
        | Rule::MalformedArn
        | Rule::UnmatchableArn
        | Rule::NotChecked
        | Rule::Placeholder
        | Rule::Parameter
        | Rule::UselessResource
        | Rule::MalformedKey
        | Rule::UnknownKey
        | Rule::MisspeltKey
        | Rule::UnfilledKey
        | Rule::UnknownOperator
        | Rule::SetOperator
        | Rule::OperatorType
        | Rule::InvalidValue
        | Rule::LiteralWildcard
        | Rule::SeveralBooleans
        | Rule::OtherDialect
        | Rule::ServiceLinkedRole
        | Rule::ActionCase
        | Rule::DeprecatedAction
        | Rule::ReplacedAction
        | Rule::DuplicateAction
        | Rule::DuplicateResource
        | Rule::DuplicateValue
        | Rule::DuplicatePrincipal
        | Rule::Principal
        | Rule::EmptyPrincipal
        | Rule::IneffectiveAction
        | Rule::StarRun
        | Rule::WildcardInside
        | Rule::CoveredAction
        | Rule::CoveredResource
        | Rule::SingleActionWildcard
        | Rule::WideWildcard
        | Rule::ServiceName
        | Rule::PrivateSourceIp
        | Rule::IpHostBits
        | Rule::IpEverything
        | Rule::IpSingleBlock
        | Rule::OrderOfSeveral
        | Rule::LikeWithoutWildcard
        | Rule::HiddenCharacter
        | Rule::LookAlikeCharacter
        | Rule::UnlistedAction
        | Rule::UnlistedServiceAction => Scope::Text,
        Rule::NoResourceLevel
        | Rule::Trust
        | Rule::DuplicateStatement
        | Rule::CoveredStatement
        | Rule::ShadowedAllow
        | Rule::UnmatchableStatement
        | Rule::WholeService
        | Rule::WildcardService
        | Rule::PartlyNoResourceLevel
        | Rule::CoarseService
        | Rule::ActionWithoutResource
        | Rule::PassRoleAnywhere
        | Rule::AssumeRoleAnywhere
        | Rule::PrivilegeEscalation
        | Rule::ServiceLinkedRoleAnywhere
        | Rule::MfaGate
        | Rule::MfaLockout
        | Rule::DenyWithoutKey
        | Rule::TagOnList
        | Rule::AnyValue
        | Rule::PartlyUnfilledKey
        | Rule::TrustOfWholeAccount
        | Rule::OidcWithoutAudience
        | Rule::StarOnStar
        | Rule::NotActionAllow
        | Rule::Public
        | Rule::SourceIpAlone => Scope::Statement,
        Rule::IdleDeny | Rule::MissingDependentAction | Rule::TooLong | Rule::NearLimit => {
            Scope::Policy
        }
    }
}

impl<'a, L: Copy> Check<'a, L> {
    /// Reports what is wrong whatever the holes contain, and the holes.
    pub(super) fn open(&mut self) {
        let policy = self.policy;
        let (whole, open): (Vec<&Statement<L>>, Vec<&Statement<L>>) =
            policy.statements.iter().partition(|statement| hole::is_known(statement));
        let of_policy = |statements: Vec<Statement<L>>| Policy {
            statements,
            // What is left out is not missing.
            broken: true,
            ..policy.clone()
        };
        let whole = of_policy(whole.into_iter().cloned().collect());
        let mut of_whole = self.of(&whole);
        of_whole.known();
        keep(of_whole.report, &mut self.report, |rule| scope(rule) != Scope::Policy);
        for statement in open {
            for hole in hole::of_statement(statement) {
                self.report.add(hole.at, Rule::NotChecked, hole::not_checked(&hole.name));
            }
            let parts = Parts::of(statement);
            let mut of_known = self.again();
            match self.kind.rules().about {
                About::Role => {
                    of_known.elements(&parts.known);
                    of_known.trust(&parts.known);
                }
                About::Resources | About::Kept(_) => {
                    let widest = self.widest(&parts);
                    of_known.known_parts(&parts, &widest);
                    self.texts_with_holes(&parts, &widest);
                }
            }
            let conditions_known = parts.conditions_known;
            keep(of_known.report, &mut self.report, |rule| {
                scope(rule) == Scope::Text || (rule == Rule::Trust && conditions_known)
            });
            // Letters that deceive are looked for in what stands around holes, too.
            let grown = of_policy([parts.grown].into());
            let mut of_grown = self.of(&grown);
            of_grown.characters();
            self.report.extend(of_grown.report.into_diagnostics());
        }
    }

    /// Checks what is known of a statement.
    fn known_parts(&mut self, parts: &Parts<L>, widest: &Coverage<'_, L>) {
        let known = &parts.known;
        if self.is_of_another_language(known) {
            return;
        }
        self.elements(known);
        if let PolicyKind::Resource(kind) = self.kind {
            self.kept(known, kind);
        }
        let coverage = self.actions(known);
        self.spelling(&coverage);
        self.width(known, &coverage);
        self.repetition(known);
        self.resources(known, widest);
        self.conditions(known, widest);
    }

    /// Reports texts that are wrong whatever their holes contain.
    fn texts_with_holes(&mut self, parts: &Parts<L>, widest: &Coverage<'_, L>) {
        let mut of_texts = self.again();
        of_texts.actions(&parts.judged);
        of_texts.resources(&parts.judged, widest);
        keep(of_texts.report, &mut self.report, |rule| {
            matches!(
                rule,
                Rule::UnknownService
                    | Rule::MisspeltService
                    | Rule::EmptyWildcard
                    | Rule::MalformedArn
                    | Rule::UselessResource
            )
        });
    }

    /// What the actions of a statement may cover at most; unknown where an element may hide.
    fn widest<'p>(&self, parts: &'p Parts<L>) -> Coverage<'p, L>
    where
        'a: 'p,
    {
        match parts.grown.actions() {
            Some(_) => self.again().actions(&parts.grown),
            None => Coverage::of_anything(),
        }
    }
}

/// Takes over what is found of some rules.
fn keep<L>(found: Report<L>, report: &mut Report<L>, is_kept: impl Fn(Rule) -> bool) {
    let mut found = found.into_diagnostics();
    found.retain(|diagnostic| is_kept(diagnostic.rule));
    report.extend(found);
}

/// A statement with holes, taken apart.
struct Parts<L> {
    /// What of it is known.
    known: Statement<L>,
    /// With `*` in place of the holes of texts.
    grown: Statement<L>,
    /// The texts with holes, with `*` in their place, where something of them can be judged.
    judged: Statement<L>,
    conditions_known: bool,
}

impl<L: Copy> Parts<L> {
    fn of(statement: &Statement<L>) -> Self {
        let map = |text: &dyn Fn(&Text<L>) -> Option<Text<L>>, names: bool| Statement {
            elements: statement
                .elements
                .iter()
                .filter_map(|element| {
                    Some(Element { at: element.at, kind: mapped(&element.kind, text, names)? })
                })
                .collect(),
            at: statement.at,
            broken: true,
            // Their places stay what they are: no list of actions has both holes and selections.
            selections: statement.selections.clone(),
        };
        let known = map(&|text| text.holes.is_empty().then(|| text.clone()), true);
        let grown = map(&|text| Some(star(text)), false);
        let mut judged = map(&|text| can_be_judged(text).then(|| star(text)), false);
        judged.elements.retain(|element| {
            matches!(
                element.kind,
                ElementKind::Action(_) | ElementKind::NotAction(_) | ElementKind::Resource(_)
            )
        });
        let conditions_known = statement.elements.iter().all(|element| match &element.kind {
            ElementKind::Hole(..) => false,
            ElementKind::Condition(conditions) => conditions.iter().all(|condition| {
                condition.operator.holes.is_empty()
                    && condition.keys.iter().all(|key| {
                        key.key.holes.is_empty()
                            && key.values.items.iter().all(|value| value.holes.is_empty())
                    })
            }),
            ElementKind::Effect(_)
            | ElementKind::Action(_)
            | ElementKind::NotAction(_)
            | ElementKind::Resource(_)
            | ElementKind::Principal(_)
            | ElementKind::Sid(_) => true,
        });
        Self { known, grown, judged, conditions_known }
    }
}

/// A text with `*` in place of its holes.
fn star<L: Copy>(text: &Text<L>) -> Text<L> {
    let value = filled(&text.value, &text.holes, "*");
    Text { value, at: text.at, head: text.head, holes: Vec::new() }
}

/// Whether a text with holes is wrong whatever they contain if it is wrong with `*` in their place:
/// no colon of a hole can move what is known of an action or ARN.
fn can_be_judged<L>(text: &Text<L>) -> bool {
    let before = literals(&text.value, &text.holes).first().copied().unwrap_or("");
    let colons = before.matches(':').count();
    !text.holes.is_empty() && if before.starts_with("acs:") { colons >= 4 } else { colons == 1 }
}

/// An element with other texts; `None` where nothing is left of it. `names` says that operators and
/// keys are texts too.
fn mapped<L: Copy>(
    kind: &ElementKind<L>,
    text: &dyn Fn(&Text<L>) -> Option<Text<L>>,
    names: bool,
) -> Option<ElementKind<L>> {
    let list = |values: &Values<L>| -> Option<Values<L>> {
        let items: Vec<Text<L>> = values.items.iter().filter_map(text).collect();
        (!items.is_empty()).then_some(Values { at: values.at, shape: values.shape, items })
    };
    Some(match kind {
        ElementKind::Effect(effect) => ElementKind::Effect(*effect),
        ElementKind::Action(values) => ElementKind::Action(list(values)?),
        ElementKind::NotAction(values) => ElementKind::NotAction(list(values)?),
        ElementKind::Resource(values) => ElementKind::Resource(list(values)?),
        ElementKind::Principal(principals) => {
            let of = |one: &Principal<L>| {
                Some(Principal { at: one.at, kind: one.kind, values: list(&one.values)? })
            };
            ElementKind::Principal(match principals {
                Principals::ByType(principals) => {
                    let principals: Vec<Principal<L>> = principals.iter().filter_map(of).collect();
                    (!principals.is_empty()).then_some(Principals::ByType(principals))?
                }
                // An empty list is everybody, which is not what is left of a list with holes.
                Principals::Listed(values) if values.items.is_empty() => principals.clone(),
                Principals::Listed(values) => Principals::Listed(list(values)?),
            })
        }
        ElementKind::Condition(conditions) => {
            let name = |of: &Text<L>| if names { text(of) } else { Some(star(of)) };
            let of_key = |key: &KeyCondition<L>| {
                let items = key.values.items.iter().filter_map(text).collect();
                let values = Values { at: key.values.at, shape: key.values.shape, items };
                Some(KeyCondition { key: name(&key.key)?, values })
            };
            let of = |condition: &Condition<L>| {
                let keys = condition.keys.iter().filter_map(of_key).collect();
                Some(Condition { operator: name(&condition.operator)?, sign: condition.sign, keys })
            };
            ElementKind::Condition(conditions.iter().filter_map(of).collect())
        }
        ElementKind::Sid(sid) => ElementKind::Sid(text(sid)?),
        ElementKind::Hole(..) => return None,
    })
}
