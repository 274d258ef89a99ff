//! `include crate::policies::READ_ONLY;` and `include "policies/read-only.json";`.

use proc_macro2::TokenStream;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::Include;
use ram_policy_model::text::place::Text;

use crate::items::end_of_item;
use crate::next::Next;
use crate::path;
use crate::place::Place;
use crate::tokens::Tokens;

/// Where the statements of an `include` are.
#[derive(Debug, Clone)]
pub enum Included {
    /// In a constant, whose value only the compiler knows.
    Constant(TokenStream),
    /// In a JSON file.
    File(Text<Place>),
}

/// Reads what follows `include`; `before` is how many statements come before it. `None` when a mistake
/// has been reported.
pub(super) fn read(
    tokens: &mut Tokens,
    before: usize,
    others: &[Include<Place>],
    report: &mut Report<Place>,
) -> Option<(Include<Place>, Included)> {
    let start = tokens.place();
    let (name, included) = if let Some(path) = tokens.peek_text() {
        let path = Text::new(path, tokens.skip());
        (path.clone(), Included::File(path))
    } else {
        if tokens.peek_ident().is_none() && !tokens.peek_path_sign() && !tokens.peek_sign('$') {
            Next::Included.report(tokens, report);
            return None;
        }
        let path = path::read(tokens, report)?;
        let name = path.to_string().replace(' ', "");
        (Text::new(name, start.to(tokens.last())), Included::Constant(path))
    };
    end_of_item(tokens, report);
    if others.iter().any(|other| other.name.value == name.value) {
        let message =
            format!("`{}` is included already, its statements are put in once", name.value);
        report.add(name.at, Rule::Grammar, message);
        return None;
    }
    Some((Include { name, before }, included))
}
