use ram_policy::{PolicyTemplate, policy};

const ADDRESS: PolicyTemplate = policy! {
    <x, y>
    allow ecs::StopInstance on * when acs::SourceIp in "10.{x}.{y}.0";
};

fn main() {
    println!("{ADDRESS:?}");
}
