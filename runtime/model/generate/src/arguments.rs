//! Reads the arguments of a subcommand: `--name value` pairs and at most one path.

use std::path::PathBuf;

/// What the arguments say of the service a subcommand is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments {
    /// `--code`: its RAM code.
    pub code: String,
    /// `--title`: the product's name, for a service that is new.
    pub title: Option<String>,
    /// `--type`: the name of its enum; else made from the code.
    pub type_name: Option<String>,
    /// `--source`: the tag of `SOURCES.md` that says where the data come from.
    pub source: Option<String>,
    /// The path, if there is one.
    pub path: Option<PathBuf>,
}

impl Arguments {
    /// Err says in one sentence what is wrong with them.
    pub fn read(arguments: &[String]) -> Result<Self, String> {
        let mut read = Self::default();
        let mut code = None;
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let Some(name) = argument.strip_prefix("--") else {
                if read.path.replace(PathBuf::from(argument)).is_some() {
                    return Err(format!("`{argument}` is a second path"));
                }
                continue;
            };
            let place = match name {
                "code" => &mut code,
                "title" => &mut read.title,
                "type" => &mut read.type_name,
                "source" => &mut read.source,
                _ => return Err(format!("there is no option `{argument}`")),
            };
            let value = rest.next().ok_or_else(|| format!("`{argument}` needs a value"))?;
            if place.replace(value.clone()).is_some() {
                return Err(format!("`{argument}` is given twice"));
            }
        }
        read.code = code.ok_or("`--code` is missing")?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, String> {
        Arguments::read(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_and_a_path() {
        let expected = Arguments {
            code: "ots".to_owned(),
            title: Some("Tablestore".to_owned()),
            type_name: Some("Ots".to_owned()),
            source: Some("docs-2021".to_owned()),
            path: Some(PathBuf::from("ots/client.py")),
        };
        let line = "--code ots --title Tablestore ots/client.py --type Ots --source docs-2021";
        assert_eq!(read(line), Ok(expected));
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (line, expected) in [
            ("a.py", "`--code` is missing"),
            ("--code", "`--code` needs a value"),
            ("--code a --code b", "`--code` is given twice"),
            ("--kode a", "there is no option `--kode`"),
            ("--code a b c", "`c` is a second path"),
        ] {
            assert_eq!(read(line), Err(expected.to_owned()));
        }
    }
}
