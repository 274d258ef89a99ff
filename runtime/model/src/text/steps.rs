//! Counts the steps of the inner loops, so that tests can say how much work a document makes.
//!
//! A step is about one character read, one pattern compared by its ends, one place of two patterns
//! walked. Times differ from machine to machine and from run to run; steps do not. Without the
//! feature `steps`, which only tests ask for, nothing is counted and nothing is compiled.

#[cfg(feature = "steps")]
extern crate std;

#[cfg(feature = "steps")]
std::thread_local! {
    static TAKEN: core::cell::Cell<u64> = const { core::cell::Cell::new(0) };
}

/// Counts steps.
#[cfg(feature = "steps")]
pub(crate) fn add(steps: usize) {
    TAKEN.with(|taken| taken.set(taken.get().saturating_add(steps as u64)));
}

/// Counts steps, where they are counted.
macro_rules! take {
    ($steps:expr) => {
        #[cfg(feature = "steps")]
        $crate::text::steps::add($steps);
    };
}

pub(crate) use take;

/// The steps of this thread so far; `None` where they are not counted.
#[must_use]
pub fn taken() -> Option<u64> {
    #[cfg(feature = "steps")]
    return Some(TAKEN.with(core::cell::Cell::get));
    #[cfg(not(feature = "steps"))]
    None
}

/// Does something, and says how many steps of this thread it took; none where they are not counted.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = taken();
    let done = work();
    let steps = taken().zip(before).map(|(after, before)| after - before);
    (done, steps.unwrap_or(0))
}
