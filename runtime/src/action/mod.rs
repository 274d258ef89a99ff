//! Actions as enums, one a service, and [`Action`] over all of them.

#![allow(
    dead_code,
    unreachable_patterns,
    unused_imports,
    unused_macros,
    reason = "with no service switched on there is no enum to use these"
)]

mod lookup;

use alloc::boxed::Box;
use alloc::string::ToString;
use core::fmt;
use core::str::FromStr;

use ram_policy_model::catalogue::{self, AccessLevel, ActionId, ActionRow, Evidence, ResourceType};
use ram_policy_model::request::ListedAction;
use ram_policy_model::{RequestAction, RequestError};
use strum::VariantArray;

/// Writes what an enum of actions can do, most of it by calling what all share: with 200 enums,
/// each line here is compiled 200 times. Names come from the model's table, where derived code
/// would carry every one again.
macro_rules! actions {
    ($type:ident, $code:literal, $index:literal, $all:expr) => {
        impl $type {
            /// The service's RAM code.
            pub const CODE: &'static str = $code;

            /// All actions of the service that the catalogue has, in the order of their names.
            #[inline]
            pub fn all() -> impl ExactSizeIterator<Item = Self> {
                <Self as strum::VariantArray>::VARIANTS.iter().copied()
            }

            /// RAM's access level of the action, where a document gives one.
            #[inline]
            #[must_use]
            pub fn access_level(self) -> Option<$crate::AccessLevel> {
                $crate::action::access_level(self)
            }

            /// How the action is known.
            #[inline]
            #[must_use]
            pub fn evidence(self) -> $crate::Evidence {
                $crate::action::evidence(self)
            }

            /// The resource types the action can be limited to; empty when none is known.
            #[inline]
            pub fn resource_types(self) -> impl Iterator<Item = &'static $crate::ResourceType> {
                $crate::action::resource_types(self)
            }

            /// Whether the action applies to all resources only (`Some(true)`), can be limited
            /// (`Some(false)`), or no document at hand says (`None`).
            #[inline]
            #[must_use]
            pub fn applies_to_all_resources_only(self) -> Option<bool> {
                $crate::action::all_resources_only(self)
            }

            /// The service's own condition keys that the action's row names.
            #[inline]
            pub fn condition_keys(self) -> impl Iterator<Item = &'static str> {
                $crate::action::condition_keys(self)
            }

            /// The number of the action, for [`Policy::grants`](crate::Policy::grants).
            #[inline]
            #[must_use]
            pub const fn id(self) -> $crate::ActionId {
                $crate::ActionId::new($index, self as u16)
            }

            /// The other actions a caller of this one needs, as `kms:Decrypt`.
            #[inline]
            pub fn dependents(self) -> impl Iterator<Item = &'static str> {
                $crate::action::dependents(self)
            }
        }

        // Derived code would have a function of its own to check fields that are not there.
        impl Eq for $type {}

        impl $crate::action::ListedAction for $type {
            const CODE: &'static str = $code;

            #[inline]
            fn id(self) -> $crate::action::ActionId {
                self.id()
            }
        }

        impl $crate::action::TypedAction for $type {
            #[inline]
            fn into_action(self) -> $crate::Action {
                $crate::Action::$type(self)
            }
        }

        impl strum::VariantArray for $type {
            const VARIANTS: &'static [Self] = $all;
        }

        impl strum::EnumCount for $type {
            const COUNT: usize = <Self as strum::VariantArray>::VARIANTS.len();
        }

        impl strum::IntoEnumIterator for $type {
            type Iterator = core::iter::Copied<core::slice::Iter<'static, Self>>;

            #[inline]
            fn iter() -> Self::Iterator {
                <Self as strum::VariantArray>::VARIANTS.iter().copied()
            }
        }

        /// The action's own name, as `StopInstance`.
        impl core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str($crate::action::name(*self))
            }
        }

        /// `code:Name`.
        impl core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad($crate::action::full_name(*self))
            }
        }

        /// `code:Name`.
        impl From<$type> for &'static str {
            #[inline]
            fn from(action: $type) -> Self {
                $crate::action::full_name(action)
            }
        }

        /// Reads `code:Name`, ASCII case ignored as RAM does.
        impl core::str::FromStr for $type {
            type Err = $crate::RequestError;

            #[inline]
            fn from_str(name: &str) -> Result<Self, $crate::RequestError> {
                $crate::action::read(name, $index)
            }
        }
    };
}

