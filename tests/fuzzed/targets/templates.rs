//! Values bound to a template, a line each.

use ram_policy::template::{AccountId, Argument, Name, Path, Region, Wildcard};
use ram_policy::{Policy, PolicyTemplate, policy};

const TEMPLATE: PolicyTemplate = policy! {
    <region, account, bucket, folder: path, owner>
    allow oss::GetObject on "acs:oss:{region}:{account}:{bucket}/a/{folder}/*"
        when oss::ExistingObjectTag["owner"] == "{owner}";
};

/// Whatever is bound without saying that a pattern is meant.
const WIDEST: Policy = policy! { allow oss::GetObject on "acs:oss:*:*:*/a/*/*" when oss::ExistingObjectTag["owner"] like "*"; };

/// What is bound is written and read again, keeps its fields, and widens nothing.
pub(super) fn run(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    let mut lines = text.split('\n').chain(std::iter::repeat("x"));
    let mut next = || lines.next().unwrap_or("");
    let values = [next(), next(), next(), next(), next()];
    let plain: [Option<Argument<'_>>; 5] = [
        Region::new(values[0]).ok().map(Into::into),
        AccountId::new(values[1]).ok().map(Into::into),
        Name::new(values[2]).ok().map(Into::into),
        Path::new(values[3]).ok().map(Into::into),
        Name::new(values[4]).ok().map(Into::into),
    ];
    if let [Some(region), Some(account), Some(bucket), Some(folder), Some(owner)] = plain
        && let Some(bound) = bound([region, account, bucket, folder, owner])
    {
        let json = bound.to_json();
        assert_eq!(json.matches(['*', '?']).count(), 1, "{json}");
        let proof = bound.within(&WIDEST);
        assert!(proof.is_yes(), "{json}: {proof}");
    }
    let patterns = values.map(Wildcard::new);
    if let [Ok(region), Ok(account), Ok(bucket), Ok(folder), Ok(owner)] = patterns {
        bound([region, account, bucket, folder, owner].map(Into::into));
    }
}

fn bound(values: [Argument<'_>; 5]) -> Option<Policy> {
    let names = ["region", "account", "bucket", "folder", "owner"];
    let bound = TEMPLATE.bind(names.into_iter().zip(values)).ok()?;
    let json = bound.to_json();
    let again = Policy::from_json_lenient(&json);
    assert_eq!(again.as_ref().map(|again| &again.policy), Ok(&bound), "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let statement = &value["Statement"][0];
    let resource = statement["Resource"].as_str().unwrap();
    assert_eq!(resource.matches(':').count(), 4, "{json}");
    assert_eq!(statement.as_object().unwrap().len(), 4, "{json}");
    Some(bound)
}
