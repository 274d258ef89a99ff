//! A JSON file: a policy, or data with policies in it.

use ram_policy_model::text::json;

use super::terraform::Module;
use super::{data, inner};
use crate::embedded::{Contents, Embedded, Tree};
use crate::place::Places;

/// Reads a file; one that is not expected to contain a policy may be any other JSON.
pub(crate) fn read(text: &str, expected: bool, module: Option<&Module>) -> Contents {
    let mut contents = Contents::default();
    match json::read(text) {
        Ok(value) => match data::of_value(text, &value, module) {
            Some(found) => contents = found,
            None if expected && data::is_meant_as_policy(&value) => {
                let whole = Places::whole(text.len());
                contents.policies.push(Embedded::of_value(value, None, whole));
            }
            None => {}
        },
        Err(error) => {
            if expected || inner::looks_like_policy(text) {
                let whole = Places::whole(text.len());
                contents.policies.push(Embedded::of_tree(Tree::NotJson(error), whole));
            }
        }
    }
    contents
}
