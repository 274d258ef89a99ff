//! Takes new data in: a package of the vendor's SDK, a pasted table, the portal's descriptions.

mod arn;
mod keys;
mod metadata;
mod pasted;
mod sdk;
mod service;
mod table;

pub use metadata::{import_metadata, list_products};
pub use sdk::import_sdk;
pub use service::About;
pub use table::add_table;
