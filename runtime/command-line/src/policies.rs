//! The policies of files: all that were found, for a report, or those that RAM accepts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use ram_policy_forms::{
    Checked, Contents, Embedded, Form, Lines, Module, Position, Reader, Skipped, Tree, Unknown,
    Why, comments,
};
use ram_policy_model::claim::organisation::OrganisationRules;
use ram_policy_model::document::Document;
use ram_policy_model::{
    Checker, Level, OpenPolicy, OpenResourcePolicy, OpenTrustPolicy, Policy, ResourceKind,
    ResourcePolicy, Strictness, TrustPolicy,
};

use crate::arguments::{Kind, Values, Variables};
use crate::failure::{Failure, usage};
use crate::files::{Source, Walk};
use crate::output;
use crate::report::{self, FileReport, NotRead, Unread};

/// Which policies of a file are taken, and how they are checked.
#[derive(Debug)]
pub(crate) struct Wanted<'w> {
    /// What the file is read as, whatever its name says.
    pub(crate) form: Option<Form>,
    /// What the policies are attached to.
    pub(crate) kind: Kind,
    /// The name of the one policy that is taken.
    pub(crate) select: Option<&'w str>,
    pub(crate) checker: Checker,
    /// What an organisation asks of every policy.
    pub(crate) organisation: Option<OrganisationRules>,
    /// Values of variables of Terraform.
    pub(crate) variables: Option<&'w Variables>,
}

/// Documents that exist are audited.
impl Default for Wanted<'_> {
    fn default() -> Self {
        let checker = Checker::at(Strictness::Audit);
        Self {
            form: None,
            kind: Kind::default(),
            select: None,
            checker,
            organisation: None,
            variables: None,
        }
    }
}

/// A policy of a file.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The file and, where the policy has one, its name.
    pub(crate) label: String,
    /// The file alone.
    pub(crate) file: String,
    /// Comments of the file, which no other form keeps.
    pub(crate) comments: usize,
    /// What is not known of the policy, each thing once with its line and column.
    pub(crate) unknown_at: Vec<(Position, String)>,
    pub(crate) checked: Checked,
}

impl Loaded {
    /// What is not known of the policy, in one sentence; `None` where all of it is known.
    pub(crate) fn unknown(&self) -> Option<String> {
        let mut reasons: Vec<&str> = Vec::new();
        for Unknown { reason, .. } in &self.checked.unknown {
            if !reasons.contains(&reason.as_str()) {
                reasons.push(reason);
            }
        }
        let label = &self.label;
        match reasons.as_slice() {
            [] => None,
            [first] => Some(format!("{label}: {first}")),
            [first, rest @ ..] => Some(format!("{label}: {first}, and {} more", rest.len())),
        }
    }

    /// The policy, as far as it is known.
    pub(crate) fn open(&self) -> Result<OpenPolicy, Failure> {
        let Some(bounds) = &self.checked.bounds else {
            return Ok(Policy::from_document(self.document()?.clone()).into());
        };
        let policy = OpenPolicy::of(bounds.clone());
        // What decides what else there is has no place in a document.
        let is_whole = self.checked.unknown.iter().all(|part| part.within.is_none());
        Ok(match self.checked.known_part.as_ref().filter(|_| is_whole) {
            Some(spelt) => policy.written_as(spelt.clone()),
            None => policy,
        })
    }

    /// The trust policy, as far as it is known.
    pub(crate) fn open_trust(&self) -> Result<OpenTrustPolicy, Failure> {
        match &self.checked.bounds {
            Some(bounds) => Ok(OpenTrustPolicy::of(bounds.clone())),
            None => Ok(TrustPolicy::from_document(self.document()?.clone()).into()),
        }
    }

    /// The policy of a resource, as far as it is known.
    pub(crate) fn open_resource(&self, kind: ResourceKind) -> Result<OpenResourcePolicy, Failure> {
        match &self.checked.bounds {
            Some(bounds) => Ok(OpenResourcePolicy::of(kind, bounds.clone())),
            None => Ok(ResourcePolicy::from_document(kind, self.document()?.clone()).into()),
        }
    }

    /// That what is asked for depends on what is not known.
    pub(crate) fn not_known(&self) -> Failure {
        Failure::NotKnown(self.unknown().unwrap_or_default())
    }

