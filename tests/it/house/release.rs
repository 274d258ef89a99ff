//! What the workflows and the manifests both name.

#![allow(clippy::expect_used, reason = "a failed test")]

use std::fs;

use ram_policy_fuzzed::seeds::root;

fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect(name)
}

#[test]
fn workflows_name_what_the_manifests_name() {
    let manifest = file("Cargo.toml");
    let oldest = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \""));
    let oldest = oldest.expect("a version").trim_end_matches('"');
    let ci = file(".github/workflows/ci.yml");
    assert!(ci.contains(&format!("toolchain install {oldest} ")), "the oldest Rust is {oldest}");
    assert!(ci.contains("- run: .ci/run\n"));

    let release = file(".github/workflows/release.yml");
    assert!(release.contains("- run: .ci/run\n"));
    // What `cargo binstall` asks for is what is attached.
    assert!(release.contains("NAME: ram-policy-${{ matrix.target }}\n"));
    assert!(release.contains(r#"gh release upload "$GITHUB_REF_NAME" "$NAME.tar.gz""#));
    let command_line = file("runtime/command-line/Cargo.toml");
    for line in [
        r#"pkg-url = "{ repo }/releases/download/v{ version }/ram-policy-{ target }.tar.gz""#,
        r#"bin-dir = "ram-policy-{ target }/{ bin }{ binary-ext }""#,
    ] {
        assert!(command_line.contains(line), "{line}");
    }
}
