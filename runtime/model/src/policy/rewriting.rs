//! A shorter form of a policy, and its parts.

use alloc::vec::Vec;

use super::Policy;
use crate::prove::{Alone, SplitError, simplified, split};

impl Policy {
    /// A shorter policy that decides every request as this one does; this one where none is found.
    ///
    /// What a request is refused by stays too: a `Deny` that meets no `Allow` of this policy is
    /// kept, because it may meet one of another policy of the same caller (RAM: How RAM evaluates
    /// policies); [`Policy::simplified_alone`] leaves it out. Which statement decides may change. The
    /// result is shortest as far as leaving out and putting together go; no wildcard is made of
    /// several names.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let long = policy! {
    ///     allow ecs::{DescribeInstances, Describe*} on *;
    ///     allow ecs::StopInstance on *;
    ///     allow ecs::StopInstance on "acs:ecs:*:*:instance/i-1";
    /// };
    /// assert_eq!(long.simplified(), policy! { allow ecs::{Describe*, StopInstance} on *; });
    /// ```
    #[must_use]
    pub fn simplified(&self) -> Self {
        self.rewritten(Alone::No)
    }

    /// As [`Policy::simplified`], for a policy that is the only one of its caller: a `Deny` that
    /// takes nothing from what this policy allows is left out as well.
    ///
    /// The result allows the same requests. It refuses by nothing that allows them what this policy
    /// refused by such a `Deny`.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let policy = policy! { allow oss::GetObject on *; deny ecs::* on *; };
    /// assert_eq!(policy.simplified(), policy);
    /// assert_eq!(policy.simplified_alone(), policy! { allow oss::GetObject on *; });
    /// ```
    #[must_use]
    pub fn simplified_alone(&self) -> Self {
        self.rewritten(Alone::Yes)
    }

    fn rewritten(&self, alone: Alone) -> Self {
        simplified(&self.document(), alone).map_or_else(|| self.clone(), Self::from_document)
    }

    /// Several policies of at most so many characters, minified, that decide together as this one
    /// does when they are attached to the same caller; one, where that is enough. RAM takes 6,144
    /// characters and attaches at most 10 custom policies to a user, a group or a role (RAM:
    /// Limits).
    ///
    /// Each statement goes into the first policy with room for it. Where a statement alone is too
    /// long, its actions, its resources or the values of a condition are divided; those of
    /// `NotAction` and of negated operators belong together. That the policies decide as this one is
    /// proved, not assumed. [`Policy::simplified`] comes first when fewer policies are wanted.
    ///
    /// ```
    /// use ram_policy::{Prover, policy};
    ///
    /// let policy = policy! {
    ///     allow ecs::{DescribeInstances, DescribeDisks, DescribeImages, DescribeSnapshots} on *;
    ///     deny ecs::DescribeDisks on "acs:ecs:cn-beijing:*:*";
    /// };
    /// let parts = policy.split(150)?;
    /// assert_eq!(parts.len(), 3);
    /// assert!(parts.iter().all(|part| part.to_json().len() <= 150));
    /// assert!(Prover::new().equivalent([&policy], &parts).is_yes());
    /// # Ok::<(), ram_policy::SplitError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A statement cannot be divided into parts that are short enough, more than 500 policies would
    /// be needed, or what the parts decide cannot be proved.
    pub fn split(&self, most: usize) -> Result<Vec<Self>, SplitError> {
        let document = self.document();
        if document.characters() <= most {
            return Ok(Vec::from([self.clone()]));
        }
        let parts = split(&document, most)?;
        Ok(parts.into_iter().map(Self::from_document).collect())
    }
}
