//! An action of any service.

use alloc::boxed::Box;
use alloc::string::ToString;
use core::fmt;
use core::str::FromStr;

use ram_policy_model::catalogue::{
    self, Access, AccessLevel, ActionId, ActionRow, Evidence, ResourceType,
};
use ram_policy_model::request::ListedAction;
use ram_policy_model::{RequestAction, RequestError};

use super::{Action, row};

/// An enum of actions of one service.
pub(super) trait TypedAction: ListedAction {
    /// The action among those of all services.
    fn into_action(self) -> Action;
}

impl<T: TypedAction> From<T> for Action {
    fn from(action: T) -> Self {
        action.into_action()
    }
}

impl<'a> TryFrom<&'a Action> for RequestAction<'a> {
    type Error = RequestError;

    fn try_from(action: &'a Action) -> Result<Self, RequestError> {
        match (action, action.id()) {
            (Action::Other(other), _) => other.request_action(),
            (_, Some(id)) => Ok(Self::listed(
                id,
                catalogue::service(id.service()).map_or("", |one| one.table().code),
            )),
            (_, None) => Err(RequestError::UnknownAction),
        }
    }
}

/// An action that has an enum is never [`Action::Other`], so its number says all.
impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Other(one), Self::Other(another)) => one == another,
            (Self::Other(_), _) | (_, Self::Other(_)) => false,
            _ => self.id() == other.id(),
        }
    }
}

impl Eq for Action {}

impl core::hash::Hash for Action {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        if let Self::Other(other) = self { other.hash(state) } else { self.id().hash(state) }
    }
}

/// As `Ecs(StopInstance)`.
impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.id().and_then(row)) {
            (Self::Other(other), _) => f.debug_tuple("Other").field(other).finish(),
            (_, Some(row)) => f
                .debug_tuple(row.service().table().type_name)
                .field(&format_args!("{}", row.name()))
                .finish(),
            (_, None) => Err(fmt::Error),
        }
    }
}

/// `code:Name`.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.id().and_then(row)) {
            (Self::Other(other), _) => fmt::Display::fmt(other, f),
            (_, row) => f.pad(row.map_or("", ActionRow::full_name)),
        }
    }
}

impl Action {
    /// Whether the catalogue has the action, in whatever service.
    ///
    /// ```
    /// use ram_policy::Action;
    ///
    /// assert!("rds:DescribeDBInstances".parse::<Action>()?.is_known());
    /// assert!(!"rds:DescribeDbInstance".parse::<Action>()?.is_known());
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.id().is_some()
    }

    /// RAM's access level of the action, where a document gives one.
    ///
    /// ```
    /// use ram_policy::{AccessLevel, Action, Ecs};
    ///
    /// assert_eq!(Action::Ecs(Ecs::StopInstance).access_level(), Some(AccessLevel::Update));
    /// ```
    #[must_use]
    pub fn access_level(&self) -> Option<AccessLevel> {
        row(self.id()?)?.access()
    }

    /// The access level of the action, where a document gives one or the verb of its name says
    /// enough, and which of the two it is.
    ///
    /// ```
    /// use ram_policy::{Access, AccessLevel, Action, Certainty};
    ///
    /// let query: Action = "mse:QueryConfig".parse()?;
    /// assert_eq!(query.access_level(), None);
    /// let inferred = Access { level: AccessLevel::Read, certainty: Certainty::Inferred };
    /// assert_eq!(query.likely_access(), Some(inferred));
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn likely_access(&self) -> Option<Access> {
        row(self.id()?)?.likely_access()
    }

    /// How the action is known; `None` when the catalogue does not have it.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        Some(row(self.id()?)?.evidence())
    }

    /// The resource types the action can be limited to; empty when none is known.
    pub fn resource_types(&self) -> impl Iterator<Item = &'static ResourceType> {
        self.id().and_then(row).into_iter().flat_map(ActionRow::resource_types)
    }

    /// The other actions a caller of this one needs, as `kms:Decrypt`.
    pub fn dependents(&self) -> impl Iterator<Item = &'static str> {
        self.id().and_then(row).into_iter().flat_map(ActionRow::dependents)
    }

    /// The service's own condition keys that the action's row names.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static str> {
        self.id().and_then(row).into_iter().flat_map(ActionRow::condition_keys)
    }
}

/// Reads `code:Name`, ASCII case ignored as RAM does.
impl FromStr for Action {
    type Err = RequestError;

    /// # Errors
    ///
    /// The text is not `code:Name`.
    fn from_str(name: &str) -> Result<Self, RequestError> {
        let known = catalogue::find_action(name);
        known.map_or_else(
            || RequestAction::unlisted(name).map(Self::from),
            |row| Ok(Self::listed(row.id())),
        )
    }
}

/// The action of a request; a typed one where its service is switched on.
impl From<RequestAction<'_>> for Action {
    fn from(action: RequestAction<'_>) -> Self {
        match action.id() {
            Some(id) => Self::listed(id),
            None => Self::Other(OtherAction(Name::Unlisted(action.to_string().into()))),
        }
    }
}

impl Action {
    /// An action of the catalogue.
    pub(super) fn listed(id: ActionId) -> Self {
        Self::from_id(id).unwrap_or(Self::Other(OtherAction(Name::Listed(id))))
    }
}

/// A well-formed action that has no enum: its service is switched off, or the catalogue does not
/// have it. It is made by parsing or finding an [`Action`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OtherAction(Name);

/// How the action is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    /// By its number in the catalogue.
    Listed(ActionId),
    /// By its text, as `code:Name`.
    Unlisted(Box<str>),
}

impl OtherAction {
    pub(super) fn id(&self) -> Option<ActionId> {
        match self.0 {
            Name::Listed(id) => Some(id),
            Name::Unlisted(_) => None,
        }
    }

    fn request_action(&self) -> Result<RequestAction<'_>, RequestError> {
        match &self.0 {
            Name::Listed(id) => {
                let row = row(*id).ok_or(RequestError::UnknownAction)?;
                Ok(RequestAction::listed(*id, row.service().table().code))
            }
            Name::Unlisted(name) => RequestAction::unlisted(name),
        }
    }
}

/// `code:Name`, in the catalogue's spelling if it has the action.
impl fmt::Display for OtherAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Name::Listed(id) => match row(*id) {
                Some(row) => f.write_str(row.full_name()),
                // Unreachable: only the catalogue gives numbers.
                None => Err(fmt::Error),
            },
            Name::Unlisted(name) => f.write_str(name),
        }
    }
}
