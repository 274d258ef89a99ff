//! Writes the seeds of every target to `tests/fuzz/corpus`, where cargo-fuzz begins.

use std::{fs, io};

use ram_policy_fuzzed::{TARGETS, seeds};

fn main() -> io::Result<()> {
    for target in TARGETS {
        let folder = seeds::root().join("tests/fuzz/corpus").join(target.name);
        fs::create_dir_all(&folder)?;
        for (number, seed) in seeds::of(target.name).iter().enumerate() {
            fs::write(folder.join(format!("seed-{number:03}")), seed)?;
        }
    }
    Ok(())
}
