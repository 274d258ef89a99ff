//! Finds characters that a reader does not see, or takes for others.

use alloc::format;

use super::context::Check;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::Principals;
use crate::text::hidden::name_of_hidden;
use crate::text::place::Text;

/// Letters of other scripts beside the ASCII letters they look like (Unicode: Security Mechanisms).
const LOOK_ALIKES: &[(&str, &str)] = &[
    ("АВЕЅІЈКМНОРСТУХЬԌԚԜ", "ABESIJKMHOPCTYXbGQW"),
    ("аеѕіјорсухһԁԛԝҽӏ", "aesijopcyxhdqwel"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("αγικνορτυχ", "ayiKvoptux"),
];

/// First and last of the full-width forms of ASCII, and how far they are from it.
const FULL_WIDTH: (char, char, u32) = ('\u{ff01}', '\u{ff5e}', 0xfee0);

impl<L: Copy> Check<'_, L> {
    /// Looks at the characters of every text.
    pub(super) fn characters(&mut self) {
        let (policy, report) = (self.policy, &mut self.report);
        for statement in &policy.statements {
            let actions = statement.actions().into_iter().flat_map(|(actions, _)| &actions.items);
            let resources = statement.resources().into_iter().flat_map(|values| &values.items);
            let principals = statement.named().flat_map(Principals::texts);
            let keys = statement.conditions().flat_map(|condition| &condition.keys);
            let texts = actions.chain(resources).chain(principals);
            let tests = keys.flat_map(|key| core::iter::once(&key.key).chain(&key.values.items));
            for text in texts.chain(tests).filter(|text| !text.value.is_ascii()) {
                one(text, report);
            }
        }
    }
}

fn one<L: Copy>(text: &Text<L>, report: &mut Report<L>) {
    let hidden =
        text.value.chars().find_map(|character| Some((character, name_of_hidden(character)?)));
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
    use super::LOOK_ALIKES;

    #[test]
    fn every_letter_has_its_like() {
        for (others, ascii) in LOOK_ALIKES {
            assert_eq!(others.chars().count(), ascii.len(), "{others}");
            assert!(others.chars().all(|other| !other.is_ascii()), "{others}");
            assert!(ascii.is_ascii(), "{ascii}");
        }
    }
}
