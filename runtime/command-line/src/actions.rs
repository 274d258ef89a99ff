//! Actions of the catalogue, as every subcommand shows them.

use std::io::Write as _;

use ram_policy_model::catalogue::{self, Access, ActionRow};
use ram_policy_model::terms::pattern::ActionPattern;
use ram_policy_model::text::suggest;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::{Failure, usage};
use crate::output;

/// One action of the catalogue; the same in every command.
#[derive(Serialize)]
pub(crate) struct Action {
    action: String,
    /// With `(inferred)` behind a level that no document gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<&'static str>,
    resources: Vec<&'static str>,
}

impl Action {
    pub(crate) fn of(row: ActionRow) -> Self {
        Self {
            action: full_name(row),
            access: row.likely_access().map(Access::words),
            resources: row.resource_types().map(|kind| kind.template).collect(),
        }
    }

    /// One that only local additions have.
    pub(crate) const fn local(action: String) -> Self {
        Self { action, access: None, resources: Vec::new() }
    }

    /// Characters of the name.
    pub(crate) fn width(&self) -> usize {
        self.action.len()
    }

    /// `ecs:DescribeInstances  list`.
    pub(crate) fn line(&self, width: usize) -> String {
        match self.access {
            Some(access) => format!("{:width$}  {access}", self.action),
            None => self.action.clone(),
        }
    }
}

/// `ecs:StopInstance`.
pub(crate) fn full_name(row: ActionRow) -> String {
    format!("{}:{}", row.service().table().code, row.name())
}

/// All actions of the catalogue that a pattern covers.
///
/// # Errors
///
/// The pattern is neither `*` nor `code:Name`, or covers nothing.
pub(crate) fn covered(pattern: &str) -> Result<Vec<ActionRow>, Failure> {
    if pattern != "*"
        && pattern.split_once(':').is_none_or(|(code, name)| code.is_empty() || name.is_empty())
    {
        return Err(usage(format!("an action is written `code:Name`, not `{pattern}`")));
    }
    let compiled = ActionPattern::new(pattern.to_owned().into());
    let rows = catalogue::services().flat_map(catalogue::ServiceEntry::actions);
    let found: Vec<ActionRow> =
        rows.filter(|row| compiled.matches(row.service().table().code, row.name())).collect();
    if found.is_empty() {
        let near = suggest::did_you_mean(&near(pattern));
        return Err(usage(format!("`{pattern}` covers no action of the catalogue{near}")));
    }
    Ok(found)
}

/// What may have been meant: actions of the service, or the service that people call so.
fn near(pattern: &str) -> Vec<String> {
    let Some((code, name)) = pattern.split_once(':') else { return Vec::new() };
    if let Some(service) = catalogue::find_service(code) {
        let names: Vec<String> = service.actions().map(full_name).collect();
        let near = suggest::nearest(pattern, names.iter().map(String::as_str));
        return near.into_iter().map(str::to_owned).collect();
    }
    let nickname = catalogue::find_nickname(code);
    nickname.into_iter().map(|code| format!("{code}:{name}")).collect()
}

/// Writes actions, one a line.
pub(crate) fn list(actions: &[Action], format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => output::json(&actions),
        Format::Text => {
            let width = actions.iter().map(Action::width).max().unwrap_or(0);
            let mut out = output::out();
            for action in actions {
                writeln!(out, "{}", action.line(width))?;
            }
            out.flush()?;
            Ok(())
        }
    }
}
