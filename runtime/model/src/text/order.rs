//! Sorts lists of any type by one sort of their places.
//!
//! The library's sort is compiled anew for every type and every order; forty of them were a seventh
//! of this crate's code in a build without optimisation, which every user waits for.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::text::steps;

/// Sorts; what is equal keeps its order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by an order; what is equal keeps its order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &|left, right| match (items.get(left), items.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        // Every place is one of an item.
        _ => Ordering::Equal,
    });
    each_swap(&mut places, &mut |left, right| items.swap(left, right));
}

fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|left, right| {
        steps::take!(1);
        compare(*left, *right)
    });
}

/// The swaps that bring to every place the item of the place named there.
fn each_swap(places: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut place = start;
        // Along the ring of places that `start` lies on, once.
        while let Some(named) = places.get_mut(place) {
            let from = core::mem::replace(named, place);
            if from == start {
                break;
            }
            swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{sort, sort_by};
    use alloc::vec::Vec;

    #[test]
    fn sorts_as_the_library_does() {
        // All lists of up to six of four texts, by their first letter alone where it says so.
        let texts = ["b1", "a1", "b2", "a2"];
        let mut lists: Vec<Vec<&str>> = Vec::from([Vec::new()]);
        for _ in 0..6 {
            let longer = |list: &Vec<&'static str>| {
                let list = list.clone();
                texts.map(move |text| list.iter().copied().chain([text]).collect())
            };
            lists.extend(lists.clone().iter().flat_map(longer).collect::<Vec<_>>());
            lists.dedup();
        }
        for list in lists {
            let (mut ours, mut theirs) = (list.clone(), list.clone());
            sort(&mut ours);
            theirs.sort_unstable();
            assert_eq!(ours, theirs, "{list:?}");
            let (mut ours, mut theirs) = (list.clone(), list.clone());
            sort_by(&mut ours, |left, right| left.get(..1).cmp(&right.get(..1)));
            theirs.sort_by_key(|text| text.get(..1));
            assert_eq!(ours, theirs, "{list:?}");
        }
    }
}
