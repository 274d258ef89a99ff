//! How times grow: of decisions with the policies of a set and with the statements of a policy, of
//! reading an action's name with the actions of its service, of proofs with the statements.
//! `cargo bench -p ram-policy-benchmarks --bench growth` measures all and writes numbers and drawings
//! into `growth/`; the cost of `policy!` by their number is measured by `compile-time.sh`, which this
//! calls. `-- --draw` only draws what was measured before; `-- accounts` measures this one alone.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

mod case;
#[path = "growth/curve.rs"]
mod curve;
#[path = "growth/draw.rs"]
mod draw;
#[path = "account/made.rs"]
mod made;
#[path = "growth/measured.rs"]
mod measured;
#[path = "account/pmapper.rs"]
mod pmapper;
mod wide;

use std::process::Command;

use curve::{Curves, Plot};
use ram_policy_benchmarks::measure;

/// A plot with what measures it, `None` for what `compile-time.sh` measures.
type Growth = (Plot, Option<fn() -> Curves>);

const PLOTS: [Growth; 6] = [
    (
        Plot {
            name: "policies",
            title: "One decision by many policies",
            across: "policies, of 10 statements each",
            up: "time of a decision over that of PolicySet with the fewest policies",
        },
        Some(measured::policies),
    ),
    (
        Plot {
            name: "statements",
            title: "One decision by one policy",
            across: "statements",
            up: "time of a decision over that of ram-policy, read from JSON, with the fewest statements",
        },
        Some(measured::statements),
    ),
    (
        Plot {
            name: "actions",
            title: "Reading the name of an action, all services on",
            across: "actions of the service",
            up: "time over that of HashMap::get on the same names, in a map of all names",
        },
        Some(measured::actions),
    ),
    (
        Plot {
            name: "proofs",
            title: "Proof that a policy allows only what another allows",
            across: "statements of each of the two policies",
            up: "time over that of ram-policy, which answers yes, with the fewest statements",
        },
        Some(measured::proofs),
    ),
    (
        Plot {
            name: "accounts",
            title: "Questions about an account",
            across: "principals, with twice as many policies",
            up: "time over that of who-can with the fewest principals",
        },
        Some(measured::accounts),
    ),
    (
        Plot {
            name: "policy-calls",
            title: "cargo check of a crate with many policies, dependencies built",
            across: "policies of about three statements",
            up: "CPU time over that of a crate without policies",
        },
        None,
    ),
];

fn main() {
    let only_draws = std::env::args().any(|argument| argument == "--draw");
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for (plot, measured) in PLOTS {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == plot.name) {
            continue;
        }
        if !only_draws {
            let curves = measured.map(|measured| measured());
            // `cargo test` runs everything once and measures nothing.
            if !measure::is_asked_for() {
                continue;
            }
            match curves {
                Some(curves) => plot.write(&curves),
                None => measure_compiling(),
            }
        }
        match plot.read() {
            Some(curves) => {
                draw::draw(&plot, &curves).expect("the drawing can be written");
                println!("{}", plot.file("svg").display());
            }
            None => println!("{}: not measured", plot.name),
        }
    }
}

/// Lets the script measure crates of policies; it writes their numbers where the others are.
fn measure_compiling() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/compile-time.sh");
    let status = Command::new(script).args(["--policies-only", "--write"]).status();
    assert!(status.expect("the script can be started").success(), "{script}");
}
