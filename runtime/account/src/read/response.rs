//! The responses of the vendor's API, as far as they are read. Members that are not named here are
//! skipped; those that are named and missing are empty, as the API leaves out what is not set.

use serde::Deserialize;

/// A list in its wrapper, with what says that there is more.
#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Page {
    pub(super) users: Option<Users>,
    pub(super) groups: Option<Groups>,
    pub(super) roles: Option<Roles>,
    pub(super) policies: Option<Policies>,
    pub(super) policy_attachments: Option<PolicyAttachments>,
    pub(super) access_keys: Option<AccessKeys>,
    pub(super) control_policy_attachments: Option<ControlPolicyAttachments>,
    pub(super) is_truncated: Option<bool>,
    pub(super) marker: Option<String>,
    pub(super) total_count: Option<usize>,
}

impl Page {
    /// Whether it says that there are more.
    pub(super) fn has_more(&self) -> bool {
        self.is_truncated == Some(true) || self.marker.as_ref().is_some_and(|text| !text.is_empty())
    }
}

macro_rules! wrapper {
    ($($wrapper:ident $member:ident $item:ident;)*) => {$(
        #[derive(Debug, Deserialize, Default)]
        #[serde(rename_all = "PascalCase", default)]
        pub(super) struct $wrapper {
            pub(super) $member: Vec<$item>,
        }
    )*};
}

wrapper! {
    Users user User;
    Groups group Group;
    Roles role Role;
    Policies policy Policy;
    PolicyAttachments policy_attachment PolicyAttachment;
    AccessKeys access_key AccessKey;
    ControlPolicyAttachments control_policy_attachment ControlPolicyAttachment;
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct User {
    pub(super) user_id: Option<String>,
    pub(super) user_name: Option<String>,
    pub(super) user_principal_name: Option<String>,
}

impl User {
    /// The name; of a response without one, what is before the `@` of the logon name.
    pub(super) fn name(&self) -> Option<&str> {
        let of_logon = || self.user_principal_name.as_deref()?.split('@').next();
        self.user_name.as_deref().or_else(of_logon).filter(|name| !name.is_empty())
    }
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Group {
    pub(super) group_name: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Role {
    pub(super) role_name: String,
    pub(super) assume_role_policy_document: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Policy {
    pub(super) policy_name: String,
    pub(super) policy_type: String,
    pub(super) policy_document: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct PolicyAttachment {
    pub(super) policy_name: String,
    pub(super) policy_type: String,
    pub(super) principal_name: String,
    pub(super) principal_type: String,
    pub(super) resource_group_id: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct AccessKey {
    pub(super) status: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ControlPolicyAttachment {
    pub(super) policy_id: String,
}

/// One thing alone.
#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct One {
    pub(super) account_id: Option<String>,
    pub(super) role: Option<Role>,
    pub(super) policy: Option<Policy>,
    pub(super) default_policy_version: Option<Version>,
    pub(super) control_policy: Option<ControlPolicy>,
    #[serde(rename = "MFADevice")]
    pub(super) mfa_device: Option<MfaDevice>,
    pub(super) login_profile: Option<serde_json::Value>,
    /// The code of an error, as `EntityNotExist.User.MFADevice`.
    pub(super) code: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Version {
    pub(super) policy_document: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ControlPolicy {
    pub(super) policy_document: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct MfaDevice {
    pub(super) serial_number: Option<String>,
}
