//! Finds actions by what somebody remembers of them.

use alloc::vec::Vec;

use super::actions;
use crate::catalogue::{ActionRow, ResourceType};
use crate::terms::arn::Arn;
use crate::terms::template::{self, Part};
use crate::text::order;

/// How well a word goes with an action; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It is the action's name, or its name with the code.
    Exact,
    /// The name begins with it.
    Prefix,
    /// A word of the name begins with it.
    Word,
    /// Words of the name that follow each other begin with its letters: `sg` and `SecurityGroup`.
    Initials,
    /// A resource type of the action has it, in its name or its ARN: `eni` and
    /// `acs:ecs:*:*:eni/*`.
    ResourceType,
    /// The name has it inside a word, as `ReopenInstance` has `eni`.
    Inside,
    /// It is the service's code, or the product's name has it.
    Service,
}

/// The actions that go with every word of a text, ASCII case ignored, best first; none for a text
/// without words.
pub fn search(text: &str) -> impl Iterator<Item = ActionRow> + use<> {
    let mut found: Vec<(Rank, ActionRow)> = Vec::new();
    if !text.trim().is_empty() {
        found.extend(actions().filter_map(|row| Some((rank_of_all(text, row)?, row))));
    }
    // Stable: what is equally good stays in the order of codes and names.
    order::sort_by(&mut found, |(left, _), (right, _)| left.cmp(right));
    found.into_iter().map(|(_, row)| row)
}

/// The rank of the word that goes with the action least.
fn rank_of_all(text: &str, row: ActionRow) -> Option<Rank> {
    let mut worst = Rank::Exact;
    for word in text.split_whitespace() {
        worst = worst.max(rank(word, row)?);
    }
    Some(worst)
}

fn rank(word: &str, row: ActionRow) -> Option<Rank> {
    // `ecs:StopInstance` and `ecs:stop` ask for one service.
    if let Some((code, part)) = word.split_once(':') {
        if !row.service().code.eq_ignore_ascii_case(code) {
            return None;
        }
        return if part.is_empty() { Some(Rank::Service) } else { rank_of_name(part, row.name()) };
    }
    let name = rank_of_name(word, row.name());
    if name.is_some_and(|rank| rank < Rank::ResourceType) {
        name
    } else if row.resource_types().any(|kind| names(kind, word)) {
        Some(Rank::ResourceType)
    } else if name.is_some() {
        name
    } else {
        let service = row.service();
        (service.code.eq_ignore_ascii_case(word) || position(service.title, word).is_some())
            .then_some(Rank::Service)
    }
}

fn rank_of_name(word: &str, name: &str) -> Option<Rank> {
    let starts = |start: &usize| name.as_bytes().get(*start).is_some_and(u8::is_ascii_uppercase);
    match position(name, word) {
        Some(0) if name.len() == word.len() => Some(Rank::Exact),
        Some(0) => Some(Rank::Prefix),
        _ if positions(name, word).any(|start| starts(&start)) => Some(Rank::Word),
        _ if has_initials(name, word) => Some(Rank::Initials),
        Some(_) => Some(Rank::Inside),
        None => None,
    }
}

/// Whether a resource type has the word in its name or in what is fixed of its relative id.
fn names(kind: &ResourceType, word: &str) -> bool {
    let relative_id = Arn::split(kind.template).map_or("", |template| template.relative_id);
    let has_word = |part| match part {
        Part::Literal(text) => position(text, word).is_some(),
        Part::Placeholder(_) => false,
    };
    position(kind.name, word).is_some() || template::parts(relative_id).any(has_word)
}

/// Where a text has a word first, ASCII case ignored.
fn position(text: &str, word: &str) -> Option<usize> {
    positions(text, word).next()
}

/// Every place where a text has a word, ASCII case ignored.
fn positions(text: &str, word: &str) -> impl Iterator<Item = usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let places = text.len().checked_sub(word.len()).map_or(0, |last| last + 1);
    (0..places).filter(move |start| {
        text.get(*start..*start + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
    })
}

/// Whether words of a name that follow each other begin with these letters, at least two of them.
fn has_initials(name: &str, letters: &str) -> bool {
    let initials = || name.bytes().filter(u8::is_ascii_uppercase);
    letters.len() >= 2
        && (0..initials().count()).any(|skip| {
            let mut initials = initials().skip(skip);
            letters.bytes().all(|letter| initials.next() == Some(letter.to_ascii_uppercase()))
        })
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String, vec::Vec};

    use super::{Rank, rank_of_name, search};

    #[test]
    fn ranks_names() {
        for (word, name, expected) in [
            ("StopInstance", "StopInstance", Some(Rank::Exact)),
            ("stopinstance", "StopInstance", Some(Rank::Exact)),
            ("stop", "StopInstance", Some(Rank::Prefix)),
            ("instance", "StopInstance", Some(Rank::Word)),
            ("eni", "ReopenEniInstance", Some(Rank::Word)),
            ("eni", "ReopenInstance", Some(Rank::Inside)),
            ("sg", "AuthorizeSecurityGroup", Some(Rank::Initials)),
            ("asg", "AuthorizeSecurityGroup", Some(Rank::Initials)),
            ("ag", "AuthorizeSecurityGroup", None),
            ("b", "StopInstance", None),
            ("StopInstances", "StopInstance", None),
            ("\u{4e2d}", "StopInstance", None),
        ] {
            assert_eq!(rank_of_name(word, name), expected, "{word} {name}");
        }
    }

    fn names(text: &str) -> Vec<String> {
        search(text).map(|row| format!("{}:{}", row.service().code, row.name())).collect()
    }

    #[test]
    fn puts_the_better_first() {
        for (text, better, worse) in [
            ("ecs:StopInstance", "ecs:StopInstance", "ecs:StopInstances"),
            ("stopinstance", "ecs:StopInstance", "ecs:StopInstances"),
            ("attach eni", "ecs:AttachNetworkInterface", "ecs:DetachNetworkInterface"),
            ("image", "ecs:ImportImage", "ecs:CreateInstance"),
            ("eni", "ecs:AttachNetworkInterface", "alikafka:ReopenInstance"),
            ("image ecs", "ecs:ImportImage", "ecs:StopInstance"),
        ] {
            let found = names(text);
            let place = |wanted: &str| found.iter().position(|name| name == wanted);
            assert!(place(better).is_some(), "{text}: {found:?}");
            let worse = place(worse).unwrap_or(usize::MAX);
            assert!(place(better) < Some(worse), "{text}: {found:?}");
        }
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        for text in ["", "  ", "nosuchword", "stop nosuchword", "nosuch:Stop", ":"] {
            assert_eq!(names(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn an_abbreviation_finds_the_actions_on_its_resource() {
        let found = names("eni");
        for name in ["ecs:AttachNetworkInterface", "ecs:AssignPrivateIpAddresses"] {
            assert!(found.iter().any(|other| other == name), "{name}: {found:?}");
        }
    }
}
