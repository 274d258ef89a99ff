//! Documents as texts, put into an account with what was found in them.

use ram_policy_model::{
    ImportError, Imported, OpenResourcePolicy, Policy, PolicyKind, ResourceKind, ResourcePolicy,
    TrustPolicy,
};

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

    /// Adds the policy of a resource from its text; one that its service would refuse is a hole.
    pub(super) fn read_kept(&mut self, kind: ResourceKind, resource: String, text: &str) {
        let what = format!("policy of {} {resource}", PolicyKind::Resource(kind).rules().word);
        let policy = match ResourcePolicy::from_json_lenient(kind, text) {
            Ok(imported) => {
                self.found(what, imported.findings);
                imported.policy.into()
            }
            Err(error) => {
                let why = refused(&error);
                self.found(what, error.into_findings());
                OpenResourcePolicy::unread(kind, why)
            }
        };
        self.keep(resource, &policy);
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
