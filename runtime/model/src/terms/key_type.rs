//! The types of condition keys.

/// Type of a condition key's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// Text.
    String,
    /// A decimal number.
    Number,
    /// An RFC 3339 date and time.
    Date,
    /// `true` or `false`.
    Boolean,
    /// An IP address.
    Ip,
    /// The documents do not print a type.
    Unknown,
}
