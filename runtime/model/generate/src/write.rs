//! Writes the generated files, or compares them with what stands on disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::read::{files, read};
use crate::render_actions::{self, render_actions};
use crate::render_keys::render_keys;
use crate::render_model::{self, render_model};
use crate::render_resource_types::render_resource_types;

/// Folders that hold generated files only.
const FOLDERS: [&str; 2] = [render_model::FOLDER, render_actions::FOLDER];

/// Every generated file of the workspace at `root`: path relative to `root`, and text.
pub fn generate(root: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
    let catalogue = read(root)?;
    let mut files = render_model(&catalogue);
    files.extend(render_actions(&catalogue));
    files.push(render_keys(&catalogue));
    files.push(render_resource_types(&catalogue));
    Ok(files)
}

/// Writes every generated file, and removes other files from the generated folders.
pub fn write(root: &Path) -> Result<(), Error> {
    let generated = generate(root)?;
    for (path, text) in &generated {
        let full = root.join(path);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::whole(path, error))?;
        }
        fs::write(&full, text).map_err(|error| Error::whole(path, error))?;
    }
    for path in strays(root, &generated)? {
        fs::remove_file(root.join(&path)).map_err(|error| Error::whole(&path, error))?;
    }
    Ok(())
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
