//! A policy's JSON, read for the translations.

use serde_json::Value;

/// A statement.
pub(crate) struct Statement {
    pub(crate) allow: bool,
    /// Whether the actions are those of `NotAction`.
    pub(crate) negated: bool,
    pub(crate) actions: Vec<String>,
    pub(crate) resources: Vec<String>,
    pub(crate) conditions: Vec<Condition>,
    /// Whether it says who is trusted.
    pub(crate) has_principal: bool,
}

/// Operator, key, values.
pub(crate) type Condition = (String, String, Vec<String>);

/// The statements of a document.
pub(crate) fn statements(document: &Value) -> Vec<Statement> {
    let statements = document["Statement"].as_array().expect("a list of statements");
    statements.iter().map(statement).collect()
}

fn statement(value: &Value) -> Statement {
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let conditions = members(&value["Condition"]).into_iter().flat_map(|(operator, keys)| {
        members(&keys).into_iter().map(move |(key, values)| (operator.clone(), key, texts(&values)))
    });
    let negated = value.get("NotAction").is_some();
    Statement {
        allow: value["Effect"] == "Allow",
        negated,
        actions: texts(&value[if negated { "NotAction" } else { "Action" }]),
        resources: value.get("Resource").map(texts).unwrap_or_default(),
        conditions: conditions.collect(),
        has_principal: value.get("Principal").is_some(),
    }
}

fn texts(value: &Value) -> Vec<String> {
    let one = std::slice::from_ref(value);
    let values = value.as_array().map_or(one, Vec::as_slice);
    values.iter().map(|value| value.as_str().expect("a text").into()).collect()
}

/// Whether a pattern, with a star at most at its end, other than a whole name covers a name.
pub(crate) fn covers(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').is_some_and(|prefix| name.starts_with(prefix))
}
