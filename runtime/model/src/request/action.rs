//! The action of a request.

use core::fmt;

use super::RequestError;
use crate::catalogue::{self, ActionId};
use crate::terms::characters::{is_action, is_code_in_any_case};

/// The action of a request.
///
/// A typed action (`Ecs::StopInstance`) and a name the catalogue has (`"ecs:StopInstance"`)
/// convert to it; a name the catalogue does not have must be marked with
/// [`RequestAction::unlisted`].
#[derive(Debug, Clone, Copy)]
pub struct RequestAction<'a> {
    id: Option<ActionId>,
    code: &'a str,
    name: &'a str,
}

impl<'a> RequestAction<'a> {
    /// An action of the catalogue; the enums of actions use this.
    #[doc(hidden)]
    #[must_use]
    pub const fn listed(id: ActionId, code: &'a str) -> Self {
        Self { id: Some(id), code, name: "" }
    }

    /// An action the catalogue need not have, by its full name as `code:Name`.
    ///
    /// ```
    /// use ram_policy::{Request, RequestAction};
    ///
    /// let new = RequestAction::unlisted("bss:BrandNewAction")?;
    /// let request = Request::new(new, "*")?;
    /// // RAM ignores the case of both parts.
    /// assert_eq!(RequestAction::unlisted("SLS:BrandNewAction")?.code(), "sls");
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not `code:Name`, whose code has letters, digits and `-`. A code with capitals that
    /// the catalogue does not have: nothing is allocated here to spell it as an ARN does, which
    /// `OwnedRequest` does.
    pub fn unlisted(name: &'a str) -> Result<Self, RequestError> {
        // Nearly every action is one of the catalogue, whose names are well-formed.
        if let Some(row) = catalogue::find_action(name) {
            return Ok(Self::listed(row.id(), row.service().table().code));
        }
        let (code, action) = name.split_once(':').ok_or(RequestError::MalformedAction)?;
        if !is_code_in_any_case(code) || !is_action(action) {
            return Err(RequestError::MalformedAction);
        }
        // The code is that of the ARN of the whole service too, where case counts: a capital must not
        // hide the service from a `Deny`.
        let code = if code.bytes().any(|byte| byte.is_ascii_uppercase()) {
            catalogue::spelling_of_code(code).ok_or(RequestError::UnknownCode)?
        } else {
            code
        };
        Ok(Self { id: None, code, name: action })
    }

    /// The action's number, if the catalogue has it.
    #[inline]
    #[must_use]
    pub const fn id(self) -> Option<ActionId> {
        self.id
    }

    /// The part before the colon.
    #[inline]
    #[must_use]
    pub const fn code(self) -> &'a str {
        self.code
    }

    /// The part after the colon.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self.id.and_then(catalogue::action) {
            Some(action) => action.name(),
            None => self.name,
        }
    }
}

/// `code:Name`.
impl fmt::Display for RequestAction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.code, self.name())
    }
}

/// What an enum of actions tells the model. One conversion for all of them, because the compiler
/// compares every two conversions into one type.
#[doc(hidden)]
pub trait ListedAction: Copy {
    /// The service's RAM code.
    const CODE: &'static str;

    /// The action's number.
    fn id(self) -> ActionId;
}

impl<T: ListedAction> From<T> for RequestAction<'_> {
    fn from(action: T) -> Self {
        Self::listed(action.id(), T::CODE)
    }
}

impl<'a> TryFrom<&'a str> for RequestAction<'a> {
    type Error = RequestError;

    fn try_from(name: &'a str) -> Result<Self, RequestError> {
        let action = Self::unlisted(name)?;
        if action.id.is_some() { Ok(action) } else { Err(RequestError::UnknownAction) }
    }
}
