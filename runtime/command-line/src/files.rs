//! The files a command is about: what the arguments name, in order, and their text.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use crate::failure::{Failure, usage};
use ram_policy_forms::Form;

/// Longest file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// A file that may hold policies.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The path; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Whether the user named it, so that it must hold a policy.
    pub(crate) named: bool,
    /// What it is read as.
    pub(crate) form: Option<Form>,
}

impl Source {
    /// The name in reports.
    pub(crate) fn name(&self) -> String {
        match &self.path {
            Some(path) => path.to_string_lossy().into_owned(),
            None => "<stdin>".into(),
        }
    }

    /// The text; a byte order mark in front of it is kept, so that places stay true.
    pub(crate) fn text(&self) -> Result<String, Unreadable> {
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
    /// It is longer than anything that holds policies.
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
                sources.push(Source { path: None, named: true, form: self.form });
            } else if path.is_dir() {
                self.walk(path, None, &mut sources)?;
            } else if path.exists() {
                sources.push(self.named(path.into()));
            } else if let Some(pattern) =
                argument.to_str().filter(|text| text.contains(['*', '?', '[', '{']))
            {
                let before = sources.len();
                let matcher = GlobBuilder::new(pattern)
                    .literal_separator(true)
                    .build()
                    .map_err(|error| usage(error.to_string()))?
                    .compile_matcher();
                self.walk(fixed_part(path), Some(&matcher), &mut sources)?;
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
    pub(crate) fn unread(self, arguments: &[OsString]) -> Result<Vec<PathBuf>, Failure> {
        let mut found = Vec::new();
        for folder in arguments.iter().map(Path::new).filter(|path| path.is_dir()) {
            self.each(folder, |path| {
                if Form::of_path(&path).is_none() && may_contain_policy(&path) {
                    found.push(path);
                }
            })?;
        }
        Ok(found)
    }

    fn named(self, path: PathBuf) -> Source {
        let form = self.form.or_else(|| Form::of_path(&path));
        Source { path: Some(path), named: true, form }
    }

    /// Adds the files below a folder in the order of their names.
    fn walk(
        self,
        folder: &Path,
        matcher: Option<&GlobMatcher>,
        sources: &mut Vec<Source>,
    ) -> Result<(), Failure> {
        self.each(folder, |path| match matcher {
            Some(matcher) => {
                let plain = path.strip_prefix(".").unwrap_or(&path);
                if matcher.is_match(&path) || matcher.is_match(plain) {
                    sources.push(self.named(path));
                }
            }
            None => {
                let form = Form::of_path(&path);
                if form.is_some() {
                    let form = self.form.or(form);
                    sources.push(Source { path: Some(path), named: false, form });
                }
            }
        })
    }

    /// The files below a folder, in the order of their names.
    fn each(self, folder: &Path, mut take: impl FnMut(PathBuf)) -> Result<(), Failure> {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(!self.all).sort_by_file_path(Path::cmp);
        for entry in walk.build() {
            let entry = entry.map_err(|error| usage(error.to_string()))?;
            if entry.file_type().is_some_and(|kind| !kind.is_dir()) {
                take(entry.into_path());
            }
        }
        Ok(())
    }
}

/// Longest file that is looked at for words of a policy, in bytes.
const MAX_LOOK: u64 = 1 << 20;

/// Whether a file has the words of a policy; source of other languages and templates have them.
fn may_contain_policy(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let Ok(file) = File::open(path) else { return false };
    if !file.metadata().is_ok_and(|data| data.is_file() && data.len() <= MAX_LOOK)
        || file.take(MAX_LOOK).read_to_end(&mut bytes).is_err()
    {
        return false;
    }
    let text = String::from_utf8_lossy(&bytes);
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
