//! A curve as a table: what is measured is written, and what is drawn is read.

use std::fs;
use std::path::{Path, PathBuf};

/// What a plot says, apart from its numbers.
pub(crate) struct Plot {
    /// Name of its files.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// What is counted.
    pub(crate) across: &'static str,
    /// What the times are divided by.
    pub(crate) up: &'static str,
}

/// The numbers of a plot.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Curves {
    /// Names of the series.
    pub(crate) series: Vec<String>,
    /// What is counted, and the number of each series there.
    pub(crate) rows: Vec<(f64, Vec<Option<f64>>)>,
}

impl Plot {
    /// The file with that extension.
    pub(crate) fn file(&self, extension: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("growth");
        folder.join(self.name).with_extension(extension)
    }

    /// Writes the numbers, three digits each.
    pub(crate) fn write(&self, curves: &Curves) {
        let header = std::iter::once(self.across.to_owned()).chain(curves.series.iter().cloned());
        let mut lines = vec![header.collect::<Vec<_>>().join("\t")];
        for (count, values) in &curves.rows {
            let values = values.iter().map(|value| value.map_or("-".into(), digits));
            let cells = std::iter::once(count.to_string()).chain(values);
            lines.push(cells.collect::<Vec<_>>().join("\t"));
        }
        fs::write(self.file("tsv"), lines.join("\n") + "\n").expect("the numbers can be written");
    }

    /// Reads the numbers, `None` when there are none.
    pub(crate) fn read(&self) -> Option<Curves> {
        let text = fs::read_to_string(self.file("tsv")).ok()?;
        let mut lines = text.lines().map(|line| line.split('\t'));
        let series = lines.next()?.skip(1).map(str::to_owned).collect();
        let rows = lines.map(|mut cells| {
            let count = cells.next().and_then(|cell| cell.parse().ok()).expect("a count");
            (count, cells.map(|cell| cell.parse().ok()).collect())
        });
        Some(Curves { series, rows: rows.collect() })
    }
}

/// Three digits that count.
fn digits(value: f64) -> String {
    match value {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

impl Curves {
    /// The times over the first one of the first series.
    pub(crate) fn relative(self) -> Self {
        let first = self.rows.first().and_then(|(_, values)| *values.first()?);
        let first = first.expect("the first time is measured");
        let over = |value: Option<f64>| value.map(|value| value / first);
        let rows = self
            .rows
            .into_iter()
            .map(|(count, values)| (count, values.into_iter().map(over).collect()));
        Self { rows: rows.collect(), ..self }
    }
}
