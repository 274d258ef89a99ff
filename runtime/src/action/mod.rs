//! Actions as enums, one a service, and [`Action`] over all of them.

mod lookup;

use alloc::boxed::Box;
use alloc::string::ToString;
use core::fmt;
use core::str::FromStr;

use ram_policy_model::catalogue::{self, AccessLevel, ActionId, ActionRow, Evidence, ResourceType};
use ram_policy_model::{RequestAction, RequestError};

/// Writes the enums' modules, what they have in common, and [`Action`].
macro_rules! services {
    ($($module:ident, $type:ident, $code:literal, $index:literal, $title:literal;)*) => {
        $(#[cfg(feature = $code)]
        #[rustfmt::skip]
        mod $module;

        #[cfg(feature = $code)]
        pub use $module::$type;

        #[cfg(feature = $code)]
        impl $type {
            /// The service's RAM code.
            pub const CODE: &'static str = $code;

            /// All actions of the service that the catalogue has, in the order of their names.
            pub fn all() -> impl ExactSizeIterator<Item = Self> {
                <Self as strum::VariantArray>::VARIANTS.iter().copied()
            }

            /// The number of the action, for [`Policy::grants`](crate::Policy::grants).
            #[must_use]
            pub const fn id(self) -> $crate::ActionId {
                $crate::action::ActionId::new($index, self as u16)
            }

            /// RAM's access level of the action, where a document gives one.
            #[must_use]
            pub fn access_level(self) -> Option<$crate::AccessLevel> {
                $crate::action::row(self.id())?.access()
            }

            /// How the action is known.
            #[must_use]
            pub fn evidence(self) -> $crate::Evidence {
                $crate::action::row(self.id()).map_or($crate::Evidence::Operation, |row| row.evidence())
            }

            /// The resource types the action can be limited to; empty when none is known.
            pub fn resource_types(self) -> impl Iterator<Item = &'static $crate::ResourceType> {
                $crate::action::row(self.id()).into_iter().flat_map(|row| row.resource_types())
            }

            /// Whether the action applies to all resources only (`Some(true)`), can be limited
            /// (`Some(false)`), or no document at hand says (`None`).
            #[must_use]
            pub fn applies_to_all_resources_only(self) -> Option<bool> {
                $crate::action::all_resources_only(self.id())
            }

            /// The service's own condition keys that the action's row names.
            pub fn condition_keys(self) -> impl Iterator<Item = &'static str> {
                $crate::action::row(self.id()).into_iter().flat_map(|row| row.condition_keys())
            }
        }

        /// Reads `code:Name`, ASCII case ignored as RAM does.
        #[cfg(feature = $code)]
        impl core::str::FromStr for $type {
            type Err = $crate::RequestError;

            fn from_str(name: &str) -> Result<Self, $crate::RequestError> {
                let id = $crate::action::find(name)?;
                let variant = <Self as strum::VariantArray>::VARIANTS.get(usize::from(id.row()));
                variant
                    .copied()
                    .filter(|_| id.service() == $index)
                    .ok_or($crate::RequestError::UnknownAction)
            }
        }

        #[cfg(feature = $code)]
        impl From<$type> for $crate::RequestAction<'_> {
            fn from(action: $type) -> Self {
                Self::listed(action.id(), $code)
            }
        }

        #[cfg(feature = $code)]
        impl From<$type> for Action {
            fn from(action: $type) -> Self {
                Self::$type(action)
            }
        })*

        /// The actions by the code of their service, for the paths that an editor is given.
        #[doc(hidden)]
        pub mod __editor {
            $(#[cfg(feature = $code)]
            #[doc = concat!("Actions of ", $title, ".")]
            pub mod $module {
                pub use crate::action::$type::*;
            })*
        }

        /// An action of any service.
        ///
        /// The services that are switched on have a variant each; every other well-formed name is
        /// [`Action::Other`].
        ///
        /// ```
        /// use ram_policy::{Action, Ecs};
        ///
        /// let action: Action = "ECS:stopinstance".parse()?;
        /// assert_eq!(action, Action::Ecs(Ecs::StopInstance));
        /// assert_eq!(action.to_string(), "ecs:StopInstance");
        /// assert!(!"ecs:StopInstanc".parse::<Action>()?.is_known());
        /// # Ok::<(), ram_policy::RequestError>(())
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Action {
            $(#[doc = $title]
            #[cfg(feature = $code)]
            $type($type),)*
            /// An action of a service that is switched off, or one the catalogue does not have.
            Other($crate::OtherAction),
        }

        impl Action {
            pub(super) fn from_id(id: $crate::action::ActionId) -> Option<Self> {
                let row = usize::from(id.row());
                match id.service() {
                    $(#[cfg(feature = $code)]
                    $index => <$type as strum::VariantArray>::VARIANTS.get(row).copied().map(Self::$type),)*
                    _ => {
                        let _ = row;
                        None
                    }
                }
            }

            pub(super) fn id(&self) -> Option<$crate::action::ActionId> {
                match self {
                    $(#[cfg(feature = $code)]
                    Self::$type(action) => Some(action.id()),)*
                    Self::Other(other) => other.id(),
                }
            }
        }

        /// `code:Name`.
        impl core::fmt::Display for Action {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $(#[cfg(feature = $code)]
                    Self::$type(action) => core::fmt::Display::fmt(action, f),)*
                    Self::Other(other) => core::fmt::Display::fmt(other, f),
                }
            }
        }

        impl<'a> TryFrom<&'a Action> for $crate::RequestAction<'a> {
            type Error = $crate::RequestError;

            fn try_from(action: &'a Action) -> Result<Self, $crate::RequestError> {
                match action {
                    $(#[cfg(feature = $code)]
                    Action::$type(action) => Ok($crate::RequestAction::from(*action)),)*
                    Action::Other(other) => other.request_action(),
                }
            }
        }
    };
}

mod generated;

pub use generated::*;

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

    /// How the action is known; `None` when the catalogue does not have it.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        Some(row(self.id()?)?.evidence())
    }

    /// The resource types the action can be limited to; empty when none is known.
    pub fn resource_types(&self) -> impl Iterator<Item = &'static ResourceType> {
        self.id().and_then(row).into_iter().flat_map(ActionRow::resource_types)
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
        RequestAction::unlisted(name).map(Self::from)
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
    fn listed(id: ActionId) -> Self {
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
    fn id(&self) -> Option<ActionId> {
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
                Some(row) => write!(f, "{}:{}", row.service().code, row.name()),
                // Unreachable: only the catalogue gives numbers.
                None => Err(fmt::Error),
            },
            Name::Unlisted(name) => f.write_str(name),
        }
    }
}

// Out of line, so that what calls these does not grow with the catalogue.

fn row(id: ActionId) -> Option<ActionRow> {
    catalogue::action(id)
}

fn find(name: &str) -> Result<ActionId, RequestError> {
    RequestAction::unlisted(name)?.id().ok_or(RequestError::UnknownAction)
}

fn all_resources_only(id: ActionId) -> Option<bool> {
    match row(id)?.resources() {
        catalogue::Resources::Unknown => None,
        catalogue::Resources::All => Some(true),
        catalogue::Resources::Types(_) => Some(false),
    }
}
