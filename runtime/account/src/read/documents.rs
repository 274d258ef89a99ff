//! Documents as texts, put into an account with what was found in them.

use ram_policy_model::{Policy, TrustPolicy};

use crate::account::{Account, Hole, PolicyName};

/// A policy by its name in responses and plans: `System`, else of the account.
pub(super) fn name_of(kind: &str, name: &str) -> PolicyName {
    if kind == "System" { PolicyName::system(name) } else { PolicyName::custom(name) }
}

impl Account {
    /// Adds a policy from its text; one that RAM would refuse is a hole.
    pub(super) fn read_policy(&mut self, name: PolicyName, text: &str) {
        match Policy::from_json_lenient(text) {
            Ok(imported) => {
                self.found(name.to_string(), imported.findings);
                self.add_policy(name, imported.policy);
            }
            Err(error) => {
                let why = refused(&error.to_string());
                self.found(name.to_string(), error.into_findings());
                self.add_unread_policy(name, why);
            }
        }
    }

    /// Gives a role its trust policy from a text; one that RAM would refuse is a hole.
    pub(super) fn read_trust(&mut self, role: &str, text: &str) {
        let what = format!("trust policy of role/{role}");
        match TrustPolicy::from_json_lenient(text) {
            Ok(imported) => {
                self.found(what, imported.findings);
                self.role(role).trust = Some(imported.policy);
            }
            Err(error) => {
                let why = refused(&error.to_string());
                self.found(what.clone(), error.into_findings());
                self.holes.push(Hole { what, why });
            }
        }
    }
}

fn refused(error: &str) -> String {
    format!("RAM would refuse it: {}", error.lines().next().unwrap_or_default())
}
