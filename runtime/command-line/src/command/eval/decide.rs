//! Decides a request by policies, by a trust policy or by all that an account file says.

use ram_policy_model::decide::partial::decide;
use ram_policy_model::document::bounds::Bounds;
use ram_policy_model::policy::open::together;
use ram_policy_model::text::shown::shown;
use ram_policy_model::{
    Asker, Authorization, Authorizer, Caller, Decision, Explanation, OpenResourcePolicy,
    OpenTrustPolicy, Outcome, PartialAuthorization, PartialDecision, PartialRequest, Policy,
    Request, RequestError, Residual, ResourceKind, TrustPolicy,
};
use serde::Serialize;

use crate::account::Account;
use crate::failure::Failure;
use crate::policies::Loaded;

/// Who decides.
pub(super) enum Decider<'a> {
    /// The policies of one caller, with their names.
    Policies(Vec<(String, Policy)>),
    /// The same, where something of them or of the request is not known; with the policy and the
    /// statement that each statement of the whole is.
    Open { names: Vec<String>, whole: Bounds, places: Vec<(usize, usize)> },
    /// All that have a say.
    Account { authorizer: Authorizer<'a>, is_known: bool },
    /// A trust policy alone.
    Trust { name: String, caller: Caller<'a>, policy: TrustPolicy },
    /// The same, where something of it is not known.
    OpenTrust { name: String, caller: Caller<'a>, policy: OpenTrustPolicy },
    /// A policy of a resource alone, with what it says about the caller.
    Kept { name: String, asker: Asker<'a>, owner: String, policy: OpenResourcePolicy },
}

/// What is not known of the requests, and whether it is said why.
pub(super) struct Foreseen<'a> {
    /// Condition keys of the request that are not known.
    pub(super) unknown_keys: &'a [String],
    /// Whether the resource may be any.
    pub(super) any_resource: bool,
    /// Whether every answer says why.
    pub(super) explain: bool,
}

impl Foreseen<'_> {
    /// Whether something of the request is not known.
    pub(super) const fn is_partial(&self) -> bool {
        self.any_resource || !self.unknown_keys.is_empty()
    }

    /// The request, as far as it is known.
    fn request<'r>(&'r self, request: &Request<'r>) -> Result<PartialRequest<'r>, RequestError> {
        let mut partial = PartialRequest::of(request.clone());
        if self.any_resource {
            partial = partial.with_any_resource();
        }
        self.unknown_keys.iter().try_fold(partial, |partial, key| partial.unknown(key.as_str()))
    }
}

/// What one statement says to a request.
#[derive(Serialize)]
pub(super) struct Reason {
    pub(super) policy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) statement: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<&'static str>,
    pub(super) reason: String,
}

/// A decision, and what decided.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) outcome: Option<Outcome>,
    /// What the policy that decided is called, where it has a name.
    pub(super) policy: Option<String>,
    pub(super) policy_type: Option<String>,
    pub(super) statement: Option<usize>,
    pub(super) because: Vec<Reason>,
    /// What the decision depends on.
    pub(super) hangs_on: Option<HangsOn>,
}

/// What a decision depends on that is not known.
pub(super) struct HangsOn {
    /// The conditions of an `Allow`, in one sentence.
    pub(super) words: String,
    /// Whether parts of policies are not known that decide.
    pub(super) has_holes: bool,
    /// What each policy says; one, where all decide as one.
    pub(super) policies: Vec<Left>,
}

/// What is left of a policy for a request that is known in part.
pub(super) struct Left {
    /// Which policy, where there are several kinds.
    pub(super) of: Option<String>,
    pub(super) words: String,
    /// The policy, where all of it is known.
    pub(super) policy: Option<Policy>,
    /// The resources for which the answer may be `Allow`.
    pub(super) resources: Vec<String>,
}

