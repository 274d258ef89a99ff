//! The stages of the whole decision, in RAM's order (RAM: How RAM evaluates policies; RAM: Policy
//! evaluation process of assuming a RAM role).

use super::authorize::{Authorization, Authorizer, Outcome, PolicyType, ResourceGroupRule};
use crate::catalogue::{self, ActionId};
use crate::policy::Policy;
use crate::policy::resource::ResourcePolicy;
use crate::policy::role::TrustPolicy;
use crate::request::{Request, RequestAction};
use crate::terms::arn::Arn;
use crate::terms::caller::{Asker, Caller};
use crate::terms::characters::is_account;
use crate::terms::decision::Decision;
use crate::terms::kind::{Across, Combines};

/// A stage of the decision: what is asked, and may decide.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Whether the caller can ask for a role in this way.
    Role,
    /// The policies that are kept with the resource.
    Resource,
    /// The owner of an account.
    Root,
    /// Control policies, level by level.
    Control,
    /// The trust policy of the role that is asked for.
    Trust,
    /// The session policy.
    Session,
    /// The caller's own policies.
    Identity,
}

impl Stage {
    /// Every stage, in RAM's order.
    pub const ALL: [Self; 7] = [
        Self::Role,
        Self::Resource,
        Self::Root,
        Self::Control,
        Self::Trust,
        Self::Session,
        Self::Identity,
    ];

    /// Its name, as the documentation lists it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Resource => "resource",
            Self::Root => "root",
            Self::Control => "control",
            Self::Trust => "trust",
            Self::Session => "session",
            Self::Identity => "identity",
        }
    }
}

/// What a decision is about, and what the stages before have found.
struct Asked<'r, 'q> {
    request: &'r Request<'q>,
    assumes: Option<Assumes>,
    owns: bool,
    trusted: Step,
    /// What a policy of the resource gives, and what more another account needs.
    given: Option<(Step, Across)>,
}

/// The basic step over the policies of one kind, merged.
#[derive(Debug, Clone, Copy)]
struct Step {
    outcome: Outcome,
    policy: Option<usize>,
    statement: Option<usize>,
}

impl Step {
    const NOTHING: Self = Self { outcome: Outcome::ImplicitDeny, policy: None, statement: None };

    /// A `Deny` of any policy decides, else an `Allow` of any.
    fn over<'p>(
        policies: impl Iterator<Item = &'p Policy> + Clone,
        request: &Request<'_>,
        source: Source,
        witness: &mut impl Witness,
    ) -> Self {
        witness.policies(source, policies.clone(), request);
        let (policy, decision) = witness.ask(source, policies, request);
        Self { outcome: decision.into(), policy, statement: decision.statement() }
    }
}

/// Where policies of a step come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    pub(crate) policy_type: PolicyType,
    pub(crate) level: Option<usize>,
    /// The place of the first of these policies among those of their type and level.
    pub(crate) first: usize,
}

impl Source {
    pub(super) const fn of(policy_type: PolicyType) -> Self {
        Self { policy_type, level: None, first: 0 }
    }
}

/// Sees which policies are asked what, in RAM's order.
pub(crate) trait Witness {
    /// These policies are asked together.
    fn policies<'p>(
        &mut self,
        source: Source,
        policies: impl Iterator<Item = &'p Policy>,
        request: &Request<'_>,
    );

    /// The trust policy is asked.
    fn trust(&mut self, policy: &TrustPolicy, caller: Caller<'_>, request: &Request<'_>);

    /// A policy of the resource is asked.
    fn kept(
        &mut self,
        source: Source,
        policy: &ResourcePolicy,
        asker: Asker<'_>,
        owns: bool,
        request: &Request<'_>,
    );

    /// What these policies decide together.
    fn ask<'p>(
        &mut self,
        _: Source,
        policies: impl Iterator<Item = &'p Policy>,
        request: &Request<'_>,
    ) -> (Option<usize>, Decision) {
        Policy::evaluate_together(policies, request)
    }

    /// What the trust policy decides.
    fn ask_trust(
        &mut self,
        policy: &TrustPolicy,
        caller: Caller<'_>,
        request: &Request<'_>,
    ) -> Decision {
        policy.evaluate(caller, request)
    }
}

