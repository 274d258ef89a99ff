//! Near names for "did you mean".

use crate::text::order;
use alloc::{format, string::String, vec::Vec};

pub(crate) use crate::text::distance::distance;

/// The nearest names, at most three, nearest first; a name may differ by a fifth of its length, by
/// one slip at least and three at most. None for a name that is one of them: whoever reports it means
/// its place, which no other name puts right.
#[must_use]
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let limit = (name.chars().count() / 5).clamp(1, 3);
    let mut found: Vec<(usize, &str)> = names
        .filter_map(|known| distance(name, known, limit).map(|distance| (distance, known)))
        .collect();
    if found.iter().any(|(_, known)| *known == name) {
        return Vec::new();
    }
    order::sort(&mut found);
    found.dedup();
    let best = found.first().map_or(0, |(distance, _)| *distance);
    found.retain(|(distance, _)| *distance <= best + 1);
    found.truncate(3);
    found.into_iter().map(|(_, known)| known).collect()
}

/// `, did you mean ...?` for these names, or nothing.
#[must_use]
pub fn did_you_mean(names: &[impl AsRef<str>]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => format!(", did you mean `{}`?", only.as_ref()),
        Some((last, others)) => {
            let others: Vec<String> =
                others.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!(", did you mean {} or `{}`?", others.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_nearest_first() {
        let names = ["RunInstances", "StopInstance", "StopInstances", "DeleteInstance"];
        assert_eq!(nearest("StopInstanc", names.into_iter()), ["StopInstance", "StopInstances"]);
        assert_eq!(nearest("Unrelated", names.into_iter()), [""; 0]);
        assert_eq!(nearest("stopinstance", names.into_iter()), ["StopInstance", "StopInstances"]);
    }

    #[test]
    fn a_name_that_is_there_has_no_nearer_one() {
        let names = ["with", "within", "StopInstance", "StopInstances"];
        for name in names {
            assert_eq!(nearest(name, names.into_iter()), [""; 0], "{name}");
        }
    }
}
