//! Questions about all requests at once, asked of policies.

use alloc::vec::Vec;

use super::Policy;
use crate::prove::{Comparison, Counterexample, Proof, Prover, Reason, Side, everything};

impl Policy {
    /// Whether the other policy allows every request that this one allows.
    ///
    /// The counterexample is a request that this policy allows and the other one does not.
    ///
    /// ```
    /// use ram_policy::{Proof, policy};
    ///
    /// let boundary = policy! { allow ecs::* on *; deny ecs::DeleteInstance on *; };
    /// let operators = policy! { allow ecs::{StartInstance, StopInstance} on *; };
    /// assert_eq!(operators.within(&boundary), Proof::Yes);
    ///
    /// let owners = policy! { allow ecs::*Instance on *; };
    /// let Proof::No(request) = owners.within(&boundary) else { panic!() };
    /// assert_eq!(request.as_request().action, "ecs:DeleteInstance");
    /// ```
    #[must_use]
    pub fn within(&self, other: &Self) -> Proof {
        Prover::new().within([self], [other])
    }

    /// Whether the two policies allow the same requests.
    ///
    /// The counterexample is a request that only one of them allows. How a request is refused makes
    /// no difference here: by a `Deny` or by nothing that allows it.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let one = policy! { allow ecs::Describe*, ecs::DescribeInstances on *; };
    /// let other = policy! { allow ecs::* on *; deny * except ecs::Describe* on *; };
    /// assert!(one.equivalent(&other).is_yes());
    /// ```
    #[must_use]
    pub fn equivalent(&self, other: &Self) -> Proof {
        Prover::new().equivalent([self], [other])
    }

    /// Whether some request is allowed by both policies; [`Policy::common_request`] gives one.
    ///
    /// `No` says that there is none. Its counterexample is a request that this policy allows and
    /// the other one therefore does not; where this policy allows nothing, one that the other
    /// allows; where neither allows anything, one that both refuse.
    ///
    /// ```
    /// use ram_policy::{Proof, policy};
    ///
    /// let policy = policy! { allow ecs::* on *; allow ram::GetUser on *; };
    /// let sensitive = policy! { allow ram::* on *; };
    /// assert_eq!(policy.overlaps(&sensitive), Proof::Yes);
    /// let buckets = policy! { allow oss::* on *; };
    /// assert!(matches!(policy.overlaps(&buckets), Proof::No(_)));
    /// ```
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> Proof {
        Prover::new().overlaps([self], [other])
    }

    /// Whether this policy allows nothing that the other one denies.
    ///
    /// Of the other policy only the denials count. The counterexample is a request that this policy
    /// allows and a denial of the other one matches.
    ///
    /// ```
    /// use ram_policy::{Proof, policy};
    ///
    /// let operators = policy! { allow ecs::S*Instance on *; deny ecs::StartInstance on *; };
    /// assert_eq!(operators.never_allows(&policy! { deny ram::* on *; }), Proof::Yes);
    /// assert_eq!(operators.never_allows(&policy! { deny ecs::StartInstance on *; }), Proof::Yes);
    /// let elsewhere = policy! { deny ecs::* on "acs:ecs:cn-beijing:*:*"; };
    /// assert!(matches!(operators.never_allows(&elsewhere), Proof::No(_)));
    /// ```
    #[must_use]
    pub fn never_allows(&self, other: &Self) -> Proof {
        Prover::new().within([self], [&Self::from_document(everything()), other])
    }

    /// A request that both policies allow; `None` when it is proved that there is none.
    ///
    /// The other policy may say what is looked for: its actions, resources and conditions.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let policy = policy! { allow * except ram::* on *; allow ram::Get* on *; };
    /// let sensitive = policy! { allow ram::{CreatePolicy, GetPolicy} on *; };
    /// let found = policy.common_request(&sensitive)?.expect("`ram:GetPolicy` is one");
    /// assert_eq!(found.as_request().action, "ram:GetPolicy");
    /// # Ok::<(), ram_policy::prove::Reason>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It cannot be decided.
    pub fn common_request(&self, other: &Self) -> Result<Option<Counterexample>, Reason> {
        Prover::new().common_request([self], [other])
    }
}

