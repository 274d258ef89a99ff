//! How much wider than the ARNs of requests the resources of a policy are.

use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};

use crate::catalogue::{self, ActionRow, Resources};
use crate::terms::arn::Arn;
use crate::terms::template::{self, Part};

/// How much wider than the ARNs of requests the resources of a policy may be.
///
/// Whatever it is, an action that cannot be limited to a resource stands on `*`: limited, it would
/// have no effect (RAM: Policy elements).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Breadth {
    /// Each ARN itself.
    #[default]
    Exact,
    /// Every resource of the same type, region and account: the last name of the ARN is `*`, as in
    /// `acs:ecs:cn-hangzhou:1234567890123456:instance/*`. An ARN whose type the catalogue does not
    /// have for the action stays as it is.
    ResourceType,
    /// Every resource of the service in the account: `acs:ecs:*:1234567890123456:*`.
    Account,
    /// Every resource: `*`.
    Everything,
}

impl Breadth {
    /// The resource of a policy for the resource of a request; `None` where a wildcard of the
    /// request would become one of the policy.
    pub(super) fn resource(self, resource: &str, row: Option<ActionRow>) -> Option<String> {
        let is_never_limited = row.is_some_and(|row| matches!(row.resources(), Resources::All));
        if is_never_limited || self == Self::Everything {
            return Some("*".into());
        }
        let Arn { service, region, account, relative_id } = Arn::split(resource).ok()?;
        if [service, account].into_iter().any(has_wildcard) {
            return None;
        }
        if self == Self::Account {
            return Some(Arn { service, region: "*", account, relative_id: "*" }.to_string());
        }
        if has_wildcard(region) && !(region == "*" && has_no_regions(service, row)) {
            return None;
        }
        let templates: Vec<&str> = row
            .into_iter()
            .flat_map(ActionRow::resource_types)
            .filter_map(|kind| relative_id_for(kind.template, service))
            .collect();
        // A star that the catalogue's own template has: RAM asks for it where nothing is there yet.
        let is_template = !relative_id.contains('?') && templates.contains(&relative_id);
        let of_type = || {
            templates.iter().filter_map(|template| widened(template, relative_id)).min_by_key(
                // The narrowest of several is the one that keeps most of the ARN.
                |widened| core::cmp::Reverse(widened.len()),
            )
        };
        let widened = match self {
            Self::ResourceType if !is_template => of_type(),
            Self::ResourceType | Self::Exact | Self::Account | Self::Everything => None,
        };
        let relative_id = match widened {
            Some(widened) => widened,
            None if !is_template && has_wildcard(relative_id) => return None,
            None => relative_id.into(),
        };
        Some(Arn { service, region, account, relative_id: &relative_id }.to_string())
    }
}

/// Whether the documents write `*` for the region of the resources, which have none: a bucket.
fn has_no_regions(service: &str, row: Option<ActionRow>) -> bool {
    let is_any = |template: &str| {
        let template = Arn::split(template).ok()?;
        (template.service == service).then(|| template.region == "*")
    };
    let of_action = row.into_iter().flat_map(ActionRow::resource_types);
    let mut known = of_action.filter_map(|kind| is_any(kind.template)).peekable();
    if known.peek().is_some() {
        return known.any(|is_any| is_any);
    }
    // Of an action whose types are not known, only where no resource of the service has one.
    let service = catalogue::find_service(service);
    let of_service = service.into_iter().flat_map(|service| service.table().resource_types);
    let mut known = of_service.filter_map(|kind| is_any(kind.template)).peekable();
    known.peek().is_some() && known.all(|is_any| is_any)
}

fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The last field of a template of this service.
fn relative_id_for<'t>(template: &'t str, service: &str) -> Option<&'t str> {
    let template = Arn::split(template).ok()?;
    (template.service == service).then_some(template.relative_id)
}

