//! ARNs as documents print them, in the spelling of the data.

use crate::model::arn::Arn;

/// `$regionid` and `${AccountId}` as the data files write them.
pub(crate) fn normalised(arn: &str) -> String {
    let mut text = String::new();
    let mut rest = arn;
    while let Some((before, after)) = rest.split_once('$') {
        text += before;
        let (name, tail) = match after.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((name, tail)) => (name, tail),
            None => {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                after.split_at(end.unwrap_or(after.len()))
            }
        };
        text += &format!("{{#{}}}", name.trim_start_matches('#'));
        rest = tail;
    }
    text += rest;
    for (spelling, ours) in [("{#regionid}", "{#regionId}"), ("{#accountid}", "{#accountId}")] {
        let places: Vec<usize> =
            text.to_ascii_lowercase().match_indices(spelling).map(|(at, _)| at).collect();
        for at in places {
            text.replace_range(at..at + spelling.len(), ours);
        }
    }
    text
}

/// A type's name in letters, digits, blanks and hyphens.
pub(crate) fn plain(name: &str) -> String {
    let letters: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last literal part of the ARN's path; the tables without types are read so, too.
pub(crate) fn last_literal(template: &str) -> String {
    let path = Arn::split(template).map_or("", |fields| fields.relative_id);
    let mut parts = path.rsplit('/').filter(|part| !part.contains(['{', '*']));
    parts.next().map(plain).filter(|name| !name.is_empty()).unwrap_or_else(|| "account".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_have_one_spelling() {
        for (printed, expected) in [
            ("acs:x:$regionid:$accountid:a/$aId", "acs:x:{#regionId}:{#accountId}:a/{#aId}"),
            ("acs:x:${RegionId}:${accountId}:a/*", "acs:x:{#regionId}:{#accountId}:a/*"),
            ("acs:x:*:{#AccountId}:{#regionid}", "acs:x:*:{#accountId}:{#regionId}"),
        ] {
            assert_eq!(normalised(printed), expected);
        }
    }

    #[test]
    fn a_type_without_a_name_is_the_last_literal_of_its_path() {
        for (template, expected) in [
            ("acs:log:*:*:project/{#P}/logstore/{#L}", "logstore"),
            ("acs:fc:*:*:custom-domains/*", "custom-domains"),
            ("acs:x:*:*:*", "account"),
            ("acs:oss:*:*:{#bucket}/{#object}", "account"),
        ] {
            assert_eq!(last_literal(template), expected);
        }
    }
}
