//! Checks an ARN template: `acs:<service>:<region>:<account>:<resource>`.

use crate::model::arn::{Arn, ArnError};
use crate::model::characters;
use crate::model::template::{Part, parts};

/// Err says what is wrong.
pub(crate) fn check_template(template: &str) -> Result<(), String> {
    let fail = |what: &str| Err(format!("ARN template `{template}`: {what}"));
    let Arn { service, region, account, relative_id } = match Arn::split(template) {
        Ok(fields) => fields,
        Err(ArnError::Prefix) => return fail("does not start with `acs:`"),
        Err(_) => return fail("has fewer than five parts"),
    };
    if !is_code(service) {
        return fail("has no service code");
    }
    if relative_id.is_empty() {
        return fail("has no resource");
    }
    // The region may be blank: RAM is not regional.
    for part in [region, account, relative_id] {
        if !is_part(part) {
            return fail("has a stray character or an open placeholder");
        }
    }
    Ok(())
}

/// Whether the text is a service code that can be the name of a module.
pub(crate) fn is_code(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase()) && characters::is_code(text)
}

fn is_part(part: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    parts(part).all(|part| match part {
        Part::Literal(text) => {
            text.chars().all(|c| is_word(c) || matches!(c, '*' | '/' | '%' | '.'))
        }
        Part::Placeholder(found) => found.is_of_catalogue() && found.name.chars().all(is_word),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_templates() {
        for template in [
            "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}",
            "acs:ram::{#accountId}:oidc-provider/{#OIDCProviderName}",
            "acs:oss:*:{#bucket_owner}:{#bucket_name}/{#object_name}",
            "acs:mq:*:*:{#mqttInstanceId}%{#groupId}",
        ] {
            assert_eq!(check_template(template), Ok(()));
        }
    }

    #[test]
    fn malformed_templates() {
        for template in [
            "acs:ecs:*:*",
            "arn:ecs:*:*:instance/*",
            "acs:ECS:*:*:instance/*",
            "acs:ecs:*:*:",
            "acs:ecs:*:*:instance/{#instanceId",
            "acs:ecs:*:*:instance/{#}",
            "acs:ecs:$regionid:*:instance/*",
            "acs:ecs:*:*:a:b",
            "acs:ecs:*:*:instance/<id>",
        ] {
            assert!(check_template(template).is_err(), "{template}");
        }
    }
}
