//! A policy with parameters, and how values take their place.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::document::blank::{Blank, Slot};
use crate::document::{self, Document, Element, Indent, Text, lower};
use crate::policy::Policy;
use crate::policy::composed::Part;
use crate::source::mention::Position;
use crate::source::syntax::{self, ElementKind};
use crate::terms::characters::{is_account, is_of_code};
use crate::terms::kind::{PolicyKind, TooLong};
use crate::terms::operand::{Meaning, Operand};
use crate::terms::operator::{Comparison, ConditionOperator, TextComparison};
use crate::terms::pattern::ResourcePattern;
use crate::terms::placeholder;
use crate::text::hidden::Escaped;
use crate::text::json::TextRange;
use crate::text::{hole, order, place, suggest};

/// A checked policy with parameters.
///
/// ```
/// use ram_policy::template::{AccountId, Name, Region};
/// use ram_policy::{PolicyTemplate, policy};
///
/// const MANAGE_GROUP: PolicyTemplate = policy! {
///     <region, account, group>
///     allow apigateway::* on "acs:apigateway:{region}:{account}:apigroup/{group}";
/// };
/// // The documentation form:
/// assert!(MANAGE_GROUP.to_json().contains("acs:apigateway:$region:$account:apigroup/$group"));
/// // The real policy:
/// let policy = MANAGE_GROUP.bind([
///     ("region", Region::new("cn-hangzhou")?.into()),
///     ("account", AccountId::new("1234567890123456")?.into()),
///     ("group", Name::new("cbd157704e624ab58a204fd3e0b5ad79")?.into()),
/// ])?;
/// assert!(policy.to_json().contains("acs:apigateway:cn-hangzhou:1234567890123456:apigroup/cbd157704e624ab58a204fd3e0b5ad79"));
/// # Ok::<(), ram_policy::template::BindError>(())
/// ```
#[derive(Clone, Copy)]
pub struct PolicyTemplate {
    /// The documentation form, minified.
    text: &'static str,
    parameters: &'static [Parameter],
    blanks: &'static [Blank],
}

/// A parameter of a template.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Whether it may hold several segments (`: path`).
    pub path: bool,
}

/// The text of a statement in this place.
fn text_in<L>(statement: &mut syntax::Statement<L>, slot: Slot) -> Option<&mut place::Text<L>> {
    for element in &mut statement.elements {
        match (&mut element.kind, slot) {
            (ElementKind::Resource(resources), Slot::Resource { item }) => {
                return resources.items.get_mut(usize::from(item));
            }
            (ElementKind::Condition(conditions), Slot::Value { condition, key, item }) => {
                let condition = conditions.get_mut(usize::from(condition))?;
                let key = condition.keys.get_mut(usize::from(key))?;
                return key.values.items.get_mut(usize::from(item));
            }
            (
                ElementKind::Effect(_)
                | ElementKind::Action(_)
                | ElementKind::NotAction(_)
                | ElementKind::Resource(_)
                | ElementKind::Principal(_)
                | ElementKind::Condition(_)
                | ElementKind::Sid(_)
                | ElementKind::Hole(..),
                _,
            ) => {}
        }
    }
    None
}

