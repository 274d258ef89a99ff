//! The matcher beside the plain one: a pattern, a line feed, a text.

use ram_policy_model::terms::glob::Glob;
use ram_policy_model::terms::overlap::overlap;

use crate::plain;

/// Far more than any pattern of a policy, and little enough for the plain matcher.
const MOST: usize = 600;

pub(super) fn run(bytes: &[u8]) {
    let Some(both) = super::text(bytes).filter(|text| text.len() <= MOST) else { return };
    let (pattern, text) = both.split_once('\n').unwrap_or((both, ""));
    let expected = plain::matches(pattern, text);
    let glob = Glob::classify(pattern, 0, pattern.len());
    assert_eq!(glob.matches(pattern, text), expected, "{pattern:?} {text:?}");
    // Inside a longer text it is the same pattern.
    let inside = Glob::classify(both, 0, pattern.len());
    assert_eq!(inside.matches(both, text), expected, "{pattern:?} {text:?}");
    let around = format!("*{pattern}?");
    let inside = Glob::classify(&around, 1, 1 + pattern.len());
    assert_eq!(inside.matches(&around, text), expected, "{pattern:?} {text:?}");
    // Letters of one case are letters of the other.
    let lower = [pattern, text].map(str::to_ascii_lowercase);
    let ignoring = plain::matches(&lower[0], &lower[1]);
    assert_eq!(glob.matches_ignore_case(pattern, text), ignoring, "{pattern:?} {text:?}");
    // A text that both match shows that they meet.
    assert_eq!(overlap(pattern, text), overlap(text, pattern), "{pattern:?} {text:?}");
    if expected {
        assert!(overlap(pattern, text), "{pattern:?} {text:?}");
    }
    if !text.contains(['*', '?']) {
        assert_eq!(overlap(pattern, text), expected, "{pattern:?} {text:?}");
    }
}
