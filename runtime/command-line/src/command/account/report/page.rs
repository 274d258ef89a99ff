//! The page: one HTML file that needs nothing else and asks for nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::words::Way;
use super::access::{LETTERS, Level, MOST_SERVICES, in_words, levels};
use super::picture;
use super::{Found, Person, Report, Shown};
use crate::describe::html::{coded, escaped};
use crate::describe::matrix::Row;
use crate::report::counted;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the page may do: apply its one style and run its one script, which are named by what they are
/// made of; it loads nothing, sends nothing, and runs nothing that a name in the account contains.
const STYLE_HASH: &str = "sha256-6Z908f49bfjjr/h7tMeCeRnbJ+w0S4D7y+tsuBK5aPE=";
const SCRIPT_HASH: &str = "sha256-X+T3mIlBe+rtu/ilHZGpuUwDvPHJQNvjWhALQ3S9DZo=";

/// Levels of findings, the worst first.
const LEVELS: [&str; 3] = ["error", "warning", "note"];

/// Most lines of a list that are shown without being asked for.
const MOST_OPEN: usize = 8;

/// Most principals that are named in a line.
const MOST_NAMES: usize = 6;

/// Writes the page.
pub(super) fn write(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = page(report, &mut text);
    text
}

fn page(report: &Report, text: &mut String) -> std::fmt::Result {
    let account = escaped(report.summary.account());
    write!(
        text,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Account {account}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Account {account}</h1>\n"
    )?;
    writeln!(text, "<p class=\"about\">{}</p>", escaped(&report.summary.counts()))?;
    writeln!(
        text,
        "<nav><a href=\"#principals\">Principals</a> <a href=\"#ways\">Who can become whom</a> <a href=\"#outside\">Outside</a> <a href=\"#findings\">Findings</a> <a href=\"#unknown\">Not known</a> <a href=\"#services\">Services</a></nav>"
    )?;
    writeln!(
        text,
        "<div class=\"search\" hidden><input type=\"search\" aria-label=\"Search\" placeholder=\"Search: a name, a service, a rule\"><span class=\"about\" role=\"status\"></span></div>"
    )?;
    principals(report, text)?;
    ways(report, text)?;
    outside(report, text)?;
    findings(&report.findings, text)?;
    holes(report, text)?;
    services(report, text)?;
    writeln!(text, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>")
}

fn principals(report: &Report, text: &mut String) -> std::fmt::Result {
    writeln!(text, "<section id=\"principals\">\n<h2>Principals</h2>")?;
    match report.administrators() {
        0 => writeln!(text, "<p>Nobody is known to be able to make himself administrator.</p>")?,
        some => writeln!(
            text,
            "<p><b class=\"bad\">{}</b> of {} can make themselves administrator.</p>",
            some,
            counted(report.principals.len(), "user and role", "users and roles")
        )?,
    }
    write!(text, "<p class=\"about\">Access to each service:")?;
    for (letter, word, _) in LETTERS {
        write!(text, " <b>{letter}</b> {word},")?;
    }
    writeln!(
        text,
        " a small letter where a resource, a condition or a partial denial limits all of it.</p>"
    )?;
    writeln!(
        text,
        "<table class=\"people\">\n<thead><tr><th>Principal</th><th>Facts</th><th>Services</th></tr></thead>\n<tbody>"
    )?;
    for person in &report.principals {
        self::person(report, person, text)?;
    }
    writeln!(text, "</tbody>\n</table>\n</section>")
}

fn person(report: &Report, person: &Person, text: &mut String) -> std::fmt::Result {
    write!(text, "<tr class=\"row\"")?;
    if let Some(place) = person.access {
        write!(text, " data-access=\"access-{place}\"")?;
    }
    write!(
        text,
        "><th scope=\"row\" class=\"who\">{}</th><td class=\"facts\">",
        escaped(&person.principal)
    )?;
    if let Some(steps) = &person.to_administrator {
        let steps = counted(steps.len(), "step", "steps");
        write!(text, "<span class=\"bad\">administrator in {steps}</span> ")?;
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(person.groups.iter().map(|group| format!("group/{group}")));
    facts.extend(
        person.has_console.map(|has| if has { "console" } else { "no console" }.to_owned()),
    );
    facts.extend(person.has_mfa.map(|has| if has { "MFA" } else { "no MFA" }.to_owned()));
    facts.extend(person.access_keys.map(|keys| counted(keys, "active key", "active keys")));
    for fact in &facts {
        write!(text, "<span>{}</span> ", escaped(fact))?;
    }
    if !person.holes.is_empty() {
        let things = counted(person.holes.len(), "thing", "things");
        let all: Vec<String> = person.holes.iter().map(ToString::to_string).collect();
        write!(
            text,
            "<span class=\"open\" title=\"{}\">{things} not known</span>",
            escaped(&all.join("\n"))
        )?;
    }
    write!(text, "</td><td>")?;
    match (person.access.and_then(|place| report.access.get(place)), &person.not_one_policy) {
        (Some(access), _) if access.is_everything => {
            write!(text, "<b class=\"bad\">everything</b>")?;
        }
        (Some(access), _) if access.matrix.rows.is_empty() => {
            write!(text, "<span class=\"none\">no known action</span>")?;
        }
        (Some(access), _) => {
            write!(text, "<div class=\"services\">")?;
            let services = access.services();
            for row in services.iter().take(MOST_SERVICES) {
                service(row, text)?;
            }
            let link = person.access.unwrap_or_default();
            let label = match services.len().saturating_sub(MOST_SERVICES) {
                0 => "all levels".to_owned(),
                more => format!("{more} more"),
            };
            write!(text, "<a href=\"#access-{link}\">{label}</a></div>")?;
        }
        (None, Some(why)) => {
            write!(text, "<span class=\"open\">not one policy: {}</span>", coded(why))?
        }
        (None, None) => {}
    }
    writeln!(text, "</td></tr>")
}

/// `ecs LRcU`.
fn service(row: &Row, text: &mut String) -> std::fmt::Result {
    let letters = |writes: bool| -> String {
        levels(row).filter(|level| level.writes() == writes).map(|level| level.shown()).collect()
    };
    write!(
        text,
        "<span class=\"service\" title=\"{}\">{}",
        escaped(&in_words(row)),
        escaped(row.service)
    )?;
    for (class, letters) in [("reads", letters(false)), ("writes", letters(true))] {
        if !letters.is_empty() {
            write!(text, " <b class=\"{class}\">{letters}</b>")?;
        }
    }
    write!(text, "</span>")
}

fn ways(report: &Report, text: &mut String) -> std::fmt::Result {
    writeln!(text, "<section id=\"ways\">\n<h2>Who can become whom</h2>")?;
    let (shown, nodes, lines) = report.picture();
    if report.becomes.is_empty() {
        writeln!(
            text,
            "<p class=\"none\">Nobody is known to be able to become somebody else.</p>"
        )?;
    } else {
        match shown {
            Shown::All => {}
            Shown::ToAdministrator => writeln!(
                text,
                "<p>The picture shows the ways to administrator alone; the list below has all.</p>"
            )?,
            Shown::Nothing => writeln!(
                text,
                "<p>There are too many ways for a picture; the list below has all.</p>"
            )?,
        }
        if !nodes.is_empty() {
            writeln!(
                text,
                "<ul class=\"legend\"><li>Principals with the same ways are together.</li><li>Solid: steps of his own.</li><li>Dashed: back to the left.</li><li>Dotted: together with others.</li><li>A pointer shows names and steps.</li></ul>"
            )?;
        }
        picture::draw(&nodes, &lines, text)?;
        let ways = counted(report.becomes.len(), "way", "ways");
        writeln!(text, "<details>\n<summary>{ways}, step by step</summary>\n<ul class=\"list\">")?;
        for way in &report.becomes {
            self::way(way, text)?;
        }
        writeln!(text, "</ul>\n</details>")?;
    }
    if !report.unsure.is_empty() {
        let steps = counted(report.unsure.len(), "step", "steps");
        writeln!(
            text,
            "<details>\n<summary class=\"open\">{steps} of which nobody can say whether they are possible</summary>\n<ul class=\"list\">"
        )?;
        for doubt in &report.unsure {
            writeln!(text, "<li class=\"row\">{}</li>", escaped(&doubt.to_string()))?;
        }
        writeln!(text, "</ul>\n</details>")?;
    }
    writeln!(text, "</section>")
}

fn way(way: &Way, text: &mut String) -> std::fmt::Result {
    write!(text, "<li class=\"row\">{} becomes {}<ol>", escaped(&way.from), escaped(&way.to))?;
    for step in &way.steps {
        write!(text, "<li>{}</li>", escaped(&step.to_string()))?;
    }
    writeln!(text, "</ol></li>")
}

fn outside(report: &Report, text: &mut String) -> std::fmt::Result {
    writeln!(text, "<section id=\"outside\">\n<h2>Outside</h2>")?;
    let by_principal = report.external.by_principal();
    if by_principal.is_empty() {
        writeln!(text, "<p class=\"none\">No role is known to trust anybody outside.</p>")?;
    }
    let (single, several): (Vec<_>, Vec<_>) =
        by_principal.into_iter().partition(|(_, lines)| lines.len() == 1);
    if !single.is_empty() {
        writeln!(text, "<ul class=\"list\">")?;
        for line in single.iter().flat_map(|(_, lines)| lines) {
            writeln!(text, "<li class=\"row\">{}</li>", escaped(line))?;
        }
        writeln!(text, "</ul>")?;
    }
    for (who, lines) in several {
        let open = if lines.len() <= MOST_OPEN { " open" } else { "" };
        writeln!(
            text,
            "<details{open}>\n<summary>{}: {}</summary>\n<ul class=\"list\">",
            escaped(&who),
            counted(lines.len(), "role", "roles")
        )?;
        for line in lines {
            writeln!(text, "<li class=\"row\">{}</li>", escaped(&line))?;
        }
        writeln!(text, "</ul>\n</details>")?;
    }
    writeln!(text, "</section>")
}

fn findings(findings: &[Found], text: &mut String) -> std::fmt::Result {
    writeln!(text, "<section id=\"findings\">\n<h2>Findings</h2>")?;
    if findings.is_empty() {
        writeln!(text, "<p class=\"none\">Nothing was found in the policies.</p>")?;
    }
    let mut by_rule: BTreeMap<(usize, &str), Vec<&Found>> = BTreeMap::new();
    for found in findings {
        let level = LEVELS.iter().position(|level| *level == found.level);
        by_rule.entry((level.unwrap_or(LEVELS.len()), found.rule)).or_default().push(found);
    }
    for ((_, rule), of_rule) in by_rule {
        let Some(Found { level, ram, .. }) = of_rule.first() else { continue };
        let open = if of_rule.len() <= MOST_OPEN { " open" } else { "" };
        writeln!(
            text,
            "<details{open}>\n<summary><b class=\"{level}\">{level}</b> <code>{rule}</code>, {}: RAM {}.</summary>\n<ul class=\"list\">",
            counted(of_rule.len(), "place", "places"),
            coded(ram)
        )?;
        for Found { document, line, column, message, .. } in of_rule {
            writeln!(
                text,
                "<li class=\"row\">{} at {line}:{column}: {}.</li>",
                escaped(document),
                coded(message)
            )?;
        }
        writeln!(text, "</ul>\n</details>")?;
    }
    writeln!(text, "</section>")
}

fn holes(report: &Report, text: &mut String) -> std::fmt::Result {
    writeln!(text, "<section id=\"unknown\">\n<h2>Not known</h2>")?;
    let holes = report.summary.holes();
    if holes.is_empty() {
        writeln!(text, "<p class=\"none\">All that was asked for is there.</p>")?;
    } else {
        writeln!(
            text,
            "<p>What depends on this may be more than the page says.</p>\n<ul class=\"list\">"
        )?;
        for hole in holes {
            writeln!(text, "<li class=\"row\">{}</li>", escaped(&hole.to_string()))?;
        }
        writeln!(text, "</ul>")?;
    }
    writeln!(text, "</section>")
}

/// All services of everybody, each table once.
fn services(report: &Report, text: &mut String) -> std::fmt::Result {
    writeln!(
        text,
        "<section id=\"services\">\n<h2>Services</h2>\n<p class=\"about\">Allowed actions of those known, and in brackets how many of them a resource, a condition or a partial denial limits.</p>"
    )?;
    for (place, access) in report.access.iter().enumerate() {
        if access.is_everything || access.matrix.rows.is_empty() {
            continue;
        }
        let named: Vec<&str> =
            access.principals.iter().take(MOST_NAMES).map(String::as_str).collect();
        let more = match access.principals.len().saturating_sub(MOST_NAMES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        write!(
            text,
            "<details>\n<summary>{} of {}{more}</summary>\n<div class=\"matrix\" id=\"access-{place}\"><table><thead><tr><th>Service</th>",
            counted(access.matrix.rows.len(), "service", "services"),
            escaped(&named.join(", "))
        )?;
        for (_, word, _) in LETTERS {
            write!(text, "<th>{word}</th>")?;
        }
        writeln!(text, "</tr></thead><tbody>")?;
        for row in &access.matrix.rows {
            write!(
                text,
                "<tr><th scope=\"row\" title=\"{}\">{}</th>",
                escaped(row.title),
                escaped(row.service)
            )?;
            let levels: Vec<Level> = levels(row).collect();
            for (letter, _, _) in LETTERS {
                match levels.iter().find(|level| level.letter == letter) {
                    None => write!(text, "<td></td>")?,
                    Some(level) => {
                        write!(text, "<td>{}/{}", level.allowed, level.known)?;
                        if level.limited > 0 {
                            write!(text, " ({})", level.limited)?;
                        }
                        write!(text, "</td>")?;
                    }
                }
            }
            writeln!(text, "</tr>")?;
        }
        writeln!(text, "</tbody></table></div>\n</details>")?;
    }
    writeln!(text, "</section>")
}