/// A value for a parameter; each of the checked types of this module converts to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A region.
    Region(Region<'a>),
    /// An account.
    AccountId(AccountId<'a>),
    /// A name of one segment.
    Name(Name<'a>),
    /// Several segments.
    Path(Path<'a>),
    /// A pattern that is meant as one.
    Wildcard(Wildcard<'a>),
}

macro_rules! argument_types {
    ($($(#[$doc:meta])+ $type:ident, $test:expr, $error:ident;)*) => {
        $($(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $type<'a>(&'a str);

        impl<'a> $type<'a> {
            /// Checks the text; see the type for what is allowed.
            ///
            /// # Errors
            ///
            /// A text of another form.
            pub fn new(text: &'a str) -> Result<Self, BindError> {
                let good: fn(&str) -> bool = $test;
                if !text.is_empty() && good(text) { Ok(Self(text)) } else { Err(BindError::$error) }
            }

            /// The text.
            #[must_use]
            pub const fn as_str(self) -> &'a str {
                self.0
            }
        }

        impl<'a> From<$type<'a>> for Argument<'a> {
            fn from(value: $type<'a>) -> Self {
                Self::$type(value)
            }
        })*
    };
}

argument_types! {
    /// A region id: lower-case letters, digits and `-`.
    ///
    /// ```
    /// use ram_policy::template::Region;
    ///
    /// assert!(Region::new("cn-hangzhou").is_ok());
    /// assert!(Region::new("*").is_err());
    /// ```
    Region, is_region, Region;
    /// An Alibaba Cloud account id: digits.
    ///
    /// ```
    /// use ram_policy::template::AccountId;
    ///
    /// assert!(AccountId::new("1234567890123456").is_ok());
    /// assert!(AccountId::new("123456789012****").is_err());
    /// ```
    AccountId, is_account, AccountId;
    /// One segment of a resource, or a condition value: no `*`, `?`, `:`, `/`, no control character
    /// and no placeholder.
    ///
    /// ```
    /// use ram_policy::template::Name;
    ///
    /// assert!(Name::new("i-bp1a2b3c").is_ok());
    /// assert!(Name::new("i-1/*").is_err());
    /// ```
    Name, |text| is_path(text) && !text.contains('/'), Name;
    /// Segments of a resource or a CIDR block, for parameters declared as `<name: path>`: no `*`,
    /// `?`, `:`, no control character and no placeholder.
    ///
    /// ```
    /// use ram_policy::template::Path;
    ///
    /// assert!(Path::new("pictures/north/2026").is_ok());
    /// assert!(Path::new("pictures/*").is_err());
    /// ```
    Path, is_path, Path;
    /// A pattern, said explicitly: `*` and `?` are wildcards; no `:`, no control character, no
    /// placeholder, and a `/` only where a path is meant.
    ///
    /// ```
    /// use ram_policy::template::Wildcard;
    ///
    /// assert!(Wildcard::new("team-a-*").is_ok());
    /// assert!(Wildcard::new("*:*").is_err());
    /// ```
    Wildcard, is_text, Wildcard;
}

fn is_region(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_of_code)
}

fn is_path(text: &str) -> bool {
    is_text(text) && !text.contains(['*', '?'])
}

fn is_text(text: &str) -> bool {
    !text.contains(|c: char| c == ':' || c.is_control()) && placeholder::find(text).is_empty()
}

/// Why values cannot take their places.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BindError {
    /// Not a region id.
    Region,
    /// Not an account id.
    AccountId,
    /// Not one segment without wildcards.
    Name,
    /// Not segments without wildcards.
    Path,
    /// Not a pattern.
    Wildcard,
    /// The template has no parameter of this name.
    UnknownParameter {
        /// The name.
        name: String,
        /// A parameter with a near name.
        near: Option<String>,
    },
    /// A parameter has two values.
    TwiceBound(String),
    /// A parameter has no value.
    Unbound(String),
    /// A place of the parameter is not in the template, or overlaps that of another.
    NoPlace(String),
    /// The value's type does not fit the place of the parameter.
    WrongType {
        /// The parameter.
        parameter: String,
        /// What its place takes.
        takes: &'static str,
    },
    /// The condition value is not what its operator compares.
    Value {
        /// The parameter.
        parameter: String,
        /// What is wrong.
        error: crate::terms::operand::OperandError,
    },
    /// The bound document has too many characters.
    TooLong {
        /// Its characters, minified.
        characters: usize,
        /// Most characters it may have.
        most: usize,
    },
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region => f.write_str(
                "a region id is lower-case letters, digits and `-`; use `Wildcard` if a pattern is meant",
            ),
            Self::AccountId => {
                f.write_str("an account id is digits; use `Wildcard` if a pattern is meant")
            }
            Self::Name => f.write_str(
                "a name is one segment: not empty, no `*`, `?`, `:`, `/`, no control character and no placeholder; use `Wildcard` if a pattern is meant",
            ),
            Self::Path => f.write_str(
                "a path is not empty and has no `*`, `?`, `:`, no control character and no placeholder; use `Wildcard` if a pattern is meant",
            ),
            Self::Wildcard => f.write_str(
                "a pattern is not empty and has no `:`, no control character and no placeholder",
            ),
            Self::UnknownParameter { name, near } => {
                write!(f, "the template has no parameter `{}`", Escaped(name))?;
                f.write_str(&suggest::did_you_mean(near.as_slice()))
            }
            Self::TwiceBound(name) => write!(f, "the parameter `{}` has two values", Escaped(name)),
            Self::Unbound(name) => write!(f, "the parameter `{name}` has no value"),
            Self::NoPlace(name) => {
                write!(f, "the parameter `{name}` has a place that overlaps another")
            }
            Self::WrongType { parameter, takes } => write!(f, "the parameter `{parameter}` takes {takes}"),
            Self::Value { parameter, error } => write!(f, "the value of `{parameter}` is {error}"),
            Self::TooLong { characters, most } => write!(
                f,
                "the bound policy has {characters} characters minified, a custom policy has at most {most}"
            ),
        }
    }
}

