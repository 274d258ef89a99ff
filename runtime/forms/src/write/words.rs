//! Names of policies as other forms allow them.

/// `view-instances` as `VIEW_INSTANCES`.
pub(super) fn constant_name(name: &str) -> String {
    let mut constant = String::new();
    let mut before_lower = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            if character.is_ascii_uppercase() && before_lower {
                constant.push('_');
            }
            constant.push(character.to_ascii_uppercase());
            before_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
        } else {
            if !constant.is_empty() && !constant.ends_with('_') {
                constant.push('_');
            }
            before_lower = false;
        }
    }
    let constant = constant.trim_end_matches('_');
    match constant.chars().next() {
        None => "POLICY".into(),
        Some(first) if first.is_ascii_digit() => format!("POLICY_{constant}"),
        Some(_) => constant.into(),
    }
}

/// `View Instances` as `view-instances`, with `between` for what a name cannot hold.
pub(super) fn resource_name(name: &str, between: &str) -> String {
    constant_name(name).to_ascii_lowercase().replace('_', between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_names() {
        for (name, constant, resource) in [
            ("view-instances", "VIEW_INSTANCES", "view-instances"),
            (
                "connect-user-vpc.create-role",
                "CONNECT_USER_VPC_CREATE_ROLE",
                "connect-user-vpc-create-role",
            ),
            ("MyPolicy", "MY_POLICY", "my-policy"),
            ("001-oss", "POLICY_001_OSS", "policy-001-oss"),
            ("\u{4e2d}", "POLICY", "policy"),
            ("VIEW_ALL", "VIEW_ALL", "view-all"),
        ] {
            assert_eq!(constant_name(name), constant, "{name}");
            assert_eq!(resource_name(name, "-"), resource, "{name}");
        }
    }
}
