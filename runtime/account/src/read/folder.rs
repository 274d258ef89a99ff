//! A folder of responses, as `export.py` leaves it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use ram_policy_model::{ControlPolicy, OpenResourcePolicy, ResourceKind};
use serde::de::DeserializeOwned;

use super::documents::name_of;
use super::parallel;
use super::response::{self, One, Page};
use crate::account::{Account, Attach, Attachment, Control, Hole, PolicyName, PolicyOrigin, Scope};

/// A folder that cannot be read as an account.
#[derive(Debug)]
#[non_exhaustive]
pub enum FolderError {
    /// A file cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file is not the response that its name says.
    NotAResponse {
        /// Which.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// Nothing says which account this is: `GetCallerIdentity.json` is missing.
    NoAccount,
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => write!(f, "{}: {error}", path.display()),
            Self::NotAResponse { path, message } => write!(f, "{}: {message}", path.display()),
            Self::NoAccount => f.write_str(
                "nothing says which account this is: GetCallerIdentity.json is missing or has no AccountId",
            ),
        }
    }
}

impl std::error::Error for FolderError {}

/// Most bytes of a file.
const MOST_BYTES: u64 = 64 << 20;

/// A folder of responses, one file each; a listing in several pages has one file a page, in the order
/// of their names.
struct Folder<'p> {
    path: &'p Path,
    account: Account,
}

impl Account {
    /// Reads an account from a folder of responses of the vendor's API, as `aliyun` prints them and
    /// `export.py` of this crate leaves them:
    ///
    /// | file | operation |
    /// | --- | --- |
    /// | `GetCallerIdentity.json` | `sts GetCallerIdentity` |
    /// | `ListUsers.json`, `ListGroups.json`, `ListRoles.json` | `ram ListUsers` and so on; a second page is `ListUsers~2.json` |
    /// | `ListUsersForGroup/<group>.json` | `ram ListUsersForGroup`; or `ListGroupsForUser/<user>.json` |
    /// | `ListPoliciesForUser/<user>.json`, `…Group/<group>.json`, `…Role/<role>.json` | `ram ListPoliciesForUser` and so on |
    /// | `GetRole/<role>.json` | `ram GetRole` |
    /// | `GetPolicy/Custom/<name>.json`, `GetPolicy/System/<name>.json` | `ram GetPolicy` |
    /// | `ListPolicyAttachments.json` | `resourcemanager ListPolicyAttachments` |
    /// | `ListResources.json` | optional: `resourcemanager ListResources`, which resource is in which resource group |
    /// | `ListControlPolicyAttachmentsForTarget/<level>.json` | `resourcedirectorymaster ListControlPolicyAttachmentsForTarget`, levels in the order of their names, the account first; an empty folder says that there are none |
    /// | `GetControlPolicy/<id>.json` | `resourcedirectorymaster GetControlPolicy` |
    /// | `GetBucketPolicy/<bucket>.json` | the document itself, as `ossutil bucket-policy` prints it; an error says that there is none |
    /// | `GetKeyPolicy/<key>.json`, `GetSecretPolicy/<secret>.json` | `kms GetKeyPolicy` and `kms GetSecretPolicy`; an empty folder says that there are none |
    /// | `GetProjectPolicy/<project>.json` | the document of a project of Simple Log Service, or a text that contains it |
    /// | `GetInstance/<instance>.json` | `tablestore GetInstance` |
    /// | `GetUserMFAInfo/<user>.json`, `ListAccessKeys/<user>.json`, `GetLoginProfile/<user>.json` | optional |
    ///
    /// What is missing, cut off or not readable as a policy is a [`Hole`].
    ///
    /// # Errors
    ///
    /// A file cannot be read or is no such response, or nothing says which account this is.
    pub fn from_folder(path: impl AsRef<Path>) -> Result<Self, FolderError> {
        let mut folder = Folder { path: path.as_ref(), account: Self::new("") };
        let identity: Option<One> = folder.one("GetCallerIdentity.json")?;
        let id = identity.and_then(|identity| identity.account_id).filter(|id| !id.is_empty());
        folder.account = Self::new(id.ok_or(FolderError::NoAccount)?);
        folder.principals()?;
        folder.members()?;
        folder.resource_groups()?;
        folder.resources()?;
        folder.attachments()?;
        folder.policies()?;
        folder.trust()?;
        folder.control()?;
        folder.kept()?;
        folder.facts()?;
        Ok(folder.account)
    }
}