/// Nobody looks.
impl Witness for () {
    fn policies<'p>(&mut self, _: Source, _: impl Iterator<Item = &'p Policy>, _: &Request<'_>) {}

    fn trust(&mut self, _: &TrustPolicy, _: Caller<'_>, _: &Request<'_>) {}

    fn kept(&mut self, _: Source, _: &ResourcePolicy, _: Asker<'_>, _: bool, _: &Request<'_>) {}
}

/// How a request to the token service asks for a role.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Assumes {
    /// `sts:AssumeRole`.
    Directly,
    /// `sts:AssumeRoleWithSAML`.
    WithSaml,
    /// `sts:AssumeRoleWithOIDC`.
    WithOidc,
}

impl Assumes {
    /// Whether a caller can ask in this way at all: only who an identity provider vouches for can
    /// sign on, and only by that provider's protocol.
    fn is_open_to(self, caller: Caller<'_>) -> bool {
        match (self, caller) {
            (
                Self::Directly,
                Caller::User { .. } | Caller::Role { .. } | Caller::Service { .. },
            ) => true,
            (Self::WithSaml, Caller::Federated { provider }) => {
                provider.contains(":saml-provider/")
            }
            (Self::WithOidc, Caller::Federated { provider }) => {
                provider.contains(":oidc-provider/")
            }
            (
                Self::Directly,
                Caller::Federated { .. } | Caller::Root { .. } | Caller::Anonymous,
            )
            | (
                Self::WithSaml | Self::WithOidc,
                Caller::User { .. }
                | Caller::Role { .. }
                | Caller::Service { .. }
                | Caller::Root { .. }
                | Caller::Anonymous,
            ) => false,
        }
    }
}

