//! The reader of JSON, beside an independent one.

use ram_policy_model::text::json;
use serde_json::Value;

/// What one takes the other takes, but for what is nested too deeply or too long a number.
pub(super) fn run(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    let read = json::read(text);
    match serde_json::from_str::<Value>(text) {
        Ok(value) => assert!(read.is_ok() || depth(&value) > 60, "refused: {text:?}"),
        Err(error) => {
            let is_limit = error.to_string().contains("out of range");
            assert!(read.is_err() || is_limit, "taken, but {error}: {text:?}");
        }
    }
    if let Err(error) = read {
        assert!(error.at.start <= error.at.end && error.at.end <= text.len(), "{text:?}");
        assert!(text.is_char_boundary(error.at.start), "{text:?}");
    }
    // A text survives being written.
    let written = json::write_text(text);
    assert_eq!(serde_json::from_str::<Value>(&written).ok(), Some(Value::from(text)));
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
