//! The policies that resources of an account keep, and what each says about a principal.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ram_policy_model::document::bounds::{Bounds, StatementHole};
use ram_policy_model::document::{Document, Element, Principals, Statement, Values};
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::cover::covers;
use ram_policy_model::terms::kind::{Combines, PolicyKind};
use ram_policy_model::terms::overlap::overlap;
use ram_policy_model::terms::pattern::ResourcePattern;
use ram_policy_model::{Asker, Caller, Effect, OpenPolicy, OpenResourcePolicy, ResourceKind};

use crate::account::{Account, Held, Hole, Kept, PolicyName, PolicyOrigin, Said};
use crate::principal::Principal;

impl Account {
    /// Adds the policy that a resource of this name keeps: a bucket, a key or a secret by its id or name, a
    /// project or an instance. One of that kind and name is replaced.
    ///
    /// Policies of endpoints and access points narrow requests that come through them, and no answer is
    /// about such requests alone: they are taken and change no answer.
    ///
    /// ```
    /// use ram_policy::resource_policy;
    /// use ram_policy_account::{Account, Question};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// account.user("alice").id = Some("200000000000000001".to_owned());
    /// account.keep("photos", &resource_policy! { bucket;
    ///     allow oss::GetObject on ["acs:oss:*:*:photos/*"] by ["200000000000000001", "6543210987654321"];
    /// }.into());
    /// let question = Question::new("oss:GetObject")?.on("acs:oss:*:*:photos/*")?;
    /// let found: Vec<_> = account.who_can(&question).iter().map(|one| one.principal.to_string()).collect();
    /// assert_eq!(found, ["root", "user/alice", "6543210987654321"]);
    /// # Ok::<(), ram_policy_account::QuestionError>(())
    /// ```
    pub fn keep(&mut self, resource: impl Into<String>, policy: &OpenResourcePolicy) {
        let resource = resource.into();
        let about = about(policy.kind(), &resource);
        let name = PolicyName { origin: PolicyOrigin::Resource(policy.kind()), name: resource };
        self.kept.insert(name, Kept { policy: policy.clone(), about });
        self.forget();
    }

    /// Says that it is not known which resources of a kind keep a policy, and why.
    pub fn keep_unread(&mut self, kind: ResourceKind, why: impl Into<String>) {
        self.not_kept.push((kind, why.into()));
    }

    /// What is not known of the policies of resources that may be about an action, or about any.
    ///
    /// ```
    /// use ram_policy::ResourceKind;
    /// use ram_policy_account::Account;
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.keep_unread(ResourceKind::Bucket, "they are not among the files");
    /// assert_eq!(
    ///     account.not_kept("oss:GetObject")[0].to_string(),
    ///     "policies of kind bucket: they are not among the files",
    /// );
    /// assert!(account.not_kept("ecs:StopInstance").is_empty());
    /// ```
    #[must_use]
    pub fn not_kept(&self, action: &str) -> Vec<Hole> {
        let code = action.split_once(':').map_or("*", |(code, _)| code);
        let may_be = |kind: &ResourceKind| kind.rules().code.is_some_and(|own| overlap(code, own));
        let found = self.not_kept.iter().filter(|(kind, _)| may_be(kind));
        found
            .map(|(kind, why)| {
                let word = PolicyKind::Resource(*kind).rules().word;
                Hole { what: format!("policies of kind {word}"), why: why.clone() }
            })
            .collect()
    }

    /// How many policies of resources there are.
    #[must_use]
    pub fn kept_count(&self) -> usize {
        self.kept.len()
    }

    /// What the policies of resources say about a principal of the account; nothing where they do not name
    /// it.
    pub(crate) fn said_of(&self, principal: &Principal) -> &[(PolicyName, Held)] {
        if self.kept.is_empty() {
            return &[];
        }
        let all = self.said.get_or_init(|| {
            let users = self.users.keys().cloned().map(Principal::User);
            let roles = self.roles.keys().cloned().map(Principal::Role);
            let inside = [Principal::Root].into_iter().chain(users).chain(roles);
            let said = |principal: Principal| {
                let said = self.said_about(&principal);
                (!said.is_empty()).then_some((principal, said))
            };
            inside.filter_map(said).collect()
        });
        all.get(principal).map_or(&[], Vec::as_slice)
    }

    /// What each policy of a resource says about somebody.
    pub(crate) fn said_about(&self, principal: &Principal) -> Said {
        let mut all = Vec::new();
        for (name, kept) in &self.kept {
            let combines = kept.policy.kind().rules().combines;
            if combines == Combines::Filters {
                continue;
            }
            let said = self.asked_by(principal, |asker| kept.policy.for_caller(asker, self.id()));
            let Some(said) = said else { continue };
            let bounds = kept.narrowed(&said, combines);
            if is_silent(&bounds.least) && is_silent(&bounds.most) {
                continue;
            }
            let open = OpenPolicy::of(bounds);
            all.push((name.clone(), Held::open(&open, format!("policy of {name}"))));
        }
        all
    }

