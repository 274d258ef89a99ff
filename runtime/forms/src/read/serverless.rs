//! Files of Serverless Devs (`s.yaml`): the policies of the role of a service.

use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;

use super::inner::{self, items, member, members, text};
use super::marked::marked;
use crate::embedded::{Contents, Embedded};

/// Whether a value is such a file.
pub(super) fn is_file(value: &Value<TextRange>) -> bool {
    let services = [member(value, "services"), member(value, "resources")];
    services.into_iter().flatten().flat_map(members).any(|service| {
        member(&service.value, "component").is_some() && member(&service.value, "props").is_some()
    })
}

/// The policies of a file: the items of every `policies` of a `role`.
pub(super) fn of_value(source: &str, value: &Value<TextRange>) -> Contents {
    let mut contents = Contents::default();
    let services = [member(value, "services"), member(value, "resources")];
    for service in services.into_iter().flatten().flat_map(members) {
        let Some(props) = member(&service.value, "props") else { continue };
        let roles = [Some(props), member(props, "service"), member(props, "function")];
        let roles = roles.into_iter().flatten().filter_map(|part| member(part, "role"));
        for (index, policy) in
            roles.filter_map(|role| member(role, "policies")).flat_map(items).enumerate()
        {
            let Some(document) = document(policy) else { continue };
            let own = member(policy, "name").and_then(text);
            let own = own.map_or_else(|| format!("policies[{index}]"), str::to_owned);
            let name = format!("{}.{own}", service.name.value);
            let mut unknown = Vec::new();
            let value = marked(&document, "Serverless Devs", &mut unknown);
            let found = inner::of_value(source, value, &name, Some(PolicyKind::Identity));
            contents.policies.push(Embedded { unknown, ..found });
        }
    }
    contents
}

/// The document of a policy; the file writes its statements only.
fn document(policy: &Value<TextRange>) -> Option<Value<TextRange>> {
    if member(policy, "Statement").is_some() {
        return Some(policy.clone());
    }
    let statements = member(policy, "statement")?;
    let at = policy.at;
    let named =
        |name: &str, at: TextRange, value| Member { name: Text::new(name.into(), at), value };
    let version = Value { at, kind: Kind::String("1".into()) };
    let members =
        vec![named("Version", at, version), named("Statement", statements.at, statements.clone())];
    Some(Value { at, kind: Kind::Object(members) })
}
