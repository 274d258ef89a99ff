//! Service-linked roles (RAM: Service-linked roles).

use alloc::borrow::Cow;
use alloc::{format, string::String, vec, vec::Vec};
use core::fmt;

use crate::caller::Caller;
use crate::catalogue;
use crate::check;
use crate::checker::Checker;
use crate::classify;
use crate::decision::Decision;
use crate::diagnostic::Report;
use crate::evaluate;
use crate::import::{self, ImportError, Imported};
use crate::json::{self, Indent};
use crate::lower;
use crate::lowered::{
    Condition, Document, Effect, Element, KeyCondition, Layout, Meaning, Operand, PolicyKind,
    Principal, PrincipalKind, Shape, Statement, Values,
};
use crate::operator::Operator;
use crate::policy::Policy;
use crate::request::Request;
use crate::rule::Rule;
use crate::syntax;

const ROLE_PREFIX: &str = "AliyunServiceRoleFor";
const POLICY_PREFIX: &str = "AliyunServiceRolePolicyFor";
/// RAM: Limits.
const MAX_ROLE_NAME: usize = 64;
/// RAM: Limits.
const MAX_POLICY_NAME: usize = 128;
const SERVICE_NAME: &str = "ram:ServiceName";

/// A service-linked role: its names, the service that may assume it and what it may do.
///
/// ```
/// use ram_policy::{ServiceLinkedRole, service_linked_role};
///
/// const MONITORING: ServiceLinkedRole = service_linked_role! {
///     role: AliyunServiceRoleForApiGatewayMonitoring,
///     policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
///     service: "monitor.apigateway.aliyuncs.com",
///     permissions: {
///         allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
///     },
/// };
/// assert_eq!(MONITORING.service(), Some("monitor.apigateway.aliyuncs.com"));
/// assert!(MONITORING.trust_policy().is_some_and(|trust| trust.to_json().contains("sts:AssumeRole")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceLinkedRole {
    name: &'static str,
    policy_name: &'static str,
    service: Option<&'static str>,
    permissions: Policy,
}

impl ServiceLinkedRole {
    /// Puts a role of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(
        name: &'static str,
        policy_name: &'static str,
        service: Option<&'static str>,
        permissions: Policy,
    ) -> Self {
        Self { name, policy_name, service, permissions }
    }

    /// The role's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The name of its policy.
    #[must_use]
    pub const fn policy_name(&self) -> &'static str {
        self.policy_name
    }

    /// The service that may assume it, where a document names one.
    #[must_use]
    pub const fn service(&self) -> Option<&'static str> {
        self.service
    }

    /// What the role may do.
    #[must_use]
    pub const fn permissions(&self) -> &Policy {
        &self.permissions
    }

    /// Who may assume the role: its service alone (RAM: Service-linked roles). `None` for a role
    /// without a documented service.
    #[must_use]
    pub fn trust_policy(&self) -> Option<TrustPolicy> {
        let service = self.service?;
        let elements = vec![
            Element::Action(one(classify::action(Cow::Borrowed("sts:AssumeRole")))),
            Element::Effect,
            Element::Principal(Cow::Owned(vec![Principal {
                kind: PrincipalKind::Service,
                values: Values {
                    shape: Shape::Many,
                    items: Cow::Owned(vec![Cow::Borrowed(service)]),
                },
            }])),
        ];
        Some(TrustPolicy::from_document(document(Layout::VersionLast, elements)))
    }

    /// What a RAM user needs to create the role. `None` for a role without a documented service.
    #[must_use]
    pub fn create_policy(&self) -> Option<Policy> {
        let service = self.service?;
        let operand = Operand { text: Cow::Borrowed(service), meaning: Meaning::Text };
        let condition = Condition {
            operator: Operator::StringEquals,
            keys: Cow::Owned(vec![KeyCondition {
                key: Cow::Borrowed(SERVICE_NAME),
                values: one(operand),
            }]),
        };
        let elements = vec![
            Element::Action(one(classify::action(Cow::Borrowed("ram:CreateServiceLinkedRole")))),
            Element::Resource(one(classify::resource(Cow::Borrowed("*")))),
            Element::Effect,
            Element::Condition(Cow::Owned(vec![condition])),
        ];
        Some(Policy::from_document(document(Layout::VersionFirst, elements)))
    }
}

