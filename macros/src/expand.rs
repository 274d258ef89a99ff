//! Writes a lowered policy: its minified text, and a function that decides requests by it alone.
//!
//! The function is a `match` on the action's number with the statements that are left to look at,
//! their ARNs and condition values as literals. All comparing stays in the library. The document
//! is text, because constants of nested data cost the compiler far more.
//!
//! The code is written as text too, and not by `quote!`: the compiler reads a text in one call, and
//! every token that a macro makes by itself is a call of its own into the compiler. What may hold or
//! not is a [`Test`] all the while, so that no text has to mean "always" by being empty.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use ram_policy_model::catalogue;
use ram_policy_model::decide::dispatch::{self, Candidates, Run};
use ram_policy_model::decide::evaluate::{Truth, assumes, names_its_source};
use ram_policy_model::decide::grants;
use ram_policy_model::document::blank::{Blank, Slot};
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::document::{
    self, Condition, Document, Element, Indent, Principal, Statement,
};
use ram_policy_model::source::mention::Position;
use ram_policy_model::terms::arn::Fields;
use ram_policy_model::terms::decision::Decision;
use ram_policy_model::terms::effect::Effect;
use ram_policy_model::terms::glob::{Kind, Pattern};
use ram_policy_model::terms::operand::{Block, Meaning, Operand};
use ram_policy_model::terms::operator::{Comparison, ConditionOperator, Order, TextComparison};
use ram_policy_model::terms::pattern::{ActionPattern, ResourcePattern};
use ram_policy_model::terms::principal::PrincipalKind;

use crate::code::{Steps, Test, decided};
use ram_policy_read::input::{CratePath, Header};

/// An expression of type `Policy`.
pub(crate) fn policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let runs = dispatch::runs(&lowered.document);
    let denied = bytes(&grants::denied(&lowered.document, &runs));
    let grants = bytes(&grants::grants(&lowered.document, &runs));
    let decide = decide(&lowered.document, &runs, Keys::OfRequest);
    // Most policies deny nothing everywhere.
    let value = if denied.is_empty() {
        format!("p::Policy::compiled({text:?}, __decide, b\"{grants}\")")
    } else {
        format!(
            "p::Policy::compiled_with_denials({text:?}, __decide, b\"{grants}\", b\"{denied}\")"
        )
    };
    block(path, &format!("{decide} {value}"))
}

/// An expression of type `Policy` with what is included: `__PARTS` are all its statements, and `__JSON`
/// is their text.
pub(crate) fn policy_with(
    document: &Document,
    runs: &[Run],
    grants: &[u8],
    denied: &[u8],
) -> TokenStream {
    let decide = decide(document, runs, Keys::OfRequest);
    let (grants, denied) = (bytes(grants), bytes(denied));
    code(&format!(
        "{decide} fn __together(__r: &p::Request<'_>) -> p::Decision {{ \
             p::decide(__decide, &__PARTS, __r) \
         }} \
         const __GRANTED: p::Granted<'static> = \
             p::Granted {{ grants: b\"{grants}\", denied: b\"{denied}\", parts: &__PARTS }}; \
         #[allow(long_running_const_eval)] \
         const __GRANTS: [p::u8; __GRANTED.length(false)] = __GRANTED.bytes(false); \
         #[allow(long_running_const_eval)] \
         const __DENIED: [p::u8; __GRANTED.length(true)] = __GRANTED.bytes(true); \
         p::Policy::compiled_with_denials(__JSON, __together, &__GRANTS, &__DENIED)"
    ))
}

/// The constant `__PARAMETERS`.
pub(crate) fn parameters(header: &Header) -> TokenStream {
    let (number, parameters) = (header.parameters.len(), parameters_of(header));
    code(&format!("const __PARAMETERS: [p::Parameter; {number}] = {parameters};"))
}

/// The constant `__BLANKS` of a template with what it includes.
pub(crate) fn blanks_with(lowered: &Lowered) -> TokenStream {
    let own = list(lowered.blanks.iter().map(blank));
    code(&format!(
        "const __OWN: &[p::Blank] = {own}; \
         const __BLANKS: [p::Blank; p::number_of_blanks(&__PARTS, __OWN)] = \
             p::blanks(&__PARTS, __OWN, &__PARAMETERS);"
    ))
}

/// `[a, b]`, the parameters of a template.
fn parameters_of(header: &Header) -> String {
    let parameters = header.parameters.iter().map(|declared| {
        let (name, path) = (&declared.parameter.name.value, declared.path);
        format!("p::Parameter {{ name: {name:?}, path: {path} }}")
    });
    format!("[{}]", join(parameters, ", "))
}

