//! The document that allows every request.

use crate::document::{Document, lower};

/// Allows every request.
pub(crate) fn everything() -> Document {
    let text =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}"#;
    lower::decode(text)
}
