//! Texts with `${...}`, which some files fill in later.

use ram_policy_model::text::json::{Kind, TextRange, Value};

use crate::embedded::Unknown;
use crate::walk::{Change, changed};

/// The value; texts that are filled in later are added to `unknown`.
pub(super) fn marked(
    value: &Value<TextRange>,
    by: &str,
    unknown: &mut Vec<Unknown>,
) -> Value<TextRange> {
    changed(value, &mut |part, _| {
        if let Kind::String(text) = &part.kind
            && text.contains("${")
        {
            let inside = text.split("${").nth(1).and_then(|rest| rest.split('}').next());
            let reason = format!("`{}` is only known when {by} runs", inside.unwrap_or(text));
            unknown.push(Unknown { at: part.at, within: None, reason });
        }
        Change::Parts
    })
}
