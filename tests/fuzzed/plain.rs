//! The plainest matcher there is.

/// Which beginnings of the text match, character by character of the pattern: `*` is any run of
/// characters, `?` is one.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut matched: Vec<bool> = (0..=text.len()).map(|end| end == 0).collect();
    for wanted in pattern.chars() {
        let takes = |end: usize| {
            let before = end.checked_sub(1)?;
            Some(matched.get(before) == Some(&true) && ['?', *text.get(before)?].contains(&wanted))
        };
        let mut any = false;
        matched = (0..=text.len())
            .map(|end| {
                any |= matched[end];
                if wanted == '*' { any } else { takes(end).unwrap_or(false) }
            })
            .collect();
    }
    matched.last() == Some(&true)
}
