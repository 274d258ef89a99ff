//! Sets of points: numbers, instants, addresses, truth values and numbers of actions, as sorted
//! runs without overlap.

use alloc::vec::Vec;

/// A run of points, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    /// Points of different kinds are apart: the addresses of IPv4 and of IPv6.
    pub(super) kind: u8,
    /// First point.
    pub(super) first: u128,
    /// Last point.
    pub(super) last: u128,
}

/// A set of points.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranges(Vec<Range>);

impl Ranges {
    /// The points of any runs; a run that ends before it begins has none.
    pub(super) fn of(ranges: impl IntoIterator<Item = Range>) -> Self {
        let mut ranges: Vec<Range> =
            ranges.into_iter().filter(|range| range.first <= range.last).collect();
        ranges.sort_unstable();
        let mut merged: Vec<Range> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last)
                    if last.kind == range.kind
                        && (range.first <= last.last
                            || last.last.checked_add(1) == Some(range.first)) =>
                {
                    last.last = last.last.max(range.last);
                }
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// The runs in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = Range> {
        self.0.iter().copied()
    }

    /// How many runs there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no point.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The points of both.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut common = Vec::new();
        let (mut own, mut others) = (self.iter().peekable(), other.iter().peekable());
        while let (Some(left), Some(right)) = (own.peek(), others.peek()) {
            if left.kind == right.kind {
                let (first, last) = (left.first.max(right.first), left.last.min(right.last));
                if first <= last {
                    common.push(Range { kind: left.kind, first, last });
                }
            }
            if (left.kind, left.last) < (right.kind, right.last) {
                own.next();
            } else {
                others.next();
            }
        }
        Self(common)
    }

    /// The points that the other set does not have.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut others = other.iter().peekable();
        for range in self.iter() {
            let mut from = Some(range.first);
            while let (Some(first), Some(cut)) = (from, others.peek()) {
                if (cut.kind, cut.last) < (range.kind, first) {
                    others.next();
                    continue;
                }
                if (cut.kind, cut.first) > (range.kind, range.last) {
                    break;
                }
                if first < cut.first {
                    left.push(Range { kind: range.kind, first, last: cut.first - 1 });
                }
                // The next run may be cut by the same one, so it stays.
                from = cut.last.checked_add(1).filter(|next| *next <= range.last);
            }
            if let Some(first) = from {
                left.push(Range { kind: range.kind, first, last: range.last });
            }
        }
        Self(left)
    }

    /// Whether a point belongs to the set.
    pub(super) fn has(&self, kind: u8, point: u128) -> bool {
        self.iter().any(|range| range.kind == kind && (range.first..=range.last).contains(&point))
    }
}

#[cfg(test)]
mod tests {
    use super::{Range, Ranges};
    use alloc::vec::Vec;

    /// The set of the points below 8, of two kinds, whose bits are set.
    fn of_bits(bits: u16) -> Ranges {
        Ranges::of((0..8u8).filter(|bit| bits >> bit & 1 == 1).map(|bit| {
            let point = u128::from(bit % 4);
            Range { kind: bit / 4, first: point, last: point }
        }))
    }

    fn bits_of(ranges: &Ranges) -> u16 {
        (0..8u8)
            .filter(|bit| ranges.has(bit / 4, u128::from(bit % 4)))
            .fold(0, |bits, bit| bits | 1 << bit)
    }

    #[test]
    fn agrees_with_sets_of_bits() {
        for left in 0..256u16 {
            for right in 0..256u16 {
                let (of_left, of_right) = (of_bits(left), of_bits(right));
                assert_eq!(bits_of(&of_left.and(&of_right)), left & right, "{left} {right}");
                assert_eq!(bits_of(&of_left.without(&of_right)), left & !right, "{left} {right}");
                assert_eq!(of_left.without(&of_right).is_empty(), left & !right == 0);
            }
        }
    }

    #[test]
    fn runs_that_touch_become_one() {
        let run = |first, last| Range { kind: 0, first, last };
        let found = Ranges::of([run(5, 9), run(0, 2), run(3, 4), run(7, u128::MAX), run(2, 1)]);
        assert_eq!(found.iter().collect::<Vec<_>>(), [run(0, u128::MAX)]);
        assert!(found.without(&found).is_empty());
    }
}
