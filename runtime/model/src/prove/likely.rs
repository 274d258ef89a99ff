//! Texts and values that look like those of real requests, to be tried before any other.
//!
//! Nothing here decides anything: what does not meet the statements is not taken.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::dimension::wanted;
use super::language::Demand;
use super::pattern::{Pattern, Token};
use super::place::Place;
use crate::catalogue;
use crate::terms::arn::Arn;
use crate::terms::template;

/// Regions and accounts; the second ones are for policies that are about the first.
const PLACES: [(&str, &str); 4] = [
    ("cn-hangzhou", "1234567890123456"),
    ("cn-beijing", "1234567890123456"),
    ("cn-hangzhou", "1000000000000001"),
    ("cn-beijing", "1000000000000001"),
];

/// Most patterns of which texts are tried; one in a list of thousands is as good as another.
const MOST_PATTERNS: usize = 16;

/// What a star of a field is filled with: where it stands alone, and within other text.
type Filling<'f> = Vec<(&'f str, &'f str)>;

fn fillings(start: Place) -> Vec<Filling<'static>> {
    if start == Place::Value {
        Vec::from([Vec::from([("x", "x")])])
    } else if start == Place::CodeStart {
        Vec::from([Vec::from([("unlisted", "x"), ("Unlisted", "X")])])
    } else {
        PLACES.into_iter().map(|place| of_place("ecs", place, "x")).collect()
    }
}

fn of_place<'f>(
    service: &'f str,
    (region, account): (&'f str, &'f str),
    relative: &'f str,
) -> Filling<'f> {
    Vec::from([(service, "x"), (region, "x"), (account, "1"), (relative, "x")])
}

/// Texts that patterns ask for, with their wildcards filled in.
pub(super) fn texts(start: Place, demands: &[Demand<'_>]) -> impl Iterator<Item = String> {
    let mut texts: Vec<String> = Vec::new();
    for filling in fillings(start) {
        let bare: Filling<'_> = filling.iter().map(|(alone, _)| (*alone, "")).collect();
        let asked = wanted(demands).flatten().take(MOST_PATTERNS);
        texts.extend(asked.flat_map(|pattern| [fill(pattern, &filling), fill(pattern, &bare)]));
        let any: Vec<&str> = filling.iter().map(|(alone, _)| *alone).collect();
        texts.push(any.join(":"));
    }
    texts.into_iter()
}

/// Resources of an action: those the catalogue knows, then what the patterns ask for, without
/// `acs:`.
pub(super) fn resources(action: &str, demands: &[Demand<'_>]) -> impl Iterator<Item = String> {
    let code = action.split(':').next().unwrap_or(action);
    let row = catalogue::find_action(action);
    let mut resources: Vec<String> = Vec::new();
    for place in PLACES {
        let known = row.into_iter().flat_map(|row| row.resource_types());
        resources.extend(known.filter_map(|kind| fill_template(kind.template, place)));
        // Where any name will do, that of a new resource says so.
        let fillings = [of_place(code, place, "*"), of_place(code, place, "x")];
        for pattern in wanted(demands).flatten().take(MOST_PATTERNS) {
            resources.extend(fillings.iter().map(|filling| fill(pattern, filling)));
        }
        resources.push(format!("{code}:{}:{}:*", place.0, place.1));
    }
    resources.into_iter()
}

/// An ARN of a template such as `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`, without
/// `acs:`.
fn fill_template(template: &str, (region, account): (&str, &str)) -> Option<String> {
    let Arn { service, region: of_region, account: of_account, relative_id } =
        Arn::split(template).ok()?;
    let field = |text: &str, alone: &str| match text {
        "*" => alone.to_string(),
        _ => template::filled(text, |placeholder| {
            if placeholder.name.eq_ignore_ascii_case("regionid") {
                region
            } else if placeholder.name.eq_ignore_ascii_case("accountid") {
                account
            } else {
                "x"
            }
        }),
    };
    let (of_region, of_account) = (field(of_region, region), field(of_account, account));
    Some(format!("{service}:{of_region}:{of_account}:{}", field(relative_id, "*")))
}

fn fill(pattern: &Pattern, filling: &Filling<'_>) -> String {
    let fields = pattern.fields.iter().zip(filling).map(|(tokens, (alone, within))| {
        if tokens.as_slice() == [Token::Star] {
            return (*alone).to_string();
        }
        let mut field = String::new();
        for token in tokens {
            match token {
                Token::Char(character) => field.push(*character),
                Token::One => field.push_str(if *within == "1" { "1" } else { "x" }),
                Token::Star => field.push_str(within),
            }
        }
        field
    });
    fields.collect::<Vec<_>>().join(":")
}