/// An expression of type `TrustPolicy`.
pub(crate) fn trust_policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let decide = decide_trust(&lowered.document);
    block(path, &format!("{decide} p::TrustPolicy::compiled({text:?}, __decide)"))
}

/// An expression of type `PolicyTemplate`.
pub(crate) fn template(path: &CratePath, header: &Header, lowered: &Lowered) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let (parameters, blanks) = (parameters_of(header), list(lowered.blanks.iter().map(blank)));
    block(path, &format!("p::PolicyTemplate::compiled({text:?}, &{parameters}, {blanks})"))
}

/// A block with the library's parts in scope as `p`.
pub(crate) fn block(path: &CratePath, text: &str) -> TokenStream {
    let mut inside = quote!(use #path::__private as p;);
    inside.extend(code(text));
    TokenTree::Group(Group::new(Delimiter::Brace, inside)).into()
}

/// The tokens of a text.
fn code(text: &str) -> TokenStream {
    // All texts are written as literals, so this cannot fail; if it did, it must not pass.
    read(text).unwrap_or_else(|| quote!(::core::compile_error! { "the policy cannot be written" }))
}

/// The tokens of a text; the compiler's own reader is asked where there is one, because proc-macro2
/// reads the text itself before.
fn read(code: &str) -> Option<TokenStream> {
    if proc_macro::is_available() {
        code.parse::<proc_macro::TokenStream>().ok().map(TokenStream::from)
    } else {
        code.parse().ok()
    }
}

/// Bytes as a literal has them.
fn bytes(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(number.into(), 16).unwrap_or('0');
    let mut literal = String::with_capacity(4 * bytes.len());
    for byte in bytes {
        literal.push_str("\\x");
        literal.push(digit(byte >> 4));
        literal.push(digit(byte & 15));
    }
    literal
}

/// `&[a, b]`.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", join(items, ", "))
}

fn join(items: impl Iterator<Item = String>, between: &str) -> String {
    items.collect::<Vec<_>>().join(between)
}

/// Where the values of condition keys are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keys<'f> {
    /// In the request, by their names.
    OfRequest,
    /// In fields of a struct of their own, which have these names.
    Fields(&'f [(String, String)]),
}

impl Keys<'_> {
    /// What functions take beside the request.
    const fn parameter(self) -> &'static str {
        match self {
            Self::OfRequest => "",
            Self::Fields(_) => ", __c: &__Context<'_>",
        }
    }

    /// What they are given for it.
    const fn argument(self) -> &'static str {
        match self {
            Self::OfRequest => "",
            Self::Fields(_) => ", __c",
        }
    }

    /// The values of a key and how they are asked for: a module, and the first arguments.
    fn values(self, key: &str) -> (&'static str, String) {
        match self {
            Self::OfRequest => {
                let tag = catalogue::tag_prefix(key).map_or(0, str::len);
                ("", format!("__r, {key:?}, {tag}"))
            }
            Self::Fields(fields) => {
                let field = fields.iter().find(|(of, _)| of == key);
                ("fields::", format!("&__c.{}", field.map_or("", |(_, name)| name.as_str())))
            }
        }
    }
}

/// The function that decides a request whose values are in fields; `__Context` has their values.
pub(crate) fn decide_by_fields(document: &Document, fields: &[(String, String)]) -> TokenStream {
    code(&decide(document, &dispatch::runs(document), Keys::Fields(fields)))
}

/// The function that decides a request, with functions of the statements that several actions need.
fn decide(document: &Document, runs: &[Run], keys: Keys<'_>) -> String {
    // One arm for all runs with the same candidates, neighbours as one.
    let mut groups: Vec<(Candidates<'_>, Vec<(u32, u32)>)> = Vec::new();
    for run in runs {
        match groups.iter_mut().find(|(other, _)| *other == run.candidates()) {
            Some((_, numbers)) => match numbers.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(run.first) => *last = run.last,
                _ => numbers.push((run.first, run.last)),
            },
            None => groups.push((run.candidates(), vec![(run.first, run.last)])),
        }
    }
    let mut rests = Rests::of(document, keys);
    let unlisted = decide_unlisted(document, &mut rests);
    for (candidates, _) in &groups {
        if let Candidates::Check(statements) = candidates {
            for index in *statements {
                rests.count(*index as usize, 1);
            }
        }
    }
    let arms = groups.iter().map(|(candidates, numbers)| {
        let patterns = join(numbers.iter().map(|numbers| pattern_of(*numbers)), "|");
        let decision = match candidates {
            Candidates::Decided(decision) => decided(*decision),
            Candidates::Check(statements) => check(document, statements, &rests),
        };
        format!("{patterns} => {decision},")
    });
    let arms = join(arms, "");
    // Where the runs cover every number, another arm would be unreachable.
    let covered: u64 = runs.iter().map(|run| u64::from(run.last) - u64::from(run.first) + 1).sum();
    let rest = if covered <= u64::from(u32::MAX) { "_ => p::NOTHING," } else { "" };
    let statements = rests.functions();
    format!(
        "{statements} fn __decide(__r: &p::Request<'_>{}) -> p::Decision {{ \
         match p::number(__r) {{ p::UNLISTED => {unlisted}, {arms} {rest} }} }}",
        keys.parameter()
    )
}

