//! Finds services, actions and condition keys in the tables by their names.

use core::cmp::Ordering;

use super::generated::{DISPLACEMENTS, SLOTS};
use super::{
    Access, AccessLevel, Certainty, ConditionKey, Evidence, GLOBAL_KEYS, Granularity, NICKNAMES,
    Nickname, Numbers, REPLACED, ResourceType, SERVICES, Service, name_hash,
};
use crate::text::steps;

/// Number of an action in the catalogue: its service and its row.
///
/// Numbers are only good within one version of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId(u32);

impl ActionId {
    /// The number of a service's row.
    #[must_use]
    pub const fn new(service: u16, row: u16) -> Self {
        Self(((service as u32) << 16) | row as u32)
    }

    /// The number as given by [`ActionId::number`].
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The service's index in [`SERVICES`].
    #[must_use]
    pub const fn service(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// The row in the service's table.
    #[must_use]
    pub const fn row(self) -> u16 {
        (self.0 & 0xffff) as u16
    }

    /// The number itself; the actions of one service are neighbours, in the order of their names.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// A service with its place in [`SERVICES`].
#[derive(Debug, Clone, Copy)]
pub struct ServiceEntry {
    index: u16,
    table: &'static Service,
}

impl core::ops::Deref for ServiceEntry {
    type Target = Service;

    fn deref(&self) -> &Service {
        self.table
    }
}

impl ServiceEntry {
    /// The service's table.
    #[must_use]
    pub fn table(self) -> &'static Service {
        self.table
    }

    /// The service's place in [`SERVICES`].
    #[must_use]
    pub fn index(self) -> u16 {
        self.index
    }

    /// Number of actions.
    #[must_use]
    pub fn len(self) -> u16 {
        u16::try_from(self.table.name_ends.len()).unwrap_or(u16::MAX)
    }

    /// Whether the service has no action.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.table.name_ends.is_empty()
    }

    /// All actions in the order of their names.
    pub fn actions(self) -> impl Iterator<Item = ActionRow> {
        (0..self.len()).map(move |row| ActionRow { service: self, row })
    }

    /// The action of a row.
    #[must_use]
    pub fn row(self, row: u16) -> Option<ActionRow> {
        (row < self.len()).then_some(ActionRow { service: self, row })
    }

    /// The action with this name, ASCII case ignored.
    #[must_use]
    pub fn find(self, name: &str) -> Option<ActionRow> {
        let row = self.partition(|known| compare_ignore_case(known, name) == Ordering::Less);
        let found = self.row(row)?;
        found.name().eq_ignore_ascii_case(name).then_some(found)
    }

    /// The rows whose names begin with `prefix`, ASCII case ignored, as a half-open range.
    #[must_use]
    pub fn rows_with_prefix(self, prefix: &str) -> (u16, u16) {
        let head = |known: &str| compare_ignore_case(cut(known, prefix.len()), prefix);
        let start = self.partition(|known| head(known) == Ordering::Less);
        let end = self.partition(|known| head(known) != Ordering::Greater);
        (start, end)
    }

    /// First row whose name does not satisfy `before`; the names that do come first.
    fn partition(self, before: impl Fn(&str) -> bool) -> u16 {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.name(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn name(self, row: u16) -> &'static str {
        self.full_name(row).get(self.table.code.len().saturating_add(1)..).unwrap_or("")
    }

    fn full_name(self, row: u16) -> &'static str {
        let table = self.table;
        let row = usize::from(row);
        let end = table.name_ends.get(row).map_or(0, usize::from);
        // A line feed stands between two names.
        let before = row.checked_sub(1).and_then(|previous| table.name_ends.get(previous));
        let start = before.map_or(0, |before| usize::from(before).saturating_add(1));
        table.names.get(start..end).unwrap_or("")
    }
}

/// One action of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct ActionRow {
    service: ServiceEntry,
    row: u16,
}

