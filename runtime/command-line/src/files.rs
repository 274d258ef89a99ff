//! The files a command is about: what the arguments name, in order, and their text.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use crate::failure::{Failure, usage};
use ram_policy_forms::Form;

/// Longest file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// A file that may contain policies.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The path; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Whether the user named it, so that it must contain a policy.
    pub(crate) named: bool,
    /// What it is read as.
    pub(crate) form: Option<Form>,
    /// How it came to be read.
    pub(crate) found: Found,
    /// The folder that was named, where it was found in one.
    pub(crate) root: Option<PathBuf>,
}

/// How a file came to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// An argument is its name, so that it may be a pipe.
    Named,
    /// In a folder, where only files are read: a pipe there may have no end.
    InFolder,
    /// In a folder that the system does not give, or not all of; why.
    Unreadable(String),
}

/// The text of a file that an argument names, without a byte order mark.
pub(crate) fn text_of(path: &Path) -> Result<String, Failure> {
    let source = Source::named(path, None);
    match source.text() {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(bare) => bare.to_owned(),
            None => text,
        }),
        Err(unreadable) => Err(usage(format!("`{}` {unreadable}", path.display()))),
    }
}

impl Source {
    /// A file that an argument names.
    pub(crate) fn named(path: &Path, form: Option<Form>) -> Self {
        Self { path: Some(path.into()), named: true, form, found: Found::Named, root: None }
    }

    /// The name in reports.
    pub(crate) fn name(&self) -> String {
        match &self.path {
            Some(path) => path.to_string_lossy().into_owned(),
            None => "<stdin>".into(),
        }
    }

    /// The text; a byte order mark in front of it is kept, so that places stay true.
    pub(crate) fn text(&self) -> Result<String, Unreadable> {
        match (&self.found, &self.path) {
            (Found::Unreadable(why), _) => return Err(Unreadable::Folder(why.clone())),
            (Found::InFolder, Some(path)) if !fs::metadata(path)?.is_file() => {
                return Err(Unreadable::NoFile);
            }
            (Found::Named | Found::InFolder, _) => {}
        }
        let mut bytes = Vec::new();
        match &self.path {
            Some(path) => File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?,
            None => io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)?,
        };
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
            return Err(Unreadable::TooLong);
        }
        String::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8 {
            line: error
                .as_bytes()
                .get(..error.utf8_error().valid_up_to())
                .unwrap_or_default()
                .split(|byte| *byte == b'\n')
                .count(),
        })
    }
}

/// Why a file has no text.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// The system does not give it.
    System(io::Error),
    /// The system does not give the folder that it may be in.
    Folder(String),
    /// It is a pipe, a device or a folder that a link leads to.
    NoFile,
    /// It is longer than anything that contains policies.
    TooLong,
    /// It is not UTF-8.
    NotUtf8 {
        /// The first line that is not.
        line: usize,
    },
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::System(error) => write!(f, "cannot be read: {error}"),
            Self::Folder(error) => write!(f, "cannot be looked for: {error}"),
            Self::NoFile => f.write_str("is no file, it is not opened"),
            Self::TooLong => write!(f, "has more than {MAX_BYTES} bytes"),
            Self::NotUtf8 { line } => write!(f, "is not UTF-8 in line {line}"),
        }
    }
}

/// How folders are walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    /// What every file is read as, whatever its name says.
    pub(crate) form: Option<Form>,
    /// Whether hidden files and those that git ignores are read too.
    pub(crate) all: bool,
}

impl Walk {
    /// The files the arguments name: files, folders, globs, `-` for standard input.
    pub(crate) fn find(self, arguments: &[OsString]) -> Result<Vec<Source>, Failure> {
        let mut sources = Vec::new();
        for argument in arguments {
            let path = Path::new(argument);
            if argument == "-" {
                sources.push(Source {
                    path: None,
                    named: true,
                    form: self.form,
                    found: Found::Named,
                    root: None,
                });
            } else if path.is_dir() {
                self.walk(path, None, &mut sources);
            } else if fs::symlink_metadata(path).is_ok() {
                // A link that leads nowhere is there; that it cannot be read is reported with its name.
                sources.push(self.named(path.into(), Found::Named, None));
            } else if let Some(pattern) =
                argument.to_str().filter(|text| text.contains(['*', '?', '[', '{']))
            {
                let before = sources.len();
                let matcher = GlobBuilder::new(pattern)
                    .literal_separator(true)
                    .build()
                    .map_err(|error| usage(error.to_string()))?
                    .compile_matcher();
                self.walk(fixed_part(path), Some(&matcher), &mut sources);
                if sources.len() == before {
                    return Err(usage(format!("no file matches `{pattern}`")));
                }
            } else {
                let shown = path.display();
                return Err(usage(format!("there is no file or folder `{shown}`")));
            }
        }
        Ok(sources)
    }

