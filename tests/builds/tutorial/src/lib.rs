//! What the tutorial writes; a test compares the two.

use ram_policy::{Policy, policy};

/// Operators look at all instances, and start and stop those of the test environment.
pub const OPERATORS: Policy = policy! {
    allow ecs::DescribeInstances on *;
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
        when ecs::tag["env"] == "test";

    never ram::*, ecs::Delete*;
    within guardrail::no_privilege_escalation;
};

#[cfg(test)]
mod tests {
    use ram_policy::key::ecs;
    use ram_policy::{Decision, Ecs, Request, RequestError};

    use super::OPERATORS;

    ram_policy::export_to!("exported", super::OPERATORS);

    #[test]
    fn operators_stop_test_instances_only() -> Result<(), RequestError> {
        let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
        let test = Request::new(Ecs::StopInstance, instance)?.with(ecs::tag.of("env"), "test");
        assert_eq!(OPERATORS.evaluate(&test), Decision::Allow { statement: 1 });

        let production =
            Request::new(Ecs::StopInstance, instance)?.with(ecs::tag.of("env"), "prod");
        assert_eq!(OPERATORS.evaluate(&production), Decision::ImplicitDeny);
        println!("{}", OPERATORS.explain(&production));
        Ok(())
    }
}
