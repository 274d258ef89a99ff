//! The words of RAM's language, and what each means. Imports `text`.

pub mod arn;
pub mod caller;
pub mod characters;
#[cfg(feature = "alloc")]
pub mod cover;
pub mod decision;
pub mod effect;
pub mod family;
pub mod glob;
pub mod kind;
pub mod layout;
pub mod operand;
pub mod operator;
#[cfg(feature = "alloc")]
pub mod overlap;
#[cfg(feature = "alloc")]
pub mod pattern;
#[cfg(feature = "alloc")]
pub mod placeholder;
pub mod principal;
#[cfg(feature = "alloc")]
pub mod template;
