//! Counts the steps of the inner loops, so that tests can say how much work a document makes.
//!
//! A step is about one character read, one pattern compared by its ends, one place of two patterns
//! walked. Times differ from machine to machine and from run to run; steps do not. Without the
//! feature `steps`, which only tests ask for, counting is nothing.

#[cfg(feature = "steps")]
extern crate std;

#[cfg(feature = "steps")]
std::thread_local! {
    static TAKEN: core::cell::Cell<u64> = const { core::cell::Cell::new(0) };
}

/// Counts steps.
#[inline(always)]
pub(crate) fn take(_steps: usize) {
    #[cfg(feature = "steps")]
    TAKEN.with(|taken| taken.set(taken.get().saturating_add(_steps as u64)));
}

/// Does something, and says how many steps of this thread it took.
#[cfg(feature = "steps")]
#[must_use]
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = TAKEN.with(core::cell::Cell::get);
    let done = work();
    (done, TAKEN.with(core::cell::Cell::get) - before)
}
