//! ARNs as documents print them, in the spelling of the data.

use crate::model::arn::Arn;
use crate::model::template::{Part, parts};

/// `$regionid` and `${AccountId}` as the data files write them.
pub(crate) fn normalised(arn: &str) -> String {
    let mut text = String::new();
    for part in parts(arn) {
        match part {
            Part::Placeholder(found) if found.is_of_catalogue() || found.spelt.starts_with('$') => {
                let mut usual = ["regionId", "accountId"].into_iter();
                let name = usual.find(|usual| usual.eq_ignore_ascii_case(found.name));
                text += &format!("{{#{}}}", name.unwrap_or(found.name));
            }
            Part::Placeholder(found) => text += found.spelt,
            Part::Literal(literal) => text += literal,
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
