//! Responses of the API, as `aliyun ram GetPolicy` prints them: the document is a text in JSON.

use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{Kind, TextRange, Value};

use super::holders::{self, Keeps};
use super::inner::{self, member, text};
use crate::embedded::{Contents, Skipped};
use crate::walk::children;

/// Deepest nesting that is looked into.
const MAX_DEPTH: usize = 32;

/// The policies of a response, at any depth.
pub(super) fn of_value(source: &str, value: &Value<TextRange>) -> Contents {
    let mut contents = Contents::default();
    find(source, value, &Around::default(), MAX_DEPTH, &mut contents);
    contents
}

/// What the objects around a document say of it.
#[derive(Default, Clone)]
struct Around {
    name: Option<String>,
    is_control: bool,
    /// Whether it is the policy of an endpoint.
    is_endpoint: bool,
}

impl Around {
    fn inside(&self, value: &Value<TextRange>) -> Self {
        let named = |name: &str| member(value, name).and_then(text).map(str::to_owned);
        let own = named("PolicyName")
            .or_else(|| named("RoleName"))
            .or_else(|| named("PermissionPolicyName"));
        let version = named("VersionId");
        // `Policy` names the policy whose `DefaultPolicyVersion` is beside it.
        let beside = ["Policy", "Role", "ControlPolicy"].into_iter().find_map(|name| {
            let inner = member(value, name)?;
            let names = ["PolicyName", "RoleName"];
            names.into_iter().find_map(|name| member(inner, name).and_then(text))
        });
        let name = match (own, version, &self.name) {
            (Some(own), ..) => Some(own),
            (None, Some(version), None) => Some(version),
            (None, _, around) => around.clone().or_else(|| beside.map(str::to_owned)),
        };
        let is_endpoint = ["EndpointId", "GatewayEndpointId"]
            .into_iter()
            .any(|name| member(value, name).is_some());
        Self { name, is_control: self.is_control, is_endpoint: self.is_endpoint || is_endpoint }
    }
}

fn find(
    source: &str,
    value: &Value<TextRange>,
    around: &Around,
    depth: usize,
    contents: &mut Contents,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Kind::Object(members) = &value.kind else {
        children(value).into_iter().for_each(|item| find(source, item, around, depth, contents));
        return;
    };
    let around = around.inside(value);
    for inner in members {
        let known = holders::RESPONSES.iter().find(|(name, _)| *name == inner.name.value);
        match (known, &inner.value.kind) {
            // An unset field may be there.
            (Some(_), Kind::String(document)) if document.is_empty() => {}
            (Some((_, keeps)), Kind::String(document)) => {
                let name = around.name.as_deref().unwrap_or("");
                let keeps = if around.is_endpoint { holders::ENDPOINT } else { *keeps };
                let at = inner.value.at;
                match keeps {
                    Keeps::Policy(held) => {
                        let found = inner::of_text(source, at, document, name, None);
                        let mut found = held.policy(found);
                        if around.is_control {
                            found.kind = Some(PolicyKind::Control);
                        }
                        contents.policies.push(found);
                    }
                    Keeps::Other(what) => {
                        contents.skipped.push(Skipped::not_read(at, name, what));
                    }
                }
            }
            // KMS and Tablestore return their policies so; everywhere else it is an object. What kind it is
            // follows from what it says.
            (None, Kind::String(document))
                if inner.name.value == "Policy" && inner::looks_like_policy(document) =>
            {
                let at = inner.value.at;
                contents.policies.push(inner::of_text(source, at, document, "Policy", None));
            }
            _ => {
                let is_control = around.is_control
                    || matches!(&*inner.name.value, "ControlPolicy" | "ControlPolicies");
                let around = Around { is_control, ..around.clone() };
                find(source, &inner.value, &around, depth, contents);
            }
        }
    }
}
