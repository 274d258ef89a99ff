//! Whether a value with a hole in it can become one that its operator reads, whatever fills the hole.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::terms::family::Family;
use crate::terms::operand::Operand;
use crate::terms::operator::Operator;

/// Whether some text makes the value one that the operator reads. A text that is bound has no `:`.
pub(super) fn is_possible(operator: Operator, before: &str, after: &str) -> bool {
    let family = operator.family();
    if family == Family::String {
        return true;
    }
    let reads = |filling: &str| {
        let mut text = String::from(before);
        text.push_str(filling);
        text.push_str(after);
        Operand::read(operator, Cow::Owned(text)).is_ok()
    };
    let digits = (0..100u8).flat_map(|number| {
        let two = [b'0' + number / 10, b'0' + number % 10].map(char::from);
        [two.iter().collect(), two.iter().skip(1).collect::<String>()]
    });
    family.rules().samples.iter().any(|sample| parts(sample).any(&reads))
        || digits.into_iter().any(|text| reads(&text))
}

/// All parts of a word that have no `:`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = (0..=word.len()).collect();
    let starts = ends.clone();
    starts
        .into_iter()
        .flat_map(move |start| ends.clone().into_iter().map(move |end| (start, end)))
        .filter_map(move |(start, end)| word.get(start..end))
        .filter(|part| !part.is_empty() && !part.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::is_possible;
    use crate::terms::operator::Operator;

    #[test]
    fn what_can_be_filled() {
        for (operator, before, after, expected) in [
            (Operator::StringEquals, "x", "y", true),
            (Operator::Bool, "", "", true),
            (Operator::Bool, "T", "E", true),
            (Operator::Bool, "t", "x", false),
            (Operator::NumericEquals, "", "", true),
            (Operator::NumericLessThan, "1.", "", true),
            (Operator::NumericLessThan, "", "5", true),
            (Operator::NumericLessThan, "1.5.", "", false),
            (Operator::NumericLessThan, "x", "", false),
            (Operator::IpAddress, "", "", true),
            (Operator::IpAddress, "10.0.0.", "", true),
            (Operator::IpAddress, "10.0.0.0/", "", true),
            (Operator::IpAddress, "10.0.0.0/3", "", true),
            (Operator::IpAddress, "10.", "/8", true),
            (Operator::IpAddress, "25", ".0.0.1", true),
            (Operator::IpAddress, "", "99.0.0.1", true),
            (Operator::IpAddress, "2001:db8:", "::/48", true),
            (Operator::IpAddress, "2001:db8::", ".1", true),
            (Operator::IpAddress, "10.0.0.0/33", "", false),
            (Operator::IpAddress, "300.", "", false),
            (Operator::IpAddress, "10.0.0.", ".1.2", false),
            (Operator::DateLessThan, "20", "-11-22T09:00:00Z", true),
            (Operator::DateLessThan, "2026-", "T09:00:00Z", true),
            (Operator::DateLessThan, "2026-11-", ":00:00Z", true),
            (Operator::DateLessThan, "2026-11-22T", ":00:00Z", true),
            (Operator::DateLessThan, "2026-11-22T09:00:0", "", true),
            (Operator::DateLessThan, "2026-11-22T09:00:00", "", true),
            (Operator::DateLessThan, "19", "-02-29T09:00:00Z", true),
            (Operator::DateLessThan, "", "31T00:00:00Z", true),
            (Operator::DateLessThan, "2026-02-3", "T00:00:00Z", false),
            // Nothing that is bound has a `:`.
            (Operator::DateLessThan, "", "", false),
            (Operator::DateLessThan, "2026-11-22T", "Z", false),
        ] {
            assert_eq!(is_possible(operator, before, after), expected, "{before}_{after}");
        }
    }
}