    /// Calls a function for who asks.
    fn asked_by<T>(&self, principal: &Principal, ask: impl Fn(Asker<'_>) -> T) -> Option<T> {
        let account = self.id();
        Some(match principal {
            Principal::Root => ask(Caller::Root { account }.into()),
            Principal::User(name) => {
                let asker = Asker::new(Caller::User { account, name });
                match self.users.get(name).and_then(|user| user.id.as_deref()) {
                    Some(id) => ask(asker.with_user_id(id)),
                    None => ask(asker),
                }
            }
            Principal::Role(name) => ask(Caller::Role { account, name }.into()),
            Principal::Everybody => ask(Caller::Anonymous.into()),
            Principal::Named(text) => match text.strip_prefix("arn:sts::") {
                None => ask(Caller::Root { account: text }.into()),
                Some(session) => {
                    // Where any account, role or session is meant, it is one that nobody else has.
                    let plain = |part: &str| part.replace('*', "0");
                    let (account, rest) = session.split_once(':')?;
                    let mut parts = rest.split('/').skip(1);
                    let (role, session) = (plain(parts.next()?), plain(parts.next()?));
                    let account = plain(account);
                    let asker = Asker::new(Caller::Role { account: &account, name: &role });
                    ask(asker.with_session_name(&session))
                }
            },
            Principal::Outside(arn) => match arn.strip_suffix(":root") {
                // Any user of the account will do.
                Some(of) => {
                    let account = of.strip_prefix("acs:ram::")?;
                    ask(Caller::User { account, name: "0" }.into())
                }
                None => ask(Caller::from_arn(arn).ok()?.into()),
            },
            Principal::Service(principal) => ask(Caller::Service { principal }.into()),
            Principal::Provider(provider) => ask(Caller::Federated { provider }.into()),
        })
    }

    /// Whom the policies of resources that give something name outside of the account.
    pub(crate) fn named_outside(&self) -> BTreeSet<Principal> {
        self.given().flat_map(|(_, _, named)| named).collect()
    }

    /// The policies that give something, with whom each names outside of the account.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&PolicyName, &Kept, BTreeSet<Principal>)> {
        let giving = self.kept.iter().filter(|(_, kept)| kept.gives());
        giving.map(|(name, kept)| (name, kept, self.named_by(kept)))
    }

    fn named_by(&self, kept: &Kept) -> BTreeSet<Principal> {
        let ids: BTreeSet<&str> =
            self.users.values().filter_map(|user| user.id.as_deref()).collect();
        let of = |text: &str| {
            if text == "*" {
                return Some(Principal::Everybody);
            }
            if let Some(rest) = text.strip_prefix("acs:ram::") {
                let (account, id) = rest.split_once(':')?;
                let id = if id == "*" { "root" } else { id };
                let arn = format!("acs:ram::{account}:{id}");
                return (account != self.id()).then_some(Principal::Outside(arn));
            }
            let own = format!("arn:sts::{}:", self.id());
            let is_own = text == self.id() || ids.contains(text) || text.starts_with(&own);
            (!is_own).then(|| Principal::Named(text.to_owned()))
        };
        kept.allowing().flat_map(named_texts).filter_map(|text| of(&text)).collect()
    }
}

/// Whether no statement of a document can match.
fn is_silent(document: &Document) -> bool {
    document.statements.iter().all(|statement| {
        let has_actions = statement
            .actions()
            .is_some_and(|(actions, negated)| negated || !actions.items.is_empty());
        let is_on_something = statement.elements.iter().all(|element| match element {
            Element::Resource(resources) => !resources.items.is_empty(),
            Element::Effect
            | Element::Action(_)
            | Element::NotAction(_)
            | Element::Principal(_)
            | Element::Condition(_)
            | Element::Sid(_) => true,
        });
        !has_actions || !is_on_something
    })
}

/// The principals that a statement names, `*` where it names everybody.
pub(crate) fn named_texts(statement: &Statement) -> Vec<String> {
    let mut texts = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Principal(Principals::Listed(values)) if values.items.is_empty() => {
                texts.push("*".to_owned());
            }
            Element::Principal(Principals::Listed(values)) => {
                texts.extend(values.items.iter().map(ToString::to_string));
            }
            Element::Principal(Principals::ByType(groups)) => {
                let items = groups.iter().flat_map(|group| group.values.items.iter());
                texts.extend(items.map(ToString::to_string));
            }
            Element::Effect
            | Element::Action(_)
            | Element::NotAction(_)
            | Element::Resource(_)
            | Element::Condition(_)
            | Element::Sid(_) => {}
        }
    }
    texts
}

/// The ARNs of a resource and of what is in it.
fn about(kind: ResourceKind, name: &str) -> Vec<String> {
    match kind {
        ResourceKind::Bucket => {
            vec![format!("acs:oss:*:*:{name}"), format!("acs:oss:*:*:{name}/*")]
        }
        ResourceKind::Key => vec![format!("acs:kms:*:*:key/{name}")],
        ResourceKind::Secret => vec![format!("acs:kms:*:*:secret/{name}")],
        ResourceKind::Project => {
            vec![format!("acs:log:*:*:project/{name}"), format!("acs:log:*:*:project/{name}/*")]
        }
        ResourceKind::Instance => {
            vec![format!("acs:ots:*:*:instance/{name}"), format!("acs:ots:*:*:instance/{name}/*")]
        }
        ResourceKind::AccessPoint | ResourceKind::ObjectProcess | ResourceKind::Endpoint => {
            Vec::new()
        }
    }
}

