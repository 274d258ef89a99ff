//! Ready-made boundaries, as ordinary policies.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::{format, vec, vec::Vec};

use crate::catalogue::{self, Access, AccessLevel, ActionRow};
use crate::check::escalation;
use crate::document::{Condition, Document, Element, KeyCondition, Statement, Text, Values, lower};
use crate::policy::Policy;
use crate::policy::template::{AccountId, Region};
use crate::prove::Proof;
use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::terms::operand::{Block, OperandError};
use crate::terms::operator::{ConditionOperator, Operator};
use crate::terms::pattern::{ActionPattern, ResourcePattern};

/// What a policy must keep within: a boundary with a name.
///
/// ```
/// use ram_policy::{Guardrail, Proof, policy};
///
/// let viewers = policy! { allow ecs::Describe*, oss::GetObject on *; };
/// assert_eq!(Guardrail::read_only().check(&viewers), Proof::Yes);
///
/// let owners = policy! { allow ecs::* on *; };
/// assert!(matches!(Guardrail::read_only().check(&owners), Proof::No(_)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Guardrail {
    name: &'static str,
    boundary: Policy,
}

/// How the names of operations begin that read. Every action that begins so and has an access level
/// in a document reads.
const READING: [&str; 3] = ["Describe", "Get", "List"];

