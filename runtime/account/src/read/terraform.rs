//! A plan or a state of Terraform, as `terraform show -json` prints it, and a state file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ram_policy_model::{OpenResourcePolicy, ResourceKind};
use serde_json::{Map, Value, json};

use super::documents::name_of;
use crate::account::{Account, Attach, Hole, PolicyName, Scope};
use crate::principal::Principal;

/// How much of an account a plan or a state has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// What Terraform manages: there may be other principals, members and attachments, and all that
    /// depends on them is not known.
    #[default]
    Part,
    /// All of it, as whoever asks says.
    Whole,
}

/// A text that cannot be read as an account in Terraform.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TerraformError {
    /// It is no JSON.
    NotJson(String),
    /// It is neither a plan nor a state.
    NeitherPlanNorState,
    /// Nothing says which account this is.
    NoAccount,
    /// It has resources of several accounts.
    SeveralAccounts(String, String),
}

impl fmt::Display for TerraformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "it is no JSON: {error}"),
            Self::NeitherPlanNorState => {
                f.write_str("it is neither a plan nor a state, as `terraform show -json` prints them")
            }
            Self::NoAccount => f.write_str(
                "nothing says which account this is: no role has an ARN yet, and no data source `alicloud_account` was read",
            ),
            Self::SeveralAccounts(one, other) => {
                write!(f, "it has resources of account {one} and of account {other}")
            }
        }
    }
}

impl std::error::Error for TerraformError {}

/// A resource with what it will have, and what of that is not known yet.
#[derive(Debug, Clone, Copy)]
struct Resource<'v> {
    address: &'v str,
    kind: &'v str,
    is_data: bool,
    values: &'v Map<String, Value>,
    /// `true` for what is not known; `None` in a state, where everything is.
    unknown: Option<&'v Value>,
}

/// An attribute.
#[derive(Debug, Clone, Copy)]
enum Given<'v> {
    Value(&'v Value),
    Absent,
    /// Terraform knows it when it has run.
    NotKnown,
}

/// An attribute that is a text.
#[derive(Debug, Clone, Copy)]
enum Text<'v> {
    Known(&'v str),
    Absent,
    NotKnown,
}

impl Account {
    /// Whether a text is a plan or a state of Terraform, by its first members.
    ///
    /// ```
    /// use ram_policy_account::Account;
    ///
    /// assert!(Account::is_terraform(r#"{"format_version": "1.0", "terraform_version": "1.8.4"}"#));
    /// assert!(!Account::is_terraform("caller: acs:ram::1234567890123456:user/alice"));
    /// ```
    #[must_use]
    pub fn is_terraform(text: &str) -> bool {
        // A plan is long, and need not be read twice.
        let start: String = text.chars().take(4096).collect();
        text.trim_start().starts_with('{')
            && (start.contains("\"format_version\"") || start.contains("\"terraform_version\""))
    }

