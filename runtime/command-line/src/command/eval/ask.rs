//! Asks about one request, or about every record of a stream.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use ram_policy_batch::Records;
use ram_policy_model::{Outcome, OwnedRequest};

use super::decide::{Answer, Decider, Foreseen};
use super::write::Answers;
use crate::failure::Failure;
use crate::progress;
use crate::requests::{Log, RecordForm, is_input, unreadable};

/// Who is asked, and how.
pub(super) struct Asking<'a> {
    pub(super) decider: &'a Decider<'a>,
    pub(super) foreseen: &'a Foreseen<'a>,
}

/// The request of the arguments; a key that is given several times has several values.
pub(super) fn request(action: &str, resource: &str, context: &[(String, String)]) -> OwnedRequest {
    let mut request = OwnedRequest::new(action, resource);
    for (key, value) in context {
        match request.context.iter_mut().find(|(known, _)| known == key) {
            Some((_, values)) => values.push(value.clone()),
            None => request.context.push((key.clone(), vec![value.clone()])),
        }
    }
    request
}

impl Asking<'_> {
    /// Decides every record of a file or of standard input.
    pub(super) fn stream(
        &self,
        path: &Path,
        form: RecordForm,
        answers: &mut Answers,
    ) -> Result<(), Failure> {
        let log = Log::open(path)?;
        // On a terminal the answers would run through the bar.
        let progress = progress::bar(log.length.filter(|_| !io::stdout().is_terminal()));
        let mut records = Records::new(progress.wrap_read(log.input)).with_form(form.into());
        let is_input = is_input(path);
        while let Some(record) = records.next_record().map_err(|error| unreadable(path, &error))? {
            self.one(&record.requests.map_err(|wrong| wrong.reason), answers)?;
            // Who waits for an answer on a pipe gets it.
            if is_input && records.is_drained() {
                answers.flush()?;
            }
        }
        progress.finish_and_clear();
        answers.end_of_stream()
    }

    /// Decides one record.
    pub(super) fn one(
        &self,
        asked: &Result<Vec<OwnedRequest>, String>,
        answers: &mut Answers,
    ) -> Result<(), Failure> {
        let requests = match asked {
            Ok(requests) => requests,
            Err(reason) => return answers.error(reason),
        };
        let mut last = Answer::default();
        // RAM allows what needs several resources when each is allowed.
        for request in requests {
            let request = match request.request_unlisted() {
                Ok(request) => request,
                Err(error) => return answers.error(&error.to_string()),
            };
            last = match self.decider.decide(&request, self.foreseen) {
                Ok(answer) => answer,
                Err(error) => return answers.error(&error.to_string()),
            };
            if last.outcome != Some(Outcome::Allow) {
                break;
            }
        }
        answers.answer(last)
    }
}