/// The pattern of a run of numbers.
fn pattern_of((first, last): (u32, u32)) -> String {
    if first == last { first.to_string() } else { format!("{first}..={last}") }
}

/// What is left to ask once the action is known, by statement.
struct Rests<'k> {
    rests: Vec<Rest>,
    keys: Keys<'k>,
}

struct Rest {
    /// Whether resource and conditions match.
    test: Test,
    /// How often it is asked; what is asked more than once has a function of its own.
    uses: usize,
}

impl<'k> Rests<'k> {
    fn of(document: &Document, keys: Keys<'k>) -> Self {
        let rest = |statement| Rest { test: rest_matches(statement, keys), uses: 0 };
        Self { rests: document.statements.iter().map(rest).collect(), keys }
    }

    fn count(&mut self, index: usize, uses: usize) {
        if let Some(rest) = self.rests.get_mut(index) {
            rest.uses = rest.uses.saturating_add(uses);
        }
    }

    /// The test of a statement, or the call of its function.
    fn test(&self, index: usize) -> Test {
        match self.rests.get(index) {
            Some(Rest { test: Test::Ask(_), uses: 2.. }) => {
                Test::call(format!("__statement{index}(__r{})", self.keys.argument()))
            }
            Some(Rest { test, .. }) => test.clone(),
            // There is none with such a number.
            None => Test::Never,
        }
    }

    /// The functions of the statements that are asked more than once.
    fn functions(&self) -> String {
        let parameter = self.keys.parameter();
        let functions = self.rests.iter().enumerate().filter_map(|(index, rest)| match rest {
            Rest { test: Test::Ask(test), uses: 2.. } => Some(format!(
                "#[inline] fn __statement{index}(__r: &p::Request<'_>{parameter}) -> bool {{ {} }}",
                test.as_str()
            )),
            Rest { .. } => None,
        });
        join(functions, "")
    }
}

/// Tries statements in order; the first that matches decides.
fn check(document: &Document, statements: &[u32], rests: &Rests<'_>) -> String {
    let mut steps = Steps::default();
    for index in statements {
        let index = *index as usize;
        let Some(statement) = document.statements.get(index) else { continue };
        steps.add(&rests.test(index), decision_of(statement.effect, index));
        if steps.is_over() {
            break;
        }
    }
    steps.into_code()
}

/// The decision on an action the catalogue does not have: only patterns, and actions the author
/// vouches for, can cover it.
fn decide_unlisted(document: &Document, rests: &mut Rests<'_>) -> String {
    let mut steps = Steps::default();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            let Some((actions, negated)) = statement.actions() else { continue };
            if statement.effect != effect || steps.is_over() {
                continue;
            }
            let named = names_unlisted(&actions.items);
            let covers = if negated { named.not() } else { named };
            if covers == Test::Never {
                continue;
            }
            // Its function is written in any case.
            rests.count(index, 2);
            let test = Test::all_of([covers, rests.test(index)]);
            steps.add(&test, decision_of(effect, index));
        }
    }
    steps.into_code()
}

/// Whether one of these patterns covers an action the catalogue does not have.
fn names_unlisted(actions: &[ActionPattern]) -> Test {
    let patterns: Vec<&ActionPattern> = actions.iter().filter(may_be_unlisted).collect();
    if patterns.iter().any(|action| action.text == "*") {
        return Test::Always;
    }
    if patterns.is_empty() { Test::Never } else { covers(patterns.into_iter()) }
}

/// Whether one of these patterns covers the name of a request's action.
pub(crate) fn covers<'a>(actions: impl Iterator<Item = &'a ActionPattern>) -> Test {
    let patterns = list(actions.map(|action| {
        let code = pattern(action.code.pattern(&action.text));
        let name = pattern(action.name.pattern(&action.text));
        format!("({code}, {name})")
    }));
    Test::call(format!("p::named(__r, {patterns})"))
}

