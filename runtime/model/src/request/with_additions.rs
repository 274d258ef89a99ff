//! Actions of requests that local additions add.

use crate::catalogue::additions::{Additions, Found};
use crate::request::{RequestAction, RequestError};

impl<'a> RequestAction<'a> {
    /// An action by its full name, if the catalogue has it or local additions add it.
    ///
    /// ```
    /// use ram_policy::{Additions, Request, RequestAction, RequestError};
    ///
    /// let additions = Additions::from_json(
    ///     r#"{"actions": {"ecs:BrandNewAction": {"change": "add", "reason": "announced"}}}"#,
    /// )?;
    /// let new = RequestAction::with_additions("ecs:BrandNewAction", &additions)?;
    /// let request = Request::new(new, "*")?;
    /// let misspelt = RequestAction::with_additions("ecs:BrandNewActon", &additions);
    /// assert_eq!(misspelt.err(), Some(RequestError::UnknownAction));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not `code:Name`, or neither has the action; one that the additions retire
    /// counts as unknown.
    pub fn with_additions(name: &'a str, additions: &Additions) -> Result<Self, RequestError> {
        let action = Self::unlisted(name)?;
        match additions.catalogue().find(name) {
            Found::Known(_) => Ok(action),
            Found::Retired(_) | Found::Unknown => Err(RequestError::UnknownAction),
        }
    }
}
