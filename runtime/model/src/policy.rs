//! A checked policy: its document, its text and its decisions.

use alloc::borrow::Cow;
use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::catalogue::ActionId;
use crate::decision::Decision;
use crate::dispatch;
use crate::evaluate;
use crate::json::{self, Indent};
use crate::lower;
use crate::lowered::{Document, Layout};
use crate::request::Request;
use crate::table::Table;

/// A checked identity policy.
///
/// `policy!` makes one at compile time, [`PolicyTemplate::bind`](crate::PolicyTemplate::bind) makes one
/// from a template.
///
/// Two policies are equal when they are the same document: the same elements, values and shapes
/// in the same order.
///
/// ```
/// use ram_policy::{Policy, policy};
///
/// const VIEW: Policy = policy! { allow ecs::Describe* on *; };
/// assert_eq!(
///     VIEW.to_json(),
///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}"#,
/// );
/// ```
#[derive(Clone)]
pub struct Policy {
    form: Form,
}

/// Where a policy comes from.
#[derive(Clone)]
enum Form {
    /// From the macro: its minified text, and code written for it alone.
    Compiled { text: &'static str, decide: Decide, grants: &'static [(u32, u32)] },
    /// Made at run time.
    Read { document: Document, table: Table, grants: Vec<(u32, u32)> },
}

