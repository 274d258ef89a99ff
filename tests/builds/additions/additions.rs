//! The macros in a package with a `ram-catalogue.json`.

use std::error::Error;

use ram_policy::{
    Additions, Decision, Policy, Request, RequestAction, ServiceLinkedRole, TrustPolicy, policy,
    policy_file, service_linked_role, trust_policy,
};

const TYPED: Policy = policy! {
    allow ecs::LevitateInstance on "acs:ecs:*:*:instance/*" when acs::SourceHost == "a";
    allow ecs::Levitate*, zeppelin::Ascend on *;
    allow ecs::StopInstance on "acs:ecs:*:*:vm/*";
};

const PASTED: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:LevitateInstance",
      "Resource": "acs:ecs:*:*:instance/*"
    }
  ]
};

const FILE: Policy = policy_file!("files/levitate.json");

const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com" when acs::SourceHost == "a";
};

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForLevitation,
    policy: AliyunServiceRolePolicyForLevitation,
    service: "levitation.aliyuncs.com",
    permissions: {
        allow ecs::LevitateInstance on *;
    },
};

#[test]
fn added_actions_are_decided_by_name() -> Result<(), Box<dyn Error>> {
    let additions = Additions::from_json(include_str!("ram-catalogue.json"))?;
    let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    for (action, policy, expected) in [
        ("ecs:LevitateInstance", &TYPED, Decision::Allow { statement: 1 }),
        ("ecs:levitateinstance", &PASTED, Decision::Allow { statement: 0 }),
        ("zeppelin:Ascend", &TYPED, Decision::Allow { statement: 1 }),
        ("zeppelin:Ascend", &PASTED, Decision::ImplicitDeny),
        ("ecs:StopInstance", &TYPED, Decision::ImplicitDeny),
    ] {
        let action = RequestAction::with_additions(action, &additions)?;
        let request = Request::new(action, instance)?;
        assert_eq!(policy.evaluate(&request), expected, "{request}");
        // The tables of a policy that is read decide as the code of the macro does.
        let read = Policy::from_json_lenient(policy.to_json())?.policy;
        assert_eq!(read.evaluate(&request), expected, "{request}, read");
    }
    Ok(())
}

#[test]
fn every_macro_knows_the_additions() {
    assert_eq!(PASTED, FILE);
    assert!(TRUST.to_json().contains("acs:SourceHost"));
    assert!(ROLE.permissions().to_json().contains("ecs:LevitateInstance"));
}

#[test]
fn the_file_is_an_input_of_the_build() -> Result<(), Box<dyn Error>> {
    // Beside a test, Cargo keeps the list of what it was made from.
    let inputs = std::fs::read_to_string(std::env::current_exe()?.with_extension("d"))?;
    let tracked = inputs.split_whitespace().any(|input| input.ends_with("/ram-catalogue.json"));
    assert!(tracked, "{inputs}");
    Ok(())
}