impl Guardrail {
    /// A guardrail of your own: the policies it holds for are those within the boundary.
    ///
    /// ```
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let no_keys = Guardrail::new("no-keys", policy! {
    ///     #![allow(star_on_star)]
    ///     allow * on *;
    ///     deny kms::* on *;
    /// });
    /// assert!(no_keys.check(&policy! { allow ecs::StopInstance on *; }).is_yes());
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, boundary: Policy) -> Self {
        Self { name, boundary }
    }

    /// No action by which a caller can give itself more permissions, on any resource: those that
    /// the rule `privilege_escalation` knows (RAM: API overview; IMS: API overview; Resource
    /// Management: API overview).
    ///
    /// ```
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let guardrail = Guardrail::no_privilege_escalation();
    /// assert!(guardrail.check(&policy! { allow ram::Get* on *; }).is_yes());
    /// let found = guardrail.check(&policy! { allow ram::Create* on *; });
    /// assert_eq!(found.counterexample().unwrap().as_request().action, "ram:CreateAccessKey");
    /// ```
    #[must_use]
    pub fn no_privilege_escalation() -> Self {
        let denied = statement(Effect::Deny, list(escalation::actions()), ["*"]);
        Self::new("no-privilege-escalation", policy([everything_allowed(), denied]))
    }

    /// Only actions that read: those whose documented access level is get, list or read, and those
    /// without one whose names begin with `Describe`, `Get` or `List`, in the catalogue or not; no
    /// document contradicts these three. Levels inferred from other verbs are not relied on, see
    /// [`Guardrail::read_only_inferred`]. Reading may show secrets all the same.
    ///
    /// ```
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let guardrail = Guardrail::read_only();
    /// assert!(guardrail.check(&policy! { allow ecs::Describe* on *; }).is_yes());
    /// assert!(!guardrail.check(&policy! { allow ecs::D* on *; }).is_yes());
    /// ```
    #[must_use]
    pub fn read_only() -> Self {
        Self::reading("read-only", |row| row.access().is_some_and(AccessLevel::reads))
    }

    /// As [`Guardrail::read_only`], and those whose access level is inferred to be one of reading
    /// from another verb of their names, as `Query` and `Check`.
    ///
    /// ```
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let queries = policy! { allow mse::QueryConfig on *; };
    /// assert!(!Guardrail::read_only().check(&queries).is_yes());
    /// assert!(Guardrail::read_only_inferred().check(&queries).is_yes());
    /// ```
    #[must_use]
    pub fn read_only_inferred() -> Self {
        let reads = |access: Access| access.level.reads();
        Self::reading("read-only-inferred", |row| row.likely_access().is_some_and(reads))
    }

    /// Only actions that read by their names or in another way.
    fn reading(title: &'static str, reads: impl Fn(ActionRow) -> bool) -> Self {
        let rows = || catalogue::services().flat_map(catalogue::ServiceEntry::actions);
        let named = |row: &ActionRow| READING.iter().any(|start| row.name().starts_with(start));
        let name = |row: ActionRow| format!("{}:{}", row.service().code, row.name());
        let others = rows().filter(|row| reads(*row) && !named(row)).map(name);
        let mut allowed: Vec<String> = READING.iter().map(|start| format!("*:{start}*")).collect();
        allowed.extend(others);
        let writing: Vec<String> = rows()
            .filter(|row| named(row) && row.access().is_some_and(|level| !level.reads()))
            .map(name)
            .collect();
        let mut statements = Vec::from([statement(Effect::Allow, list(allowed), ["*"])]);
        if !writing.is_empty() {
            statements.push(statement(Effect::Deny, list(writing), ["*"]));
        }
        Self::new(title, policy(statements))
    }

    /// Only resources of one region, and those of no region, as users and roles are. A request for
    /// `*` is for every region.
    ///
    /// ```
    /// use ram_policy::template::Region;
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let guardrail = Guardrail::one_region(Region::new("cn-hangzhou")?);
    /// let here = policy! { allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; };
    /// assert!(guardrail.check(&here).is_yes());
    /// assert!(!guardrail.check(&policy! { allow ecs::* on "acs:ecs:cn-*:*:*"; }).is_yes());
    /// # Ok::<(), ram_policy::template::BindError>(())
    /// ```
    #[must_use]
    pub fn one_region(region: Region<'_>) -> Self {
        let here = format!("acs:*:{}:*:*", region.as_str());
        let here = [here.as_str(), "acs:*::*:*"];
        Self::new("one-region", policy([statement(Effect::Allow, list(["*"]), here)]))
    }

    /// Only resources of one account. A request for `*` is for every account.
    ///
    /// ```
    /// use ram_policy::template::AccountId;
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let guardrail = Guardrail::one_account(AccountId::new("1234567890123456")?);
    /// let own = policy! { allow oss::* on "acs:oss:*:1234567890123456:*"; };
    /// assert!(guardrail.check(&own).is_yes());
    /// assert!(!guardrail.check(&policy! { allow oss::* on "acs:oss:*:*:*"; }).is_yes());
    /// # Ok::<(), ram_policy::template::BindError>(())
    /// ```
    #[must_use]
    pub fn one_account(account: AccountId<'_>) -> Self {
        let own = format!("acs:*:*:{}:*", account.as_str());
        Self::new("one-account", policy([statement(Effect::Allow, list(["*"]), [own.as_str()])]))
    }

    /// Only with a second factor: `acs:MFAPresent` is there and true. A denial under
    /// `acs:MFAPresent == false` is not enough, since requests by AccessKey do not have the key
    /// (RAM: Common condition keys).
    ///
    /// ```
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let guardrail = Guardrail::requires_mfa();
    /// let asks = policy! { allow ecs::StopInstance on * when acs::MFAPresent == true; };
    /// assert!(guardrail.check(&asks).is_yes());
    /// assert!(!guardrail.check(&policy! { allow ecs::StopInstance on *; }).is_yes());
    /// ```
    #[must_use]
    pub fn requires_mfa() -> Self {
        let yes = Values { shape: Shape::One, items: Cow::Owned(vec![Cow::Borrowed("true")]) };
        let allowed = under(everything_allowed(), Operator::Bool, "acs:MFAPresent", yes);
        Self::new("requires-mfa", policy([allowed]))
    }

    /// Only from these addresses and blocks: `acs:SourceIp` is there and in one of them.
    ///
    /// ```
    /// use ram_policy::{Guardrail, policy};
    ///
    /// let guardrail = Guardrail::requires_source_network(["192.0.2.0/24", "198.51.100.7"])?;
    /// let office = policy! { allow ecs::* on * when acs::SourceIp in "192.0.2.128/25"; };
    /// assert!(guardrail.check(&office).is_yes());
    /// assert!(!guardrail.check(&policy! { allow ecs::StopInstance on *; }).is_yes());
    /// # Ok::<(), ram_policy::OperandError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// One of them is neither an address nor a block.
    pub fn requires_source_network<B: AsRef<str>>(
        blocks: impl IntoIterator<Item = B>,
    ) -> Result<Self, OperandError> {
        let blocks: Vec<B> = blocks.into_iter().collect();
        for block in &blocks {
            block.as_ref().parse::<Block>()?;
        }
        let blocks = list(blocks.iter().map(AsRef::as_ref));
        let allowed = under(everything_allowed(), Operator::IpAddress, "acs:SourceIp", blocks);
        Ok(Self::new("requires-source-network", policy([allowed])))
    }

    /// Its name, as `read-only`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The policy that says what it allows.
    ///
    /// ```
    /// let boundary = ram_policy::Guardrail::requires_mfa();
    /// assert!(boundary.boundary().to_json().contains(r#""Bool":{"acs:MFAPresent":"true"}"#));
    /// ```
    #[must_use]
    pub const fn boundary(&self) -> &Policy {
        &self.boundary
    }

    /// Whether a policy keeps within it; the counterexample is a request that it must not allow.
    #[must_use]
    pub fn check(&self, policy: &Policy) -> Proof {
        policy.within(&self.boundary)
    }
}

fn everything_allowed() -> Statement {
    statement(Effect::Allow, list(["*"]), ["*"])
}

fn policy(statements: impl Into<Vec<Statement>>) -> Policy {
    let statements = Cow::Owned(statements.into());
    Policy::from_document(Document { layout: Layout::VersionFirst, statements })
}

fn statement<'r>(
    effect: Effect,
    actions: Values<Text>,
    resources: impl IntoIterator<Item = &'r str>,
) -> Statement {
    let elements = vec![
        Element::Effect,
        Element::Action(mapped(actions, ActionPattern::new)),
        Element::Resource(mapped(list(resources), ResourcePattern::new)),
    ];
    Statement { effect, elements: Cow::Owned(elements) }
}

/// The statement under a condition.
fn under(
    mut statement: Statement,
    operator: Operator,
    key: &'static str,
    values: Values<Text>,
) -> Statement {
    let operator = ConditionOperator::Known(operator);
    let values = mapped(values, |text| lower::operand(operator, text));
    let keys = Cow::Owned(vec![KeyCondition { key: Cow::Borrowed(key), values }]);
    let conditions = Cow::Owned(vec![Condition { operator, keys }]);
    statement.elements.to_mut().push(Element::Condition(conditions));
    statement
}

fn mapped<T: Clone>(values: Values<Text>, of: impl Fn(Text) -> T) -> Values<T> {
    let items = values.items.into_owned().into_iter().map(of).collect();
    Values { shape: values.shape, items }
}

fn list<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Values<Text> {
    // Sorted, so that the text is the same whatever order the catalogue has.
    let texts: BTreeSet<String> = texts.into_iter().map(Into::into).collect();
    Values { shape: Shape::Many, items: texts.into_iter().map(Cow::Owned).collect() }
}
