//! Names the language of a statement that only looks like one of RAM, by its own marks: the form of
//! its principals, the service of its actions, and its resources. What could be of several is not
//! named as one.

use alloc::string::String;
use alloc::{format, vec::Vec};

use crate::text::json::{Kind, Member, Value};

/// A statement's parts that tell its language.
struct Marks<'s> {
    actions: Vec<&'s str>,
    resources: Vec<&'s str>,
}

/// Where a statement shows that it is of another language, and which; `None` for one of RAM.
pub(crate) fn other<L: Copy>(members: &[Member<L>]) -> Option<(L, String)> {
    let find = |name: &str| members.iter().find(|member| member.name.value == name);
    let resource = find("Resource");
    let marks = Marks {
        actions: texts(find("Action").or_else(|| find("NotAction"))),
        resources: texts(resource),
    };
    let Some(principal) = find("Principal") else {
        let at = resource.filter(|_| marks.is_of_maxcompute())?.name.at;
        let message = "this is a policy of a MaxCompute role, whose ARNs have four fields, not a policy of RAM";
        return Some((at, message.into()));
    };
    let is_object = matches!(principal.value.kind, Kind::Object(_));
    // RAM's own principals are an object and stand in trust policies, which have no resource; one
    // whose principal has the wrong type is still a trust policy.
    if (is_object && resource.is_none()) || marks.actions.first().is_some_and(is_of("sts")) {
        return None;
    }
    let language =
        if is_object { marks.of_objects() } else { marks.of_lists(&texts(Some(principal))) };
    let message =
        format!("this is {language}, not a policy of RAM: it says who may use a resource");
    Some((principal.name.at, message))
}

/// The versions of the policies of AWS.
const AWS_VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

/// Services of AWS that none of RAM is called after.
const AWS_SERVICES: [&str; 16] = [
    "autoscaling",
    "cloudformation",
    "cloudwatch",
    "dynamodb",
    "ec2",
    "ecr",
    "eks",
    "elasticloadbalancing",
    "iam",
    "kinesis",
    "lambda",
    "route53",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
];

/// Where a document shows that it is a policy of AWS, and what to say: it has the version of those, and
/// something that only AWS has. One with the ARNs of Alibaba Cloud is a policy of RAM with the wrong
/// version.
pub(crate) fn of_another_cloud<L: Copy>(members: &[Member<L>]) -> Option<(L, String)> {
    let of = |name: &str| members.iter().find(|member| member.name.value == name);
    let version = of("Version")?;
    let Kind::String(text) = &version.value.kind else { return None };
    if !AWS_VERSIONS.contains(&text.as_str()) {
        return None;
    }
    let mut is_of_aws = false;
    for statement in statements(&of("Statement")?.value) {
        for member in statement {
            let texts = deep_texts(&member.value);
            let is_action = matches!(member.name.value.as_str(), "Action" | "NotAction");
            if texts.iter().any(|text| text.starts_with("acs:") || text.ends_with(".aliyuncs.com"))
            {
                return None;
            }
            is_of_aws |= texts.iter().any(|text| {
                text.starts_with("arn:aws")
                    || text.ends_with(".amazonaws.com")
                    || (is_action && AWS_SERVICES.iter().any(|code| is_of(code)(text)))
            });
        }
    }
    let message = "this is a policy of AWS, not a policy of RAM: its version, its actions or its ARNs are those of AWS";
    is_of_aws.then(|| (version.value.at, message.into()))
}

/// Whether every statement of a document is of another language.
pub(crate) fn are_all_others<L: Copy>(members: &[Member<L>]) -> bool {
    let list = members.iter().find(|member| member.name.value == "Statement");
    let Some(list) = list else { return false };
    let mut statements = statements(&list.value).peekable();
    statements.peek().is_some() && statements.all(|statement| other(statement).is_some())
}