fn may_be_unlisted(action: &&ActionPattern) -> bool {
    let exact = action.code.kind() == Kind::Exact && action.name.kind() == Kind::Exact;
    !exact || catalogue::find_action(&action.text).is_none()
}

pub(crate) const fn decision_of(effect: Effect, statement: usize) -> Decision {
    match effect {
        Effect::Allow => Decision::Allow { statement },
        Effect::Deny => Decision::ExplicitDeny { statement },
    }
}

/// What cannot be known of any request: a denial matches all the same.
const fn unknowable(effect: Effect) -> Test {
    match effect {
        Effect::Allow => Test::Never,
        Effect::Deny => Test::Always,
    }
}

/// Whether resource and conditions match; what cannot be known denies.
fn rest_matches(statement: &Statement, keys: Keys<'_>) -> Test {
    let effect = statement.effect;
    let mut tests = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Effect | Element::Action(_) | Element::NotAction(_) | Element::Sid(_) => {}
            Element::Resource(resources) => tests.push(arns(&resources.items)),
            // A request says nothing about who is trusted.
            Element::Principal(_) => tests.push(unknowable(effect)),
            Element::Condition(conditions) => {
                tests.extend(conditions.iter().flat_map(|one| condition(one, effect, keys)));
            }
        }
    }
    Test::all_of(tests)
}

/// The function that decides whether a caller may assume a role.
fn decide_trust(document: &Document) -> String {
    let mut steps = Steps::default();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect == effect {
                steps.add(&trusts(statement), decision_of(effect, index));
            }
        }
    }
    format!(
        "fn __decide(__caller: p::Caller<'_>, __r: &p::Request<'_>) -> p::Decision {{ \
         let _ = __r; {} }}",
        steps.into_code()
    )
}

/// Whether a statement of a trust policy matches; what cannot be known denies.
fn trusts(statement: &Statement) -> Test {
    let effect = statement.effect;
    let mut trusted = Vec::new();
    let mut tests = Vec::new();
    let is_about_it = match assumes(statement) {
        Truth::Yes => Test::Always,
        Truth::Unknown => unknowable(effect),
        Truth::No => Test::Never,
    };
    for element in statement.elements.iter() {
        match element {
            Element::Effect | Element::Sid(_) | Element::Action(_) | Element::NotAction(_) => {}
            Element::Principal(_) => {
                let groups = element.principals().iter();
                trusted.extend(groups.flat_map(|one| principal(statement, one)));
            }
            Element::Condition(conditions) => {
                tests.extend(
                    conditions.iter().flat_map(|one| condition(one, effect, Keys::OfRequest)),
                );
            }
            // A trust policy has no resource; one that has is not understood.
            Element::Resource(_) => tests.push(unknowable(effect)),
        }
    }
    let known = [is_about_it, Test::any_of(trusted)];
    Test::all_of(known.into_iter().chain(tests))
}

pub(crate) const fn principal_kind(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Ram => "Ram",
        PrincipalKind::Service => "Service",
        PrincipalKind::Federated => "Federated",
    }
}

fn principal(statement: &Statement, principal: &Principal) -> impl Iterator<Item = Test> {
    let denies = statement.effect == Effect::Deny;
    let effect = statement.effect.name();
    let kind = principal_kind(principal.kind);
    let kind_of = principal.kind;
    let known = principal
        .values
        .items
        .iter()
        .filter(move |value| denies || names_its_source(statement, kind_of, value));
    known.map(move |value| {
        Test::call(format!(
            "p::names(p::Effect::{effect}, p::PrincipalKind::{kind}, {value:?}, __caller)"
        ))
    })
}

fn pattern(pattern: Pattern<'_>) -> String {
    match pattern {
        Pattern::Any => "p::Any".into(),
        Pattern::Exact(text) => format!("p::Exact({text:?})"),
        Pattern::Prefix(text) => format!("p::Prefix({text:?})"),
        Pattern::Suffix(text) => format!("p::Suffix({text:?})"),
        Pattern::General(text) => format!("p::General({text:?})"),
    }
}

