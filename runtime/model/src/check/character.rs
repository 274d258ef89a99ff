//! Finds characters that a reader does not see, or takes for others.

use alloc::format;

use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::Policy;
use crate::text::place::Text;

/// Characters that print nothing, or turn the direction of what follows (Unicode: Bidirectional
/// Algorithm; Unicode: Security Considerations).
const HIDDEN: &[(char, &str)] = &[
    ('\u{00ad}', "SOFT HYPHEN"),
    ('\u{034f}', "COMBINING GRAPHEME JOINER"),
    ('\u{061c}', "ARABIC LETTER MARK"),
    ('\u{115f}', "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', "HANGUL JUNGSEONG FILLER"),
    ('\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2061}', "FUNCTION APPLICATION"),
    ('\u{2062}', "INVISIBLE TIMES"),
    ('\u{2063}', "INVISIBLE SEPARATOR"),
    ('\u{2064}', "INVISIBLE PLUS"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{3164}', "HANGUL FILLER"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{ffa0}', "HALFWIDTH HANGUL FILLER"),
];

/// First and last of the characters that once tagged a language and print nothing; they repeat ASCII,
/// so that a whole text can be hidden in them (Unicode: Tags).
const TAGS: core::ops::RangeInclusive<char> = '\u{e0000}'..='\u{e007f}';

/// Letters of other scripts beside the ASCII letters they look like (Unicode: Security Mechanisms).
const LOOK_ALIKES: &[(&str, &str)] = &[
    ("АВЕЅІЈКМНОРСТУХЬԌԚԜ", "ABESIJKMHOPCTYXbGQW"),
    ("аеѕіјорсухһԁԛԝҽӏ", "aesijopcyxhdqwel"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("αγικνορτυχ", "ayiKvoptux"),
];

/// First and last of the full-width forms of ASCII, and how far they are from it.
const FULL_WIDTH: (char, char, u32) = ('\u{ff01}', '\u{ff5e}', 0xfee0);

pub(super) fn check<L: Copy>(policy: &Policy<L>, report: &mut Report<L>) {
    for statement in &policy.statements {
        let actions = statement.actions().into_iter().flat_map(|(actions, _)| &actions.items);
        let resources = statement.resources().into_iter().flat_map(|values| &values.items);
        let principals = statement.principals().flat_map(|principal| &principal.values.items);
        let keys = statement.conditions().flat_map(|condition| &condition.keys);
        let texts = actions.chain(resources).chain(principals);
        let tests = keys.flat_map(|key| core::iter::once(&key.key).chain(&key.values.items));
        for text in texts.chain(tests).filter(|text| !text.value.is_ascii()) {
            one(text, report);
        }
    }
}

fn one<L: Copy>(text: &Text<L>, report: &mut Report<L>) {
    let hidden =
        text.value.chars().find_map(|character| hidden(character).map(|name| (character, name)));
    if let Some((character, name)) = hidden {
        let message =
            format!("the text has the character U+{:04X} {name} in it", u32::from(character));
        report.add(text.at, Rule::HiddenCharacter, message);
    }
    // A word of one script is a word; one of two is a trap.
    let words = text.value.split(|c: char| !c.is_alphanumeric());
    let mixed = words.filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()));
    let alike = mixed.flat_map(str::chars).find_map(|c| looks_like(c).map(|ascii| (c, ascii)));
    if let Some((character, ascii)) = alike {
        let message = format!(
            "`{character}` (U+{:04X}) is not `{ascii}`, although it looks like it",
            u32::from(character)
        );
        report.add(text.at, Rule::LookAlikeCharacter, message);
    }
}

/// The name of a character that a reader does not see.
fn hidden(character: char) -> Option<&'static str> {
    if TAGS.contains(&character) {
        return Some("TAG CHARACTER");
    }
    HIDDEN.iter().find_map(|(hidden, name)| (*hidden == character).then_some(*name))
}

/// The ASCII character that one of another script looks like.
fn looks_like(character: char) -> Option<char> {
    let (first, last, distance) = FULL_WIDTH;
    if (first..=last).contains(&character) {
        return char::from_u32(u32::from(character) - distance);
    }
    LOOK_ALIKES.iter().find_map(|(others, ascii)| {
        let index = others.chars().position(|other| other == character)?;
        ascii.chars().nth(index)
    })
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, LOOK_ALIKES, TAGS};
    use crate::text::hidden::is_hidden;

    #[test]
    fn what_is_reported_as_hidden_is_shown_escaped() {
        for character in HIDDEN.iter().map(|(character, _)| *character).chain(TAGS) {
            assert!(is_hidden(character), "{}", character.escape_unicode());
        }
    }

    #[test]
    fn every_letter_has_its_like() {
        for (others, ascii) in LOOK_ALIKES {
            assert_eq!(others.chars().count(), ascii.len(), "{others}");
            assert!(others.chars().all(|other| !other.is_ascii()), "{others}");
            assert!(ascii.is_ascii(), "{ascii}");
        }
    }
}
