//! Reads a pasted table of the help centre: Markdown, tab-separated as a browser copies it, or one
//! paragraph a cell, as pages saved as text have it.
//!
//! A cell may have several lines: `<br>` in Markdown, line feeds when copied, and for resources
//! several paragraphs. Newer tables have a column each for access level, resource types, condition
//! keys and dependent actions; older ones an action and its ARNs alone.

use std::path::Path;

use crate::error::Error;
use crate::model::arn::Arn;

/// A row: the line it begins at, and its cells in the order of [`COLUMNS`].
pub(crate) type PastedRow = (usize, [String; 5]);

/// A row as it is read: the line it begins at, and its cells in their own order.
type Cells = (usize, Vec<String>);

/// The heads of the columns we read, in English and Chinese.
const COLUMNS: [&[&str]; 5] = [
    &["action", "operation", "操作", "鉴权 action", "授权操作"],
    &["access level", "访问级别"],
    &[
        "resource type",
        "resource",
        "resource in an authorization policy",
        "资源类型",
        "资源",
        "鉴权 resource",
        "授权资源",
    ],
    &["condition key", "condition", "条件关键字", "条件关键词"],
    &["associated operation", "dependent action", "dependent actions", "关联操作"],
];

/// The heads of columns that say nothing about authorization.
const OTHER_COLUMNS: [&str; 6] =
    ["api", "api operation", "description", "api 操作", "描述", "说明"];

/// The rows of a table.
pub(crate) fn read_pasted(file: &Path, text: &str) -> Result<Vec<PastedRow>, Error> {
    let is_markdown = text.lines().any(|line| line.trim_start().starts_with('|'));
    let rows = if is_markdown {
        markdown_rows(text)
    } else if text.contains('\t') {
        copied_rows(text)
    } else {
        paragraph_rows(text).map_err(|(line, message)| Error::at(file, line, message))?
    };
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

/// Rows of which each cell is a paragraph, that of the resources several. The head is the first run
/// of paragraphs that all are heads, and the table ends where a row does not begin with an action.
fn paragraph_rows(text: &str) -> Result<Vec<Cells>, (usize, String)> {
    let paragraphs = paragraphs(text);
    let is_head = |text: &str| {
        let text = text.to_lowercase();
        COLUMNS.iter().any(|names| names.contains(&text.as_str()))
            || OTHER_COLUMNS.contains(&text.as_str())
    };
    let heads: Vec<usize> = (0..paragraphs.len())
        .skip_while(|at| {
            let pair = paragraphs.get(*at..at + 2).unwrap_or_default();
            pair.is_empty() || !pair.iter().all(|(_, text)| is_head(text))
        })
        .take_while(|at| paragraphs.get(*at).is_some_and(|(_, text)| is_head(text)))
        .collect();
    let Some(((first, last), line)) = heads
        .first()
        .zip(heads.last())
        .and_then(|ends| paragraphs.get(*ends.0).map(|(line, _)| (ends, *line)))
    else {
        return Ok(Vec::new());
    };
    let head: Vec<String> = paragraphs
        .get(*first..=*last)
        .unwrap_or_default()
        .iter()
        .map(|(_, text)| text.clone())
        .collect();
    let resources = columns(&head).map_err(|message| (line, message))?.get(2).copied().flatten();
    let mut rows = vec![(line, head.clone())];
    let mut rest = paragraphs.get(last + 1..).unwrap_or_default().iter().peekable();
    while let Some((line, action)) = rest.next_if(|(_, text)| is_action(text)) {
        let mut cells = vec![action.clone()];
        while cells.len() < head.len() {
            let Some((_, text)) = rest.next() else {
                return Err((*line, format!("the row of `{action}` ends too early")));
            };
            let mut cell = text.clone();
            if Some(cells.len()) == resources && !is_nothing(text) {
                // A type is followed by its ARNs, and a key or `none` begins the next cell.
                while let Some((_, more)) = rest
                    .next_if(|(_, text)| !is_nothing(text) && (is_arn(text) || !text.contains(':')))
                {
                    cell = format!("{cell}\n{more}");
                }
            }
            cells.push(cell);
        }
        rows.push((*line, cells));
    }
    Ok(rows)
}

/// The paragraphs without marks, each with its line.
fn paragraphs(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut is_open = false;
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            is_open = false;
            continue;
        }
        match found.last_mut() {
            Some((_, text)) if is_open => *text = format!("{text}\n{line}"),
            _ => found.push((number, line.to_owned())),
        }
        is_open = true;
    }
    let plain = found.into_iter().map(|(line, text)| (line, plain(&text)));
    plain.filter(|(_, text)| !text.is_empty()).collect()
}

/// Whether it is `service:Action` alone.
fn is_action(text: &str) -> bool {
    text.split_once(':').is_some_and(|(code, name)| {
        crate::data::template::is_code(code) && crate::read::actions::is_action_name(name)
    })
}

fn is_arn(text: &str) -> bool {
    Arn::split(text).is_ok()
}

fn is_nothing(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "none" | "无" | "-" | "n/a")
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
        // `**` marks bold only when it appears twice.
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
    fn paragraphs_are_cells() {
        let text = "# GetTrigger\n\nText about the operation.\n\nOperation\n\nAccess level\n\n\
            Resource type\n\nCondition key\n\nAssociated operation\n\n\
            fc:GetTrigger\n\nget\n\n\\*All Resources\n\n`*`\n\nnone\n\nnone\n\n\
            fc:RunA\n\nupdate\n\n\\*A\n\n`acs:fc:*:*:a/*`\n\nB\n\n`acs:fc:*:*:b`\n\n\
            acs:ResourceTag\nfc:K\n\nkms:Decrypt\n\n## Request syntax\n\nGET /\n";
        let expected = [
            row(15, ["fc:GetTrigger", "get", "*All Resources\n*", "none", "none"]),
            row(
                27,
                [
                    "fc:RunA",
                    "update",
                    "*A\nacs:fc:*:*:a/*\nB\nacs:fc:*:*:b",
                    "acs:ResourceTag\nfc:K",
                    "kms:Decrypt",
                ],
            ),
        ];
        assert_eq!(read(text), Ok(expected.to_vec()));
        let cut = "操作\n\n访问级别\n\n资源类型\n\nx:A\n\nget\n";
        assert_eq!(read(cut), Err("t:7: the row of `x:A` ends too early".to_owned()));
    }

    #[test]
    fn older_tables_have_an_action_and_its_arns() {
        for text in [
            "| Action | Resource in an authorization policy |\n| :-- | :-- |\n\
             | `log:A` | `acs:log:$regionid:$accountid:project/*` |\n",
            "鉴权 Action\t鉴权 Resource\n\nlog:A\tacs:log:$regionid:$accountid:project/*\n",
        ] {
            let expected = ["log:A", "", "acs:log:$regionid:$accountid:project/*", "", ""];
            assert_eq!(read(text), Ok(vec![row(3, expected)]), "{text}");
        }
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
