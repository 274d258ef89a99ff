use ram_policy::{PolicyTemplate, policy};

/// Reads one folder.
const FOLDER: PolicyTemplate = policy! {
    <folder: string>
    allow oss::GetObject on "acs:oss:*:*:reports/{folder}/*";
};

fn main() {
    println!("{FOLDER:?}");
}