impl core::error::Error for BindError {}

impl<'a> Argument<'a> {
    const fn text(self) -> &'a str {
        match self {
            Self::Region(Region(text))
            | Self::AccountId(AccountId(text))
            | Self::Name(Name(text))
            | Self::Path(Path(text))
            | Self::Wildcard(Wildcard(text)) => text,
        }
    }

    /// What the place takes, if it does not take this.
    fn refused_by(self, position: Position, path: bool) -> Option<&'static str> {
        let slash = self.text().contains('/');
        match position {
            Position::Region => (!matches!(self, Self::Region(_) | Self::Wildcard(_)) || slash)
                .then_some("a `Region`"),
            Position::Account => (!matches!(self, Self::AccountId(_) | Self::Wildcard(_)) || slash)
                .then_some("an `AccountId`"),
            Position::RelativeId | Position::Value if path => None,
            Position::RelativeId | Position::Value => {
                slash.then_some("a `Name`, which is one segment")
            }
        }
    }
}

impl PolicyTemplate {
    /// Puts a template of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(
        text: &'static str,
        parameters: &'static [Parameter],
        blanks: &'static [Blank],
    ) -> Self {
        Self { text, parameters, blanks }
    }

    /// What a template that does not compile stands for.
    #[doc(hidden)]
    #[must_use]
    pub const fn refused() -> Self {
        Self { text: r#"{"Version":"1","Statement":[]}"#, parameters: &[], blanks: &[] }
    }

    /// The text with its parameters as they are printed.
    pub(super) const fn text(&self) -> &'static str {
        self.text
    }

    /// Its parameters.
    pub(super) const fn declared(&self) -> &'static [Parameter] {
        self.parameters
    }

    /// The places of its parameters.
    pub(super) const fn blanks(&self) -> &'static [Blank] {
        self.blanks
    }

    /// Its statements, for a template that includes it.
    #[doc(hidden)]
    #[must_use]
    pub const fn as_part(self) -> Part {
        Part::of_template(&self)
    }

    /// The text with its parameters as holes.
    pub(super) fn tree(&self) -> syntax::Policy<TextRange> {
        let mut policy = lower::tree(self.text);
        for blank in self.blanks {
            let Some(parameter) = self.parameters.get(usize::from(blank.parameter)) else {
                continue;
            };
            let statement = policy.statements.get_mut(usize::from(blank.statement));
            if let Some(text) = statement.and_then(|statement| text_in(statement, blank.slot)) {
                let range = blank.start as usize..blank.end as usize;
                let hole = hole::Hole { name: parameter.name.to_string(), at: text.at };
                text.holes.push(hole::TextHole { range, hole });
                order::sort_by(&mut text.holes, |left, right| {
                    left.range.start.cmp(&right.range.start)
                });
            }
        }
        policy
    }

    /// The names of the parameters, in the order they were declared.
    ///
    /// ```
    /// let template = ram_policy::policy! { <group> allow apigateway::* on "acs:apigateway:*:*:apigroup/{group}"; };
    /// assert!(template.parameters().eq(["group"]));
    /// ```
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|parameter| parameter.name)
    }

    /// The policy with values in the places of the parameters.
    ///
    /// A value cannot widen the policy: only a [`Wildcard`] may have `*` and `?`, none may have
    /// `:`, and `/` is refused where the template has one segment.
    ///
    /// # Errors
    ///
    /// A parameter without a value or with two, an unknown one, a value that does not fit, and a
    /// document that becomes too long.
    pub fn bind<'a>(
        &self,
        values: impl IntoIterator<Item = (&'a str, Argument<'a>)>,
    ) -> Result<Policy, BindError> {
        let mut bound: Vec<Option<Argument<'a>>> = self.parameters.iter().map(|_| None).collect();
        for (name, value) in values {
            let index = self.parameters.iter().position(|parameter| parameter.name == name);
            match index.and_then(|index| bound.get_mut(index)) {
                None => {
                    let near =
                        suggest::nearest(name, self.parameters()).first().map(ToString::to_string);
                    return Err(BindError::UnknownParameter { name: name.to_string(), near });
                }
                Some(Some(_)) => return Err(BindError::TwiceBound(name.to_string())),
                Some(free) => *free = Some(value),
            }
        }
        let mut document = lower::decode(self.text);
        // From right to left, so that a filled blank moves no other.
        let mut blanks: Vec<Blank> = self.blanks.to_vec();
        order::sort_by(&mut blanks, |left, right| right.start.cmp(&left.start));
        for blank in blanks {
            self.fill(&mut document, blank, &bound)?;
        }
        match PolicyKind::Identity.measure(document.characters()) {
            Ok(()) => Ok(Policy::from_document(document)),
            Err(TooLong { length: characters, most, .. }) => {
                Err(BindError::TooLong { characters, most })
            }
        }
    }

    fn fill(
        &self,
        document: &mut Document,
        blank: Blank,
        bound: &[Option<Argument<'_>>],
    ) -> Result<(), BindError> {
        let parameter = usize::from(blank.parameter);
        let Some(declared) = self.parameters.get(parameter) else {
            return Ok(());
        };
        let name = || declared.name.to_string();
        let Some(value) = bound.get(parameter).copied().flatten() else {
            return Err(BindError::Unbound(name()));
        };
        if let Some(takes) = value.refused_by(blank.position, declared.path) {
            return Err(BindError::WrongType { parameter: name(), takes });
        }
        let Some(statement) = document.statements.to_mut().get_mut(usize::from(blank.statement))
        else {
            return Ok(());
        };
        let replace = |text: &Text| -> Option<Text> {
            let before = text.get(..usize::try_from(blank.start).ok()?)?;
            let after = text.get(usize::try_from(blank.end).ok()?..)?;
            Some(Cow::Owned([before, value.text(), after].concat()))
        };
        // The macro writes no blank that is not there or overlaps another.
        let no_place = || BindError::NoPlace(name());
        for element in statement.elements.to_mut() {
            match (element, blank.slot) {
                (Element::Resource(resources), Slot::Resource { item }) => {
                    if let Some(resource) = resources.items.to_mut().get_mut(usize::from(item)) {
                        let text = replace(&resource.text).ok_or_else(no_place)?;
                        *resource = ResourcePattern::new(text);
                    }
                }
                (Element::Condition(conditions), Slot::Value { condition, key, item }) => {
                    let Some(condition) = conditions.to_mut().get_mut(usize::from(condition))
                    else {
                        continue;
                    };
                    let operator = condition.operator;
                    let literal = match operator {
                        ConditionOperator::Known(operator) => matches!(
                            operator.comparison(),
                            Comparison::Text(
                                TextComparison::Equal | TextComparison::EqualIgnoreCase
                            )
                        ),
                        ConditionOperator::OfSet(..) => true,
                    };
                    if literal && matches!(value, Argument::Wildcard(_)) {
                        let takes = "no pattern, its operator compares literally";
                        return Err(BindError::WrongType { parameter: name(), takes });
                    }
                    let Some(key) = condition.keys.to_mut().get_mut(usize::from(key)) else {
                        continue;
                    };
                    if let Some(operand) = key.values.items.to_mut().get_mut(usize::from(item)) {
                        let text = replace(&operand.text).ok_or_else(no_place)?;
                        *operand = match operator {
                            ConditionOperator::Known(operator) => Operand::read(operator, text)
                                .map_err(|error| BindError::Value { parameter: name(), error })?,
                            ConditionOperator::OfSet(..) => {
                                Operand { text, meaning: Meaning::Text }
                            }
                        };
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The documentation form on one line without blanks.
    ///
    /// ```
    /// let template = ram_policy::policy! { <group> allow apigateway::* on "acs:apigateway:*:*:apigroup/{group}"; };
    /// assert!(template.to_json().contains(r#""acs:apigateway:*:*:apigroup/$group""#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        self.text.to_string()
    }

    /// The documentation form with 2 spaces a level; no line feed at the end.
    ///
    /// ```
    /// let template = ram_policy::policy! { <group> allow apigateway::* on "acs:apigateway:*:*:apigroup/{group}"; };
    /// assert!(template.to_json_pretty().starts_with("{\n  \"Version\""));
    /// ```
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.to_json_with_indent(2)
    }

    /// The documentation form with that many spaces a level; no line feed at the end.
    ///
    /// ```
    /// let template = ram_policy::policy! { <group> allow apigateway::* on "acs:apigateway:*:*:apigroup/{group}"; };
    /// assert!(template.to_json_with_indent(4).starts_with("{\n    \"Version\""));
    /// ```
    #[must_use]
    pub fn to_json_with_indent(&self, spaces: usize) -> String {
        document::write(&lower::decode(self.text), Indent::Spaces(spaces))
    }
}

/// The documentation form, indented.
impl fmt::Display for PolicyTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json_pretty())
    }
}

impl PartialEq for PolicyTemplate {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            && self.parameters == other.parameters
            && self.blanks == other.blanks
    }
}

impl fmt::Debug for PolicyTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PolicyTemplate").field(&self.to_json()).finish()
    }
}
