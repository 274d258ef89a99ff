//! Where a command writes: standard output, or a file that is not there yet.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::failure::{Failure, usage};

/// Standard output, with colour only where it is shown.
pub(crate) fn out() -> impl Write {
    io::BufWriter::new(anstream::stdout().lock())
}

/// Writes one JSON value on standard output.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = out();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// Writes a text on standard output or into a file; a file that is there is only written over when
/// that was asked for.
pub(crate) fn text(text: &str, file: Option<&Path>, force: bool) -> Result<(), Failure> {
    let Some(path) = file else {
        let mut out = out();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(());
    };
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let shown = path.display();
    let mut file = options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            usage(format!("`{shown}` is there already, `--force` writes over it"))
        }
        _ => usage(format!("cannot write `{shown}`: {error}")),
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| usage(format!("cannot write `{shown}`: {error}")))
}
