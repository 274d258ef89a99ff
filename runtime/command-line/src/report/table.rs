//! The decisions about logs as a table.

use std::io::Write as _;

use ram_policy_batch::{Report, Row, Verdict};
use ram_policy_model::text::shown::shown;
use serde::Serialize;

use crate::failure::Failure;
use crate::output;

const HEADS: [&str; 4] = ["principal", "action", "decision", "count"];

/// What stands for a principal that a record does not name.
const NOBODY: &str = "-";

/// One row in columns that are as wide as their widest text, and a line of sums.
pub(crate) fn text(report: &Report) -> Result<(), Failure> {
    let cell = |text: &str| shown(text.to_owned());
    let rows: Vec<[String; 4]> = report
        .rows()
        .map(|row| {
            let principal = cell(row.principal.unwrap_or(NOBODY));
            [principal, cell(row.action), row.verdict.to_string(), row.count.to_string()]
        })
        .collect();
    let heads = HEADS.map(str::to_owned);
    let mut widths = [0; 4];
    for row in rows.iter().chain([&heads]) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut out = output::out();
    let [principal_width, action_width, decision_width, count_width] = widths;
    for [principal, action, decision, count] in [&heads].into_iter().chain(&rows) {
        writeln!(
            out,
            "{principal:principal_width$}  {action:action_width$}  {decision:decision_width$}  {count:>count_width$}"
        )?;
    }
    write!(out, "{} decided, ", report.decided())?;
    if report.undetermined() > 0 {
        write!(out, "{} not known, ", report.undetermined())?;
    }
    writeln!(out, "{} wrong", report.wrong())?;
    out.flush()?;
    Ok(())
}

#[derive(Serialize)]
struct Told<'r> {
    rows: Vec<ToldRow<'r>>,
    decided: u64,
    /// Records about which nothing is decided because a part of a policy is not known.
    not_known: u64,
    wrong: u64,
}

#[derive(Serialize)]
struct ToldRow<'r> {
    principal: Option<&'r str>,
    action: &'r str,
    decision: &'static str,
    count: u64,
}

/// One JSON value.
pub(crate) fn json(report: &Report) -> Result<(), Failure> {
    let rows: Vec<ToldRow<'_>> = report.rows().map(row_of).collect();
    let (decided, not_known) = (report.decided(), report.undetermined());
    output::json(&Told { rows, decided, not_known, wrong: report.wrong() })
}

/// A line of heads and a line a row, as RFC 4180 says.
pub(crate) fn csv(report: &Report) -> Result<(), Failure> {
    let mut out = csv::Writer::from_writer(output::for_programs());
    out.write_record(HEADS).map_err(std::io::Error::from)?;
    for row in report.rows() {
        let ToldRow { principal, action, decision, count } = row_of(row);
        let principal = inert(principal.unwrap_or(""));
        let cells = [&*principal, action, decision, &count.to_string()];
        out.write_record(cells).map_err(std::io::Error::from)?;
    }
    out.flush()?;
    Ok(())
}

/// A text of a log as a cell: it moves no cursor, and no spreadsheet takes it for a formula.
fn inert(text: &str) -> String {
    let before = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    shown(format!("{before}{text}"))
}

fn row_of(row: Row<'_>) -> ToldRow<'_> {
    ToldRow {
        principal: row.principal,
        action: row.action,
        decision: match row.verdict {
            Verdict::Allow => "Allow",
            Verdict::ExplicitDeny => "ExplicitDeny",
            Verdict::ImplicitDeny => "ImplicitDeny",
            Verdict::NoPolicies => "NoPolicies",
            Verdict::Unknown => "Unknown",
        },
        count: row.count,
    }
}
