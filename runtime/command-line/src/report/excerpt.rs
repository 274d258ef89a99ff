//! What is shown of a text around a mistake: its lines, and of a long line what is near it.

use std::ops::Range;

use ram_policy_model::text::shown::with_signs;
use unicode_width::UnicodeWidthChar as _;

/// Most columns of a line that are shown before a mark, and behind it.
const BESIDE: usize = 60;

/// Most columns that are marked on a line.
const MOST_MARKED: usize = 120;

/// Most lines that are marked.
const MOST_LINES: usize = 12;

/// Stands for what is left out of a line.
const CUT: char = '…';

/// Most bytes in which the columns of a line are looked for: no character has more than four, and of
/// those without a width, which could be many, nobody needs to see all.
const MOST_BYTES: usize = 1024;

/// What is shown of a text for a finding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) source: String,
    /// The place of the mistake in it.
    pub(super) mark: Range<usize>,
    /// Whether the line begins before what is shown of it.
    pub(super) is_cut: bool,
}

impl Excerpt {
    /// The lines of a mistake, as far as they are near it.
    pub(super) fn of(text: &str, start: usize, end: usize) -> Self {
        let start = boundary(text, start.min(text.len()));
        let end = boundary(text, end.clamp(start, text.len()));
        let (before, is_cut) = before(text.get(..start).unwrap_or(""));
        let mut source = String::from(if is_cut { "…" } else { "" });
        source += &with_signs(before);
        let first = source.len();
        let marked = text.get(start..end).unwrap_or("");
        let (mut shown, mut goes_on) = (0, false);
        for (number, line) in marked.split_inclusive('\n').enumerate() {
            let room = MOST_MARKED + if number == 0 { 0 } else { BESIDE };
            let (kept, is_whole) = start_of(line.trim_end_matches('\n'), room);
            source += &with_signs(kept);
            shown += line.len();
            goes_on = !is_whole;
            if number + 1 == MOST_LINES && shown < marked.len() {
                goes_on = true;
                break;
            }
            if goes_on && shown < marked.len() {
                source.push(CUT);
                goes_on = false;
            }
            source += if line.ends_with('\n') { "\n" } else { "" };
        }
        let mark = first..source.len();
        if goes_on {
            source.push(CUT);
        } else {
            let rest = text.get(start + shown..).unwrap_or("");
            let line = rest.split('\n').next().unwrap_or("");
            let (kept, is_whole) = start_of(line.trim_end_matches('\r'), BESIDE);
            source += &with_signs(kept);
            source += if is_whole { "" } else { "…" };
        }
        Self { source, mark, is_cut }
    }
}

/// The end of the last line of a text, and whether it begins before.
fn before(text: &str) -> (&str, bool) {
    let from = boundary(text, text.len().saturating_sub(MOST_BYTES));
    let near = text.get(from..).unwrap_or("");
    let (line, is_whole) = match near.rsplit_once('\n') {
        Some((_, line)) => (line, true),
        None => (near, from == 0),
    };
    let mut columns = 0;
    for (at, character) in line.char_indices().rev() {
        columns += width(character);
        if columns > BESIDE {
            return (line.get(at + character.len_utf8()..).unwrap_or(""), true);
        }
    }
    (line, !is_whole)
}

/// The start of a line, and whether it is all of it.
fn start_of(line: &str, most: usize) -> (&str, bool) {
    let mut columns = 0;
    for (at, character) in line.char_indices() {
        columns += width(character);
        if columns > most || at >= MOST_BYTES {
            return (line.get(..at).unwrap_or(""), false);
        }
    }
    (line, true)
}

/// The columns of a terminal that a character takes.
fn width(character: char) -> usize {
    // A tab is shown as spaces, and a sign stands for what is hidden.
    if character == '\t' { 4 } else { character.width().unwrap_or(1) }
}

