//! Checks actions: their form, and whether the catalogue has them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::{borrow::Cow, format, rc::Rc, string::String, vec::Vec};
use core::cell::OnceCell;

use super::context::Check;
use super::slip;
use crate::catalogue::additions::{Catalogue, Found, KnownAction};
use crate::catalogue::condition_key::KnownKey;
use crate::catalogue::find::{self, covered};
use crate::catalogue::{self, ActionId, ActionRow, Completeness, Letters, Rows, ServiceEntry};
use crate::report::rule::Rule;
use crate::source::selection::Selection;
use crate::source::syntax::{Policy, Statement, Values};
use crate::terms::cover::normal_text;
use crate::terms::glob::Kind;
use crate::terms::overlap::is_wild;
use crate::terms::pattern::{ActionMistake, ActionPattern};
use crate::text::place::Text;
use crate::text::{order, steps, suggest};

/// What the actions of a statement cover, for the checks of resources and conditions; worked out
/// once, whatever the number of resources and conditions.
pub(super) struct Coverage<'s, L> {
    /// The service codes of actions that may be anything: `*` (without a code), actions the author
    /// vouches for, and those that are wrong and already reported.
    pub(super) anything: Vec<Option<&'s str>>,
    /// Known actions that are named in full.
    pub(super) named: Vec<(&'s Text<L>, KnownAction<'s>)>,
    /// Patterns, each once, with the number of the set of known actions they cover.
    patterns: Vec<(&'s Text<L>, usize)>,
    sets: Vec<Set<'s>>,
    /// Every known action that is covered, each once, in the order of their numbers.
    pub(super) rows: Vec<KnownAction<'s>>,
    filled: OnceCell<Filled<'s>>,
    finder: Finder,
}

/// Most covered actions that are looked at for each condition key.
const FEW_ROWS: usize = 64;

/// What actions fill.
struct Filled<'s> {
    /// The codes of their services.
    codes: BTreeSet<&'s str>,
    /// The keys that their rows name, by the part before a tag.
    heads: BTreeSet<&'s str>,
}

impl<'s> Filled<'s> {
    fn by(rows: &[KnownAction<'s>]) -> Self {
        let mut filled = Self { codes: BTreeSet::new(), heads: BTreeSet::new() };
        for row in rows {
            steps::take!(1);
            filled.codes.insert(row.code());
            filled.heads.extend(row.keys());
        }
        filled
    }
}

/// Known actions that a pattern covers.
struct Set<'s> {
    /// Whether an author has chosen them, so that none comes later.
    is_chosen: bool,
    few: Vec<KnownAction<'s>>,
    /// Those of the catalogue, where they are looked up by their letters.
    many: Option<Rows>,
}

/// The known actions that one pattern covers.
pub(super) struct OfPattern<'c, 's> {
    finder: &'c Finder,
    set: &'c Set<'s>,
}

impl<'c, 's> OfPattern<'c, 's> {
    pub(super) fn len(&self) -> usize {
        self.set.few.len() + self.set.many.as_ref().map_or(0, Rows::len)
    }

    /// Whether they are those of a selection, and not of a pattern.
    pub(super) const fn is_chosen(&self) -> bool {
        self.set.is_chosen
    }

    /// All of them.
    pub(super) fn rows(&self) -> impl Iterator<Item = KnownAction<'s>> + use<'c, 's> {
        let many = self.set.many.iter().zip(&self.finder.letters);
        let many = many.flat_map(|(rows, letters)| letters.rows(rows).map(KnownAction::Listed));
        self.set.few.iter().copied().chain(many)
    }

    /// How many cannot be limited to a resource, and the first of them.
    pub(super) fn never_limited(&self) -> Option<(usize, KnownAction<'s>)> {
        let few = self.set.few.iter().filter(|row| row.is_never_limited()).count();
        let number = match (&self.set.many, &self.finder.never_limited) {
            (Some(many), Some(never)) => few + many.in_common(never),
            _ => few,
        };
        let first = || self.rows().find(|row| row.is_never_limited());
        if number == 0 { None } else { first().map(|first| (number, first)) }
    }

    /// Whether an action of the catalogue is among them.
    pub(super) fn has(&self, id: ActionId) -> bool {
        let many = self.set.many.as_ref().zip(self.finder.letters.as_ref());
        many.is_some_and(|(rows, letters)| letters.place(id).is_some_and(|at| rows.has(at)))
            || self.set.few.iter().any(|row| row.row().is_some_and(|row| row.id() == id))
    }
}

