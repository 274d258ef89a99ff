//! Counts instructions, which other than seconds are the same every time. `run.sh` beside this file
//! runs `instructions work` under callgrind, then `instructions compare`.
//!
//! Every row of `rows` is one call of `measured`; callgrind counts inside of it alone and writes one
//! file a call.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    deprecated,
    reason = "code that only measures stops at the first surprise, and its policies are wide"
)]

/// The requests and policies of the benchmarks are read under the name they have there.
extern crate self as ram_policy_benchmarks;

/// Asked by `expand` whether there is a compiler; here there is none.
extern crate proc_macro;

#[path = "../benchmarks/asked.rs"]
#[allow(dead_code, reason = "the benchmarks ask for more")]
pub mod asked;
#[path = "../benchmarks/benches/case.rs"]
mod case;
#[path = "../../macros/src/code.rs"]
mod code;
mod compare;
#[path = "../../macros/src/expand.rs"]
#[allow(dead_code, reason = "policies alone are expanded")]
mod expand;
mod expansion;
#[path = "../benchmarks/fleet.rs"]
#[allow(unreachable_pub, reason = "the benchmarks are another crate")]
mod fleet;
#[path = "../benchmarks/benches/golden.rs"]
mod golden;
mod rows;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["work"] => {
            for mut row in rows::all() {
                // What is done once, as filling a cache, does not count.
                (row.work)();
                measured(&mut *row.work);
                println!("{}", row.name);
            }
            ExitCode::SUCCESS
        }
        ["compare", compiler, names, dumps, counts] => {
            compare::compare(compiler, names, dumps, counts, false)
        }
        ["renew", compiler, names, dumps, counts] => {
            compare::compare(compiler, names, dumps, counts, true)
        }
        _ => {
            eprintln!("use run.sh");
            ExitCode::from(2)
        }
    }
}

/// What callgrind counts.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
}
