//! Renders `catalogue/verbs.tsv`: the verbs as they are, with how many documented rows agree.

use std::path::{Path, PathBuf};

use crate::data::{Access, Catalogue, Verb};
use crate::read::verbs::HEADER;

/// The file.
const FILE: &str = "runtime/generate/catalogue/verbs.tsv";

/// The file with its text.
pub(crate) fn render_verbs(catalogue: &Catalogue) -> (PathBuf, String) {
    let row = |verb: &Verb| {
        let level = verb.level.map_or("", Access::word);
        let counts =
            verb.counted.map_or("\t".to_owned(), |(rows, agree)| format!("{rows}\t{agree}"));
        format!("{}\t{level}\t{counts}\n", verb.name)
    };
    let rows: String = catalogue.verbs.iter().map(row).collect();
    (Path::new(FILE).to_owned(), format!("{}\n{rows}", HEADER.join("\t")))
}
