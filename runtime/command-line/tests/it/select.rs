//! `--select`: one policy of a file that has several; the others do not matter.

use std::fs;

use crate::run::run;

const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Good:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyDocument: {Version: '1', Statement: [{Effect: Allow, Action: 'ecs:StopInstance', Resource: '*'}]}
  Refused:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: [{Effect: Allow, Action: 'oss:GetObject', Resource: '*'}]}
  Later:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyDocument: !Ref Document
";

#[test]
fn every_subcommand_about_a_policy_takes_one_of_several() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.yaml");
    fs::write(&path, TEMPLATE).unwrap();
    let file = path.to_str().unwrap();
    for (arguments, code) in [
        (&["check", file][..], 0),
        (&["convert", file, "--to", "json"], 0),
        (&["describe", file], 0),
        (&["eval", "--policy", file, "--action", "ecs:StopInstance"], 0),
        (&["diff", file, file], 0),
        (&["prove", file, "--within", file, "--select-other", "Good"], 0),
        (&["split", file], 0),
        (&["shrink", file], 0),
        (&["audit", "--policy", file, "needed.jsonl"], 0),
        (&["unused", file, "needed.jsonl"], 0),
        (&["coverage", file, "needed.jsonl"], 0),
        (&["least", "needed.jsonl", "--within", file], 1),
    ] {
        let selected: Vec<&str> = arguments.iter().copied().chain(["--select", "Good"]).collect();
        let ran = run(&selected);
        assert_eq!(ran.code, Some(code), "{selected:?}: {ran:?}");
        assert!(!ran.err.contains("Version"), "{selected:?}: {ran:?}");
        let nobody: Vec<&str> = arguments.iter().copied().chain(["--select", "Nobody"]).collect();
        let ran = run(&nobody);
        assert_eq!(ran.code, Some(2), "{nobody:?}: {ran:?}");
    }
    // Without it, the mistakes of all count.
    let ran = run(["convert", file, "--to", "ros"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
}