impl<'s, L> Coverage<'s, L> {
    /// What nothing is known about.
    pub(super) fn of_anything() -> Self {
        Self {
            anything: [None].into(),
            named: Vec::new(),
            patterns: Vec::new(),
            sets: Vec::new(),
            rows: Vec::new(),
            filled: OnceCell::new(),
            finder: Finder::default(),
        }
    }

    /// Whether an action of the statement fills a key, as far as the tables tell.
    pub(super) fn fills(&self, key: &str, known: Option<KnownKey<'_>>) -> bool {
        if self.rows.len() <= FEW_ROWS {
            return self.rows.iter().any(|row| find::fills(*row, key, known));
        }
        // What thousands of actions fill is worked out once, whatever the number of keys.
        let filled = self.filled.get_or_init(|| Filled::by(&self.rows));
        filled.codes.contains(find::code_of(key)) && find::fills_by_code(known)
            || filled.heads.contains(catalogue::tag_prefix(key).unwrap_or(key))
            || known.is_some_and(|known| known.filled_by.iter().any(|name| self.has(name)))
    }

    /// Whether an action of this name, in RAM's spelling, is covered.
    pub(super) fn has(&self, name: &str) -> bool {
        let found = catalogue::find_action(name).map(|row| u64::from(row.id().number()));
        found.is_some_and(|number| {
            self.rows.binary_search_by_key(&number, |row| row.order()).is_ok()
        })
    }

    /// Patterns with the known actions they cover, each pattern once.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (&'s Text<L>, OfPattern<'_, 's>)> {
        self.patterns.iter().filter_map(|(pattern, set)| {
            Some((*pattern, OfPattern { finder: &self.finder, set: self.sets.get(*set)? }))
        })
    }
}

/// Most patterns of a statement that are looked up without asking whether that was done before, and of
/// a policy for which all names they may cover are held against each of them.
const FEW_PATTERNS: usize = 16;

/// Finds what the patterns of a statement cover.
#[derive(Default, Clone)]
pub(super) struct Finder {
    /// Whether patterns may cover the same again and again.
    is_long: bool,
    /// For policies with many patterns that say little about how a name begins.
    letters: Option<Rc<Letters>>,
    never_limited: Option<Rc<Rows>>,
    /// The numbers of the sets of patterns that were looked up, by what tells those apart.
    known: BTreeMap<String, usize>,
}

impl Finder {
    /// For the statements of a policy, a clone for each.
    pub(super) fn of<L>(policy: &Policy<L>) -> Self {
        let mut finder = Self::default();
        let is_costly = |action: &&Text<L>| {
            let (code, name) = action.value.split_once(':').unwrap_or((&action.value, ""));
            let before = name.len().saturating_sub(1);
            is_wild(code) || is_wild(name.get(..before).unwrap_or(name))
        };
        let actions = || {
            let of_statements = policy.statements.iter().filter_map(Statement::actions);
            of_statements.flat_map(|(actions, _)| &actions.items)
        };
        // Most policies have few actions.
        if actions().nth(FEW_PATTERNS).is_some()
            && actions().filter(is_costly).nth(FEW_PATTERNS).is_some()
        {
            let letters = Letters::new();
            let is_never = |row| KnownAction::Listed(row).is_never_limited();
            finder.never_limited = Some(Rc::new(letters.those(is_never)));
            finder.letters = Some(Rc::new(letters));
        }
        finder
    }

    /// The number of the set of what a pattern covers; `None` when that is nothing.
    fn set<'s>(
        &mut self,
        pattern: &ActionPattern,
        catalogue: Catalogue<'s>,
        sets: &mut Vec<Set<'s>>,
    ) -> Option<usize> {
        // Patterns of stars can be written in ever new ways.
        let key = if self.is_long { normal_text(&pattern.text) } else { String::new() };
        if let Some(number) = self.known.get(&key) {
            return Some(*number);
        }
        let set = match &self.letters {
            None => Set { is_chosen: false, few: known(pattern, catalogue), many: None },
            Some(letters) => {
                let mut many = letters.covered(pattern);
                let mut few = Vec::new();
                for place in catalogue.changed().filter_map(|id| letters.place(id)) {
                    if many.has(place) {
                        many.clear(place);
                        few.extend(letters.row(place).and_then(|row| catalogue.kept(row)));
                    }
                }
                few.extend(catalogue.added_by(pattern));
                Set { is_chosen: false, few, many: (!many.is_empty()).then_some(many) }
            }
        };
        if set.few.is_empty() && set.many.is_none() {
            return None;
        }
        let number = sets.len();
        sets.push(set);
        if self.is_long {
            self.known.insert(key, number);
        }
        Some(number)
    }
}

