//! Selections: which actions `every ...` is, what is printed for it, and what is said of it.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use proptest::prelude::*;
use ram_policy::{Additions, Policy, Request};
use ram_policy_model::catalogue::{
    self, Access, AccessLevel, ActionRow, Certainty, ResourceType, find,
};
use ram_policy_model::policy::reader::{Extent, Read, Reader};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::{Level, Rule};
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;
use ram_policy_read::{input, policy};

/// A policy in the typed form, and what is found in it.
fn read(text: &str, additions: &Additions) -> (Option<Policy>, Vec<Diagnostic<Place>>) {
    let stream: TokenStream = text.parse().expect("tokens");
    let mut tokens = Tokens::new(stream, Place::at(Span::call_site()));
    let mut report = Report::default();
    let header = input::header(&mut tokens, &mut report);
    let parsed = policy::read(&mut tokens, &header, &mut report).expect("a policy");
    let reader = Reader::new(PolicyKind::Identity, &header.levels, additions);
    let Read { lowered, findings } = reader.taking(Extent::Part).tree(&parsed.policy, report);
    (lowered.map(|lowered| Policy::from_document(lowered.document)), findings)
}

fn policy_of(text: &str) -> Policy {
    let (policy, found) = read(text, &Additions::new());
    let is_error = |one: &&Diagnostic<Place>| Levels::new().is_error(one.rule);
    let errors: Vec<_> = found.iter().filter(is_error).collect();
    assert!(errors.is_empty(), "{text}: {errors:?}");
    policy.expect(text)
}

/// The actions that a document prints, in its order.
fn printed(policy: &Policy) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(&policy.to_json()).expect("JSON");
    let actions = &document["Statement"][0]["Action"];
    let list = actions.as_array().cloned().unwrap_or_else(|| vec![actions.clone()]);
    list.iter().map(|action| action.as_str().expect("a text").to_owned()).collect()
}

/// The choice once more, as plainly as it can be said.
fn plainly(is_chosen: impl Fn(&ActionRow) -> bool) -> Vec<String> {
    find::actions().filter(is_chosen).map(|row| row.full_name().to_owned()).collect()
}

fn is_of(row: &ActionRow, code: &str) -> bool {
    row.service().table().code == code
}

fn is_documented(row: &ActionRow, levels: &[AccessLevel]) -> bool {
    row.access().is_some_and(|level| levels.contains(&level))
}

#[test]
fn words_select_what_the_catalogue_says() {
    use AccessLevel::{Create, Delete, Get, List, Read, Update, Write};
    for (words, code, levels) in [
        ("list", "ecs", &[List][..]),
        ("get", "ecs", &[Get]),
        ("read", "ecs", &[Get, List, Read]),
        ("create", "ram", &[Create]),
        ("update", "vpc", &[Update]),
        ("delete", "vpc", &[Delete]),
        ("write", "ram", &[Create, Update, Delete, Write]),
        ("list or delete", "ram", &[List, Delete]),
        ("create or update or delete", "log", &[Create, Update, Delete]),
    ] {
        let selected = policy_of(&format!("allow every {words} of {code} as patterns on *;"));
        let covered: Vec<String> = plainly(|row| {
            let (code, name) = (row.service().table().code, row.name());
            let mut patterns = printed(&selected).into_iter();
            patterns.any(|pattern| covers(&pattern, code, name))
        });
        let expected = plainly(|row| is_of(row, code) && is_documented(row, levels));
        assert_eq!(covered, expected, "every {words} of {code} as patterns");
        let number = expected.len();
        assert!(printed(&selected).len() < number, "{number} patterns for {number} actions");
        // What fits is printed by its names, in the order of the catalogue.
        if number < 150 {
            let named = policy_of(&format!("allow every {words} of {code} on *;"));
            assert_eq!(printed(&named), expected, "every {words} of {code}");
        }
    }
}