impl Prover {
    /// Whether the right side allows every request that the left side allows; the counterexample is
    /// one that the left side allows and the right side does not. See [`Policy::within`].
    #[must_use]
    pub fn within<'p>(
        self,
        left: impl IntoIterator<Item = &'p Policy>,
        right: impl IntoIterator<Item = &'p Policy>,
    ) -> Proof {
        self.prove_within(&side(left), &side(right))
    }

    /// Whether both sides allow the same requests; the counterexample is one that only one of them
    /// allows. See [`Policy::equivalent`].
    #[must_use]
    pub fn equivalent<'p>(
        self,
        left: impl IntoIterator<Item = &'p Policy>,
        right: impl IntoIterator<Item = &'p Policy>,
    ) -> Proof {
        self.prove_equivalent(&side(left), &side(right))
    }

    /// Whether both sides allow some request. See [`Policy::overlaps`] for the counterexample.
    #[must_use]
    pub fn overlaps<'p>(
        self,
        left: impl IntoIterator<Item = &'p Policy>,
        right: impl IntoIterator<Item = &'p Policy>,
    ) -> Proof {
        self.prove_overlap(&side(left), &side(right))
    }

    /// A request that both sides allow; `None` when there is none. See [`Policy::common_request`].
    ///
    /// # Errors
    ///
    /// It cannot be decided.
    pub fn common_request<'p>(
        self,
        left: impl IntoIterator<Item = &'p Policy>,
        right: impl IntoIterator<Item = &'p Policy>,
    ) -> Result<Option<Counterexample>, Reason> {
        self.find(&[&side(left), &side(right)], None)
    }

    /// A request that every one of these sets of policies allows, each by itself, and the other set
    /// does not, if there is one; `None` when it is proved that there is no such request.
    ///
    /// What a caller may do is allowed by its own policies, and by every level of control policies,
    /// and by its session policy: one set each.
    ///
    /// ```
    /// use ram_policy::{Policy, Prover, policy};
    ///
    /// let own = policy! { allow ecs::*, ram::* on *; };
    /// let control = policy! { allow * except ram::* on *; };
    /// let session = policy! { allow ram::*, ecs::StopInstance on *; };
    /// let sets: [&[&Policy]; 3] = [&[&own], &[&control], &[&session]];
    /// let found = Prover::new().request_allowed_by_all(sets, None)?.expect("one is left");
    /// assert_eq!(found.as_request().action, "ecs:StopInstance");
    /// // Nothing else is.
    /// let known: &[&Policy] = &[&policy! { allow ecs::StopInstance on *; }];
    /// assert_eq!(Prover::new().request_allowed_by_all(sets, Some(known))?, None);
    /// # Ok::<(), ram_policy::prove::Reason>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It cannot be decided.
    pub fn request_allowed_by_all<'p>(
        self,
        sets: impl IntoIterator<Item = &'p [&'p Policy]>,
        not_by: Option<&'p [&'p Policy]>,
    ) -> Result<Option<Counterexample>, Reason> {
        let sets: Vec<Side<'_>> =
            sets.into_iter().map(|policies| side(policies.iter().copied())).collect();
        let sets: Vec<&Side<'_>> = sets.iter().collect();
        let not_by = not_by.map(|policies| side(policies.iter().copied()));
        self.find(&sets, not_by.as_ref())
    }
}

impl<'p> Comparison<'p> {
    /// Compares these two.
    #[must_use]
    pub fn new(old: &'p Policy, new: &'p Policy) -> Self {
        Self::of(side([old]), side([new]))
    }
}

fn side<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> Side<'p> {
    Side::of(policies.into_iter().map(Policy::document))
}
