use ram_policy::{PolicyTemplate, policy};

/// Does one thing to web servers.
const ONE: PolicyTemplate = policy! {
    <action>
    allow "ecs:{action}" on "acs:ecs:*:*:instance/{action}";
};

fn main() {
    println!("{ONE:?}");
}
