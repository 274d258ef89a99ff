use ram_policy::{Policy, policy_file};

const HIDDEN: Policy = policy_file!(
    #![allow(hidden_character)]
    "ui/files/file-with-hidden-characters.json"
);

fn main() {
    println!("{HIDDEN:?}");
}