impl<'a, L: Copy> Check<'a, L> {
    /// Reports wrong actions and says what the others cover; for `NotAction`, anything.
    pub(super) fn actions<'s>(&mut self, statement: &'s Statement<L>) -> Coverage<'s, L>
    where
        'a: 's,
    {
        let Some((actions, negated)) = statement.actions() else {
            return Coverage::of_anything();
        };
        let is_long = actions.items.len() > FEW_PATTERNS;
        let finder = Finder { is_long, ..self.finder.clone() };
        let mut coverage = Coverage { anything: Vec::new(), finder, ..Coverage::of_anything() };
        let mut rows: Vec<KnownAction<'s>> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for action in statement.written(actions) {
            let text = action.value.as_str();
            match self.action(action, &mut coverage) {
                Covered::Anything(code) => coverage.anything.push(code),
                Covered::Named(row) => {
                    coverage.named.push((action, row));
                    rows.push(row);
                }
                Covered::Pattern(set) => {
                    if seen.insert(text) {
                        coverage.patterns.push((action, set));
                    }
                }
            }
        }
        for selection in &statement.selections {
            self.selection(selection, actions, &mut coverage);
        }
        if negated {
            coverage.anything.push(None);
        }
        let mut many: Option<Rows> = None;
        for set in &coverage.sets {
            rows.extend_from_slice(&set.few);
            match (&mut many, &set.many) {
                (_, None) => {}
                (Some(many), Some(others)) => many.add(others),
                (many @ None, Some(others)) => *many = Some(others.clone()),
            }
        }
        if let (Some(many), Some(letters)) = (&many, &coverage.finder.letters) {
            rows.extend(letters.rows(many).map(KnownAction::Listed));
        }
        // Those of one pattern are in order already.
        if !rows.is_sorted_by(|left, right| left.order() < right.order()) {
            order::sort_by(&mut rows, |left, right| left.order().cmp(&right.order()));
            rows.dedup_by_key(|row| row.order());
        }
        coverage.rows = rows;
        coverage
    }
}

impl<'a, L: Copy> Check<'a, L> {
    /// Takes the actions of a selection together, as those of a pattern: their author has named none.
    fn selection<'s>(
        &mut self,
        selection: &'s Selection<L>,
        actions: &'s Values<L>,
        coverage: &mut Coverage<'s, L>,
    ) where
        'a: 's,
    {
        let mut few: Vec<KnownAction<'s>> = Vec::new();
        let written = actions.items.get(selection.actions.clone()).unwrap_or(&[]);
        for action in written {
            match self.action(action, coverage) {
                Covered::Anything(code) => coverage.anything.push(code),
                Covered::Named(row) => few.push(row),
                Covered::Pattern(set) => {
                    if let Some(set) = coverage.sets.get(set) {
                        few.extend(OfPattern { finder: &coverage.finder, set }.rows());
                    }
                }
            }
        }
        if !few.is_empty() {
            coverage.patterns.push((&selection.text, coverage.sets.len()));
            coverage.sets.push(Set { is_chosen: true, few, many: None });
        }
    }
}

/// What one action covers.
enum Covered<'s> {
    Anything(Option<&'s str>),
    Named(KnownAction<'s>),
    /// By the number of a set.
    Pattern(usize),
}

impl<'a, L: Copy> Check<'a, L> {
    fn action<'s>(&mut self, action: &'s Text<L>, coverage: &mut Coverage<'s, L>) -> Covered<'s>
    where
        'a: 's,
    {
        let (catalogue, report) = (self.catalogue, &mut self.report);
        let text = action.value.as_str();
        if text == "*" {
            return Covered::Anything(None);
        }
        let is_wild = is_wild(text);
        // Nearly every action is one of the catalogue.
        let found = if is_wild { Found::Unknown } else { catalogue.find(text) };
        if let Found::Known(known) = found {
            return Covered::Named(known);
        }
        let code = text.split(':').next();
        if let Some((rule, message)) = malformed(text) {
            report.add(action.at, rule, message);
            return Covered::Anything(code);
        }
        let is_it = |known: &str| known == EVERYTHING || known.eq_ignore_ascii_case(text);
        if self.policy.unlisted.iter().any(|known| is_it(&known.value))
            || self.vouched.iter().any(|known| is_it(known))
        {
            return Covered::Anything(code);
        }
        let pattern = ActionPattern::new(Cow::Owned(text.into()));
        if is_wild {
            let Coverage { finder, sets, .. } = coverage;
            if let Some(set) = finder.set(&pattern, catalogue, sets) {
                return Covered::Pattern(set);
            }
        }
        if pattern.code.kind() != Kind::Exact {
            // It may cover services that the catalogue does not have.
            return Covered::Anything(None);
        }
        if let Found::Retired(reason) = found {
            let message = format!("unknown action `{text}`, local additions retire it: {reason}");
            report.add(action.at, Rule::UnknownAction, message);
            return Covered::Anything(code);
        }
        let (rule, message) = unknown(text, is_wild, catalogue);
        let is_about_code = matches!(rule, Rule::UnknownService | Rule::MisspeltService);
        let at = if is_about_code { action.head } else { action.at };
        report.add(at, rule, message);
        Covered::Anything(code)
    }
}

/// Stands for every action among those the author vouches for, when it cannot be read which.
pub const EVERYTHING: &str = "*";

/// The known actions a pattern covers.
fn known<'a>(pattern: &ActionPattern, catalogue: Catalogue<'a>) -> Vec<KnownAction<'a>> {
    let mut known: Vec<KnownAction<'a>> = Vec::new();
    if catalogue.is_built_in() {
        known.extend(covered(pattern).map(KnownAction::Listed));
    } else {
        known.extend(covered(pattern).filter_map(|row| catalogue.kept(row)));
        known.extend(catalogue.added_by(pattern));
    }
    known
}