    /// Reads an account from what `terraform show -json` prints of a plan or a state, or from a state
    /// file: users, groups with their members, roles, policies and what is attached to whom, as they
    /// will be.
    ///
    /// The number of the account is that of its roles' ARNs or of a data source, unless it is given. What
    /// Terraform only knows when it has run is a [`Hole`]. With [`Extent::Part`] so are all principals,
    /// members and attachments that it does not manage. A plan or a state has not the control policies of
    /// the folders above an account: they are not known unless
    /// [`Account::without_control_policies`] says that there are none.
    ///
    /// ```
    /// use ram_policy_account::{Account, Extent, Question};
    ///
    /// let state = r#"{ "format_version": "1.0", "values": { "root_module": { "resources": [
    ///     { "address": "alicloud_ram_user.a", "mode": "managed", "type": "alicloud_ram_user",
    ///       "values": { "name": "alice" } },
    ///     { "address": "alicloud_ram_policy.p", "mode": "managed", "type": "alicloud_ram_policy",
    ///       "values": { "policy_name": "stop", "policy_document":
    ///         "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstance\",\"Resource\":\"*\"}]}" } },
    ///     { "address": "alicloud_ram_user_policy_attachment.a", "mode": "managed",
    ///       "type": "alicloud_ram_user_policy_attachment",
    ///       "values": { "policy_name": "stop", "policy_type": "Custom", "user_name": "alice" } }
    /// ] } } }"#;
    /// let mut account = Account::from_terraform(state, Some("1234567890123456"), Extent::Whole)?;
    /// account.without_control_policies();
    /// let found = account.who_can(&Question::new("ecs:StopInstance")?);
    /// assert_eq!(found[1].principal.to_string(), "user/alice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is neither a plan nor a state, or not of exactly one account.
    pub fn from_terraform(
        text: &str,
        id: Option<&str>,
        extent: Extent,
    ) -> Result<Self, TerraformError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| TerraformError::NotJson(error.to_string()))?;
        let mut resources = Vec::new();
        let is_plan = value.get("planned_values").is_some();
        let shown = value.get("planned_values").or_else(|| value.get("values"));
        let of_file = value.get("resources").and_then(Value::as_array);
        match (shown, of_file) {
            (Some(shown), _) => {
                let unknown = unknown_of(&value);
                if let Some(module) = shown.get("root_module") {
                    of_module(module, &unknown, &mut resources);
                }
                // What data sources have read before is in the state that a plan begins with.
                let prior = value.get("prior_state").and_then(|state| state.get("values"));
                if let Some(module) = prior.and_then(|values| values.get("root_module")) {
                    let mut before = Vec::new();
                    of_module(module, &BTreeMap::new(), &mut before);
                    resources.extend(before.into_iter().filter(|resource| resource.is_data));
                }
            }
            (None, Some(all)) if value.get("terraform_version").is_some() => {
                all.iter().for_each(|resource| of_state_file(resource, &mut resources));
            }
            // `terraform show -json` of a state without anything.
            (None, _) if value.get("format_version").is_some() => {}
            (None, _) => return Err(TerraformError::NeitherPlanNorState),
        }
        let mut expressions = BTreeMap::new();
        if let Some(module) = value.get("configuration").and_then(|one| one.get("root_module")) {
            of_configuration(module, "", &mut expressions);
        }
        let mut reader = Reader {
            account: Self::new(account_id(&resources, id)?),
            expressions,
            named: BTreeSet::new(),
            policies: BTreeMap::new(),
            versions: BTreeMap::new(),
            listed: BTreeMap::new(),
            trusts: BTreeMap::new(),
            open_members: None,
        };
        for resource in &resources {
            reader.make(*resource);
        }
        for resource in &resources {
            reader.join(*resource);
        }
        let is_incomplete = is_plan
            && (value.get("complete") == Some(&Value::Bool(false))
                || value.get("errored") == Some(&Value::Bool(true)));
        if is_incomplete {
            reader.open("the plan is not complete");
        }
        match extent {
            Extent::Part => reader.open("Terraform has what it manages, and there may be more"),
            Extent::Whole => {}
        }
        Ok(reader.done())
    }
}

