//! The data as structs, in the order the generated files use.

use crate::model::arn::Arn;
pub use crate::model::family::KeyType;

/// Everything the data files say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Day the data describe, as `2026-11-01`.
    pub date: String,
    /// Sorted by code.
    pub services: Vec<Service>,
    /// Sorted by name.
    pub keys: Vec<Key>,
    /// Sorted by principal.
    pub principals: Vec<Principal>,
    /// Sorted by product, then code.
    pub products: Vec<Product>,
    /// Sorted by name.
    pub nicknames: Vec<Nickname>,
    /// Sorted by action.
    pub replaced: Vec<Replaced>,
    /// What ActionTrail calls otherwise than RAM: services, operations, then resource types.
    pub event_names: Vec<EventName>,
    /// In the order of their file.
    pub verbs: Vec<Verb>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// RAM code, also the name of the Cargo feature.
    pub code: String,
    /// Name of the Rust enum.
    pub type_name: String,
    /// The product's name.
    pub title: String,
    /// Whether its Cargo feature is on by default.
    pub default: bool,
    /// How much of the service the data have.
    pub completeness: Completeness,
    /// How narrow its policies can be, where RAM's list of services says.
    pub granularity: Option<Granularity>,
    /// Whether a page or an official policy prints ARNs of single resources though no row has one.
    pub prints_arns: bool,
    /// Sorted by ASCII lower case.
    pub actions: Vec<Action>,
}

impl Service {
    /// The code as a Rust module and file name.
    #[must_use]
    pub fn module(&self) -> String {
        self.code.replace('-', "_")
    }

    /// Whether the service has actions, and with them an enum and a Cargo feature.
    #[must_use]
    pub fn has_enum(&self) -> bool {
        !self.actions.is_empty()
    }

    /// Whether some document prints an ARN that is narrower than the whole service.
    #[must_use]
    pub fn has_arns(&self) -> bool {
        let is_narrow =
            |one: &Resource| Arn::split(&one.template).is_ok_and(|arn| arn.relative_id != "*");
        self.prints_arns
            || self.actions.iter().any(|action| match &action.resources {
                Resources::Unknown | Resources::All => false,
                Resources::Doubtful | Resources::Named(_) => true,
                Resources::Types(types) => types.iter().any(is_narrow),
            })
    }
}

/// How much of a service the data have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Completeness {
    /// Every action.
    Complete,
    /// Some actions.
    Partial,
    /// Only the code.
    CodeOnly,
}

impl Completeness {
    /// Each, as the data files spell it and as the model's enum does.
    pub const ALL: [(&'static str, &'static str, Self); 3] = [
        ("complete", "Complete", Self::Complete),
        ("partial", "Partial", Self::Partial),
        ("code-only", "CodeOnly", Self::CodeOnly),
    ];

    /// As the model's enum spells it.
    #[must_use]
    pub fn variant(self) -> &'static str {
        Self::ALL.iter().find(|(.., known)| *known == self).map_or("", |(_, variant, _)| *variant)
    }
}

/// How narrow the policies of a service can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Granularity {
    /// The whole service.
    Service,
    /// Single operations.
    Operation,
    /// Single resources.
    Resource,
}

impl Granularity {
    /// Each, as the data files spell it and as the model's enum does.
    pub const ALL: [(&'static str, &'static str, Self); 3] = [
        ("service", "Service", Self::Service),
        ("operation", "Operation", Self::Operation),
        ("resource", "Resource", Self::Resource),
    ];

    /// As the model's enum spells it.
    #[must_use]
    pub fn variant(self) -> &'static str {
        Self::ALL.iter().find(|(.., known)| *known == self).map_or("", |(_, variant, _)| *variant)
    }

    /// The documentation of an enum says it so.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Service => "By RAM's list of services, policies grant it as a whole",
            Self::Operation => "By RAM's list of services, policies grant single operations of it",
            Self::Resource => "By RAM's list of services, policies grant single resources of it",
        }
    }
}

/// A product of the API, whose operations become actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The product's code in the API, also the name of its file of operations.
    pub product: String,
    /// A RAM code of its actions.
    pub code: String,
    /// Whether a document says so.
    pub sure: bool,
    /// Where its operations come from: the first lines of the file, without the `#`.
    pub sources: Vec<String>,
}

/// An operation of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// Whether the API marks it as deprecated.
    pub deprecated: bool,
    /// The actions it needs, with service code, where a description says that none has its name.
    pub actions: Vec<String>,
}

