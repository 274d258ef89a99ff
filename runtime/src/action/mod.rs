//! Actions as enums, one a service, and `Action` over all of them.

#![allow(
    dead_code,
    unreachable_patterns,
    unused_imports,
    unused_macros,
    reason = "with no service switched on there is no enum to use these"
)]

#[cfg(feature = "alloc")]
mod any;
#[cfg(feature = "alloc")]
mod lookup;

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

        #[cfg(feature = "alloc")]
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
        #[cfg(feature = "alloc")]
        #[non_exhaustive]
        pub enum Action {
            $(#[doc = $title]
            #[cfg(feature = $code)]
            $type($type),)*
            /// An action of a service that is switched off, or one the catalogue does not have.
            Other($crate::OtherAction),
        }

        // By hand, because derived code would call the code of every enum.
        #[cfg(feature = "alloc")]
        impl Clone for Action {
            fn clone(&self) -> Self {
                match self {
                    $(#[cfg(feature = $code)]
                    Self::$type(action) => Self::$type(*action),)*
                    Self::Other(other) => Self::Other(other.clone()),
                }
            }
        }

        #[cfg(feature = "alloc")]
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

#[cfg(feature = "alloc")]
pub use any::OtherAction;
#[cfg(feature = "alloc")]
use any::TypedAction;
pub use generated::*;
pub(crate) use {export, generated::every_service};

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
