//! Reads and writes the policies of Alibaba Cloud RAM in the forms people keep them in: JSON,
//! Terraform, ROS templates, Markdown and Rust source. Every policy, and every finding about it, has
//! its place in the text.
//!
//! text → [`Reader`] → [`Embedded`] policies → [`Embedded::check`] → [`Checked`], with a document →
//! [`write()`] in another form. [`format()`] lays policies out where they are.
//!
//! ```
//! use ram_policy_forms::{Form, Lines, Reader};
//! use ram_policy_model::Checker;
//!
//! let text = "ROSTemplateFormatVersion: '2015-09-01'
//! Resources:
//!   Stop:
//!     Type: ALIYUN::RAM::ManagedPolicy
//!     Properties:
//!       PolicyDocument:
//!         Version: '1'
//!         Statement: [{Effect: Allow, Action: 'ecs:StopInstanc', Resource: '*'}]
//! ";
//! let contents = Reader::new(Form::of_text(text)).read(text);
//! let policy = contents.policies.into_iter().next().unwrap();
//! assert_eq!(policy.name, "Stop");
//! let checked = policy.check(None, &Checker::new());
//! let finding = &checked.findings[0];
//! assert!(finding.message.starts_with("unknown action `ecs:StopInstanc`"));
//! assert_eq!(Lines::new(text).position(finding.at.start).line, 8);
//! ```
//!
//! The types of trees, documents and rules are those of `ram-policy-model`, which may change with
//! every version.

mod check;
mod claims;
mod comments;
mod embedded;
mod form;
mod format;
mod holes;
mod place;
mod read;
mod selection;
mod walk;
mod write;

pub use check::{Checked, Finding};
pub use comments::comments;
pub use embedded::{Contents, Embedded, Kept, Language, Skipped, Tree, Typed, Unknown, Why};
pub use form::{Form, UnknownForm};
pub use format::{Edit, Format, Formatted, Left, format};
pub use place::{Lines, Places, Position};
pub use read::{Module, Reader};
pub use selection::selected;
pub use write::{Named, Target, Unwritable, Written, write};

/// YAML as the JSON tree it stands for.
pub mod yaml {
    pub use crate::read::yaml::read;
}

/// The example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
