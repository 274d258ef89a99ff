//! Comments of a text, which no other form keeps.

use crate::form::Form;

/// How many comments a text has; JSON and Markdown have none that would be lost.
///
/// ```
/// use ram_policy_forms::{Form, comments};
///
/// let text = "// why\nconst P: Policy = policy! { allow ecs::* on *; /* all */ };";
/// assert_eq!(comments(text, Form::Rust), 2);
/// assert_eq!(comments("a: 'x # y' # z", Form::Ros), 1);
/// ```
#[must_use]
pub fn comments(text: &str, form: Form) -> usize {
    match form {
        Form::Json | Form::Markdown => 0,
        Form::Rust => Scanner { rest: text, found: 0 }.of_rust(),
        Form::Terraform => Scanner { rest: text, found: 0 }.of_terraform(),
        Form::Ros => of_yaml(text),
    }
}

struct Scanner<'t> {
    rest: &'t str,
    found: usize,
}

impl Scanner<'_> {
    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }

    /// Skips to behind a text, or to the end.
    fn skip_behind(&mut self, end: &str) {
        let bytes = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.skip(bytes);
    }

    /// Skips a text in quotes; the first quote is at the start.
    fn skip_quoted(&mut self) {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, character)| {
            let ends = *character == '"' && !escaped;
            escaped = *character == '\\' && !escaped;
            ends
        });
        let bytes = end.map_or(self.rest.len(), |(at, _)| at + 1);
        self.skip(bytes);
    }

    /// Skips a comment that begins here, if one does.
    fn comment(&mut self) -> bool {
        if self.rest.starts_with("//") {
            self.skip_behind("\n");
        } else if self.rest.starts_with("/*") {
            self.skip_block();
        } else {
            return false;
        }
        self.found += 1;
        true
    }

    /// Skips a block comment, and those in it.
    fn skip_block(&mut self) {
        let mut depth = 0usize;
        while !self.rest.is_empty() {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.skip(2);
            } else if self.rest.starts_with("*/") {
                depth = depth.saturating_sub(1);
                self.skip(2);
                if depth == 0 {
                    return;
                }
            } else {
                self.skip_one();
            }
        }
    }

    fn skip_one(&mut self) {
        let bytes = self.rest.chars().next().map_or(0, char::len_utf8);
        self.skip(bytes);
    }

    fn of_rust(mut self) -> usize {
        let mut in_word = false;
        while let Some(first) = self.rest.chars().next() {
            let is_raw = !in_word && first == 'r';
            let raw = self.rest.strip_prefix('r').filter(|_| is_raw).and_then(|after| {
                let signs = after.len() - after.trim_start_matches('#').len();
                after.get(signs..)?.starts_with('"').then_some(signs)
            });
            in_word = first.is_alphanumeric() || first == '_';
            if self.comment() {
            } else if let Some(signs) = raw {
                self.skip(signs + 2);
                self.skip_behind(&format!("\"{}", "#".repeat(signs)));
            } else if first == '"' {
                self.skip_quoted();
            } else if self.rest.starts_with("'\"'") || self.rest.starts_with("'\\\"'") {
                self.skip_behind("\"'");
            } else {
                self.skip_one();
            }
        }
        self.found
    }

    fn of_terraform(mut self) -> usize {
        while let Some(first) = self.rest.chars().next() {
            if self.comment() {
            } else if first == '#' {
                self.skip_behind("\n");
                self.found += 1;
            } else if first == '"' {
                self.skip_quoted();
            } else if let Some(after) = self.rest.strip_prefix("<<") {
                self.skip_heredoc(after);
            } else {
                self.skip_one();
            }
        }
        self.found
    }

    fn skip_heredoc(&mut self, after: &str) {
        let name = after.trim_start_matches('-').lines().next().unwrap_or("").trim();
        if name.is_empty() || !name.chars().all(|one| one.is_alphanumeric() || one == '_') {
            self.skip(2);
            return;
        }
        let mut bytes = 0;
        for (index, line) in self.rest.split_inclusive('\n').enumerate() {
            bytes += line.len();
            if index > 0 && line.trim() == name {
                break;
            }
        }
        self.skip(bytes);
    }
}

fn of_yaml(text: &str) -> usize {
    let mut found = 0;
    // The indent of a line whose value is a block of text below it.
    let mut block: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() || block.is_some_and(|above| indent > above) {
            continue;
        }
        block = None;
        let comment = comment_of_line(line);
        found += usize::from(comment.is_some());
        let before = line.get(..comment.unwrap_or(line.len())).unwrap_or("").trim_end();
        let sign =
            before.trim_end_matches(|one: char| matches!(one, '+' | '-') || one.is_ascii_digit());
        if sign.ends_with([':', '-', ' ']) {
            continue;
        }
        if sign.ends_with(" |") || sign.ends_with(" >") {
            block = Some(indent);
        }
    }
    found
}

/// Where the comment of a line of YAML begins.
fn comment_of_line(line: &str) -> Option<usize> {
    let (mut quote, mut before) = (None, ' ');
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (None, '#') if before.is_whitespace() => return Some(at),
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(character),
            (Some(open), close) if open == close && before != '\\' => quote = None,
            _ => {}
        }
        before = character;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_comments_and_nothing_that_looks_like_one() {
        for (form, text, expected) in [
            (Form::Rust, "// a\n/* b /* c */ */ let x = \"// d\"; /// e\n", 3),
            (Form::Rust, "let x = r#\"// \" /* \"#; let y = '\"'; // z", 1),
            (Form::Rust, "policy! { allow oss::* on \"acs:oss:*:*:a//b\"; }", 0),
            (Form::Terraform, "# a\n// b\n/* c */ x = \"# d\"\ny = <<EOF\n# e\n// f\nEOF\n# g", 4),
            (Form::Ros, "# a\nb: 'c # d' # e\nf: g#h\ni: |\n  # j\nk: l\n", 2),
            (Form::Json, "{\"a\": \"// b\"}", 0),
        ] {
            assert_eq!(comments(text, form), expected, "{text}");
        }
    }
}
