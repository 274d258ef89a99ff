use ram_policy::{PolicyTemplate, policy};

const USERS: PolicyTemplate = policy! {
    <a = "Alibaba Cloud account ID", b = "Cloud account">
    allow ecs::StopInstance on "acs:ecs:*:Alibaba Cloud account ID:instance/x-Cloud account";
};

fn main() {
    println!("{USERS:?}");
}
