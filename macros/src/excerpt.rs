//! Shows a place of a file in a message: name, line, column and the line itself.

use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::shown::with_signs;

/// The sentence behind its file, line and column, then the line with the place marked.
pub(crate) fn show(name: &str, text: &str, at: TextRange, sentence: &str) -> String {
    let TextRange { start, end } = at;
    let before = text.get(..start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = before.matches('\n').count() + 1;
    let column = text.get(line_start..start).unwrap_or("").chars().count() + 1;
    let line = text.get(line_start..).unwrap_or("").lines().next().unwrap_or("");
    let shown = with_signs(&line.replace('\t', " "));
    let marked =
        text.get(start..end).unwrap_or("").lines().next().unwrap_or("").chars().count().max(1);
    let gutter = " ".repeat(number.to_string().len());
    format!(
        "{name}:{number}:{column}: {sentence}\n{gutter} |\n{number} | {shown}\n{gutter} | {}{}",
        " ".repeat(column - 1),
        "^".repeat(marked),
    )
}
