//! The files of a module: what a name in one of them stands for, and the modules that it calls.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use ram_policy_model::text::json::TextRange;

use super::node::Node;

/// Longest file that `file` and `templatefile` read, in bytes.
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
    pub(super) files: Vec<(String, Body)>,
    pub(super) folder: Option<PathBuf>,
    /// The folder that was named, out of which nothing is read.
    pub(super) root: Option<PathBuf>,
    /// Values of variables that somebody has given.
    pub(super) given: BTreeMap<String, Node>,
    /// The modules that it calls by a path.
    pub(super) children: BTreeMap<String, Result<Rc<Module>, String>>,
    /// Whether who reads this file reads those of its child modules too.
    reads_all: bool,
    /// The files that `file` and `templatefile` have read.
    named: RefCell<BTreeSet<PathBuf>>,
}

impl Module {
    /// The texts of the files; what is no HCL defines nothing.
    pub fn new<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        let parsed = |text: T| {
            let text = text.into();
            let body = hcl_edit::parser::parse_body(&text).ok()?;
            Some((text, body))
        };
        Self { files: texts.into_iter().filter_map(parsed).collect(), ..Self::default() }
    }

    /// The folder in which `file("...")` looks for files; it reads none outside of it.
    #[must_use]
    pub fn in_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        self.root = Some(folder.clone());
        self.folder = Some(folder);
        self
    }

    /// The files of child modules are read for themselves, too: of them only that is told here which the
    /// arguments make different.
    #[must_use]
    pub fn beside_its_children(mut self) -> Self {
        self.reads_all = true;
        self
    }

    /// The files that `file` and `templatefile` have read for what was read of the module, and for the
    /// modules that it calls.
    ///
    /// ```
    /// use ram_policy_forms::Module;
    ///
    /// assert!(Module::new(["locals {}"]).named_files().is_empty());
    /// ```
    #[must_use]
    pub fn named_files(&self) -> BTreeSet<PathBuf> {
        let mut all = self.named.borrow().clone();
        for child in self.children.values().flatten() {
            all.extend(child.named_files());
        }
        all
    }

    /// The bodies of the files, and their texts.
    pub(super) fn files(&self) -> &[(String, Body)] {
        &self.files
    }

    /// Whether the files of its child modules are read for themselves.
    pub(super) const fn reads_all(&self) -> bool {
        self.reads_all
    }

    /// The module that is called so, or why it was not read; `None` where it is called by no path.
    pub(super) fn child(&self, name: &str) -> Option<Result<&Self, &str>> {
        let child = self.children.get(name)?;
        Some(child.as_ref().map(AsRef::as_ref).map_err(String::as_str))
    }
}

/// The text of a file, unless it is longer than that.
pub(super) fn text_of(path: &Path, most: u64) -> Option<String> {
    // Asked before it is opened: a pipe that is opened waits for who writes into it.
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    File::open(path).ok()?.take(most + 1).read_to_string(&mut text).ok()?;
    u64::try_from(text.len()).is_ok_and(|length| length <= most).then_some(text)
}

/// An expression that a name stands for, and the file it is in.
#[derive(Clone, Copy)]
pub(super) struct Definition<'m> {
    pub(super) file: usize,
    pub(super) expression: &'m Expression,
}

/// The arguments that a module is called with.
pub(super) trait Arguments {
    /// The value of an argument, placed at `at`; `None` where it is not given, `Some(None)` where it needs
    /// itself.
    fn argument(&self, name: &str, at: TextRange) -> Option<Option<Node>>;
}

/// What the names of a module stand for. The first file is the one that is read.
#[derive(Default)]
pub(super) struct Names<'m> {
    /// A number that no other module has that is read for the same file.
    number: usize,
    texts: Vec<&'m str>,
    locals: BTreeMap<&'m str, Definition<'m>>,
    variables: BTreeMap<&'m str, Definition<'m>>,
    types: BTreeMap<&'m str, &'m Expression>,
    outputs: BTreeMap<&'m str, Definition<'m>>,
    blocks: BTreeMap<(&'m str, &'m str, &'m str), (usize, &'m Block)>,
    calls: BTreeMap<&'m str, (usize, &'m Block)>,
    module: Option<&'m Module>,
    arguments: Option<&'m dyn Arguments>,
}

impl<'m> Names<'m> {
    /// The names of a file and of the other files of its module.
    pub(super) fn of(text: &'m str, body: &'m Body, module: Option<&'m Module>) -> Self {
        let mut names = Self { module, ..Self::default() };
        names.add(text, body);
        let others = module.into_iter().flat_map(|module| &module.files);
        for (other, body) in others.filter(|(other, _)| other != text) {
            names.add(other, body);
        }
        names
    }

    /// The names of a text that is no part of a module.
    pub(super) fn of_text(text: &'m str, body: &'m Body, number: usize) -> Self {
        let mut names = Self { number, ..Self::default() };
        names.add(text, body);
        names
    }

