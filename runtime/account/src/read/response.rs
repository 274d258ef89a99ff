//! The responses of the vendor's API, as far as they are read. Members that are not named here are
//! skipped; those that are named and missing are empty, as the API leaves out what is not set.

use ram_policy_model::catalogue;
use ram_policy_model::terms::arn::Arn;
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
    pub(super) resources: Option<Resources>,
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
    Resources resource Resource;
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

/// A resource, as Resource Management lists it.
#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Resource {
    pub(super) service: String,
    pub(super) resource_type: String,
    pub(super) resource_id: String,
    pub(super) resource_group_id: String,
    pub(super) region_id: String,
}

impl Resource {
    /// The ARN that a policy names it by; `None` where the catalogue has none for its type.
    ///
    /// Resource Management names services and types in words of its own. Where a template of the
    /// catalogue has the same service and the same word before the id, as `ecs` and `instance`, the ARN
    /// is made of it; else nobody knows which ARN it is.
    pub(super) fn arn(&self, account: &str) -> Option<String> {
        let (service, kind) = (self.service.as_str(), self.resource_type.to_ascii_lowercase());
        let (id, region) = (self.resource_id.as_str(), self.region_id.as_str());
        let is_plain =
            |text: &str| !text.is_empty() && !text.contains([':', '/', '*', '?', '{', '}', ' ']);
        if ![service, id, &self.resource_group_id].into_iter().all(is_plain) {
            return None;
        }
        // A bucket has no word before its name, and its ARN no region.
        if service == "oss" && kind == "bucket" {
            return Some(format!("acs:oss:*:{account}:{id}"));
        }
        let service = catalogue::find_service(service)?.table();
        let has_arn = |template: &str| {
            let fields = Arn::split(template).ok()?;
            let (word, rest) = fields.relative_id.split_once('/')?;
            let is_one = rest.starts_with("{#") && rest.ends_with('}') && !rest.contains('/');
            (fields.service == service.code && is_one && word == kind).then_some(())
        };
        let known = service.resource_types.iter().find_map(|one| has_arn(one.template));
        known.filter(|()| is_plain(region))?;
        Some(format!("acs:{}:{region}:{account}:{kind}/{id}", service.code))
    }
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
