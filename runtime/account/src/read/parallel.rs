//! Does the same with many things, on all cores.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Fewer things are not worth a thread.
const FEWEST: usize = 64;

/// What a function makes of each, in their order.
pub(super) fn each<T: Send, R: Send>(items: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let size = items.len().div_ceil(cores).max(FEWEST);
    if items.len() <= size {
        return items.into_iter().map(make).collect();
    }
    let mut items = items.into_iter();
    let mut parts = Vec::new();
    loop {
        let part: Vec<T> = items.by_ref().take(size).collect();
        if part.is_empty() {
            break;
        }
        parts.push(part);
    }
    let make = &make;
    thread::scope(|scope| {
        let of_part = |part: Vec<T>| scope.spawn(move || part.into_iter().map(make).collect());
        let threads: Vec<thread::ScopedJoinHandle<'_, Vec<R>>> =
            parts.into_iter().map(of_part).collect();
        let made = threads.into_iter().map(|thread| thread.join());
        made.flat_map(|made| made.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn the_order_is_kept() {
        for count in [0, 1, 63, 64, 65, 1_000, 10_007] {
            let doubled = each((0..count).collect(), |one: usize| 2 * one);
            assert_eq!(doubled, (0..count).map(|one| 2 * one).collect::<Vec<_>>(), "{count}");
        }
    }
}