impl Authorizer<'_> {
    /// As [`Authorizer::authorize`], with somebody who looks.
    pub(crate) fn authorize_before(
        &self,
        request: &Request<'_>,
        witness: &mut impl Witness,
    ) -> Authorization {
        let arn = self.asker.caller().arn();
        self.decide(&request.with_only("acs:PrincipalARN", arn.as_deref()), witness)
    }

    pub(super) fn decide(
        &self,
        request: &Request<'_>,
        witness: &mut impl Witness,
    ) -> Authorization {
        let (assumes, owns) = (assumes(request), self.owns(request));
        let mut asked = Asked { request, assumes, owns, trusted: Step::NOTHING, given: None };
        for stage in Stage::ALL {
            let answer = match stage {
                Stage::Role => self.refuse_role(&asked),
                Stage::Resource => self.resource(&mut asked, witness),
                Stage::Root => self.root(&asked),
                Stage::Control => self.control(&asked, witness),
                Stage::Trust => self.trust(&mut asked, witness),
                Stage::Session => self.session(&asked, witness),
                Stage::Identity => Some(self.identity(&asked, witness)),
            };
            if let Some(answer) = answer {
                return answer;
            }
        }
        self.nothing_allows()
    }

    /// The answer where no stage decides.
    pub(super) const fn nothing_allows(&self) -> Authorization {
        self.answer(Step::NOTHING, None, None)
    }

    fn refuse_role(&self, asked: &Asked<'_, '_>) -> Option<Authorization> {
        let way = asked.assumes?;
        let Arn { service, relative_id, .. } = asked.request.resource();
        let is_role = service == "ram" && relative_id.starts_with("role/");
        let refuses = !is_role || !way.is_open_to(self.asker.caller());
        refuses.then(|| self.nothing_allows())
    }

    /// Asks the policies of the resource: a denial, and a filter that does not allow, decide; what is
    /// given is remembered.
    fn resource(
        &self,
        asked: &mut Asked<'_, '_>,
        witness: &mut impl Witness,
    ) -> Option<Authorization> {
        for (first, kept) in self.kept.iter().enumerate() {
            let source = Source { first, ..Source::of(PolicyType::ResourceBasedPolicy) };
            let of_access_point = kept.resource.map(|arn| asked.request.with_resource(arn));
            let request = of_access_point.as_ref().unwrap_or(asked.request);
            witness.kept(source, kept.policy.least(), self.asker, asked.owns, request);
            let said = [kept.said(asked.owns).least()].into_iter();
            let (_, decision) = witness.ask(source, said, request);
            let step = Step {
                outcome: decision.into(),
                policy: Some(first),
                statement: decision.statement(),
            };
            let refuses = match kept.policy.kind().rules().combines {
                Combines::Grants(across) => {
                    if step.outcome == Outcome::Allow && asked.given.is_none() {
                        asked.given = Some((step, across));
                    }
                    false
                }
                Combines::Filters => step.outcome != Outcome::Allow,
                Combines::Denies => kept.allows_any && step.outcome != Outcome::Allow,
            };
            if refuses || step.outcome == Outcome::ExplicitDeny {
                return Some(self.answer(step, Some(source.policy_type), None));
            }
        }
        None
    }

    fn root(&self, asked: &Asked<'_, '_>) -> Option<Authorization> {
        let Caller::Root { .. } = self.asker.caller() else { return None };
        if asked.owns {
            return Some(self.answer(
                Step { outcome: Outcome::Allow, ..Step::NOTHING },
                None,
                None,
            ));
        }
        // The owner of another account has what the resource gives it.
        asked.given.is_none().then(|| self.answer(Step::NOTHING, None, None))
    }

    fn control(&self, asked: &Asked<'_, '_>, witness: &mut impl Witness) -> Option<Authorization> {
        for (level, policies) in self.control_levels.iter().enumerate() {
            let policies = || policies.iter().copied();
            let source = Source { level: Some(level), ..Source::of(PolicyType::ControlPolicy) };
            let mut step = Step::over(policies(), asked.request, source, witness);
            // No document says under which name signing on is checked: under both.
            if step.outcome == Outcome::Allow
                && matches!(asked.assumes, Some(Assumes::WithSaml | Assumes::WithOidc))
            {
                let request = asked.request.with_action(assume_role());
                step = Step::over(policies(), &request, source, witness);
            }
            if step.outcome != Outcome::Allow {
                return Some(self.answer(step, Some(PolicyType::ControlPolicy), Some(level)));
            }
        }
        None
    }

    fn trust(
        &self,
        asked: &mut Asked<'_, '_>,
        witness: &mut impl Witness,
    ) -> Option<Authorization> {
        asked.trusted = self.trust.map_or(Step::NOTHING, |trust| {
            let decision = match asked.assumes {
                Some(_) => {
                    witness.trust(trust, self.asker.caller(), asked.request);
                    witness.ask_trust(trust, self.asker.caller(), asked.request)
                }
                None => Decision::ImplicitDeny,
            };
            Step { outcome: decision.into(), policy: Some(0), statement: decision.statement() }
        });
        // Who signs on or is a service has no policies of its own.
        let decides_alone =
            matches!(self.asker.caller(), Caller::Service { .. } | Caller::Federated { .. });
        decides_alone.then(|| self.answer(asked.trusted, Some(PolicyType::AssumeRolePolicy), None))
    }

    fn session(&self, asked: &Asked<'_, '_>, witness: &mut impl Witness) -> Option<Authorization> {
        let source = Source::of(PolicyType::SessionPolicy);
        let policies = [self.session?].into_iter();
        let step = Step::over(policies, asked.request, source, witness);
        let decides = step.outcome != Outcome::Allow;
        decides.then(|| self.answer(step, Some(source.policy_type), None))
    }

    fn identity(&self, asked: &Asked<'_, '_>, witness: &mut impl Witness) -> Authorization {
        let (own, own_type) = self.own_policies(asked.request, witness);
        if asked.assumes.is_none() {
            return self.with_given(asked, own, own_type);
        }
        // Both sides must allow; a denial of either denies.
        let trust_decides = match own.outcome {
            Outcome::Allow => true,
            Outcome::ExplicitDeny => false,
            Outcome::ImplicitDeny => asked.trusted.outcome == Outcome::ExplicitDeny,
        };
        if trust_decides {
            self.answer(asked.trusted, Some(PolicyType::AssumeRolePolicy), None)
        } else {
            self.answer(own, Some(own_type), None)
        }
    }

    /// What the caller's own policies and what the resource gives come to.
    fn with_given(&self, asked: &Asked<'_, '_>, own: Step, own_type: PolicyType) -> Authorization {
        let allows = match (own.outcome, asked.given) {
            // Whether a denial of the caller's own account is seen across accounts is not documented.
            (Outcome::ExplicitDeny, _) => None,
            (Outcome::Allow, _) if asked.owns => Some((own, own_type)),
            // One account's policies do not reach into another's resources alone.
            (Outcome::Allow, Some((given, Across::Alone | Across::Both(_)))) => {
                Some((given, PolicyType::ResourceBasedPolicy))
            }
            (Outcome::ImplicitDeny, Some((given, Across::Alone))) => {
                Some((given, PolicyType::ResourceBasedPolicy))
            }
            (Outcome::ImplicitDeny, Some((given, Across::Both(_)))) => {
                asked.owns.then_some((given, PolicyType::ResourceBasedPolicy))
            }
            (Outcome::Allow | Outcome::ImplicitDeny, None) => None,
        };
        let denies = own.outcome == Outcome::ExplicitDeny;
        let (step, policy_type) =
            allows.unwrap_or((if denies { own } else { Step::NOTHING }, own_type));
        self.answer(step, Some(policy_type), None)
    }

    /// Whether the caller's account owns the resource.
    fn owns(&self, request: &Request<'_>) -> bool {
        let named = request.resource().account;
        let account = self.asker.caller().account();
        // What is known of the owner must agree.
        account.is_some()
            && [self.owner, Some(named).filter(|named| is_account(named))]
                .into_iter()
                .flatten()
                .all(|owner| account == Some(owner))
    }

    /// The caller's own policies, account level first.
    fn own_policies(
        &self,
        request: &Request<'_>,
        witness: &mut impl Witness,
    ) -> (Step, PolicyType) {
        let own = Source::of(PolicyType::AccountLevelIdentityBasedPolicy);
        let account = Step::over(self.account_level.iter().copied(), request, own, witness);
        let asks_group = match (self.resource_group_rule, account.outcome) {
            (_, Outcome::ExplicitDeny) => false,
            (_, Outcome::ImplicitDeny) => true,
            (rule, Outcome::Allow) => rule == ResourceGroupRule::DenyOverrides,
        };
        if !asks_group || self.resource_group_level.is_empty() {
            return (account, own.policy_type);
        }
        let granted = Source::of(PolicyType::ResourceGroupLevelIdentityBasedPolicy);
        let policies = self.resource_group_level.iter().copied();
        let group = Step::over(policies, request, granted, witness);
        let group_decides = match account.outcome {
            // Only reached where a denial overrides.
            Outcome::Allow => group.outcome == Outcome::ExplicitDeny,
            Outcome::ExplicitDeny | Outcome::ImplicitDeny => group.outcome != Outcome::ImplicitDeny,
        };
        if group_decides { (group, granted.policy_type) } else { (account, own.policy_type) }
    }

    const fn answer(
        &self,
        step: Step,
        policy_type: Option<PolicyType>,
        level: Option<usize>,
    ) -> Authorization {
        let Step { outcome, policy, statement } = step;
        // Where nothing matched, no policy decided.
        let policy = if statement.is_some() { policy } else { None };
        let principal_type = self.asker.caller().principal_type();
        Authorization { outcome, policy_type, level, policy, statement, principal_type }
    }
}

fn assumes(request: &Request<'_>) -> Option<Assumes> {
    let action = request.action();
    if !action.code().eq_ignore_ascii_case("sts") {
        return None;
    }
    let is = |name: &str| action.name().eq_ignore_ascii_case(name);
    if is("AssumeRole") {
        Some(Assumes::Directly)
    } else if is("AssumeRoleWithSAML") {
        Some(Assumes::WithSaml)
    } else if is("AssumeRoleWithOIDC") {
        Some(Assumes::WithOidc)
    } else {
        None
    }
}

/// `sts:AssumeRole`, as the catalogue has it.
fn assume_role() -> RequestAction<'static> {
    let row = catalogue::find_action("sts:AssumeRole");
    // Without the row, no policy of the catalogue's actions names it, and nothing is allowed.
    row.map_or(RequestAction::listed(ActionId::new(u16::MAX, 0), "sts"), |row| {
        RequestAction::listed(row.id(), "sts")
    })
}
