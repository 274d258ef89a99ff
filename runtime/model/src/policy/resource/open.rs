//! A policy of a resource of which something is not known.

use alloc::string::String;

use super::ResourcePolicy;
use super::for_caller::said_of;
use crate::document::bounds::Bounds;
use crate::policy::open::OpenPolicy;
use crate::terms::caller::Asker;
use crate::terms::kind::ResourceKind;

/// A policy of a resource of which something is not known, as of Terraform before it runs.
///
/// ```
/// use ram_policy::{Caller, OpenResourcePolicy, Request, ResourceKind, ResourcePolicy};
///
/// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Principal":"*","Resource":"*"}]}"#;
/// let endpoint = ResourcePolicy::from_json(ResourceKind::Endpoint, text)?;
/// let open = OpenResourcePolicy::from(endpoint);
/// assert_eq!(open.holes().count(), 0);
/// # Ok::<(), ram_policy::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OpenResourcePolicy {
    kind: ResourceKind,
    bounds: Bounds,
    least: ResourcePolicy,
}

impl OpenResourcePolicy {
    /// A policy between these bounds.
    #[doc(hidden)]
    #[must_use]
    pub fn of(kind: ResourceKind, bounds: Bounds) -> Self {
        let least = ResourcePolicy::from_document(kind, bounds.least.clone());
        Self { kind, bounds, least }
    }

    /// A policy of which nothing is known, and why: it may say anything about anybody.
    ///
    /// ```
    /// use ram_policy::{Caller, OpenResourcePolicy, Request, ResourceKind};
    ///
    /// let bucket = OpenResourcePolicy::unread(ResourceKind::Bucket, "it is not among the files");
    /// let said = bucket.for_caller(Caller::Anonymous, "1234567890123456");
    /// let request = Request::new("oss:GetObject", "acs:oss:*:1234567890123456:photos/a")?;
    /// assert_eq!(said.evaluate(&request).decision(), None);
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn unread(kind: ResourceKind, why: impl Into<String>) -> Self {
        Self::of(kind, Bounds::unknown(why.into()))
    }

    /// What it is kept with.
    #[must_use]
    pub const fn kind(&self) -> ResourceKind {
        self.kind
    }

    /// What is not known: the statement, from 0, and what the source writes in its place.
    pub fn holes(&self) -> impl Iterator<Item = (usize, &str)> {
        self.bounds.holes.iter().map(|hole| (hole.statement, hole.name.as_str()))
    }

    /// The policy itself, where all of it is known.
    #[must_use]
    pub fn as_policy(&self) -> Option<&ResourcePolicy> {
        self.bounds.as_exact().map(|_| &self.least)
    }

    /// What it says about one caller; see [`ResourcePolicy::for_caller`].
    #[must_use]
    pub fn for_caller<'a>(&self, asker: impl Into<Asker<'a>>, owner: &str) -> OpenPolicy {
        let asker = asker.into();
        self.as_said_of(asker, asker.caller().account() == Some(owner))
    }

    pub(crate) fn as_said_of(&self, asker: Asker<'_>, owns: bool) -> OpenPolicy {
        OpenPolicy::of(said_of(self.kind, &self.bounds, asker, owns))
    }

    /// The bounds.
    #[doc(hidden)]
    #[must_use]
    pub const fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// The policy that allows the least of what this one may.
    pub(crate) const fn least(&self) -> &ResourcePolicy {
        &self.least
    }
}

impl From<ResourcePolicy> for OpenResourcePolicy {
    fn from(policy: ResourcePolicy) -> Self {
        let bounds = Bounds::exact(policy.document().into_owned());
        Self { kind: policy.kind(), bounds, least: policy }
    }
}
