//! Claims: what a policy says of itself in the source. A claim is no part of the document.

use alloc::vec::Vec;

use crate::report::level::Levels;
use crate::source::selection::Selection;
use crate::source::syntax::Policy;
use crate::text::place::Text;

/// A claim. `L` is a place, `C` what a front end keeps of the path of a constant.
#[derive(Debug, Clone)]
pub struct Claim<L, C> {
    /// Its place.
    pub at: L,
    /// What it says.
    pub kind: ClaimKind<L, C>,
}

impl<L, C> Claim<L, C> {
    /// The word it begins with.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.kind {
            ClaimKind::Decides { allows: true, .. } => "allows",
            ClaimKind::Decides { allows: false, .. } => "denies",
            ClaimKind::Never(_) => "never",
            ClaimKind::Within(_) => "within",
        }
    }
}

/// What a claim says.
#[derive(Debug, Clone)]
pub enum ClaimKind<L, C> {
    /// The policy allows these requests, or denies them.
    Decides {
        /// Whether it allows them.
        allows: bool,
        /// The requests.
        asked: Asked<L>,
    },
    /// The policy allows nothing that this document of one denial denies.
    Never(Policy<L>),
    /// The policy allows only what its boundary allows.
    Within(Boundary<L, C>),
}

/// What a policy keeps within.
#[derive(Debug, Clone)]
pub enum Boundary<L, C> {
    /// A policy that stands in the claim, with the levels its attributes set.
    Inline(Policy<L>, Levels),
    /// A file, by its path.
    File(Text<L>),
    /// A ready-made guardrail, by its name.
    Guardrail {
        /// The name, as `read_only`.
        name: Text<L>,
        /// What it is given.
        arguments: Vec<Text<L>>,
    },
    /// The path of a constant.
    Constant(C),
}

/// Requests that differ in their action only.
#[derive(Debug, Clone)]
pub struct Asked<L> {
    /// The actions, each as `ecs:StopInstance`.
    pub actions: Vec<Text<L>>,
    /// What chooses more of them.
    pub selections: Vec<Selection<L>>,
    /// Actions the author vouches for.
    pub unlisted: Vec<Text<L>>,
    /// An ARN or `*`.
    pub resource: Text<L>,
    /// Condition keys with their values.
    pub given: Vec<Given<L>>,
}

/// A condition key of a request with its values.
#[derive(Debug, Clone)]
pub struct Given<L> {
    /// The key.
    pub key: Text<L>,
    /// The values.
    pub values: Vec<Text<L>>,
}
