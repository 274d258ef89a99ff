//! Fills the generated part of a file that people write: what stands between two marked lines.

use std::path::Path;

use crate::error::Error;

/// The text with `lines` between the line that has `begin` in it and the one that has `end`.
pub(crate) fn fill_region(
    file: &Path,
    text: &str,
    [begin, end]: [&str; 2],
    lines: &str,
) -> Result<String, Error> {
    let mut filled = String::new();
    let mut rest = text.split_inclusive('\n');
    let find = |marker: &str| Error::whole(file, format!("no line with `{marker}`"));
    loop {
        let line = rest.next().ok_or_else(|| find(begin))?;
        filled += line;
        if line.contains(begin) {
            break;
        }
    }
    filled += lines;
    let last = rest.find(|line| line.contains(end)).ok_or_else(|| find(end))?;
    filled += last;
    filled.extend(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &str) -> Result<String, String> {
        fill_region(Path::new("f"), text, ["x: begin", "x: end"], "new\n")
            .map_err(|error| error.to_string())
    }

    #[test]
    fn only_the_region_changes() {
        let text = "a\n# x: begin, made\nold\nold\n# x: end\nb";
        assert_eq!(fill(text), Ok("a\n# x: begin, made\nnew\n# x: end\nb".to_owned()));
        assert_eq!(fill("# x: begin\n# x: end\n"), Ok("# x: begin\nnew\n# x: end\n".to_owned()));
    }

    #[test]
    fn a_missing_mark_is_an_error() {
        assert_eq!(fill("# x: end\n"), Err("f: no line with `x: begin`".to_owned()));
        assert_eq!(fill("# x: begin\n"), Err("f: no line with `x: end`".to_owned()));
    }
}
