//! Finds conditions that are well formed and do not mean what they seem to: keys that requests
//! lack, address blocks that hold everything or nothing, tests that always or never hold.

use alloc::borrow::Cow;
use alloc::{format, vec::Vec};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::action::Coverage;
use super::action::OfPattern;
use super::context::Check;
use crate::catalogue::AccessLevel;
use crate::catalogue::additions::KnownAction;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::{KeyCondition, Statement};
use crate::terms::cover::{covers, covers_ignore_case};
use crate::terms::effect::Effect;
use crate::terms::family::Family;
use crate::terms::operand::{Block, Operand};
use crate::terms::operator::{Comparison, Operator, Order, TextComparison};
use crate::terms::overlap::is_wild;
use crate::text::place::Text;

/// A test with the operator it is under.
struct Test<'s, L> {
    operator: Operator,
    condition: &'s KeyCondition<L>,
}

impl<L> Test<'_, L> {
    fn key(&self) -> &str {
        &self.condition.key.value
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        self.condition.values.items.iter().map(|value| value.value.as_str())
    }
}

impl<L: Copy> Check<'_, L> {
    /// Checks what the conditions of a statement mean.
    pub(super) fn meaning(&mut self, statement: &Statement<L>, coverage: &Coverage<'_, L>) {
        let report = &mut self.report;
        let tests: Vec<Test<'_, L>> = statement
            .conditions()
            .filter_map(|condition| {
                let operator = Operator::from_name(&condition.operator.value)?;
                Some(condition.keys.iter().map(move |condition| Test { operator, condition }))
            })
            .flatten()
            .collect();
        let is_of_tag = |test: &Test<'_, L>| test.key().starts_with("acs:ResourceTag/");
        let listing = tests.iter().any(is_of_tag).then(|| listing(coverage)).flatten();
        for test in &tests {
            missing_key(statement, test, report);
            if let Some(action) = listing.filter(|_| is_of_tag(test) && !test.operator.negated()) {
                tag_on_list(test, action, report);
            }
            order(test, report);
            for value in &test.condition.values.items {
                if test.operator.is_like() {
                    pattern(test, value, report);
                } else if test.operator.family() == Family::Ip {
                    address(test, value, report);
                }
            }
        }
        contradiction(&tests, report);
    }
}

/// Keys that many requests lack: a positive test is false for those, a negated one true
/// (RAM: Policy elements; RAM: Common condition keys).
fn is_often_missing(key: &str) -> bool {
    matches!(key, "acs:SourceVpc" | "acs:VpcSourceIp" | "acs:MFAPresent" | "acs:UserAgent")
        || key.split_once('/').is_some_and(|(head, _)| head.to_ascii_lowercase().ends_with("tag"))
}

fn missing_key<L: Copy>(statement: &Statement<L>, test: &Test<'_, L>, report: &mut Report<L>) {
    let (key, at) = (test.key(), test.condition.key.at);
    if statement.effect() != Some(Effect::Deny) {
        return;
    }
    if key == "acs:MFAPresent"
        && test.operator == Operator::Bool
        && test.values().any(|value| value.eq_ignore_ascii_case("false"))
    {
        report.add(
            at,
            Rule::MfaGate,
            "requests by AccessKey have no `acs:MFAPresent`, so this denial lets them pass; allow under `true` instead",
        );
        if denies_binding(statement) {
            report.add(
                at,
                Rule::MfaLockout,
                "who has no second factor yet cannot bind one; except `ram:BindMFADevice` and what it needs",
            );
        }
    } else if test.operator.negated() && is_often_missing(key) {
        let message = format!("a request without `{key}` is denied too");
        report.add(at, Rule::DenyWithoutKey, message);
    }
}

/// Whether the actions of the statement hold `ram:BindMFADevice`.
fn denies_binding<L>(statement: &Statement<L>) -> bool {
    statement.actions().is_some_and(|(actions, negated)| {
        let named = actions
            .items
            .iter()
            .any(|action| covers_ignore_case(&action.value, "ram:BindMFADevice"));
        named != negated
    })
}

