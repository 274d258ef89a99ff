//! A policy and the requests that exercise it, as the commands about its use take them.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use ram_policy_model::OwnedRequest;

use crate::arguments::Select;
use crate::failure::Failure;
use crate::one_policy::one;
use crate::policies::{Loaded, Wanted};
use crate::requests::{RecordForm, all};

// No documentation: the parser would take it for that of the command.
#[derive(Args)]
pub(crate) struct Exercised {
    /// The policy
    #[arg(value_name = "POLICY")]
    policy: OsString,
    #[command(flatten)]
    select: Select,
    /// Requests, one JSON object a line, or ActionTrail events; `-` reads standard input
    #[arg(value_name = "FILE")]
    requests: PathBuf,
    /// What the records are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
}

impl Exercised {
    /// The policy, which is the only one of its file.
    pub(crate) fn policy(&self) -> Result<Loaded, Failure> {
        let wanted = Wanted {
            select: self.select.name(),
            variables: self.select.variables(),
            ..Wanted::default()
        };
        one(&self.policy, &wanted)
    }

    /// All requests.
    pub(crate) fn requests(&self) -> Result<Vec<OwnedRequest>, Failure> {
        all(&self.requests, self.records)
    }
}
