//! Many policies as one: an index over their statements, so that a decision looks only at those
//! that can match.
//!
//! By effect, then by the service code and the name or beginning of the action, then by the
//! resource's relative id or its beginning. What a pattern leaves open is compared statement by
//! statement. Conditions are not indexed: of statements that differ only in those, all are looked at.

mod prefix;

use alloc::collections::BTreeMap;
use alloc::{string::String, vec::Vec};

use crate::decision::Decision;
use crate::evaluate;
use crate::glob::{Glob, Kind};
use crate::lowered::{ActionPattern, Effect, Element, Statement};
use crate::policy::Policy;
use crate::request::Request;
use prefix::{Case, PrefixFiles, PrefixIndex};

/// Policies that are asked together, as those of one caller are: a `Deny` of any decides, then an
/// `Allow` of any (RAM: How RAM evaluates policies).
///
/// The same decisions as asking each policy in turn, in a time that hardly depends on how many there
/// are. Building takes time in proportion to the statements, times the logarithm of their number.
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
    statements: Vec<Statement>,
    /// For each policy, the number of its first statement.
    starts: Vec<usize>,
    denials: Index,
    grants: Index,
}

/// The statements of one effect.
#[derive(Debug, Clone)]
struct Index {
    /// By service code in lower case, sorted.
    services: Vec<(String, PrefixIndex<Named>)>,
    /// Statements whose action patterns no service code tells apart, those of `NotAction` among
    /// them; their actions are compared.
    others: Bucket,
}

/// Statements by resource.
type Bucket = PrefixIndex<u32>;

/// Statements that name one action, or one pattern.
#[derive(Debug, Clone)]
struct Named {
    /// What is left to compare of the pattern.
    pattern: Option<ActionPattern>,
    bucket: Bucket,
}

/// As [`Named`], while statements are filed.
#[derive(Debug)]
struct NamedFiles {
    pattern: ActionPattern,
    bucket: PrefixFiles<u32>,
}

/// As [`Index`], while statements are filed.
#[derive(Debug)]
struct Files {
    /// By service code and by the text of the pattern, both in lower case.
    services: BTreeMap<String, BTreeMap<String, NamedFiles>>,
    others: PrefixFiles<u32>,
}

impl<'p> FromIterator<&'p Policy> for PolicySet {
    fn from_iter<I: IntoIterator<Item = &'p Policy>>(policies: I) -> Self {
        let (mut statements, mut starts) = (Vec::new(), Vec::new());
        for policy in policies {
            starts.push(statements.len());
            statements.extend(policy.document().statements.iter().cloned());
        }
        let index = |effect: Effect| {
            let mut files = Files::new();
            for (statement, number) in statements.iter().zip(0..) {
                if statement.effect == effect {
                    files.add(statement, number);
                }
            }
            files.index()
        };
        let (denials, grants) = (index(Effect::Deny), index(Effect::Allow));
        Self { statements, starts, denials, grants }
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
        if statement >= self.statements.len() {
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
            for named in names.find(name) {
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
    found: Option<(u32, Decision)>,
}

impl First<'_, '_> {
    fn look_into(&mut self, bucket: &Bucket, names_action: impl Fn(&Statement) -> bool) {
        for number in bucket.find(self.request.resource().relative_id) {
            if self.found.is_some_and(|(found, _)| found <= *number) {
                continue;
            }
            let index = *number as usize;
            let Some(statement) = self.set.statements.get(index) else { continue };
            if names_action(statement)
                && let Some(decision) = evaluate::decide(statement, index, self.request)
            {
                self.found = Some((*number, decision));
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

impl Files {
    const fn new() -> Self {
        Self { services: BTreeMap::new(), others: PrefixFiles::new(Case::Counts) }
    }

    fn add(&mut self, statement: &Statement, number: u32) {
        let Some((actions, negated)) = statement.actions() else { return };
        let resources = relative_ids(statement);
        let by_code = |action: &ActionPattern| action.code.kind() == Kind::Exact;
        if negated || !actions.items.iter().all(by_code) {
            file(&mut self.others, &resources, number);
            return;
        }
        // Long lists of both are filed by action alone, so that no statement takes up the product.
        let many = actions.items.len().saturating_mul(resources.len()) > MOST_FILES;
        let any = [Filed::Open("")];
        for action in actions.items.iter() {
            let code = action.code.literal(&action.text).to_ascii_lowercase();
            let files = self.services.entry(code).or_default();
            let named = files.entry(action.text.to_ascii_lowercase()).or_insert_with(|| {
                NamedFiles { pattern: action.clone(), bucket: PrefixFiles::new(Case::Counts) }
            });
            file(&mut named.bucket, if many { &any } else { &resources }, number);
        }
    }

    fn index(self) -> Index {
        let services = self.services.into_iter().map(|(code, patterns)| {
            let mut names = PrefixFiles::new(Case::Ignored);
            for NamedFiles { pattern, bucket } in patterns.into_values() {
                let (files, whole) = match filed(pattern.name, &pattern.text) {
                    Filed::Exact(text) => (names.exact(text), true),
                    Filed::Open(text) => {
                        let whole = matches!(pattern.name.kind(), Kind::Any | Kind::Prefix);
                        (names.open(text), whole)
                    }
                };
                let compared = if whole { None } else { Some(pattern.clone()) };
                files.push((compared, bucket.index(|number| number)));
            }
            (code, names.index(|(pattern, bucket)| Named { pattern, bucket }))
        });
        Index { services: services.collect(), others: self.others.index(|number| number) }
    }
}

/// Most places a statement is filed in; beyond, it is filed by action alone.
const MOST_FILES: usize = 64;

/// Where something is filed.
#[derive(Debug, Clone, Copy)]
enum Filed<'s> {
    /// Under the text itself.
    Exact(&'s str),
    /// Under a beginning.
    Open(&'s str),
}

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

/// Where a statement is filed by resource.
fn relative_ids(statement: &Statement) -> Vec<Filed<'_>> {
    let mut places = Vec::new();
    for element in statement.elements.iter() {
        if let Element::Resource(resources) = element {
            places.extend(resources.items.iter().map(|resource| match resource.fields {
                Some([.., relative_id]) => filed(relative_id, &resource.text),
                None => Filed::Open(""),
            }));
        }
    }
    // A statement without resources is judged like any other.
    if places.is_empty() {
        places.push(Filed::Open(""));
    }
    places
}

fn file(files: &mut PrefixFiles<u32>, places: &[Filed<'_>], number: u32) {
    for place in places {
        let file = match place {
            Filed::Exact(text) => files.exact(text),
            Filed::Open(text) => files.open(text),
        };
        if file.last() != Some(&number) {
            file.push(number);
        }
    }
}