/// Decides a request by one policy; the macro writes these.
type Decide = fn(&Request<'_>) -> Decision;

impl Policy {
    /// Puts a policy of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(
        text: &'static str,
        decide: Decide,
        grants: &'static [(u32, u32)],
    ) -> Self {
        Self { form: Form::Compiled { text, decide, grants } }
    }

    /// What a policy that does not compile stands for: no statement, so it allows nothing.
    #[doc(hidden)]
    #[must_use]
    pub const fn refused() -> Self {
        let document = Document { layout: Layout::VersionFirst, statements: Cow::Borrowed(&[]) };
        Self { form: Form::Read { document, table: Table::EMPTY, grants: Vec::new() } }
    }

    /// A policy of a document that is made at run time.
    #[doc(hidden)]
    #[must_use]
    pub fn from_document(document: Document) -> Self {
        let runs = dispatch::runs(&document);
        let grants = dispatch::grants(&document, &runs);
        let table = Table::of(&document, &runs);
        Self { form: Form::Read { document, table, grants } }
    }

    /// The minified text of a policy of the macro, also in a constant.
    pub(crate) const fn constant_text(&self) -> Option<&'static str> {
        match &self.form {
            Form::Compiled { text, .. } => Some(text),
            Form::Read { .. } => None,
        }
    }

    /// The lowered document; that of a policy of the macro is read from its text.
    #[doc(hidden)]
    #[must_use]
    pub fn document(&self) -> Cow<'_, Document> {
        match &self.form {
            Form::Compiled { text, .. } => Cow::Owned(lower::decode(text)),
            Form::Read { document, .. } => Cow::Borrowed(document),
        }
    }

    /// The document on one line without blanks.
    fn minified(&self) -> Cow<'static, str> {
        match &self.form {
            Form::Compiled { text, .. } => Cow::Borrowed(text),
            Form::Read { document, .. } => Cow::Owned(json::write(document, Indent::Minified)),
        }
    }

    /// Decides a request as RAM would by this policy alone; nothing is allocated.
    ///
    /// A statement matches when its action, its resource and all its conditions do. A matching
    /// `Deny` decides, then a matching `Allow`, else the request is denied implicitly (RAM: How RAM
    /// evaluates policies). A condition on a key the request does not have is false under a
    /// positive operator and true under a negated one. A value that does not have the form its
    /// operator asks for makes an `Allow` not match and a `Deny` match, unless another value or
    /// another part of the statement settles it.
    ///
    /// ```
    /// use ram_policy::{Decision, Request, policy};
    ///
    /// let policy = policy! {
    ///     allow ecs::* on *;
    ///     deny ecs::DeleteInstance on *;
    /// };
    /// let request = Request::new("ecs:DeleteInstance", "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1")?;
    /// assert_eq!(policy.evaluate(&request), Decision::ExplicitDeny { statement: 1 });
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn evaluate(&self, request: &Request<'_>) -> Decision {
        match &self.form {
            Form::Compiled { decide, .. } => decide(request),
            Form::Read { document, table, .. } => table.evaluate(document, request),
        }
    }

    /// Whether a statement allows the action, on some resource and under some conditions, and no
    /// statement denies it everywhere; also in a constant. `assert_grants!` asks it for code that is
    /// about to make a call.
    ///
    /// ```
    /// use ram_policy::{Ecs, policy};
    ///
    /// let policy = policy! { allow ecs::Stop* on "acs:ecs:*:*:instance/i-1"; deny ecs::StopInstances on *; };
    /// assert!(policy.grants(Ecs::StopInstance.id()));
    /// assert!(!policy.grants(Ecs::StopInstances.id()));
    /// assert!(!policy.grants(Ecs::StartInstance.id()));
    /// ```
    #[must_use]
    pub const fn grants(&self, action: ActionId) -> bool {
        let mut rest = match &self.form {
            Form::Compiled { grants, .. } => *grants,
            Form::Read { grants, .. } => grants.as_slice(),
        };
        let number = action.number();
        while let [(first, last), others @ ..] = rest {
            if *first <= number && number <= *last {
                return true;
            }
            rest = others;
        }
        false
    }

    /// As [`Policy::evaluate`], by several policies of one caller, which RAM merges: a `Deny` of any
    /// decides, else an `Allow` of any. Gives the policy that decided by its place among them.
    ///
    /// ```
    /// use ram_policy::{Decision, Policy, Request, policy};
    ///
    /// let operators = policy! { allow ecs::* on *; };
    /// let nobody_deletes = policy! { deny ecs::DeleteInstance on *; };
    /// let request = Request::new("ecs:DeleteInstance", "*")?;
    /// assert_eq!(
    ///     Policy::evaluate_together([&operators, &nobody_deletes], &request),
    ///     (Some(1), Decision::ExplicitDeny { statement: 0 }),
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn evaluate_together<'p>(
        policies: impl IntoIterator<Item = &'p Self>,
        request: &Request<'_>,
    ) -> (Option<usize>, Decision) {
        let mut allowed = (None, Decision::ImplicitDeny);
        for (index, policy) in policies.into_iter().enumerate() {
            match policy.evaluate(request) {
                denied @ Decision::ExplicitDeny { .. } => return (Some(index), denied),
                found @ Decision::Allow { .. } if allowed.0.is_none() => {
                    allowed = (Some(index), found);
                }
                _ => {}
            }
        }
        allowed
    }

    /// As [`Policy::evaluate`], by comparing every pattern of every statement with the request.
    ///
    /// Slow and simple: the quick way is tested against it.
    #[doc(hidden)]
    #[must_use]
    pub fn evaluate_by_name(&self, request: &Request<'_>) -> Decision {
        evaluate::evaluate_by_name(&self.document(), request)
    }

    /// The document on one line without blanks, as for an API call.
    ///
    /// ```
    /// let policy = ram_policy::policy! { deny ram::* on *; };
    /// assert_eq!(
    ///     policy.to_json(),
    ///     r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"ram:*","Resource":"*"}]}"#,
    /// );
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        self.minified().into_owned()
    }

    /// The document with 2 spaces a level, as most pages print it; no line feed at the end.
    ///
    /// RAM counts blanks: a document that is close to the limit of 6,144 characters is better sent
    /// by [`Policy::to_json`].
    ///
    /// ```
    /// let policy = ram_policy::policy! { deny ram::* on *; };
    /// assert!(policy.to_json_pretty().starts_with("{\n  \"Version\": \"1\",\n  \"Statement\": ["));
    /// ```
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.to_json_with_indent(2)
    }

    /// The document with that many spaces a level; no line feed at the end.
    ///
    /// ```
    /// let policy = ram_policy::policy! { deny ram::* on *; };
    /// assert!(policy.to_json_with_indent(4).starts_with("{\n    \"Version\": \"1\","));
    /// ```
    #[must_use]
    pub fn to_json_with_indent(&self, spaces: usize) -> String {
        json::write(&self.document(), Indent::Spaces(spaces))
    }

    /// The same statements in a document, for a policy that was written as statements alone.
    ///
    /// ```
    /// let printed = ram_policy::policy! { { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" } };
    /// assert_eq!(printed.to_json(), r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#);
    /// assert_eq!(
    ///     printed.into_whole_document().to_json(),
    ///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#,
    /// );
    /// ```
    #[must_use]
    pub fn into_whole_document(self) -> Self {
        let mut document = self.document().into_owned();
        if document.layout != Layout::StatementsOnly {
            return self;
        }
        document.layout = Layout::VersionFirst;
        Self::from_document(document)
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        // The text says everything: order, shape and spelling.
        self.minified() == other.minified()
    }
}

/// The document, indented.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json_pretty())
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(&self.to_json()).finish()
    }
}