/// The number of the account, by what is given, ARNs of roles, and data sources.
fn account_id(resources: &[Resource<'_>], id: Option<&str>) -> Result<String, TerraformError> {
    let mut found: Option<String> = id.map(str::to_owned);
    for resource in resources {
        let named = |name: &str| resource.values.get(name).and_then(Value::as_str);
        let own = match (resource.kind, resource.is_data) {
            ("alicloud_ram_role" | "alicloud_resource_manager_role", false) => {
                named("arn").and_then(|arn| arn.split(':').nth(3))
            }
            ("alicloud_account", true) => named("id"),
            ("alicloud_caller_identity", true) => named("account_id"),
            _ => None,
        };
        let Some(own) = own.filter(|own| !own.is_empty()) else { continue };
        match &found {
            None => found = Some(own.to_owned()),
            Some(known) if known == own => {}
            Some(known) => {
                return Err(TerraformError::SeveralAccounts(known.clone(), own.to_owned()));
            }
        }
    }
    found.ok_or(TerraformError::NoAccount)
}

/// The expressions of each resource, by its address without keys.
fn of_configuration<'v>(module: &'v Value, within: &str, found: &mut BTreeMap<String, &'v Value>) {
    for resource in module.get("resources").and_then(Value::as_array).into_iter().flatten() {
        let address = resource.get("address").and_then(Value::as_str);
        if let (Some(address), Some(expressions)) = (address, resource.get("expressions")) {
            found.insert(format!("{within}{address}"), expressions);
        }
    }
    let calls = module.get("module_calls").and_then(Value::as_object);
    for (name, call) in calls.into_iter().flatten() {
        if let Some(module) = call.get("module") {
            of_configuration(module, &format!("{within}module.{name}."), found);
        }
    }
}

/// An address without the keys of `count` and `for_each`.
fn without_keys(address: &str) -> String {
    let mut text = String::new();
    let mut is_key = false;
    let mut is_quoted = false;
    for character in address.chars() {
        match character {
            '"' if is_key => is_quoted = !is_quoted,
            '[' if !is_key => is_key = true,
            ']' if is_key && !is_quoted => is_key = false,
            other if !is_key => text.push(other),
            _ => {}
        }
    }
    text
}

/// What of each resource is not known, by its address.
fn unknown_of(value: &Value) -> BTreeMap<&str, &Value> {
    let changes = value.get("resource_changes").and_then(Value::as_array);
    changes
        .into_iter()
        .flatten()
        .filter_map(|change| {
            let address = change.get("address")?.as_str()?;
            Some((address, change.get("change")?.get("after_unknown")?))
        })
        .collect()
}

/// The resources of a module and of those in it; the reader of JSON bounds how deep they are.
fn of_module<'v>(
    module: &'v Value,
    unknown: &BTreeMap<&str, &'v Value>,
    found: &mut Vec<Resource<'v>>,
) {
    for resource in module.get("resources").and_then(Value::as_array).into_iter().flatten() {
        let named = |name: &str| resource.get(name).and_then(Value::as_str);
        let (Some(kind), Some(address)) = (named("type"), named("address")) else { continue };
        let is_data = named("mode") == Some("data");
        if let Some(values) = resource.get("values").and_then(Value::as_object) {
            let unknown = unknown.get(address).copied();
            found.push(Resource { address, kind, is_data, values, unknown });
        }
    }
    for child in module.get("child_modules").and_then(Value::as_array).into_iter().flatten() {
        of_module(child, unknown, found);
    }
}

/// A resource of a state file, whose instances have no address of their own.
fn of_state_file<'v>(resource: &'v Value, found: &mut Vec<Resource<'v>>) {
    let named = |name: &str| resource.get(name).and_then(Value::as_str);
    let (Some(kind), Some(address)) = (named("type"), named("name")) else { return };
    let is_data = named("mode") == Some("data");
    for instance in resource.get("instances").and_then(Value::as_array).into_iter().flatten() {
        if let Some(values) = instance.get("attributes").and_then(Value::as_object) {
            found.push(Resource { address, kind, is_data, values, unknown: None });
        }
    }
}