/// The resources an action can be limited to.
#[derive(Debug, Clone, Copy)]
pub enum Resources {
    /// No document at hand says; never guessed at.
    Unknown,
    /// "All Resources": the action has no resource-level authorization.
    All,
    /// Indices in the service's `resource_types`, times two, plus one when required.
    Types(Numbers),
}

impl ActionRow {
    /// The action's number.
    #[must_use]
    pub fn id(self) -> ActionId {
        ActionId::new(self.service.index, self.row)
    }

    /// The action's service.
    #[must_use]
    pub fn service(self) -> ServiceEntry {
        self.service
    }

    /// The name after the colon, in RAM's spelling.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.service.name(self.row)
    }

    /// The name with its code, as `ecs:RunInstances`, in RAM's spelling.
    #[must_use]
    pub fn full_name(self) -> &'static str {
        self.service.full_name(self.row)
    }

    /// RAM's access level, where a document gives one.
    #[must_use]
    pub fn access(self) -> Option<AccessLevel> {
        let access = self.likely_access()?;
        (access.certainty == Certainty::Documented).then_some(access.level)
    }

    /// The access level, where a document gives one or the action's verb says enough.
    ///
    /// ```
    /// use ram_policy_model::catalogue::{AccessLevel, Certainty, find_action};
    ///
    /// let access = |name| find_action(name).and_then(|row| row.likely_access());
    /// let stop = access("ecs:StopInstance").unwrap();
    /// assert_eq!((stop.level, stop.certainty), (AccessLevel::Update, Certainty::Documented));
    /// let query = access("mse:QueryConfig").unwrap();
    /// assert_eq!((query.level, query.certainty), (AccessLevel::Read, Certainty::Inferred));
    /// ```
    #[must_use]
    pub fn likely_access(self) -> Option<Access> {
        Access::from_byte(*self.service.table.access.get(usize::from(self.row))?)
    }

    /// How the action is known.
    #[must_use]
    pub fn evidence(self) -> Evidence {
        self.service
            .table
            .evidence
            .get(usize::from(self.row))
            .map_or(Evidence::Operation, |byte| Evidence::from_byte(*byte))
    }

    /// What the action can be limited to.
    #[must_use]
    pub fn resources(self) -> Resources {
        let table = self.service.table;
        let types = part(table.resource_ends, table.resources, self.row);
        match types.get(0) {
            None => Resources::Unknown,
            Some(u16::MAX) => Resources::All,
            Some(_) => Resources::Types(types),
        }
    }

    /// The resource types the action can be limited to; empty when unknown or all resources.
    pub fn resource_types(self) -> impl Iterator<Item = &'static ResourceType> {
        let types = match self.resources() {
            Resources::Types(types) => types,
            Resources::Unknown | Resources::All => Numbers::new(b""),
        };
        let table = self.service.table;
        types.iter().filter_map(move |number| table.resource_types.get(usize::from(number / 2)))
    }

    /// The condition keys the action's row names.
    pub fn condition_keys(self) -> impl Iterator<Item = &'static str> {
        let table = self.service.table;
        named(table.row_keys, part(table.key_ends, table.keys, self.row))
    }

    /// The other actions a caller of this one needs, as `kms:Decrypt`.
    pub fn dependents(self) -> impl Iterator<Item = &'static str> {
        let table = self.service.table;
        named(table.row_dependents, part(table.dependent_ends, table.dependents, self.row))
    }
}

/// A row's part of a list that is stored end to end.
fn part(ends: Numbers, items: Numbers, row: u16) -> Numbers {
    let row = usize::from(row);
    let end = ends.get(row).map_or(0, usize::from);
    let start = row.checked_sub(1).and_then(|previous| ends.get(previous)).map_or(0, usize::from);
    items.part(start, end)
}

/// The names with these numbers.
fn named(names: &'static [&'static str], numbers: Numbers) -> impl Iterator<Item = &'static str> {
    numbers.iter().filter_map(move |number| names.get(usize::from(number)).copied())
}