/// Whether one of these ARNs matches. What several have in common is asked once, behind their
/// relative ids, which tell most apart.
pub(crate) fn arns(resources: &[ResourcePattern]) -> Test {
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for resource in resources {
        // `*` alone covers everything.
        let Some(fields) = resource.fields else { return Test::Always };
        let Fields { service, region, account, relative_id } =
            fields.map(|field| pattern(field.pattern(&resource.text)));
        let place = format!("{region}, {account}, {service}");
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, ids)) => ids.push(relative_id),
            None => places.push((place, vec![relative_id])),
        }
    }
    Test::any_of(places.into_iter().map(|(place, ids)| match ids.as_slice() {
        [id] => Test::call(format!("p::on(__r, {id}, {place})")),
        ids => {
            let ids = ids.iter().map(|id| Test::call(format!("p::id(__r, {id})")));
            let place = Test::call(format!("p::on(__r, p::Any, {place})"));
            Test::all_of([Test::any_of(ids), place])
        }
    }))
}

/// One test for each key of an operator. A closure for each, or one function that takes what they
/// compare as a type of its own, would cost the compiler more.
pub(crate) fn condition(
    condition: &Condition,
    effect: Effect,
    keys: Keys<'_>,
) -> impl Iterator<Item = Test> {
    let doubt = effect == Effect::Deny;
    condition.keys.iter().map(move |key| {
        let operator = match condition.operator {
            ConditionOperator::Known(operator) => operator,
            // What it means is not known.
            ConditionOperator::OfSet(..) => return unknowable(effect),
        };
        let (test, negated) = (test_name(operator.comparison()), operator.negated());
        let (module, values) = keys.values(&key.key);
        let wanted: Option<Vec<String>> = key.values.items.iter().map(wanted).collect();
        match wanted {
            Some(wanted) => {
                let wanted = list(wanted.into_iter());
                Test::call(format!("p::{module}{test}({values}, {negated}, {doubt}, {wanted})"))
            }
            // Nothing can be compared with a value that cannot be read, nor with those beside it:
            // what comes of the test is not known as soon as the request has the key.
            None => {
                let given = || Test::call(format!("p::{module}given({values})"));
                match (effect, negated) {
                    (Effect::Allow, false) => Test::Never,
                    (Effect::Allow, true) => given().not(),
                    (Effect::Deny, false) => given(),
                    (Effect::Deny, true) => Test::Always,
                }
            }
        }
    })
}

/// The function of the library that makes a comparison.
const fn test_name(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Text(TextComparison::Equal) => "text_is",
        Comparison::Text(TextComparison::EqualIgnoreCase) => "text_is_in_any_case",
        Comparison::Text(TextComparison::Like) => "text_like",
        Comparison::Number(Order::Equal) => "number_is",
        Comparison::Number(Order::Less) => "number_less",
        Comparison::Number(Order::LessOrEqual) => "number_at_most",
        Comparison::Number(Order::Greater) => "number_greater",
        Comparison::Number(Order::GreaterOrEqual) => "number_at_least",
        Comparison::Date(Order::Equal) => "date_is",
        Comparison::Date(Order::Less) => "date_less",
        Comparison::Date(Order::LessOrEqual) => "date_at_most",
        Comparison::Date(Order::Greater) => "date_greater",
        Comparison::Date(Order::GreaterOrEqual) => "date_at_least",
        Comparison::Boolean => "boolean_is",
        Comparison::Address => "address_in",
    }
}

/// A value as its test takes it; `None` for one that cannot be read.
fn wanted(operand: &Operand) -> Option<String> {
    let text = &*operand.text;
    Some(match operand.meaning {
        Meaning::Text => format!("{text:?}"),
        Meaning::Pattern(glob) => pattern(glob.pattern(text)),
        Meaning::Number(number) => number.scaled().to_string(),
        Meaning::Date(date) => date.unix_nanoseconds().to_string(),
        Meaning::Boolean(boolean) => boolean.to_string(),
        Meaning::Block(Block::V4 { first, last }) => {
            format!("p::Block::V4 {{ first: {first}, last: {last} }}")
        }
        Meaning::Block(Block::V6 { first, last }) => {
            format!("p::Block::V6 {{ first: {first}, last: {last} }}")
        }
        Meaning::Invalid => return None,
    })
}

fn blank(blank: &Blank) -> String {
    let Blank { statement, start, end, parameter, .. } = blank;
    let slot = match blank.slot {
        Slot::Resource { item } => format!("Resource {{ item: {item} }}"),
        Slot::Value { condition, key, item } => {
            format!("Value {{ condition: {condition}, key: {key}, item: {item} }}")
        }
    };
    let position = match blank.position {
        Position::Region => "Region",
        Position::Account => "Account",
        Position::RelativeId => "RelativeId",
        Position::Value => "Value",
    };
    format!(
        "p::Blank {{ statement: {statement}, slot: p::Slot::{slot}, position: p::Position::{position}, \
         start: {start}, end: {end}, parameter: {parameter} }}"
    )
}
