//! What a value of JSON or YAML is: a template, a program, a plan, a response, a policy.

use ram_policy_model::source::dialect;
use ram_policy_model::text::json::{Kind, TextRange, Value};

use super::inner::{self, looks_like_policy, member, text};
use super::terraform::Module;
use super::{pulumi, responses, ros, serverless, terraform, terraform_show, wrapped};
use crate::embedded::Contents;

/// The policies of a value; `None` where it is nothing that is known to contain any.
pub(super) fn of_value(
    source: &str,
    value: &Value<TextRange>,
    module: Option<&Module>,
) -> Option<Contents> {
    if is_policy(value) {
        let policies = vec![inner::of_value(source, value.clone(), "", None)];
        return Some(Contents { policies, ..Contents::default() });
    }
    if ros::is_template(value) {
        return Some(ros::of_value(source, value));
    }
    if terraform_show::is_file(value) {
        return Some(terraform_show::of_value(source, value));
    }
    if pulumi::is_file(value) {
        return Some(pulumi::of_value(source, value));
    }
    if serverless::is_file(value) {
        return Some(serverless::of_value(source, value));
    }
    if terraform::json::is_file(value) {
        let hcl = terraform::json::as_hcl(source, value);
        return Some(terraform::read(&hcl.text, module).within(&hcl.places));
    }
    if let Some(contents) = wrapped::of_value(source, value) {
        return Some(contents);
    }
    // The text of a document, as Log Service gives that of a project.
    if let Some(document) = text(value)
        && looks_like_policy(document)
    {
        let policies = vec![inner::of_text(source, value.at, document, "", None)];
        return Some(Contents { policies, ..Contents::default() });
    }
    let contents = responses::of_value(source, value);
    (!contents.policies.is_empty() || !contents.skipped.is_empty()).then_some(contents)
}

/// Whether a value has the form of a policy, right or wrong.
pub(crate) fn is_policy(value: &Value<TextRange>) -> bool {
    let has = |name: &str| member(value, name).is_some();
    has("Statement") || (has("Effect") && (has("Action") || has("NotAction")))
}

/// Whether a value was most likely meant as a policy, although it lacks what makes it one.
pub(super) fn is_meant_as_policy(value: &Value<TextRange>) -> bool {
    let known = ["version", "statement", "statements", "effect", "action", "notaction", "resource"];
    let Kind::Object(members) = &value.kind else { return false };
    let is_known = |name: &str| known.contains(&name.to_ascii_lowercase().as_str());
    let count = members.iter().filter(|member| is_known(&member.name.value)).count();
    // Many a file has a `version`.
    (count > 0 && count * 2 >= members.len()) || dialect::look_alike(members).is_some()
}
