//! Measures work that takes from a nanosecond to seconds, for tables that mix both.

use std::time::{Duration, Instant};

/// How long a sample takes at least, so that the clock does not count.
const SAMPLE: Duration = Duration::from_millis(3);

/// How many samples there are at most, and how long they take together at most.
const SAMPLES: usize = 41;
const MOST: Duration = Duration::from_secs(2);

/// Whether `cargo bench` asks. `cargo test` runs everything once and measures nothing.
#[must_use]
pub fn is_asked_for() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Nanoseconds of one run: the least of some samples, for what else the machine does only adds.
pub fn nanoseconds(mut work: impl FnMut()) -> f64 {
    let mut sample = |runs: u32| {
        let start = Instant::now();
        (0..runs).for_each(|_| work());
        start.elapsed()
    };
    let mut runs = 1;
    // This also fills the caches.
    let mut taken = sample(runs);
    while taken < SAMPLE {
        runs = runs.saturating_mul(2);
        taken = sample(runs);
    }
    let until = Instant::now() + MOST;
    for _ in 0..SAMPLES {
        if Instant::now() > until {
            break;
        }
        taken = taken.min(sample(runs));
    }
    taken.as_secs_f64() * 1e9 / f64::from(runs)
}