use actions;

/// Writes the enums' modules and [`Action`] over all of them.
macro_rules! services {
    ($($module:ident, $type:ident, $code:literal, $index:literal, $title:literal;)*) => {
        $(#[cfg(feature = $code)]
        #[rustfmt::skip]
        mod $module;

        #[cfg(feature = $code)]
        pub use $module::$type;)*

        /// The actions by the code of their service, for the paths that an editor is given.
        #[doc(hidden)]
        pub mod __editor {
            $(#[cfg(feature = $code)]
            pub use crate::action::$type as $module;)*
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
        #[non_exhaustive]
        pub enum Action {
            $(#[doc = $title]
            #[cfg(feature = $code)]
            $type($type),)*
            /// An action of a service that is switched off, or one the catalogue does not have.
            Other($crate::OtherAction),
        }

        // By hand, because derived code would call the code of every enum.
        impl Clone for Action {
            fn clone(&self) -> Self {
                match self {
                    $(#[cfg(feature = $code)]
                    Self::$type(action) => Self::$type(*action),)*
                    Self::Other(other) => Self::Other(other.clone()),
                }
            }
        }

        impl Action {
            pub(super) fn from_id(id: $crate::action::ActionId) -> Option<Self> {
                let row = usize::from(id.row());
                match id.service() {
                    $(#[cfg(feature = $code)]
                    $index => {
                        let all = <$type as strum::VariantArray>::VARIANTS;
                        let action = all.get(row)?;
                        Some(Self::$type(*action))
                    })*
                    _ => {
                        let _ = row;
                        None
                    }
                }
            }

            pub(super) fn id(&self) -> Option<$crate::action::ActionId> {
                match self {
                    $(#[cfg(feature = $code)]
                    Self::$type(action) => Some($crate::action::ActionId::new($index, *action as u16)),)*
                    Self::Other(other) => other.id(),
                }
            }
        }
    };
}

/// Exports the enums from where it stands.
macro_rules! export {
    ($($module:ident, $type:ident, $code:literal, $index:literal, $title:literal;)*) => {
        $(#[cfg(feature = $code)]
        pub use $crate::action::$type;)*
    };
}

mod generated;

pub use generated::*;
pub(crate) use {export, generated::every_service};

/// An enum of actions of one service.
trait TypedAction: ListedAction {
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
        match self {
            Self::Other(other) => other.hash(state),
            _ => self.id().hash(state),
        }
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
                Some(row) => f.write_str(row.full_name()),
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

fn rows(action: impl ListedAction) -> core::option::IntoIter<ActionRow> {
    row(action.id()).into_iter()
}

fn name(action: impl ListedAction) -> &'static str {
    row(action.id()).map_or("", ActionRow::name)
}

fn full_name(action: impl ListedAction) -> &'static str {
    row(action.id()).map_or("", ActionRow::full_name)
}

fn access_level(action: impl ListedAction) -> Option<AccessLevel> {
    row(action.id())?.access()
}

fn evidence(action: impl ListedAction) -> Evidence {
    row(action.id()).map_or(Evidence::Operation, ActionRow::evidence)
}

fn resource_types(action: impl ListedAction) -> impl Iterator<Item = &'static ResourceType> {
    rows(action).flat_map(ActionRow::resource_types)
}

fn condition_keys(action: impl ListedAction) -> impl Iterator<Item = &'static str> {
    rows(action).flat_map(ActionRow::condition_keys)
}

fn dependents(action: impl ListedAction) -> impl Iterator<Item = &'static str> {
    rows(action).flat_map(ActionRow::dependents)
}

fn all_resources_only(action: impl ListedAction) -> Option<bool> {
    match row(action.id())?.resources() {
        catalogue::Resources::Unknown => None,
        catalogue::Resources::All => Some(true),
        catalogue::Resources::Types(_) => Some(false),
    }
}

fn read<T: VariantArray + Copy>(name: &str, service: u16) -> Result<T, RequestError> {
    let id = RequestAction::unlisted(name)?.id().filter(|id| id.service() == service);
    let variant = id.and_then(|id| T::VARIANTS.get(usize::from(id.row())));
    variant.copied().ok_or(RequestError::UnknownAction)
}
