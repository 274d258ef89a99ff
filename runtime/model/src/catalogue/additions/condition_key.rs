//! Condition keys as local additions leave them.

use super::{Catalogue, Found};
use crate::catalogue::condition_key::{self, Verdict};

impl<'a> Catalogue<'a> {
    /// Judges the name of a condition key, as [`condition_key::judge`] does by the catalogue alone.
    pub(crate) fn judge_key(self, name: &str) -> Verdict<'a> {
        let known = || match self.find_key(name) {
            Found::Known(known) => Some(Verdict::Known(known)),
            Found::Retired(reason) => Some(Verdict::Retired(reason)),
            Found::Unknown => None,
        };
        condition_key::judge_among(name, known, |code| self.keys_of(code).into_iter())
    }
}
