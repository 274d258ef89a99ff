//! Accounts: what is answered about them, beside trying every request.

mod folder;
mod made_up;
mod random;
