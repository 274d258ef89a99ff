//! Local additions to the catalogue: one small file that adds, corrects and retires entries.
//!
//! `read` takes the file's form apart, `apply` compares it with the catalogue, `known` is how the
//! checker looks things up in both.

mod apply;
mod condition_key;
mod error;
mod known;
mod read;
mod report;

pub use error::{AdditionsError, Mistake};
pub(crate) use known::{Catalogue, Found, KnownAction};
pub use report::{Addition, Change, Override, Subject};

use alloc::{string::String, vec, vec::Vec};

use crate::catalogue::{AccessLevel, ActionId, ConditionKey, KeyType};
use crate::text::json;
use crate::text::position::decode;

/// Name of the file, beside the `Cargo.toml` of the crate whose policies it is for.
pub const FILE_NAME: &str = "ram-catalogue.json";

/// What a crate knows better than the built-in catalogue.
///
/// The macros read `ram-catalogue.json` beside the crate's `Cargo.toml`; at run time a
/// [`Checker`](crate::Checker) takes the same text. The file changes what is checked, never what
/// is decided: an action that it adds is decided by its name, a wildcard covers an action that it
/// retires as before, and no document prints differently, but for the actions that `every` selects.
///
/// # Format
///
/// A JSON object with up to three members. Every entry has a `change` and a `reason`, which stands
/// in messages and in the [report](Additions::report).
///
/// ```text
/// {
///   "actions": {
///     "<code>:<Name>": { "change": "add" | "correct" | "retire",
///                        "access": <access level>, "resources": <resources>, "keys": [<key>, ...],
///                        "reason": "..." }
///   },
///   "resources": {
///     "<ARN template>": { "change": "add", "actions": ["<code>:<Name>", ...], "reason": "..." }
///     "<ARN template>": { "change": "correct", "template": "<ARN template>", "reason": "..." }
///     "<ARN template>": { "change": "retire", "reason": "..." }
///   },
///   "keys": {
///     "<code>:<Name>": { "change": "add" | "correct", "type": <type>, "reason": "..." }
///     "<code>:<Name>": { "change": "retire", "reason": "..." }
///   }
/// }
/// ```
///
/// | member | what |
/// | --- | --- |
/// | `access` | `create`, `delete`, `get`, `list`, `read`, `update` or `write`; `null`: not known |
/// | `resources` of an action | a list of ARN templates it can be limited to; `"*"`: All Resources, it cannot be limited; `null`: not known, any ARN passes |
/// | `keys` of an action | the condition keys that it fills beside the `acs:` keys and those of its service |
/// | `actions` of a template | the actions that take it beside what they have |
/// | `template` | what stands in the place of a template for all actions that take it |
/// | `type` | `String`, `Number`, `Date`, `Boolean`, `Ip` or `Unknown` |
///
/// A member that is left out of an added action is not known, one that is left out of a corrected
/// action stays as it is. An ARN template has placeholders as `{#instanceId}`. A key with a free
/// part is named by the part before it, as `ecs:tag/`. A service appears with the first action of
/// it that is added.
///
/// An entry that the built-in catalogue has caught up with is no mistake, so that a newer version
/// of this crate does not break a build; the report names it. What is added although the catalogue
/// has it by now keeps what the file says of it. Two mistakes a newer version can bring: a
/// correction of what the catalogue no longer has, and a retirement of what it no longer has under
/// a name that is near another, which may as well be a slip.
///
/// ```
/// use ram_policy::{Additions, Checker, Policy};
///
/// let additions = Additions::from_json(
///     r#"{
///   "actions": {
///     "ecs:BrandNewAction": {
///       "change": "add",
///       "resources": ["acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}"],
///       "reason": "announced 2026-11-02"
///     }
///   }
/// }"#,
/// )?;
/// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:BrandNewAction",
///     "Resource":"acs:ecs:*:*:instance/*"}]}"#;
/// assert!(Policy::from_json(text).is_err());
/// let checker = Checker::new().with_additions(additions);
/// assert!(Policy::from_json_with(text, &checker)?.findings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Additions {
    /// The file's entries in its order.
    report: Vec<Addition>,
    /// Actions of the catalogue that are other than it says, sorted by number.
    changed: Vec<LocalAction>,
    /// Actions that the catalogue does not have, sorted by code and name.
    added: Vec<LocalAction>,
    /// Keys that the file adds, corrects or retires.
    keys: Vec<LocalKey>,
}

impl Additions {
    /// No additions: the catalogue as it is.
    #[must_use]
    pub const fn new() -> Self {
        Self { report: Vec::new(), changed: Vec::new(), added: Vec::new(), keys: Vec::new() }
    }

    /// Reads the text of a `ram-catalogue.json`.
    ///
    /// ```
    /// use ram_policy::Additions;
    ///
    /// let error = Additions::from_json(
    ///     r#"{"actions": {"ecs:DescribeRegion": {"change": "retire", "reason": "gone"}}}"#,
    /// )
    /// .unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "1:14: the catalogue has no action `ecs:DescribeRegion` to retire, did you mean `ecs:DescribeRegions`?"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake of the file, with line and column: what is not JSON or not of the format, an
    /// entry without reason, a template that is not an ARN's, a correction of what the catalogue
    /// does not have, a name that is near another.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, AdditionsError> {
        let text = decode(text.as_ref())
            .map_err(|wrong| AdditionsError::outside(wrong.at, wrong.message))?;
        let mut mistakes = Vec::new();
        let additions = match json::read(text) {
            Ok(value) => apply::apply(read::read(&value, &mut mistakes), text, &mut mistakes),
            Err(error) => return Err(AdditionsError::new(text, vec![error])),
        };
        if mistakes.is_empty() { Ok(additions) } else { Err(AdditionsError::new(text, mistakes)) }
    }

    /// Whether nothing is added, corrected or retired.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.report.is_empty()
    }

    /// Each entry in the order of the file: what it overrides, and whether the built-in catalogue
    /// has caught up with it. Each prints as one line.
    ///
    /// ```
    /// use ram_policy::Additions;
    ///
    /// let additions = Additions::from_json(
    ///     r#"{
    ///   "actions": {
    ///     "ecs:StopInstance": { "change": "correct", "access": "get", "reason": "seen in a test" },
    ///     "ecs:StartInstance": { "change": "add", "reason": "was not there in 2025" }
    ///   }
    /// }"#,
    /// )?;
    /// let lines: Vec<String> = additions.report().iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     lines,
    ///     [
    ///         "3: correct action ecs:StopInstance: access update -> get (seen in a test)",
    ///         "4: add action ecs:StartInstance: the catalogue has caught up, remove the entry (was not there in 2025)",
    ///     ]
    /// );
    /// # Ok::<(), ram_policy::additions::AdditionsError>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> &[Addition] {
        &self.report
    }
}

/// An action as the file leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalAction {
    id: Option<ActionId>,
    /// Where an added action stands among the others, behind all numbers of the catalogue.
    place: u64,
    code: String,
    name: String,
    facts: Facts,
    /// Why it is retired, if it is.
    retired: Option<String>,
}

/// What is known of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    access: Option<AccessLevel>,
    resources: LocalResources,
    keys: Vec<String>,
}

/// The resources an action can be limited to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum LocalResources {
    Unknown,
    All,
    Templates(Vec<String>),
}

/// A condition key as the file leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LocalKey {
    name: String,
    value_type: KeyType,
    built_in: Option<&'static ConditionKey>,
    /// Why it is retired, if it is.
    retired: Option<String>,
}
