//! The actions that take a resource.

use alloc::{borrow::Cow, string::String, vec::Vec};

use crate::catalogue::{self, ActionRow, ResourceType, Resources};
use crate::terms::arn::{Arn, ArnError, Fields};
use crate::terms::overlap::{is_wild, overlap};
use crate::terms::template;

/// The actions with a resource type whose template has an ARN in common with this one, in which
/// `*` and `?` may stand.
///
/// Actions whose resources no document at hand prints are not among them: nothing says that they
/// take the ARN.
///
/// # Errors
///
/// The text is not an ARN; see [`ArnError`].
pub fn taking(text: &str) -> Result<impl Iterator<Item = ActionRow> + use<>, ArnError> {
    let fields = Arn::parse(text)?.map(String::from);
    Ok(with_type(move |kind| fits(kind.template, &fields)))
}

/// The actions with a resource type of exactly one of these templates.
pub fn taking_templates<'t>(templates: &'t [&'t str]) -> impl Iterator<Item = ActionRow> + use<'t> {
    with_type(|kind| templates.contains(&kind.template))
}

/// The actions that have a resource type for which this holds; it is asked once a type.
fn with_type(holds: impl Fn(&ResourceType) -> bool) -> impl Iterator<Item = ActionRow> {
    catalogue::services().flat_map(move |service| {
        let types = service.table().resource_types;
        let good: Vec<bool> = types.iter().map(&holds).collect();
        let end = if good.contains(&true) { service.len() } else { 0 };
        (0..end).filter_map(move |row| service.row(row)).filter(move |row| match row.resources() {
            Resources::Types(numbers) => {
                numbers.iter().any(|number| good.get(usize::from(number / 2)) == Some(&true))
            }
            Resources::Unknown | Resources::All => false,
        })
    })
}

/// Whether a template of the catalogue and an ARN, by its fields, have an ARN in common.
#[must_use]
pub fn fits(template: &str, fields: &Fields<String>) -> bool {
    Template::of(template).fits(fields)
}

/// A template of the catalogue, made ready for many ARNs.
pub(crate) struct Template<'t> {
    /// Its fields, a star for each placeholder; `None` for a template that the tables got wrong,
    /// which rules nothing out.
    fields: Option<Fields<Cow<'t, str>>>,
}

impl<'t> Template<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let with_stars = |field: &'t str| match field.contains("{#") {
            true => Cow::Owned(template::with_stars(field)),
            false => Cow::Borrowed(field),
        };
        Self { fields: Arn::split(text).ok().map(|arn| arn.map(with_stars)) }
    }

    /// The service, where it is one.
    pub(crate) fn service(&self) -> Option<&str> {
        let service = &self.fields.as_ref()?.service;
        (!is_wild(service)).then_some(service)
    }

    /// Whether the template and an ARN, by its fields, have an ARN in common.
    pub(crate) fn fits(&self, fields: &Fields<String>) -> bool {
        let own = self.fields.as_ref();
        own.is_none_or(|own| own.meets(fields, |part, field| overlap(part, field)))
    }
}

#[cfg(test)]
mod tests {
    use super::taking;
    use crate::terms::arn::ArnError;

    #[test]
    fn finds_the_actions_that_take_an_arn() {
        let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
        for (arn, code, name, expected) in [
            (instance, "ecs", "StopInstance", true),
            (instance, "ecs", "AttachDisk", true),
            (instance, "ecs", "DeleteDisk", false),
            // All Resources.
            (instance, "ecs", "CreateDeploymentSet", false),
            // No document says.
            (instance, "ecs", "AllocateEipAddress", false),
            ("acs:ecs:*:*:eni/*", "ecs", "AttachNetworkInterface", true),
            ("acs:ecs:*:*:e*", "ecs", "AttachNetworkInterface", true),
            ("acs:ecs:*:*:*", "ecs", "StopInstance", true),
            ("acs:vpc:cn-hangzhou:1:vpc/vpc-1", "ecs", "AttachClassicLinkVpc", true),
            ("acs:vpc:cn-hangzhou:1:vpc/vpc-1", "ecs", "StopInstance", false),
            ("acs:nosuch:*:*:instance/i-1", "ecs", "StopInstance", false),
        ] {
            let found = taking(arn)
                .map(|mut rows| rows.any(|row| row.service().code == code && row.name() == name));
            assert_eq!(found, Ok(expected), "{arn} {code}:{name}");
        }
    }

    #[test]
    fn what_is_no_arn_is_an_error() {
        for (text, error) in [
            ("*", ArnError::Prefix),
            ("", ArnError::Prefix),
            ("acs:ecs:*:instance/*", ArnError::MissingField),
            ("acs:ECS:*:*:instance/*", ArnError::Service),
            ("acs:ecs:*:me:instance/*", ArnError::Account),
            ("acs:ecs:*:*:", ArnError::EmptyRelativeId),
        ] {
            assert_eq!(taking(text).err(), Some(error), "{text:?}");
        }
    }
}
