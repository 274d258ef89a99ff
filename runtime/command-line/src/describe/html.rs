//! The page as one HTML file that needs nothing else.

use std::fmt::Write as _;

use super::matrix::{Cell, Matrix};
use super::{Described, Page, Told};

const STYLE: &str = include_str!("page.css");

/// Size of a cell, in pixels.
const CELL_WIDTH: usize = 74;
const CELL_HEIGHT: usize = 28;

/// Width of the names of services, in pixels.
const NAMES_WIDTH: usize = 150;

/// Writes pages into one file.
pub(crate) fn write(pages: &[Page]) -> String {
    let title = match pages {
        [only] => escaped(&only.title),
        _ => format!("{} policies", pages.len()),
    };
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    );
    for page in pages {
        // Writing to a text cannot fail.
        let _ = page_text(page, &mut text);
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

fn page_text(page: &Page, text: &mut String) -> std::fmt::Result {
    writeln!(text, "<article>\n<h1>{}</h1>", escaped(&page.title))?;
    write!(
        text,
        "<p class=\"about\">A policy of kind {} with {} characters",
        page.kind, page.characters
    )?;
    match (page.most_characters, page.most_bytes) {
        (Some(most), _) => writeln!(text, " of at most {most}.</p>")?,
        (None, Some(most)) => writeln!(text, "; it may have {most} bytes.</p>")?,
        (None, None) => writeln!(text, ".</p>")?,
    }
    for reason in &page.unknown {
        writeln!(text, "<p class=\"finding note\"><b>not known</b>: {}.</p>", coded(reason))?;
    }
    findings(&page.findings, text)?;
    if page.kind != "trust" {
        if page.matrix.rows.is_empty() {
            writeln!(text, "<p>It allows no known action.</p>")?;
        } else {
            writeln!(text, "<h2>Access</h2>")?;
            svg(&page.matrix, text)?;
        }
    }
    for (index, statement) in page.statements.iter().enumerate() {
        let class = statement.effect.to_ascii_lowercase();
        writeln!(
            text,
            "<section class=\"{class}\">\n<h2>Statement {index}: {}</h2>",
            statement.effect
        )?;
        statement_text(statement, text)?;
        writeln!(text, "</section>")?;
    }
    writeln!(
        text,
        "<details>\n<summary>Document</summary>\n<pre>{}</pre>\n</details>\n</article>",
        escaped(&page.json)
    )
}

/// The access matrix as a picture.
fn svg(matrix: &Matrix, text: &mut String) -> std::fmt::Result {
    let levels = matrix.levels();
    let width = NAMES_WIDTH + CELL_WIDTH * levels.len();
    let height = CELL_HEIGHT * (matrix.rows.len() + 1);
    writeln!(
        text,
        "<div class=\"matrix\">\n<svg role=\"img\" aria-label=\"Allowed actions by service and access level\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">"
    )?;
    for (column, level) in levels.iter().enumerate() {
        let x = NAMES_WIDTH + column * CELL_WIDTH + CELL_WIDTH / 2;
        writeln!(text, "<text class=\"head\" x=\"{x}\" y=\"19\">{level}</text>")?;
    }
    for (line, row) in matrix.rows.iter().enumerate() {
        let y = (line + 1) * CELL_HEIGHT;
        writeln!(
            text,
            "<text class=\"name\" x=\"0\" y=\"{}\">{}<title>{}</title></text>",
            y + 19,
            escaped(row.service),
            escaped(row.title)
        )?;
        for (column, level) in levels.iter().enumerate() {
            let found = row.cells.iter().find(|cell| cell.access == *level);
            let Some(cell) = found else { continue };
            self::cell(cell, row.service, NAMES_WIDTH + column * CELL_WIDTH, y, text)?;
        }
    }
    writeln!(text, "</svg>\n</div>")?;
    writeln!(
        text,
        "<p class=\"about\">Allowed actions of those known. The fuller the colour, the more of them; a dashed frame marks those that a resource, a condition or a partial denial limits.</p>"
    )
}

fn cell(cell: &Cell, service: &str, x: usize, y: usize, text: &mut String) -> std::fmt::Result {
    let share = (cell.allowed * 100).checked_div(cell.known).unwrap_or(0);
    // What is allowed at all is seen.
    let share = if cell.allowed > 0 { share.max(12) } else { 0 };
    let class = match cell.access {
        "list" | "get" | "read" | "read (inferred)" => "reads",
        "unknown" => "unknown",
        _ => "writes",
    };
    let limited = if cell.limited > 0 { " limited" } else { "" };
    let (width, height) = (CELL_WIDTH - 3, CELL_HEIGHT - 3);
    write!(
        text,
        "<g><rect class=\"{class}{limited}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\" fill-opacity=\"0.{share:02}\"/>",
        share = share.min(99)
    )?;
    if cell.allowed > 0 {
        let (x, y) = (x + width / 2, y + 18);
        write!(
            text,
            "<text class=\"count\" x=\"{x}\" y=\"{y}\">{}/{}</text>",
            cell.allowed, cell.known
        )?;
    }
    writeln!(
        text,
        "<title>{service}, {}: {} of {} known actions, {} of them limited</title></g>",
        cell.access, cell.allowed, cell.known, cell.limited
    )
}

fn statement_text(statement: &Described, text: &mut String) -> std::fmt::Result {
    writeln!(text, "<p>{}</p>", coded(&statement.words))?;
    findings(&statement.findings, text)?;
    if !statement.resources.is_empty() {
        writeln!(text, "<h3>Resources</h3>\n<ul>")?;
        for resource in &statement.resources {
            writeln!(text, "<li><code>{}</code></li>", escaped(resource))?;
        }
        writeln!(text, "</ul>")?;
    }
    if !statement.conditions.is_empty() {
        writeln!(text, "<h3>Conditions, all of which must be true</h3>\n<ul>")?;
        for condition in &statement.conditions {
            writeln!(text, "<li>{}</li>", coded(condition))?;
        }
        writeln!(text, "</ul>")?;
    }
    if !statement.actions.is_empty() {
        writeln!(text, "<h3>Known actions</h3>")?;
        for level in &statement.actions {
            let open = if level.actions.len() <= 12 { " open" } else { "" };
            writeln!(
                text,
                "<details{open}>\n<summary>{} ({})</summary>\n<p class=\"actions\">",
                level.access,
                level.actions.len()
            )?;
            for action in &level.actions {
                writeln!(text, "<code>{}</code>", escaped(action))?;
            }
            writeln!(text, "</p>\n</details>")?;
        }
    }
    Ok(())
}

fn findings(findings: &[Told], text: &mut String) -> std::fmt::Result {
    for found in findings {
        writeln!(
            text,
            "<p class=\"finding {}\"><b>{}</b> <code>{}</code>: {}. RAM {}.</p>",
            found.level,
            found.level,
            found.rule,
            coded(&found.message),
            escaped(found.ram)
        )?;
    }
    Ok(())
}

/// Text in which what stands between back quotes is code.
pub(crate) fn coded(text: &str) -> String {
    let mut coded = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            coded.push_str(&format!("<code>{}</code>", escaped(part)));
        } else {
            coded.push_str(&escaped(part));
        }
    }
    coded
}

/// Text without marks of its own.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