/// Whether a pattern with stars covers an action; by hand, without the library's own matcher.
fn covers(pattern: &str, code: &str, name: &str) -> bool {
    let text = format!("{code}:{name}").to_ascii_lowercase();
    let pattern = pattern.to_ascii_lowercase();
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn a_resource_type_selects_what_takes_it_of_any_service() {
    // A row may call the type otherwise; its ARN says that it is one.
    let is_vpc = |kind: &&ResourceType| {
        kind.name.eq_ignore_ascii_case("vpc")
            && Arn::split(kind.template).is_ok_and(|arn| arn.service == "vpc")
    };
    let kinds = find::actions().flat_map(ActionRow::resource_types).filter(is_vpc);
    let templates: BTreeSet<&str> = kinds.map(|kind| kind.template).collect();
    let takes =
        |row: &ActionRow| row.resource_types().any(|kind| templates.contains(kind.template));
    let selected = printed(&policy_of("allow every action taking vpc::VPC on *;"));
    assert_eq!(selected, plainly(takes));
    assert!(selected.iter().any(|name| name.starts_with("ecs:")), "{selected:?}");
    assert!(selected.iter().any(|name| name.starts_with("vpc:")), "{selected:?}");
    let selected = printed(&policy_of("allow every create of vpc taking vpc::VPC on *;"));
    let expected = plainly(|row| {
        is_of(row, "vpc") && takes(row) && is_documented(row, &[AccessLevel::Create])
    });
    assert_eq!(selected, expected);
}

#[test]
fn an_inferred_level_takes_part_by_its_word_alone() {
    let is_likely = |row: &ActionRow, certain: bool| {
        row.likely_access().is_some_and(|Access { level, certainty }| {
            level.reads() && (certainty == Certainty::Documented || !certain)
        })
    };
    let sure = printed(&policy_of("allow every read of mse on *;"));
    assert_eq!(sure, plainly(|row| is_of(row, "mse") && is_likely(row, true)));
    let likely = printed(&policy_of("allow every read of mse even inferred on *;"));
    assert_eq!(likely, plainly(|row| is_of(row, "mse") && is_likely(row, false)));
    assert!(likely.len() > sure.len(), "{likely:?}");
}

#[test]
fn what_is_written_out_is_not_written_again() {
    let all = printed(&policy_of("allow every list of ecs on *;"));
    let first = all.first().expect("an action").clone();
    let name = first.strip_prefix("ecs:").expect("of ECS");
    let with = printed(&policy_of(&format!(
        "allow ecs::{{StopInstance, {name}}}, every list of ecs, ecs::StartInstance on *;"
    )));
    let expected: Vec<String> = ["ecs:StopInstance", &first]
        .into_iter()
        .map(str::to_owned)
        .chain(all.iter().skip(1).cloned())
        .chain(["ecs:StartInstance".to_owned()])
        .collect();
    assert_eq!(with, expected);
    let beside = printed(&policy_of("allow ecs::Describe*, every list of ecs on *;"));
    assert!(beside.iter().skip(1).all(|name| !name.starts_with("ecs:Describe")), "{beside:?}");
    let twice = printed(&policy_of("allow every list of ecs, every list or get of ecs on *;"));
    let both = printed(&policy_of("allow every list or get of ecs on *;"));
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(twice), sorted(both));
}

