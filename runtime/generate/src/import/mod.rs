//! Takes new data in: a package of the vendor's SDK, a pasted table.

mod pasted;
mod sdk;
mod service;
mod table;

pub use sdk::import_sdk;
pub use service::About;
pub use table::add_table;
