//! Finds statements that decide nothing: an `Allow` that a `Deny` takes back, and a `Deny` that
//! meets no `Allow`.

use alloc::format;

use super::context::Check;
use super::shape::Comparisons;
use super::shape::Shape;
use crate::report::rule::Rule;
use crate::terms::effect::Effect;

impl<L: Copy> Check<'_, L> {
    /// Reports statements that another one makes idle.
    pub(super) fn reach(&mut self, shapes: &[Option<Shape<'_, L>>], comparisons: &Comparisons) {
        let report = &mut self.report;
        let of = |effect: Effect| {
            shapes
                .iter()
                .enumerate()
                .filter_map(|(index, shape)| Some((index, shape.as_ref()?)))
                .filter(move |(_, shape)| shape.effect == effect)
        };
        for (_, allow) in of(Effect::Allow) {
            if let Some((index, _)) =
                of(Effect::Deny).find(|(_, deny)| deny.covers(allow, comparisons))
            {
                let message = format!("statement {index} denies everything this statement allows");
                report.add(allow.at, Rule::ShadowedAllow, message);
            }
        }
        // What cannot be read may allow anything.
        let all_read = shapes.iter().all(Option::is_some);
        if !all_read || of(Effect::Allow).next().is_none() {
            return;
        }
        for (_, deny) in of(Effect::Deny) {
            if !of(Effect::Allow).any(|(_, allow)| deny.may_meet(allow, comparisons)) {
                let message = "the statement denies nothing that the policy allows";
                report.add(deny.at, Rule::IdleDeny, message);
            }
        }
    }
}
