//! Pieces of the code that decides, each of a type that says what it is for.
//!
//! A test that has nothing to ask is [`Test::Always`] or [`Test::Never`], never an empty text: what
//! was left out once must not let everything through.

use ram_policy_model::terms::decision::Decision;

/// Whether something holds of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// It does, of every request.
    Always,
    /// It does not, of any request.
    Never,
    /// The request says so.
    Ask(Expression),
}

/// A Boolean expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expression {
    text: String,
    /// The operator that binds its parts.
    binds: Binds,
}

/// How tightly the parts of an expression are bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Binds {
    /// It is a call, or `!` before one.
    Call,
    /// By `&&`.
    And,
    /// By `||`.
    Or,
}

impl Test {
    /// Whether a function says `true`; the text is its name and its arguments.
    pub(crate) const fn call(text: String) -> Self {
        Self::Ask(Expression { text, binds: Binds::Call })
    }

    /// The opposite.
    pub(crate) fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Ask(Expression { text, binds: Binds::Call }) => Self::call(format!("!{text}")),
            Self::Ask(Expression { text, binds: Binds::And | Binds::Or }) => {
                Self::call(format!("!({text})"))
            }
        }
    }

    /// Whether each holds; so it does where there is none.
    pub(crate) fn all_of(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut asked = Vec::new();
        for test in tests {
            match test {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::Ask(one) => asked.push(one),
            }
        }
        match asked.len() {
            0 => Self::Always,
            1 => asked.pop().map_or(Self::Always, Self::Ask),
            _ => Self::bound(asked, Binds::And),
        }
    }

    /// Whether one holds; none does where there is none.
    pub(crate) fn any_of(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut asked = Vec::new();
        for test in tests {
            match test {
                Self::Always => return Self::Always,
                Self::Never => {}
                Self::Ask(one) => asked.push(one),
            }
        }
        match asked.len() {
            0 => Self::Never,
            1 => asked.pop().map_or(Self::Never, Self::Ask),
            _ => Self::bound(asked, Binds::Or),
        }
    }

    fn bound(parts: Vec<Expression>, binds: Binds) -> Self {
        let between = if binds == Binds::And { " && " } else { " || " };
        let mut text = String::new();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                text.push_str(between);
            }
            // Only `||` binds less than what may be around it.
            if part.binds == Binds::Or && binds == Binds::And {
                text.push('(');
                text.push_str(&part.text);
                text.push(')');
            } else {
                text.push_str(&part.text);
            }
        }
        Self::Ask(Expression { text, binds })
    }
}

impl Expression {
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Tests in order, the first of which that holds decides.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    text: String,
    /// What is decided in any case that is left.
    last: Option<Decision>,
}

impl Steps {
    /// One more test, with what it decides.
    pub(crate) fn add(&mut self, test: &Test, decision: Decision) {
        match test {
            Test::Never => {}
            Test::Always => self.last = self.last.or(Some(decision)),
            Test::Ask(_) if self.is_over() => {}
            Test::Ask(test) => {
                for part in ["if ", test.as_str(), " { ", &decided(decision), " } else "] {
                    self.text.push_str(part);
                }
            }
        }
    }

    /// Whether nothing behind can decide.
    pub(crate) const fn is_over(&self) -> bool {
        self.last.is_some()
    }

    /// The steps as an expression.
    pub(crate) fn into_code(self) -> String {
        let Self { mut text, last } = self;
        let last = decided(last.unwrap_or(Decision::ImplicitDeny));
        if text.is_empty() {
            return last;
        }
        text.push_str("{ ");
        text.push_str(&last);
        text.push_str(" }");
        text
    }
}

/// A decision as an expression.
pub(crate) fn decided(decision: Decision) -> String {
    match decision {
        Decision::Allow { statement } => format!("p::allow({statement})"),
        Decision::ExplicitDeny { statement } => format!("p::deny({statement})"),
        Decision::ImplicitDeny => "p::NOTHING".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Steps, Test};
    use ram_policy_model::terms::decision::Decision;

    fn ask(name: &str) -> Test {
        Test::call(format!("{name}()"))
    }

    fn text(test: Test) -> String {
        match test {
            Test::Always => "always".into(),
            Test::Never => "never".into(),
            Test::Ask(expression) => expression.as_str().into(),
        }
    }

    #[test]
    fn what_asks_nothing_is_known() {
        let (always, never) = (Test::Always, Test::Never);
        for (name, test, expected) in [
            ("all of none", Test::all_of([]), "always"),
            ("any of none", Test::any_of([]), "never"),
            ("all of what always holds", Test::all_of([always.clone(), always.clone()]), "always"),
            ("one never holds", Test::all_of([ask("a"), never.clone(), ask("b")]), "never"),
            ("one always holds", Test::any_of([ask("a"), always.clone(), ask("b")]), "always"),
            ("one is left of all", Test::all_of([always.clone(), ask("a")]), "a()"),
            ("one is left of any", Test::any_of([never.clone(), ask("a")]), "a()"),
            ("not always", always.not(), "never"),
            ("not never", never.not(), "always"),
        ] {
            assert_eq!(text(test), expected, "{name}");
        }
    }

    #[test]
    fn parts_are_bound_as_they_are_meant() {
        let both = || Test::all_of([ask("a"), ask("b")]);
        let either = || Test::any_of([ask("c"), ask("d")]);
        for (name, test, expected) in [
            ("and in or", Test::any_of([both(), ask("e")]), "a() && b() || e()"),
            ("or in and", Test::all_of([either(), ask("e")]), "(c() || d()) && e()"),
            ("or alone", Test::all_of([either()]), "c() || d()"),
            ("not a call", ask("a").not(), "!a()"),
            ("not both", both().not(), "!(a() && b())"),
            ("not either", either().not(), "!(c() || d())"),
        ] {
            assert_eq!(text(test), expected, "{name}");
        }
    }

    #[test]
    fn nothing_is_behind_what_always_decides() {
        let (allow, deny) =
            (Decision::Allow { statement: 0 }, Decision::ExplicitDeny { statement: 1 });
        for (name, tests, expected) in [
            ("none", vec![], "p::NOTHING"),
            ("never", vec![Test::Never], "p::NOTHING"),
            ("always", vec![Test::Always, ask("a")], "p::allow(0)"),
            ("asked", vec![ask("a")], "if a() { p::allow(0) } else { p::NOTHING }"),
            (
                "asked, then always",
                vec![ask("a"), Test::Always, ask("b")],
                "if a() { p::allow(0) } else { p::deny(1) }",
            ),
        ] {
            let mut steps = Steps::default();
            for (number, test) in tests.iter().enumerate() {
                steps.add(test, if number == 0 { allow } else { deny });
            }
            assert_eq!(steps.into_code(), expected, "{name}");
        }
    }
}