/// What is wrong with the form of an action. RAM refuses one that is not `service:Name` and accepts
/// one with odd characters.
fn malformed(text: &str) -> Option<(Rule, String)> {
    Some(match ActionPattern::mistake(text)? {
        ActionMistake::Empty => (Rule::EmptyText, "an action is empty".into()),
        ActionMistake::Placeholder(spelt) => {
            (Rule::Placeholder, format!("`{spelt}` is a placeholder, write the action itself"))
        }
        ActionMistake::ManyColons => {
            let single = text.replace("::", ":");
            let hint = if single.matches(':').count() == 1 {
                format!(", did you mean `{single}`?")
            } else {
                String::new()
            };
            (Rule::MalformedAction, format!("the action `{text}` has more than one `:`{hint}"))
        }
        ActionMistake::NotServiceAndName => {
            (Rule::MalformedAction, format!("the action `{text}` is not `service:Name`"))
        }
        ActionMistake::Blank => {
            let without: String = text.split_whitespace().collect();
            let hint = format!("did you mean `{without}`?");
            (Rule::UnknownAction, format!("the action `{text}` has a blank in it, {hint}"))
        }
        ActionMistake::Character(odd) => {
            let odd = odd.escape_default();
            (Rule::UnknownAction, format!("the action `{text}` has the character `{odd}` in it"))
        }
    })
}

/// Says what an action the catalogue does not have may have been meant to be.
/// An action that more services than these have is common, as `ListTagResources`.
const MANY_SERVICES: usize = 12;

fn unknown(text: &str, is_wild: bool, catalogue: Catalogue<'_>) -> (Rule, String) {
    let (code, name) = text.split_once(':').unwrap_or((text, ""));
    let Some((code, title)) = catalogue.service(code) else {
        return unknown_service(code, name, is_wild, catalogue);
    };
    // Of a service that only local additions have, they tell everything.
    let completeness =
        catalogue::find_service(code).map_or(Completeness::Complete, |one| one.completeness);
    if completeness == Completeness::CodeOnly && catalogue.names(code).next().is_none() {
        let message = format!("nothing is known of the actions of {title}, `{text}` among them");
        return (Rule::UnlistedServiceAction, message);
    }
    let is_complete = completeness == Completeness::Complete;
    let mut near = if is_wild {
        near_patterns(catalogue, code, name, is_complete)
    } else {
        near_names(catalogue, code, name, is_complete)
    };
    let is_mistake = is_complete || !near.is_empty();
    if is_wild && is_mistake {
        let hint = hint(&near, "mark it as `unlisted`");
        return (Rule::EmptyWildcard, format!("`{text}` covers no action of {title}{hint}"));
    }
    let is_slip = |near: &String| {
        let known = near.split_once(':').map_or("", |(_, known)| known);
        let (first, other) = (first_word(name), first_word(known));
        slip::is_of_name(name, known, is_complete)
            && (first.eq_ignore_ascii_case(other) || !is_verb(first))
    };
    let has_slip = !is_wild && near.iter().any(is_slip);
    if !is_wild && near.is_empty() {
        near.extend(catalogue.elsewhere(code, name));
        near.truncate(3);
    }
    let hint = hint(&near, "mark it as `unlisted`");
    if is_mistake {
        let rule = if has_slip { Rule::UnknownAction } else { Rule::UnfamiliarAction };
        return (rule, format!("unknown action `{text}`{hint}"));
    }
    let message =
        format!("the catalogue's list of {title} is not complete and does not have `{text}`{hint}");
    (Rule::UnlistedAction, message)
}