#[test]
fn selections_stand_wherever_actions_do() {
    let denied = policy_of("deny * except every read of ecs on *;");
    assert!(denied.to_json().contains(r#""NotAction":["ecs:"#), "{}", denied.to_json());
    let listed = policy_of("[every list of ecs] on * allow;");
    assert_eq!(printed(&listed), printed(&policy_of("allow every list of ecs on *;")));
    // One action is a list too, so that no addition to the catalogue changes the form.
    let only = policy_of("allow every read of mse on *;");
    assert!(only.to_json().contains(r#""Action":["mse:"#), "{}", only.to_json());
    let after = policy_of("on * do every list of ecs allow;");
    assert!(after.to_json().contains(r#"{"Resource":"*","Action":["ecs:"#), "{}", after.to_json());
}

/// What a text has wrong, by rule.
fn wrong(text: &str, additions: &Additions) -> Vec<(Rule, String)> {
    let (_, found) = read(text, additions);
    let levels = Levels::new();
    let is_loud = |one: &&Diagnostic<Place>| levels.level(one.rule) >= Level::Warning;
    found.iter().filter(is_loud).map(|one| (one.rule, one.message.clone())).collect()
}

#[test]
fn mistakes_are_reported_once_and_where_they_are() {
    for (name, text, rule, told) in [
        (
            "unknown service",
            "allow every read of esc on *;",
            Rule::Grammar,
            "no service `esc`, did you mean",
        ),
        ("nickname", "allow every read of sls on *;", Rule::Grammar, "did you mean `log`?"),
        (
            "unknown type",
            "allow every action taking vpc::VCP on *;",
            Rule::Grammar,
            "did you mean `vpc::VPC`?",
        ),
        (
            "type of another service",
            "allow every action taking ecs::VPC on *;",
            Rule::Grammar,
            "did you mean `vpc::VPC`?",
        ),
        (
            "nothing",
            "allow every delete of sts on *;",
            Rule::Grammar,
            "the actions there have other levels, get, read (inferred), write (inferred)",
        ),
        (
            "only inferred",
            "allow every create of mse on *;",
            Rule::Grammar,
            "`even inferred` selects",
        ),
        ("level", "allow every reed of ecs on *;", Rule::Grammar, "did you mean `read`?"),
        (
            "no scope",
            "allow every read on *;",
            Rule::Grammar,
            "expected `of` and a service, or `taking`",
        ),
        (
            "inferred action",
            "allow every action of ecs even inferred on *;",
            Rule::Grammar,
            "`every action` asks for none",
        ),
        (
            "unlisted",
            "allow unlisted every read of mse on *;",
            Rule::Grammar,
            "none of them is `unlisted`",
        ),
        (
            "empty pin",
            "allow every read of mse pinned \"\" on *;",
            Rule::FailedClaim,
            "write `pinned \"1-",
        ),
        (
            "old pin",
            "allow every read of mse pinned \"2-0badcafe\" on *;",
            Rule::FailedClaim,
            "selects other actions than when `2-0badcafe`",
        ),
        ("too long", "allow every action of ecs on *;", Rule::TooLong, "characters minified"),
        (
            "escalation",
            "allow every write of ram as patterns on *;",
            Rule::PrivilegeEscalation,
            "`every write of ram as patterns` covers `ram:",
        ),
        (
            "partly limited",
            "allow every read of ecs on \"acs:ecs:*:*:instance/*\";",
            Rule::PartlyNoResourceLevel,
            "of `every read of ecs` cannot be limited",
        ),
    ] {
        let all = read(text, &Additions::new()).1;
        let found: Vec<_> = all.iter().filter(|one| one.rule == rule).collect();
        assert_eq!(found.len(), 1, "{name}: {all:?}");
        assert!(found[0].message.contains(told), "{name}: {all:?}");
    }
}

/// A file of Rust may come from anybody, and each selection is compared with the whole catalogue.
#[test]
fn there_are_not_too_many() {
    let text = |number: usize| "allow every get of mse on *; ".repeat(number);
    let is_too_many = |text: &str| {
        let found = read(text, &Additions::new()).1;
        found.iter().any(|one| one.message.contains("a policy has at most 64 selections"))
    };
    assert!(!is_too_many(&text(64)));
    assert!(is_too_many(&text(65)));
}

#[test]
fn a_selection_is_judged_as_one() {
    for text in [
        "allow every list of ecs on *;",
        "allow every read of vpc on *;",
        "deny every delete of ecs on * when acs::SourceIp not in \"10.0.0.0/8\";",
    ] {
        assert_eq!(wrong(text, &Additions::new()), [], "{text}");
    }
}

#[test]
fn a_pin_that_is_right_is_taken() {
    let (pin, other) = ("every read of mse", "every read of mse even inferred");
    let of = |text: &str| ram_policy_forms::selected(text, &Additions::new()).expect(text).pin();
    assert_ne!(of(pin), of(other));
    assert_eq!(wrong(&format!("allow {pin} pinned \"{}\" on *;", of(pin)), &Additions::new()), []);
    let taken = policy_of(&format!("allow {pin} pinned \"{}\" on *;", of(pin)));
    assert_eq!(taken.to_json(), policy_of(&format!("allow {pin} on *;")).to_json());
}

#[test]
fn local_additions_take_part() {
    let text = r#"{ "actions": {
        "mse:ListBrandNew": { "change": "add", "access": "list", "resources": "*", "reason": "new" },
        "ram:ListUsers": { "change": "retire", "reason": "gone" }
    } }"#;
    let additions = Additions::from_json(text).expect("additions");
    let named = |text: &str| printed(&read(text, &additions).0.expect(text));
    assert!(named("allow every list of mse on *;").contains(&"mse:ListBrandNew".to_owned()));
    assert!(!named("allow every list of ram on *;").contains(&"ram:ListUsers".to_owned()));
    assert!(policy_of("allow every list of ram on *;").to_json().contains("ram:ListUsers"));
    // No pattern covers an action that is added and not selected.
    let patterns = named("allow every get of mse even inferred as patterns on *;");
    assert!(!patterns.iter().any(|one| covers(one, "mse", "ListBrandNew")), "{patterns:?}");
}

#[test]
fn claims_speak_of_selections() {
    for (claim, holds) in [
        ("denies every delete of ecs on *", true),
        ("allows every list of ecs on *", true),
        ("allows every update of ecs on *", false),
    ] {
        let text = format!("allow every read of ecs on *; {claim};");
        let stream: TokenStream = text.parse().expect("tokens");
        let mut tokens = Tokens::new(stream, Place::at(Span::call_site()));
        let mut report = Report::default();
        let header = input::header(&mut tokens, &mut report);
        let parsed = policy::read(&mut tokens, &header, &mut report).expect("a policy");
        let additions = Additions::new();
        let reader = Reader::new(PolicyKind::Identity, &header.levels, &additions);
        let policy = reader.tree(&parsed.policy, report).lowered;
        let policy = policy.map(|lowered| Policy::from_document(lowered.document));
        let claim = parsed.claims.first().expect("a claim");
        let found =
            ram_policy_model::claim::decide(claim, policy.as_ref(), reader, |_| (None, Vec::new()));
        assert_eq!(
            found.iter().all(|one| one.rule != Rule::FailedClaim),
            holds,
            "{text}: {found:?}"
        );
    }
}

/// Statements of all kinds beside a selection.
const BESIDE: [&str; 5] = [
    "allow ecs::{StopInstance, StartInstance} on \"acs:ecs:*:*:instance/*\";",
    "deny ecs::Delete* on *;",
    "allow oss::GetObject on * when acs::SourceIp in \"10.0.0.0/8\";",
    "deny * except ecs::*, oss::* on *;",
    "allow ram::* on *;",
];

const SELECTIONS: [&str; 6] = [
    "every list of ecs",
    "every read of ecs as patterns",
    "every create of vpc taking vpc::VPC",
    "every write of ram as patterns",
    "every action taking vpc::VPC",
    "every read of mse even inferred",
];

proptest! {
    /// What was there is decided as before, but for what the selection itself says of its own actions.
    #[test]
    fn a_selection_changes_only_what_it_selects(
        beside in proptest::sample::subsequence(BESIDE.to_vec(), 1..=BESIDE.len()),
        selection in proptest::sample::select(SELECTIONS.to_vec()),
        denies in any::<bool>(),
        number in any::<proptest::sample::Index>(),
    ) {
        let before = beside.join("\n");
        let effect = if denies { "deny" } else { "allow" };
        let with = policy_of(&format!("{before}\n{effect} {selection} on *;"));
        let before = policy_of(&before);
        let additions = Additions::new();
        let names = ram_policy_forms::selected(selection, &additions).expect(selection);
        let names: Vec<String> = names.names().collect();
        let all: Vec<ActionRow> = ["ecs", "vpc", "ram", "mse", "oss"]
            .into_iter()
            .filter_map(catalogue::find_service)
            .flat_map(catalogue::ServiceEntry::actions)
            .collect();
        let asked = number.get(&all);
        let request = Request::new(asked.full_name(), "*").expect("a request");
        let (old, new) = (before.evaluate(&request), with.evaluate(&request));
        if !names.iter().any(|name| name == asked.full_name()) {
            prop_assert_eq!(old, new);
        } else if denies {
            prop_assert!(!new.is_allow());
        } else {
            prop_assert_eq!(new.is_allow(), !matches!(old, ram_policy::Decision::ExplicitDeny { .. }));
        }
    }
}