fn one<T: Clone>(value: T) -> Values<T> {
    Values { shape: Shape::One, items: Cow::Owned(vec![value]) }
}

fn document(layout: Layout, elements: Vec<Element>) -> Document {
    let statement = Statement { effect: Effect::Allow, elements: Cow::Owned(elements) };
    Document { layout, statements: Cow::Owned(vec![statement]) }
}

/// The trust policy of a role: who may assume it.
///
/// It is no [`Policy`]: it has no resources, and asks who the caller is.
#[derive(Clone)]
pub struct TrustPolicy {
    form: TrustForm,
}

/// Where a trust policy comes from.
#[derive(Clone)]
enum TrustForm {
    /// From the macro: its minified text, and code written for it alone.
    Compiled { text: &'static str, decide: DecideTrust },
    /// Made at run time.
    Read(Document),
}

/// Decides by one trust policy whether a caller may assume the role; the macro writes these.
type DecideTrust = fn(Caller<'_>, &Request<'_>) -> Decision;

impl TrustPolicy {
    /// Puts a trust policy of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(text: &'static str, decide: DecideTrust) -> Self {
        Self { form: TrustForm::Compiled { text, decide } }
    }

    /// What a trust policy that does not compile stands for: nobody is trusted.
    #[doc(hidden)]
    #[must_use]
    pub const fn refused() -> Self {
        Self::from_document(Document {
            layout: Layout::VersionFirst,
            statements: Cow::Borrowed(&[]),
        })
    }

    const fn from_document(document: Document) -> Self {
        Self { form: TrustForm::Read(document) }
    }

    pub(crate) fn document(&self) -> Cow<'_, Document> {
        match &self.form {
            TrustForm::Compiled { text, .. } => Cow::Owned(lower::decode(text)),
            TrustForm::Read(document) => Cow::Borrowed(document),
        }
    }

    /// Reads a document; refuses whatever `trust_policy!` refuses.
    ///
    /// ```
    /// use ram_policy::TrustPolicy;
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#;
    /// assert_eq!(TrustPolicy::from_json(text)?.to_json(), text);
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, ImportError> {
        Self::from_json_with(text, &Checker::new()).map(|imported| imported.policy)
    }

    /// Reads a document; refuses it for any finding that is an error at the checker's levels, and
    /// gives the others.
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json_with(
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        import::read_strictly(text.as_ref(), PolicyKind::Trust, checker)
            .map(|imported| imported.map(Self::from_document))
    }

    /// Reads every document whose grammar RAM accepts; the rest is kept as findings.
    ///
    /// # Errors
    ///
    /// All that was found, when RAM would refuse the document for some of it.
    pub fn from_json_lenient(text: impl AsRef<[u8]>) -> Result<Imported<Self>, ImportError> {
        Self::from_json_lenient_with(text, &Checker::new())
    }

    /// As [`TrustPolicy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`TrustPolicy::from_json_lenient`].
    pub fn from_json_lenient_with(
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        import::read_leniently(text.as_ref(), PolicyKind::Trust, checker)
            .map(|imported| imported.map(Self::from_document))
    }

    /// Decides whether a caller may assume the role, by this policy alone; the request is for its
    /// condition values. The caller's own policies also have a say, see
    /// [`Authorizer`](crate::Authorizer).
    ///
    /// ```
    /// use ram_policy::{Caller, Request, trust_policy};
    ///
    /// let trust = trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; };
    /// let request = Request::new("sts:AssumeRole", "acs:ram::1234567890123456:role/web")?;
    /// let ecs = Caller::Service { principal: "ecs.aliyuncs.com" };
    /// assert!(trust.evaluate(ecs, &request).is_allow());
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn evaluate(&self, caller: Caller<'_>, request: &Request<'_>) -> Decision {
        match &self.form {
            TrustForm::Compiled { decide, .. } => decide(caller, request),
            TrustForm::Read(document) => evaluate::evaluate_trust(document, caller, request),
        }
    }

    /// The document on one line without blanks.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(&self.document(), Indent::Minified)
    }

    /// The document with 2 spaces a level; no line feed at the end.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.to_json_with_indent(2)
    }

    /// The document with that many spaces a level; no line feed at the end.
    #[must_use]
    pub fn to_json_with_indent(&self, spaces: usize) -> String {
        json::write(&self.document(), Indent::Spaces(spaces))
    }
}

