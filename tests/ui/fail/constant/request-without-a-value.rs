use std::net::IpAddr;

use ram_policy::request_for;

request_for! {
    /// Stops servers from the office.
    pub const STOP;
    pub struct Stopping;

    allow ecs::StopInstance on * when acs::SourceIp in "203.0.113.0/24" and ecs::tag["owner"] == "web";
}

fn asked(address: IpAddr) -> Stopping<'static> {
    Stopping { source_ip: Some(address) }
}

fn main() {
    println!("{STOP} {:?}", asked([203, 0, 113, 1].into()));
}
