//! Events of ActionTrail (ActionTrail: Management event structure): what of them says who asked for
//! what, under which conditions. The rest is gone through and not kept.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::{format, vec, vec::Vec};

use crate::catalogue::ActionRow;
use crate::terms::operand;
use crate::text::json::MAX_DEPTH;
use crate::text::json::cursor::{Begins, Cursor, TextRange};
use crate::text::place::Text;

type Done = Result<(), Text<TextRange>>;

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
enum Part {
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
enum Is {
    Text(Field),
    Part(Part),
    Other,
}

/// What is kept of an event. Of members of one name the first counts, but the resources of all.
#[derive(Debug, Default)]
pub(crate) struct Event<'a> {
    /// Empty where the member is no text.
    texts: [Option<Cow<'a, str>>; FIELDS],
    /// The parts that have been looked into.
    seen: Vec<Part>,
    /// Types with names, as `referencedResources` has them.
    resources: Vec<(Cow<'a, str>, Vec<Cow<'a, str>>)>,
    wrapped: Vec<Event<'a>>,
}

impl<'a> Event<'a> {
    /// Reads an event, or one that Log Service keeps under `event`.
    pub(crate) fn read(text: &'a str) -> Result<Self, Text<TextRange>> {
        let mut event = Self::default();
        let mut cursor = Cursor::new(text);
        event.value(&mut cursor, Part::Event, MAX_DEPTH, true)?;
        cursor.end()?;
        Ok(event.wrapped.pop().unwrap_or(event))
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        self.texts.get(field as usize)?.as_deref().filter(|text| !text.is_empty())
    }

    /// Reads the value of a part, which is looked into if it is an object.
    fn value(
        &mut self,
        cursor: &mut Cursor<'a>,
        part: Part,
        depth: usize,
        outermost: bool,
    ) -> Done {
        if cursor.kind(depth)? != Begins::Object {
            return cursor.skip(depth);
        }
        let inner = depth - 1;
        cursor.object(|cursor, name, _| {
            if part == Part::Resources {
                let names = texts(cursor, inner)?;
                self.resources.push((name, names));
                return Ok(());
            }
            match part.member(&name) {
                Is::Text(field) => {
                    let text = text(cursor, inner)?.unwrap_or_default();
                    if let Some(kept) = self.texts.get_mut(field as usize) {
                        kept.get_or_insert(text);
                    }
                    Ok(())
                }
                Is::Part(Part::Wrapped) if outermost && self.wrapped.is_empty() => {
                    let mut wrapped = Event::default();
                    wrapped.value(cursor, Part::Event, inner, false)?;
                    self.wrapped.push(wrapped);
                    Ok(())
                }
                Is::Part(Part::Wrapped) => cursor.skip(inner),
                // No resource is forgotten, whichever member names it.
                Is::Part(Part::Resources) => self.value(cursor, Part::Resources, inner, false),
                Is::Part(part) if !self.seen.contains(&part) => {
                    self.seen.push(part);
                    self.value(cursor, part, inner, false)
                }
                Is::Part(_) | Is::Other => cursor.skip(inner),
            }
        })
    }

    /// The types and names of the resources the event is about; the name of one that has none, or
    /// whose name is no text, is empty.
    fn named(&self) -> Vec<(&str, &str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for (kind, names) in &self.resources {
            found.extend(names.iter().map(|name| (&**kind, &**name)));
        }
        if found.is_empty()
            && let (Some(kinds), Some(names)) =
                (self.text(Field::ResourceType), self.text(Field::ResourceName))
        {
            // Several stand in one text with `;` between the types and between the groups of names.
            let (mut kinds, mut groups) = (kinds.split(';'), names.split(';'));
            loop {
                let (kind, names) = (kinds.next(), groups.next());
                if kind.is_none() && names.is_none() {
                    break;
                }
                // One without the other is a resource all the same.
                let kind = kind.unwrap_or("");
                found.extend(names.unwrap_or("").split(',').map(|name| (kind, name)));
            }
        }
        found
    }

    /// The ARNs of its resources, each once; `*` for one of a type without a template, and for an
    /// event without resources, so that none is forgotten.
    pub(crate) fn arns(&self, action: Option<ActionRow>) -> Vec<String> {
        let region = self.text(Field::Region).unwrap_or("*");
        let account = self.text(Field::Account).or_else(|| self.text(Field::IdentityAccount));
        let account = account.unwrap_or("*");
        let arn = |kind, name| {
            let known = action.and_then(|row| arn_of(row, kind, name, region, account));
            known.unwrap_or_else(|| String::from("*"))
        };
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let named = self.named();
        let mut arns: Vec<String> = named.into_iter().map(|(kind, name)| arn(kind, name)).collect();
        if arns.is_empty() {
            arns.push("*".into());
        }
        arns.retain(|arn| seen.insert(arn.clone()));
        arns
    }