    /// Files of folders that no form is known of and that may contain a policy.
    pub(crate) fn unread(self, arguments: &[OsString]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for folder in arguments.iter().map(Path::new).filter(|path| path.is_dir()) {
            self.each(folder, |path, is_given| {
                // What the system does not give has been told by the walk for policies.
                if is_given.is_ok() && Form::of_path(&path).is_none() && may_contain_policy(&path) {
                    found.push(path);
                }
            });
        }
        found
    }

    fn named(self, path: PathBuf, found: Found, root: Option<PathBuf>) -> Source {
        let form = self.form.or_else(|| Form::of_path(&path));
        Source { path: Some(path), named: true, form, found, root }
    }

    /// Adds the files below a folder in the order of their names, and what of it cannot be read.
    fn walk(self, folder: &Path, matcher: Option<&GlobMatcher>, sources: &mut Vec<Source>) {
        let root = Some(folder.to_path_buf());
        self.each(folder, |path, is_given| match (is_given, matcher) {
            (Err(why), _) => {
                let found = Found::Unreadable(why);
                let path = Some(path);
                sources.push(Source { path, named: false, form: None, found, root: None });
            }
            (Ok(()), Some(matcher)) => {
                let plain = path.strip_prefix(".").unwrap_or(&path);
                if matcher.is_match(&path) || matcher.is_match(plain) {
                    sources.push(self.named(path, Found::InFolder, root.clone()));
                }
            }
            (Ok(()), None) => {
                let form = Form::of_path(&path);
                if form.is_some() {
                    let form = self.form.or(form);
                    let (found, root) = (Found::InFolder, root.clone());
                    sources.push(Source { path: Some(path), named: false, form, found, root });
                }
            }
        });
    }

    /// The files below a folder, in the order of their names, and the paths that the system does not
    /// give, with the reason.
    fn each(self, folder: &Path, mut take: impl FnMut(PathBuf, Result<(), String>)) {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(!self.all).sort_by_file_path(Path::cmp);
        for entry in walk.build() {
            match entry {
                Ok(entry) => {
                    if entry.file_type().is_some_and(|kind| !kind.is_dir()) {
                        take(entry.into_path(), Ok(()));
                    }
                }
                Err(error) => {
                    let path = path_of(&error).unwrap_or(folder).to_path_buf();
                    let why =
                        error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
                    take(path, Err(why));
                }
            }
        }
    }
}

/// The path that an error of a walk is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithDepth { err, .. } => {
            path_of(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        ignore::Error::Io(_)
        | ignore::Error::Glob { .. }
        | ignore::Error::UnrecognizedFileType(_)
        | ignore::Error::InvalidDefinition => None,
    }
}

/// Longest file that is looked at for words of a policy, in bytes.
const MAX_LOOK: u64 = 1 << 20;

/// Whether a file has the words of a policy; source of other languages and templates have them.
fn may_contain_policy(path: &Path) -> bool {
    // Asked before it is opened: a pipe that is opened waits for who writes into it.
    if !fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= MAX_LOOK) {
        return false;
    }
    let mut bytes = Vec::new();
    let Ok(file) = File::open(path) else { return false };
    if file.take(MAX_LOOK).read_to_end(&mut bytes).is_err() {
        return false;
    }
    has_words(&String::from_utf8_lossy(&bytes))
}

/// Whether a text has the words of a policy.
pub(crate) fn has_words(text: &str) -> bool {
    ["Statement", "Effect", "Action"].iter().all(|word| text.contains(word))
}

/// The folder above the first part of a path that is a pattern.
fn fixed_part(path: &Path) -> &Path {
    let is_pattern =
        |path: &Path| path.to_str().is_none_or(|text| text.contains(['*', '?', '[', '{']));
    let fixed = path.ancestors().find(|ancestor| !is_pattern(ancestor));
    match fixed {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
