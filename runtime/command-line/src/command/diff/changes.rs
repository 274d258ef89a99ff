//! How two policies differ: by known actions, and for every request.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_model::catalogue::{self, ActionRow, ServiceEntry};
use ram_policy_model::decide::dispatch::{self, Run};
use ram_policy_model::document::{self, Document, Statement, lower};
use ram_policy_model::prove::Comparison;
use ram_policy_model::terms::effect::Effect;
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::{Policy, Proof};

use crate::describe::{self, limits as limits_of};

/// How two policies differ.
pub(super) struct Changes {
    /// Known actions that only the new policy allows in some way.
    pub(super) more: Vec<ActionRow>,
    /// Known actions that only the old policy allows in some way.
    pub(super) less: Vec<ActionRow>,
    /// Known actions that both allow in some way, but not for the same requests.
    pub(super) others: Vec<Limits>,
    /// Whether the old policy allows all that the new one allows.
    pub(super) within: Proof,
    /// Whether the new policy allows all that the old one allows.
    pub(super) without_loss: Proof,
    /// Whether the new policy denies all that the old one denies.
    pub(super) denies_all: Proof,
    /// Statements that only one of them has.
    pub(super) removed: Vec<String>,
    pub(super) added: Vec<String>,
}

/// Actions under other limits, with what each policy says about them.
pub(super) struct Limits {
    pub(super) rows: Vec<ActionRow>,
    pub(super) before: BTreeSet<String>,
    pub(super) after: BTreeSet<String>,
    /// For requests of these actions, as in [`Changes`].
    pub(super) within: Proof,
    pub(super) without_loss: Proof,
}

/// Actions about which each policy says the same: whether each allows them in some way, and its
/// limits, by number.
type Group<'l> = ((bool, bool), &'l BTreeSet<usize>, &'l BTreeSet<usize>);

impl Changes {
    /// Compares two documents.
    pub(super) fn of(old: &Document, new: &Document) -> Self {
        let policy = |document: &Document| Policy::from_document(document.clone());
        let (old_policy, new_policy) = (policy(old), policy(new));
        let limits: BTreeSet<String> =
            old.statements.iter().chain(new.statements.iter()).map(limits_of).collect();
        let limits: Vec<String> = limits.into_iter().collect();
        let (said, says) = (Said::of(old, &limits), Said::of(new, &limits));
        let (allowed_before, allowed_after) = (describe::allowed(old), describe::allowed(new));
        let nothing = BTreeSet::new();
        let mut groups: BTreeMap<Group<'_>, Vec<ActionRow>> = BTreeMap::new();
        for row in catalogue::services().flat_map(ServiceEntry::actions) {
            let number = row.id().number();
            let before = said.about(number).unwrap_or(&nothing);
            let after = says.about(number).unwrap_or(&nothing);
            let allowed = (allowed_before.contains(&number), allowed_after.contains(&number));
            // Where neither allows it, it does not matter what they say.
            if before != after && allowed != (false, false) {
                groups.entry((allowed, before, after)).or_default().push(row);
            }
        }
        let (mut more, mut less, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut comparison = Comparison::new(&old_policy, &new_policy);
        for ((allowed, before, after), rows) in groups {
            let (within, without_loss) = comparison.of_actions(&rows);
            match (allowed, &within, &without_loss) {
                // Limits that are written in another way, or that denials leave nothing of.
                (_, Proof::Yes, Proof::Yes) => {}
                ((false, true), Proof::No(_), _) => more.extend(rows),
                ((true, false), _, Proof::No(_)) => less.extend(rows),
                _ => {
                    let texts = |numbers: &BTreeSet<usize>| {
                        numbers.iter().filter_map(|number| limits.get(*number)).cloned().collect()
                    };
                    let (before, after) = (texts(before), texts(after));
                    others.push(Limits { rows, before, after, within, without_loss });
                }
            }
        }
        for rows in [&mut more, &mut less] {
            rows.sort_by_key(|row| row.id());
        }
        let stable_all = |document: &Document| -> Vec<String> {
            document.statements.iter().map(stable).collect()
        };
        let (olds, news) = (stable_all(old), stable_all(new));
        let lacking = |these: &[String], those: &[String]| {
            let those: BTreeSet<&String> = those.iter().collect();
            these.iter().filter(|text| !those.contains(text)).cloned().collect::<Vec<String>>()
        };
        Self {
            more,
            less,
            others,
            within: new_policy.within(&old_policy),
            without_loss: old_policy.within(&new_policy),
            denies_all: all_but_denied(new).never_allows(&old_policy),
            removed: lacking(&olds, &news),
            added: lacking(&news, &olds),
        }
    }

    /// Whether both allow the same requests and deny the same ones.
    pub(super) fn is_same(&self) -> bool {
        self.within.is_yes() && self.without_loss.is_yes()
    }

    /// Whether the new policy surely allows no more, whatever other policies the caller has.
    pub(super) fn is_no_more(&self) -> bool {
        self.within.is_yes() && self.denies_all.is_yes()
    }
}

/// A policy that allows everything but what a document denies.
fn all_but_denied(document: &Document) -> Policy {
    let everything =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    let mut statements = lower::decode(everything).statements.into_owned();
    let denials = document.statements.iter().filter(|one| one.effect == Effect::Deny);
    statements.extend(denials.cloned());
    let layout = Layout::VersionFirst;
    Policy::from_document(Document { layout, statements: statements.into() })
}

/// A statement in one stable form.
fn stable(statement: &Statement) -> String {
    let alone = vec![statement.normalised()].into();
    document::write(
        &Document { layout: Layout::StatementsOnly, statements: alone },
        document::Indent::Minified,
    )
}

/// What a policy says about actions: for each statement that names one, effect and limits.
struct Said {
    runs: Vec<Run>,
    /// For each run the number of its set.
    numbers: Vec<usize>,
    sets: Vec<BTreeSet<usize>>,
}

impl Said {
    /// The limits are given by their numbers among all of both policies.
    fn of(document: &Document, limits: &[String]) -> Self {
        let runs = dispatch::runs(document);
        let of_statements: Vec<Option<usize>> = document
            .statements
            .iter()
            .map(|statement| limits.binary_search(&limits_of(statement)).ok())
            .collect();
        let (mut numbers, mut sets) = (Vec::new(), Vec::new());
        // Every other action may be named by the same hundred statements.
        let mut known: BTreeMap<&[u32], usize> = BTreeMap::new();
        for run in &runs {
            let number = *known.entry(&run.statements).or_insert_with(|| {
                let statements = run.statements.iter().map(|number| *number as usize);
                let limits = statements.filter_map(|at| of_statements.get(at).copied().flatten());
                sets.push(limits.collect());
                sets.len() - 1
            });
            numbers.push(number);
        }
        Self { runs, numbers, sets }
    }

    fn about(&self, action: u32) -> Option<&BTreeSet<usize>> {
        let at = self.runs.partition_point(|run| run.last < action);
        self.runs.get(at).filter(|run| run.first <= action)?;
        self.sets.get(*self.numbers.get(at)?)
    }
}