impl Folder<'_> {
    /// Notes why something is not known, if it is not.
    fn hole(&mut self, what: impl Into<String>, why: Option<String>) {
        self.account.holes.extend(why.map(|why| Hole { what: what.into(), why }));
    }

    fn read<T: DeserializeOwned>(&self, path: &Path) -> Result<T, FolderError> {
        let unreadable = |error| FolderError::Unreadable { path: path.to_owned(), error };
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        if length > MOST_BYTES {
            let message = format!("it has {length} bytes, at most {MOST_BYTES} are read");
            return Err(FolderError::NotAResponse { path: path.to_owned(), message });
        }
        let mut text = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.read_to_end(&mut text).map_err(unreadable)?;
        serde_json::from_slice(&text).map_err(|error| FolderError::NotAResponse {
            path: path.to_owned(),
            message: error.to_string(),
        })
    }

    /// One response, if the file is there.
    fn one<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, FolderError> {
        let path = self.path.join(name);
        if path.exists() { self.read(&path).map(Some) } else { Ok(None) }
    }

    /// The pages of a listing: `<name>.json` and `<name>~<page>.json`; no name of RAM has a `~`.
    /// With them, why they are not the whole listing, if they are not: then absence says nothing.
    fn pages(
        &self,
        name: &str,
        has_list: fn(&Page) -> bool,
    ) -> Result<(Vec<Page>, Option<String>), FolderError> {
        let files = files(self.path)?.into_iter();
        let files = files.filter(|(stem, _)| without_page(stem) == name);
        let pages: Vec<Page> = files.map(|(_, path)| self.read(&path)).collect::<Result<_, _>>()?;
        let why = if pages.is_empty() {
            Some(format!("{name}.json is not among the files"))
        } else if !pages.iter().all(has_list) {
            Some(format!("a response of {name} has no list, as one that is an error"))
        } else if pages.last().is_some_and(Page::has_more) {
            Some(format!("the last page of {name} says that there is more"))
        } else {
            None
        };
        Ok((pages, why))
    }

    /// The responses about single things, by what their files are called.
    fn each<T: DeserializeOwned + Send>(
        &self,
        name: &str,
    ) -> Result<Option<Vec<(String, T)>>, FolderError> {
        let path = self.path.join(name);
        if !path.is_dir() {
            return Ok(None);
        }
        let read = |(stem, path): (String, PathBuf)| Ok((stem, self.read(&path)?));
        parallel::each(files(&path)?, read).into_iter().collect::<Result<_, _>>().map(Some)
    }

    fn principals(&mut self) -> Result<(), FolderError> {
        let (pages, why) = self.pages("ListUsers", |page| page.users.is_some())?;
        self.hole("users", why);
        for user in pages.iter().flat_map(|page| &page.users).flat_map(|list| &list.user) {
            match user.name() {
                Some(name) => self.account.user(name).id.clone_from(&user.user_id),
                None => self.hole("users", Some("ListUsers has a user without a name".to_owned())),
            }
        }
        let (pages, why) = self.pages("ListGroups", |page| page.groups.is_some())?;
        self.hole("groups", why);
        for group in pages.iter().flat_map(|page| &page.groups).flat_map(|list| &list.group) {
            self.account.group(&group.group_name);
        }
        let (pages, why) = self.pages("ListRoles", |page| page.roles.is_some())?;
        self.hole("roles", why);
        for role in pages.iter().flat_map(|page| &page.roles).flat_map(|list| &list.role) {
            self.account.role(&role.role_name);
        }
        Ok(())
    }

    fn members(&mut self) -> Result<(), FolderError> {
        let of_groups: Vec<(String, Page)> = self.each("ListUsersForGroup")?.unwrap_or_default();
        let of_users: Vec<(String, Page)> = self.each("ListGroupsForUser")?.unwrap_or_default();
        let mut without_list: BTreeMap<&str, String> = BTreeMap::new();
        let mut last: BTreeMap<&str, (String, bool)> = BTreeMap::new();
        for (stem, page) in &of_groups {
            let group = without_page(stem);
            self.account.group(group);
            for user in
                page.users.iter().flat_map(|list| &list.user).filter_map(response::User::name)
            {
                self.account.user(user).groups.insert(group.to_owned());
            }
            let file = format!("ListUsersForGroup/{stem}.json");
            if page.users.is_none() {
                let why = format!("{file} has no list, as one that is an error");
                without_list.insert(group, why);
            }
            // Pages are in order.
            last.insert(group, (file, page.has_more()));
        }
        for (user, page) in &of_users {
            for group in page.groups.iter().flat_map(|list| &list.group) {
                self.account.user(user).groups.insert(group.group_name.clone());
            }
        }
        let says_all = |user: &String| {
            of_users.iter().any(|(stem, page)| stem == user && page.groups.is_some())
        };
        if !of_users.is_empty() && self.account.users.keys().all(says_all) {
            return Ok(());
        }
        let groups: Vec<String> = self.account.groups.keys().cloned().collect();
        for group in groups {
            let why = match (without_list.get(group.as_str()), last.get(group.as_str())) {
                (Some(why), _) => why.clone(),
                (None, Some((file, true))) => format!("{file} says that there is more"),
                (None, Some((_, false))) => continue,
                (None, None) => format!("ListUsersForGroup/{group}.json is not among the files"),
            };
            // Anybody may be a member.
            let hole = Hole { what: format!("members of group/{group}"), why };
            self.account.open_groups.insert(group, hole);
        }
        Ok(())
    }

    fn attachments(&mut self) -> Result<(), FolderError> {
        let account = &mut self.account;
        let names = |all: Vec<&String>| all.into_iter().cloned().collect::<Vec<_>>();
        let users = names(account.users.keys().collect());
        let groups = names(account.groups.keys().collect());
        let roles = names(account.roles.keys().collect());
        self.attached("User", users, |account, name| account.user(name).attachments())?;
        self.attached("Group", groups, |account, name| account.group(name).attachments())?;
        self.attached("Role", roles, |account, name| account.role(name).attachments())
    }

    /// What is attached to these in the whole account.
    fn attached(
        &mut self,
        kind: &str,
        names: Vec<String>,
        to: for<'a> fn(&'a mut Account, &str) -> &'a mut Vec<Attachment>,
    ) -> Result<(), FolderError> {
        let operation = format!("ListPoliciesFor{kind}");
        let listed: BTreeMap<String, Page> = self.each(&operation)?.into_iter().flatten().collect();
        for name in names {
            let file = format!("{operation}/{name}.json");
            let page = listed.get(&name);
            let policies = page.and_then(|page| page.policies.as_ref());
            let mut attached: Vec<PolicyName> = policies
                .iter()
                .flat_map(|list| &list.policy)
                .map(|policy| name_of(&policy.policy_type, &policy.policy_name))
                .collect();
            let why = match (page, policies) {
                (None, _) => Some(format!("{file} is not among the files")),
                (Some(_), None) => Some(format!("{file} has no list, as one that is an error")),
                (Some(page), Some(_)) if page.has_more() => {
                    Some(format!("{file} says that there is more"))
                }
                (Some(_), Some(_)) => None,
            };
            if let Some(why) = why {
                // A policy that nobody has read is there for all that may be attached.
                let kind = kind.to_ascii_lowercase();
                let unread = PolicyName::custom(format!("(of {kind}/{name})"));
                self.account.add_unread_policy(unread.clone(), why);
                attached.push(unread);
            }
            let to = to(&mut self.account, &name);
            // What Resource Management attaches comes behind.
            let others = std::mem::take(to);
            let attached = attached.into_iter();
            let attached = attached.map(|policy| Attachment { policy, scope: Scope::Account });
            for attachment in attached.chain(others) {
                if !to.contains(&attachment) {
                    to.push(attachment);
                }
            }
        }
        Ok(())
    }

    /// What Resource Management attaches, in resource groups and in the account.
    fn resource_groups(&mut self) -> Result<(), FolderError> {
        let (pages, mut why) =
            self.pages("ListPolicyAttachments", |page| page.policy_attachments.is_some())?;
        let lists = || pages.iter().flat_map(|page| &page.policy_attachments);
        let listed = lists().map(|list| list.policy_attachment.len()).sum::<usize>();
        if pages.iter().any(|page| page.total_count.is_some_and(|total| total > listed)) {
            why = why.or(Some("ListPolicyAttachments lists fewer than it counts".to_owned()));
        }
        for found in lists().flat_map(|list| &list.policy_attachment) {
            let scope = if found.resource_group_id == self.account.id() {
                Scope::Account
            } else {
                Scope::ResourceGroup(found.resource_group_id.clone())
            };
            let policy = name_of(&found.policy_type, &found.policy_name);
            // Users and roles are named as they sign in.
            let name = found.principal_name.split('@').next().unwrap_or_default();
            match found.principal_type.as_str() {
                "IMSUser" => {
                    self.account.user(name).attach_in(policy, scope);
                }
                "IMSGroup" => {
                    self.account.group(name).attach_in(policy, scope);
                }
                "ServiceRole" => {
                    self.account.role(name).attach_in(policy, scope);
                }
                other => {
                    why = Some(format!(
                        "{policy} is attached to an unknown kind of principal, `{other}`"
                    ));
                }
            }
        }
        let what = "what Resource Management attaches".to_owned();
        self.account.open_attachments = why.map(|why| Hole { what, why });
        Ok(())
    }

    /// The resource groups of resources. Of a resource that is not listed, or by no ARN that is known, no
    /// answer says that it is in none, so that nothing is missing where the list is.
    fn resources(&mut self) -> Result<(), FolderError> {
        let (pages, _) = self.pages("ListResources", |page| page.resources.is_some())?;
        let id = self.account.id().to_owned();
        for one in pages.iter().flat_map(|page| &page.resources).flat_map(|list| &list.resource) {
            if let Some(arn) = one.arn(&id) {
                self.account.resource(arn, &one.resource_group_id);
            }
        }
        Ok(())
    }

    fn policies(&mut self) -> Result<(), FolderError> {
        for (folder, origin) in
            [("GetPolicy/Custom", PolicyOrigin::Custom), ("GetPolicy/System", PolicyOrigin::System)]
        {
            let found: Vec<(String, One)> = self.each(folder)?.unwrap_or_default();
            let mut texts = Vec::with_capacity(found.len());
            for (stem, one) in found {
                let named = one.policy.as_ref().map(|policy| policy.policy_name.clone());
                let name = named.filter(|name| !name.is_empty()).unwrap_or_else(|| stem.clone());
                let name = PolicyName { origin, name };
                let of_version =
                    one.default_policy_version.and_then(|version| version.policy_document);
                let document =
                    of_version.or_else(|| one.policy.and_then(|policy| policy.policy_document));
                match document {
                    Some(text) => texts.push((name, text)),
                    None => {
                        let why = format!("{folder}/{stem}.json has no document");
                        self.account.add_unread_policy(name, why);
                    }
                }
            }
            self.account.read_policies(texts);
        }
        Ok(())
    }

    fn trust(&mut self) -> Result<(), FolderError> {
        let found: Vec<(String, One)> = self.each("GetRole")?.unwrap_or_default();
        let texts = found.into_iter().filter_map(|(stem, one)| {
            Some((stem, one.role.and_then(|role| role.assume_role_policy_document)?))
        });
        self.account.read_trusts(texts.collect());
        Ok(())
    }

    fn control(&mut self) -> Result<(), FolderError> {
        let name = "ListControlPolicyAttachmentsForTarget";
        let Some(levels): Option<Vec<(String, Page)>> = self.each(name)? else { return Ok(()) };
        let documents: BTreeMap<String, One> =
            self.each("GetControlPolicy")?.into_iter().flatten().collect();
        self.account.without_control_policies();
        for (level, page) in levels {
            if page.control_policy_attachments.is_none() {
                let hole = Hole {
                    what: format!("control policies of {level}"),
                    why: format!("{name}/{level}.json has no list, as one that is an error"),
                };
                self.account.control = Control::NotKnown(hole);
                return Ok(());
            }
            let of_level = page.control_policy_attachments.iter();
            let mut policies = Vec::new();
            let mut missing = None;
            for attachment in of_level.flat_map(|list| &list.control_policy_attachment) {
                let id = &attachment.policy_id;
                let one = documents.get(id).and_then(|one| one.control_policy.as_ref());
                let read = one.and_then(|policy| policy.policy_document.as_deref());
                match read.map(ControlPolicy::from_json_lenient) {
                    Some(Ok(imported)) => {
                        self.account.found(format!("control policy {id}"), imported.findings);
                        policies.push(imported.policy);
                    }
                    Some(Err(_)) | None => missing = Some(id.clone()),
                }
            }
            if let Some(id) = missing {
                let hole = Hole {
                    what: format!("control policy {id} of {level}"),
                    why: format!(
                        "GetControlPolicy/{id}.json is not among the files, or has no document that RAM takes"
                    ),
                };
                self.account.control = Control::NotKnown(hole);
                return Ok(());
            }
            self.account.add_control_level(policies);
        }
        Ok(())
    }

    /// The policies that resources keep.
    fn kept(&mut self) -> Result<(), FolderError> {
        for (name, kind) in [
            ("GetBucketPolicy", ResourceKind::Bucket),
            ("GetKeyPolicy", ResourceKind::Key),
            ("GetSecretPolicy", ResourceKind::Secret),
            ("GetProjectPolicy", ResourceKind::Project),
            ("GetInstance", ResourceKind::Instance),
        ] {
            let Some(files) = self.each::<serde_json::Value>(name)? else {
                self.account.keep_unread(kind, format!("{name} is not among the files"));
                continue;
            };
            for (resource, value) in files {
                // An error says that there is none, or why nobody could read it.
                if let Some(code) = value.get("Code").and_then(|code| code.as_str()) {
                    if !code.contains("NotExist") && !code.contains("NoSuch") {
                        let why = format!("{name}/{resource}.json is the error {code}");
                        self.account.keep(resource, &OpenResourcePolicy::unread(kind, why));
                    }
                    continue;
                }
                let inside = value.get("Policy").unwrap_or(&value);
                let text = inside.as_str().map_or_else(|| inside.to_string(), str::to_owned);
                let is_unset = text.trim().is_empty()
                    || inside.is_null()
                    || (kind == ResourceKind::Instance && value.get("Policy").is_none());
                if !is_unset {
                    self.account.read_kept(kind, resource, &text);
                }
            }
        }
        Ok(())
    }

    fn facts(&mut self) -> Result<(), FolderError> {
        let mfa: Vec<(String, One)> = self.each("GetUserMFAInfo")?.unwrap_or_default();
        for (user, one) in mfa {
            let has = one
                .mfa_device
                .and_then(|device| device.serial_number)
                .is_some_and(|n| !n.is_empty());
            // An error that says that there is none is an answer; another one is not.
            let is_answer =
                has || one.code.as_deref().is_none_or(|code| code.starts_with("EntityNotExist"));
            if let (Some(known), true) = (self.account.users.get_mut(&user), is_answer) {
                known.has_mfa = Some(has);
            }
        }
        let console: Vec<(String, One)> = self.each("GetLoginProfile")?.unwrap_or_default();
        for (user, one) in console {
            let has = one.login_profile.is_some();
            let is_answer =
                has || one.code.as_deref().is_some_and(|code| code.starts_with("EntityNotExist"));
            if let (Some(known), true) = (self.account.users.get_mut(&user), is_answer) {
                known.has_console = Some(has);
            }
        }
        let keys: Vec<(String, Page)> = self.each("ListAccessKeys")?.unwrap_or_default();
        for (user, page) in keys {
            let of_page = page.access_keys.iter().flat_map(|list| &list.access_key);
            let active = of_page.filter(|key| key.status == "Active").count();
            if let (Some(known), true) =
                (self.account.users.get_mut(&user), page.access_keys.is_some())
            {
                known.access_keys = Some(active);
            }
        }
        Ok(())
    }
}

/// A file's name without the number of its page.
fn without_page(stem: &str) -> &str {
    page_of(stem).0
}

/// What a file is about, and the number of its page.
fn page_of(stem: &str) -> (&str, u32) {
    let Some((name, page)) = stem.split_once('~') else { return (stem, 1) };
    (name, page.parse().unwrap_or(u32::MAX))
}

/// The files of a folder that end in `.json`, by name and page.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, FolderError> {
    let unreadable = |error| FolderError::Unreadable { path: folder.to_owned(), error };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        if let (Some(stem), true) = (stem, is_json) {
            found.push((stem, path));
        }
    }
    found.sort_by(|(one, _), (other, _)| page_of(one).cmp(&page_of(other)));
    Ok(found)
}
