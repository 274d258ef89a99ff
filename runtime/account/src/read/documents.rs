//! Documents as texts, put into an account with what was found in them.

use ram_policy_model::{ImportError, Imported, Policy, TrustPolicy};

use super::parallel;
use crate::account::{Account, Hole, PolicyName};

/// A policy by its name in responses and plans: `System`, else of the account.
pub(super) fn name_of(kind: &str, name: &str) -> PolicyName {
    if kind == "System" { PolicyName::system(name) } else { PolicyName::custom(name) }
}

impl Account {
    /// Adds policies from their texts; one that RAM would refuse is a hole.
    pub(super) fn read_policies(&mut self, texts: Vec<(PolicyName, String)>) {
        let read = |(name, text): (PolicyName, String)| (name, Policy::from_json_lenient(text));
        let read: Vec<(PolicyName, Result<Imported<Policy>, ImportError>)> =
            parallel::each(texts, read);
        for (name, imported) in read {
            match imported {
                Ok(imported) => {
                    self.found(name.to_string(), imported.findings);
                    self.add_policy(name, imported.policy);
                }
                Err(error) => {
                    let why = refused(&error);
                    self.found(name.to_string(), error.into_findings());
                    self.add_unread_policy(name, why);
                }
            }
        }
    }

    /// Gives roles their trust policies from their texts; one that RAM would refuse is a hole.
    pub(super) fn read_trusts(&mut self, texts: Vec<(String, String)>) {
        let read = |(role, text): (String, String)| (role, TrustPolicy::from_json_lenient(text));
        for (role, imported) in parallel::each(texts, read) {
            let what = format!("trust policy of role/{role}");
            match imported {
                Ok(imported) => {
                    self.found(what, imported.findings);
                    self.role(role).trust = Some(imported.policy);
                }
                Err(error) => {
                    let why = refused(&error);
                    self.found(what.clone(), error.into_findings());
                    self.holes.push(Hole { what, why });
                }
            }
        }
    }
}

fn refused(error: &ImportError) -> String {
    let error = error.to_string();
    format!("RAM would refuse it: {}", error.lines().next().unwrap_or_default())
}
