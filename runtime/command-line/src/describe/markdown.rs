//! The page in Markdown.

use std::fmt::Write as _;

use super::matrix::Matrix;
use super::{Described, Page, Told};

/// Most actions that are listed by name for an access level.
const MOST_NAMES: usize = 60;

/// Writes pages, one behind the other.
pub(crate) fn write(pages: &[Page]) -> String {
    let mut text = String::new();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        // Writing to a text cannot fail.
        let _ = page_text(page, &mut text);
    }
    text
}

fn page_text(page: &Page, text: &mut String) -> std::fmt::Result {
    writeln!(text, "# {}\n", escaped(&page.title))?;
    write!(text, "A policy of kind {} with {} characters", page.kind, page.characters)?;
    match (page.most_characters, page.most_bytes) {
        (Some(most), _) => writeln!(text, " of at most {most}.\n")?,
        (None, Some(most)) => writeln!(text, "; it may have {most} bytes.\n")?,
        (None, None) => writeln!(text, ".\n")?,
    }
    if !page.unknown.is_empty() {
        writeln!(text, "Parts of it are not known, and this page says what is known:\n")?;
        for reason in &page.unknown {
            writeln!(text, "- {reason}")?;
        }
        writeln!(text)?;
    }
    findings(&page.findings, text)?;
    if page.kind != "trust" {
        matrix(&page.matrix, text)?;
    }
    for (index, statement) in page.statements.iter().enumerate() {
        writeln!(text, "## Statement {index}: {}\n", statement.effect)?;
        statement_text(statement, text)?;
    }
    writeln!(text, "## Document\n\n```json\n{}\n```", page.json)
}

fn matrix(matrix: &Matrix, text: &mut String) -> std::fmt::Result {
    if matrix.rows.is_empty() {
        return writeln!(text, "It allows no known action.\n");
    }
    writeln!(text, "## Access\n")?;
    writeln!(
        text,
        "Allowed actions of those known, by access level; `*` marks those that a resource, a condition or a partial denial limits.\n"
    )?;
    let levels = matrix.levels();
    writeln!(text, "| service | {} |", levels.join(" | "))?;
    writeln!(text, "| --- |{}", " ---: |".repeat(levels.len()))?;
    for row in &matrix.rows {
        write!(text, "| {} |", row.service)?;
        for level in &levels {
            match row.cells.iter().find(|cell| cell.access == *level) {
                Some(cell) if cell.allowed > 0 => {
                    let star = if cell.limited > 0 { "*" } else { "" };
                    write!(text, " {}/{}{star} |", cell.allowed, cell.known)?;
                }
                _ => write!(text, " |")?,
            }
        }
        writeln!(text)?;
    }
    writeln!(text)
}

fn statement_text(statement: &Described, text: &mut String) -> std::fmt::Result {
    writeln!(text, "{}\n", statement.words)?;
    findings(&statement.findings, text)?;
    if !statement.resources.is_empty() {
        writeln!(text, "Resources:\n")?;
        list(&statement.resources, text)?;
    }
    if !statement.conditions.is_empty() {
        writeln!(text, "Conditions, all of which must be true:\n")?;
        for condition in &statement.conditions {
            writeln!(text, "- {condition}")?;
        }
        writeln!(text)?;
    }
    if !statement.actions.is_empty() {
        writeln!(text, "Known actions:\n")?;
        for level in &statement.actions {
            let names: Vec<String> =
                level.actions.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
            let more = match level.actions.len().checked_sub(MOST_NAMES) {
                Some(more) if more > 0 => format!(" and {more} more"),
                _ => String::new(),
            };
            writeln!(
                text,
                "- {} ({}): {}{more}",
                level.access,
                level.actions.len(),
                names.join(", ")
            )?;
        }
        writeln!(text)?;
    }
    Ok(())
}

fn list(texts: &[String], text: &mut String) -> std::fmt::Result {
    for item in texts {
        writeln!(text, "- `{item}`")?;
    }
    writeln!(text)
}

fn findings(findings: &[Told], text: &mut String) -> std::fmt::Result {
    for found in findings {
        writeln!(
            text,
            "> **{}** `{}`: {}. RAM {}.",
            found.level, found.rule, found.message, found.ram
        )?;
        writeln!(text)?;
    }
    Ok(())
}

/// A title without marks of its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
