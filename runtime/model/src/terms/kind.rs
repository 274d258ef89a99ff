//! The kinds of policies, and what each is allowed.

use core::fmt;

use super::principal::Naming;

/// What a policy is attached to, which decides what it may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// Attached to a user, a group or a role.
    Identity,
    /// Kept in an access configuration of CloudSSO, which makes a role's policy of it.
    Inline,
    /// Passed to `sts:AssumeRole`; narrows a role session.
    Session,
    /// Attached to a node of a resource directory; narrows its members.
    Control,
    /// Kept with a role; says who may assume it.
    Trust,
    /// Kept with another resource; says who may use it.
    Resource(ResourceKind),
}

/// What a policy that is kept with a resource is kept with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    /// A bucket of OSS.
    Bucket,
    /// An access point of OSS.
    AccessPoint,
    /// An access point of OSS that has objects processed by a function.
    ObjectProcess,
    /// An endpoint of a VPC, by interface or by gateway.
    Endpoint,
    /// A key of KMS.
    Key,
    /// A secret of KMS.
    Secret,
    /// A project of Simple Log Service.
    Project,
    /// An instance of Tablestore.
    Instance,
}

/// What is true of every policy of a kind.
#[derive(Debug)]
pub struct KindRules {
    /// The kind in one word, as `--kind` takes it.
    pub word: &'static str,
    /// The kind in words, for messages.
    pub name: &'static str,
    /// How long a document may be; no document gives a limit for some kinds.
    pub limit: Option<Limit>,
    /// What its statements are about.
    pub about: About,
    /// Whether a document that is too long may have a shorter form; what is proved of documents is
    /// proved of resources.
    pub may_shorten: bool,
    /// Whether what it allows is given to somebody, and several of a kind add up.
    pub gives: bool,
    /// Whether a resource keeps it, and not each call that passes it.
    pub is_kept: bool,
}

/// What the statements of a kind are about.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// Resources; who may do something with them follows from what the policy is attached to.
    Resources,
    /// The role that the policy is kept with, and who may assume it.
    Role,
    /// The resource that the policy is kept with, and who may do what with it.
    Kept(&'static ResourceRules),
}

/// What is true of every policy of a kind that is kept with a resource.
#[derive(Debug)]
pub struct ResourceRules {
    /// How its statements name principals.
    pub naming: Naming,
    /// Whether a statement may name nobody, which means everybody.
    pub may_name_nobody: bool,
    /// The service whose actions it has; `None` for any.
    pub code: Option<&'static str>,
    /// Whether `*` alone is one of its actions.
    pub takes_every_action: bool,
    /// Which resources its statements name.
    pub resources: Resources,
    /// Whether its statements may have a `Sid`.
    pub has_sid: bool,
    /// Whether its statements may have a `NotAction`.
    pub has_not_action: bool,
    /// The names of the actions that it can allow, each whole or the start of one behind which is a
    /// star; any where there are none. Others are taken and have no effect (KMS: `SetKeyPolicy`).
    pub supports: &'static [&'static str],
    /// What it has to do with the policies of who asks.
    pub combines: Combines,
    /// Whether the owner of the resource is left out where a statement names everybody and asks for
    /// nothing (OSS: Bucket Policy; SLS: Project policies).
    pub spares_owner: bool,
    /// Whether `acs:SourceIp` is taken only beside `acs:SourceVpc` (OSS: 0030-00000008).
    pub pairs_source_ip: bool,
    /// Whether a run of stars is refused (OSS: 0030-00000007).
    pub refuses_runs: bool,
    /// Whether a wildcard is one at the start or the end of a field alone (Tablestore: Instance
    /// Policy).
    pub wildcards_at_ends: bool,
}

/// The resources of a kind that is kept with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resources {
    /// ARNs of a service.
    Arns,
    /// ARNs whose relative id begins with this.
    Under(&'static str),
    /// `*` alone, which is the resource that the policy is kept with.
    ItselfAsStar,
}

/// What a policy that is kept with a resource has to do with the policies of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combines {
    /// What it allows is allowed within an account; across accounts this says what more is needed.
    Grants(Across),
    /// What it does not allow is refused, whatever others allow.
    Filters,
    /// What it denies is refused. Whether what it allows gives anything is not documented: it gives
    /// nothing. Whether it shuts out what it does not allow is not documented either: one that allows
    /// anything does.
    Denies,
}

