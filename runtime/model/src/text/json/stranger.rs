//! What people write into JSON that JSON does not have, by its name.

use alloc::format;
use alloc::string::String;

use crate::text::hidden::name_of_hidden;

/// Signs that stand for those of JSON in typeset texts and on other keyboards.
const ALIKE: &[(char, char)] = &[
    ('\u{201c}', '"'),
    ('\u{201d}', '"'),
    ('\u{201e}', '"'),
    ('\u{201f}', '"'),
    ('\u{2033}', '"'),
    ('\u{ab}', '"'),
    ('\u{bb}', '"'),
    ('\u{300c}', '"'),
    ('\u{300d}', '"'),
    ('\u{ff02}', '"'),
    ('\u{ff0c}', ','),
    ('\u{3001}', ','),
    ('\u{ff1a}', ':'),
    ('\u{ff5b}', '{'),
    ('\u{ff5d}', '}'),
    ('\u{ff3b}', '['),
    ('\u{ff3d}', ']'),
];

/// The length of what a text begins with, and a sentence about it; `None` for what nobody takes for
/// JSON.
pub(super) fn at_start(text: &str, is_beginning: bool) -> Option<(usize, String)> {
    for comment in ["//", "/*", "#"] {
        if text.starts_with(comment) {
            return Some((comment.len(), format!("JSON has no comments, found `{comment}`")));
        }
    }
    let found = text.chars().next()?;
    let number = u32::from(found);
    let sentence = match found {
        '\'' | '`' | '\u{2018}' | '\u{2019}' => {
            format!("JSON texts are in double quotes, not in `{found}`")
        }
        '\u{feff}' if is_beginning => {
            "the text begins with a byte order mark (U+FEFF), which is no part of JSON".into()
        }
        ',' => "JSON has no comma here".into(),
        '\u{a0}' => "a no-break space (U+00A0) is no blank in JSON".into(),
        blank if blank.is_whitespace() => {
            format!("the character U+{number:04X} looks like a blank and is none in JSON")
        }
        _ => match (name_of_hidden(found), ALIKE.iter().find(|(alike, _)| *alike == found)) {
            (Some(name), _) => {
                format!("the invisible character U+{number:04X} {name} is no part of JSON")
            }
            (None, Some((_, plain))) => {
                format!("`{found}` (U+{number:04X}) is not `{plain}`, which JSON asks for")
            }
            (None, None) => return None,
        },
    };
    Some((found.len_utf8(), sentence))
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn what_is_no_json_is_told_by_its_name() {
        for (text, at, expected) in [
            ("{ // why\n}", 2, "JSON has no comments, found `//`"),
            ("/* why */ {}", 0, "JSON has no comments, found `/*`"),
            ("{} # why", 3, "JSON has no comments, found `#`"),
            ("{\"a\": 1 // why\n}", 8, "JSON has no comments, found `//`"),
            ("[1, /* two */ 2]", 4, "JSON has no comments, found `/*`"),
            ("{\"a\" /* is */ : 1}", 5, "JSON has no comments, found `/*`"),
            ("{\u{a0}\"a\": 1}", 1, "a no-break space (U+00A0) is no blank in JSON"),
            ("{\"a\":\u{a0}1}", 5, "a no-break space (U+00A0) is no blank in JSON"),
            ("[1,\u{3000}2]", 3, "the character U+3000 looks like a blank and is none in JSON"),
            ("[\u{c}1]", 1, "the character U+000C looks like a blank and is none in JSON"),
            (
                "[\u{200b}1]",
                1,
                "the invisible character U+200B ZERO WIDTH SPACE is no part of JSON",
            ),
            ("[\0]", 1, "the invisible character U+0000 CONTROL CHARACTER is no part of JSON"),
            (
                "\u{feff}{}",
                0,
                "the text begins with a byte order mark (U+FEFF), which is no part of JSON",
            ),
            ("{'a': 1}", 1, "JSON texts are in double quotes, not in `'`"),
            ("['a']", 1, "JSON texts are in double quotes, not in `'`"),
            ("[\u{2018}a\u{2019}]", 1, "JSON texts are in double quotes, not in `\u{2018}`"),
            ("{\u{201c}a\u{201d}: 1}", 1, "`\u{201c}` (U+201C) is not `\"`, which JSON asks for"),
            ("{\"a\"\u{ff1a}1}", 4, "`\u{ff1a}` (U+FF1A) is not `:`, which JSON asks for"),
            ("[1\u{ff0c}2]", 2, "`\u{ff0c}` (U+FF0C) is not `,`, which JSON asks for"),
            ("{\"a\": 1,}", 7, "JSON has no comma after the last member"),
            ("[1, ]", 2, "JSON has no comma after the last value"),
            ("[1,, 2]", 3, "JSON has no comma here"),
            ("{}, {}", 2, "JSON has no comma here"),
            ("[,]", 1, "JSON has no comma here"),
            // What nobody takes for JSON.
            ("{a: 1}", 1, "expected a member name in double quotes"),
            ("[1 2]", 3, "expected `,` or `]`"),
            ("<a>", 0, "expected a JSON value"),
        ] {
            let error = read(text).map(|_| ()).map_err(|error| (error.at.start, error.value));
            assert_eq!(error, Err((at, expected.into())), "{text:?}");
        }
    }
}
