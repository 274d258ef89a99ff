//! The tables of the guide that are made by a command, each between two comments.

use std::fs;
use std::path::Path;

/// A ratio with three digits that count, thousands apart.
#[must_use]
pub fn digits(ratio: f64) -> String {
    match ratio {
        1_000.0.. => {
            let unit = 10_f64.powf((ratio.log10() - 2.0).floor());
            thousands(&format!("{:.0}", (ratio / unit).round() * unit))
        }
        100.0.. => format!("{ratio:.0}"),
        10.0.. => format!("{ratio:.1}"),
        _ => format!("{ratio:.2}"),
    }
}

/// Digits with a comma before every three.
#[must_use]
pub fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Whether the tables are to be written into the guide, or only printed.
#[must_use]
pub fn is_to_be_written() -> bool {
    std::env::args().any(|argument| argument == "--write")
}

/// The page with the tables.
const PAGE: &str = "runtime/src/guide/performance.md";

/// Prints what goes between `<!-- name: begin ... -->` and `<!-- name: end -->`, and writes it there
/// when asked to.
///
/// # Panics
///
/// The page has no such comments, or cannot be written.
pub fn put(name: &str, text: &str) {
    println!("\n{}", text.trim_end());
    if !is_to_be_written() {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE);
    let page = fs::read_to_string(&path).expect("the page is there");
    let begin = page.find(&format!("<!-- {name}: begin")).expect("the comment before the table");
    let behind = begin + page[begin..].find("-->\n").expect("the comment ends its line") + 4;
    let end = format!("<!-- {name}: end -->");
    let length = page[behind..].find(&end).expect("the comment behind the table");
    let (head, tail) = (&page[..behind], &page[behind + length..]);
    fs::write(&path, format!("{head}\n{}\n\n{tail}", text.trim_end())).expect("it can be written");
    println!("\nwritten: {PAGE}, {name}");
}
