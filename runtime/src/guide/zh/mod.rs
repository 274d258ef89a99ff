//! 中文：README、教程和检查结果的译文，以英文原文为准。
//!
//! The pages say when they are behind; `tests/it/house/translations.rs` compares them with their sources.

macro_rules! pages {
    ($($page:ident from $source:literal)*) => {
        $(
            #[doc = concat!("[source]: ", $source)]
            #[doc = include_str!("links.md")]
            #[doc = include_str!("../check.link")]
            #[doc = include_str!(concat!(stringify!($page), ".md"))]
            pub mod $page {}
        )*
    };
}

pages! {
    readme from "crate"
    tutorial from "crate::guide::tutorial"
    findings from "crate::guide::findings"
}
