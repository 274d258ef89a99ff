//! Policies that are only known at run time, built without JSON and checked like all others.

mod tree;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::{vec, vec::Vec};

use crate::check::checker::Checker;
use crate::document::{self, Document, Indent, Statement};
use crate::policy::Policy;
use crate::policy::reader::{Read, Reader};
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::finding::{Finding, ImportError};
use crate::terms::effect::Effect;
use crate::terms::kind::{PolicyKind, TooLong};
use crate::terms::layout::Layout;
use crate::terms::operator::{ConditionOperator, Operator};
use crate::text::order;
use tree::Part;

/// Builds a policy statement by statement.
///
/// ```
/// use ram_policy::{Ecs, Operator, PolicyBuilder, StatementBuilder, policy};
///
/// let owners = ["alice", "bob"]; // known at run time
/// let built = PolicyBuilder::new()
///     .statement(
///         StatementBuilder::allow([Ecs::StartInstance, Ecs::StopInstance])
///             .on(["acs:ecs:*:*:instance/*"])
///             .when(Operator::StringEquals, "ecs:tag/owner", owners),
///     )
///     .build()?;
/// assert_eq!(built, policy! {
///     allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"
///         when ecs::tag["owner"] == ["alice", "bob"];
/// });
/// # Ok::<(), ram_policy::ImportError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct PolicyBuilder {
    statements: Vec<StatementBuilder>,
    checker: Checker,
}

/// Builds a statement; see [`PolicyBuilder`].
///
/// One value becomes a string, several a list. Nothing is checked before
/// [`PolicyBuilder::build`].
#[derive(Debug, Clone)]
pub struct StatementBuilder {
    effect: Effect,
    actions: Vec<String>,
    negated: bool,
    resources: Vec<String>,
    conditions: Vec<(ConditionOperator, Vec<KeyValues>)>,
}

/// A condition key with the values it is compared with.
pub(crate) type KeyValues = (String, Vec<String>);

impl PolicyBuilder {
    /// A policy without statements.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a statement.
    #[must_use]
    pub fn statement(mut self, statement: StatementBuilder) -> Self {
        self.statements.push(statement);
        self
    }

    /// Vouches for an action that the catalogue does not have, as `bss:BrandNew`; it is spelt as in
    /// the statement, wildcards included.
    ///
    /// ```
    /// use ram_policy::{PolicyBuilder, StatementBuilder};
    ///
    /// let policy = PolicyBuilder::new()
    ///     .unlisted("bss:BrandNew")
    ///     .statement(StatementBuilder::allow(["bss:BrandNew"]).on(["*"]))
    ///     .build();
    /// assert!(policy.is_ok());
    /// ```
    #[must_use]
    pub fn unlisted(mut self, action: impl Into<String>) -> Self {
        self.checker = self.checker.unlisted(action);
        self
    }

    /// Checks with these levels and vouched actions, in the place of those given before.
    #[must_use]
    pub fn checker(mut self, checker: Checker) -> Self {
        self.checker = checker;
        self
    }

    /// Checks the policy.
    ///
    /// # Errors
    ///
    /// Whatever `policy!` refuses. The path of a finding says which part of the builder it is about,
    /// as `Statement[0].Action[1]`; there is no text, so that line and column are 0.
    ///
    /// ```
    /// use ram_policy::{PolicyBuilder, StatementBuilder};
    ///
    /// let actions = ["ecs:StartInstance", "ecs:StopInstanc"];
    /// let built = PolicyBuilder::new().statement(StatementBuilder::allow(actions).on(["*"])).build();
    /// assert_eq!(
    ///     built.unwrap_err().to_string(),
    ///     "error: unknown action `ecs:StopInstanc`, did you mean `ecs:StopInstance` or `ecs:StopInstances`? (Statement[0].Action[1]) [unknown_action]",
    /// );
    /// ```
    pub fn build(self) -> Result<Policy, ImportError> {
        let mut report = Report::default();
        let tree = self.tree(&mut report);
        let reader = Reader::of(PolicyKind::Identity, &self.checker);
        let Read { lowered, mut findings } = reader.tree(&tree, report);
        lowered.map(|lowered| Policy::from_document(lowered.document)).ok_or_else(|| {
            order::sort_by(&mut findings, |left, right| left.at.cmp(&right.at));
            let finding = |found: Diagnostic<Part>| Finding {
                rule: found.rule,
                level: reader.levels().level(found.rule),
                message: found.message,
                line: 0,
                column: 0,
                path: self.path(found.at),
            };
            ImportError { findings: findings.into_iter().map(finding).collect() }
        })
    }
}

fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

