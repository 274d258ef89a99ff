//! Writes the answers, one line each, and counts them.

use std::io::{self, BufWriter, Write};

use ram_policy_model::Outcome;
use ram_policy_model::text::shown::shown;
use serde::Serialize;

use super::decide::{Answer, HangsOn, Left, Reason};
use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Seen};
use crate::report::counted;

/// Where answers go, and how many there were.
pub(super) struct Answers {
    /// What is not known of a policy that has a say.
    not_known: Option<String>,
    explain: bool,
    format: Format,
    out: Box<dyn Write>,
    records: usize,
    errors: usize,
    unknown: usize,
}

/// What was decided about one record.
#[derive(Serialize)]
struct Told<'t> {
    decision: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<Vec<Reason>>,
}

/// What a decision depends on, for programs.
#[derive(Serialize)]
struct If<'t> {
    decision: &'static str,
    #[serde(flatten)]
    whole: Residue<'t>,
    /// Of an account file, policy by policy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    policies: Vec<Residue<'t>>,
}

/// What is left of a policy, for programs.
#[derive(Serialize)]
struct Residue<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'t str>,
    #[serde(rename = "if")]
    words: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    resources: &'t [String],
}

impl<'t> Residue<'t> {
    fn of(left: &'t Left) -> Result<Self, Failure> {
        let policy = left.policy.as_ref().map(|policy| serde_json::from_str(&policy.to_json()));
        Ok(Self {
            of: left.of.as_deref(),
            words: &left.words,
            policy: policy.transpose()?,
            resources: &left.resources,
        })
    }
}

impl Answers {
    pub(super) fn new(not_known: Option<String>, explain: bool, format: Format) -> Self {
        // A buffer for millions of lines.
        let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        let out: Box<dyn Write> = match format {
            Format::Text => Box::new(Seen::plain(out)),
            Format::Json => Box::new(out),
        };
        Self { not_known, explain, format, out, records: 0, errors: 0, unknown: 0 }
    }

    /// Writes an answer.
    pub(super) fn answer(&mut self, answer: Answer) -> Result<(), Failure> {
        self.records += 1;
        if let Some(hangs_on) = &answer.hangs_on {
            return self.undetermined(hangs_on);
        }
        let outcome = answer.outcome.unwrap_or(Outcome::ImplicitDeny);
        match self.format {
            Format::Text => {
                write!(self.out, "{outcome}")?;
                for (index, because) in answer.because.iter().enumerate() {
                    let between = if index == 0 { ": " } else { "; " };
                    write!(self.out, "{between}{}: ", shown(because.policy.clone()))?;
                    if let Some(statement) = because.statement {
                        write!(self.out, "statement {statement}: ")?;
                    }
                    write!(self.out, "{}", because.reason)?;
                }
                writeln!(self.out)?;
            }
            Format::Json => {
                let decision = outcome.to_string();
                self.line(&Told {
                    decision: &decision,
                    error: None,
                    policy: answer.policy.as_deref(),
                    policy_type: answer.policy_type,
                    statement: answer.statement,
                    because: self.explain.then_some(answer.because),
                })?;
            }
        }
        Ok(())
    }

    /// Writes that a record is none.
    pub(super) fn error(&mut self, reason: &str) -> Result<(), Failure> {
        self.records += 1;
        self.errors += 1;
        self.without_decision("Error", reason)
    }

    /// Writes what the decision depends on.
    fn undetermined(&mut self, hangs_on: &HangsOn) -> Result<(), Failure> {
        let HangsOn { words, has_holes, policies } = hangs_on;
        if *has_holes {
            let not_known = self.not_known.as_deref().unwrap_or("a part of it is not known");
            let reason = format!("{words}; {not_known}");
            self.unknown += 1;
            return self.without_decision("Unknown", &reason);
        }
        match (self.format, policies.as_slice()) {
            (Format::Text, policies) => {
                writeln!(self.out, "If {}", words.strip_prefix("allowed if ").unwrap_or(words))?;
                // Of several policies, no list of resources is that of all.
                if let [only] = policies {
                    for resource in &only.resources {
                        writeln!(self.out, "{}", shown(resource.clone()))?;
                    }
                }
            }
            (Format::Json, [only @ Left { of: None, .. }]) => {
                let told = If { decision: "If", whole: Residue::of(only)?, policies: Vec::new() };
                self.line(&told)?;
            }
            (Format::Json, policies) => {
                let whole = Residue { of: None, words, policy: None, resources: &[] };
                let policies = policies.iter().map(Residue::of).collect::<Result<_, Failure>>()?;
                self.line(&If { decision: "If", whole, policies })?;
            }
        }
        Ok(())
    }

    /// Writes why there is no decision.
    fn without_decision(&mut self, decision: &str, reason: &str) -> Result<(), Failure> {
        match self.format {
            Format::Text => writeln!(self.out, "{decision} {}", shown(reason.to_owned()))?,
            Format::Json => self.line(&Told {
                decision,
                error: Some(reason),
                policy: None,
                policy_type: None,
                statement: None,
                because: None,
            })?,
        }
        Ok(())
    }

    fn line(&mut self, told: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.out, told)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// Hands over what was written.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    /// The end of one answer; a record alone that is an error says so itself.
    pub(super) fn end(mut self) -> Result<(), Failure> {
        self.flush()?;
        if self.unknown > 0 { Err(Failure::Refused) } else { Ok(()) }
    }

    /// Says how many records of a stream were errors; a stream of errors alone is a failure.
    pub(super) fn end_of_stream(&mut self) -> Result<(), Failure> {
        self.flush()?;
        let Self { records, errors, unknown, .. } = *self;
        if errors > 0 {
            let records = counted(records, "record", "records");
            let errors = counted(errors, "was an error", "were errors");
            output::tell(&format!("note: of {records} {errors}"));
        }
        if unknown > 0 || (errors > 0 && errors == records) {
            Err(Failure::Refused)
        } else {
            Ok(())
        }
    }
}