impl Combines {
    /// The names of the actions that it can allow to other accounts; any where there are none.
    #[must_use]
    pub const fn used_across(self) -> &'static [&'static str] {
        match self {
            Self::Grants(Across::Both(names)) => names,
            Self::Grants(Across::Alone) | Self::Filters | Self::Denies => &[],
        }
    }
}

/// What somebody of another account needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// The policy of the resource alone (OSS: Authentication).
    Alone,
    /// The policy of the resource and that of who asks, and only actions with these names, which use
    /// the resource and do not administer it (KMS: Key policies).
    Both(&'static [&'static str]),
}

/// How long a document may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The greatest length.
    pub most: usize,
    /// What it is counted in.
    pub unit: Unit,
}

/// What the length of a document is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Characters, as in RAM's own policies (RAM: Limits).
    Characters,
    /// Bytes in UTF-8, as in the policies that services keep.
    Bytes,
}

impl Unit {
    /// The unit in the plural.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
        }
    }

    /// How long a text is.
    #[must_use]
    pub fn of(self, text: &str) -> usize {
        match self {
            Self::Characters => text.chars().count(),
            Self::Bytes => text.len(),
        }
    }
}

/// That many characters.
const fn characters(most: usize) -> Option<Limit> {
    Some(Limit { most, unit: Unit::Characters })
}

/// That many bytes.
const fn bytes(most: usize) -> Option<Limit> {
    Some(Limit { most, unit: Unit::Bytes })
}

const IDENTITY: KindRules = KindRules {
    word: "identity",
    name: "an identity policy",
    limit: characters(6144),
    about: About::Resources,
    may_shorten: true,
    gives: true,
    is_kept: true,
};

/// Of a policy that is kept with a resource; proofs compare what it says of one caller.
const KEPT: KindRules =
    KindRules { limit: None, may_shorten: false, gives: false, is_kept: true, ..IDENTITY };

/// OSS: Authorization syntax and elements; OSS: Bucket Policy.
const BUCKET: ResourceRules = ResourceRules {
    naming: Naming::Listed { takes_text: false, names_sessions: true },
    may_name_nobody: false,
    code: Some("oss"),
    takes_every_action: false,
    resources: Resources::Arns,
    has_sid: false,
    has_not_action: false,
    supports: &[],
    combines: Combines::Grants(Across::Alone),
    spares_owner: true,
    pairs_source_ip: true,
    refuses_runs: true,
    wildcards_at_ends: false,
};

/// What a policy of KMS can allow (KMS: `SetKeyPolicy`).
const SUPPORTED: [&str; 20] = [
    "List*",
    "Describe*",
    "Create*",
    "Enable*",
    "Disable*",
    "Get*",
    "Set*",
    "Update*",
    "Delete*",
    "Cancel*",
    "TagResource",
    "UntagResource",
    "ImportKeyMaterial",
    "ScheduleKeyDeletion",
    "Encrypt",
    "Decrypt",
    "GenerateDataKey",
    "GenerateAndExportDataKey",
    "AsymmetricEncrypt",
    "AsymmetricDecrypt",
];

/// What other accounts may do with a key or a secret. The page says that they may use it and not
/// administer it, and does not list what use is: these are what it names singly beside the patterns
/// of administration, and what reads the value of a secret.
const USES: [&str; 13] = [
    "Encrypt",
    "Decrypt",
    "GenerateDataKey",
    "GenerateAndExportDataKey",
    "AsymmetricEncrypt",
    "AsymmetricDecrypt",
    "DescribeKey",
    "DescribeKeyVersion",
    "ListKeyVersions",
    "ListAliasesByKeyId",
    "GetSecretValue",
    "DescribeSecret",
    "ListSecretVersionIds",
];

/// KMS: `SetKeyPolicy`; KMS: `SetSecretPolicy`.
const KEY: ResourceRules = ResourceRules {
    naming: Naming::Ram,
    may_name_nobody: false,
    code: Some("kms"),
    takes_every_action: false,
    resources: Resources::ItselfAsStar,
    has_sid: true,
    has_not_action: false,
    supports: &SUPPORTED,
    combines: Combines::Grants(Across::Both(&USES)),
    spares_owner: false,
    pairs_source_ip: false,
    refuses_runs: false,
    wildcards_at_ends: false,
};

