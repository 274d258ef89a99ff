use ram_policy::request_for;

request_for! {
    pub const STOP;
    pub struct Stopping;

    <account>
    allow ecs::StopInstance on "acs:ecs:*:{account}:instance/*" when acs::MFAPresent == true;
}

fn main() {
    println!("{STOP}");
}