    /// The names of a module that is called with these arguments.
    pub(super) fn of_child(
        module: &'m Module,
        arguments: &'m dyn Arguments,
        number: usize,
    ) -> Self {
        Self { arguments: Some(arguments), ..Self::of_module(module, number) }
    }

    /// The names of a module without arguments.
    pub(super) fn of_module(module: &'m Module, number: usize) -> Self {
        let mut names = Self { number, module: Some(module), ..Self::default() };
        for (text, body) in &module.files {
            names.add(text, body);
        }
        names
    }

    fn add(&mut self, text: &'m str, body: &'m Body) {
        let file = self.texts.len();
        self.texts.push(text);
        for block in body.blocks() {
            let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
            let defined = |argument: &str| {
                let attribute = block.body.get_attribute(argument)?;
                Some(Definition { file, expression: &attribute.value })
            };
            match (block.ident.as_str(), labels.as_slice()) {
                ("locals", []) => {
                    for attribute in block.body.attributes() {
                        let definition = Definition { file, expression: &attribute.value };
                        self.locals.entry(attribute.key.as_str()).or_insert(definition);
                    }
                }
                ("variable", [name]) => {
                    if let Some(default) = defined("default") {
                        self.variables.entry(name).or_insert(default);
                    }
                    if let Some(declared) = defined("type") {
                        self.types.entry(name).or_insert(declared.expression);
                    }
                }
                ("output", [name]) => {
                    if let Some(value) = defined("value") {
                        self.outputs.entry(name).or_insert(value);
                    }
                }
                ("module", [name]) => {
                    self.calls.entry(name).or_insert((file, block));
                }
                (what @ ("resource" | "data"), [kind, name]) => {
                    self.blocks.entry((what, kind, name)).or_insert((file, block));
                }
                _ => {}
            }
        }
    }

    pub(super) const fn number(&self) -> usize {
        self.number
    }

    /// The text of a file.
    pub(super) fn text(&self, file: usize) -> &'m str {
        self.texts.get(file).copied().unwrap_or("")
    }

    /// How many values it costs to read them.
    pub(super) fn size(&self) -> usize {
        let names = self.locals.len() + self.variables.len() + self.outputs.len();
        100 + names + self.blocks.len()
    }

    /// What a local stands for.
    pub(super) fn local(&self, name: &str) -> Option<Definition<'m>> {
        self.locals.get(name).copied()
    }

    /// The default of a variable.
    pub(super) fn variable(&self, name: &str) -> Option<Definition<'m>> {
        self.variables.get(name).copied()
    }

    /// Whether a variable is declared as a list, or as a text.
    pub(super) fn is_list(&self, name: &str) -> Option<bool> {
        let declared = self.types.get(name)?;
        if let Expression::FuncCall(kind) = declared {
            return matches!(kind.name.name.as_str(), "list" | "set").then_some(true);
        }
        matches!(declared, Expression::Variable(kind) if kind.as_str() == "string").then_some(false)
    }

    /// What an output gives.
    pub(super) fn output(&self, name: &str) -> Option<Definition<'m>> {
        self.outputs.get(name).copied()
    }

    /// The block of a resource or a data source.
    pub(super) fn block(&self, what: &str, kind: &str, name: &str) -> Option<(usize, &'m Block)> {
        self.blocks.get(&(what, kind, name)).copied()
    }

    /// The block that calls a module.
    pub(super) fn call(&self, name: &str) -> Option<(usize, &'m Block)> {
        self.calls.get(name).copied()
    }

    /// The module that is called so, if it was read.
    pub(super) fn child(&self, name: &str) -> Option<&'m Module> {
        self.module?.child(name)?.ok()
    }

    /// The module itself.
    pub(super) const fn module(&self) -> Option<&'m Module> {
        self.module
    }

    /// The value of a variable that somebody has given.
    pub(super) fn given(&self, name: &str) -> Option<&'m Node> {
        self.module?.given.get(name)
    }

    /// The arguments that the module is called with.
    pub(super) const fn arguments(&self) -> Option<&'m dyn Arguments> {
        self.arguments
    }

    /// Whether it is a module that another one calls.
    pub(super) const fn is_child(&self) -> bool {
        self.arguments.is_some()
    }

    /// The text of a file that the module names, within the folder out of which nothing is read.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        let module = self.module?;
        let (folder, root) = (module.folder.as_deref()?, module.root.as_deref()?);
        // `path.module` is nothing here.
        let found = folder.join(path.trim_start_matches('/'));
        let found = fs::canonicalize(found).ok()?;
        let is_inside = found.starts_with(fs::canonicalize(root).ok()?);
        let text = if is_inside { text_of(&found, MAX_BYTES)? } else { return None };
        module.named.borrow_mut().insert(found);
        Some(text)
    }
}
