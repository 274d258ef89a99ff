//! Translated pages beside their sources: each names the text that it translates by a hash. One whose
//! source has changed since says so, until it is translated again.
//!
//! `WRITE_TRANSLATIONS=1 cargo test -p ram-policy-tests --test it translations` marks those that are
//! behind; `WRITE_TRANSLATIONS=translated` writes the hashes of today, for a translator who is done.

#![allow(clippy::expect_used, reason = "a failed test")]

use std::fs;

use ram_policy_fuzzed::seeds::root;

/// The pages of the folder `runtime/src/guide/zh`.
const PAGES: [&str; 3] = ["readme", "tutorial", "findings"];

const BEHIND: &str = "> **原文在翻译之后有改动，本页尚未更新。**\n";

/// A translation, and what its head says.
struct Translation {
    text: String,
    source: String,
    hash: String,
}

fn path(page: &str) -> std::path::PathBuf {
    root().join("runtime/src/guide/zh").join(format!("{page}.md"))
}

fn translation(page: &str) -> Translation {
    let text = fs::read_to_string(path(page)).expect("a page");
    let head = text.lines().find_map(|line| line.strip_prefix("<!-- Translation of "));
    let head = head.expect("what it translates");
    let (source, rest) = head.split_once(", of the text with the hash ").expect("a hash");
    let hash = rest.trim_end_matches(". -->").to_owned();
    let source = source.to_owned();
    Translation { text, source, hash }
}

/// FNV-1a in 16 digits.
fn hash(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

/// The blocks of code.
fn code(text: &str) -> Vec<&str> {
    text.split("\n```").skip(1).step_by(2).collect()
}

#[test]
fn a_translation_that_is_behind_says_so() {
    let writes = std::env::var("WRITE_TRANSLATIONS").ok();
    for page in PAGES {
        let Translation { text, source, hash: translated } = translation(page);
        let of_today = hash(&fs::read_to_string(root().join(&source)).expect("the source"));
        let mut expected = text.replace(BEHIND, "");
        if writes.as_deref() == Some("translated") {
            expected = expected.replace(&translated, &of_today);
        } else if translated != of_today {
            expected = expected.replacen("\n> 译文", &format!("\n{BEHIND}> 译文"), 1);
        }
        if writes.is_some() {
            fs::write(path(page), expected).expect("it can be written");
        } else {
            let is_right = text == expected;
            assert!(
                is_right,
                "{source} has changed: WRITE_TRANSLATIONS=1 marks zh/{page}.md as behind"
            );
        }
    }
}

/// Code is not translated, so that what is tested of the source is true of the translation.
#[test]
fn translations_have_the_code_of_their_sources() {
    for page in PAGES {
        let Translation { text, source, .. } = translation(page);
        if text.contains(BEHIND) {
            continue;
        }
        let source = fs::read_to_string(root().join(source)).expect("the source");
        assert!(!code(&source).is_empty());
        assert_eq!(code(&text), code(&source), "{page}");
    }
}