impl Left {
    fn of(residual: &Residual, any_resource: bool) -> Self {
        let resources = if any_resource { residual.resources() } else { Vec::new() };
        Self {
            of: None,
            words: residual.to_string(),
            policy: residual.policy(),
            resources: resources.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl<'a> Decider<'a> {
    /// The policies of one caller; `is_partial` says that the requests are known in part.
    pub(super) fn policies(loaded: Vec<Loaded>, is_partial: bool) -> Result<Self, Failure> {
        if is_partial || loaded.iter().any(|loaded| loaded.unknown().is_some()) {
            let open = loaded.iter().map(Loaded::open).collect::<Result<Vec<_>, Failure>>()?;
            let bounds: Vec<&Bounds> = open.iter().map(|policy| policy.bounds()).collect();
            let (whole, places) = together(&bounds);
            let names = loaded.into_iter().map(|loaded| loaded.label).collect();
            return Ok(Self::Open { names, whole, places });
        }
        let of = |loaded: Loaded| {
            let document = loaded.document()?.clone();
            Ok((loaded.label, Policy::from_document(document)))
        };
        Ok(Self::Policies(loaded.into_iter().map(of).collect::<Result<_, Failure>>()?))
    }

    /// A trust policy.
    pub(super) fn trust(loaded: &Loaded, caller: Caller<'a>) -> Result<Self, Failure> {
        let (name, policy) = (loaded.label.clone(), loaded.open_trust()?);
        Ok(match policy.as_policy() {
            Some(policy) => Self::Trust { name, caller, policy: policy.clone() },
            None => Self::OpenTrust { name, caller, policy },
        })
    }

    /// A policy of a resource that is owned by an account.
    pub(super) fn kept(
        loaded: &Loaded,
        kind: ResourceKind,
        asker: Asker<'a>,
        owner: String,
    ) -> Result<Self, Failure> {
        let (name, policy) = (loaded.label.clone(), loaded.open_resource(kind)?);
        Ok(Self::Kept { name, asker, owner, policy })
    }

    /// All that an account file says.
    pub(super) fn account(account: &'a Account) -> Result<Self, Failure> {
        let is_known = account.not_known().is_none();
        Ok(Self::Account { authorizer: account.authorizer()?, is_known })
    }

    /// Decides a request.
    pub(super) fn decide(
        &self,
        request: &Request<'_>,
        foreseen: &Foreseen<'_>,
    ) -> Result<Answer, RequestError> {
        let mut because = Vec::new();
        Ok(match self {
            Self::Open { names, whole, places } => {
                match decide(whole, &foreseen.request(request)?) {
                    PartialDecision::Decided(decision) => {
                        let place = decision.statement().and_then(|at| places.get(at)).copied();
                        let policy = place.and_then(|(policy, _)| names.get(policy)).cloned();
                        let statement = place.map(|(_, statement)| statement);
                        Answer { policy, statement, ..Answer::of(decision) }
                    }
                    PartialDecision::Undetermined(residual) => {
                        Answer::hanging_on(&residual, foreseen.any_resource)
                    }
                }
            }
            Self::Account { authorizer, is_known } if !is_known || foreseen.is_partial() => {
                match authorizer.authorize_partial(&foreseen.request(request)?) {
                    PartialAuthorization::Decided(answer) => Answer::authorized(answer, because),
                    undetermined @ PartialAuthorization::Undetermined { .. } => {
                        Answer::of_account(&undetermined, foreseen.any_resource)
                    }
                }
            }
            Self::Policies(policies) => {
                let all = policies.iter().map(|(_, policy)| policy);
                let (policy, decision) = Policy::evaluate_together(all, request);
                if foreseen.explain {
                    for (name, policy) in policies {
                        reasons(name, &policy.explain(request), &mut because);
                    }
                }
                let policy = policy.and_then(|at| policies.get(at)).map(|(name, _)| name.clone());
                Answer { policy, because, ..Answer::of(decision) }
            }
            Self::Account { authorizer, .. } if foreseen.explain => {
                let explained = authorizer.explain(request);
                for told in &explained.policies {
                    let kind = told.policy_type.to_string();
                    let name = account_policy(&kind, told.level, told.policy);
                    reasons(&name, &told.explanation, &mut because);
                }
                Answer::authorized(explained.authorization, because)
            }
            Self::Account { authorizer, .. } => {
                Answer::authorized(authorizer.authorize(request), because)
            }
            Self::Trust { name, caller, policy } => {
                if foreseen.explain {
                    reasons(name, &policy.explain(*caller, request), &mut because);
                }
                Answer { because, ..Answer::of(policy.evaluate(*caller, request)) }
            }
            Self::Kept { name, asker, owner, policy } => {
                if let Some(policy) = policy.as_policy().filter(|_| foreseen.explain) {
                    reasons(name, &policy.explain(*asker, owner, request), &mut because);
                }
                let said = policy.for_caller(*asker, owner);
                match said.evaluate_partial(&foreseen.request(request)?) {
                    PartialDecision::Decided(decision) => {
                        Answer { policy: Some(name.clone()), because, ..Answer::of(decision) }
                    }
                    PartialDecision::Undetermined(residual) => {
                        let answer = Answer::hanging_on(&residual, foreseen.any_resource);
                        Answer { because, ..answer }
                    }
                }
            }
            Self::OpenTrust { name, caller, policy } => match policy.evaluate(*caller, request) {
                PartialDecision::Decided(decision) => {
                    Answer { policy: Some(name.clone()), ..Answer::of(decision) }
                }
                PartialDecision::Undetermined(residual) => Answer::hanging_on(&residual, false),
            },
        })
    }
}

impl Answer {
    fn of(decision: Decision) -> Self {
        let statement = decision.statement();
        Self { outcome: Some(decision.into()), statement, ..Self::default() }
    }

    fn authorized(answer: Authorization, because: Vec<Reason>) -> Self {
        Self {
            outcome: Some(answer.outcome),
            policy: None,
            policy_type: answer.policy_type.map(|kind| kind.to_string()),
            statement: answer.statement,
            because,
            hangs_on: None,
        }
    }

    fn hanging_on(residual: &Residual, any_resource: bool) -> Self {
        let left = Left::of(residual, any_resource);
        let words = left.words.clone();
        let has_holes = !residual.holes().is_empty();
        let hangs_on = HangsOn { words, has_holes, policies: vec![left] };
        Self { hangs_on: Some(hangs_on), ..Self::default() }
    }

    /// What the policies of an account say, where the answer depends on them.
    fn of_account(undetermined: &PartialAuthorization, any_resource: bool) -> Self {
        let words = undetermined.to_string();
        let words: Vec<&str> = words.lines().skip(1).collect();
        let mut hangs_on =
            HangsOn { words: words.join("; "), has_holes: false, policies: Vec::new() };
        if let PartialAuthorization::Undetermined { policies, .. } = undetermined {
            for one in policies {
                let kind = one.policy_type.to_string();
                let of = Some(account_policy(&kind, one.level, one.policy));
                hangs_on.has_holes |= !one.residual.holes().is_empty();
                hangs_on.policies.push(Left { of, ..Left::of(&one.residual, any_resource) });
            }
        }
        Self { hangs_on: Some(hangs_on), ..Self::default() }
    }
}

/// `ControlPolicy 1 at level 0`.
fn account_policy(kind: &str, level: Option<usize>, policy: usize) -> String {
    match level {
        Some(level) => format!("{kind} {policy} at level {level}"),
        None => format!("{kind} {policy}"),
    }
}

/// What every statement of a policy that came near says.
fn reasons(name: &str, explanation: &Explanation, reasons: &mut Vec<Reason>) {
    if explanation.statements.is_empty() {
        reasons.push(Reason {
            policy: name.to_owned(),
            statement: None,
            effect: None,
            reason: format!("no statement names `{}`", shown(explanation.action.clone())),
        });
    }
    for statement in &explanation.statements {
        let told = statement.to_string();
        let reason = told.split_once(": ").map_or(told.as_str(), |(_, reason)| reason);
        reasons.push(Reason {
            policy: name.to_owned(),
            statement: Some(statement.statement),
            effect: Some(statement.effect.name()),
            reason: shown(reason.to_owned()),
        });
    }
}