impl<'v> Resource<'v> {
    fn get(&self, name: &str) -> Given<'v> {
        let unknown = self.unknown.and_then(|unknown| unknown.get(name));
        match (self.values.get(name), unknown) {
            // Of a list, single items may be unknown.
            (_, Some(unknown)) if is_open(unknown) => Given::NotKnown,
            (Some(Value::Null) | None, _) => Given::Absent,
            (Some(value), _) => Given::Value(value),
        }
    }

    /// The first of several attributes that is a text and not empty; provider versions have several
    /// names for one thing.
    fn text(&self, names: &[&str]) -> Text<'v> {
        let mut open = false;
        for name in names {
            match self.get(name) {
                Given::Value(Value::String(text)) if !text.is_empty() => return Text::Known(text),
                Given::Value(_) | Given::Absent => {}
                Given::NotKnown => open = true,
            }
        }
        if open { Text::NotKnown } else { Text::Absent }
    }

    /// The texts of a list, and whether all of them are known.
    fn texts(&self, name: &str) -> (Vec<&'v str>, bool) {
        let values = self.values.get(name).and_then(Value::as_array);
        let texts = values.into_iter().flatten().filter_map(Value::as_str).collect();
        (texts, !matches!(self.get(name), Given::NotKnown))
    }

    /// Why an attribute is not known.
    fn not_known(&self, name: &str) -> String {
        format!("`{name}` of {} is only known when Terraform has run", self.address)
    }

    /// The document of a policy.
    fn document(&self) -> Result<String, String> {
        match self.text(&["policy_document", "document"]) {
            Text::Known(text) => return Ok(text.to_owned()),
            Text::NotKnown => return Err(self.not_known("policy_document")),
            Text::Absent => {}
        }
        match self.get("statement") {
            Given::NotKnown => Err(self.not_known("statement")),
            Given::Value(Value::Array(blocks)) if !blocks.is_empty() => {
                let statement = |block: &Value| {
                    let of = |name: &str| block.get(name).cloned().unwrap_or(Value::Null);
                    json!({ "Effect": of("effect"), "Action": of("action"), "Resource": of("resource") })
                };
                let statements: Vec<Value> = blocks.iter().map(statement).collect();
                Ok(json!({ "Version": "1", "Statement": statements }).to_string())
            }
            Given::Value(_) | Given::Absent => Err(format!("{} has no document", self.address)),
        }
    }

    /// The trust policy of a role; `None` where it is not known.
    fn trust(&self) -> Option<String> {
        match self.text(&["assume_role_policy_document", "document"]) {
            Text::Known(text) => return Some(text.to_owned()),
            Text::NotKnown => return None,
            Text::Absent => {}
        }
        let (users, knows_users) = self.texts("ram_users");
        let (services, knows_services) = self.texts("services");
        if !knows_users || !knows_services || users.is_empty() && services.is_empty() {
            return None;
        }
        let mut principal = Map::new();
        for (name, all) in [("RAM", users), ("Service", services)] {
            if !all.is_empty() {
                principal.insert(name.to_owned(), json!(all));
            }
        }
        let statement =
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal });
        Some(json!({ "Version": "1", "Statement": [statement] }).to_string())
    }
}

/// Whether a value or a part of it is not known.
fn is_open(unknown: &Value) -> bool {
    match unknown {
        Value::Bool(is_unknown) => *is_unknown,
        Value::Array(items) => items.iter().any(is_open),
        Value::Object(members) => members.values().any(is_open),
        Value::Null | Value::Number(_) | Value::String(_) => false,
    }
}

struct Reader<'v> {
    account: Account,
    /// The expressions of resources, by their addresses without keys.
    expressions: BTreeMap<String, &'v Value>,
    /// The policies of resources: addresses without keys, with names.
    named: BTreeSet<(String, &'v str)>,
    /// The documents of policies.
    policies: BTreeMap<PolicyName, Result<String, String>>,
    /// Versions of policies that are the default, whatever the policy says.
    versions: BTreeMap<PolicyName, Result<String, String>>,
    /// Those that data sources have read, where no resource has them.
    listed: BTreeMap<PolicyName, String>,
    trusts: BTreeMap<String, String>,
    /// Why anybody may be in any group.
    open_members: Option<String>,
}

impl<'v> Reader<'v> {
    fn hole(&mut self, what: &str, why: String) {
        self.account.add_hole(what, why);
    }

