//! Makes a case that fails smaller, so that what fails can be seen.

use serde_json::Value;

use crate::reference::Asked;

/// A policy and a request, as small as they can be made while they still fail.
///
/// Takes out one item of a list, one member of a condition, one value of the request, or writes a list
/// of one as that one, for as long as `fails` says so.
pub fn smallest(
    mut document: Value,
    mut asked: Asked,
    fails: impl Fn(&Value, &Asked) -> bool,
) -> (Value, Asked) {
    loop {
        let smaller = without_one(&document).into_iter().find(|smaller| fails(smaller, &asked));
        if let Some(smaller) = smaller {
            document = smaller;
            continue;
        }
        let fewer = (0..asked.context.len()).find_map(|index| {
            let mut fewer = asked.clone();
            fewer.context.remove(index);
            fails(&document, &fewer).then_some(fewer)
        });
        match fewer {
            Some(fewer) => asked = fewer,
            None => return (document, asked),
        }
    }
}

/// Every value that has one part less.
fn without_one(value: &Value) -> Vec<Value> {
    let mut smaller = Vec::new();
    match value {
        Value::Array(items) => {
            if let [one] = items.as_slice()
                && one.is_string()
            {
                smaller.push(one.clone());
            }
            for index in 0..items.len() {
                if items.len() > 1 {
                    let mut fewer = items.clone();
                    fewer.remove(index);
                    smaller.push(fewer.into());
                }
                for item in without_one(&items[index]) {
                    let mut changed = items.clone();
                    changed[index] = item;
                    smaller.push(changed.into());
                }
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let needed = ["Version", "Statement", "Effect", "Action", "NotAction", "Resource"];
                if !needed.contains(&name.as_str()) {
                    let mut fewer = members.clone();
                    fewer.shift_remove(name);
                    // An operator without keys is no condition.
                    if !fewer.is_empty() {
                        smaller.push(fewer.into());
                    }
                }
                for inside in without_one(member) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), inside);
                    smaller.push(changed.into());
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    smaller
}