    /// Notes where a document that was written has parts as they are spelt, and gives the exit code
    /// that says so.
    pub(crate) fn written_as_spelt(&self) -> Result<(), Failure> {
        for (at, unknown) in &self.unknown_at {
            let (file, line, column) = (&self.file, at.line, at.column);
            output::tell(&format!(
                "note: {file}:{line}:{column}: {unknown}; it is written as it is spelt"
            ));
        }
        if self.unknown_at.is_empty() { Ok(()) } else { Err(Failure::Partly) }
    }

    /// The document, every part of which is known.
    pub(crate) fn document(&self) -> Result<&Document, Failure> {
        match (&self.checked.document, self.unknown()) {
            (Some(document), _) => Ok(document),
            (None, Some(unknown)) => Err(Failure::NotKnown(unknown)),
            (None, None) => Err(Failure::Refused),
        }
    }
}

/// Reads files; the files of a folder of Terraform are parsed once.
#[derive(Default)]
pub(crate) struct Files {
    /// By their folder, and the folder out of which nothing is read.
    modules: BTreeMap<(PathBuf, PathBuf), Module>,
    values: Values,
}

impl Files {
    /// Reads files with the values of variables that were given.
    pub(crate) fn with(wanted: &Wanted<'_>) -> Result<Self, Failure> {
        let values = wanted.variables.map(Variables::values).transpose()?.unwrap_or_default();
        Ok(Self { modules: BTreeMap::new(), values })
    }

    /// Whether a file was read for a policy of a folder of Terraform that was read.
    pub(crate) fn was_named(&self, path: &Path) -> bool {
        let Ok(path) = std::fs::canonicalize(path) else { return false };
        self.modules.values().any(|module| module.named_files().contains(&path))
    }

    /// Reads one file and checks every policy in it.
    pub(crate) fn check(&mut self, source: &Source, wanted: &Wanted<'_>) -> FileReport {
        let name = source.name();
        let text = match source.text() {
            Ok(text) => text,
            Err(unreadable) => return FileReport::unreadable(name, &unreadable, source.named),
        };
        let form = source.form.unwrap_or_else(|| Form::of_text(&text));
        let Contents { policies, skipped } = self.contents(&text, form, source);
        let is_wanted = |name: &str| wanted.select.is_none_or(|asked| is_called(name, asked));
        let folder = source.path.as_deref().and_then(of_crate);
        let policies: Vec<Checked> = policies
            .into_iter()
            .filter(|policy| is_wanted(&policy.name))
            .map(|mut policy: Embedded| {
                if let Tree::Typed(typed) = &mut policy.tree {
                    typed.folder.clone_from(&folder);
                }
                let organisation = wanted.organisation.as_ref().map(|rules| (rules, name.as_str()));
                policy.check_for(wanted.kind.asked(), &wanted.checker, organisation)
            })
            .collect();
        let lines = Lines::new(&text);
        // A text that cannot be read may have contained the policy.
        let skipped = skipped
            .into_iter()
            .filter(|skipped| skipped.why == Why::Unreadable || is_wanted(&skipped.name));
        let unknown = policies.iter().flat_map(unknown_parts);
        let not_measured = policies.iter().filter_map(not_measured);
        let skipped = skipped
            .chain(unknown)
            .chain(not_measured)
            .map(|skipped| (lines.position(skipped.at.start), skipped))
            .collect();
        FileReport { name, form: Some(form), policies, skipped, unread: None, text }
    }

    fn contents(&mut self, text: &str, form: Form, source: &Source) -> Contents {
        let reader = Reader::new(form);
        let reader = if source.named { reader } else { reader.of_anything() };
        let path = source.path.as_deref();
        let is_module = match form {
            Form::Terraform => true,
            Form::Json => path.is_some_and(is_terraform_json),
            Form::Ros | Form::Markdown | Form::Rust => false,
        };
        match path.and_then(Path::parent) {
            Some(folder) if is_module => {
                let here = |folder: &Path| {
                    if folder.as_os_str().is_empty() { ".".into() } else { folder.to_owned() }
                };
                let folder = here(folder);
                let root = source.root.as_deref().map_or_else(|| folder.clone(), here);
                let module = match self.modules.entry((folder, root)) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => {
                        let (folder, root) = unknown.key();
                        let mut module = Module::of_folder(folder, root);
                        if source.root.is_some() && !source.named {
                            module = module.beside_its_children();
                        }
                        self.values.add_to(&mut module);
                        unknown.insert(module)
                    }
                };
                reader.with_module(module).read(text)
            }
            None if is_module && !self.values.is_empty() => {
                let mut module = Module::new([text]);
                self.values.add_to(&mut module);
                reader.with_module(&module).read(text)
            }
            Some(_) | None => reader.read(text),
        }
    }
}