/// All services, sorted by code.
pub fn services() -> impl Iterator<Item = ServiceEntry> {
    SERVICES.iter().zip(0..).map(|(table, index)| ServiceEntry { index, table })
}

/// The service at an index of [`SERVICES`].
#[must_use]
pub fn service(index: u16) -> Option<ServiceEntry> {
    SERVICES.get(usize::from(index)).map(|table| ServiceEntry { index, table })
}

/// The service with this RAM code, ASCII case ignored.
#[must_use]
pub fn find_service(code: &str) -> Option<ServiceEntry> {
    let index = SERVICES
        .binary_search_by(|table| compare_ignore_case(table.code, code))
        .ok()
        .and_then(|index| u16::try_from(index).ok())?;
    service(index)
}

/// The RAM code of the service that people call so, ASCII case ignored.
///
/// ```
/// use ram_policy_model::catalogue::find_nickname;
///
/// assert_eq!(find_nickname("SLS"), Some("log"));
/// assert_eq!(find_nickname("waf"), Some("yundun-waf"));
/// assert_eq!(find_nickname("log"), None);
/// ```
#[must_use]
pub fn find_nickname(name: &str) -> Option<&'static str> {
    Some(nickname(name)?.code)
}

fn nickname(name: &str) -> Option<&'static Nickname> {
    let found = NICKNAMES.binary_search_by(|row| compare_ignore_case(row.name, name)).ok()?;
    NICKNAMES.get(found)
}

/// The action that the vendor names instead of one whose operation it deprecates.
///
/// ```
/// use ram_policy_model::catalogue::replaced_by;
///
/// assert_eq!(replaced_by("ecs", "CreateVpc"), Some("vpc:CreateVpc"));
/// assert_eq!(replaced_by("vpc", "CreateVpc"), None);
/// ```
#[must_use]
pub fn replaced_by(code: &str, name: &str) -> Option<&'static str> {
    let found = REPLACED.binary_search_by(|row| (row.code, row.name).cmp(&(code, name))).ok()?;
    REPLACED.get(found).map(|row| row.instead)
}

/// A service code in lower case, as ARNs have it: that of a service, or what people call one.
///
/// ```
/// use ram_policy_model::catalogue::spelling_of_code;
///
/// assert_eq!(spelling_of_code("ECS"), Some("ecs"));
/// assert_eq!(spelling_of_code("Sls"), Some("sls"));
/// assert_eq!(spelling_of_code("Brand-New"), None);
/// ```
#[must_use]
pub fn spelling_of_code(code: &str) -> Option<&'static str> {
    find_service(code).map(|service| service.table.code).or_else(|| Some(nickname(code)?.name))
}

/// The action with this full name, as `ecs:RunInstances`, ASCII case ignored.
///
/// One look into the index: it has a slot for every name, and only one that a name can be in.
#[must_use]
pub fn find_action(name: &str) -> Option<ActionRow> {
    let hash = name_hash::name_hash(name);
    let displacement = DISPLACEMENTS.get(name_hash::bucket(hash, DISPLACEMENTS.len()))?;
    // Two numbers a slot: the service and the row.
    let slot = name_hash::slot(hash, displacement, SLOTS.len() / 2).checked_mul(2)?;
    let found = service(SLOTS.get(slot)?)?.row(SLOTS.get(slot.checked_add(1)?)?)?;
    let known = found.full_name();
    // Names are mostly spelt as RAM does, and equal texts are told quickly.
    (known == name || known.eq_ignore_ascii_case(name)).then_some(found)
}

/// The action with this number.
#[must_use]
pub fn action(id: ActionId) -> Option<ActionRow> {
    service(id.service())?.row(id.row())
}

/// The condition key with exactly this name; a tag key is found by the part before its tag.
#[must_use]
pub fn find_key(name: &str) -> Option<&'static ConditionKey> {
    let name = tag_prefix(name).unwrap_or(name);
    keys_of(name.split_once(':')?.0).iter().find(|key| key.name == name)
}

