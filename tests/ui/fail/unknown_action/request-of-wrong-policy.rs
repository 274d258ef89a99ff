use ram_policy::request_for;

request_for! {
    pub const STOP;
    pub struct Stopping;

    allow ecs::StopInstanc on * when acs::MFAPresent == true;
}

fn main() {
    println!("{STOP}");
}
