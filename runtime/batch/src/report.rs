//! What a whole log counts.

use std::collections::BTreeMap;

use crate::count::Counts;
use crate::verdict::{ByVerdict, Verdict};
use crate::wrong::Wrong;

/// The decisions about a log, by principal and action, and its wrong lines.
#[derive(Debug, Clone)]
pub struct Report {
    rows: BTreeMap<(Option<Box<str>>, Box<str>), ByVerdict>,
    /// What has no row any more.
    others: ByVerdict,
    wrong: u64,
    told: Vec<Wrong>,
    most_told: usize,
    most_rows: usize,
}

/// How often an action of a principal was decided in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Row<'r> {
    /// The value of `acs:PrincipalARN`; `None` where the record has none.
    pub principal: Option<&'r str>,
    /// The action, as `ecs:StopInstance`, in RAM's spelling if the catalogue has it.
    pub action: &'r str,
    /// What was decided.
    pub verdict: Verdict,
    /// How many records; an event that names several resources is one.
    pub count: u64,
}

impl Row<'_> {
    /// The action of rows that count what a report has no rows left for.
    pub const OTHERS: &'static str = "(others)";
}

impl Report {
    pub(crate) const fn new(most_told: usize, most_rows: usize) -> Self {
        Self {
            rows: BTreeMap::new(),
            others: [0; Verdict::ALL.len()],
            wrong: 0,
            told: Vec::new(),
            most_told,
            most_rows,
        }
    }

    /// Adds what the next lines count.
    pub(crate) fn add(&mut self, mut counts: Counts) {
        self.wrong += counts.wrong;
        let room = self.most_told.saturating_sub(self.told.len());
        self.told.extend(counts.told.drain(..).take(room));
        let mut rows: Vec<_> =
            counts.into_rows().map(|(principal, action, by)| ((principal, action), by)).collect();
        // Which rows there is room for must not hang on the order of a hash.
        rows.sort_unstable();
        rows.into_iter().for_each(|(key, by)| self.add_row(key, by));
    }

    fn add_row(&mut self, key: (Option<Box<str>>, Box<str>), by: ByVerdict) {
        let has_room = self.rows.len() < self.most_rows;
        let row = match self.rows.get_mut(&key) {
            Some(row) => row,
            None if has_room => self.rows.entry(key).or_default(),
            None => &mut self.others,
        };
        row.iter_mut().zip(by).for_each(|(sum, more)| *sum += more);
    }

    /// Adds the report of another log, as if it stood behind this one; the wrong lines keep the
    /// numbers they have in theirs.
    ///
    /// ```
    /// use ram_policy_batch::{Batch, Verdict};
    ///
    /// let log = r#"{"action": "ecs:StopInstance"}"#;
    /// let of_one = || Batch::new().run(log.as_bytes(), |_, _| Verdict::Allow);
    /// let mut report = of_one()?;
    /// report.merge(of_one()?);
    /// assert_eq!(report.decided(), 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn merge(&mut self, other: Self) {
        self.wrong += other.wrong;
        let room = self.most_told.saturating_sub(self.told.len());
        self.told.extend(other.told.into_iter().take(room));
        other.rows.into_iter().for_each(|(key, by)| self.add_row(key, by));
        self.others.iter_mut().zip(other.others).for_each(|(sum, more)| *sum += more);
    }

    /// The table: by principal, action and verdict, in that order; what there was no room for at the
    /// end.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter().map(|((principal, action), by)| (principal, &**action, by));
        let all = rows.chain([(&None, Row::OTHERS, &self.others)]);
        all.flat_map(|(principal, action, by)| {
            Verdict::ALL.into_iter().zip(by).filter(|(_, count)| **count > 0).map(
                move |(verdict, count)| Row {
                    principal: principal.as_deref(),
                    action,
                    verdict,
                    count: *count,
                },
            )
        })
    }

    /// How many records were decided.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.rows().filter(|row| row.verdict != Verdict::Unknown).map(|row| row.count).sum()
    }

    /// About how many records nothing is decided because a part of a policy is not known.
    #[must_use]
    pub fn undetermined(&self) -> u64 {
        self.rows().filter(|row| row.verdict == Verdict::Unknown).map(|row| row.count).sum()
    }

    /// How many lines are no requests.
    #[must_use]
    pub const fn wrong(&self) -> u64 {
        self.wrong
    }

    /// Of the first of them what is wrong, in the order of the log.
    #[must_use]
    pub fn told(&self) -> &[Wrong] {
        &self.told
    }
}
