//! A short tour: declare a policy, print it, ask it, and fill in a template.

use std::error::Error;

use ram_policy::key::ecs;
use ram_policy::template::{AccountId, Name, Region};
use ram_policy::{Ecs, Policy, PolicyTemplate, Request, policy};

/// Operators see every instance, and stop those of the test environment.
const OPERATOR: Policy = policy! {
    allow ecs::DescribeInstances on *;
    allow ecs::StopInstance on "acs:ecs:*:*:instance/*" when ecs::tag["env"] == "test";
};

/// The owner of one API group, wherever it is.
const GROUP_OWNER: PolicyTemplate = policy! {
    <region, account, group>
    allow apigateway::* on "acs:apigateway:{region}:{account}:apigroup/{group}";
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("The policy, checked when this program was built:\n{OPERATOR}\n");

    let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    let test = Request::new(Ecs::StopInstance, instance)?.with(ecs::tag.of("env"), "test");
    println!("{test}, tagged env=test: {}", OPERATOR.evaluate(&test));
    let production = Request::new(Ecs::StopInstance, instance)?.with(ecs::tag.of("env"), "prod");
    println!("{production}, tagged env=prod: {}\n", OPERATOR.evaluate(&production));

    println!("A template, as a document would print it:\n{}", GROUP_OWNER.to_json());
    let owner = GROUP_OWNER.bind([
        ("region", Region::new("cn-hangzhou")?.into()),
        ("account", AccountId::new("1234567890123456")?.into()),
        ("group", Name::new("cbd157704e624ab58a204fd3e0b5ad79")?.into()),
    ])?;
    println!("With its values:\n{}", owner.to_json());
    if let Err(error) = Name::new("*") {
        println!("A value cannot widen it: {error}");
    }
    Ok(())
}
