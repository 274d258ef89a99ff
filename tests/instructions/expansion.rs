//! The macro outside a compiler: tokens are read, checked and written out as `policy!` does.

use std::hint::black_box;

use proc_macro2::TokenStream;
use ram_policy_model::catalogue::AccessLevel;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::catalogue::choice::Choice;
use ram_policy_model::policy::reader::{Extent, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::{input, policy};

use crate::expand;
use crate::rows::{self, Row};

const TYPED: &str = r#"
    allow ecs::{RunInstances, Describe*}, vpc::DescribeVpcs on "acs:ecs:*:*:*"
        when acs::SourceIp not in ["10.0.0.0/8"] and acs::MFAPresent == true;
    deny * except ecs::Describe* on * when acs::SecureTransport == false;
    allow ram::DeleteServiceLinkedRole on *
        when ram::ServiceName == "connectuservpc.apigateway.aliyuncs.com";
"#;

const SELECTED: &str = "allow every read of ecs on *;";

/// What a selection writes, written by hand.
fn named() -> String {
    let additions = Additions::new();
    let read = Choice {
        levels: AccessLevel::of_word("read").unwrap_or(&[]),
        service: Some("ecs"),
        resource: None,
        inferred: false,
    };
    let chosen = read.actions(&additions).expect("ECS has actions that read");
    let names: Vec<String> = chosen.names().map(|name| name.replace(':', "::")).collect();
    format!("allow {} on *;", names.join(", "))
}

/// One row for the typed form, one for a selection and one for its names, and one for each official document that has no placeholder.
pub(crate) fn rows() -> Vec<Row> {
    let typed = [
        ("typed form", TYPED.to_owned()),
        ("a selection", SELECTED.to_owned()),
        ("its names", named()),
    ];
    let typed = typed.map(|(name, text)| (name.to_owned(), text));
    let pasted = rows::documents().into_iter().filter(|(_, text)| !text.contains(['$', '<']));
    typed.into_iter().chain(pasted).filter_map(|(name, text)| row(&name, &text)).collect()
}

/// `None` for what is no policy of one caller, as the trust policies of roles.
fn row(name: &str, text: &str) -> Option<Row> {
    let text = text.trim();
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let tokens: TokenStream = format!("ram_policy {inner}").parse().expect("tokens");
    expanded(tokens.clone())?;
    let work = move || {
        black_box(expanded(black_box(&tokens).clone()));
    };
    Some(Row { name: format!("macro: {name}"), work: Box::new(work) })
}

fn expanded(tokens: TokenStream) -> Option<TokenStream> {
    let (path, mut tokens) = input::split(tokens)?;
    let mut report = Report::default();
    let header = input::header(&mut tokens, &mut report);
    let policy::Read { policy, .. } = policy::read(&mut tokens, &header, &mut report)?;
    let additions = Additions::new();
    let reader = Reader::new(PolicyKind::Identity, &header.levels, &additions);
    let lowered = reader.taking(Extent::Part).tree(&policy, report).lowered?;
    Some(expand::policy(&path, &lowered))
}
