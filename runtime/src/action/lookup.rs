//! Looks actions up. The library and the checker of policies answer by the same code.

use ram_policy_model::catalogue::condition_key::{self, KnownKey, Verdict};
use ram_policy_model::catalogue::{AccessLevel, ActionRow, ConditionKey, find};
use ram_policy_model::terms::arn::ArnError;
use ram_policy_model::{RequestAction, RequestError};

use super::{Action, row};
use crate::resource_type::ResourceKind;

impl Action {
    /// The actions that go with every word of a text, ASCII case ignored, best first.
    ///
    /// A word goes with an action by the action's name, by the first letters of words in it
    /// (`sg` for `SecurityGroup`), by its resource types and their ARNs (`eni` for
    /// `acs:ecs:*:*:eni/*`), or by its service. `ecs:stop` asks for one service.
    ///
    /// ```
    /// use ram_policy::{Action, Ecs};
    ///
    /// assert!(Action::search("eni").any(|action| action == Ecs::AttachNetworkInterface.into()));
    /// assert_eq!(Action::search("ecs:stopinst").next(), Some(Ecs::StopInstance.into()));
    /// assert_eq!(Action::search("nothing like it").next(), None);
    /// ```
    pub fn search(text: &str) -> impl Iterator<Item = Self> + use<> {
        find::search(text).map(of_row)
    }

    /// The actions of the catalogue that a pattern covers in a policy, as `ecs:Describe*` does.
    ///
    /// ```
    /// use ram_policy::{Action, Ecs, RequestError};
    ///
    /// let actions: Vec<Action> = Action::matching("ecs:StartInstance*")?.collect();
    /// assert_eq!(actions, [Ecs::StartInstance.into(), Ecs::StartInstances.into()]);
    /// assert_eq!(Action::matching("Describe*").err(), Some(RequestError::MalformedAction));
    /// # Ok::<(), RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RequestError::MalformedAction`]: the text is neither `*` nor `code:Name`, where both may
    /// have `*` and `?`.
    pub fn matching(pattern: &str) -> Result<impl Iterator<Item = Self> + use<>, RequestError> {
        find::matching(pattern).map(|rows| rows.map(of_row)).ok_or(RequestError::MalformedAction)
    }

    /// The actions that a document gives this access level. Older documents say `Read` and `Write`
    /// where newer ones tell five levels apart.
    ///
    /// ```
    /// use ram_policy::{AccessLevel, Action, Ecs};
    ///
    /// let mut deleting = Action::with_access_level(AccessLevel::Delete);
    /// assert!(deleting.any(|action| action == Ecs::DeleteDisk.into()));
    /// ```
    pub fn with_access_level(level: AccessLevel) -> impl Iterator<Item = Self> {
        find::with_access_level(level).map(of_row)
    }

    /// The actions that can be limited to a resource type: a constant of
    /// [`resource_type`](crate::resource_type), or one of [`Action::resource_types`].
    ///
    /// ```
    /// use ram_policy::{Action, Ecs, resource_type::ecs};
    ///
    /// let mut actions = Action::for_resource_type(ecs::NetworkInterface);
    /// assert!(actions.any(|action| action == Ecs::AttachNetworkInterface.into()));
    /// ```
    pub fn for_resource_type(kind: impl Into<ResourceKind>) -> impl Iterator<Item = Self> {
        find::taking_templates(kind.into().templates()).map(of_row)
    }

    /// The actions that take an ARN, in which `*` and `?` may stand: one of their resource types
    /// has an ARN in common with it.
    ///
    /// Actions whose resources no document at hand prints are left out, although a policy may name
    /// them with any ARN.
    ///
    /// ```
    /// use ram_policy::{Action, ArnError, Ecs};
    ///
    /// let arn = "acs:ecs:cn-hangzhou:1234567890123456:eni/eni-1";
    /// let actions: Vec<Action> = Action::for_arn(arn)?.collect();
    /// assert!(actions.contains(&Ecs::AttachNetworkInterface.into()));
    /// assert!(!actions.contains(&Ecs::DeleteDisk.into()));
    /// assert_eq!(Action::for_arn("eni/eni-1").err(), Some(ArnError::Prefix));
    /// # Ok::<(), ArnError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not an ARN.
    pub fn for_arn(arn: &str) -> Result<impl Iterator<Item = Self> + use<>, ArnError> {
        Ok(find::taking(arn)?.map(of_row))
    }