    /// Why there may be more of everything.
    fn open(&mut self, why: &str) {
        for what in ["users", "groups", "roles"] {
            self.hole(what, why.to_owned());
        }
        for kind in [
            ResourceKind::Bucket,
            ResourceKind::Key,
            ResourceKind::Secret,
            ResourceKind::Project,
            ResourceKind::Instance,
        ] {
            self.account.keep_unread(kind, why);
        }
        self.open_members.get_or_insert_with(|| why.to_owned());
        self.attachments(why.to_owned());
    }

    /// Why anything may be attached to anybody.
    fn attachments(&mut self, why: String) {
        let what = "attached policies".to_owned();
        self.account.open_attachments.get_or_insert(Hole { what, why });
    }

    /// The policy that a resource keeps.
    fn kept(&mut self, kind: ResourceKind, resource: Resource<'v>, names: &[&str]) {
        let name = match resource.text(names) {
            Text::Known(name) => name.to_owned(),
            Text::Absent | Text::NotKnown => {
                let why = resource.not_known(names.first().copied().unwrap_or_default());
                return self.account.keep_unread(kind, why);
            }
        };
        match resource.text(&["policy"]) {
            Text::Known(text) => self.account.read_kept(kind, name, text),
            Text::NotKnown => {
                let why = resource.not_known("policy");
                self.account.keep(name, &OpenResourcePolicy::unread(kind, why));
            }
            Text::Absent => {}
        }
    }

    /// Principals and policies.
    fn make(&mut self, resource: Resource<'v>) {
        if resource.is_data {
            if resource.kind == "alicloud_ram_policies" {
                self.listed(resource);
            }
            return;
        }
        match resource.kind {
            "alicloud_ram_user" => match resource.text(&["name"]) {
                Text::Known(name) => {
                    let id = resource.text(&["id"]);
                    self.account.user(name).id = match id {
                        Text::Known(id) => Some(id.to_owned()),
                        Text::Absent | Text::NotKnown => None,
                    };
                }
                Text::Absent | Text::NotKnown => self.hole("users", resource.not_known("name")),
            },
            "alicloud_ram_group" => match resource.text(&["group_name", "name"]) {
                Text::Known(name) => {
                    self.account.group(name);
                }
                Text::Absent | Text::NotKnown => {
                    self.hole("groups", resource.not_known("group_name"));
                }
            },
            "alicloud_ram_role" | "alicloud_resource_manager_role" => {
                match resource.text(&["role_name", "name"]) {
                    Text::Known(name) => {
                        self.account.role(name);
                        if let Some(trust) = resource.trust() {
                            self.trusts.insert(name.to_owned(), trust);
                        }
                    }
                    Text::Absent | Text::NotKnown => {
                        self.hole("roles", resource.not_known("role_name"));
                    }
                }
            }
            "alicloud_oss_bucket" | "alicloud_oss_bucket_policy" => {
                self.kept(ResourceKind::Bucket, resource, &["bucket"]);
            }
            "alicloud_kms_key" => self.kept(ResourceKind::Key, resource, &["id"]),
            "alicloud_kms_secret" => self.kept(ResourceKind::Secret, resource, &["secret_name"]),
            "alicloud_log_project" => {
                self.kept(ResourceKind::Project, resource, &["project_name", "name"]);
            }
            "alicloud_ram_policy" | "alicloud_resource_manager_policy" => {
                let name = match resource.text(&["policy_name", "name"]) {
                    Text::Known(name) => {
                        self.named.insert((without_keys(resource.address), name));
                        PolicyName::custom(name)
                    }
                    Text::Absent | Text::NotKnown => {
                        PolicyName::custom(format!("({})", resource.address))
                    }
                };
                self.policies.insert(name, resource.document());
            }
            "alicloud_resource_manager_policy_version" => {
                let is_default = !matches!(
                    resource.get("is_default_version"),
                    Given::Absent | Given::Value(Value::Bool(false))
                );
                if let (Text::Known(name), true) = (resource.text(&["policy_name"]), is_default) {
                    self.versions.insert(PolicyName::custom(name), resource.document());
                }
            }
            "alicloud_ram_login_profile" => {
                if let Text::Known(name) = resource.text(&["user_name"]) {
                    self.account.user(name).has_console = Some(true);
                }
            }
            "alicloud_resource_manager_control_policy_attachment" => {
                self.account.unread_control_policies(format!(
                    "{} attaches one, and a plan or a state has not the folders above the account",
                    resource.address
                ));
            }
            _ => {}
        }
    }

