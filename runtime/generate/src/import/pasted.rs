//! Reads a pasted table of the help centre: Markdown, or tab-separated as a browser copies it.
//!
//! A cell may hold several lines: `<br>` in Markdown, line feeds when copied.

use std::path::Path;

use crate::error::Error;

/// A row: the line it begins at, and its cells in the order of [`COLUMNS`].
pub(crate) type PastedRow = (usize, [String; 5]);

/// The heads of the columns we read, in English and Chinese.
const COLUMNS: [&[&str]; 5] = [
    &["action", "operation", "操作"],
    &["access level", "访问级别"],
    &["resource type", "resource", "资源类型"],
    &["condition key", "条件关键字"],
    &["associated operation", "dependent action", "关联操作"],
];

/// The heads of columns that say nothing about authorization.
const OTHER_COLUMNS: [&str; 6] =
    ["api", "api operation", "description", "api 操作", "描述", "说明"];

/// The rows of a table.
pub(crate) fn read_pasted(file: &Path, text: &str) -> Result<Vec<PastedRow>, Error> {
    let is_markdown = text.lines().any(|line| line.trim_start().starts_with('|'));
    let rows = if is_markdown { markdown_rows(text) } else { copied_rows(text) };
    let mut rows = rows.into_iter();
    let Some((line, head)) = rows.next() else {
        return Err(Error::whole(file, "no table"));
    };
    let places = columns(&head).map_err(|message| Error::at(file, line, message))?;
    let mut found: Vec<PastedRow> = Vec::new();
    for (line, cells) in rows {
        if cells.len() != head.len() {
            let message = format!("{} columns, not {}", cells.len(), head.len());
            return Err(Error::at(file, line, message));
        }
        let cells = places
            .map(|place| place.and_then(|place| cells.get(place)).cloned().unwrap_or_default());
        match found.last_mut() {
            // A cell that spans rows is empty in all but the first.
            Some((_, above)) if cells.first().is_some_and(String::is_empty) => {
                for (above, below) in above.iter_mut().zip(cells) {
                    *above = format!("{above}\n{below}").trim().to_owned();
                }
            }
            _ => found.push((line, cells)),
        }
    }
    if found.is_empty() { Err(Error::whole(file, "no rows")) } else { Ok(found) }
}

/// Where each column stands; only that of the actions must be there.
fn columns(head: &[String]) -> Result<[Option<usize>; 5], String> {
    let mut places = [None; 5];
    for (index, cell) in head.iter().enumerate() {
        let cell = cell.to_lowercase();
        let known = COLUMNS.iter().position(|names| names.contains(&cell.as_str()));
        match known.and_then(|known| places.get_mut(known)) {
            Some(place) if place.is_none() => *place = Some(index),
            Some(_) => return Err(format!("two columns are called `{cell}` or the like")),
            None if OTHER_COLUMNS.contains(&cell.as_str()) => {}
            None => return Err(format!("unknown column `{cell}`")),
        }
    }
    if places.first().is_some_and(Option::is_none) {
        return Err("no column of actions".to_owned());
    }
    Ok(places)
}

fn markdown_rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let Some(line) = line.trim().strip_prefix('|') else { continue };
        let line = line.strip_suffix('|').unwrap_or(line);
        let is_rule = line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' '));
        if !is_rule {
            rows.push((number, line.split('|').map(plain).collect()));
        }
    }
    rows
}

/// A row ends where all its columns are there and the next line begins another.
fn copied_rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut rows: Vec<(usize, String)> = Vec::new();
    let mut columns = None;
    for (line, number) in text.lines().zip(1..) {
        let tabs = |text: &str| text.matches('\t').count();
        match rows.last_mut() {
            None if line.trim().is_empty() => {}
            None => {
                columns = Some(tabs(line));
                rows.push((number, line.to_owned()));
            }
            Some((_, row)) if rows_differ(row, line, columns) => {
                rows.push((number, line.to_owned()));
            }
            Some((_, row)) => *row = format!("{row}\n{line}"),
        }
    }
    rows.into_iter().map(|(number, row)| (number, row.split('\t').map(plain).collect())).collect()
}

/// Whether a line begins another row: this one is whole, and the line has an action before a tab.
fn rows_differ(row: &str, line: &str, columns: Option<usize>) -> bool {
    let is_whole = Some(row.matches('\t').count()) >= columns;
    let begins = line.split_once('\t').is_some_and(|(first, _)| {
        let name = first.trim().split_once(':').map(|(_, name)| name);
        name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()))
    });
    is_whole && begins
}

/// A cell without marks: links, code, bold, quotes and escapes go, breaks become line feeds.
fn plain(cell: &str) -> String {
    let mut text = cell.replace("<br/>", "\n").replace("<br />", "\n").replace("<br>", "\n");
    for (mark, instead) in [("\\*", "*"), ("\\_", "_"), ("`", ""), ("**", ""), ("&nbsp;", " ")] {
        // `**` marks bold only when it stands twice.
        if mark != "**" || text.matches("**").count().is_multiple_of(2) {
            text = text.replace(mark, instead);
        }
    }
    while let Some((before, link)) = text.split_once('[')
        && let Some((name, address)) = link.split_once("](")
        && let Some((_, after)) = address.split_once(')')
    {
        text = format!("{before}{name}{after}");
    }
    let lines = text.trim().trim_matches('"').lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<PastedRow>, String> {
        read_pasted(Path::new("t"), text).map_err(|error| error.to_string())
    }

    fn row(line: usize, cells: [&str; 5]) -> PastedRow {
        (line, cells.map(str::to_owned))
    }

    #[test]
    fn markdown() {
        let text = "Text.\n\n\
            | Action | API | Access level | Resource type | Condition key | Dependent action |\n\
            | --- | :-- | --- | --- | --- | --- |\n\
            | x:[CreateA](https://example.com) | A | `create` | \\*A<br>acs:x:\\*:\\*:a/\\* | None | y:B<br/>y:C |\n\
            | | | | B<br>acs:x:*:*:b/* | x:K | |\n";
        assert_eq!(
            read(text),
            Ok(vec![row(
                5,
                [
                    "x:CreateA",
                    "create",
                    "*A\nacs:x:*:*:a/*\nB\nacs:x:*:*:b/*",
                    "None\nx:K",
                    "y:B\ny:C"
                ]
            )])
        );
    }

    #[test]
    fn copied() {
        let text = "操作\t访问级别\t资源类型\t条件关键字\t关联操作\n\
            x:CreateA\tcreate\t*A\nacs:x:*:*:a/*\tx:K\nx:L\ty:B\ny:C\n\
            x:GetA\tget\t全部资源\n*\t无\t无\n";
        assert_eq!(
            read(text),
            Ok(vec![
                row(2, ["x:CreateA", "create", "*A\nacs:x:*:*:a/*", "x:K\nx:L", "y:B\ny:C"]),
                row(6, ["x:GetA", "get", "全部资源\n*", "无", "无"]),
            ])
        );
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (text, expected) in [
            ("", "t: no table"),
            ("Action\tAccess level\n", "t: no rows"),
            ("Action\tPrice\n", "t:1: unknown column `price`"),
            ("Access level\tResource type\n", "t:1: no column of actions"),
            ("Action\tOperation\n", "t:1: two columns are called `operation` or the like"),
            ("| Action | Access level |\n| x:A |\n", "t:2: 1 columns, not 2"),
        ] {
            assert_eq!(read(text), Err(expected.to_owned()));
        }
    }
}
