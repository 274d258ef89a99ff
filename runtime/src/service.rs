//! Services, and what the catalogue says of them.

use ram_policy_model::catalogue::{self, Completeness, Granularity, ServiceEntry};

/// A service of the catalogue.
///
/// ```
/// use ram_policy::{Granularity, Service};
///
/// let ecs = Service::find("ecs").unwrap();
/// assert_eq!(ecs.title(), "Elastic Compute Service (ECS)");
/// assert_eq!(ecs.granularity(), Some(Granularity::Resource));
/// ```
#[derive(Clone, Copy)]
pub struct Service(ServiceEntry);

impl Service {
    /// Every service, in the order of the codes.
    ///
    /// ```
    /// use ram_policy::{Granularity, Service};
    ///
    /// let whole = Service::all().filter(|one| one.granularity() == Some(Granularity::Service));
    /// assert!(whole.map(Service::code).any(|code| code == "emr"));
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        catalogue::services().map(Self)
    }

    /// The service with this RAM code, ASCII case ignored.
    ///
    /// ```
    /// use ram_policy::Service;
    ///
    /// assert_eq!(Service::find("SLB").map(Service::code), Some("slb"));
    /// assert!(Service::find("sls").is_none());
    /// ```
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        catalogue::find_service(code).map(Self)
    }

    /// The service that people call so, where its RAM code is another: the name of a product of the
    /// API, or a common abbreviation.
    ///
    /// ```
    /// use ram_policy::Service;
    ///
    /// assert_eq!(Service::called("sls").map(Service::code), Some("log"));
    /// assert_eq!(Service::called("cbn").map(Service::code), Some("cen"));
    /// assert!(Service::called("log").is_none());
    /// ```
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        catalogue::find_nickname(name).and_then(Self::find)
    }

    /// Its RAM code, as policies write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.table().code
    }

    /// The product's name.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.table().title
    }

    /// How many of its actions the catalogue has.
    #[must_use]
    pub fn completeness(self) -> Completeness {
        self.0.table().completeness
    }

    /// How narrow its policies can be, by RAM's list of services; `None` where the list does not
    /// have it. The list is coarse: where [`Action::resource_types`](crate::Action::resource_types)
    /// has ARNs, they come first.
    #[must_use]
    pub fn granularity(self) -> Option<Granularity> {
        self.0.table().granularity
    }
}

/// As `Service("ecs")`.
impl core::fmt::Debug for Service {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Service").field(&self.code()).finish()
    }
}

/// Services are one if their codes are.
impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Service {}
