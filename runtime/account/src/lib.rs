//! Who can do what in an account of Alibaba Cloud, proved.
//!
//! An [`Account`] has users, groups, roles and the policies attached to them, as
//! [`Account::from_folder`] reads them from what the vendor's command line prints, and
//! [`Account::from_terraform`] from a plan or a state. Questions about it are answered by proof, not by
//! trying requests:
//!
//! - [`Account::who_can`]: which principals may do an action,
//! - [`Account::can`]: what a principal may do, as one policy,
//! - [`Account::reach`]: whom a principal can become, and whether it can make itself administrator,
//! - [`Account::external`]: which roles trust somebody outside the account,
//! - [`Account::map`]: who can become whom, of everybody at once,
//! - [`Account::unused`] and [`Account::least`]: what principals do not use of their policies, and the
//!   least that they need, by a log,
//! - [`Account::check`]: whether what you expect of the account holds.
//!
//! ```
//! use ram_policy::policy;
//! use ram_policy_account::{Account, Attach, PolicyName, Question};
//!
//! let mut account = Account::new("1234567890123456");
//! account.without_control_policies();
//! let stop = PolicyName::custom("stop");
//! account.add_policy(stop.clone(), policy! { allow ecs::StopInstance on *; });
//! account.user("alice").attach(stop);
//! account.user("bob");
//!
//! let found = account.who_can(&Question::new("ecs:StopInstance")?);
//! let can: Vec<_> = found.iter().filter(|one| one.answer.is_yes()).map(|one| one.principal.to_string()).collect();
//! assert_eq!(can, ["root", "user/alice"]);
//! # Ok::<(), ram_policy_account::QuestionError>(())
//! ```
//!
//! # What is not known
//!
//! A policy that is attached but not among the files may allow or deny anything. So may the part of a
//! policy that nobody could read, and control policies that were not exported. An [`Answer`] is
//! [`Answer::Unknown`] where it depends on such a hole, and names it. It is `Yes` or `No` only where
//! it is the same whatever the holes turn out to be.
//!
//! # What is left out
//!
//! Access control lists of OSS are no part of an account. Policies of endpoints and access points narrow
//! requests that come through them, and no answer is about such requests alone.

mod account;
mod ask;
mod can;
mod diff;
mod expect;
mod external;
mod kept;
mod paths;
mod principal;
mod question;
mod read;
mod usage;
mod who_can;

pub use account::{
    Account, Attach, Attachment, Group, Hole, PolicyName, PolicyOrigin, Role, Scope, User,
};
pub use ask::{Answer, Grant, Unsure};
pub use can::{Effective, EffectiveError};
pub use expect::{Broken, Expectation};
pub use external::{External, Opened};
pub use paths::{Becomes, Map, Reach, Reached, Step, StepKind, Taken, steps};
pub use principal::{Principal, PrincipalError};
pub use question::{Question, QuestionError};
pub use read::{Extent, FolderError, TerraformError};
pub use usage::{ByPrincipal, Least, PolicyUsage, PrincipalUsage};
pub use who_can::WhoCan;

/// The example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
