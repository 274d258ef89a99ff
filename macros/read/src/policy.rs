//! A policy in either form.

use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;

use crate::claim::{self, OF_TEMPLATE};
use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::{json, typed};

pub use crate::claim::Read;

/// Reads a policy in either form; `None` when there is none.
#[must_use]
pub fn read(tokens: &mut Tokens, header: &Header, report: &mut Report<Place>) -> Option<Read> {
    if tokens.is_empty() {
        report.add(tokens.place(), Rule::MissingElement, "there is no policy here");
        return None;
    }
    let claims = claim::before_document(tokens, header, self::read, report);
    let mut beside = typed::Beside { claims, includes: Vec::new() };
    let mut policy = if json::is_json(tokens) {
        json::read(tokens, report)
    } else {
        typed::read(tokens, header, &mut beside, self::read, report)
    };
    policy.unlisted.extend(header.unlisted.iter().cloned());
    policy.parameters =
        header.parameters.iter().map(|declared| declared.parameter.clone()).collect();
    let typed::Beside { mut claims, includes } = beside;
    if header.is_template {
        claim::refuse(&claims, OF_TEMPLATE, report);
        claims.clear();
    }
    Some(Read { policy, claims, includes })
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a panic fails the test")]
mod tests {
    use proc_macro2::{Span, TokenStream, TokenTree};
    use ram_policy_model::report::diagnostic::Report;

    use super::read;
    use crate::input;
    use crate::next::Next;
    use crate::place::Place;
    use crate::tokens::Tokens;
    use crate::word::Word;

    /// A policy with the word in it.
    fn example(word: Word) -> &'static str {
        match word {
            Word::Allow | Word::On => "allow ecs::StopInstance on *;",
            Word::Deny => "deny ecs::StopInstance on *;",
            Word::Do => "allow on * do ecs::StopInstance;",
            Word::By | Word::Service => "allow sts::AssumeRole by service \"ecs.aliyuncs.com\";",
            Word::Ram => "allow sts::AssumeRole by ram \"acs:ram::1:root\";",
            Word::Federated => {
                "allow sts::AssumeRole by federated \"acs:ram::1:saml-provider/okta\";"
            }
            Word::When | Word::And | Word::In => {
                "allow ecs::* on * when acs::MFAPresent == true and acs::SourceIp in \"10.0.0.1\";"
            }
            Word::Not | Word::Like => "allow oss::* on * when oss::Prefix not like \"a*\";",
            Word::Version => "allow ecs::StopInstance on *; version \"1\";",
            Word::Statements | Word::Only => "allow ecs::StopInstance on *; statements only;",
            Word::Except => "deny * except ram::* on *;",
            Word::Unlisted => "allow unlisted ecs::BrandNew on *;",
            Word::Include => "include \"a.json\"; allow ecs::* on *; include crate::policies::A;",
            Word::Every | Word::Read | Word::Of | Word::Even | Word::Inferred | Word::As => {
                "allow every read of mse even inferred as patterns on *;"
            }
            Word::Patterns => "allow every get of ecs as patterns on *;",
            Word::Action | Word::Taking => "allow every action taking vpc::VPC on *;",
            Word::List | Word::Get | Word::Or => "allow every list or get of ecs on *;",
            Word::Create | Word::Update | Word::Delete | Word::Write | Word::Pinned => {
                "deny every create or update or delete or write of ecs pinned \"\" on *;"
            }
            Word::Allows | Word::With => {
                "allow ecs::* on *; allows ecs::StopInstance on * with { ecs::tag[\"a\"]: \"b\" };"
            }
            Word::Denies => "allow ecs::* on *; denies oss::GetObject on *;",
            Word::Never => "allow ecs::* on *; never oss::*;",
            Word::Within => "allow ecs::* on *; within { allow ecs::* on *; };",
        }
    }

    /// Whether a policy is read without a mistake.
    fn is_read(text: &str) -> bool {
        let stream: TokenStream = text.parse().expect("tokens");
        let mut tokens = Tokens::new(stream, Place::at(Span::call_site()));
        let mut report = Report::default();
        let header = input::header(&mut tokens, &mut report);
        read(&mut tokens, &header, &mut report).is_some() && report.is_empty()
    }

    #[test]
    fn every_example_of_what_comes_next_is_read_somewhere() {
        for next in Next::ALL {
            let around = [
                ("", ""),
                ("allow ecs::StopInstance ", ""),
                ("allow ecs::StopInstance on * ", ""),
                ("allows ecs::StopInstance on * ", ""),
                ("allow ", " on *"),
                ("allow ecs::StopInstance on * when ", ""),
                ("allow ecs::StopInstance on * when ", " == \"zhangsan\""),
                ("allow ecs::StopInstance on * when acs::SourceIp in ", ""),
            ];
            let example = next.example();
            let is_somewhere =
                around.iter().any(|(before, after)| is_read(&format!("{before}{example}{after}")));
            assert!(is_somewhere, "{next:?}: {example}");
        }
    }

    #[test]
    fn every_word_is_read() {
        for word in Word::ALL {
            let stream: TokenStream = example(word).parse().expect("tokens");
            let is_in = stream
                .clone()
                .into_iter()
                .any(|token| matches!(token, TokenTree::Ident(ident) if ident == word.text()));
            assert!(is_in, "{word:?}");
            let mut report = Report::default();
            let mut tokens = Tokens::new(stream, Place::at(Span::call_site()));
            let header = input::header(&mut tokens, &mut report);
            let found = read(&mut tokens, &header, &mut report);
            assert!(found.is_some_and(|found| !found.policy.broken), "{word:?}");
            assert!(report.is_empty(), "{word:?}: {report:?}");
            assert_eq!(Word::of(word.text()), Some(word));
        }
    }
}