/// The relative id with `*` for what stands in the place of the template's last placeholder; `None`
/// where the id is not of the template, or has a wildcard in another place.
fn widened(template: &str, relative_id: &str) -> Option<String> {
    let parts: Vec<Part<'_>> = template::parts(template).collect();
    let literal = |index| match parts.get(index) {
        Some(Part::Literal(text)) => Some(*text),
        Some(Part::Placeholder(_)) | None => None,
    };
    let last = parts.iter().rposition(|part| matches!(part, Part::Placeholder(_)))?;
    let (mut left, mut kept) = (relative_id, String::new());
    for (index, part) in parts.iter().enumerate().take(last) {
        let end = match part {
            Part::Literal(text) => left.starts_with(text).then_some(text.len()),
            // A name ends where the literal behind it begins.
            Part::Placeholder(_) => left.find(literal(index + 1)?).filter(|end| *end > 0),
        };
        let (before, behind) = left.split_at_checked(end?)?;
        kept.push_str(before);
        left = behind;
    }
    // What is written for the last placeholder goes.
    let after = literal(last + 1).unwrap_or("");
    let name = left.strip_suffix(after)?;
    (!name.is_empty() && !has_wildcard(&kept)).then(|| format!("{kept}*{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::find_action;

    #[test]
    fn each_breadth_by_action_and_resource() {
        use Breadth::{Account, Everything, Exact, ResourceType};
        let instance = "acs:ecs:cn-hangzhou:1:instance/i-1";
        let object = "acs:oss:oss-cn-hangzhou:1:bucket/folder/object";
        for (breadth, action, resource, expected) in [
            (Exact, "ecs:StopInstance", instance, Some(instance)),
            (ResourceType, "ecs:StopInstance", instance, Some("acs:ecs:cn-hangzhou:1:instance/*")),
            (Account, "ecs:StopInstance", instance, Some("acs:ecs:*:1:*")),
            (Everything, "ecs:StopInstance", instance, Some("*")),
            // An action without resource-level authorization.
            (Exact, "ecs:CreateDeploymentSet", instance, Some("*")),
            (Exact, "ecs:CreateDeploymentSet", "*", Some("*")),
            // `*`, and wildcards in each field.
            (Exact, "ecs:StopInstance", "*", None),
            (Account, "ecs:StopInstance", "*", None),
            (Everything, "ecs:StopInstance", "*", Some("*")),
            (Exact, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/*", None),
            (Exact, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-?", None),
            (Exact, "ecs:StopInstance", "acs:ecs:*:1:instance/i-1", None),
            (Exact, "ecs:StopInstance", "acs:ecs:cn-hangzhou:*:instance/i-1", None),
            (
                ResourceType,
                "ecs:StopInstance",
                "acs:ecs:cn-hangzhou:1:instance/i-*",
                Some("acs:ecs:cn-hangzhou:1:instance/*"),
            ),
            (ResourceType, "ecs:StopInstance", "acs:ecs:*:1:instance/i-1", None),
            (ResourceType, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:*", None),
            (Account, "ecs:StopInstance", "acs:ecs:*:1:instance/*", Some("acs:ecs:*:1:*")),
            (Account, "ecs:StopInstance", "acs:ecs:cn-hangzhou:*:instance/i-1", None),
            // The last name of several.
            (ResourceType, "oss:GetObject", object, Some("acs:oss:oss-cn-hangzhou:1:bucket/*")),
            (ResourceType, "oss:GetObject", "acs:oss:oss-cn-hangzhou:1:b*/object", None),
            // What has no region.
            (Exact, "oss:PutBucketAcl", "acs:oss:*:1:b", Some("acs:oss:*:1:b")),
            (Exact, "oss:GetBucketWorm", "acs:oss:*:1:b", Some("acs:oss:*:1:b")),
            (Exact, "oss:PutBucketAcl", "acs:oss:*:1:b*", None),
            (Exact, "oss:PutBucketAcl", "acs:oss:cn-*:1:b", None),
            (Exact, "ecs:AllocateEipAddress", "acs:ecs:*:1:eip/e", None),
            // A type that the action does not have.
            (
                ResourceType,
                "ecs:StopInstance",
                "acs:ecs:a:1:disk/d-1",
                Some("acs:ecs:a:1:disk/d-1"),
            ),
            // No action that the catalogue has.
            (ResourceType, "new:Thing", "acs:new:a:1:x/y", Some("acs:new:a:1:x/y")),
            (Exact, "new:Thing", "*", None),
            // The catalogue's template has a star itself.
            (
                Exact,
                "vpc:CreateVpcPrefixList",
                "acs:vpc:cn-hangzhou:1:prefixlist/*",
                Some("acs:vpc:cn-hangzhou:1:prefixlist/*"),
            ),
        ] {
            let found = breadth.resource(resource, find_action(action));
            assert_eq!(found.as_deref(), expected, "{breadth:?} {action} {resource}");
        }
    }
}
