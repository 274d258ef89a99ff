//! Files of the model that the generator compiles too: it cannot depend on the model, because it
//! writes the tables without which there is none.

#![allow(dead_code, unreachable_pub, reason = "the model has more uses for them")]

#[path = "../../model/src/terms/arn.rs"]
pub(crate) mod arn;
#[path = "../../model/src/terms/characters.rs"]
pub(crate) mod characters;
#[path = "../../model/src/terms/family.rs"]
pub(crate) mod family;
#[path = "../../model/src/catalogue/name_hash.rs"]
pub(crate) mod name_hash;
#[path = "../../model/src/terms/template.rs"]
pub(crate) mod template;
