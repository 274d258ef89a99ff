//! Many policies as one: an index over their statements, so that a decision looks only at those
//! that can match.
//!
//! By effect, then by the service code and the name or beginning of the action, then by the
//! resource's relative id or its beginning. What a pattern leaves open is compared statement by
//! statement. Conditions are not indexed: of statements that differ only in those, all are looked at.
//! Of statements that say the same, the first alone is filed.

mod distinct;
mod prefix;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::{string::String, vec::Vec};

use crate::decide::evaluate;
use crate::document::{Document, Element, Statement};
use crate::policy::Policy;
use crate::request::Request;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::glob::{Glob, Kind};
use crate::terms::pattern::ActionPattern;
use crate::text::order;
use distinct::Seen;
use prefix::{Case, Filed, PrefixFiles, PrefixIndex};

/// Policies that are asked together, as those of one caller are: a `Deny` of any decides, then an
/// `Allow` of any (RAM: How RAM evaluates policies).
///
/// The same decisions as asking each policy in turn, in a time that hardly depends on how many there
/// are. Building takes time in proportion to the statements, times the logarithm of their number. A
/// statement that repeats another, as in policies that share a guard, takes no room.
///
/// ```
/// use ram_policy::{Decision, PolicySet, Request, policy};
///
/// let policies = [
///     policy! { allow ecs::* on "acs:ecs:*:*:instance/i-1"; },
///     policy! { allow oss::GetObject on "acs:oss:*:*:photos/*"; deny ecs::DeleteInstance on *; },
/// ];
/// let set: PolicySet = policies.iter().collect();
/// let delete = Request::new("ecs:DeleteInstance", "acs:ecs:cn-hangzhou:1:instance/i-1")?;
/// assert_eq!(set.evaluate(&delete), Decision::ExplicitDeny { statement: 2 });
/// assert_eq!(set.place(2), Some((1, 1)));
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PolicySet {
    /// The distinct statements, each with its number among all.
    statements: Vec<(usize, Statement)>,
    /// For each policy, the number of its first statement.
    starts: Vec<usize>,
    /// How many statements there are, those that repeat others among them.
    len: usize,
    denials: Index,
    grants: Index,
}

/// The statements of one effect.
#[derive(Debug, Clone)]
struct Index {
    /// By service code in lower case, sorted.
    services: Vec<(String, PrefixIndex<Named>)>,
    /// Statements whose action patterns no service code tells apart, those of `NotAction` among
    /// them; their actions are compared, those of others are not kept.
    others: Bucket,
}

/// Statements by resource.
type Bucket = PrefixIndex<usize>;

/// Statements that name one action, or one pattern.
#[derive(Debug, Clone)]
struct Named {
    /// What is left to compare of the pattern.
    pattern: Option<ActionPattern>,
    bucket: Bucket,
}

/// As [`Named`], while statements are filed.
#[derive(Debug)]
struct NamedFiles<'s> {
    pattern: &'s ActionPattern,
    bucket: PrefixFiles<'s, usize>,
}

/// As [`Index`], while statements are filed.
#[derive(Debug)]
struct Files<'s> {
    /// By service code and by the text of the pattern, both in lower case.
    services: BTreeMap<(String, String), NamedFiles<'s>>,
    others: PrefixFiles<'s, usize>,
}

impl<'p> FromIterator<&'p Policy> for PolicySet {
    fn from_iter<I: IntoIterator<Item = &'p Policy>>(policies: I) -> Self {
        let documents: Vec<Cow<'_, Document>> =
            policies.into_iter().map(Policy::document).collect();
        let (mut starts, mut len) = (Vec::with_capacity(documents.len()), 0);
        let (mut seen, mut statements) = (Seen::default(), Vec::new());
        let (mut denials, mut grants) = (Files::new(), Files::new());
        // All that is done with a statement is done at once, while it is at hand.
        for document in &documents {
            starts.push(len);
            for statement in document.statements.iter() {
                let number = len;
                len += 1;
                // What repeats another statement never decides.
                if seen.is_repeated(statement) {
                    continue;
                }
                let files = match statement.effect {
                    Effect::Deny => &mut denials,
                    Effect::Allow => &mut grants,
                };
                files.add(statement, statements.len());
                statements.push((number, kept(statement)));
            }
        }
        statements.shrink_to_fit();
        Self { statements, starts, len, denials: denials.index(), grants: grants.index() }
    }
}

impl PolicySet {
    /// Decides a request as RAM would by these policies together; nothing is allocated. Statements
    /// are numbered through, see [`PolicySet::place`].
    #[must_use]
    pub fn evaluate(&self, request: &Request<'_>) -> Decision {
        match self.first(&self.denials, request) {
            Some(decision) => decision,
            None => self.first(&self.grants, request).unwrap_or(Decision::ImplicitDeny),
        }
    }

    /// The policy and its statement that a statement number of the set stands for, both from 0.
    #[must_use]
    pub fn place(&self, statement: usize) -> Option<(usize, usize)> {
        if statement >= self.len {
            return None;
        }
        let policy = self.starts.partition_point(|start| *start <= statement).checked_sub(1)?;
        Some((policy, statement - self.starts.get(policy)?))
    }

