//! What stands before a policy of a resource: the kind of the resource, as `bucket;`.

use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};
use ram_policy_model::text::suggest;

use crate::place::Place;
use crate::tokens::Tokens;

/// The kind in one word, as `--kind` takes it.
#[must_use]
pub fn word_of(kind: ResourceKind) -> &'static str {
    PolicyKind::Resource(kind).rules().word
}

/// Reads the kind and the `;` behind it; a kind that is not there is reported.
pub fn read(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<ResourceKind> {
    let at = tokens.place();
    let words = ResourceKind::ALL.map(word_of);
    let Some(name) = tokens.peek_ident().map(ToString::to_string) else {
        let message = format!("a policy of a resource begins with its kind, as `{};`", words[0]);
        report.add(at, Rule::Grammar, message);
        return None;
    };
    let Some(kind) = ResourceKind::ALL.into_iter().find(|kind| word_of(*kind) == name) else {
        let near = suggest::nearest(&name, words.into_iter());
        let hint = match near.as_slice() {
            [] => format!("; there are `{}`", words.join("`, `")),
            near => suggest::did_you_mean(near),
        };
        let message = format!("`{name}` is no kind of resource{hint}");
        report.add(at, Rule::Grammar, message);
        return None;
    };
    tokens.skip();
    if tokens.take_sign(';').is_none() {
        tokens.expected("`;` after the kind of the resource", Rule::Grammar, report);
    }
    Some(kind)
}