/// An action of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Line in the service's file; 0 when only an operation has the name.
    pub line: usize,
    /// Name without the service code.
    pub name: String,
    /// Access level, when the documents print one.
    pub access: Option<Access>,
    /// Access level inferred from the verb, when the documents print none.
    pub inferred: Option<Access>,
    /// Resources it works on.
    pub resources: Resources,
    /// Condition keys its row names.
    pub keys: Vec<String>,
    /// Other actions the caller needs, with service code.
    pub dependents: Vec<String>,
    /// How the row is known.
    pub evidence: Evidence,
    /// The documents it is known from, as the tags of its `source` cell.
    pub source: String,
}

impl Action {
    /// The name as a Rust variant: some operations begin with a small letter.
    #[must_use]
    pub fn variant(&self) -> String {
        let mut letters = self.name.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    }
}

/// Access level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are RAM's own and say it all")]
pub enum Access {
    Create,
    Delete,
    Get,
    List,
    Read,
    Update,
    Write,
}

impl Access {
    /// Every level, as the data files spell it.
    pub const ALL: [(&'static str, Self); 7] = [
        ("create", Self::Create),
        ("delete", Self::Delete),
        ("get", Self::Get),
        ("list", Self::List),
        ("read", Self::Read),
        ("update", Self::Update),
        ("write", Self::Write),
    ];

    /// The level as the data files spell it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, level)| *level == self).map_or("", |(word, _)| *word)
    }

    /// The byte that stands for it in the model's tables.
    #[must_use]
    pub fn byte(self) -> char {
        self.word().chars().next().unwrap_or('-')
    }
}

/// Resources of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resources {
    /// No document says.
    Unknown,
    /// A document says "All Resources", and others contradict it: not relied on.
    Doubtful,
    /// A document names the types, but its ARNs could not be read.
    Named(Vec<String>),
    /// The document says "All Resources".
    All,
    /// The resource types of the row.
    Types(Vec<Resource>),
}

/// One resource type of an action.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resource {
    /// Name the document gives the type.
    pub name: String,
    /// ARN template.
    pub template: String,
    /// Whether the document marks it as required.
    pub required: bool,
}

/// How a row is known. The first that holds wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// An authorization document lists the action.
    Documented,
    /// An official policy names the action.
    Seen,
    /// An API operation has this name.
    Operation,
    /// A deprecated API operation has this name.
    DeprecatedOperation,
}

impl Evidence {
    /// Each, with a few words for it.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Documented, "in an authorization document"),
        (Self::Seen, "seen in an official policy"),
        (Self::Operation, "name of an API operation only"),
        (Self::DeprecatedOperation, "name of a deprecated operation only"),
    ];

    /// The byte that stands for it in the model's tables.
    #[must_use]
    pub fn byte(self) -> char {
        match self {
            Self::Documented => 'D',
            Self::Operation => 'O',
            Self::DeprecatedOperation => 'X',
            Self::Seen => 'S',
        }
    }

    /// The evidence in words, without a full stop.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Documented => "An authorization document lists it",
            Self::Operation => "An API operation has this name",
            Self::DeprecatedOperation => "A deprecated API operation has this name",
            Self::Seen => "An official policy names it",
        }
    }
}

/// A condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Line in the file of keys.
    pub line: usize,
    /// Full name; ends in `/` when a free part follows.
    pub name: String,
    /// Type of its values.
    pub value_type: KeyType,
    /// What it holds.
    pub meaning: String,
    /// The only actions that fill it; empty when that is not known.
    pub filled_by: Vec<String>,
}

impl Key {
    /// The part before the colon.
    #[must_use]
    pub fn code(&self) -> &str {
        self.name.split_once(':').map_or("", |(code, _)| code)
    }
}

/// What people call a service beside its RAM code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nickname {
    /// As `sls`; no service has it as its code.
    pub name: String,
    /// The RAM code that is meant, as `log`.
    pub code: String,
}

/// An action whose operation the vendor deprecates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// As `ecs:CreateVpc`.
    pub action: String,
    /// The one that the vendor names instead, as `vpc:CreateVpc`.
    pub instead: String,
}

/// What ActionTrail calls something that RAM calls otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventName {
    /// A service as `PrivateZone`, an operation as `Oss:HeadObject`, a type as `ACS::OSS::Bucket`.
    pub name: String,
    /// The RAM code, the action, or the ARN template.
    pub means: String,
}

/// A verb that names of actions begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// The verb; `*` for all that have no row.
    pub name: String,
    /// The level that is inferred from it; `None` where it says nothing.
    pub level: Option<Access>,
    /// Documented rows with the verb, and those that agree with the level.
    pub counted: Option<(usize, usize)>,
}

/// A service principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The principal.
    pub principal: String,
    /// Its service-linked role, empty when no document names it.
    pub role: String,
}
