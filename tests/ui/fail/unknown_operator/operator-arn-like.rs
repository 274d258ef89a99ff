use ram_policy::{Policy, policy};

/// Stops web servers as an operator.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::PrincipalARN ArnLike "acs:ram::*:role/operator";
};

fn main() {
    println!("{STOP}");
}