/// The statements of a document: those of its list, or the one that stands alone.
fn statements<L>(value: &Value<L>) -> impl Iterator<Item = &[Member<L>]> {
    let items = if let Kind::Array(items) = &value.kind {
        items.as_slice()
    } else {
        core::slice::from_ref(value)
    };
    items.iter().map(
        |item| {
            if let Kind::Object(members) = &item.kind { members.as_slice() } else { &[] }
        },
    )
}

/// A text, those of a list, and those of the members of an object.
fn deep_texts<L>(value: &Value<L>) -> Vec<&str> {
    let Kind::Object(members) = &value.kind else { return texts_of(value) };
    members.iter().flat_map(|member| texts_of(&member.value)).collect()
}

impl Marks<'_> {
    /// What a statement is whose principal is an object.
    fn of_objects(&self) -> &'static str {
        if self.all_of("kms") { "a KMS key policy" } else { "a policy of a resource" }
    }

    /// What a statement is whose principal is a text or a list.
    fn of_lists(&self, principals: &[&str]) -> &'static str {
        let on = |part: &str| self.resources.iter().any(|resource| resource.contains(part));
        let by_session = principals.iter().any(|principal| principal.starts_with("arn:sts::"));
        if on(":accesspointforobjectprocess/") {
            "the policy of an OSS access point for object processing"
        } else if on(":accesspoint/") {
            "the policy of an OSS access point"
        } else if self.all_of("oss") && by_session {
            "an OSS bucket policy"
        } else if self.all_of("oss") {
            // A list of account numbers is legal in both.
            "an OSS bucket policy or the policy of a VPC endpoint for OSS"
        } else if self.all_of("log") || (self.is_of_anything() && on("acs:log:")) {
            "a project policy of Simple Log Service"
        } else if self.all_of("ots") {
            "an instance policy of Tablestore"
        } else if self.all_of("Update") {
            "a stack policy of ROS"
        } else {
            "a policy of a resource, as of a VPC endpoint"
        }
    }

    /// Whether the statement is about MaxCompute alone, in its form of ARNs.
    fn is_of_maxcompute(&self) -> bool {
        !self.resources.is_empty()
            && self.resources.iter().all(|resource| is_of_maxcompute(resource))
            && self.all_of("odps")
    }

    fn all_of(&self, code: &str) -> bool {
        !self.actions.is_empty() && self.actions.iter().all(is_of(code))
    }

    fn is_of_anything(&self) -> bool {
        self.actions.contains(&"*")
    }
}

/// Whether an ARN is in the form that MaxCompute has for the policies of its own roles:
/// `acs:odps:*:projects/<project>/...`, without an account.
#[must_use]
pub(crate) fn is_of_maxcompute(arn: &str) -> bool {
    let mut fields = arn.splitn(4, ':');
    let [prefix, code, _, id] = [(); 4].map(|()| fields.next());
    prefix == Some("acs")
        && code == Some("odps")
        && id.is_some_and(|id| id.starts_with("projects/") && !id.contains(':'))
}

fn is_of(code: &str) -> impl Fn(&&str) -> bool {
    move |action| action.split_once(':').is_some_and(|(of, _)| of.eq_ignore_ascii_case(code))
}

/// A member's text, or those of its list.
fn texts<L>(member: Option<&Member<L>>) -> Vec<&str> {
    member.map(|member| texts_of(&member.value)).unwrap_or_default()
}

fn texts_of<L>(value: &Value<L>) -> Vec<&str> {
    match &value.kind {
        Kind::String(text) => Vec::from([text.as_str()]),
        Kind::Array(items) => items
            .iter()
            .filter_map(|item| match &item.kind {
                Kind::String(text) => Some(text.as_str()),
                Kind::Array(_)
                | Kind::Object(_)
                | Kind::Number(_)
                | Kind::Boolean(_)
                | Kind::Null
                | Kind::Hole(_)
                | Kind::Open(..)
                | Kind::Unreadable => None,
            })
            .collect(),
        Kind::Object(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Hole(_)
        | Kind::Open(..)
        | Kind::Unreadable => Vec::new(),
    }
}