    /// The condition values that the event tells.
    pub(crate) fn context(&self) -> Vec<(String, Vec<String>)> {
        let mut context: Vec<(String, Vec<String>)> = Vec::new();
        let mut add = |key: &str, value: &str| context.push((key.into(), vec![value.into()]));
        // The address of a service's own call is its name.
        if let Some(address) = self.text(Field::SourceIpAddress)
            && operand::parse_address(address).is_ok()
        {
            add("acs:SourceIp", address);
        }
        if let Some(time) = self.text(Field::EventTime)
            && time.parse::<operand::Date>().is_ok()
        {
            add("acs:CurrentTime", time);
        }
        if let Some(agent) = self.text(Field::UserAgent) {
            add("acs:UserAgent", agent);
        }
        if let Some(vpc) = self.text(Field::VpcId) {
            add("acs:SourceVpc", vpc);
        }
        match self.text(Field::Scheme) {
            Some("https") => add("acs:SecureTransport", "true"),
            Some("http") => add("acs:SecureTransport", "false"),
            _ => {}
        }
        let is_console =
            self.text(Field::EventType).is_some_and(|kind| kind.starts_with("Console"));
        match self.text(Field::MfaAuthenticated) {
            Some("true") => add("acs:MFAPresent", "true"),
            Some("false") if is_console => add("acs:MFAPresent", "false"),
            _ => {}
        }
        let identity = [Field::IdentityType, Field::IdentityAccount, Field::UserName];
        if let [Some(kind), Some(account), Some(name)] = identity.map(|field| self.text(field)) {
            let id = match kind {
                "ram-user" => Some(format!("user/{name}")),
                "assumed-role" => name.split([':', '/']).next().map(|role| format!("role/{role}")),
                "root-account" => Some("root".into()),
                _ => None,
            };
            if let Some(id) = id {
                add("acs:PrincipalARN", &format!("acs:ram::{account}:{id}"));
            }
        }
        context
    }
}

impl Part {
    fn member(self, name: &str) -> Is {
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

/// A text; nothing where something else stands.
fn text<'a>(
    cursor: &mut Cursor<'a>,
    depth: usize,
) -> Result<Option<Cow<'a, str>>, Text<TextRange>> {
    if cursor.kind(depth)? == Begins::String {
        return cursor.string().map(Some);
    }
    cursor.skip(depth)?;
    Ok(None)
}

/// One text or a list of them; an empty one for whatever else is there.
fn texts<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Result<Vec<Cow<'a, str>>, Text<TextRange>> {
    if cursor.kind(depth)? != Begins::Array {
        return Ok(vec![text(cursor, depth)?.unwrap_or_default()]);
    }
    let mut found = Vec::new();
    cursor.array(|cursor| {
        found.push(text(cursor, depth - 1)?.unwrap_or_default());
        Ok(())
    })?;
    Ok(found)
}

/// The RAM code of a service as ActionTrail writes it.
pub(crate) fn ram_code(service: &str) -> String {
    let lower = service.to_ascii_lowercase();
    match lower.as_str() {
        "cloudapi" => "apigateway".into(),
        "ons" | "onsmqtt" => "mq".into(),
        "sls" => "log".into(),
        "r-kvstore" => "kvstore".into(),
        _ => lower,
    }
}

/// The ARN of a resource by the template of its type, if there is one with a single name to fill.
fn arn_of(row: ActionRow, kind: &str, name: &str, region: &str, account: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if name.starts_with("acs:") {
        return Some(name.into());
    }
    let kind = kind.rsplit("::").next().unwrap_or(kind);
    let template = row
        .resource_types()
        .find(|known| {
            known.name.eq_ignore_ascii_case(kind) && known.template.matches("{#").count() <= 3
        })?
        .template;
    let mut arn = String::new();
    let mut rest = template;
    let mut named = false;
    while let Some((before, after)) = rest.split_once("{#") {
        arn.push_str(before);
        let (placeholder, after) = after.split_once('}')?;
        match placeholder.to_ascii_lowercase().as_str() {
            "regionid" => arn.push_str(region),
            "accountid" => arn.push_str(account),
            _ if !named => {
                arn.push_str(name);
                named = true;
            }
            _ => return None,
        }
        rest = after;
    }
    arn.push_str(rest);
    named.then_some(arn)
}
