//! Writes the generated files, or compares them with what stands on disk.

mod summary;

use std::fs;
use std::path::{Path, PathBuf};

use crate::data::Catalogue;
use crate::error::Error;
use crate::read::{files, read, text};
use crate::render::actions::{self, render_actions};
use crate::render::counts::{self, count};
use crate::render::features::{self, render_features};
use crate::render::keys::render_keys;
use crate::render::model::{self, render_model};
use crate::render::region::fill_region;
use crate::render::resource_types::render_resource_types;
use crate::render::source_lists::{self, list_sources};
use crate::render::verbs::render_verbs;
use crate::write::summary::summarize;

/// Folders that hold generated files only.
const FOLDERS: [&str; 2] = [model::FOLDER, actions::FOLDER];

/// Every generated file of the workspace at `root`, and every file with a generated part: path
/// relative to `root`, and text.
pub fn generate(root: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
    render(root, &read(root)?)
}

fn render(root: &Path, catalogue: &Catalogue) -> Result<Vec<(PathBuf, String)>, Error> {
    let mut files = render_model(catalogue)?;
    files.extend(render_actions(catalogue));
    files.push(render_keys(catalogue));
    files.push(render_resource_types(catalogue));
    files.push(render_verbs(catalogue));
    for (file, region, lines) in [
        (features::FILE, features::REGION, render_features(catalogue)),
        (counts::FILE, counts::REGION, count(catalogue)),
        (source_lists::FILE, source_lists::REGION, list_sources(catalogue)),
    ] {
        let file = Path::new(file);
        files.push((file.to_owned(), fill_region(file, &text(root, file)?, region, &lines)?));
    }
    Ok(files)
}

/// Writes every generated file, and removes other files from the generated folders. Gives one line
/// for each kind of change to the actions of a service.
pub fn write(root: &Path) -> Result<Vec<String>, Error> {
    let catalogue = read(root)?;
    let generated = render(root, &catalogue)?;
    let strays = strays(root, &generated)?;
    let mut changes = Vec::new();
    for (path, text) in &generated {
        let full = root.join(path);
        let before = fs::read_to_string(&full).unwrap_or_default();
        if before == *text {
            continue;
        }
        changes.extend(changed(path, &before, text));
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::whole(path, error))?;
        }
        fs::write(&full, text).map_err(|error| Error::whole(path, error))?;
    }
    for path in strays {
        let before = fs::read_to_string(root.join(&path)).unwrap_or_default();
        changes.extend(changed(&path, &before, ""));
        fs::remove_file(root.join(&path)).map_err(|error| Error::whole(&path, error))?;
    }
    Ok(changes)
}

/// What changed in the file of an enum; nothing for another file.
fn changed(path: &Path, before: &str, after: &str) -> Vec<String> {
    let Some(module) = path.strip_prefix(actions::FOLDER).ok().and_then(Path::file_stem) else {
        return Vec::new();
    };
    summarize(&module.to_string_lossy().replace('_', "-"), before, after)
}

/// One line for each file that is missing, stale, or in a generated folder without reason.
pub fn check(root: &Path) -> Result<Vec<String>, Error> {
    let generated = generate(root)?;
    let mut lines = Vec::new();
    for (path, text) in &generated {
        match fs::read_to_string(root.join(path)) {
            Ok(found) if found == *text => {}
            Ok(_) => lines.push(format!("{}: stale", path.display())),
            Err(error) => lines.push(format!("{}: {error}", path.display())),
        }
    }
    for path in strays(root, &generated)? {
        lines.push(format!("{}: not made by the generator", path.display()));
    }
    Ok(lines)
}

fn strays(root: &Path, generated: &[(PathBuf, String)]) -> Result<Vec<PathBuf>, Error> {
    let mut strays = Vec::new();
    for folder in FOLDERS {
        let found = files(root, Path::new(folder))?;
        strays
            .extend(found.into_iter().filter(|path| generated.iter().all(|(own, _)| own != path)));
    }
    Ok(strays)
}
