//! Condition values that are not plain text: numbers, dates, Booleans and IP addresses.
//!
//! Both sides of a comparison are read here, so that a policy and a request cannot disagree on
//! what a text means. What does not parse is an error, never a value.

mod address;
mod block;
#[cfg(feature = "alloc")]
mod block_text;
mod date;
#[cfg(feature = "alloc")]
mod meaning;
mod number;
mod value;

pub use address::read_address;
pub use block::Block;
pub use date::Date;
#[cfg(feature = "proofs")]
pub(crate) use meaning::text_matches;
#[cfg(feature = "alloc")]
pub use meaning::{Meaning, Operand, any_matches};
pub use number::Number;
pub use value::Value;

use core::net::IpAddr;
use core::str::FromStr;

use crate::terms::family::Family;

/// Why a text is not a value of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperandError {
    /// Not a decimal number.
    Number,
    /// Not an RFC 3339 date and time with a zone.
    Date,
    /// Neither `true` nor `false`.
    Boolean,
    /// Neither an IP address nor a CIDR block.
    Ip,
    /// An IPv4 address written as IPv6 (`::ffff:10.0.0.1`).
    MappedIp,
    /// A CIDR block whose length has a leading zero (`10.0.0.0/08`).
    BlockLength,
    /// An IPv6 address of one host's network (`fe80::1%eth0`).
    ZonedIp,
}

impl core::fmt::Display for OperandError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Number => {
                "not a decimal number of at most 18 digits before and after the point, as `42` or `-0.5`"
            }
            Self::Date => {
                "not an existing date and time with a zone, as `2026-11-22T17:00:00+08:00` or `2026-11-22T09:00:00Z`"
            }
            Self::Boolean => "neither `true` nor `false`",
            Self::Ip => "neither an IP address nor a CIDR block, as `10.0.0.1` or `10.0.0.0/8`",
            Self::MappedIp => "an IPv4 address written as IPv6, write it as IPv4",
            Self::BlockLength => "a CIDR block whose length has a leading zero, write it without",
            Self::ZonedIp => {
                "an IPv6 address with a zone, which only one host knows; write it without `%`"
            }
        })
    }
}

impl core::error::Error for OperandError {}

/// Reads `true` or `false`, ASCII case ignored.
///
/// # Errors
///
/// Any other text.
pub fn parse_boolean(text: &str) -> Result<bool, OperandError> {
    read_boolean(text.as_bytes()).ok_or(OperandError::Boolean)
}

/// Reads a Boolean, as [`parse_boolean`] does, also in a constant.
#[must_use]
pub const fn read_boolean(text: &[u8]) -> Option<bool> {
    match text {
        [b't' | b'T', b'r' | b'R', b'u' | b'U', b'e' | b'E'] => Some(true),
        [b'f' | b'F', b'a' | b'A', b'l' | b'L', b's' | b'S', b'e' | b'E'] => Some(false),
        _ => None,
    }
}

impl Family {
    /// Whether operators of the family compare with a value of a policy; also in a constant.
    #[must_use]
    pub const fn has_operand(self, text: &[u8]) -> bool {
        match self {
            Self::String => true,
            Self::Number => Number::read(text).is_some(),
            Self::Date => Date::read(text).is_some(),
            Self::Boolean => read_boolean(text).is_some(),
            Self::Ip => Block::read(text).is_some(),
        }
    }

    /// Whether operators of the family compare a value of a request; also in a constant.
    #[must_use]
    pub const fn has_value(self, text: &[u8]) -> bool {
        match self {
            Self::Ip => read_address(text).is_some(),
            Self::String | Self::Number | Self::Date | Self::Boolean => self.has_operand(text),
        }
    }
}

/// Reads an IP address.
///
/// # Errors
///
/// A text that is no address, an IPv4 address written as IPv6, and an address with a zone.
pub fn parse_address(text: &str) -> Result<IpAddr, OperandError> {
    let address = IpAddr::from_str(text).map_err(|_| without_zone(text))?;
    if address == address.to_canonical() { Ok(address) } else { Err(OperandError::MappedIp) }
}

/// What is wrong with a text that is no address.
fn without_zone(text: &str) -> OperandError {
    match text.split_once('%') {
        Some((address, _)) if IpAddr::from_str(address).is_ok_and(|found| found.is_ipv6()) => {
            OperandError::ZonedIp
        }
        _ => OperandError::Ip,
    }
}
