//! Reads the files of a module from its folder: its sources, the modules that it calls by a path, and the
//! values of its variables.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use ram_policy_model::text::json::{self as json_text, Kind, TextRange};

use super::evaluate::{Evaluator, Scope};
use super::json;
use super::module::{Module, Names, text_of};
use super::node::Node;
use super::statements;

/// Longest file of a module, in bytes.
const MAX_SOURCE: u64 = 64 << 20;

/// Most files of a folder that are read.
const MOST_FILES: usize = 1_000;

/// Most modules that are read for one folder.
const MOST_MODULES: usize = 256;

/// Deepest nesting of modules that is followed.
const MAX_DEPTH: usize = 16;

impl Module {
    /// The files of Terraform in a folder, the values of variables that Terraform itself takes from it
    /// (`terraform.tfvars`, `*.auto.tfvars`), and the modules that it calls by a path. Nothing outside
    /// of `root` is read.
    #[must_use]
    pub fn of_folder(folder: &Path, root: &Path) -> Self {
        let mut loader = Loader { root, loaded: BTreeMap::new(), within: Vec::new() };
        let mut module = loader.module(folder);
        for path in variable_files(folder) {
            if let Some(text) = text_of(&path, MAX_SOURCE) {
                let is_json = path.extension().is_some_and(|extension| extension == "json");
                // Terraform itself says what is wrong with it.
                let _ = module.add_values(&text, is_json);
            }
        }
        module
    }

    /// Takes the values of variables from a text as `*.tfvars` has it, or `*.tfvars.json`; they count
    /// before those that were given earlier.
    ///
    /// ```
    /// use ram_policy_forms::{Form, Module, Reader};
    ///
    /// let text = r#"
    /// variable "action" {}
    /// resource "alicloud_ram_policy" "stop" {
    ///   policy_document = jsonencode({
    ///     Version = "1", Statement = [{ Effect = "Allow", Action = var.action, Resource = "*" }]
    ///   })
    /// }
    /// "#;
    /// let mut module = Module::new([text]);
    /// module.add_values(r#"action = "ecs:StopInstance""#, false)?;
    /// let contents = Reader::new(Form::Terraform).with_module(&module).read(text);
    /// assert!(contents.policies[0].unknown.is_empty());
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Why the text cannot be read, in one sentence.
    pub fn add_values(&mut self, text: &str, is_json: bool) -> Result<(), String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let nowhere = TextRange { start: 0, end: 0 };
        if is_json {
            let value = json_text::read(text).map_err(|error| error.value)?;
            let Kind::Object(members) = &value.kind else {
                return Err("variables are the members of an object".to_owned());
            };
            for member in members {
                let node = Node::of_json(&member.value, nowhere);
                self.given.insert(member.name.value.clone(), node);
            }
            return Ok(());
        }
        let body = hcl_edit::parser::parse_body(text)
            .map_err(|error| format!("this is not HCL: {}", error.message()))?;
        let nothing = Body::new();
        let names = Names::of_text(text, &nothing, 0);
        let evaluator = Evaluator::new(&names, statements::data_source);
        for attribute in body.attributes() {
            let node = evaluator.value(&attribute.value, &Scope::new()).unmarked().moved(nowhere);
            self.given.insert(attribute.key.as_str().to_owned(), node);
        }
        Ok(())
    }

    /// Takes the value of one variable as a command line has it: a text, or an expression where the
    /// variable is declared as something else.
    pub fn add_value(&mut self, name: &str, value: &str) {
        let nowhere = TextRange { start: 0, end: 0 };
        let declared = self.files.iter().flat_map(|(_, body)| body.get_blocks("variable"));
        let declared = declared
            .filter(|block| block.labels.first().is_some_and(|label| label.as_str() == name))
            .find_map(|block| block.body.get_attribute("type"));
        let is_text = match declared.map(|declared| &declared.value) {
            None => true,
            Some(Expression::Variable(kind)) => matches!(kind.as_str(), "string" | "any"),
            Some(_) => false,
        };
        let node = if is_text { Node::text(nowhere, value) } else { expression(value, nowhere) };
        self.given.insert(name.to_owned(), node);
    }
}

