//! Names the language of a statement by its own marks: the form of its principals, the service of its
//! actions, and its resources. What could be of several is not named as one.

use alloc::string::String;
use alloc::vec::Vec;

use super::syntax::{ElementKind, Principals, Statement, Unknown};
use crate::terms::kind::ResourceKind;
use crate::terms::layout::Shape;
use crate::terms::principal::PrincipalKind;
use crate::text::json::{Kind, Member, Value};
use crate::text::place::Text;

/// A language that a statement shows by its marks, beside that of RAM's own policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// That of policies of a kind.
    Of(ResourceKind),
    /// That of the policies of buckets or of VPC endpoints: a list of account numbers is legal in both.
    BucketOrEndpoint,
    /// That of policies of some resource.
    OfSomeResource,
    /// That of the roles of a project of MaxCompute, which decides by it itself.
    MaxCompute,
    /// That of the stack policies of ROS.
    Stack,
}

impl Language {
    /// What a statement of it is, in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Of(ResourceKind::Bucket) => "an OSS bucket policy",
            Self::Of(ResourceKind::AccessPoint) => "the policy of an OSS access point",
            Self::Of(ResourceKind::ObjectProcess) => {
                "the policy of an OSS access point for object processing"
            }
            Self::Of(ResourceKind::Endpoint) => "the policy of a VPC endpoint",
            Self::Of(ResourceKind::Key | ResourceKind::Secret) => {
                "a policy of a key or secret of KMS"
            }
            Self::Of(ResourceKind::Project) => "a project policy of Simple Log Service",
            Self::Of(ResourceKind::Instance) => "an instance policy of Tablestore",
            Self::BucketOrEndpoint => {
                "an OSS bucket policy or the policy of a VPC endpoint for OSS"
            }
            Self::OfSomeResource => "a policy of a resource",
            Self::MaxCompute => "a policy of a MaxCompute role",
            Self::Stack => "a stack policy of ROS",
        }
    }

    /// Whether no kind of policy is written in it.
    #[must_use]
    pub const fn is_foreign(self) -> bool {
        match self {
            Self::MaxCompute | Self::Stack => true,
            Self::Of(_) | Self::BucketOrEndpoint | Self::OfSomeResource => false,
        }
    }
}

/// A statement's parts that tell its language.
struct Marks<'s> {
    actions: Vec<&'s str>,
    resources: Vec<&'s str>,
}

/// Where a statement shows that it is of another language than RAM's own policies, and which; `None`
/// for one of RAM.
#[must_use]
pub fn other<L: Copy>(statement: &Statement<L>) -> Option<(L, Language)> {
    let marks = Marks {
        actions: statement.actions().map(|(actions, _)| texts(&actions.items)).unwrap_or_default(),
        resources: statement
            .resources()
            .map(|resources| texts(&resources.items))
            .unwrap_or_default(),
    };
    let at = |name: &str| {
        let mut elements = statement.elements.iter();
        elements.find(|element| element.kind.name() == name).map(|element| element.at)
    };
    let Some(named) = statement.named().next() else {
        let hidden = statement
            .elements
            .iter()
            .any(|element| matches!(element.kind, ElementKind::Hole(Unknown::Principal, _)));
        let language = if hidden {
            // Only who is named is not known.
            marks.resources.first().map(|_| Language::OfSomeResource)?
        } else if marks.is_of_maxcompute() {
            Language::MaxCompute
        } else {
            return None;
        };
        return Some((at(if hidden { "Principal" } else { "Resource" })?, language));
    };
    // RAM's own principals are an object and belong to trust policies, which have no resource; one whose
    // principal has the wrong type is still a trust policy.
    let has_resource = statement.resources().is_some();
    let is_object = matches!(named, Principals::ByType(_));
    if (is_object && !has_resource) || marks.actions.first().is_some_and(is_of("sts")) {
        return None;
    }
    let language = match named {
        Principals::ByType(principals) => {
            let all_ram = principals.iter().all(|one| one.kind == PrincipalKind::Ram);
            if all_ram && marks.all_of("kms") {
                Language::Of(ResourceKind::Key)
            } else {
                Language::OfSomeResource
            }
        }
        Principals::Listed(values) => marks.of_lists(&texts(&values.items), values.shape),
    };
    Some((at("Principal")?, language))
}

