//! The families of condition values, and the types of condition keys.

/// What an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Text.
    String,
    /// Decimal numbers.
    Number,
    /// Instants.
    Date,
    /// `true` and `false`.
    Boolean,
    /// IP addresses and blocks.
    Ip,
}

/// What is true of every value of a family.
#[derive(Debug)]
pub struct FamilyRules {
    /// What one of its values is, for messages.
    pub value: &'static str,
    /// Its operators, for messages.
    pub operators: &'static str,
    /// How the typed form writes them, for messages.
    pub signs: &'static str,
    /// A value that a request may have.
    pub example: &'static str,
    /// Values of policies whose parts fill what is left of one; none where every text is a value.
    pub samples: &'static [&'static str],
    /// Values that every value of a request meets one of, where there are some.
    pub all: Option<&'static [&'static str]>,
}

impl Family {
    /// What is true of every value of the family.
    #[must_use]
    pub const fn rules(self) -> &'static FamilyRules {
        match self {
            Self::String => &FamilyRules {
                value: "a string",
                operators: "`StringEquals`, `StringLike` and the like",
                signs: "`==`, `!=`, `like` or `not like` with a text in double quotes",
                example: "x",
                samples: &[],
                all: None,
            },
            Self::Number => &FamilyRules {
                value: "a number",
                operators: "`NumericEquals`, `NumericLessThan` and the like",
                signs: "`==`, `<` and the like with a number that has no quotes",
                example: "0",
                samples: &["-1.5", "-0.0"],
                all: None,
            },
            Self::Date => &FamilyRules {
                value: "a date",
                operators: "`DateLessThan`, `DateGreaterThan` and the like",
                signs: "`<`, `<=`, `>` or `>=`",
                example: "2026-01-01T00:00:00Z",
                // Nothing that is bound has a `:`.
                samples: &[
                    "2000-01-01T00:00:00Z",
                    "2000-10-10T10:10:10.5+10:00",
                    "1996-02-29T23:59:59.25-08:00",
                    "2026-12-31T19:30:00Z",
                ],
                all: None,
            },
            Self::Boolean => &FamilyRules {
                value: "a Boolean",
                operators: "`Bool`",
                signs: "`== true` or `== false`",
                example: "true",
                samples: &["true", "false"],
                all: Some(&["true", "false"]),
            },
            Self::Ip => &FamilyRules {
                value: "an IP address",
                operators: "`IpAddress` or `NotIpAddress`",
                signs: "`in` or `not in`",
                example: "192.0.2.1",
                samples: &["1.1.1.1/8", "100.200.100.200/24", "2001:db8::1/32", "0.0.0.0/0"],
                all: Some(&["0.0.0.0/0", "::/0"]),
            },
        }
    }
}

/// Type of a condition key's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// Text.
    String,
    /// A decimal number.
    Number,
    /// An RFC 3339 date and time.
    Date,
    /// `true` or `false`.
    Boolean,
    /// An IP address.
    Ip,
    /// The documents do not print a type.
    Unknown,
}

impl KeyType {
    /// Every type with its name, as `ram-catalogue.json` and the data of the catalogue spell it.
    #[doc(hidden)]
    pub const ALL: [(&'static str, Self); 6] = [
        ("String", Self::String),
        ("Number", Self::Number),
        ("Date", Self::Date),
        ("Boolean", Self::Boolean),
        ("Ip", Self::Ip),
        ("Unknown", Self::Unknown),
    ];

    /// The name of the type.
    #[doc(hidden)]
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }

    /// The type in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.family() {
            Some(family) => family.rules().value,
            None => "a value of unknown type",
        }
    }

    /// The family of the values; `None` where the type is not known.
    #[doc(hidden)]
    #[must_use]
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::String => Some(Family::String),
            Self::Number => Some(Family::Number),
            Self::Date => Some(Family::Date),
            Self::Boolean => Some(Family::Boolean),
            Self::Ip => Some(Family::Ip),
            Self::Unknown => None,
        }
    }
}
