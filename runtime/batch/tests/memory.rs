//! Memory does not grow with the length of a log, and lines cost no allocation of their own.
//!
//! A program of its own, because it counts what the whole program allocates.

use std::alloc::System;
use std::error::Error;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};

use ram_policy::{PolicySet, policy};
use ram_policy_batch::Batch;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A log of so many lines that is never in memory as a whole. It looks at what the program keeps
/// each time it is read from.
struct Log<'m> {
    lines: usize,
    /// What is left of the line at hand.
    line: Vec<u8>,
    most_kept: &'m AtomicUsize,
    region: Region<'static, System>,
}

impl Read for Log<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let change = self.region.change();
        let kept = change.bytes_allocated.saturating_sub(change.bytes_deallocated);
        self.most_kept.fetch_max(kept, Ordering::Relaxed);
        let mut written = 0;
        while written < buffer.len() {
            if self.line.is_empty() {
                let Some(left) = self.lines.checked_sub(1) else { break };
                self.lines = left;
                let (principal, tail) = (left % 50, left % 7);
                let line = format!(
                    "{{\"action\":\"ecs:StopInstance\",\"resource\":\"acs:ecs:cn-hangzhou:1:instance/i-{left}\",\
                     \"context\":{{\"acs:PrincipalARN\":\"acs:ram::1:user/u{principal}\",\
                     \"acs:SourceIp\":\"10.0.0.{tail}\"}}}}\n"
                );
                self.line = line.into_bytes();
            }
            let free = buffer.get_mut(written..).unwrap_or(&mut []);
            let taken = free.len().min(self.line.len());
            for (to, from) in free.iter_mut().zip(self.line.drain(..taken)) {
                *to = from;
            }
            written += taken;
        }
        Ok(written)
    }
}

/// The most bytes that were kept, and how many records were decided.
fn peak(lines: usize) -> Result<(usize, u64), Box<dyn Error>> {
    let policies = [policy! { allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/30"; }];
    let set: PolicySet = policies.iter().collect();
    let most_kept = AtomicUsize::new(0);
    let region = Region::new(ALLOCATOR);
    let log = Log { lines, line: Vec::new(), most_kept: &most_kept, region };
    let batch = Batch::new().with_chunk(1 << 14);
    let report = batch.run(log, |_, request| set.evaluate(request).into())?;
    assert_eq!(report.wrong(), 0);
    Ok((most_kept.into_inner(), report.decided()))
}

#[test]
fn memory_does_not_grow_with_the_log() -> Result<(), Box<dyn Error>> {
    // Threads and tables come to their size.
    peak(5_000)?;
    let (short, decided) = peak(5_000)?;
    assert_eq!(decided, 5_000);
    let (long, decided) = peak(60_000)?;
    assert_eq!(decided, 60_000);
    // The long log has twelve times the bytes. What varies is how pieces fall together.
    assert!(long <= short + short / 2, "{short} bytes for a short log, {long} for a long one");
    Ok(())
}
