//! Claims with the places of tokens, what is read with them, and where none can stand.

use proc_macro2::TokenStream;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim;
use ram_policy_model::source::syntax::Policy;

use crate::include::Included;
use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;

/// A claim; the path of a constant is kept as its tokens.
pub type Claim = claim::Claim<Place, TokenStream>;

/// What a policy keeps within.
pub type Boundary = claim::Boundary<Place, TokenStream>;

/// A policy and what it claims of itself.
#[derive(Debug)]
pub struct Read {
    /// The policy.
    pub policy: Policy<Place>,
    /// Its claims, in the order of the source.
    pub claims: Vec<Claim>,
    /// Where the statements of each include of the policy are.
    pub includes: Vec<Included>,
}

/// Reads a policy that stands in a claim; it is given, because a policy has claims in its turn.
pub type PolicyReader = fn(&mut Tokens, &Header, &mut Report<Place>) -> Option<Read>;

/// Reports claims where there can be none, and why.
pub fn refuse(claims: &[Claim], why: &str, report: &mut Report<Place>) {
    for claim in claims {
        report.add(claim.at, Rule::Grammar, format!("`{}` cannot be here: {why}", claim.word()));
    }
}

/// Reports includes where there can be none, and why.
pub fn refuse_includes(policy: &mut Policy<Place>, why: &str, report: &mut Report<Place>) {
    for include in policy.includes.drain(..) {
        report.add(include.name.at, Rule::Grammar, format!("`include` cannot be here: {why}"));
        policy.broken = true;
    }
}

/// Why a template has no claims.
pub const OF_TEMPLATE: &str =
    "what a template allows is known when it is bound; claim it of the bound policy in a test";

/// Why a trust policy has no claims.
pub const OF_TRUST: &str =
    "a claim is about requests, and a trust policy is about who may assume a role";

/// Why a policy of a resource has no claims.
pub const OF_RESOURCE: &str =
    "a claim does not say who asks; ask for the policy of one caller in a test";

/// Why a policy of a resource includes nothing.
pub const INCLUDE_IN_RESOURCE: &str =
    "what is included names no principal, and a policy of a resource says who may";

/// Why a trust policy includes nothing.
pub const INCLUDE_IN_TRUST: &str =
    "what is included has resources, and a trust policy is about the role it is kept with";

/// Why the permissions of a role include nothing.
pub const INCLUDE_IN_ROLE: &str = "the permissions of a service-linked role are those of its page";

/// Why a boundary includes nothing.
pub(super) const INCLUDE_IN_BOUNDARY: &str =
    "write `within` once more, with the path of the constant";

/// Why a boundary has no claims.
pub const OF_BOUNDARY: &str = "a boundary is compared with nothing";
