//! Fills the index of all names: a slot for each, found by its hash.
//!
//! Names are put into buckets by one part of their hash. Bucket by bucket, the largest first, a
//! displacement is looked for that gives each of its names a slot that is still free.

use crate::model::name_hash::{bucket, name_hash, slot};

/// Names to a bucket, on average.
const IN_BUCKET: usize = 4;

/// The index of so many names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Index {
    /// The displacement of each bucket.
    pub(crate) displacements: Vec<u16>,
    /// The number of the name in each slot; some slots are free.
    pub(crate) slots: Vec<Option<usize>>,
}

/// `None` when two names are alike, or when a bucket finds no place.
pub(crate) fn fill_index(names: &[String]) -> Option<Index> {
    // One slot in 33 stays free, or the last buckets would look for theirs very long.
    let mut slots = vec![None; names.len() + names.len() / 32 + 1];
    let mut displacements = vec![0; names.len() / IN_BUCKET + 1];
    let mut buckets = vec![Vec::new(); displacements.len()];
    for (number, name) in names.iter().enumerate() {
        let hash = name_hash(name);
        buckets.get_mut(bucket(hash, displacements.len()))?.push((number, hash));
    }
    let mut order: Vec<(usize, &Vec<(usize, u64)>)> = buckets.iter().enumerate().collect();
    order.sort_by_key(|(place, names)| (std::cmp::Reverse(names.len()), *place));
    for (place, names) in order {
        let (displacement, found) = (0..=u16::MAX)
            .find_map(|displacement| Some((displacement, free(names, displacement, &slots)?)))?;
        *displacements.get_mut(place)? = displacement;
        for (at, (number, _)) in found.into_iter().zip(names) {
            *slots.get_mut(at)? = Some(*number);
        }
    }
    Some(Index { displacements, slots })
}

/// The slots of a bucket's names, if all are free.
fn free(names: &[(usize, u64)], displacement: u16, slots: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut found = Vec::with_capacity(names.len());
    for (_, hash) in names {
        let at = slot(*hash, displacement, slots.len());
        if slots.get(at)?.is_some() || found.contains(&at) {
            return None;
        }
        found.push(at);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_slot_of_its_own() {
        for count in [0, 1, 2, 3, 100, 5_000] {
            let names: Vec<String> = (0..count).map(|number| format!("ecs:Name{number}")).collect();
            let none = Index { displacements: Vec::new(), slots: Vec::new() };
            let index = fill_index(&names).unwrap_or(none);
            for (number, name) in names.iter().enumerate() {
                let hash = name_hash(&name.to_ascii_uppercase());
                let place = bucket(hash, index.displacements.len());
                let displacement = index.displacements.get(place).copied().unwrap_or_default();
                let found = slot(hash, displacement, index.slots.len());
                assert_eq!(index.slots.get(found), Some(&Some(number)), "{name}");
            }
        }
    }

    #[test]
    fn names_that_are_alike_have_no_index() {
        assert_eq!(fill_index(&["ecs:Aa".to_owned(), "ecs:aA".to_owned()]), None);
    }
}