/// The last place up to this one at which a character begins or the text ends.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{BESIDE, Excerpt, MOST_LINES, MOST_MARKED, width};

    /// The excerpt, with the mark in brackets.
    fn shown(text: &str, start: usize, end: usize) -> String {
        let Excerpt { source, mark, .. } = Excerpt::of(text, start, end);
        let part = |from: usize, to: usize| source.get(from..to).unwrap_or("?").to_owned();
        let (before, marked) = (part(0, mark.start), part(mark.start, mark.end));
        format!("{before}[{marked}]{}", part(mark.end, source.len()))
    }

    #[test]
    fn a_long_line_is_cut_around_the_mistake() {
        let (x, y) = ("x".repeat(500), "y".repeat(500));
        let (beside, behind) = ("x".repeat(BESIDE), "y".repeat(BESIDE));
        let marked = "m".repeat(MOST_MARKED);
        let wide = "\u{4e2d}".repeat(500);
        let half = "\u{4e2d}".repeat(BESIDE / 2);
        let nothing = "\u{301}".repeat(2000);
        for (name, text, mistake, expected) in [
            ("a short line", "a \"b\" c".to_owned(), "\"b\"", "a [\"b\"] c".to_owned()),
            ("other lines", "a\nb c d\ne".to_owned(), "c", "b [c] d".to_owned()),
            ("carriage returns", "a\r\nb c d\r\ne".to_owned(), "c", "b [c] d".to_owned()),
            (
                "a long line",
                format!("{x}mm{y}"),
                "mm",
                format!("\u{2026}{beside}[mm]{behind}\u{2026}"),
            ),
            ("its start", format!("mm{y}"), "mm", format!("[mm]{behind}\u{2026}")),
            ("its end", format!("{x}mm"), "mm", format!("\u{2026}{beside}[mm]")),
            (
                "wide characters",
                format!("{wide}mm{wide}"),
                "mm",
                format!("\u{2026}{half}[mm]{half}\u{2026}"),
            ),
            (
                "a wide character that half fits",
                format!("{wide}xmm"),
                "xmm",
                format!("\u{2026}{half}[xmm]"),
            ),
            (
                "exactly as much",
                format!("{beside}mm{behind}"),
                "mm",
                format!("{beside}[mm]{behind}"),
            ),
            (
                "a long mistake",
                format!("a {marked}mm c"),
                &format!("{marked}mm"),
                format!("a [{marked}]\u{2026}"),
            ),
            ("a hidden character", "a\u{202e}b m".to_owned(), "m", "a\u{fffd}b [m]".to_owned()),
            ("an empty text", String::new(), "", "[]".to_owned()),
        ] {
            let start = text.find(mistake).unwrap_or(0);
            assert_eq!(shown(&text, start, start + mistake.len()), expected, "{name}");
        }
        // What takes no column is bounded as well.
        let long = format!("{nothing}m{nothing}");
        let at = nothing.len();
        assert!(shown(&long, at, at + 1).len() < 4096);
        // No place in the middle of a character is a panic.
        for start in 0..wide.len().min(20) {
            for end in 0..20 {
                let _ = shown(&wide, start, end);
            }
        }
        assert!(!shown("a", 7, 3).is_empty());
    }

    #[test]
    fn of_many_lines_the_first_are_shown() {
        let lines: String = (0..100).map(|number| format!("line {number}\n")).collect();
        let Excerpt { source, mark, is_cut } = Excerpt::of(&lines, 0, lines.len());
        assert!(!is_cut && mark.start == 0);
        assert_eq!(source.lines().count(), MOST_LINES, "{source}");
        let long = format!("{}\n{}\nend", "x".repeat(1000), "y".repeat(1000));
        let Excerpt { source, .. } = Excerpt::of(&long, 0, long.len());
        let columns = |line: &str| line.chars().map(width).sum::<usize>();
        assert!(source.lines().all(|line| columns(line) <= MOST_MARKED + BESIDE + 1), "{source}");
        assert!(source.ends_with("end"), "{source}");
    }
}
