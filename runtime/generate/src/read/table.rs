//! Reads a TSV file: a fixed header, then rows of as many cells.

use std::path::Path;

use crate::error::Error;

/// A row with its line number.
pub(crate) type Row<'a, const N: usize> = (usize, [&'a str; N]);

pub(crate) fn read_table<'a, const N: usize>(
    file: &Path,
    text: &'a str,
    header: [&str; N],
) -> Result<Vec<Row<'a, N>>, Error> {
    let mut lines = text.lines().zip(1..);
    let found = lines.next().map_or("", |(line, _)| line);
    if found != header.join("\t") {
        return Err(Error::at(file, 1, format!("the header must be {}", header.join(", "))));
    }
    lines.map(|(line, number)| Ok((number, cells(file, number, line)?))).collect()
}

fn cells<'a, const N: usize>(
    file: &Path,
    number: usize,
    line: &'a str,
) -> Result<[&'a str; N], Error> {
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.iter().any(|cell| cell.trim() != *cell) {
        return Err(Error::at(file, number, "a cell starts or ends with a space"));
    }
    cells.try_into().map_err(|cells: Vec<_>| {
        Error::at(file, number, format!("{} columns, not {N}", cells.len()))
    })
}

/// The items of a cell with `;` between them. An empty cell has none.
pub(crate) fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(move |_| !cell.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        let error = read_table(Path::new("t.tsv"), text, ["a", "b"]).err()?;
        Some(error.to_string())
    }

    #[test]
    fn rows_keep_their_line() {
        let rows = read_table(Path::new("t.tsv"), "a\tb\n1\t\n", ["a", "b"]);
        assert_eq!(rows, Ok(vec![(2, ["1", ""])]));
    }

    #[test]
    fn wrong_column_count() {
        assert_eq!(message("a\tb\n1\n").as_deref(), Some("t.tsv:2: 1 columns, not 2"));
        assert_eq!(message("a\tb\n1\t2\n\n").as_deref(), Some("t.tsv:3: 1 columns, not 2"));
    }

    #[test]
    fn wrong_header() {
        assert_eq!(message("b\ta\n").as_deref(), Some("t.tsv:1: the header must be a, b"));
        assert_eq!(message("").as_deref(), Some("t.tsv:1: the header must be a, b"));
    }

    #[test]
    fn space_around_a_cell() {
        let expected = "t.tsv:2: a cell starts or ends with a space";
        assert_eq!(message("a\tb\n1\t2 \n").as_deref(), Some(expected));
    }

    #[test]
    fn items_of_a_cell() {
        assert_eq!(items("").count(), 0);
        assert_eq!(items("a;b").collect::<Vec<_>>(), ["a", "b"]);
    }
}