    /// Policies that a data source has read, the vendor's among them.
    fn listed(&mut self, resource: Resource<'_>) {
        let Given::Value(Value::Array(policies)) = resource.get("policies") else { return };
        for policy in policies {
            let of = |names: &[&str]| {
                names
                    .iter()
                    .find_map(|name| policy.get(name)?.as_str())
                    .filter(|text| !text.is_empty())
            };
            let (Some(name), Some(kind)) = (of(&["policy_name", "name"]), of(&["type"])) else {
                continue;
            };
            if let Some(text) = of(&["policy_document", "document"]) {
                self.listed.insert(name_of(kind, name), text.to_owned());
            }
        }
    }

    /// Members and what is attached.
    fn join(&mut self, resource: Resource<'_>) {
        if resource.is_data {
            return;
        }
        match resource.kind {
            "alicloud_ram_group_membership" => {
                let (users, is_known) = resource.texts("user_names");
                let Text::Known(group) = resource.text(&["group_name"]) else {
                    return self.all_members(resource.not_known("group_name"));
                };
                for user in users {
                    self.account.user(user).groups.insert(group.to_owned());
                }
                if !is_known {
                    self.members(group, resource.not_known("user_names"));
                }
            }
            "alicloud_ram_user_group_attachment" => {
                match (resource.text(&["group_name"]), resource.text(&["user_name"])) {
                    (Text::Known(group), Text::Known(user)) => {
                        self.account.user(user).groups.insert(group.to_owned());
                    }
                    (Text::Known(group), Text::Absent | Text::NotKnown) => {
                        self.members(group, resource.not_known("user_name"));
                    }
                    (Text::Absent | Text::NotKnown, _) => {
                        self.all_members(resource.not_known("group_name"));
                    }
                }
            }
            "alicloud_ram_user_policy_attachment" => {
                self.attach(resource, "user_name", |name| Some(Principal::User(name.to_owned())));
            }
            "alicloud_ram_role_policy_attachment" => {
                self.attach(resource, "role_name", |name| Some(Principal::Role(name.to_owned())));
            }
            "alicloud_ram_group_policy_attachment" => self.attach(resource, "group_name", |_| None),
            "alicloud_resource_manager_policy_attachment" => {
                match resource.text(&["principal_type"]) {
                    Text::Known("IMSUser") => self.attach(resource, "principal_name", |name| {
                        Some(Principal::User(of_logon(name).to_owned()))
                    }),
                    Text::Known("ServiceRole") => self.attach(resource, "principal_name", |name| {
                        Some(Principal::Role(of_logon(name).to_owned()))
                    }),
                    Text::Known("IMSGroup") => self.attach(resource, "principal_name", |_| None),
                    Text::Known(_) | Text::Absent | Text::NotKnown => {
                        self.attachments(format!(
                            "{} attaches a policy to an unknown kind of principal",
                            resource.address
                        ));
                    }
                }
            }
            _ => {}
        }
    }

    /// Why nobody knows who is in a group.
    fn members(&mut self, group: &str, why: String) {
        members(&mut self.account, group, why);
    }

    fn all_members(&mut self, why: String) {
        self.open_members.get_or_insert(why);
    }