/// Equal when they are the same document.
impl PartialEq for TrustPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.document() == other.document()
    }
}

/// The document, indented.
impl fmt::Display for TrustPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json_pretty())
    }
}

impl fmt::Debug for TrustPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TrustPolicy").field(&self.to_json()).finish()
    }
}

/// A role as its author declares it.
#[derive(Debug, Clone)]
pub struct Declaration<L> {
    /// Place for what is missing.
    pub at: L,
    /// The role's name.
    pub name: syntax::Text<L>,
    /// The name of its policy.
    pub policy_name: syntax::Text<L>,
    /// The service that may assume it; `None` when no document names one.
    pub service: Option<syntax::Text<L>>,
    /// What it may do.
    pub permissions: syntax::Policy<L>,
}

/// Reports what is wrong with a role but its permissions.
pub fn check<L: Copy>(role: &Declaration<L>, report: &mut Report<L>) {
    let mut wrong = |at: L, message: String| report.add(at, Rule::ServiceLinkedRole, message);
    let name = role.name.value.as_str();
    let purpose = name.strip_prefix(ROLE_PREFIX).filter(|purpose| !purpose.is_empty());
    if purpose.is_none() {
        wrong(role.name.at, format!("the role `{name}` is not named `{ROLE_PREFIX}<Purpose>`"));
    }
    if name.len() > MAX_ROLE_NAME {
        wrong(
            role.name.at,
            format!(
                "the role name has {} characters, at most {MAX_ROLE_NAME} are allowed",
                name.len()
            ),
        );
    }
    // A suffix of the user's own follows an underscore.
    let purpose = purpose.map(|purpose| purpose.split('_').next().unwrap_or(purpose));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !name.chars().all(plain) {
        wrong(
            role.name.at,
            format!(
                "the role name `{name}` has other characters than letters, digits, `.`, `-`, `_`"
            ),
        );
    }
    let policy_name = role.policy_name.value.as_str();
    if let Some(purpose) = purpose
        && policy_name.strip_prefix(POLICY_PREFIX) != Some(purpose)
    {
        wrong(
            role.policy_name.at,
            format!(
                "the policy of `{name}` is named `{POLICY_PREFIX}{purpose}`, not `{policy_name}`"
            ),
        );
    }
    if policy_name.len() > MAX_POLICY_NAME {
        wrong(
            role.policy_name.at,
            format!(
                "the policy name has {} characters, at most {MAX_POLICY_NAME} are allowed",
                policy_name.len()
            ),
        );
    }
    if let Some(service) = &role.service {
        check_service(service, purpose.is_some().then_some(name), &mut wrong);
    }
    for statement in &role.permissions.statements {
        for value in service_names(statement) {
            match &role.service {
                Some(service) if service.value != value.value => wrong(
                    value.at,
                    format!(
                        "the role trusts `{}`, but this condition names `{}`",
                        service.value, value.value
                    ),
                ),
                None => wrong(
                    value.at,
                    format!(
                        "the role declares no service, but this condition names `{}`",
                        value.value
                    ),
                ),
                Some(_) => {}
            }
        }
    }
}

fn check_service<L: Copy>(
    service: &syntax::Text<L>,
    role: Option<&str>,
    wrong: &mut impl FnMut(L, String),
) {
    let name = service.value.as_str();
    if let Some(message) = check::malformed_service(name) {
        wrong(service.at, message);
        return;
    }
    let known = catalogue::SERVICE_PRINCIPALS.iter().find(|known| known.principal == name);
    if let Some(known) = known
        && !known.role.is_empty()
        && role.is_some_and(|role| !role.starts_with(known.role))
    {
        wrong(service.at, format!("the role that trusts `{name}` is `{}`", known.role));
    }
}

/// The values a statement compares `ram:ServiceName` with.
fn service_names<L>(statement: &syntax::Statement<L>) -> impl Iterator<Item = &syntax::Text<L>> {
    statement
        .conditions()
        .flat_map(|condition| &condition.keys)
        .filter(|key| key.key.value == SERVICE_NAME)
        .flat_map(|key| &key.values.items)
}
