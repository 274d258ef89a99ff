//! Condition keys as typed constants, spelt as RAM spells them.
//!
//! ```
//! use ram_policy::key::{acs, ecs};
//! use ram_policy::{Ecs, Request};
//!
//! let request = Request::new(Ecs::StopInstance, "*")?
//!     .with(acs::SourceIp, [10, 0, 0, 1].into())
//!     .with(acs::MFAPresent, true)
//!     .with(ecs::tag.of("owner"), "zhangsan");
//! # Ok::<(), ram_policy::RequestError>(())
//! ```

mod generated;

pub use generated::*;
pub use ram_policy_model::request::key::{Key, KeyName, TagKey, Text, ValueType};
pub use ram_policy_model::terms::operand::{Date, Number};
