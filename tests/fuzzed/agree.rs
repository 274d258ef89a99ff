//! A document with every evaluator that a policy made at run time has, beside the reference.

use ram_policy::{Decision, OwnedRequest, Policy, PolicySet, Request, RequestAction};
use serde_json::{Value, json};

use crate::reference::{self, Asked};
use crate::{policy_of, shrink};

/// A decision as the reference says it.
#[must_use]
pub fn in_words(decision: Decision) -> (&'static str, Option<usize>) {
    let word = match decision {
        Decision::Allow { .. } => "Allow",
        Decision::ExplicitDeny { .. } => "ExplicitDeny",
        Decision::ImplicitDeny => "ImplicitDeny",
    };
    (word, decision.statement())
}

/// A document, and everything that decides by it.
pub struct Compared {
    document: Value,
    policy: Policy,
    set: PolicySet,
}

impl Compared {
    /// Reads a document.
    #[must_use]
    pub fn new(document: Value) -> Self {
        let policy = Policy::from_json_lenient(document.to_string()).unwrap().policy;
        // Each statement a policy of its own: the set must put them together.
        let alone = |statement: &Value| {
            policy_of(&json!({ "Version": "1", "Statement": [statement] }).to_string())
        };
        let statements: Vec<Policy> =
            document["Statement"].as_array().unwrap().iter().map(alone).collect();
        let set = statements.iter().collect();
        Self { document, policy, set }
    }

    /// Panics with the smallest case that still shows it if two evaluators decide differently.
    pub fn assert_agreed(&self, asked: &Asked) {
        if self.disagreement(asked).is_some() {
            let fails = |document: &Value, asked: &Asked| {
                Self::new(document.clone()).disagreement(asked).is_some()
            };
            let (document, asked) = shrink::smallest(self.document.clone(), asked.clone(), fails);
            let told = Self::new(document.clone()).disagreement(&asked);
            panic!("{document}\n{asked:?}\n{}", told.unwrap_or_default());
        }
    }

    /// Who decides otherwise than the reference.
    fn disagreement(&self, asked: &Asked) -> Option<String> {
        let action = RequestAction::unlisted(&asked.action).unwrap();
        let request = Request::new(action, &asked.resource).unwrap();
        let values = asked.context.iter();
        let read = values.clone().fold(request.clone(), |request, (key, value)| {
            // What is not of its key's type cannot be given otherwise.
            let read = request.clone().with_named(key, value);
            read.unwrap_or_else(|_| request.with_unchecked(key, value))
        });
        let request =
            values.fold(request, |request, (key, value)| request.with_unchecked(key, value));
        let expected = reference::decide(&self.document, asked);
        let decided = [
            ("policy", self.policy.evaluate(&request)),
            ("by name", self.policy.evaluate_by_name(&request)),
            ("set", self.set.evaluate(&request)),
            ("policy, of values with types", self.policy.evaluate(&read)),
            ("set, of values with types", self.set.evaluate(&read)),
        ];
        let other = decided.into_iter().find(|(_, decision)| in_words(*decision) != expected);
        if let Some((who, decision)) = other {
            return Some(format!("{who}: {decision:?}, not {expected:?}"));
        }
        if let ("Allow", Some(id)) = (expected.0, request.action().id())
            && !self.policy.grants(id)
        {
            return Some("grants: the action is allowed and not granted".into());
        }
        None
    }

    /// The explanation and the request as JSON, which are slower: they decide alike too.
    pub fn assert_told(&self, asked: &Asked) {
        let line = {
            let mut context = serde_json::Map::new();
            for (key, value) in &asked.context {
                let values = context.entry(key.clone()).or_insert_with(|| json!([]));
                values.as_array_mut().unwrap().push(value.as_str().into());
            }
            json!({ "action": asked.action, "resource": asked.resource, "context": context })
        };
        // A line is checked; where it is taken, it decides alike.
        let owned = OwnedRequest::from_json(line.to_string()).unwrap();
        if let Ok(request) = owned.request_unlisted() {
            let expected = reference::decide(&self.document, asked);
            assert_eq!(in_words(self.policy.evaluate(&request)), expected, "{line}");
            let told = self.policy.explain(&request).to_string();
            assert!(told.starts_with(expected.0), "{told}");
        }
    }
}