/// Whether every statement of a document is in a language that no kind of policy has.
pub(crate) fn are_all_foreign<L: Copy>(statements: &[Statement<L>]) -> bool {
    let is_foreign =
        |statement| other(statement).is_some_and(|(_, language)| language.is_foreign());
    !statements.is_empty() && statements.iter().all(is_foreign)
}

/// The kind of policy that a document looks like, where its statements agree; `None` where they show
/// none, or several.
#[must_use]
pub fn kind_of<L: Copy>(statements: &[Statement<L>]) -> Option<ResourceKind> {
    let mut kind = None;
    let mut is_of_two = false;
    for (_, language) in statements.iter().filter_map(other) {
        match language {
            Language::Of(found) if kind.is_none_or(|known| known == found) => kind = Some(found),
            // Beside a statement that is clear, it is of the same kind.
            Language::BucketOrEndpoint => is_of_two = true,
            Language::Of(_) | Language::OfSomeResource | Language::MaxCompute | Language::Stack => {
                return None;
            }
        }
    }
    let is_one = matches!(kind, Some(ResourceKind::Bucket | ResourceKind::Endpoint));
    kind.filter(|_| is_one || !is_of_two)
}

/// Where a document shows that it is something else that is called a policy, and what to say.
#[must_use]
pub fn look_alike<L: Copy>(members: &[Member<L>]) -> Option<(L, String)> {
    let of = |name: &str| members.iter().find(|member| member.name.value == name);
    if of("Statement").is_some() {
        return None;
    }
    // RAM: SetAccessKeyPolicy.
    if let (Some(statements), Some(_)) = (of("Statements"), of("Status")) {
        let message = "this is the network policy of an AccessKey, which lists addresses and no actions; it is not a policy of RAM";
        return Some((statements.name.at, message.into()));
    }
    // Tag: Tag policies.
    let tags = of("tags")?;
    let has_mark = |member: &Member<L>| member.name.value.starts_with("@@");
    let is_marked =
        |value: &Value<L>| matches!(&value.kind, Kind::Object(inner) if inner.iter().any(has_mark));
    let Kind::Object(named) = &tags.value.kind else { return None };
    let is_tag_policy = named.iter().any(|tag| {
        matches!(&tag.value.kind, Kind::Object(inner) if inner.iter().any(|of| is_marked(&of.value)))
    });
    let message =
        "this is a tag policy, which says how tags are written; it is not a policy of RAM";
    is_tag_policy.then(|| (tags.name.at, message.into()))
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
    /// What a statement is whose principal is a text or a list.
    fn of_lists(&self, principals: &[&str], shape: Shape) -> Language {
        let on = |part: &str| self.resources.iter().any(|resource| resource.contains(part));
        let by_session = principals.iter().any(|principal| principal.starts_with("arn:sts::"));
        if on(":accesspointforobjectprocess/") {
            Language::Of(ResourceKind::ObjectProcess)
        } else if on(":accesspoint/") {
            Language::Of(ResourceKind::AccessPoint)
        } else if self.all_of("oss") && by_session {
            Language::Of(ResourceKind::Bucket)
        } else if self.all_of("oss") && shape == Shape::One {
            Language::Of(ResourceKind::Endpoint)
        } else if self.all_of("oss") {
            Language::BucketOrEndpoint
        } else if self.all_of("log") || (self.is_of_anything() && on("acs:log:")) {
            Language::Of(ResourceKind::Project)
        } else if self.all_of("ots") {
            Language::Of(ResourceKind::Instance)
        } else if self.all_of("Update") {
            Language::Stack
        } else if self.is_of_anything() {
            Language::Of(ResourceKind::Endpoint)
        } else {
            Language::OfSomeResource
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

/// The texts that are known.
fn texts<L>(texts: &[Text<L>]) -> Vec<&str> {
    let known = texts.iter().filter(|text| text.holes.is_empty());
    known.map(|text| text.value.as_str()).collect()
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
