//! The guide: from a first policy to the reasons behind the design.
//!
//! | page | for whom |
//! | --- | --- |
//! | [`tutorial`] | who has ten minutes: from an empty file to a check in CI |
//! | [`cookbook`] | who has a task: one task, one answer |
//! | [`library`] | who writes Rust: everything the crate does, by example |
//! | [`language`] | who writes `policy!`: the grammar |
//! | [`command_line`] | who writes JSON, Terraform or ROS templates |
//! | [`decisions`] | who wants to know how RAM decides |
//! | [`resources`] | who has the policy of a bucket, a key, an endpoint, a project or an instance |
//! | [`findings`] | who got a finding |
//! | [`forms`] | who keeps policies elsewhere: what is read, and what becomes a hole |
//! | [`account`] | who asks who can do what in an account |
//! | [`logs`] | who has a log: replay it, make the least policy for it, find what is never used |
//! | [`proofs`] | who wants an answer about every request |
//! | [`catalogue`] | who asks how sure the names are, or misses one |
//! | [`guardrails`] | who answers for the policies of others: rules that every policy keeps |
//! | [`performance`] | who decides often |
//! | [`design`] | who asks why |
//! | [`comparison`] | who chooses a tool |
//! | [`glossary`] | who met a word |
//! | [`zh`] | 中文：README、教程、检查结果 |

/// Modules without items, each documented by the page of its name.
macro_rules! pages {
    ($($page:ident)*) => {
        $(
            // The first definition of a link counts: here pages lead to modules, and in the files,
            // read as files, to files.
            #[doc = include_str!("links.md")]
            #[doc = include_str!(concat!(stringify!($page), ".md"))]
            pub mod $page {}
        )*
    };
}

pub mod zh;

pages! {
    tutorial
    cookbook
    library
    language
    command_line
    decisions
    resources
    findings
    forms
    account
    logs
    proofs
    catalogue
    guardrails
    performance
    design
    comparison
    glossary
}
