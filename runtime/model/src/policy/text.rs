//! The document of a policy as text, and the decision by its document.

use alloc::string::String;
use core::fmt;

use super::Policy;
use crate::decide::evaluate;
use crate::document::{self, Indent};
use crate::request::Request;
use crate::terms::decision::Decision;
use crate::terms::layout::Layout;

impl Policy {
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
        self.form.text().into_owned()
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
        document::write(&self.document(), Indent::Spaces(spaces))
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

/// The document, indented.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json_pretty())
    }
}
