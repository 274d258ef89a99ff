//! A JSON file: a policy, or a ROS template.

use ram_policy_model::json::{self, Kind, TextRange, Value};

use super::ros;

use crate::embedded::{Contents, Embedded, Tree};
use crate::place::Places;

/// Reads a file; one that the user did not name may hold other JSON.
pub(crate) fn read(text: &str, named: bool) -> Contents {
    let mut contents = Contents::default();
    let (bare, places) = without_mark(text);
    match json::read(bare) {
        Ok(value) if ros::is_template(&value) => return ros::of_value(text, &value),
        Ok(value) => {
            if named || is_policy(&value) {
                contents.policies.push(embedded(Tree::Json(value), places));
            }
        }
        Err(error) => {
            if named || looks_like_policy(bare) {
                contents.policies.push(embedded(Tree::NotJson(error), places));
            }
        }
    }
    contents
}

fn embedded(tree: Tree, places: Places) -> Embedded {
    Embedded { name: String::new(), kind: None, tree, may_be_part: false, open: Vec::new(), places }
}

/// The text behind a byte order mark, which some editors write and RFC 8259 lets readers ignore.
fn without_mark(text: &str) -> (&str, Places) {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut places = Places::default();
    places.add(bare.len(), text.len() - bare.len()..text.len());
    (bare, places)
}

/// Whether a value has the form of a policy, right or wrong.
pub(crate) fn is_policy(value: &Value<TextRange>) -> bool {
    let Kind::Object(members) = &value.kind else { return false };
    let has = |name: &str| members.iter().any(|member| member.name.value == name);
    has("Statement") || (has("Effect") && (has("Action") || has("NotAction")))
}

/// Whether a text that is not JSON was most likely meant as a policy.
pub(crate) fn looks_like_policy(text: &str) -> bool {
    let has = |name: &str| text.contains(&format!("\"{name}\""));
    has("Effect") && (has("Statement") || has("Action") || has("NotAction"))
}