    /// The actions that a policy can limit by a condition key, as far as the catalogue tells.
    ///
    /// RAM fills an `acs:` key for any action. A key of a service goes with the actions whose row
    /// names it, with those of its complete list where one is known, and with all of its service
    /// where none is.
    ///
    /// ```
    /// use ram_policy::{Action, Ecs, RequestError};
    ///
    /// let mut tagged = Action::with_condition_key("ecs:tag/owner")?;
    /// assert!(tagged.any(|action| action == Ecs::StopInstance.into()));
    /// let mut run_as = Action::with_condition_key("ecs:CommandRunAs")?;
    /// assert!(run_as.all(|action| action != Ecs::StopInstance.into()));
    /// assert_eq!(Action::with_condition_key("acs:sourceip").err(), Some(RequestError::UnknownKey));
    /// # Ok::<(), RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RequestError::MalformedKey`] and [`RequestError::UnknownKey`]: a key that cannot exist.
    pub fn with_condition_key(key: &str) -> Result<impl Iterator<Item = Self>, RequestError> {
        let known = match condition_key::judge(key) {
            Verdict::Known(known) => Some(known),
            Verdict::Unfamiliar => None,
            Verdict::Malformed => return Err(RequestError::MalformedKey),
            Verdict::Misspelt(_) | Verdict::UnknownGlobal(_) | Verdict::Retired(_) => {
                return Err(RequestError::UnknownKey);
            }
        };
        Ok(find::actions().filter(move |row| find::can_fill(*row, key, known)).map(of_row))
    }

    /// The condition keys of the catalogue that a policy can limit this action by: the `acs:` keys,
    /// those its own row names, and those of its service that it may fill.
    ///
    /// ```
    /// use ram_policy::{Action, Ecs};
    ///
    /// let can = |action: Ecs, key| Action::from(action).usable_keys().any(|known| known.name == key);
    /// assert!(can(Ecs::StopInstance, "acs:SourceIp"));
    /// assert!(can(Ecs::StopInstance, "ecs:tag/"));
    /// assert!(can(Ecs::RunCommand, "ecs:CommandRunAs"));
    /// assert!(!can(Ecs::StopInstance, "ecs:CommandRunAs"));
    /// ```
    pub fn usable_keys(&self) -> impl Iterator<Item = &'static ConditionKey> {
        let row = self.id().and_then(row);
        find::keys().filter(move |key| match row {
            Some(row) => find::can_fill(row, key.name, Some(KnownKey::of(key))),
            None => RequestAction::try_from(self)
                .is_ok_and(|action| find::can_fill_unlisted(action.code(), key)),
        })
    }
}

fn of_row(row: ActionRow) -> Action {
    Action::listed(row.id())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::Action;
    use crate::{Request, RequestAction, RequestError};

    /// Whether its service is switched on or, as `oss` by default, off.
    #[test]
    fn an_action_is_the_same_however_it_is_found() -> Result<(), RequestError> {
        for (pattern, name, spelt) in [
            ("oss:GetObject", "oss:GetObject", "OSS:getobject"),
            ("ecs:StopInstance", "ecs:StopInstance", "ecs:stopinstance"),
        ] {
            let found = Action::matching(pattern)?.next();
            assert_eq!(found, Some(spelt.parse()?), "{name}");
            let request = RequestAction::unlisted(spelt)?;
            assert_eq!(found, Some(Action::from(request)), "{name}");
            assert_eq!(request.to_string(), name);
            let found = found.ok_or(RequestError::UnknownAction)?;
            assert_eq!(found.to_string(), name);
            assert!(found.is_known(), "{name}");
            assert_eq!(Request::new(&found, "*")?.action().name(), request.name());
        }
        let unlisted: Action = "bss:BrandNew".parse()?;
        assert!(!unlisted.is_known());
        assert_eq!(Request::new(&unlisted, "*")?.to_string(), "bss:BrandNew on acs:bss:*:*:*");
        Ok(())
    }
}