/// The value of an expression that stands alone.
fn expression(written: &str, at: TextRange) -> Node {
    let Ok(parsed) = hcl_edit::parser::parse_expr(written) else {
        return Node::unknown(at, written);
    };
    let nothing = Body::new();
    let names = Names::of_text(written, &nothing, 0);
    let evaluator = Evaluator::new(&names, statements::data_source);
    evaluator.value(&parsed, &Scope::new()).unmarked().moved(at)
}

/// The files of a folder that Terraform takes values of variables from, in the order in which they count.
fn variable_files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ["terraform.tfvars", "terraform.tfvars.json"]
        .into_iter()
        .map(|name| folder.join(name))
        .filter(|path| path.is_file())
        .collect();
    let is_auto =
        |name: &str| name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
    found.extend(files_of(folder, is_auto));
    found
}

/// The files of a folder whose names are such, sorted.
fn files_of(folder: &Path, is_such: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&is_such))
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.truncate(MOST_FILES);
    paths
}

/// Reads modules, each once.
struct Loader<'r> {
    root: &'r Path,
    loaded: BTreeMap<PathBuf, Rc<Module>>,
    /// The folders of the modules that are being read.
    within: Vec<PathBuf>,
}

impl Loader<'_> {
    fn module(&mut self, folder: &Path) -> Module {
        let is_source = |name: &str| {
            let name = name.to_ascii_lowercase();
            [".tf", ".tofu", ".hcl", ".tf.json"].iter().any(|end| name.ends_with(end))
        };
        let of = |path: PathBuf| {
            let text = text_of(&path, MAX_SOURCE)?;
            let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
            if path.extension().is_some_and(|extension| extension == "json") {
                let value = json_text::read(&text).ok()?;
                return Some(json::as_hcl(&text, &value).text);
            }
            Some(text)
        };
        let mut module = Module::new(files_of(folder, is_source).into_iter().filter_map(of));
        module.folder = Some(folder.to_owned());
        module.root = Some(self.root.to_owned());
        let mut calls = Vec::new();
        for (_, body) in &module.files {
            for block in body.get_blocks("module") {
                let name = block.labels.first().map(|label| label.as_str().to_owned());
                let source = block.body.get_attribute("source").map(|source| &source.value);
                if let (Some(name), Some(Expression::String(path))) = (name, source)
                    && (path.starts_with("./") || path.starts_with("../"))
                {
                    calls.push((name, path.as_str().to_owned()));
                }
            }
        }
        self.within.push(fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()));
        for (name, path) in calls {
            let child = self.child(&folder.join(path));
            module.children.insert(name, child);
        }
        self.within.pop();
        module
    }

    fn child(&mut self, folder: &Path) -> Result<Rc<Module>, String> {
        let root = fs::canonicalize(self.root).map_err(|error| error.to_string())?;
        let Ok(found) = fs::canonicalize(folder) else {
            return Err("there is no such folder".to_owned());
        };
        if !found.starts_with(&root) {
            return Err("it is outside of the folder that is read".to_owned());
        }
        if self.within.contains(&found) {
            return Err("it calls itself".to_owned());
        }
        if let Some(known) = self.loaded.get(&found) {
            return Ok(Rc::clone(known));
        }
        if self.within.len() >= MAX_DEPTH {
            return Err("modules are nested too deeply".to_owned());
        }
        if self.loaded.len() >= MOST_MODULES {
            return Err("there are too many modules".to_owned());
        }
        let module = Rc::new(self.module(folder));
        self.loaded.insert(found, Rc::clone(&module));
        Ok(module)
    }
}