/// What the policies of Log Service and Tablestore have in common.
const DENYING: ResourceRules = ResourceRules {
    naming: Naming::Listed { takes_text: false, names_sessions: false },
    may_name_nobody: true,
    takes_every_action: true,
    combines: Combines::Denies,
    spares_owner: true,
    pairs_source_ip: false,
    refuses_runs: false,
    ..BUCKET
};

impl ResourceKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Bucket,
        Self::AccessPoint,
        Self::ObjectProcess,
        Self::Endpoint,
        Self::Key,
        Self::Secret,
        Self::Project,
        Self::Instance,
    ];

    /// What is true of every policy of this kind.
    #[must_use]
    pub const fn rules(self) -> &'static ResourceRules {
        match self {
            Self::Bucket => &BUCKET,
            // OSS: Access points. A statement of its own says that `*` gives anonymous callers nothing.
            Self::AccessPoint => {
                const {
                    &ResourceRules {
                        resources: Resources::Under("accesspoint/"),
                        combines: Combines::Filters,
                        spares_owner: false,
                        pairs_source_ip: false,
                        ..BUCKET
                    }
                }
            }
            // OSS: PutAccessPointPolicyForObjectProcess. How it combines is not documented: as that of
            // an access point, it gives nothing.
            Self::ObjectProcess => {
                const {
                    &ResourceRules {
                        resources: Resources::Under("accesspointforobjectprocess/"),
                        combines: Combines::Filters,
                        spares_owner: false,
                        pairs_source_ip: false,
                        ..BUCKET
                    }
                }
            }
            // PrivateLink: Endpoint policies.
            Self::Endpoint => {
                const {
                    &ResourceRules {
                        naming: Naming::Listed { takes_text: true, names_sessions: false },
                        may_name_nobody: false,
                        code: None,
                        takes_every_action: true,
                        // No page lists the elements.
                        has_sid: true,
                        has_not_action: true,
                        combines: Combines::Filters,
                        spares_owner: false,
                        pairs_source_ip: false,
                        refuses_runs: false,
                        ..BUCKET
                    }
                }
            }
            Self::Key | Self::Secret => &KEY,
            // SLS: Project policies.
            Self::Project => const { &ResourceRules { code: Some("log"), ..DENYING } },
            // Tablestore: Instance Policy.
            Self::Instance => {
                const {
                    &ResourceRules {
                        code: Some("ots"),
                        spares_owner: false,
                        wildcards_at_ends: true,
                        ..DENYING
                    }
                }
            }
        }
    }

    /// What is true of every policy of this kind, in terms of all kinds.
    const fn of_all(self) -> &'static KindRules {
        match self {
            // OSS: 0030-00000001, below 16 KB.
            Self::Bucket => {
                const {
                    &KindRules {
                        word: "bucket",
                        name: "a bucket policy",
                        limit: bytes(16_383),
                        about: About::Kept(Self::Bucket.rules()),
                        ..KEPT
                    }
                }
            }
            Self::AccessPoint => {
                const {
                    &KindRules {
                        word: "access_point",
                        name: "the policy of an access point",
                        about: About::Kept(Self::AccessPoint.rules()),
                        ..KEPT
                    }
                }
            }
            Self::ObjectProcess => {
                const {
                    &KindRules {
                        word: "object_process",
                        name: "the policy of an access point for object processing",
                        about: About::Kept(Self::ObjectProcess.rules()),
                        ..KEPT
                    }
                }
            }
            Self::Endpoint => {
                const {
                    &KindRules {
                        word: "endpoint",
                        name: "the policy of a VPC endpoint",
                        about: About::Kept(Self::Endpoint.rules()),
                        ..KEPT
                    }
                }
            }
            Self::Key => {
                const {
                    &KindRules {
                        word: "key",
                        name: "a key policy",
                        limit: bytes(32_768),
                        about: About::Kept(Self::Key.rules()),
                        ..KEPT
                    }
                }
            }
            Self::Secret => {
                const {
                    &KindRules {
                        word: "secret",
                        name: "a secret policy",
                        limit: bytes(32_768),
                        about: About::Kept(Self::Secret.rules()),
                        ..KEPT
                    }
                }
            }
            Self::Project => {
                const {
                    &KindRules {
                        word: "project",
                        name: "a project policy",
                        limit: bytes(16_384),
                        about: About::Kept(Self::Project.rules()),
                        ..KEPT
                    }
                }
            }
            Self::Instance => {
                const {
                    &KindRules {
                        word: "instance",
                        name: "an instance policy",
                        limit: bytes(4096),
                        about: About::Kept(Self::Instance.rules()),
                        ..KEPT
                    }
                }
            }
        }
    }
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Identity,
        Self::Inline,
        Self::Session,
        Self::Control,
        Self::Trust,
        Self::Resource(ResourceKind::Bucket),
        Self::Resource(ResourceKind::AccessPoint),
        Self::Resource(ResourceKind::ObjectProcess),
        Self::Resource(ResourceKind::Endpoint),
        Self::Resource(ResourceKind::Key),
        Self::Resource(ResourceKind::Secret),
        Self::Resource(ResourceKind::Project),
        Self::Resource(ResourceKind::Instance),
    ];

    /// What is true of every policy of this kind.
    #[must_use]
    pub const fn rules(self) -> &'static KindRules {
        match self {
            Self::Identity => &IDENTITY,
            // CloudSSO: CreateAccessConfiguration.
            Self::Inline => {
                const {
                    &KindRules {
                        word: "inline",
                        name: "an inline policy of CloudSSO",
                        limit: characters(4096),
                        ..IDENTITY
                    }
                }
            }
            Self::Session => {
                const {
                    &KindRules {
                        word: "session",
                        name: "a session policy",
                        limit: characters(2048),
                        gives: false,
                        is_kept: false,
                        ..IDENTITY
                    }
                }
            }
            Self::Control => {
                const {
                    &KindRules {
                        word: "control",
                        name: "a control policy",
                        limit: characters(4096),
                        gives: false,
                        ..IDENTITY
                    }
                }
            }
            Self::Trust => {
                const {
                    &KindRules {
                        word: "trust",
                        name: "a trust policy",
                        limit: None,
                        about: About::Role,
                        may_shorten: false,
                        gives: false,
                        ..IDENTITY
                    }
                }
            }
            Self::Resource(kind) => kind.of_all(),
        }
    }

    /// Whether what it says depends on who asks.
    #[must_use]
    pub const fn asks_who(self) -> bool {
        match self.rules().about {
            About::Resources => false,
            About::Role | About::Kept(_) => true,
        }
    }

    /// Refuses a document that is longer than one of this kind may be.
    ///
    /// # Errors
    ///
    /// The document is too long.
    pub const fn measure(self, length: usize) -> Result<(), TooLong> {
        match self.rules().limit {
            Some(Limit { most, unit }) if length > most => Err(TooLong { length, most, unit }),
            Some(_) | None => Ok(()),
        }
    }

    /// What the length of a document of this kind is counted in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self.rules().limit {
            Some(limit) => limit.unit,
            None => Unit::Characters,
        }
    }

    /// The greatest length of this kind, for a document that has more than nine tenths of it.
    #[must_use]
    pub const fn near_limit(self, length: usize) -> Option<usize> {
        match self.rules().limit {
            Some(Limit { most, .. }) if length > most / 10 * 9 => Some(most),
            Some(_) | None => None,
        }
    }
}

impl ResourceKind {
    /// Whether what a policy of this kind allows has an effect for an action.
    #[must_use]
    pub fn has_effect(self, owns: bool, code: &str, name: &str) -> bool {
        let rules = self.rules();
        let is_one = |patterns: &[&str]| {
            patterns.is_empty()
                || (rules.code.is_none_or(|own| code.eq_ignore_ascii_case(own))
                    && patterns.iter().any(|pattern| covers_name(pattern, name)))
        };
        is_one(rules.supports) && (owns || is_one(rules.combines.used_across()))
    }
}

/// Whether a name, or the start of one behind which is a star, covers the name of an action.
#[must_use]
pub fn covers_name(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)),
        None => name.eq_ignore_ascii_case(pattern),
    }
}

/// A policy is longer than its kind allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TooLong {
    /// Its length, minified.
    pub length: usize,
    /// The greatest length that its kind may have.
    pub most: usize,
    /// What both are counted in.
    pub unit: Unit,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, most, unit } = self;
        let unit = unit.name();
        write!(f, "the policy has {length} {unit} minified, at most {most} are allowed")
    }
}

impl core::error::Error for TooLong {}
