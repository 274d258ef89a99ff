//! Characters that are not seen, or that change how others are seen: the one list of them.

use core::fmt::{self, Display, Write};

/// First and last of characters that print nothing, move the cursor or turn the direction of what
/// follows, with their name: the control characters, the separators of lines and paragraphs, those of the
/// bidirectional algorithm, and all that a program ignores unless it knows them (Unicode:
/// Default_Ignorable_Code_Point; Bidirectional Algorithm; Security Considerations).
const HIDDEN: &[(char, char, &str)] = &[
    ('\u{0}', '\u{1f}', "CONTROL CHARACTER"),
    ('\u{7f}', '\u{9f}', "CONTROL CHARACTER"),
    ('\u{ad}', '\u{ad}', "SOFT HYPHEN"),
    ('\u{34f}', '\u{34f}', "COMBINING GRAPHEME JOINER"),
    ('\u{61c}', '\u{61c}', "ARABIC LETTER MARK"),
    ('\u{115f}', '\u{115f}', "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', '\u{1160}', "HANGUL JUNGSEONG FILLER"),
    ('\u{17b4}', '\u{17b5}', "KHMER VOWEL INHERENT"),
    ('\u{180b}', '\u{180d}', "MONGOLIAN FREE VARIATION SELECTOR"),
    ('\u{180e}', '\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{180f}', '\u{180f}', "MONGOLIAN FREE VARIATION SELECTOR"),
    ('\u{200b}', '\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', '\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', '\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', '\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', '\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', '\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', '\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202a}', '\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', '\u{202b}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', '\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', '\u{202d}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', '\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', '\u{2060}', "WORD JOINER"),
    ('\u{2061}', '\u{2061}', "FUNCTION APPLICATION"),
    ('\u{2062}', '\u{2062}', "INVISIBLE TIMES"),
    ('\u{2063}', '\u{2063}', "INVISIBLE SEPARATOR"),
    ('\u{2064}', '\u{2064}', "INVISIBLE PLUS"),
    ('\u{2065}', '\u{2065}', "UNASSIGNED IGNORABLE CHARACTER"),
    ('\u{2066}', '\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', '\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', '\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', '\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{206a}', '\u{206f}', "DEPRECATED FORMAT CHARACTER"),
    ('\u{3164}', '\u{3164}', "HANGUL FILLER"),
    ('\u{fe00}', '\u{fe0f}', "VARIATION SELECTOR"),
    ('\u{feff}', '\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{ffa0}', '\u{ffa0}', "HALFWIDTH HANGUL FILLER"),
    ('\u{fff0}', '\u{fff8}', "UNASSIGNED IGNORABLE CHARACTER"),
    ('\u{fff9}', '\u{fffb}', "INTERLINEAR ANNOTATION CHARACTER"),
    ('\u{1bca0}', '\u{1bca3}', "SHORTHAND FORMAT CHARACTER"),
    ('\u{1d173}', '\u{1d17a}', "MUSICAL FORMAT CHARACTER"),
    // They repeat ASCII, so that a whole text can be hidden in them (Unicode: Tags).
    ('\u{e0000}', '\u{e007f}', "TAG CHARACTER"),
    ('\u{e0080}', '\u{e00ff}', "UNASSIGNED IGNORABLE CHARACTER"),
    ('\u{e0100}', '\u{e01ef}', "VARIATION SELECTOR"),
    ('\u{e01f0}', '\u{e0fff}', "UNASSIGNED IGNORABLE CHARACTER"),
];

/// The name of a character that moves the cursor, turns the line around or is not seen.
#[must_use]
pub fn name_of_hidden(character: char) -> Option<&'static str> {
    let found = HIDDEN.partition_point(|(_, last, _)| *last < character);
    HIDDEN.get(found).filter(|(first, ..)| *first <= character).map(|(.., name)| *name)
}

/// Whether a character moves the cursor, turns the line around or is not seen.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    name_of_hidden(character).is_some()
}

/// A value whose text comes out on one line, whatever a request holds.
pub(crate) struct Escaped<T>(pub(crate) T);

impl<T: Display> Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

/// Escapes what is written through it.
struct Escaping<'f, 'w>(&'f mut fmt::Formatter<'w>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if is_hidden(character) {
                write!(self.0, "{}", character.escape_unicode())?;
            } else {
                self.0.write_char(character)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, is_hidden, name_of_hidden};

    #[test]
    fn the_list_is_sorted_without_overlap() {
        assert!(HIDDEN.iter().all(|(first, last, _)| first <= last));
        assert!(HIDDEN.is_sorted_by(|left, right| left.1 < right.0));
    }

    /// Against what the standard library knows, and the properties of Unicode written out.
    #[test]
    fn every_character_of_these_kinds_is_hidden() {
        // Default_Ignorable_Code_Point of DerivedCoreProperties.txt, and Bidi_Control of PropList.txt.
        let ignorable = [
            (0xad, 0xad),
            (0x34f, 0x34f),
            (0x61c, 0x61c),
            (0x115f, 0x1160),
            (0x17b4, 0x17b5),
            (0x180b, 0x180f),
            (0x200b, 0x200f),
            (0x202a, 0x202e),
            (0x2060, 0x206f),
            (0x3164, 0x3164),
            (0xfe00, 0xfe0f),
            (0xfeff, 0xfeff),
            (0xffa0, 0xffa0),
            (0xfff0, 0xfff8),
            (0x1bca0, 0x1bca3),
            (0x1d173, 0x1d17a),
            (0xe0000, 0xe0fff),
        ];
        for character in '\0'..=char::MAX {
            let number = u32::from(character);
            let is_ignorable =
                ignorable.iter().any(|(first, last)| (*first..=*last).contains(&number));
            let expected = character.is_control()
                || is_ignorable
                || matches!(character, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}');
            assert_eq!(is_hidden(character), expected, "U+{number:04X}");
        }
    }

    #[test]
    fn hidden_characters_have_names() {
        assert_eq!(name_of_hidden('\u{202e}'), Some("RIGHT-TO-LEFT OVERRIDE"));
        assert_eq!(name_of_hidden('\u{4e2d}'), None);
        assert_eq!(name_of_hidden(' '), None);
    }
}
