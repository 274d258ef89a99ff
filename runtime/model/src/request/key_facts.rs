//! What the catalogue says about a typed condition key.

use crate::catalogue::{self, ConditionKey, KeyType, find};
use crate::request::RequestAction;
use crate::request::key::{Key, KeyName, TagKey, Text, ValueType};
use crate::terms::operator::Operator;

impl<'a, T: ValueType> Key<'a, T> {
    /// The type of the key's values: the catalogue's, or `T` for a key it does not have.
    ///
    /// ```
    /// use ram_policy::KeyType;
    /// use ram_policy::key::{Key, Number, acs};
    ///
    /// assert_eq!(acs::SourceIp.value_type(), KeyType::Ip);
    /// assert_eq!(Key::<Number>::new("ecs:VolumeSize").value_type(), KeyType::Number);
    /// ```
    #[must_use]
    pub fn value_type(self) -> KeyType {
        self.name().known().map_or(T::TYPE, |known| known.value_type)
    }

    /// The operators that RAM compares the key by (RAM: Conditional operators).
    ///
    /// Booleans of a service may be compared as texts and texts as Booleans, as the service's own
    /// samples do; where no document prints the type, any operator may fit.
    ///
    /// ```
    /// use ram_policy::{Operator, key::acs};
    ///
    /// assert!(acs::SourceIp.operators().eq([Operator::IpAddress, Operator::NotIpAddress]));
    /// ```
    pub fn operators(self) -> impl Iterator<Item = Operator> + use<'a, T> {
        fitting(self.name(), self.value_type())
    }

    /// The actions that fill the key: the complete list where one is known, else those whose row
    /// of the catalogue names it. RAM itself fills `acs:` keys, which few rows name.
    ///
    /// ```
    /// use ram_policy::key::ecs;
    ///
    /// let actions = ecs::CommandRunAs.filled_by().map(|action| action.to_string());
    /// assert!(actions.eq(["ecs:InvokeCommand", "ecs:RunCommand"]));
    /// ```
    pub fn filled_by(self) -> impl Iterator<Item = RequestAction<'static>> + use<'a, T> {
        fillers(self.name())
    }

    /// Whether [`Key::filled_by`] is known to be every action that fills the key.
    ///
    /// ```
    /// use ram_policy::key::{acs, ecs};
    ///
    /// assert!(ecs::CommandRunAs.is_filled_by_no_others());
    /// assert!(!acs::SourceIp.is_filled_by_no_others());
    /// ```
    #[must_use]
    pub fn is_filled_by_no_others(self) -> bool {
        self.name().known().is_some_and(|known| !known.filled_by.is_empty())
    }
}

impl TagKey {
    /// The type of the key's values; see [`Key::value_type`].
    ///
    /// ```
    /// use ram_policy::{KeyType, key::ecs};
    ///
    /// assert_eq!(ecs::tag.value_type(), KeyType::String);
    /// ```
    #[must_use]
    pub fn value_type(self) -> KeyType {
        self.any().value_type()
    }

    /// The operators that RAM compares the key by; see [`Key::operators`].
    ///
    /// ```
    /// use ram_policy::{Operator, key::acs};
    ///
    /// assert!(acs::ResourceTag.operators().any(|operator| operator == Operator::StringLike));
    /// assert!(acs::ResourceTag.operators().all(|operator| operator != Operator::Bool));
    /// ```
    pub fn operators(self) -> impl Iterator<Item = Operator> {
        self.any().operators()
    }

    /// The actions whose row of the catalogue names the key; see [`Key::filled_by`].
    ///
    /// ```
    /// use ram_policy::key::vpc;
    ///
    /// assert!(vpc::tag.filled_by().any(|action| action.to_string() == "ecs:AttachClassicLinkVpc"));
    /// ```
    pub fn filled_by(self) -> impl Iterator<Item = RequestAction<'static>> {
        self.any().filled_by()
    }

    /// The key of no tag yet, which has the facts of all.
    fn any(self) -> Key<'static, Text> {
        Key::new(self.head)
    }
}

impl KeyName<'_> {
    /// The catalogue's row of the key.
    fn known(self) -> Option<&'static ConditionKey> {
        catalogue::find_key(self.head)
    }
}

fn fitting(key: KeyName<'_>, value_type: KeyType) -> impl Iterator<Item = Operator> + use<'_> {
    Operator::ALL
        .into_iter()
        .filter(move |operator| find::operator_fits(operator.family(), key.head, value_type))
}

fn fillers(key: KeyName<'_>) -> impl Iterator<Item = RequestAction<'static>> + use<'_> {
    find::fillers(key.head).map(|row| RequestAction::listed(row.id(), row.service().table().code))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{KeyType, find};
    use crate::request::key::{Key, Text};
    use crate::terms::operator::Operator;

    /// Every key of the catalogue has operators, and all of one family at least.
    #[test]
    fn every_key_can_be_compared() {
        for key in find::keys() {
            let typed = Key::<Text>::new(key.name);
            assert_eq!(typed.value_type(), key.value_type, "{}", key.name);
            let least = match key.value_type {
                KeyType::String => 6,
                KeyType::Number | KeyType::Date => 6,
                KeyType::Boolean => 1,
                KeyType::Ip => 2,
                KeyType::Unknown => Operator::ALL.len(),
            };
            assert!(typed.operators().count() >= least, "{}", key.name);
            assert_eq!(typed.is_filled_by_no_others(), !key.filled_by.is_empty(), "{}", key.name);
            if !key.filled_by.is_empty() {
                assert_eq!(typed.filled_by().count(), key.filled_by.len(), "{}", key.name);
            }
        }
    }
}