    /// How many policies there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is no policy.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The decision of the first statement of an index that matches.
    fn first(&self, index: &Index, request: &Request<'_>) -> Option<Decision> {
        let (code, name) = (request.action().code(), request.action().name());
        let mut first = First { set: self, request, found: None };
        if let Some(names) = index.names(code) {
            for named in names.find(name).flatten() {
                if named.pattern.as_ref().is_none_or(|pattern| pattern.matches(code, name)) {
                    first.look_into(&named.bucket, |_| true);
                }
            }
        }
        first.look_into(&index.others, |statement| {
            statement.actions().is_some_and(|(actions, negated)| {
                actions.items.iter().any(|pattern| pattern.matches(code, name)) != negated
            })
        });
        first.found.map(|(_, decision)| decision)
    }
}

/// Looks for the first statement that matches.
struct First<'s, 'r> {
    set: &'s PolicySet,
    request: &'s Request<'r>,
    found: Option<(usize, Decision)>,
}

impl First<'_, '_> {
    fn look_into(&mut self, bucket: &Bucket, names_action: impl Fn(&Statement) -> bool) {
        for file in bucket.find(self.request.resource().relative_id) {
            for number in file {
                // A file is in the order of the statements.
                if self.found.is_some_and(|(found, _)| found <= *number) {
                    break;
                }
                let Some((first, statement)) = self.set.statements.get(*number) else {
                    continue;
                };
                if names_action(statement)
                    && let Some(decision) = evaluate::decide(statement, *first, self.request)
                {
                    self.found = Some((*number, decision));
                    break;
                }
            }
        }
    }
}

impl Index {
    fn names(&self, code: &str) -> Option<&PrefixIndex<Named>> {
        // Codes are in lower case nearly always.
        let found = self.services.binary_search_by(|(known, _)| {
            known.bytes().cmp(code.bytes().map(|byte| byte.to_ascii_lowercase()))
        });
        found.ok().and_then(|index| self.services.get(index)).map(|(_, names)| names)
    }
}

impl<'s> Files<'s> {
    const fn new() -> Self {
        Self { services: BTreeMap::new(), others: PrefixFiles::new(Case::Counts) }
    }

    fn add(&mut self, statement: &'s Statement, number: usize) {
        let resources = relative_ids(statement);
        let Some(actions) = names(statement) else {
            resources.iter().for_each(|place| self.others.file(*place, number));
            return;
        };
        // Long lists of both are filed by action alone, so that no statement takes up the product.
        let many = actions.len().saturating_mul(resources.len()) > MOST_FILES;
        let places = if many { &[Filed::Open("")][..] } else { &resources };
        for action in actions {
            let code = action.code.literal(&action.text).to_ascii_lowercase();
            let place = (code, action.text.to_ascii_lowercase());
            let named = self.services.entry(place).or_insert_with(|| NamedFiles {
                pattern: action,
                bucket: PrefixFiles::new(Case::Counts),
            });
            places.iter().for_each(|place| named.bucket.file(*place, number));
        }
    }

    fn index(self) -> Index {
        let mut services: Vec<(String, PrefixFiles<'_, Named>)> = Vec::new();
        for ((code, _), NamedFiles { pattern, bucket }) in self.services {
            let is_general = matches!(pattern.name.kind(), Kind::Suffix | Kind::General);
            let compared = is_general.then(|| pattern.clone());
            let named = Named { pattern: compared, bucket: bucket.index() };
            if services.last().is_none_or(|(last, _)| *last != code) {
                services.push((code, PrefixFiles::new(Case::Ignored)));
            }
            if let Some((_, names)) = services.last_mut() {
                names.file(filed(pattern.name, &pattern.text), named);
            }
        }
        let services = services.into_iter().map(|(code, names)| (code, names.index())).collect();
        Index { services, others: self.others.index() }
    }
}

/// The action patterns of a statement that is filed by them.
fn names(statement: &Statement) -> Option<&[ActionPattern]> {
    let (actions, negated) = statement.actions()?;
    let by_code = |action: &ActionPattern| action.code.kind() == Kind::Exact;
    (!negated && actions.items.iter().all(by_code)).then_some(&*actions.items)
}

/// What is looked at of a statement that is found.
fn kept(statement: &Statement) -> Statement {
    let by_name = names(statement).is_some();
    let is_kept = |element: &&Element| match element {
        Element::Effect | Element::Sid(_) => false,
        Element::Action(_) | Element::NotAction(_) => !by_name,
        Element::Resource(_) | Element::Principal(_) | Element::Condition(_) => true,
    };
    // Of the size they have.
    let mut elements: Vec<Element> = statement.elements.iter().filter(is_kept).cloned().collect();
    elements.shrink_to_fit();
    Statement { effect: statement.effect, elements: elements.into() }
}

/// Most places a statement is filed in; beyond, it is filed by action alone.
const MOST_FILES: usize = 64;

/// Where a pattern is filed.
fn filed(glob: Glob, text: &str) -> Filed<'_> {
    let literal = glob.literal(text);
    match glob.kind() {
        Kind::Exact => Filed::Exact(literal),
        Kind::Prefix => Filed::Open(literal),
        Kind::Any | Kind::Suffix => Filed::Open(""),
        Kind::General => Filed::Open(literal.split(['*', '?']).next().unwrap_or("")),
    }
}

/// Where a statement is filed by resource, each place once.
fn relative_ids(statement: &Statement) -> Vec<Filed<'_>> {
    let mut places = Vec::new();
    for element in statement.elements.iter() {
        if let Element::Resource(resources) = element {
            places.extend(resources.items.iter().map(|resource| match resource.fields {
                Some(fields) => filed(fields.relative_id, &resource.text),
                None => Filed::Open(""),
            }));
        }
    }
    // A statement without resources is judged like any other.
    if places.is_empty() {
        places.push(Filed::Open(""));
    }
    order::sort(&mut places);
    places.dedup();
    places
}
