//! Decides logs of requests on all cores, and counts the decisions by principal and action.
//!
//! A log has a request or an event of ActionTrail a line, or is a list of them; it may be an answer of
//! `LookupEvents` (`{"Events": [...]}`), have an event over several lines, and be packed with gzip, as
//! ActionTrail delivers it to OSS. It is read in pieces that end where lines end, pieces are decided at the same time, and what they count is put
//! together in the order of the log: the same log gives the same report, however many cores there
//! are. Memory does not grow with the length of the log.
//!
//! ```
//! use ram_policy::{PolicySet, policy};
//! use ram_policy_batch::{Batch, Verdict};
//!
//! let log = concat!(
//!     r#"{"action": "ecs:StopInstance", "context": {"acs:PrincipalARN": "acs:ram::1:user/alice"}}"#, "\n",
//!     r#"{"action": "ecs:StopInstance", "context": {"acs:PrincipalARN": "acs:ram::1:user/alice"}}"#, "\n",
//!     r#"{"action": "ecs:DeleteInstance"}"#, "\n",
//!     "{}\n",
//! );
//! let operators = policy! { allow ecs::StopInstance on *; };
//! let set: PolicySet = [&operators].into_iter().collect();
//! let report = Batch::new().run(log.as_bytes(), |_, request| set.evaluate(request).into())?;
//! let rows: Vec<_> = report.rows().map(|row| (row.principal, row.action, row.verdict, row.count)).collect();
//! assert_eq!(
//!     rows,
//!     [
//!         (None, "ecs:DeleteInstance", Verdict::ImplicitDeny, 1),
//!         (Some("acs:ram::1:user/alice"), "ecs:StopInstance", Verdict::Allow, 2),
//!     ],
//! );
//! assert_eq!(report.told()[0].to_string(), "4: the request has no `action` (byte 0)");
//! # Ok::<(), std::io::Error>(())
//! ```

mod chunk;
mod count;
mod gzip;
mod head;
mod list;
mod record;
mod records;
mod report;
mod text;
mod verdict;
mod wrong;

use std::io::{self, Read};

use ram_policy_model::Request;
use rayon::prelude::*;

pub use record::RecordForm;
pub use records::{Record, Records};
pub use report::{Report, Row};
pub use verdict::Verdict;
pub use wrong::Wrong;

use chunk::{Chunk, Chunks};
use count::Counts;
use gzip::Unpacked;
use list::Lines;

/// How a log is read and how much is told of it.
///
/// ```
/// use ram_policy_batch::{Batch, RecordForm};
///
/// let batch = Batch::new().with_form(RecordForm::ActionTrail).with_most_told(10);
/// ```
#[derive(Debug, Clone)]
pub struct Batch {
    form: RecordForm,
    most_told: usize,
    most_rows: usize,
    chunk: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl Batch {
    /// Tells requests and events apart by themselves, tells of 20 wrong lines, counts in 100,000
    /// rows.
    #[must_use]
    pub const fn new() -> Self {
        Self { form: RecordForm::Auto, most_told: 20, most_rows: 100_000, chunk: 1 << 20 }
    }

    /// What the records of the log are.
    #[must_use]
    pub const fn with_form(mut self, form: RecordForm) -> Self {
        self.form = form;
        self
    }

    /// Of how many wrong lines the report says what is wrong; it counts them all.
    #[must_use]
    pub const fn with_most_told(mut self, most: usize) -> Self {
        self.most_told = most;
        self
    }

    /// How many rows the report has at most; further principals and actions are counted together,
    /// by verdict, in rows of [`Row::OTHERS`].
    #[must_use]
    pub const fn with_most_rows(mut self, most: usize) -> Self {
        self.most_rows = most;
        self
    }

    /// How many bytes of a log are decided at once; a longer line is read as far as 16 MiB.
    #[must_use]
    pub const fn with_chunk(mut self, bytes: usize) -> Self {
        self.chunk = bytes;
        self
    }

    /// Decides every record of a log. Where an event names several resources, it is allowed if it is
    /// allowed on each (ECS: Authentication rules).
    ///
    /// `decide` is given the value of `acs:PrincipalARN` and the request. It is called on the threads
    /// of rayon's pool; `ThreadPool::install` chooses another.
    ///
    /// # Errors
    ///
    /// The log cannot be read, or is packed with gzip and damaged, or unpacks to more than 64 MiB and
    /// 256 times its size.
    pub fn run(
        &self,
        log: impl Read,
        decide: impl Fn(Option<&str>, &Request<'_>) -> Verdict + Sync,
    ) -> io::Result<Report> {
        let mut report = Report::new(self.most_told, self.most_rows);
        let mut chunks = Chunks::new(Lines::new(Unpacked::new(log)), self.chunk);
        // A round is decided while nothing is read: reading is quick, and a bounded number of
        // pieces is all there is in memory.
        let mut round: Vec<Chunk> =
            (0..rayon::current_num_threads() * 4).map(|_| Chunk::default()).collect();
        loop {
            let mut filled = 0;
            for chunk in &mut round {
                if !chunks.fill(chunk)? {
                    break;
                }
                filled += 1;
            }
            let counted: Vec<Counts> = round
                .par_iter()
                .take(filled)
                .map(|chunk| record::decide(chunk, self.form, self.most_told, &decide))
                .collect();
            counted.into_iter().for_each(|counts| report.add(counts));
            if filled < round.len() {
                return Ok(report);
            }
        }
    }
}
