//! The peer iam-rs, which reads the JSON of AWS.

use iam_rs::{
    Arn, Context, Decision, EvaluationOptions, EvaluationResult, IAMPolicy, IAMRequest,
    PolicyEvaluator, Principal, PrincipalId,
};
use serde_json::{Value, json};

use crate::asked::{ACCOUNT, Asked, Verdict};

/// A policy and its requests, ready to ask.
pub struct Iam {
    evaluator: PolicyEvaluator,
    /// The requests, in the order they were given.
    pub requests: Vec<IAMRequest>,
}

impl Iam {
    /// Translates policies, which are asked together, and requests.
    ///
    /// # Panics
    ///
    /// Something in them has no translation.
    #[must_use]
    pub fn new(policies: &[Value], asked: &[Asked]) -> Self {
        // Unless told otherwise, it looks at no more than 1,000 statements.
        let options = EvaluationOptions { max_statements: usize::MAX, ..Default::default() };
        let policies = policies.iter().map(policy).collect();
        Self {
            evaluator: PolicyEvaluator::with_policies(policies).with_options(options),
            requests: asked.iter().map(request).collect(),
        }
    }

    /// What is measured.
    ///
    /// # Panics
    ///
    /// iam-rs reports an error.
    #[must_use]
    pub fn decide(&self, request: &IAMRequest) -> EvaluationResult {
        self.evaluator.evaluate(request).expect("a good request")
    }

    /// What is compared.
    ///
    /// # Panics
    ///
    /// iam-rs reports an error.
    #[must_use]
    pub fn verdict(&self, request: &IAMRequest) -> Verdict {
        match self.decide(request).decision {
            Decision::Allow => Verdict::Allow,
            Decision::Deny => Verdict::ExplicitDeny,
            Decision::NotApplicable => Verdict::ImplicitDeny,
        }
    }
}

fn policy(document: &Value) -> IAMPolicy {
    let mut policy = document.clone();
    policy["Version"] = json!("2012-10-17");
    for statement in policy["Statement"].as_array_mut().expect("a list of statements") {
        match &mut statement["Resource"] {
            Value::Array(resources) => resources.iter_mut().for_each(translate),
            resource => translate(resource),
        }
    }
    IAMPolicy::from_json(&policy.to_string()).expect("the translation is IAM's")
}

fn translate(resource: &mut Value) {
    let text = resource.as_str().expect("a resource is a text");
    *resource = Value::String(arn(text));
}

/// The ARN in the form of AWS, whose accounts have 12 digits.
fn arn(text: &str) -> String {
    let Ok([scheme, service, region, account, relative_id]) =
        <[&str; 5]>::try_from(text.splitn(5, ':').collect::<Vec<_>>())
    else {
        return text.into();
    };
    assert_eq!(scheme, "acs", "{text} is an ARN");
    format!("arn:aws:{service}:{region}:{account:.12}:{relative_id}")
}

fn request(asked: &Asked) -> IAMRequest {
    let mut context =
        asked.texts().fold(Context::new(), |context, (key, value)| context.with_string(key, value));
    if let Some(address) = asked.source_ip() {
        context = context.with_string("acs:SourceIp", address.to_string());
    }
    let user = arn(&format!("acs:iam::{ACCOUNT}:user/zhangsan"));
    IAMRequest::new_with_context(
        Principal::Aws(PrincipalId::String(user)),
        asked.action.to_string(),
        Arn::parse(&arn(asked.arn)).expect("an ARN"),
        context,
    )
}