/// All known keys of a code, ASCII case ignored; for a code without a table, the keys of no single
/// service.
#[must_use]
pub fn keys_of(code: &str) -> &'static [ConditionKey] {
    match find_service(code) {
        Some(service) => service.table.condition_keys,
        None => GLOBAL_KEYS,
    }
}

/// The part of a key before its free part: `ecs:tag/` of `ecs:tag/owner`.
#[must_use]
pub fn tag_prefix(key: &str) -> Option<&str> {
    let slash = key.find('/')?;
    key.get(..=slash)
}

/// Compares by ASCII lower case, the order of the tables.
///
/// A plain loop: macros run unoptimised, and there a chain of iterators takes several times as long.
fn compare_ignore_case(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    steps::take!(1);
    let mut at = 0;
    loop {
        match (left.get(at), right.get(at)) {
            (Some(l), Some(r)) if l == r => {}
            (Some(l), Some(r)) => {
                let order = l.to_ascii_lowercase().cmp(&r.to_ascii_lowercase());
                if order != Ordering::Equal {
                    return order;
                }
            }
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
        }
        at += 1;
    }
}

fn cut(text: &str, length: usize) -> &str {
    text.get(..length).unwrap_or(text)
}

impl Granularity {
    /// How narrow policies can be, in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Service => "policies grant the service as a whole",
            Self::Operation => "policies grant single operations",
            Self::Resource => "policies grant single resources",
        }
    }
}

impl Access {
    /// The access of a byte in a table: a capital letter stands for an inferred one.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        let level = AccessLevel::from_byte(byte.to_ascii_lowercase())?;
        let is_inferred = byte.is_ascii_uppercase();
        let certainty = if is_inferred { Certainty::Inferred } else { Certainty::Documented };
        Some(Self { level, certainty })
    }
}

impl Access {
    /// RAM's word for the level, and `(inferred)` behind it where no document gives it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match (self.certainty, self.level) {
            (Certainty::Documented, level) => level.name(),
            (Certainty::Inferred, AccessLevel::Create) => "create (inferred)",
            (Certainty::Inferred, AccessLevel::Delete) => "delete (inferred)",
            (Certainty::Inferred, AccessLevel::Get) => "get (inferred)",
            (Certainty::Inferred, AccessLevel::List) => "list (inferred)",
            (Certainty::Inferred, AccessLevel::Read) => "read (inferred)",
            (Certainty::Inferred, AccessLevel::Update) => "update (inferred)",
            (Certainty::Inferred, AccessLevel::Write) => "write (inferred)",
        }
    }
}

/// As [`Access::words`].
impl core::fmt::Display for Access {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.words())
    }
}

impl AccessLevel {
    /// Whether it neither creates, changes nor deletes anything.
    #[must_use]
    pub const fn reads(self) -> bool {
        match self {
            Self::Get | Self::List | Self::Read => true,
            Self::Create | Self::Delete | Self::Update | Self::Write => false,
        }
    }

    /// The access level of a small letter in a table.
    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            b'c' => Some(Self::Create),
            b'd' => Some(Self::Delete),
            b'g' => Some(Self::Get),
            b'l' => Some(Self::List),
            b'r' => Some(Self::Read),
            b'u' => Some(Self::Update),
            b'w' => Some(Self::Write),
            _ => None,
        }
    }

    /// RAM's word for it, as `create`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Delete => "delete",
            Self::Get => "get",
            Self::List => "list",
            Self::Read => "read",
            Self::Update => "update",
            Self::Write => "write",
        }
    }
}

impl Evidence {
    /// The evidence of a byte in a table.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            b'D' => Self::Documented,
            b'S' => Self::Seen,
            b'X' => Self::DeprecatedOperation,
            _ => Self::Operation,
        }
    }
}
