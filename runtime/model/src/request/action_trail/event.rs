//! What is kept of an event, and where it stands.

use alloc::borrow::Cow;
use alloc::vec::Vec;

/// A text of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    ServiceName,
    EventName,
    Region,
    Account,
    SourceIpAddress,
    EventTime,
    UserAgent,
    VpcId,
    EventType,
    EventSource,
    ResourceType,
    ResourceName,
    Scheme,
    IdentityAccount,
    IdentityType,
    UserName,
    MfaAuthenticated,
}

const FIELDS: usize = Field::MfaAuthenticated as usize + 1;

/// An object of an event that is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Event,
    /// The event, where Log Service keeps it under `event`.
    Wrapped,
    AdditionalData,
    Identity,
    Session,
    Attributes,
    Resources,
}

/// What a member of a part is.
pub(super) enum Is {
    Text(Field),
    Part(Part),
    Other,
}

/// What is kept of an event. Of members of one name the first counts, but the resources of all.
#[derive(Debug, Default, Clone)]
pub(crate) struct Event<'a> {
    /// Empty where the member is no text.
    pub(super) texts: [Option<Cow<'a, str>>; FIELDS],
    /// The parts that have been looked into.
    pub(super) seen: Vec<Part>,
    /// Types with names, as `referencedResources` has them.
    pub(super) resources: Vec<(Cow<'a, str>, Vec<Cow<'a, str>>)>,
    pub(super) wrapped: Vec<Event<'a>>,
}

impl Event<'_> {
    /// A text that is not empty.
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        self.texts.get(field as usize)?.as_deref().filter(|text| !text.is_empty())
    }
}

impl Part {
    pub(super) fn member(self, name: &str) -> Is {
        let field = match (self, name) {
            (Self::Event, "event") => return Is::Part(Self::Wrapped),
            (Self::Event, "userIdentity") => return Is::Part(Self::Identity),
            (Self::Event, "additionalEventData") => return Is::Part(Self::AdditionalData),
            (Self::Event, "referencedResources") => return Is::Part(Self::Resources),
            (Self::Identity, "sessionContext") => return Is::Part(Self::Session),
            (Self::Session, "attributes") => return Is::Part(Self::Attributes),
            (Self::Event, "serviceName") => Field::ServiceName,
            (Self::Event, "eventName") => Field::EventName,
            (Self::Event, "acsRegion") => Field::Region,
            (Self::Event, "recipientAccountId") => Field::Account,
            (Self::Event, "sourceIpAddress") => Field::SourceIpAddress,
            (Self::Event, "eventTime") => Field::EventTime,
            (Self::Event, "userAgent") => Field::UserAgent,
            (Self::Event, "vpcId") => Field::VpcId,
            (Self::Event, "eventType") => Field::EventType,
            (Self::Event, "eventSource") => Field::EventSource,
            (Self::Event, "resourceType") => Field::ResourceType,
            (Self::Event, "resourceName") => Field::ResourceName,
            (Self::AdditionalData, "Scheme") => Field::Scheme,
            (Self::Identity, "accountId") => Field::IdentityAccount,
            (Self::Identity, "type") => Field::IdentityType,
            (Self::Identity, "userName") => Field::UserName,
            (Self::Attributes, "mfaAuthenticated") => Field::MfaAuthenticated,
            _ => return Is::Other,
        };
        Is::Text(field)
    }
}
