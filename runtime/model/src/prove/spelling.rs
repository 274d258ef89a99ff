//! The spellings of a Boolean. A request keeps the one it was given, so that a comparison of text
//! tells `False` from `false`; to `Bool` they are one value.
//!
//! A point is a spelling: its kind says which truth, its bits which letters are in upper case.

use alloc::string::String;

use super::ranges::{Range, Ranges};

/// The points of `true` or of `false`.
pub(super) const fn of_truth(truth: bool) -> Range {
    let letters = lower(truth).len();
    Range { kind: truth as u8, first: 0, last: (1 << letters) - 1 }
}

/// The points of both.
pub(super) fn all() -> Ranges {
    Ranges::of([false, true].map(of_truth))
}

/// The points whose text is one of those asked for.
pub(super) fn of_texts(mut is_asked: impl FnMut(&str) -> bool) -> Ranges {
    let points = [false, true].into_iter().flat_map(|truth| {
        let Range { first, last, .. } = of_truth(truth);
        (first..=last).map(move |point| (truth, point))
    });
    let asked = points.filter(|(truth, point)| is_asked(&text(*truth, *point)));
    Ranges::of(asked.map(|(truth, point)| Range {
        kind: u8::from(truth),
        first: point,
        last: point,
    }))
}

/// The most ordinary spelling of a set: in lower case where there is one.
pub(super) fn ordinary(left: &Ranges) -> Option<String> {
    let lower = [false, true].into_iter().find(|truth| left.has(u8::from(*truth), 0));
    if let Some(truth) = lower {
        return Some(text(truth, 0));
    }
    left.iter().next().map(|first| text(first.kind == 1, first.first))
}

const fn lower(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

fn text(truth: bool, point: u128) -> String {
    let letters = lower(truth).chars().enumerate();
    let spelt =
        letters.map(
            |(place, letter)| {
                if point >> place & 1 == 1 { letter.to_ascii_uppercase() } else { letter }
            },
        );
    spelt.collect()
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::{all, of_texts, of_truth, ordinary, text};
    use crate::prove::ranges::Ranges;
    use crate::terms::operand::parse_boolean;

    #[test]
    fn every_spelling_is_a_point() {
        for truth in [false, true] {
            let points = of_truth(truth);
            let texts: BTreeSet<_> =
                (points.first..=points.last).map(|point| text(truth, point)).collect();
            assert_eq!(texts.len(), if truth { 16 } else { 32 });
            assert!(texts.iter().all(|text| parse_boolean(text) == Ok(truth)), "{texts:?}");
        }
    }

    #[test]
    fn the_texts_of_a_set_are_told_apart() {
        let asked = |wanted: &str| of_texts(|text| text == wanted);
        assert_eq!(ordinary(&all()).as_deref(), Some("false"));
        assert_eq!(ordinary(&asked("True")).as_deref(), Some("True"));
        assert_eq!(ordinary(&all().without(&asked("false"))).as_deref(), Some("true"));
        assert_eq!(ordinary(&asked("yes")), None);
        let capital = of_texts(|text| text.starts_with('F'));
        assert_eq!(ordinary(&capital).as_deref(), Some("False"));
        assert!(capital.without(&Ranges::of([of_truth(false)])).is_empty());
    }
}
