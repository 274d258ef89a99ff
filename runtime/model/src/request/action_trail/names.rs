//! What an event names, in RAM's words: actions and resources.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};

use super::event::{Event, Field};
use crate::catalogue::{
    self, ActionRow, EVENT_NAMES, Granularity, ResourceType, Resources, ServiceEntry,
};
use crate::terms::arn::Arn;
use crate::terms::overlap::is_wild;
use crate::terms::template;

/// A resource that an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its ARN; `*` where that is not known.
    pub(crate) arn: String,
    /// What the event calls it, where its ARN is not known.
    pub(crate) called: Option<String>,
}

impl Event<'_> {
    /// The action of an event: the name by which RAM knows the operation.
    pub(crate) fn action(&self, service: &str, name: &str) -> String {
        match meaning(&format!("{service}:{name}"), false) {
            Some(action) => action.into(),
            None => format!("{}:{name}", self.code(service)),
        }
    }

    /// The RAM code of the service. What the caller may have written, as a parameter of the request,
    /// does not choose it.
    fn code(&self, service: &str) -> String {
        let host = || {
            let label = self.text(Field::EventSource)?.strip_suffix(".aliyuncs.com")?;
            code_called(label.split('.').next().unwrap_or(label))
        };
        let known = code_called(service).or_else(host);
        known.map_or_else(|| service.to_ascii_lowercase(), String::from)
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

    /// Its resources, each ARN once; `*` for one whose ARN is not known, for an event without
    /// resources, so that none is forgotten, and for an action that cannot be limited to one.
    pub(crate) fn resources(&self, action: &str) -> Vec<Named> {
        let named = self.named();
        let row = catalogue::find_action(action);
        if named.is_empty() || is_never_limited(action, row) {
            return Vec::from([Named { arn: "*".into(), called: None }]);
        }
        let region = self.text(Field::Region).unwrap_or("*");
        let account = self.text(Field::Account).or_else(|| self.text(Field::IdentityAccount));
        let account = account.unwrap_or("*");
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut found = Vec::new();
        for (kind, name) in named {
            let of = Of { name, region, account };
            let named = match of.arn(row, kind) {
                Some(arn) => Named { arn, called: None },
                None => Named { arn: "*".into(), called: Some(called(kind, name)) },
            };
            if seen.insert(named.arn.clone()) {
                found.push(named);
            }
        }
        found
    }
}

/// Whether RAM asks for no resource of the action, so that one in a policy has no effect.
fn is_never_limited(action: &str, row: Option<ActionRow>) -> bool {
    match row.map(ActionRow::resources) {
        Some(Resources::All) => true,
        Some(Resources::Types(_)) => false,
        Some(Resources::Unknown) | None => {
            let code = action.split(':').next().unwrap_or(action);
            // RAM's list of services is older than some pages, which print ARNs of a service.
            let service = catalogue::find_service(code).filter(|service| !service.has_arns);
            match service.and_then(|service| service.granularity) {
                Some(Granularity::Service | Granularity::Operation) => true,
                Some(Granularity::Resource) | None => false,
            }
        }
    }
}

fn called(kind: &str, name: &str) -> String {
    match (kind, name) {
        ("", name) => name.to_string(),
        (kind, "") => format!("a resource of type {kind}"),
        (kind, name) => format!("{name} of type {kind}"),
    }
}

/// What a name of ActionTrail means, by the table; letter case does not matter.
fn meaning(name: &str, is_type: bool) -> Option<&'static str> {
    let mut rows = EVENT_NAMES.iter().filter(|row| row.means.starts_with("acs:") == is_type);
    rows.find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.means)
}

/// The RAM code of what is called so: by the table, by the code itself, by what people call it.
fn code_called(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    meaning(name, false)
        .or_else(|| catalogue::find_service(&lower).map(|service| service.table().code))
        .or_else(|| catalogue::find_nickname(&lower))
}

fn has_placeholder(template: &str) -> bool {
    template::placeholders(template).next().is_some()
}

/// A resource of an event: its name, and where it is.
#[derive(Debug, Clone, Copy)]
struct Of<'e> {
    name: &'e str,
    region: &'e str,
    account: &'e str,
}

impl Of<'_> {
    /// Its ARN: by the types that the action has, else by the table, else by the types of the service
    /// that the type names.
    fn arn(self, action: Option<ActionRow>, kind: &str) -> Option<String> {
        if self.name.is_empty() {
            return None;
        }
        if self.name.starts_with("acs:") {
            return Some(self.name.into());
        }
        let mut parts = kind.rsplit("::");
        let (last, service) = (parts.next().unwrap_or(kind), parts.next());
        let of_action = action.into_iter().flat_map(ActionRow::resource_types);
        let of_action: Vec<&ResourceType> =
            of_action.filter(|known| known.name.eq_ignore_ascii_case(last)).collect();
        let filled = of_action.iter().find_map(|known| self.fill(known.template));
        // Where nothing is there yet, RAM asks for every resource of the type.
        let created = || of_action.iter().find_map(|known| self.of_type(known.template));
        let in_table = || meaning(kind, true).and_then(|template| self.fill(template));
        let of_service = || {
            let service = catalogue::find_service(code_called(service?)?)?;
            self.of_service(service, last)
        };
        filled.or_else(created).or_else(in_table).or_else(of_service)
    }

    /// By the one template that a service has for types of this name.
    fn of_service(self, service: ServiceEntry, kind: &str) -> Option<String> {
        let types = service.table().resource_types.iter();
        let named = types.filter(|known| known.name.eq_ignore_ascii_case(kind));
        let mut arns: Vec<String> = named.filter_map(|known| self.fill(known.template)).collect();
        arns.dedup();
        <[String; 1]>::try_from(arns).ok().map(|[arn]| arn)
    }

    /// A template with the name in the place of its one placeholder.
    fn fill(self, template: &str) -> Option<String> {
        let arn = self.place(template)?;
        let mut placeholders = 0;
        let relative_id = template::filled(arn.relative_id, |_| {
            placeholders += 1;
            self.name
        });
        let filled = Arn { relative_id: &relative_id, ..arn };
        (placeholders == 1).then(|| filled.to_string())
    }

    /// A template that names no single resource.
    fn of_type(self, template: &str) -> Option<String> {
        let arn = self.place(template)?;
        let is_wild = !has_placeholder(arn.relative_id) && is_wild(arn.relative_id);
        is_wild.then(|| arn.to_string())
    }

    /// A template with the region and the account of the resource.
    fn place<'t>(&'t self, template: &'t str) -> Option<Arn<'t>> {
        let Arn { service, region, account, relative_id } = Arn::split(template).ok()?;
        let region = if has_placeholder(region) { self.region } else { region };
        let account = if has_placeholder(account) { self.account } else { account };
        Some(Arn { service, region, account, relative_id })
    }
}