/// Whether the name of a file says that it is Terraform in JSON.
fn is_terraform_json(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.to_ascii_lowercase().ends_with(".tf.json"))
}

/// Whether a policy is the one that was asked for, by its name or by the last part of it; the key of an
/// object that Terraform makes several of may be left out.
fn is_called(name: &str, asked: &str) -> bool {
    let is_called = |name: &str| {
        name == asked || name.strip_suffix(asked).is_some_and(|before| before.ends_with('.'))
    };
    is_called(name)
        || name.ends_with(']')
            && name.rfind('[').is_some_and(|key| is_called(name.get(..key).unwrap_or("")))
}

/// What is not known of a policy, each thing once.
fn unknown_parts(policy: &Checked) -> Vec<Skipped> {
    let mut found: Vec<Skipped> = Vec::new();
    for Unknown { at, reason, .. } in &policy.unknown {
        if found.iter().all(|known| known.reason != *reason) {
            let (name, reason) = (policy.name.clone(), reason.clone());
            found.push(Skipped { name, at: *at, why: Why::Part, reason });
        }
    }
    found
}

/// That it is not known whether a policy is too long for its place.
fn not_measured(policy: &Checked) -> Option<Skipped> {
    let reason = policy.not_measured.clone()?;
    Some(Skipped { name: policy.name.clone(), at: policy.at, why: Why::Part, reason })
}

/// The folder of the crate that a file belongs to.
fn of_crate(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let mut folders = path.ancestors().skip(1);
    folders.find(|folder| folder.join("Cargo.toml").is_file()).map(Into::into)
}

/// The policies of files that are named one by one; each contains at least one that RAM accepts.
pub(crate) fn load(paths: &[OsString], wanted: &Wanted<'_>) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut files) = (Vec::new(), Files::with(wanted)?);
    for source in (Walk { form: wanted.form, all: false }).find(paths)? {
        loaded.extend(of_source(&mut files, &source, wanted)?);
    }
    if loaded.is_empty()
        && let Some(asked) = wanted.select
    {
        return Err(usage(format!("no policy is called `{asked}`")));
    }
    Ok(loaded)
}

/// The policies of the file at a path.
pub(crate) fn load_path(path: &Path, kind: Kind) -> Result<Vec<Loaded>, Failure> {
    if !path.is_file() {
        return Err(usage(format!("there is no file `{}`", path.display())));
    }
    let source = Source::named(path, Form::of_path(path));
    of_source(&mut Files::default(), &source, &Wanted { kind, ..Wanted::default() })
}

/// Whether RAM would refuse a policy, whatever its unknown parts are.
fn is_refused(policy: &Checked) -> bool {
    let has_error = || policy.findings.iter().any(|finding| finding.level == Level::Error);
    policy.known_part.is_none() && (policy.unknown.is_empty() || has_error())
}

/// The policies of one file; what RAM refuses in it is reported.
fn of_source(
    files: &mut Files,
    source: &Source,
    wanted: &Wanted<'_>,
) -> Result<Vec<Loaded>, Failure> {
    let report = files.check(source, wanted);
    if let Some(Unread { reason, how: NotRead::Failed }) = &report.unread {
        return Err(usage(format!("`{}`: {reason}", report.name)));
    }
    let skipped = |why: Why| report.skipped.iter().find(|(_, skipped)| skipped.why == why);
    if report.policies.iter().any(is_refused)
        || skipped(Why::Unreadable).is_some()
        || report.unread.is_some()
    {
        report::text::write(&report, &mut output::styled_errors())?;
        return Err(Failure::Refused);
    }
    if let Some((_, skipped)) = skipped(Why::NotKnown) {
        return Err(Failure::NotKnown(format!("{}: {}", report.name, skipped.reason)));
    }
    if report.policies.is_empty() && source.named && wanted.select.is_none() {
        return Err(usage(report.says_none()));
    }
    let comments = report.form.map_or(0, |form| comments(&report.text, form));
    let FileReport { name, policies, text, .. } = report;
    let lines = Lines::new(&text);
    let of = |checked: Checked| {
        let at = |part: Skipped| (lines.position(part.at.start), part.reason);
        let unknown_at = unknown_parts(&checked).into_iter().map(at).collect();
        let label = if checked.name.is_empty() {
            name.clone()
        } else {
            format!("{name}: {}", checked.name)
        };
        Loaded { label, file: name.clone(), comments, unknown_at, checked }
    };
    Ok(policies.into_iter().map(of).collect())
}
