//! What one piece of a log counts.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use ram_policy_model::catalogue::{self, ActionId};
use ram_policy_model::{Request, RequestAction};

use crate::verdict::{ByVerdict, Verdict};
use crate::wrong::Wrong;

type Map<K, V> = HashMap<K, V, RandomState>;

/// The decisions and the mistakes of some lines.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    principals: Map<Box<str>, Actions>,
    /// Of records without a principal.
    nobody: Actions,
    pub(crate) wrong: u64,
    /// Of the first wrong lines what is wrong.
    pub(crate) told: Vec<Wrong>,
}

/// The decisions about one principal.
#[derive(Debug, Default)]
struct Actions {
    listed: Map<ActionId, ByVerdict>,
    unlisted: Map<Box<str>, ByVerdict>,
}

impl Counts {
    pub(crate) fn add(&mut self, principal: Option<&str>, request: &Request<'_>, verdict: Verdict) {
        let actions = match principal {
            None => &mut self.nobody,
            // Nearly every principal is there already, and needs no text of its own.
            Some(principal) => match self.principals.get_mut(principal) {
                Some(actions) => return actions.add(request.action(), verdict),
                None => self.principals.entry(principal.into()).or_default(),
            },
        };
        actions.add(request.action(), verdict);
    }

    pub(crate) fn add_wrong(&mut self, line: u64, most_told: usize, reason: impl ToString) {
        self.wrong += 1;
        if self.told.len() < most_told {
            self.told.push(Wrong::new(line, reason.to_string()));
        }
    }

    /// Every principal and action with its counts, in no order.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (Option<Box<str>>, Box<str>, ByVerdict)> {
        let principals = self.principals.into_iter().map(|(name, actions)| (Some(name), actions));
        principals.chain([(None, self.nobody)]).flat_map(|(principal, actions)| {
            let name = |id| Box::from(catalogue::action(id).map_or("", |row| row.full_name()));
            let listed = actions.listed.into_iter().map(move |(id, counts)| (name(id), counts));
            listed
                .chain(actions.unlisted)
                .map(move |(action, counts)| (principal.clone(), action, counts))
        })
    }
}

impl Actions {
    fn add(&mut self, action: RequestAction<'_>, verdict: Verdict) {
        let counts = match action.id() {
            Some(id) => self.listed.entry(id).or_default(),
            None => self.unlisted.entry(action.to_string().into()).or_default(),
        };
        if let Some(count) = counts.get_mut(verdict as usize) {
            *count += 1;
        }
    }
}