/// An action of the statement that lists. ECS, Auto Scaling and others fill `acs:ResourceTag` in no
/// request that lists, RDS in none at all (RAM: Common condition keys).
fn listing<'s, L>(coverage: &Coverage<'s, L>) -> Option<&'s Text<L>> {
    let lists = |row: &KnownAction<'_>| {
        row.code() == "rds"
            || row.access() == Some(AccessLevel::List)
            || row.name().starts_with("Describe")
            || row.name().starts_with("List")
    };
    let named = coverage.named.iter().find(|(_, row)| lists(row)).map(|(action, _)| *action);
    let all_list = |rows: &OfPattern<'_, '_>| rows.rows().all(|row| lists(&row));
    let pattern =
        || coverage.patterns().find(|(_, rows)| all_list(rows)).map(|(pattern, _)| pattern);
    named.or_else(pattern)
}

fn tag_on_list<L: Copy>(test: &Test<'_, L>, action: &Text<L>, report: &mut Report<L>) {
    let message = format!(
        "`{}` is a request that lists, where `{}` is not filled, so the statement does not cover it",
        action.value,
        test.key()
    );
    report.add(test.condition.key.at, Rule::TagOnList, message);
}

fn address<L: Copy>(test: &Test<'_, L>, value: &Text<L>, report: &mut Report<L>) {
    let text = value.value.as_str();
    let Ok(block) = text.parse::<Block>() else { return };
    let (address, length) = text.split_once('/').unwrap_or((text, ""));
    if length == "0" {
        let always = if test.operator.negated() { "never" } else { "always" };
        let message =
            format!("`{text}` contains every address of its kind, so the test is {always} true");
        report.add(value.at, Rule::IpEverything, message);
        return;
    }
    let is_single = match block {
        Block::V4 { first, last } => first == last,
        Block::V6 { first, last } => first == last,
    };
    if is_single && !length.is_empty() {
        let message = format!("`{text}` is one address, write `{address}`");
        report.add(value.at, Rule::IpSingleBlock, message);
        return;
    }
    let network = match block {
        Block::V4 { first, .. } => IpAddr::from(Ipv4Addr::from(first)),
        Block::V6 { first, .. } => IpAddr::from(Ipv6Addr::from(first)),
    };
    if !length.is_empty() && address.parse::<IpAddr>().is_ok_and(|written| written != network) {
        let message = format!("`{text}` means `{network}/{length}`");
        report.add(value.at, Rule::IpHostBits, message);
    }
    if test.key() == "acs:SourceIp"
        && !test.operator.negated()
        && let Block::V4 { first, last } = block
        && [first, last].into_iter().all(|end| Ipv4Addr::from(end).is_private())
    {
        let message = format!(
            "`{text}` is private; a request from outside a VPC comes from a public address, and `acs:VpcSourceIp` has the one inside"
        );
        report.add(value.at, Rule::PrivateSourceIp, message);
    }
}

fn pattern<L: Copy>(test: &Test<'_, L>, value: &Text<L>, report: &mut Report<L>) {
    let text = value.value.as_str();
    if !is_wild(text) {
        let exact = if test.operator.negated() { "StringNotEquals" } else { "StringEquals" };
        let message = format!("`{text}` has no wildcard, `{exact}` says the same");
        report.add(value.at, Rule::LikeWithoutWildcard, message);
    } else if text.chars().all(|c| c == '*') {
        let has = if test.operator.negated() { "lacks" } else { "has" };
        let message = format!(
            "`{text}` is any text, so the test only asks whether the request {has} the key"
        );
        report.add(value.at, Rule::AnyValue, message);
    }
}

/// Several values under an operator of order: one of them decides, the others say nothing.
fn order<L: Copy>(test: &Test<'_, L>, report: &mut Report<L>) {
    let extreme = match test.operator.order() {
        Some(Order::Less | Order::LessOrEqual) => "greatest",
        Some(Order::Greater | Order::GreaterOrEqual) => "least",
        Some(Order::Equal) | None => return,
    };
    if let [_, second, ..] = test.condition.values.items.as_slice() {
        let message = format!("any of the values is enough, so only the {extreme} of them counts");
        report.add(second.at, Rule::OrderOfSeveral, message);
    }
}

