//! A shorter form of a policy, and its parts.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::Policy;
use super::open::{OpenPolicy, distinct};
use crate::document::bounds::{Anyone, Bounds, StatementHole};
use crate::document::{Document, Statement};
use crate::prove::{
    Alone, Beside, Piece, SplitError, simplified, simplified_beside, split, split_beside,
};
use crate::terms::effect::Effect;
use crate::terms::layout::Layout;

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

impl OpenPolicy {
    /// A shorter policy that decides every request as this one does, whatever is not known of it.
    ///
    /// Statements of which something is not known stay as they are, behind those that are rewritten.
    /// One that they make superfluous goes, where that is so whatever they contain. See
    /// [`Policy::simplified`].
    ///
    /// ```
    /// use ram_policy::{OpenPolicy, policy};
    ///
    /// let open = OpenPolicy::from(policy! {
    ///     <bucket>
    ///     allow ecs::{Describe*, DescribeDisks} on *;
    ///     allow oss::GetObject on "acs:oss:*:*:{bucket}/*", "acs:oss:*:*:photos/*";
    ///     allow oss::GetObject on "acs:oss:*:*:photos/a";
    /// });
    /// let short = OpenPolicy::from(policy! {
    ///     <bucket>
    ///     allow ecs::Describe* on *;
    ///     allow oss::GetObject on "acs:oss:*:*:{bucket}/*", "acs:oss:*:*:photos/*";
    /// });
    /// assert_eq!(open.simplified().to_json(), short.to_json());
    /// ```
    #[must_use]
    pub fn simplified(&self) -> Self {
        self.rewritten(Alone::No)
    }

    /// As [`OpenPolicy::simplified`], for a policy that is the only one of its caller; see
    /// [`Policy::simplified_alone`]. A `Deny` stays where something that is not known may be what it
    /// is for.
    #[must_use]
    pub fn simplified_alone(&self) -> Self {
        self.rewritten(Alone::Yes)
    }

    fn rewritten(&self, alone: Alone) -> Self {
        if let Some(policy) = self.as_policy() {
            return policy.rewritten(alone).into();
        }
        let bounds = self.bounds();
        let open = |statement: &usize| !self.is_known(*statement);
        let certain = |(number, statement): (usize, &Statement), effect| {
            (open(&number) && statement.effect == effect && statement.actions().is_some())
                .then(|| statement.clone())
        };
        let least = bounds.least.statements.iter().enumerate();
        let allowed = least.filter_map(|one| certain(one, Effect::Allow));
        let most = || bounds.most.statements.iter().enumerate();
        let denied = most().filter_map(|one| certain(one, Effect::Deny));
        let beside = Beside {
            least: allowed.chain(denied).collect(),
            most_allowed: most().filter_map(|one| certain(one, Effect::Allow)).collect(),
            has_any: true,
        };
        let all = 0..bounds.least.statements.len();
        let known = all.clone().filter(|number| !open(number));
        // As they are written, where they are: bounds have another order.
        let written = self.written().unwrap_or(&bounds.least);
        let known = known.filter_map(|number| written.statements.get(number).cloned());
        let document = document_of(known.collect());
        let Some(short) = simplified_beside(&document, &beside, alone) else {
            return self.clone();
        };
        let rewritten = short.statements.iter().map(|statement| Source::Is(statement.clone()));
        let kept = all.filter(open).map(Source::Of);
        self.made_of(rewritten.chain(kept))
    }

    /// Several policies of at most so many characters, minified and with the unknown parts as they are
    /// spelt, that decide together as this one does, whatever is not known of it. See
    /// [`Policy::split`].
    ///
    /// A statement of which something is not known is not divided. How long it is in the end depends
    /// on what is not known.
    ///
    /// ```
    /// use ram_policy::{OpenPolicy, policy};
    ///
    /// let open = OpenPolicy::from(policy! {
    ///     <bucket>
    ///     allow ecs::{DescribeInstances, DescribeDisks, DescribeImages, DescribeSnapshots} on *;
    ///     allow oss::GetObject on "acs:oss:*:*:{bucket}/*";
    /// });
    /// let parts = open.split(170)?;
    /// assert_eq!(parts.len(), 2);
    /// assert!(parts[1].holes().eq([(0, "bucket")]));
    /// # Ok::<(), ram_policy::SplitError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As those of [`Policy::split`]; or a hole decides what else the document contains.
    pub fn split(&self, most: usize) -> Result<Vec<Self>, SplitError> {
        if let Some(policy) = self.as_policy() {
            return Ok(policy.split(most)?.into_iter().map(Self::from).collect());
        }
        let Some(written) = self.written() else {
            let holes = self.holes().map(|(_, name)| name.to_string());
            return Err(SplitError::NotKnown { holes: distinct(holes) });
        };
        if written.characters() <= most {
            return Ok(Vec::from([self.clone()]));
        }
        let stays = |statement: usize| !self.is_known(statement);
        let parts = split_beside(written, stays, most)?;
        let source = |Piece { of, statement }: Piece| {
            if stays(of) { Source::Of(of) } else { Source::Is(statement) }
        };
        Ok(parts.into_iter().map(|part| self.made_of(part.into_iter().map(source))).collect())
    }

    fn is_known(&self, statement: usize) -> bool {
        self.bounds().holes_in(statement).next().is_none()
    }

    /// A policy of these statements.
    pub(crate) fn made_of(&self, sources: impl Iterator<Item = Source>) -> Self {
        let bounds = self.bounds();
        let (mut least, mut most, mut spelt) = (Vec::new(), Vec::new(), Vec::new());
        let (mut holes, mut anyone) = (Vec::new(), Vec::new());
        for (statement, source) in sources.enumerate() {
            let number = match source {
                Source::Is(known) => {
                    least.push(known.clone());
                    most.push(known.clone());
                    spelt.push(known);
                    continue;
                }
                Source::Of(number) => number,
            };
            least.extend(bounds.least.statements.get(number).cloned());
            most.extend(bounds.most.statements.get(number).cloned());
            spelt.extend(self.written().and_then(|all| all.statements.get(number)).cloned());
            holes.extend(
                bounds
                    .holes_in(number)
                    .map(|name| StatementHole { statement, name: name.to_string() }),
            );
            let of_it = bounds.anyone.iter().filter(|anyone| anyone.statement == number);
            anyone.extend(of_it.map(|anyone| Anyone { statement, ..*anyone }));
        }
        let layout = bounds.least.layout;
        let of = |statements| Document { layout, ..document_of(statements) };
        Self::of(Bounds { least: of(least), most: of(most), holes, anyone }).written_as(of(spelt))
    }
}

fn document_of(statements: Vec<Statement>) -> Document {
    Document { layout: Layout::VersionFirst, statements: Cow::Owned(statements) }
}

/// Where a statement of a policy comes from.
pub(crate) enum Source {
    /// It is known.
    Is(Statement),
    /// It is this one of another policy.
    Of(usize),
}
