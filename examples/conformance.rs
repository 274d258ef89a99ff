//! Runs an engine on the conformance data: this library's, or yours in the place of [`decide`].

#![allow(clippy::indexing_slicing, reason = "what JSON does not have is null")]

use std::error::Error;

use ram_policy::{Caller, OwnedRequest, Policy, TrustPolicy};
use serde_json::Value;

/// The decision of the engine, as one of RAM's three words.
fn decide(
    policy: &str,
    request: &str,
    caller: Option<Caller<'_>>,
) -> Result<String, Box<dyn Error>> {
    let request = OwnedRequest::from_json(request)?;
    let request = request.request_unlisted()?;
    Ok(match caller {
        None => Policy::from_json_lenient(policy)?.policy.evaluate(&request).to_string(),
        Some(caller) => {
            TrustPolicy::from_json_lenient(policy)?.policy.evaluate(caller, &request).to_string()
        }
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let data: Value = serde_json::from_str(include_str!("../tests/conformance/decisions.json"))?;
    let vectors = data["vectors"].as_array().ok_or("no vectors")?;
    let mut differ = 0;
    for vector in vectors {
        let name = vector["policy"].as_str().ok_or("no policy")?;
        let caller = match &vector["caller"] {
            caller if caller["arn"].is_string() => {
                Caller::from_arn(caller["arn"].as_str().unwrap_or("")).ok()
            }
            caller if caller["service"].is_string() => {
                caller["service"].as_str().map(|principal| Caller::Service { principal })
            }
            caller => caller["federated"].as_str().map(|provider| Caller::Federated { provider }),
        };
        let answer = decide(
            &data["policies"][name]["document"].to_string(),
            &vector["request"].to_string(),
            caller,
        );
        let is_right = answer
            .as_ref()
            .map_or(vector["malformed"] == true, |answer| vector["decision"] == **answer);
        if !is_right {
            differ += 1;
            println!("{name} {vector} answer: {answer:?}");
        }
    }
    println!("{} of {} answers are the same", vectors.len() - differ, vectors.len());
    if differ == 0 { Ok(()) } else { Err("answers differ".into()) }
}

#[test]
fn every_answer_is_the_same() -> Result<(), Box<dyn Error>> {
    main()
}