impl StatementBuilder {
    fn new<T: ToString>(
        effect: Effect,
        actions: impl IntoIterator<Item = T>,
        negated: bool,
    ) -> Self {
        let actions = texts(actions);
        Self { effect, actions, negated, resources: Vec::new(), conditions: Vec::new() }
    }

    /// Allows these actions: typed ones, or names and patterns as `ecs:Describe*`.
    #[must_use]
    pub fn allow<T: ToString>(actions: impl IntoIterator<Item = T>) -> Self {
        Self::new(Effect::Allow, actions, false)
    }

    /// Denies these actions.
    #[must_use]
    pub fn deny<T: ToString>(actions: impl IntoIterator<Item = T>) -> Self {
        Self::new(Effect::Deny, actions, false)
    }

    /// Allows every action but these (`NotAction`).
    #[must_use]
    pub fn allow_except<T: ToString>(actions: impl IntoIterator<Item = T>) -> Self {
        Self::new(Effect::Allow, actions, true)
    }

    /// Denies every action but these (`NotAction`).
    #[must_use]
    pub fn deny_except<T: ToString>(actions: impl IntoIterator<Item = T>) -> Self {
        Self::new(Effect::Deny, actions, true)
    }

    /// Adds resources: ARNs, or `*`.
    #[must_use]
    pub fn on<T: ToString>(mut self, resources: impl IntoIterator<Item = T>) -> Self {
        self.resources.extend(texts(resources));
        self
    }

    /// Adds a condition; all conditions must hold, by any one of their values. A key that stands
    /// under the same operator twice is an error of [`PolicyBuilder::build`].
    #[must_use]
    pub fn when<T: ToString>(
        self,
        operator: Operator,
        key: impl ToString,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.test(ConditionOperator::Known(operator), (key.to_string(), texts(values)))
    }

    /// As [`StatementBuilder::when`], also under an operator for several values of a key.
    #[must_use]
    pub(crate) fn test(mut self, operator: ConditionOperator, key: KeyValues) -> Self {
        match self.conditions.iter_mut().find(|(other, _)| *other == operator) {
            Some((_, keys)) => keys.push(key),
            None => self.conditions.push((operator, vec![key])),
        }
        self
    }
}

impl Policy {
    /// All statements of several policies in one, in order; it decides as they do together, since
    /// RAM merges the policies of a caller (RAM: How RAM evaluates policies).
    ///
    /// ```
    /// use ram_policy::{Policy, policy};
    ///
    /// let view = policy! { allow ecs::Describe* on *; };
    /// let guard = policy! { deny ecs::DescribeUserData on *; };
    /// let both = Policy::merged([&view, &guard])?;
    /// assert_eq!(both, policy! { allow ecs::Describe* on *; deny ecs::DescribeUserData on *; });
    /// # Ok::<(), ram_policy::TooLong>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The merged policy has more characters than RAM allows.
    pub fn merged<'p>(policies: impl IntoIterator<Item = &'p Self>) -> Result<Self, TooLong> {
        let statements = policies
            .into_iter()
            .flat_map(|policy| policy.document().into_owned().statements.into_owned());
        let document = Document { layout: Layout::VersionFirst, statements: statements.collect() };
        PolicyKind::Identity.measure(document.characters())?;
        Ok(Self::from_document(document))
    }

    /// The same policy in one stable form, for comparing and keeping: `Version` first; in each
    /// statement `Effect`, actions, `Resource`, `Condition`; lists sorted and without duplicates, a
    /// single value as a string; operators and keys sorted; statements sorted and without
    /// duplicates. It decides as before, since RAM gives order and duplicates no meaning (RAM:
    /// Policy elements).
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let one = policy! { [ecs::StopInstance, ecs::StartInstance, ecs::StopInstance] on [*] allow; };
    /// let other = policy! { allow ecs::{StartInstance, StopInstance} on *; };
    /// assert_ne!(one, other);
    /// assert_eq!(one.normalised(), other.normalised());
    /// ```
    #[must_use]
    pub fn normalised(&self) -> Self {
        let mut statements: Vec<(String, Statement)> = self
            .document()
            .statements
            .iter()
            .map(|statement| {
                let statement = statement.normalised();
                let single = Document {
                    layout: Layout::StatementsOnly,
                    statements: Cow::Owned(vec![statement.clone()]),
                };
                (document::write(&single, Indent::Minified), statement)
            })
            .collect();
        order::sort_by(&mut statements, |(left, _), (right, _)| left.cmp(right));
        statements.dedup_by(|(left, _), (right, _)| left == right);
        let statements = statements.into_iter().map(|(_, statement)| statement).collect();
        Self::from_document(Document { layout: Layout::VersionFirst, statements })
    }
}
