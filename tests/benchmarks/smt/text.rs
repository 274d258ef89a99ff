//! Texts and patterns in the theory of strings.

use super::LeftOut;

/// The greatest character of SMT-LIB's strings.
const GREATEST: char = '\u{2ffff}';

/// That one of these holds.
pub(super) fn any(terms: Vec<String>) -> String {
    match terms.as_slice() {
        [] => "false".into(),
        [term] => term.clone(),
        _ => format!("(or {})", terms.join(" ")),
    }
}

/// In lower case, as all actions are written.
pub(super) fn lower_case(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// A text as a constant.
pub(super) fn constant(text: &str) -> Result<String, LeftOut> {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => written += "\"\"",
            ' '..='~' if character != '\\' => written.push(character),
            _ if character > GREATEST => return Err(LeftOut::Character),
            _ => written += &format!("\\u{{{:x}}}", u32::from(character)),
        }
    }
    Ok(written + "\"")
}

/// That a string matches a pattern.
pub(super) fn matches_pattern(variable: &str, pattern: &str) -> Result<String, LeftOut> {
    if pattern == "*" {
        return Ok("true".into());
    }
    if !pattern.contains(['*', '?']) {
        return Ok(format!("(= {variable} {})", constant(pattern)?));
    }
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '*' | '?' => 1,
            _ => rest.find(['*', '?']).unwrap_or(rest.len()),
        };
        let (part, behind) = rest.split_at(length);
        parts.push(match part {
            "*" => "re.all".into(),
            "?" => "re.allchar".into(),
            literal => format!("(str.to_re {})", constant(literal)?),
        });
        rest = behind;
    }
    Ok(in_all(variable, &parts))
}

/// That a string is a text but for the case of its ASCII letters.
pub(super) fn equals_ignoring_case(variable: &str, text: &str) -> Result<String, LeftOut> {
    let parts = text.chars().map(|character| {
        let mut cases = vec![character.to_ascii_lowercase(), character.to_ascii_uppercase()];
        cases.dedup();
        let cases = cases
            .into_iter()
            .map(|case| Ok(format!("(str.to_re {})", constant(case.encode_utf8(&mut [0; 4]))?)))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(match cases.as_slice() {
            [one] => one.clone(),
            _ => format!("(re.union {})", cases.join(" ")),
        })
    });
    Ok(in_all(variable, &parts.collect::<Result<Vec<_>, _>>()?))
}

/// That a string is in these, one behind the other.
fn in_all(variable: &str, parts: &[String]) -> String {
    match parts {
        [] => format!("(= {variable} \"\")"),
        [part] => format!("(str.in_re {variable} {part})"),
        _ => format!("(str.in_re {variable} (re.++ {}))", parts.join(" ")),
    }
}
