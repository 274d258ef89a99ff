//! A folder of responses, as `export.py` leaves it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ram_policy_model::{ControlPolicy, Policy, TrustPolicy};
use serde::de::DeserializeOwned;

use super::response::{self, One, Page};
use crate::account::{Account, Attach, Attachment, Hole, PolicyName, PolicyOrigin, Scope};

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
    /// | `ListPolicyAttachments.json` | `resourcemanager ListPolicyAttachments`; optional |
    /// | `ListControlPolicyAttachmentsForTarget/<level>.json` | `resourcedirectorymaster ListControlPolicyAttachmentsForTarget`, levels in the order of their names, the account first; an empty folder says that there are none |
    /// | `GetControlPolicy/<id>.json` | `resourcedirectorymaster GetControlPolicy` |
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
        folder.attachments()?;
        folder.resource_groups()?;
        folder.policies()?;
        folder.trust()?;
        folder.control()?;
        folder.facts()?;
        Ok(folder.account)
    }
}

impl Folder<'_> {
    fn hole(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.account.holes.push(Hole { what: what.into(), why: why.into() });
    }

    fn read<T: DeserializeOwned>(&self, path: &Path) -> Result<T, FolderError> {
        let unreadable = |error| FolderError::Unreadable { path: path.to_owned(), error };
        let length = fs::metadata(path).map_err(unreadable)?.len();
        if length > MOST_BYTES {
            let message = format!("it has {length} bytes, at most {MOST_BYTES} are read");
            return Err(FolderError::NotAResponse { path: path.to_owned(), message });
        }
        let text = fs::read(path).map_err(unreadable)?;
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
    fn pages(&mut self, name: &str) -> Result<Option<Vec<Page>>, FolderError> {
        let mut paths = Vec::new();
        for (stem, path) in files(self.path)? {
            let rest = stem.strip_prefix(name);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('~')) {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            return Ok(None);
        }
        let pages: Vec<Page> =
            paths.iter().map(|path| self.read(path)).collect::<Result<_, _>>()?;
        self.is_whole(name, &pages);
        Ok(Some(pages))
    }

    /// Notes that a listing has been cut off: absence from it says nothing.
    fn is_whole(&mut self, name: &str, pages: &[Page]) {
        let is_cut = pages.last().is_some_and(|page| {
            page.is_truncated == Some(true)
                || page.marker.as_ref().is_some_and(|text| !text.is_empty())
        });
        if is_cut {
            self.hole(name, "the last page says that there is more");
        }
        let total = pages.iter().find_map(|page| page.total_count);
        let listed = pages
            .iter()
            .filter_map(|page| page.policy_attachments.as_ref())
            .map(|list| list.policy_attachment.len())
            .sum();
        if total.is_some_and(|total| total > listed)
            && pages.iter().any(|page| page.policy_attachments.is_some())
        {
            self.hole(name, "it lists fewer than it counts");
        }
    }

    /// The responses about single things, by what their files are called.
    fn each<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<Vec<(String, T)>>, FolderError> {
        let path = self.path.join(name);
        if !path.is_dir() {
            return Ok(None);
        }
        let read = |(stem, path): (String, PathBuf)| Ok((stem, self.read(&path)?));
        files(&path)?.into_iter().map(read).collect::<Result<_, _>>().map(Some)
    }

    fn principals(&mut self) -> Result<(), FolderError> {
        match self.pages("ListUsers")? {
            None => self.hole("users", "ListUsers.json is not among the files"),
            Some(pages) => {
                for user in pages.iter().flat_map(|page| &page.users).flat_map(|list| &list.user) {
                    let Some(name) = user.name() else { continue };
                    self.account.user(name).id.clone_from(&user.user_id);
                }
            }
        }
        match self.pages("ListGroups")? {
            None => self.hole("groups", "ListGroups.json is not among the files"),
            Some(pages) => {
                for group in pages.iter().flat_map(|page| &page.groups).flat_map(|list| &list.group)
                {
                    self.account.group(&group.group_name);
                }
            }
        }
        match self.pages("ListRoles")? {
            None => self.hole("roles", "ListRoles.json is not among the files"),
            Some(pages) => {
                for role in pages.iter().flat_map(|page| &page.roles).flat_map(|list| &list.role) {
                    self.account.role(&role.role_name);
                }
            }
        }
        Ok(())
    }

    fn members(&mut self) -> Result<(), FolderError> {
        let of_groups: Option<Vec<(String, Page)>> = self.each("ListUsersForGroup")?;
        let of_users: Option<Vec<(String, Page)>> = self.each("ListGroupsForUser")?;
        for (stem, page) in of_groups.iter().flatten() {
            let group = without_page(stem).to_owned();
            self.account.group(&group);
            for user in
                page.users.iter().flat_map(|list| &list.user).filter_map(response::User::name)
            {
                self.account.user(user).groups.insert(group.clone());
            }
            if page.is_truncated == Some(true) && !has_next(of_groups.iter().flatten(), stem) {
                let why = format!("ListUsersForGroup/{stem}.json says that there is more");
                let hole = Hole { what: format!("members of group/{group}"), why };
                self.account.open_groups.insert(group, hole);
            }
        }
        for (stem, page) in of_users.iter().flatten() {
            let user = without_page(stem).to_owned();
            for group in page.groups.iter().flat_map(|list| &list.group) {
                self.account.user(&user).groups.insert(group.group_name.clone());
            }
        }
        if of_users.is_none() {
            let is_listed = |group: &String| {
                of_groups.iter().flatten().any(|(stem, _)| without_page(stem) == group)
            };
            let missing: Vec<String> =
                self.account.groups.keys().filter(|group| !is_listed(group)).cloned().collect();
            for group in missing {
                // Anybody may be a member.
                let why = format!("ListUsersForGroup/{group}.json is not among the files");
                let hole = Hole { what: format!("members of group/{group}"), why };
                self.account.open_groups.insert(group, hole);
            }
        }
        Ok(())
    }

    fn attachments(&mut self) -> Result<(), FolderError> {
        for (operation, kind) in [
            ("ListPoliciesForUser", "user"),
            ("ListPoliciesForGroup", "group"),
            ("ListPoliciesForRole", "role"),
        ] {
            let listed: BTreeMap<String, Page> =
                self.each(operation)?.into_iter().flatten().collect();
            let names: Vec<String> = match kind {
                "user" => self.account.users.keys().cloned().collect(),
                "group" => self.account.groups.keys().cloned().collect(),
                _ => self.account.roles.keys().cloned().collect(),
            };
            for name in names {
                let attached: Vec<Attachment> = match listed.get(&name) {
                    Some(page) => page
                        .policies
                        .iter()
                        .flat_map(|list| &list.policy)
                        .map(|policy| Attachment {
                            policy: name_of(&policy.policy_type, &policy.policy_name),
                            scope: Scope::Account,
                        })
                        .collect(),
                    None => {
                        // A policy that nobody has read stands for all that may be attached.
                        let unread = PolicyName::custom(format!("(of {kind}/{name})"));
                        let why = format!("{operation}/{name}.json is not among the files");
                        self.account.add_unread_policy(unread.clone(), why);
                        vec![Attachment { policy: unread, scope: Scope::Account }]
                    }
                };
                let to: &mut Vec<Attachment> = match kind {
                    "user" => self.account.user(&name).attachments(),
                    "group" => self.account.group(&name).attachments(),
                    _ => self.account.role(&name).attachments(),
                };
                to.extend(attached);
            }
        }
        Ok(())
    }

    /// What Resource Management attaches, in resource groups and in the account.
    fn resource_groups(&mut self) -> Result<(), FolderError> {
        let Some(pages) = self.pages("ListPolicyAttachments")? else {
            self.hole("resource groups", "ListPolicyAttachments.json is not among the files");
            return Ok(());
        };
        let of_pages = pages.iter().flat_map(|page| &page.policy_attachments);
        for found in of_pages.flat_map(|list| &list.policy_attachment) {
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
                    let why = format!("`{other}` is no kind of principal that is known");
                    self.hole(format!("attachment of {policy}"), why);
                }
            }
        }
        Ok(())
    }

    fn policies(&mut self) -> Result<(), FolderError> {
        for (folder, origin) in
            [("GetPolicy/Custom", PolicyOrigin::Custom), ("GetPolicy/System", PolicyOrigin::System)]
        {
            let found: Vec<(String, One)> = self.each(folder)?.unwrap_or_default();
            for (stem, one) in found {
                let named = one.policy.as_ref().map(|policy| policy.policy_name.clone());
                let name = named.filter(|name| !name.is_empty()).unwrap_or_else(|| stem.clone());
                let name = PolicyName { origin, name };
                let of_version =
                    one.default_policy_version.and_then(|version| version.policy_document);
                let document =
                    of_version.or_else(|| one.policy.and_then(|policy| policy.policy_document));
                match document.as_deref().map(Policy::from_json_lenient) {
                    Some(Ok(imported)) => self.account.add_policy(name, imported.policy),
                    Some(Err(error)) => {
                        let why =
                            format!("RAM would refuse it: {}", first_line(&error.to_string()));
                        self.account.add_unread_policy(name, why);
                    }
                    None => {
                        let why = format!("{folder}/{stem}.json has no document");
                        self.account.add_unread_policy(name, why);
                    }
                }
            }
        }
        Ok(())
    }

    fn trust(&mut self) -> Result<(), FolderError> {
        let found: Vec<(String, One)> = self.each("GetRole")?.unwrap_or_default();
        for (stem, one) in found {
            let document = one.role.and_then(|role| role.assume_role_policy_document);
            let Some(document) = document else { continue };
            match TrustPolicy::from_json_lenient(&document) {
                Ok(imported) => self.account.role(&stem).trust = Some(imported.policy),
                Err(error) => {
                    let why = format!("RAM would refuse it: {}", first_line(&error.to_string()));
                    self.hole(format!("trust policy of role/{stem}"), why);
                }
            }
        }
        Ok(())
    }

    fn control(&mut self) -> Result<(), FolderError> {
        let name = "ListControlPolicyAttachmentsForTarget";
        let Some(levels): Option<Vec<(String, Page)>> = self.each(name)? else { return Ok(()) };
        let documents: BTreeMap<String, One> =
            self.each("GetControlPolicy")?.into_iter().flatten().collect();
        self.account.without_control_policies();
        for (level, page) in levels {
            let of_level = page.control_policy_attachments.iter();
            let mut policies = Vec::new();
            let mut missing = None;
            for attachment in of_level.flat_map(|list| &list.control_policy_attachment) {
                let id = &attachment.policy_id;
                let one = documents.get(id).and_then(|one| one.control_policy.as_ref());
                let read = one.and_then(|policy| policy.policy_document.as_deref());
                match read.map(ControlPolicy::from_json_lenient) {
                    Some(Ok(imported)) => policies.push(imported.policy),
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
                self.account.control = crate::account::Control::NotKnown(hole);
                return Ok(());
            }
            self.account.add_control_level(policies);
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

fn name_of(kind: &str, name: &str) -> PolicyName {
    if kind == "System" { PolicyName::system(name) } else { PolicyName::custom(name) }
}

/// A file's name without the number of its page.
fn without_page(stem: &str) -> &str {
    stem.split_once('~').map_or(stem, |(name, _)| name)
}

/// Whether there is a page behind this one.
fn has_next<'p>(pages: impl Iterator<Item = &'p (String, Page)>, stem: &str) -> bool {
    let name = without_page(stem);
    let mut of_name = pages.map(|(stem, _)| stem).filter(|stem| without_page(stem) == name);
    of_name.any(|other| other.as_str() > stem)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The files of a folder that end in `.json`, by name.
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
    found.sort();
    Ok(found)
}
