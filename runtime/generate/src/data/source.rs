//! Judges what the tags of a `source` column prove.

use crate::data::Evidence;

/// Every source tag, with what it proves about an action. `None`: it never stands in an action row.
///
/// `catalogue/SOURCES.md` says what each tag means. A tag may carry a detail after a colon, as in
/// `openapi-meta:ims`.
pub const SOURCES: [(&str, Option<Evidence>); 27] = [
    ("ram-auth-page", Some(Evidence::Documented)),
    ("ram-auth-page-zh", Some(Evidence::Documented)),
    ("metadata", Some(Evidence::Documented)),
    ("api-page", Some(Evidence::Documented)),
    ("api-page-ims", Some(Evidence::Documented)),
    ("api-page-partial", Some(Evidence::Documented)),
    ("resource-group-page", Some(Evidence::Documented)),
    ("docs-2018", Some(Evidence::Documented)),
    ("docs-2019", Some(Evidence::Documented)),
    ("docs-2020", Some(Evidence::Documented)),
    ("docs-2021", Some(Evidence::Documented)),
    ("docs-old", Some(Evidence::Documented)),
    ("help-table", Some(Evidence::Documented)),
    ("openapi-meta", Some(Evidence::Operation)),
    ("openapi-meta-deprecated", Some(Evidence::DeprecatedOperation)),
    ("pypi", Some(Evidence::Operation)),
    ("docs-2021-policy-example", Some(Evidence::Seen)),
    ("policy-page", Some(Evidence::Seen)),
    ("role-page", Some(Evidence::Seen)),
    ("system-policy", Some(Evidence::Seen)),
    ("official-policy", Some(Evidence::Seen)),
    ("help-page", None),
    ("product-name", None),
    ("provider", None),
    ("ram-services", None),
    ("seen-in", None),
    ("unconfirmed", None),
];

/// What all tags of a cell prove: the strongest of them, or none. Err: an unknown tag.
pub(crate) fn judge_source(cell: &str) -> Result<Option<Evidence>, String> {
    let mut strongest = None;
    for tag in cell.split(';') {
        let word = tag.split_once(':').map_or(tag, |(word, _)| word);
        let Some((_, proof)) = SOURCES.iter().find(|(known, _)| *known == word) else {
            return Err(format!("unknown source tag `{tag}`"));
        };
        strongest = strongest.into_iter().chain(*proof).min();
    }
    Ok(strongest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strongest_tag_wins() {
        assert_eq!(judge_source("role-page;api-page"), Ok(Some(Evidence::Documented)));
        assert_eq!(judge_source("openapi-meta:ims"), Ok(Some(Evidence::Operation)));
        assert_eq!(judge_source("seen-in:aliyun/ros-templates"), Ok(None));
    }

    #[test]
    fn unknown_tag_is_an_error() {
        assert_eq!(judge_source("hearsay"), Err("unknown source tag `hearsay`".to_owned()));
        assert_eq!(judge_source(""), Err("unknown source tag ``".to_owned()));
    }
}
