//! Shows a place of a file in a message: name, line, column and the line itself.

use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::shown::with_signs;

/// Most characters of a line that are shown before a place and behind its beginning.
const BESIDE: usize = 160;

/// The sentence behind its file, line and column, then the line with the place marked; of a long line
/// what is near the place.
pub(crate) fn show(name: &str, text: &str, at: TextRange, sentence: &str) -> String {
    let TextRange { start, end } = at;
    let before = text.get(..start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = before.matches('\n').count() + 1;
    let column = text.get(line_start..start).unwrap_or("").chars().count() + 1;
    let line = text.get(line_start..).unwrap_or("").lines().next().unwrap_or("");
    // Dots stand for what is left out.
    let skipped = column.saturating_sub(1 + BESIDE);
    let head = if skipped > 0 { "..." } else { "" };
    let most = column - 1 - skipped + BESIDE;
    let mut shown = line.chars().skip(skipped);
    let near: String = shown.by_ref().take(most).collect();
    let tail = if shown.next().is_some() { "..." } else { "" };
    let shown = format!("{head}{}{tail}", with_signs(&near.replace('\t', " ")));
    let marked = text.get(start..end).unwrap_or("").lines().next().unwrap_or("").chars();
    let marked = marked.take(BESIDE).count().max(1);
    let gutter = " ".repeat(number.to_string().len());
    format!(
        "{name}:{number}:{column}: {sentence}\n{gutter} |\n{number} | {shown}\n{gutter} | {}{}",
        " ".repeat(head.len() + column - 1 - skipped),
        "^".repeat(marked),
    )
}
