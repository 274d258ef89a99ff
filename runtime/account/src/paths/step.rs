//! The steps by which somebody becomes somebody else: a table with sources.

use std::sync::LazyLock;

/// A step by which a principal becomes another, or gives itself more.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Its name, as `access_key`.
    pub name: &'static str,
    /// What it gives.
    pub kind: StepKind,
    /// What it does, in words with the principal as the subject.
    pub words: &'static str,
    /// Where the vendor describes it.
    pub source: &'static str,
    pub(crate) requests: Vec<(&'static str, &'static str)>,
}

/// What a step gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// The role, whose trust policy must allow it.
    Assume,
    /// The role.
    Role,
    /// The role, if it trusts this service.
    RoleOfService(&'static str),
    /// The user.
    User,
    /// The policies of the group, for a user who has been reached.
    Group,
    /// Everything, for a user who has been reached.
    PoliciesOfUser,
    /// Everything, for the members of the group.
    PoliciesOfGroup,
    /// Everything, for a role that has been reached.
    PoliciesOfRole,
    /// Everything, for all to whom the policy is attached.
    Policy,
}

static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    include_str!("steps.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(read)
        .collect()
});

/// Every step that is looked for, with its source.
///
/// Left out: `ram:SetDefaultPolicyVersion`, which only brings back what a policy said before; roles that
/// services use without `ram:PassRole`; and what a program running somewhere lets its users do.
///
/// ```
/// assert!(ram_policy_account::steps().iter().any(|step| step.name == "access_key"));
/// ```
#[must_use]
pub fn steps() -> &'static [Step] {
    &STEPS
}

fn read(line: &'static str) -> Option<Step> {
    let mut columns = line.split('\t');
    let name = columns.next()?;
    let (gives, service) = columns.next().map(|text| text.split_once(' ').unwrap_or((text, "")))?;
    let requests = columns.next()?.split(' ').map(|request| request.split_once('@'));
    let requests = requests.collect::<Option<Vec<_>>>()?;
    let (words, source) = (columns.next()?, columns.next()?);
    let kind = match (gives, service) {
        ("role", "") if name == "assume" => StepKind::Assume,
        ("role", "") => StepKind::Role,
        ("role", service) => StepKind::RoleOfService(service),
        ("user", "") => StepKind::User,
        ("group", "") => StepKind::Group,
        ("policies-of-user", "") => StepKind::PoliciesOfUser,
        ("policies-of-group", "") => StepKind::PoliciesOfGroup,
        ("policies-of-role", "") => StepKind::PoliciesOfRole,
        ("policy", "") => StepKind::Policy,
        _ => return None,
    };
    Some(Step { name, kind, words, source, requests })
}

#[cfg(test)]
mod tests {
    use ram_policy_model::catalogue;

    use super::*;

    #[test]
    fn every_row_is_a_step_about_known_actions() {
        let rows = include_str!("steps.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows.count(), steps().len());
        for step in steps() {
            for (action, arn) in &step.requests {
                assert!(catalogue::find_action(action).is_some(), "{action}");
                assert_eq!(arn.split(':').count(), 5, "{arn}");
            }
            if let StepKind::RoleOfService(service) = step.kind {
                assert!(service.ends_with(".aliyuncs.com"), "{service}");
            }
        }
    }
}