impl Kept {
    /// Whether it gives what it allows.
    fn gives(&self) -> bool {
        matches!(self.policy.kind().rules().combines, Combines::Grants(_))
    }

    /// The statements that may allow something.
    pub(crate) fn allowing(&self) -> impl Iterator<Item = &Statement> {
        let statements = self.policy.bounds().most.statements.iter();
        statements.filter(|statement| statement.effect == Effect::Allow)
    }

    /// The ARNs that it is about.
    pub(crate) fn about(&self) -> &[String] {
        &self.about
    }

    /// What it says about a caller, of its own resource alone.
    fn narrowed(&self, said: &OpenPolicy, combines: Combines) -> Bounds {
        let bounds = said.bounds();
        let gives = matches!(combines, Combines::Grants(_));
        // Whether what it does not allow is refused is not documented.
        let shuts_out = combines == Combines::Denies && self.policy.may_allow();
        let mut holes = bounds.holes.clone();
        let mut of = |document: &Document, least: bool| {
            let mut statements = Vec::new();
            for (number, statement) in document.statements.iter().enumerate() {
                let grows = (statement.effect == Effect::Deny) == least;
                let (narrow, is_exact) = self.on_own(statement, grows);
                if !is_exact {
                    let name = "which of its resources it covers".to_owned();
                    holes.push(StatementHole { statement: number, name });
                }
                let counts = gives || statement.effect == Effect::Deny;
                statements.push(if counts { narrow } else { never() });
            }
            if shuts_out {
                statements.push(if least { self.nothing_else() } else { never() });
            }
            Document { layout: document.layout, statements: Cow::Owned(statements) }
        };
        let (least, most) = (of(&bounds.least, true), of(&bounds.most, false));
        if shuts_out {
            let name = "whether it refuses what it does not allow".to_owned();
            let statement = least.statements.len().saturating_sub(1);
            holes.push(StatementHole { statement, name });
        }
        Bounds::between(least, most, holes)
    }

    /// A statement on the resource that keeps it, and whether that is just what it covers.
    fn on_own(&self, statement: &Statement, grows: bool) -> (Statement, bool) {
        let mut is_exact = true;
        let mut own: Vec<&str> = Vec::new();
        let mut names_resources = false;
        for resource in statement.elements.iter().flat_map(Element::resources) {
            names_resources = true;
            for about in &self.about {
                match meeting(&resource.text, about) {
                    Meeting::Is(text) => own.push(text),
                    Meeting::Within(text) => {
                        is_exact = false;
                        if grows {
                            own.push(text);
                        }
                    }
                    Meeting::Nothing => {}
                }
            }
        }
        if !names_resources {
            own.extend(self.about.iter().map(String::as_str));
        }
        own.sort_unstable();
        own.dedup();
        if own.is_empty() {
            return (Statement { effect: statement.effect, ..never() }, is_exact);
        }
        let pattern = |text: &str| ResourcePattern::new(Cow::Owned(text.to_owned()));
        let resources = Element::Resource(Values::plain(own.into_iter().map(pattern).collect()));
        let others = statement.elements.iter().filter(|one| !matches!(one, Element::Resource(_)));
        let elements = others.cloned().chain([resources]).collect();
        (Statement { effect: statement.effect, elements: Cow::Owned(elements) }, is_exact)
    }

    /// A statement that denies everything on the resource.
    fn nothing_else(&self) -> Statement {
        let about: Vec<&str> = self.about.iter().map(String::as_str).collect();
        let document = crate::question::document(Effect::Deny, &["*"], &about, Vec::new());
        document.statements.first().cloned().unwrap_or_else(never)
    }
}

/// A statement that never matches.
fn never() -> Statement {
    let nothing = Element::Action(Values::plain(Vec::new()));
    Statement { effect: Effect::Allow, elements: Cow::Owned(vec![Element::Effect, nothing]) }
}

/// What two patterns of ARNs have in common.
enum Meeting<'t> {
    /// Just this.
    Is(&'t str),
    /// Something of this.
    Within(&'t str),
    Nothing,
}

fn meeting<'t>(pattern: &'t str, about: &'t str) -> Meeting<'t> {
    if pattern == "*" {
        return Meeting::Is(about);
    }
    let (Ok(own), Ok(other)) = (Arn::split(pattern), Arn::split(about)) else {
        return Meeting::Nothing;
    };
    if own.meets(&other, |own, other| covers(own, other)) {
        Meeting::Is(about)
    } else if other.meets(&own, |other, own| covers(other, own)) {
        Meeting::Is(pattern)
    } else if own.meets(&other, |own, other| overlap(own, other)) {
        Meeting::Within(about)
    } else {
        Meeting::Nothing
    }
}

impl PolicyOrigin {
    /// In one word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Custom => "custom",
            Self::Resource(kind) => PolicyKind::Resource(kind).rules().word,
        }
    }
}
