//! A step that somebody takes, and whether he may.

use std::fmt;

use super::step::{Step, StepKind};
use crate::account::Account;
use crate::ask::{Answer, Identity, Unsure};
use crate::principal::Principal;
use crate::question::Asked;

/// A step that somebody takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taken {
    /// Who takes it.
    pub by: Principal,
    /// Which step.
    pub step: &'static Step,
    /// Its target, as `role/ops`, `policy/deploy` or `group/admins`.
    pub target: String,
    /// The names in it.
    about: About,
}

/// The names in a target; empty where it has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct About {
    pub(super) user: String,
    pub(super) group: String,
    pub(super) role: String,
    policy: String,
}

impl About {
    pub(super) fn target(&self) -> Target<'_> {
        let Self { user, group, role, policy } = self;
        Target { user, group, role, policy }
    }
}

impl Taken {
    pub(super) fn new(by: &Principal, step: &'static Step, target: Target<'_>) -> Self {
        let Target { user, group, role, policy } = target;
        let [user, group, role, policy] = [user, group, role, policy].map(str::to_owned);
        let about = About { user, group, role, policy };
        Self { by: by.clone(), step, target: target.to_string(), about }
    }

    /// The names in its target.
    pub(super) const fn about(&self) -> &About {
        &self.about
    }
}

/// As `user/alice: assumes the role (role/ops)`.
impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.by, self.step.words, self.target)
    }
}

/// What a step is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Target<'t> {
    pub(super) user: &'t str,
    pub(super) group: &'t str,
    pub(super) role: &'t str,
    pub(super) policy: &'t str,
}

impl Target<'_> {
    fn fill(self, account: &str, template: &str) -> String {
        template
            .replace("{account}", account)
            .replace("{user}", self.user)
            .replace("{group}", self.group)
            .replace("{role}", self.role)
            .replace("{policy}", self.policy)
    }
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("user", self.user),
            ("group", self.group),
            ("role", self.role),
            ("policy", self.policy),
        ];
        let named = parts.iter().filter(|(_, name)| !name.is_empty());
        for (place, (kind, name)) in named.enumerate() {
            write!(f, "{}{kind}/{name}", if place == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl Account {
    /// Whether every request of a step is allowed.
    pub(super) fn may_take(
        &self,
        identity: &Identity<'_>,
        step: &Step,
        target: Target<'_>,
    ) -> Answer {
        let mut answer = Answer::No;
        let mut unsure: Option<Unsure> = None;
        for (action, template) in &step.requests {
            let resource = target.fill(self.id(), template);
            let mut context = Vec::new();
            context
                .extend(identity.arn().map(|arn| ("acs:PrincipalARN".to_owned(), arn.to_owned())));
            if let StepKind::RoleOfService(service) = step.kind
                && *action == "ram:PassRole"
            {
                context.push(("acs:Service".to_owned(), service.to_owned()));
            }
            match self.ask(identity, &Asked::new(action, &resource, context)) {
                Answer::No => return Answer::No,
                Answer::Unknown(more) => match &mut unsure {
                    Some(unsure) => unsure.holes.extend(more.holes),
                    None => unsure = Some(more),
                },
                yes @ Answer::Yes(_) => answer = yes,
            }
        }
        unsure.map_or(answer, Answer::Unknown)
    }
}