/// What is said of an action whose service the catalogue does not have.
fn unknown_service(
    code: &str,
    name: &str,
    is_wild: bool,
    catalogue: Catalogue<'_>,
) -> (Rule, String) {
    let stem = name.split(['*', '?']).next().unwrap_or("");
    let has_it = |code: &str| {
        catalogue.names(code).any(|known| {
            let head = known.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(stem));
            head && (is_wild || known.len() == name.len())
        })
    };
    let near = near_services(catalogue, code, has_it);
    // What many services have says nothing about which one is meant.
    let is_common = || {
        let has_it = |one: &catalogue::ServiceEntry| {
            if is_wild {
                let (first, after) = one.rows_with_prefix(stem);
                first < after
            } else {
                one.find(name).is_some()
            }
        };
        stem.is_empty() || catalogue::services().filter(has_it).nth(MANY_SERVICES).is_some()
    };
    let is_slip = |near: &&str| {
        slip::is_of_code(code, near)
            && if is_common() { slip::is_of_code_alone(code, near) } else { has_it(near) }
    };
    // A name that people use is no slip, even where it is near a code.
    let is_name = catalogue::find_nickname(code).is_some();
    let is_misspelt = !is_name && near.iter().any(is_slip);
    let rule = if is_misspelt { Rule::MisspeltService } else { Rule::UnknownService };
    let hint = hint(&near, "mark the action as `unlisted`");
    (rule, format!("the catalogue has no service `{code}`{hint}"))
}

/// The code that people call by this name, else codes that are near it: the likely ones, if any is.
pub(super) fn near_services<'a>(
    catalogue: Catalogue<'a>,
    code: &str,
    is_likely: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let known = |known: &&str| catalogue.service(known).is_some();
    if let Some(code) = catalogue::find_nickname(code).filter(known) {
        return [code].into();
    }
    let near = suggest::nearest(code, catalogue.codes());
    let likely: Vec<&str> = near.iter().copied().filter(|code| is_likely(code)).collect();
    if likely.is_empty() { near } else { likely }
}

/// Names of the service that are near this one. Where the list is not complete, another verb
/// is another action: `SetTopicAttributes` may well be there beside `GetTopicAttributes`.
fn near_names(catalogue: Catalogue<'_>, code: &str, name: &str, is_complete: bool) -> Vec<String> {
    let near = suggest::nearest(name, catalogue.names(code));
    let is_slip = |known: &&str| {
        first_word(known).eq_ignore_ascii_case(first_word(name)) || !is_verb(first_word(name))
    };
    let near = near.into_iter().filter(|known| is_complete || is_slip(known));
    near.map(|known| format!("{code}:{known}")).collect()
}

/// The pattern with words of the service that are near its own.
fn near_patterns(
    catalogue: Catalogue<'_>,
    code: &str,
    name: &str,
    is_complete: bool,
) -> Vec<String> {
    let stem = name.trim_matches(['*', '?']);
    if !is_complete && is_verb(stem) {
        return Vec::new();
    }
    let near = suggest::nearest(stem, catalogue.names(code).map(first_word));
    let near = near.into_iter().map(|word| name.replacen(stem, word, 1));
    let near = near.filter(|near| !near.eq_ignore_ascii_case(name));
    near.map(|near| format!("{code}:{near}")).collect()
}

/// Whether actions of three services begin with exactly this word; a slip that the API itself has
/// (`Descibe`) stands in one or two.
fn is_verb(word: &str) -> bool {
    let begins = |service: &ServiceEntry| {
        let (start, end) = service.rows_with_prefix(word);
        let mut names = (start..end).filter_map(|row| service.row(row)).map(ActionRow::name);
        names.any(|name| first_word(name).eq_ignore_ascii_case(word))
    };
    catalogue::services().filter(begins).nth(2).is_some()
}

/// Near names, or the way out when there are none.
fn hint(near: &[impl AsRef<str>], way_out: &str) -> String {
    if near.is_empty() {
        format!("; if it is real, {way_out}")
    } else {
        suggest::did_you_mean(near)
    }
}

/// `Describe` of `DescribeInstances`.
fn first_word(name: &str) -> &str {
    let end = name.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase());
    end.and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}
