//! Resources: `*` and ARNs in double quotes.

use proc_macro2::Delimiter;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::Values;
use ram_policy_model::terms::layout::Shape;
use ram_policy_model::text::place::Text;

use crate::input::Header;
use crate::items::{at_clause, print_parameters, skip_entry};
use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;

/// Reads what follows `on`.
pub(super) fn read(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Values<Place>> {
    let at = tokens.last();
    let mut items = Vec::new();
    let (shape, good) = match tokens.take_group(Delimiter::Bracket) {
        Some(group) => (Shape::Many, list(&mut Tokens::inside(&group), header, &mut items, report)),
        None => {
            let good = list(tokens, header, &mut items, report);
            (Shape::of(items.len()), good)
        }
    };
    if items.is_empty() {
        if good {
            report.add(at, Rule::EmptyList, "`on` names no resource, say `on *` if all are meant");
        }
        return None;
    }
    Some(Values { at, shape, items })
}

/// Whether nothing was wrong.
fn list(
    tokens: &mut Tokens,
    header: &Header,
    items: &mut Vec<Text<Place>>,
    report: &mut Report<Place>,
) -> bool {
    let mut good = true;
    while !at_clause(tokens) {
        if let Some(star) = tokens.take_sign('*') {
            items.push(Text::new("*".into(), star));
        } else if let Some(text) = tokens.peek_text() {
            items.push(Text::new(print_parameters(text, header), tokens.skip()));
        } else {
            Next::Resource.report(tokens, report);
            skip_entry(tokens);
            good = false;
        }
        if at_clause(tokens) {
            break;
        }
        if tokens.take_sign(',').is_none() {
            Next::AfterResource.report(tokens, report);
            skip_entry(tokens);
            tokens.take_sign(',');
            good = false;
        }
    }
    good
}