/// Reports a statement whose tests of one key exclude each other, so that it never matches.
fn contradiction<L: Copy>(tests: &[Test<'_, L>], report: &mut Report<L>) {
    for (index, test) in tests.iter().enumerate() {
        let earlier = tests.get(..index).unwrap_or(&[]);
        let Some(other) =
            earlier.iter().find(|other| other.key() == test.key() && exclude(other, test))
        else {
            continue;
        };
        let message = format!(
            "`{}` and `{}` of `{}` are never true together, so the statement never matches",
            other.operator.name(),
            test.operator.name(),
            test.key()
        );
        report.add(test.condition.key.at, Rule::UnmatchableStatement, message);
        return;
    }
}

/// Whether no value satisfies both.
fn exclude<L>(left: &Test<'_, L>, right: &Test<'_, L>) -> bool {
    let family = left.operator.family();
    if right.operator.family() != family {
        return false;
    }
    if let (Some(asked), Some(other)) = (left.operator.order(), right.operator.order()) {
        return ranges_exclude((left, asked), (right, other));
    }
    let (positive, negated) = match (left.operator.negated(), right.operator.negated()) {
        (false, true) => (left, right),
        (true, false) => (right, left),
        // A key may have several values, one for each of two positive tests.
        (false, false) | (true, true) => return false,
    };
    (family == Family::String && texts_exclude(positive, negated))
        || (family == Family::Ip && blocks_exclude(positive, negated))
}

/// Whether a negated test refuses all that a positive one asks for.
fn texts_exclude<L>(positive: &Test<'_, L>, negated: &Test<'_, L>) -> bool {
    let like = |test: &Test<'_, L>| test.operator.is_like();
    let any_case = |test: &Test<'_, L>| {
        test.operator.comparison() == Comparison::Text(TextComparison::EqualIgnoreCase)
    };
    positive.values().all(|wanted| {
        // A literal star is no pattern; what holds one is left alone.
        if !like(positive) && like(negated) && is_wild(wanted) {
            return false;
        }
        negated.values().any(|refused| match (like(negated), any_case(negated)) {
            (true, _) => !any_case(positive) && covers(refused, wanted),
            (false, true) => !like(positive) && refused.eq_ignore_ascii_case(wanted),
            (false, false) => {
                !any_case(positive) && refused == wanted && !(like(positive) && is_wild(wanted))
            }
        })
    })
}

fn blocks_exclude<L>(positive: &Test<'_, L>, negated: &Test<'_, L>) -> bool {
    let ends = |text: &str| match text.parse::<Block>().ok()? {
        Block::V4 { first, last } => Some((4, u128::from(first), u128::from(last))),
        Block::V6 { first, last } => Some((6, first, last)),
    };
    positive.values().all(|wanted| {
        ends(wanted).is_some_and(|(kind, first, last)| {
            negated
                .values()
                .filter_map(ends)
                .any(|(other, from, to)| kind == other && from <= first && last <= to)
        })
    })
}

/// Whether the ranges that two tests of one number or instant leave have nothing in common.
fn ranges_exclude<L>(left: (&Test<'_, L>, Order), right: (&Test<'_, L>, Order)) -> bool {
    let range = |(test, asked): (&Test<'_, L>, Order)| -> Option<(i128, i128)> {
        if test.operator.negated() {
            return None;
        }
        let rank =
            |text: &str| Operand::read(test.operator, Cow::Owned(text.into())).ok()?.meaning.rank();
        let values = test.values().map(rank).collect::<Option<Vec<i128>>>()?;
        let (least, most) = (*values.iter().min()?, *values.iter().max()?);
        // Any of the values is enough, so the range reaches as far as the farthest of them.
        match asked {
            Order::Equal => Some((least, most)),
            Order::Less | Order::LessOrEqual => asked.span(most),
            Order::Greater | Order::GreaterOrEqual => asked.span(least),
        }
    };
    match (range(left), range(right)) {
        (Some((from, to)), Some((other_from, other_to))) => to < other_from || other_to < from,
        _ => false,
    }
}