    /// Attaches a policy to the principal that an attribute names, or to a group.
    fn attach(
        &mut self,
        resource: Resource<'_>,
        attribute: &str,
        principal: impl Fn(&str) -> Option<Principal>,
    ) {
        let Text::Known(name) = resource.text(&[attribute]) else {
            return self.attachments(resource.not_known(attribute));
        };
        let scope = match resource.text(&["resource_group_id"]) {
            Text::Absent => Scope::Account,
            Text::Known(group) if group == self.account.id() => Scope::Account,
            Text::Known(group) => Scope::ResourceGroup(group.to_owned()),
            // It applies somewhere.
            Text::NotKnown => Scope::ResourceGroup(format!("({})", resource.address)),
        };
        let policy = match (resource.text(&["policy_name"]), resource.text(&["policy_type"])) {
            (Text::Known(policy), Text::Known(kind)) => name_of(kind, policy),
            (Text::Known(policy), Text::Absent) => PolicyName::custom(policy),
            (Text::Known(policy), Text::NotKnown) if self.is_of_own(resource, policy) => {
                PolicyName::custom(policy)
            }
            (Text::Known(_), Text::NotKnown) => self.unread(resource, "policy_type"),
            (Text::Absent | Text::NotKnown, _) => self.unread(resource, "policy_name"),
        };
        let account = &mut self.account;
        match principal(name) {
            Some(Principal::User(name)) => {
                account.user(name).attach_in(policy, scope);
            }
            Some(Principal::Role(name)) => {
                account.role(name).attach_in(policy, scope);
            }
            Some(
                Principal::Root
                | Principal::Outside(_)
                | Principal::Service(_)
                | Principal::Provider(_)
                | Principal::Named(_)
                | Principal::Everybody,
            )
            | None => {
                account.group(of_logon(name)).attach_in(policy, scope);
            }
        }
    }

    /// Whether the type of an attached policy is that of the resource that makes a policy of this name:
    /// before it is made, Terraform does not know that it is `Custom`.
    fn is_of_own(&self, resource: Resource<'_>, policy: &str) -> bool {
        let address = without_keys(resource.address);
        let of = |one: &'v Value| one.get("policy_type")?.get("references")?.get(0)?.as_str();
        let Some(reference) = self.expressions.get(&address).copied().and_then(of) else {
            return false;
        };
        let reference = without_keys(reference);
        let Some(named) = reference.strip_suffix(".type") else { return false };
        // A reference is to a resource of the same module.
        let own = address.rfind("alicloud_").map_or("", |start| address.get(..start).unwrap_or(""));
        self.named.contains(&(format!("{own}{named}"), policy))
    }

    /// A policy of which not even the name is known.
    fn unread(&mut self, resource: Resource<'_>, attribute: &str) -> PolicyName {
        let name = PolicyName::custom(format!("(of {})", resource.address));
        self.account.add_unread_policy(name.clone(), resource.not_known(attribute));
        name
    }

    fn done(mut self) -> Account {
        let listed = self.listed.into_iter().map(|(name, text)| (name, Ok(text)));
        let mut policies: BTreeMap<PolicyName, Result<String, String>> = listed.collect();
        policies.extend(self.policies);
        policies.extend(self.versions);
        let mut texts = Vec::with_capacity(policies.len());
        for (name, document) in policies {
            match document {
                Ok(text) => texts.push((name, text)),
                Err(why) => self.account.add_unread_policy(name, why),
            }
        }
        self.account.read_policies(texts);
        self.account.read_trusts(self.trusts.into_iter().collect());
        if let Some(why) = self.open_members.take() {
            let groups: Vec<String> = self.account.groups.keys().cloned().collect();
            for group in groups {
                members(&mut self.account, &group, why.clone());
            }
        }
        self.account
    }
}

fn members(account: &mut Account, group: &str, why: String) {
    let hole = Hole { what: format!("members of group/{group}"), why };
    account.open_groups.entry(group.to_owned()).or_insert(hole);
}

/// The name of who signs in as `<name>@<account>.onaliyun.com`.
fn of_logon(name: &str) -> &str {
    name.split('@').next().unwrap_or_default()
}
