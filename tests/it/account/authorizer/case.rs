//! A case: who asks, and the policies that have a say, as written and read from JSON.

use std::error::Error;

use ram_policy::{
    Authorizer, Caller, ControlPolicy, Policy, ResourceGroupRule, SessionPolicy, TrustPolicy,
};

/// Who asks, and the policies that have a say.
pub(super) struct Case {
    pub(super) caller: Caller<'static>,
    pub(super) owner: Option<&'static str>,
    pub(super) control: Vec<Vec<&'static Policy>>,
    pub(super) session: Option<&'static Policy>,
    pub(super) policies: Vec<&'static Policy>,
    pub(super) group: Vec<&'static Policy>,
    pub(super) trust: Option<&'static TrustPolicy>,
    pub(super) rule: ResourceGroupRule,
}

impl Case {
    pub(super) fn of(caller: Caller<'static>) -> Self {
        Self {
            caller,
            owner: None,
            control: Vec::new(),
            session: None,
            policies: Vec::new(),
            group: Vec::new(),
            trust: None,
            rule: ResourceGroupRule::default(),
        }
    }

    /// The policies as written, each as its kind.
    pub(super) fn as_written(&self) -> Result<Attached, Box<dyn Error>> {
        let level = |level: &Vec<&'static Policy>| {
            level.iter().map(|policy| ControlPolicy::new((*policy).clone())).collect()
        };
        Ok(Attached {
            control: self.control.iter().map(level).collect::<Result<_, _>>()?,
            session: self.session.map(|policy| SessionPolicy::new(policy.clone())).transpose()?,
            policies: self.policies.iter().map(|policy| (*policy).clone()).collect(),
            group: self.group.iter().map(|policy| (*policy).clone()).collect(),
            trust: self.trust.cloned(),
        })
    }

    /// The policies read from their JSON, in the order asked for.
    pub(super) fn read_again(&self, order: Order) -> Result<Attached, Box<dyn Error>> {
        let text = |policy: &Policy| order.of_statements(&policy.to_json());
        let identity = |policies: &[&Policy]| -> Result<Vec<Policy>, Box<dyn Error>> {
            let read = |policy: &&Policy| Ok(Policy::from_json_lenient(text(policy)?)?.policy);
            policies.iter().map(read).collect::<Result<_, _>>().map(|read| order.of(read))
        };
        let mut control = Vec::new();
        for level in &self.control {
            let mut policies = Vec::new();
            for policy in level {
                policies.push(ControlPolicy::from_json_lenient(text(policy)?)?.policy);
            }
            control.push(order.of(policies));
        }
        let session = match self.session {
            Some(policy) => Some(SessionPolicy::from_json_lenient(text(policy)?)?.policy),
            None => None,
        };
        let trust = match self.trust {
            Some(trust) => {
                let text = order.of_statements(&trust.to_json())?;
                Some(TrustPolicy::from_json_lenient(text)?.policy)
            }
            None => None,
        };
        let policies = identity(&self.policies)?;
        let group = identity(&self.group)?;
        Ok(Attached { control, session, policies, group, trust })
    }
}

/// The policies of a case.
pub(super) struct Attached {
    control: Vec<Vec<ControlPolicy>>,
    session: Option<SessionPolicy>,
    policies: Vec<Policy>,
    group: Vec<Policy>,
    trust: Option<TrustPolicy>,
}

impl Attached {
    pub(super) fn authorizer<'p>(&'p self, case: &Case) -> Authorizer<'p> {
        let mut authorizer = Authorizer::new(case.caller)
            .with_policies(&self.policies)
            .with_resource_group_policies(&self.group)
            .with_resource_group_rule(case.rule);
        for level in &self.control {
            authorizer = authorizer.with_control_level(level);
        }
        if let Some(owner) = case.owner {
            authorizer = authorizer.with_owner(owner);
        }
        if let Some(session) = &self.session {
            authorizer = authorizer.with_session_policy(session);
        }
        if let Some(trust) = &self.trust {
            authorizer = authorizer.with_trust_policy(trust);
        }
        authorizer
    }
}

/// Which orders are turned round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    pub(super) policies: bool,
    pub(super) statements: bool,
}

impl Order {
    fn of<T>(self, mut policies: Vec<T>) -> Vec<T> {
        if self.policies {
            policies.reverse();
        }
        policies
    }

    fn of_statements(self, document: &str) -> serde_json::Result<String> {
        let mut document: serde_json::Value = serde_json::from_str(document)?;
        if self.statements
            && let Some(statements) =
                document.get_mut("Statement").and_then(serde_json::Value::as_array_mut)
        {
            statements.reverse();
        }
        serde_json::to_string(&document)
    }
}
