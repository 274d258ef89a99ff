//! Selections: `every read of ecs`, `every action taking vpc::VPC`.

use ram_policy_model::catalogue::AccessLevel;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::selection::Selection;
use ram_policy_model::text::place::Text;
use ram_policy_model::text::suggest;

use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::word::Word;

/// The words for access levels.
const LEVELS: [Word; 7] =
    [Word::List, Word::Get, Word::Read, Word::Create, Word::Update, Word::Delete, Word::Write];

/// Whether a selection can go on with a word.
#[must_use]
pub fn goes_on(word: Word) -> bool {
    let others = [
        Word::Action,
        Word::Or,
        Word::Of,
        Word::Taking,
        Word::Even,
        Word::Inferred,
        Word::As,
        Word::Patterns,
        Word::Pinned,
    ];
    LEVELS.contains(&word) || others.contains(&word)
}

/// Reads a selection; `None` when a mistake has been reported. `before` is how many actions of its list
/// come before it.
#[must_use]
pub fn read(
    tokens: &mut Tokens,
    before: usize,
    report: &mut Report<Place>,
) -> Option<Selection<Place>> {
    let start = tokens.place();
    if tokens.take_word(Word::Every).is_none() {
        Next::Every.report(tokens, report);
        return None;
    }
    let mut words = vec![Word::Every.text().to_owned()];
    let levels = levels(tokens, &mut words, report)?;
    let mut service = None;
    if tokens.take_word(Word::Of).is_some() {
        let code = name(tokens, Next::ServiceOfSelection, report)?;
        words.extend([Word::Of.text().to_owned(), code.value.clone()]);
        service = Some(Text { value: code.value.replace('_', "-"), ..code });
    }
    let mut resource = None;
    if tokens.take_word(Word::Taking).is_some() {
        let kind = resource_type(tokens, report)?;
        words.extend([Word::Taking.text().to_owned(), kind.value.replacen(':', "::", 1)]);
        resource = Some(kind);
    }
    if service.is_none() && resource.is_none() {
        Next::OfSelection.report(tokens, report);
        return None;
    }
    let mut inferred = false;
    let even = tokens.place();
    if tokens.take_word(Word::Even).is_some() {
        if tokens.take_word(Word::Inferred).is_none() {
            Next::Inferred.report(tokens, report);
            return None;
        }
        if levels.is_empty() {
            let message =
                "`even inferred` is about access levels, and `every action` asks for none";
            report.add(even.to(tokens.last()), Rule::Grammar, message);
            return None;
        }
        inferred = true;
        words.extend([Word::Even, Word::Inferred].map(|word| word.text().to_owned()));
    }
    let mut as_patterns = false;
    if tokens.take_word(Word::As).is_some() {
        if tokens.take_word(Word::Patterns).is_none() {
            Next::Patterns.report(tokens, report);
            return None;
        }
        as_patterns = true;
        words.extend([Word::As, Word::Patterns].map(|word| word.text().to_owned()));
    }
    let mut pin = None;
    if tokens.take_word(Word::Pinned).is_some() {
        let Some(text) = tokens.peek_text() else {
            Next::Pin.report(tokens, report);
            return None;
        };
        pin = Some(Text::new(text, tokens.skip()));
    }
    let at = start.to(tokens.last());
    Some(Selection {
        text: Text::new(words.join(" "), at),
        levels,
        service,
        resource,
        inferred,
        as_patterns,
        pin,
        actions: before..before,
    })
}

/// `action`, or access levels with `or` between them; none for the first.
fn levels(
    tokens: &mut Tokens,
    words: &mut Vec<String>,
    report: &mut Report<Place>,
) -> Option<Vec<AccessLevel>> {
    if tokens.take_word(Word::Action).is_some() {
        words.push(Word::Action.text().to_owned());
        return Some(Vec::new());
    }
    let mut levels: Vec<AccessLevel> = Vec::new();
    loop {
        let word = tokens.word().filter(|word| LEVELS.contains(word));
        let Some((word, of_word)) =
            word.and_then(|word| Some((word, AccessLevel::of_word(word.text())?)))
        else {
            let near = near_level(tokens);
            let (at, found) = (tokens.place(), tokens.found());
            let message = format!(
                "expected an access level as `read`, or `action` for all of them, found {found}{near}"
            );
            report.add(at, Rule::Grammar, message);
            return None;
        };
        tokens.skip();
        levels.extend(of_word);
        words.push(word.text().to_owned());
        if tokens.take_word(Word::Or).is_none() {
            return Some(levels);
        }
        words.push(Word::Or.text().to_owned());
    }
}

/// `, did you mean ...?` for what is nearly an access level.
fn near_level(tokens: &Tokens) -> String {
    let word = tokens.peek_ident().map(ToString::to_string).unwrap_or_default();
    let words = LEVELS.into_iter().chain([Word::Action]).map(Word::text);
    suggest::did_you_mean(&suggest::nearest(&word.to_ascii_lowercase(), words))
}

/// `vpc::VPC`, as `vpc:VPC`.
fn resource_type(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Text<Place>> {
    let head = name(tokens, Next::ResourceType, report)?;
    if !tokens.take_path_sign() {
        let what = format!("`::` and a resource type after `{}`", head.value);
        Next::ResourceType.report_as(&what, tokens, report);
        return None;
    }
    let kind = name(tokens, Next::ResourceType, report)?;
    let value = format!("{}:{}", head.value.replace('_', "-"), kind.value);
    Some(Text::new(value, head.at.to(kind.at)))
}

/// An identifier.
fn name(tokens: &mut Tokens, next: Next, report: &mut Report<Place>) -> Option<Text<Place>> {
    let Some(name) = tokens.peek_ident().map(ToString::to_string) else {
        next.report(tokens, report);
        return None;
    };
    let name = name.strip_prefix("r#").map_or(name.clone(), Into::into);
    Some(Text::new(name, tokens.skip()))
}
