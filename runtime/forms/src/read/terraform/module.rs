//! The files of a module: what a name in one of them stands for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};

/// Longest file that `file` reads, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The files of a folder of Terraform, so that a file knows the locals, variables and resources of the
/// others.
///
/// ```
/// use ram_policy_forms::{Form, Module, Reader};
///
/// let locals = r#"locals { action = "ecs:StopInstance" }"#;
/// let policy = r#"
/// resource "alicloud_ram_policy" "stop" {
///   policy_document = jsonencode({
///     Version = "1", Statement = [{ Effect = "Allow", Action = local.action, Resource = "*" }]
///   })
/// }
/// "#;
/// let module = Module::new([locals, policy]);
/// let contents = Reader::new(Form::Terraform).with_module(&module).read(policy);
/// assert!(contents.policies[0].unknown.is_empty());
/// let alone = Reader::new(Form::Terraform).read(policy);
/// assert_eq!(alone.policies[0].unknown.len(), 1);
/// ```
#[derive(Debug, Default)]
pub struct Module {
    files: Vec<(String, Body)>,
    folder: Option<PathBuf>,
}

impl Module {
    /// The texts of the files; what is no HCL defines nothing.
    pub fn new<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        let parsed = |text: T| {
            let text = text.into();
            let body = hcl_edit::parser::parse_body(&text).ok()?;
            Some((text, body))
        };
        Self { files: texts.into_iter().filter_map(parsed).collect(), folder: None }
    }

    /// The folder in which `file("...")` looks for files; it reads none outside of it.
    #[must_use]
    pub fn in_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }
}

/// An expression that a name stands for, and the file it is in.
#[derive(Clone, Copy)]
pub(super) struct Definition<'m> {
    pub(super) file: usize,
    pub(super) expression: &'m Expression,
}

/// What the names of a module stand for. The first file is the one that is read.
pub(super) struct Names<'m> {
    texts: Vec<&'m str>,
    locals: BTreeMap<&'m str, Definition<'m>>,
    variables: BTreeMap<&'m str, Definition<'m>>,
    blocks: BTreeMap<(&'m str, &'m str, &'m str), (usize, &'m Block)>,
    folder: Option<&'m Path>,
}

impl<'m> Names<'m> {
    /// The names of a file and of the other files of its module.
    pub(super) fn of(text: &'m str, body: &'m Body, module: Option<&'m Module>) -> Self {
        let mut names = Self {
            texts: Vec::new(),
            locals: BTreeMap::new(),
            variables: BTreeMap::new(),
            blocks: BTreeMap::new(),
            folder: module.and_then(|module| module.folder.as_deref()),
        };
        names.add(text, body);
        let others = module.into_iter().flat_map(|module| &module.files);
        for (other, body) in others.filter(|(other, _)| other != text) {
            names.add(other, body);
        }
        names
    }

    fn add(&mut self, text: &'m str, body: &'m Body) {
        let file = self.texts.len();
        self.texts.push(text);
        for block in body.blocks() {
            let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
            match (block.ident.as_str(), labels.as_slice()) {
                ("locals", []) => {
                    for attribute in block.body.attributes() {
                        let definition = Definition { file, expression: &attribute.value };
                        self.locals.entry(attribute.key.as_str()).or_insert(definition);
                    }
                }
                ("variable", [name]) => {
                    if let Some(default) = block.body.get_attribute("default") {
                        let definition = Definition { file, expression: &default.value };
                        self.variables.entry(name).or_insert(definition);
                    }
                }
                (what @ ("resource" | "data"), [kind, name]) => {
                    self.blocks.entry((what, kind, name)).or_insert((file, block));
                }
                _ => {}
            }
        }
    }

    /// The text of a file.
    pub(super) fn text(&self, file: usize) -> &'m str {
        self.texts.get(file).copied().unwrap_or("")
    }

    /// What a local stands for.
    pub(super) fn local(&self, name: &str) -> Option<Definition<'m>> {
        self.locals.get(name).copied()
    }

    /// The default of a variable.
    pub(super) fn variable(&self, name: &str) -> Option<Definition<'m>> {
        self.variables.get(name).copied()
    }

    /// The block of a resource or a data source.
    pub(super) fn block(&self, what: &str, kind: &str, name: &str) -> Option<(usize, &'m Block)> {
        self.blocks.get(&(what, kind, name)).copied()
    }

    /// The text of a file in the folder of the module.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        let folder = self.folder?;
        // `path.module` is nothing here.
        let path = Path::new(path.trim_start_matches('/'));
        let is_inside =
            path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let found = folder.join(path);
        let root = fs::canonicalize(folder).ok()?;
        let is_inside = is_inside && fs::canonicalize(&found).ok()?.starts_with(root);
        let is_short = fs::metadata(&found).ok().is_some_and(|data| data.len() <= MAX_BYTES);
        if is_inside && is_short { fs::read_to_string(found).ok() } else { None }
    }
}
