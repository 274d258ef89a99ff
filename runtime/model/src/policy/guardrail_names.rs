//! Guardrails by their names, as a claim of a policy writes them.

use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};
use core::fmt;

use super::guardrails::Guardrail;
use crate::policy::template::{AccountId, Region};
use crate::text::hidden::Escaped;
use crate::text::suggest;

/// Why there is no such guardrail.
///
/// ```
/// use ram_policy::Guardrail;
///
/// let error = Guardrail::named("read_onyl", &[]).unwrap_err();
/// assert_eq!(error.to_string(), "there is no guardrail `read_onyl`, did you mean `read_only`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailError {
    message: String,
    argument: Option<usize>,
}

impl GuardrailError {
    /// The argument that is wrong, from 0; `None` when it is the name or the number of arguments.
    #[must_use]
    pub const fn argument(&self) -> Option<usize> {
        self.argument
    }
}

impl fmt::Display for GuardrailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(&self.message).fmt(f)
    }
}

impl core::error::Error for GuardrailError {}

/// The names, each with what it takes.
const NAMES: [(&str, &str); 7] = [
    ("no_privilege_escalation", ""),
    ("read_only", ""),
    ("read_only_inferred", ""),
    ("one_region", "a region"),
    ("one_account", "an account"),
    ("requires_mfa", ""),
    ("requires_source_network", "addresses or blocks"),
];

impl Guardrail {
    /// A ready-made guardrail by the name of its function, with what the function takes as texts.
    ///
    /// ```
    /// use ram_policy::Guardrail;
    ///
    /// assert_eq!(Guardrail::named("read_only", &[])?, Guardrail::read_only());
    /// let here = Guardrail::named("one_region", &["cn-hangzhou"])?;
    /// assert_eq!(here.name(), "one-region");
    /// # Ok::<(), ram_policy::prove::GuardrailError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No guardrail has the name, it takes another number of arguments, or one of them is not what
    /// it takes.
    pub fn named(name: &str, arguments: &[&str]) -> Result<Self, GuardrailError> {
        let takes = NAMES.iter().find(|(known, _)| *known == name).map(|(_, takes)| *takes);
        let number = |takes: &str| {
            let given = arguments.len();
            let found = if given == 0 { "nothing".into() } else { format!("{given} arguments") };
            let takes = if takes.is_empty() { "nothing" } else { takes };
            whole(format!("the guardrail `{name}` takes {takes}, {found} given"))
        };
        Ok(match (name, arguments) {
            ("no_privilege_escalation", []) => Self::no_privilege_escalation(),
            ("read_only", []) => Self::read_only(),
            ("read_only_inferred", []) => Self::read_only_inferred(),
            ("requires_mfa", []) => Self::requires_mfa(),
            ("one_region", [region]) => {
                let is = "not a region, which is lower-case letters, digits and `-`";
                Self::one_region(Region::new(region).map_err(|_| wrong(0, region, &is))?)
            }
            ("one_account", [account]) => {
                let is = "not an account, which is digits";
                Self::one_account(AccountId::new(account).map_err(|_| wrong(0, account, &is))?)
            }
            ("requires_source_network", [_, ..]) => {
                for (index, block) in arguments.iter().enumerate() {
                    Self::requires_source_network([block])
                        .map_err(|error| wrong(index, block, &error))?;
                }
                Self::requires_source_network(arguments)
                    .map_err(|error| whole(error.to_string()))?
            }
            _ => {
                return Err(match takes {
                    Some(takes) => number(takes),
                    None => {
                        let near = suggest::nearest(name, NAMES.iter().map(|(known, _)| *known));
                        let hint =
                            if near.is_empty() { all() } else { suggest::did_you_mean(&near) };
                        whole(format!("there is no guardrail `{name}`{hint}"))
                    }
                });
            }
        })
    }
}

fn all() -> String {
    let names: Vec<String> = NAMES.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("; there are {}", names.join(", "))
}

const fn whole(message: String) -> GuardrailError {
    GuardrailError { message, argument: None }
}

fn wrong(argument: usize, text: &str, error: &impl fmt::Display) -> GuardrailError {
    GuardrailError { message: format!("`{text}` is {error}"), argument: Some(argument) }
}
