//! Tells a slip of the pen from a name that the catalogue merely lacks. Lists have gaps, and many
//! names of real services and actions differ in one character; official policies have all that is
//! taken for no slip here.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::order;
use crate::text::suggest::distance;

/// A shorter code that differs in a character says little: `cdt` is no slip of `cdn`.
const LONG_CODE: usize = 6;

/// Whether a code may be a slip of a known one; what is asked of it says whether it is.
pub(super) fn is_of_code(code: &str, known: &str) -> bool {
    distance(code, known, 1).is_some() && !is_another_version(code, known)
}

/// Whether a code alone is a slip of a known one, near as they are: a long one, or two of its letters
/// that changed places.
pub(super) fn is_of_code_alone(code: &str, known: &str) -> bool {
    is_of_long_code(code, known) || is_swapped(code, known)
}

fn is_swapped(code: &str, known: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
        order::sort(&mut letters);
        letters
    };
    letters(code) == letters(known)
}

fn is_of_long_code(code: &str, known: &str) -> bool {
    // `polardbx` is another service than `polardb`, and `rkvstore` than `kvstore`.
    let is_part = |part: &str, whole: &str| whole.starts_with(part) || whole.ends_with(part);
    code.len() >= LONG_CODE && !is_part(code, known) && !is_part(known, code)
}

/// Whether the name of an action is a slip of a known one. Where the list of the service has gaps,
/// the plural is another action: `dhs:ListTopic` stands in a system policy beside the operation
/// `ListTopics`.
pub(super) fn is_of_name(name: &str, known: &str, is_complete: bool) -> bool {
    distance(name, known, 1).is_some()
        && !is_another_version(name, known)
        && !is_another_spelling(name, known)
        && (is_complete || !is_plural_of(name, known) && !is_plural_of(known, name))
}

/// Whether two names differ in digits alone, as `csb` and `csb2`.
fn is_another_version(left: &str, right: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| !c.is_ascii_digit()).map(|c| c.to_ascii_lowercase()).collect()
    };
    !left.eq_ignore_ascii_case(right) && letters(left) == letters(right)
}

/// Whether two names differ in what stands between their words, as `list-nodes`, which DataWorks
/// documents, and `ListNodes`.
fn is_another_spelling(left: &str, right: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
    };
    letters(left) == letters(right)
}

/// Whether a name is the other one with an `s` behind one of its words.
fn is_plural_of(plural: &str, one: &str) -> bool {
    let same = plural.bytes().zip(one.bytes()).take_while(|(l, r)| l.eq_ignore_ascii_case(r));
    let at = same.count();
    let (behind, rest) = (plural.get(at..).unwrap_or(""), one.get(at..).unwrap_or(""));
    let Some(behind) = behind.strip_prefix('s') else { return false };
    let ends_word = behind.chars().next().is_none_or(|next| next.is_ascii_uppercase());
    ends_word && behind.eq_ignore_ascii_case(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_a_code_is_neither_a_version_nor_a_short_code() {
        for (code, known, may_be, alone) in [
            ("osss", "oss", true, false),
            ("csb2", "csb", false, false),
            ("mse2", "mse1", false, false),
            ("actiontral", "actiontrail", true, true),
            ("polardbx", "polardb", true, false),
            ("rkvstore", "kvstore", true, false),
            ("cdt", "cdn", true, false),
            ("abcdef", "xyz", false, true),
            ("sbl", "slb", true, true),
        ] {
            assert_eq!(is_of_code(code, known), may_be, "{code} {known}");
            assert_eq!(is_of_code_alone(code, known), alone, "{code} {known}");
        }
    }

    #[test]
    fn a_slip_of_a_name_is_neither_a_version_nor_where_lists_have_gaps_a_plural() {
        for (name, known, complete, partial) in [
            ("RunInstance", "RunInstances", true, false),
            ("ListTopics", "ListTopic", true, false),
            ("ListTopicsByName", "ListTopicByName", true, false),
            ("GetObjct", "GetObject", true, true),
            ("GetAces", "GetAccess", false, false),
            ("Acces", "Access", true, false),
            ("ListTopicsV2", "ListTopicsV3", false, false),
            ("GetUsr", "GetUser", true, true),
            ("list-nodes", "ListNodes", false, false),
            ("GetUses", "GetUsers", true, true),
        ] {
            assert_eq!(is_of_name(name, known, true), complete, "{name} {known}");
            assert_eq!(is_of_name(name, known, false), partial, "{name} {known}");
        }
    }
}
