//! Says in words which documents a `source` cell names, for the documentation of the enums.

/// The documents of the tags, in the order of the cell.
pub(crate) fn describe_source(cell: &str) -> String {
    cell.split(';').map(document).collect::<Vec<_>>().join("; ")
}

/// One tag in words; one without words of its own stands as it is, and `catalogue/SOURCES.md`
/// explains it.
fn document(tag: &str) -> String {
    let (word, detail) = tag.split_once(':').unwrap_or((tag, ""));
    let words = match word {
        "ram-auth-page" => "page \"RAM authorization\" of its API",
        "ram-auth-page-zh" => "page \"RAM authorization\" of its API, in Chinese",
        "metadata" => "description of its API",
        "api-page" => "help page of its API operation",
        "api-page-ims" => "help page of its IMS API operation",
        "api-page-partial" => "help page of its API operation, readable in part",
        "resource-group-page" => "VPC page on access control by resource group",
        "docs-2018" => "documents published until 2018",
        "docs-2019" => "documents published until 2019",
        "docs-2020" => "documents published until 2020",
        "docs-2021" => "documents published until 2021",
        "docs-old" => "older document without a date",
        "openapi-meta" | "openapi-meta-deprecated" => "API descriptions of April 2026",
        "pypi" => "vendor's Python SDK",
        "docs-2021-policy-example" => "example policy in documents of 2021",
        "policy-page" => "page that prints a whole policy",
        "role-page" => "page of a service-linked role",
        "help-table" => "table on a page of the help centre",
        "system-policy" => "system policy",
        "official-policy" => "policy in the vendor's documents or code",
        _ => return format!("`{tag}`"),
    };
    // Which page it was is in the data; here each letter costs every build of the enum.
    let is_shown = matches!(word, "openapi-meta" | "openapi-meta-deprecated" | "pypi");
    if is_shown && !detail.is_empty() { format!("{words} ({detail})") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::describe_source;

    #[test]
    fn documents_in_words() {
        for (cell, expected) in [
            ("ram-auth-page", "page \"RAM authorization\" of its API"),
            ("openapi-meta:ims", "API descriptions of April 2026 (ims)"),
            ("pypi:alibabacloud-x 1.0", "vendor's Python SDK (alibabacloud-x 1.0)"),
            ("role-page;api-page", "page of a service-linked role; help page of its API operation"),
            ("api-page:mirror 5", "help page of its API operation"),
            ("brand-new:x", "`brand-new:x`"),
        ] {
            assert_eq!(describe_source(cell), expected, "{cell}");
        }
    }
}
