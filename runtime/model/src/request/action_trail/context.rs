//! The condition values of an event.

use alloc::string::String;
use alloc::{format, vec, vec::Vec};

use super::event::{Event, Field};
use crate::terms::operand;

impl Event<'_> {
    /// The condition values that the event tells.
    pub(crate) fn context(&self) -> Vec<(String, Vec<String>)> {
        let mut context: Vec<(String, Vec<String>)> = Vec::new();
        let mut add = |key: &str, value: &str| context.push((key.into(), vec![value.into()]));
        // The address of a service's own call is its name.
        if let Some(address) = self.text(Field::SourceIpAddress)
            && operand::parse_address(address).is_ok()
        {
            add("acs:SourceIp", address);
        }
        if let Some(time) = self.text(Field::EventTime)
            && time.parse::<operand::Date>().is_ok()
        {
            add("acs:CurrentTime", time);
        }
        if let Some(agent) = self.text(Field::UserAgent) {
            add("acs:UserAgent", agent);
        }
        if let Some(vpc) = self.text(Field::VpcId) {
            add("acs:SourceVpc", vpc);
        }
        match self.text(Field::Scheme) {
            Some("https") => add("acs:SecureTransport", "true"),
            Some("http") => add("acs:SecureTransport", "false"),
            _ => {}
        }
        let is_console =
            self.text(Field::EventType).is_some_and(|kind| kind.starts_with("Console"));
        match self.text(Field::MfaAuthenticated) {
            Some("true") => add("acs:MFAPresent", "true"),
            Some("false") if is_console => add("acs:MFAPresent", "false"),
            _ => {}
        }
        let identity = [Field::IdentityType, Field::IdentityAccount, Field::UserName];
        if let [Some(kind), Some(account), Some(name)] = identity.map(|field| self.text(field)) {
            let id = match kind {
                "ram-user" => Some(format!("user/{name}")),
                "assumed-role" => name.split([':', '/']).next().map(|role| format!("role/{role}")),
                "root-account" => Some("root".into()),
                _ => None,
            };
            if let Some(id) = id {
                add("acs:PrincipalARN", &format!("acs:ram::{account}:{id}"));
            }
        }
        context
    }
}
