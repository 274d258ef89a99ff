//! Where a reader of a text stands: which characters may come next, and which field it reads.
//!
//! The texts are the actions, resources and values that a request can have; see
//! [`RequestAction::unlisted`](crate::RequestAction::unlisted) and
//! [`Fields::check`](crate::terms::arn::Fields::check).

use crate::terms::characters::{is_of_action, is_of_code};

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Before the first character of an action's code.
    CodeStart,
    /// In the code.
    Code,
    /// Before the first character of an action's name.
    NameStart,
    /// In the name.
    Name,
    /// Before the first character of an ARN's service; `acs:` is left out.
    ServiceStart,
    /// In the service.
    Service,
    /// In the region, which may be empty.
    Region,
    /// Before the first character of the account.
    AccountStart,
    /// In an account of digits.
    Account,
    /// Behind that many characters of the account `system`.
    System(u8),
    /// Before the first character of the relative id.
    RelativeStart,
    /// In the relative id.
    Relative,
    /// In a condition value.
    Value,
}

/// Where a character leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    /// The place behind the character.
    pub(super) place: Place,
    /// Whether the character is the colon between two fields.
    pub(super) ends_field: bool,
}

/// The account of Alibaba Cloud's own resources.
const SYSTEM: &str = "system";

const CODE: &str = "xyzwvabcdefghijklmnopqrstu0123456789-*?";
const DIGITS: &str = "1234567890*?";
/// Letters of an action's code, which are those that the service of an ARN has.
const ACTION_CODE: &str = "xyzwvabcdefghijklmnopqrstu0123456789-";
const TEXT: &str = "xyzwvabcdefghijklmnopqrstuXYZWVABCDEFGHIJKLMNOPQRSTU0123456789-_/";

impl Place {
    /// Where this character leads; `None` where it may not stand.
    pub(super) fn step(self, character: char) -> Option<Next> {
        let stay = |place, ends_field| Some(Next { place, ends_field });
        let is = |of: fn(u8) -> bool| u8::try_from(character).is_ok_and(of);
        let is_wild = matches!(character, '*' | '?');
        match self {
            Self::Code if character == ':' => stay(Self::NameStart, true),
            Self::CodeStart | Self::Code if is(is_of_code) => stay(Self::Code, false),
            Self::NameStart | Self::Name if is(is_of_action) => stay(Self::Name, false),
            Self::Service if character == ':' => stay(Self::Region, true),
            Self::ServiceStart | Self::Service if is_wild || is(is_of_code) => {
                stay(Self::Service, false)
            }
            Self::Region if character == ':' => stay(Self::AccountStart, true),
            Self::Region if is_wild || is(is_of_code) => stay(Self::Region, false),
            Self::Account if character == ':' => stay(Self::RelativeStart, true),
            Self::AccountStart | Self::Account if is_wild || character.is_ascii_digit() => {
                stay(Self::Account, false)
            }
            Self::AccountStart | Self::System(_) => {
                let read = self.read_of_system();
                match SYSTEM.chars().nth(usize::from(read)) {
                    Some(next) if next == character => stay(Self::System(read + 1), false),
                    None if character == ':' => stay(Self::RelativeStart, true),
                    _ => None,
                }
            }
            Self::RelativeStart | Self::Relative if !character.is_control() => {
                stay(Self::Relative, false)
            }
            Self::Value => stay(Self::Value, false),
            Self::CodeStart
            | Self::Code
            | Self::NameStart
            | Self::Name
            | Self::ServiceStart
            | Self::Service
            | Self::Region
            | Self::Account
            | Self::RelativeStart
            | Self::Relative => None,
        }
    }

    const fn read_of_system(self) -> u8 {
        if let Self::System(read) = self { read } else { 0 }
    }

    /// Whether the text may end here.
    pub(super) const fn may_end(self) -> bool {
        matches!(self, Self::Name | Self::Relative | Self::Value)
    }

    /// The field that is read here.
    pub(super) const fn field(self) -> usize {
        match self {
            Self::CodeStart | Self::Code | Self::ServiceStart | Self::Service | Self::Value => 0,
            Self::NameStart | Self::Name | Self::Region => 1,
            Self::AccountStart | Self::Account | Self::System(_) => 2,
            Self::RelativeStart | Self::Relative => 3,
        }
    }

    /// The characters that lead to places of their own, whatever patterns ask for.
    pub(super) fn particular(self) -> impl Iterator<Item = char> {
        let is_system = matches!(self, Self::AccountStart | Self::System(_));
        let system = SYSTEM.chars().nth(usize::from(self.read_of_system())).filter(|_| is_system);
        let colon = self.step(':').filter(|next| next.ends_field).map(|_| ':');
        colon.into_iter().chain(system)
    }

    /// The characters that may stand here, those that look most ordinary first. Without end where
    /// any character may stand.
    pub(super) fn ordinary(self) -> impl Iterator<Item = char> {
        let (letters, any) = match self {
            Self::CodeStart | Self::Code => (ACTION_CODE, false),
            Self::NameStart | Self::Name => (TEXT, false),
            Self::ServiceStart | Self::Service | Self::Region => (CODE, false),
            Self::AccountStart | Self::Account => (DIGITS, false),
            Self::System(_) => ("", false),
            Self::RelativeStart | Self::Relative | Self::Value => (TEXT, true),
        };
        // Behind the control characters of Latin-1; nearly all of these are printed.
        let others = any.then_some('\u{a1}'..=char::MAX);
        letters.chars().chain(others.into_iter().flatten())
    }
}
