//! Fails when a generated file, a Cargo feature or the list of sources does not fit the data.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use ram_policy_generate::{About, Access, Resources};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn generated_files_are_fresh() -> Result<(), Box<dyn Error>> {
    let stale = ram_policy_generate::check(Path::new(ROOT))?;
    assert!(stale.is_empty(), "run `cargo run -p ram-policy-generate`:\n{}", stale.join("\n"));
    Ok(())
}

#[test]
fn features_fit_the_data() -> Result<(), Box<dyn Error>> {
    let catalogue = ram_policy_generate::read(Path::new(ROOT))?;
    let codes: BTreeSet<String> = catalogue
        .services
        .iter()
        .filter(|service| service.has_enum())
        .map(|service| service.code.clone())
        .collect();
    let default: BTreeSet<String> = catalogue
        .services
        .iter()
        .filter(|service| service.default)
        .map(|service| service.code.clone())
        .collect();

    let features = features(&fs::read_to_string(Path::new(ROOT).join("runtime/Cargo.toml"))?);
    let empty = BTreeSet::new();
    for code in &codes {
        assert_eq!(
            features.get(code),
            Some(&empty),
            "runtime/Cargo.toml needs the line `{code} = []`"
        );
    }
    assert_eq!(features.get("all-services"), Some(&codes));
    // Features that are no services may also be on by default.
    let found = features.get("default").unwrap_or(&empty);
    assert_eq!(found.intersection(&codes).cloned().collect::<BTreeSet<_>>(), default);
    Ok(())
}

/// The `[features]` table: each feature with the features it turns on.
fn features(manifest: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut features = BTreeMap::new();
    let mut entry = String::new();
    let table = manifest.lines().skip_while(|line| line.trim() != "[features]").skip(1);
    for line in table.take_while(|line| !line.starts_with('[')) {
        entry += line.split('#').next().unwrap_or(line).trim();
        if !entry.ends_with(']') {
            continue;
        }
        if let Some((name, list)) = entry.split_once('=') {
            let list = list.split(['[', ',', ']']).map(|item| item.trim().trim_matches('"'));
            let list = list.filter(|item| !item.is_empty()).map(str::to_owned).collect();
            features.insert(name.trim().to_owned(), list);
        }
        entry.clear();
    }
    features
}

#[test]
fn features_are_read() {
    let manifest = "[features]\n# a = [\"b\"]\ndefault = [\"ecs\"]\necs = []\nall = [\n  \"ecs\",\n  \"vpc\", # why\n]\n\n[lints]\nx = []\n";
    let found = features(manifest);
    let list =
        |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(found.get("default"), Some(&list(&["ecs"])));
    assert_eq!(found.get("ecs"), Some(&list(&[])));
    assert_eq!(found.get("all"), Some(&list(&["ecs", "vpc"])));
    assert_eq!(found.len(), 3);
}

#[test]
fn every_source_tag_is_explained() -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(Path::new(ROOT).join("runtime/generate/catalogue/SOURCES.md"))?;
    for (tag, _) in ram_policy_generate::SOURCES {
        assert!(text.contains(&format!("- `{tag}`:")), "SOURCES.md does not explain `{tag}`");
    }
    Ok(())
}

/// A copy of the data in a folder of its own, where a test may change them.
fn copy(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(target.join("runtime/src/guide"))?;
    for folder in ["", "services", "operations"] {
        let folder = Path::new("runtime/generate/catalogue").join(folder);
        fs::create_dir_all(target.join(&folder))?;
        for entry in fs::read_dir(Path::new(ROOT).join(&folder))? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), target.join(&folder).join(entry.file_name()))?;
            }
        }
    }
    for file in ["runtime/Cargo.toml", "runtime/src/guide/catalogue.md"] {
        fs::copy(Path::new(ROOT).join(file), target.join(file))?;
    }
    Ok(target)
}

fn about(code: &str, title: Option<&str>) -> About {
    About { code: code.to_owned(), title: title.map(str::to_owned), ..About::default() }
}

/// The rows of a table as they come from standard input.
fn add_table(
    root: &Path,
    about: &About,
    pasted: &str,
) -> Result<String, ram_policy_generate::Error> {
    ram_policy_generate::add_table(root, about, Path::new("standard input"), pasted)
}

/// The row of an action as text: access level, templates, keys, dependents.
fn row(root: &Path, code: &str, name: &str) -> Result<String, Box<dyn Error>> {
    let catalogue = ram_policy_generate::read(root)?;
    let service = catalogue.services.iter().find(|service| service.code == code);
    let row = service.and_then(|service| service.actions.iter().find(|row| row.name == name));
    let row = row.ok_or("no such row")?;
    let resources = match &row.resources {
        Resources::Unknown | Resources::Doubtful | Resources::Named(_) => "unknown".to_owned(),
        Resources::All => "all".to_owned(),
        Resources::Types(types) => {
            let mark = |required| if required { "*" } else { "" };
            let types = types.iter().map(|one| format!("{}{}", mark(one.required), one.name));
            types.collect::<Vec<_>>().join(" ")
        }
    };
    Ok(format!(
        "{:?} | {} | {resources} | {} | {}",
        row.evidence,
        row.access.map_or("", Access::word),
        row.keys.join(" "),
        row.dependents.join(" ")
    ))
}

#[test]
fn a_pasted_markdown_table_becomes_a_service() -> Result<(), Box<dyn Error>> {
    let root = copy("markdown")?;
    ram_policy_generate::write(&root)?;
    let given = about("brand-new", Some("Brand New"));
    let pasted = include_str!("tables/pasted.md");
    let told = add_table(&root, &given, pasted)?;
    assert_eq!(told, "brand-new: 2 rows, 1 new condition keys");
    assert_eq!(
        row(&root, "brand-new", "CreateTable")?,
        "Documented | create | *Instance Table | brand-new:TLSVersion acs:ResourceTag/ | kms:DescribeKey kms:Decrypt"
    );
    assert_eq!(row(&root, "brand-new", "ListInstance")?, "Documented | list | all |  | ");
    let changes = ram_policy_generate::write(&root)?;
    assert_eq!(changes, ["brand-new: 2 added: CreateTable, ListInstance"]);
    let manifest = fs::read_to_string(root.join("runtime/Cargo.toml"))?;
    assert!(features(&manifest).contains_key("brand-new"));
    assert_eq!(ram_policy_generate::check(&root)?, [""; 0]);
    Ok(())
}

#[test]
fn a_copied_table_changes_the_rows_it_has() -> Result<(), Box<dyn Error>> {
    let root = copy("copied")?;
    ram_policy_generate::write(&root)?;
    let given = about("ecs", None);
    add_table(&root, &given, include_str!("tables/copied.txt"))?;
    assert_eq!(
        row(&root, "ecs", "NewDisk")?,
        "Documented | create | *Disk VPC | ecs:tag/ ecs:NewKey | kms:Decrypt vpc:CreateVpc"
    );
    let changes = ram_policy_generate::write(&root)?;
    assert_eq!(changes, ["ecs: 1 added: NewDisk", "ecs: 1 changed: RunInstances"]);
    Ok(())
}

#[test]
fn a_table_of_another_service_is_refused() -> Result<(), Box<dyn Error>> {
    let root = copy("refused")?;
    let pasted = "Action\tAccess level\nvpc:CreateVpc\tcreate\n";
    for (source, expected) in [
        ("ram-auth-page", "standard input:2: `vpc:CreateVpc` belongs to `vpc`, not to `ecs`"),
        ("hearsay", "standard input: unknown source tag `hearsay`"),
    ] {
        let given = About { source: Some(source.to_owned()), ..about("ecs", None) };
        let error = add_table(&root, &given, pasted);
        assert_eq!(error.err().map(|error| error.to_string()).as_deref(), Some(expected));
    }
    Ok(())
}

#[test]
fn a_package_becomes_a_service() -> Result<(), Box<dyn Error>> {
    let root = copy("package")?;
    ram_policy_generate::write(&root)?;
    let package = root.join("alibabacloud_brandnew20200101-1.2.0");
    fs::create_dir_all(package.join("alibabacloud_brandnew20200101-1.2.0.dist-info"))?;
    fs::create_dir_all(package.join("alibabacloud_brandnew20200101"))?;
    fs::write(
        package.join("alibabacloud_brandnew20200101/client.py"),
        "params = Params(\n    action='GetThing',\n)\nparams = Params(\n    action='listThings',\n)\n",
    )?;
    let error = ram_policy_generate::import_sdk(&root, &about("brandnew", None), &package);
    assert!(error.is_err_and(|error| error.message.contains("`--title` is needed")));
    let given = about("brandnew", Some("Brand New"));
    let told = ram_policy_generate::import_sdk(&root, &given, &package)?;
    assert_eq!(told, "alibabacloud-brandnew20200101 1.2.0: 2 operations");
    assert_eq!(row(&root, "brandnew", "listThings")?, "Operation |  | unknown |  | ");
    let changes = ram_policy_generate::write(&root)?;
    assert_eq!(changes, ["brandnew: 2 added: GetThing, ListThings"]);
    // Once more: nothing is added twice.
    ram_policy_generate::import_sdk(&root, &given, &package)?;
    assert_eq!(ram_policy_generate::write(&root)?, [""; 0]);
    Ok(())
}

#[test]
fn every_package_is_named_with_its_version() -> Result<(), Box<dyn Error>> {
    let catalogue = ram_policy_generate::read(Path::new(ROOT))?;
    let sources = catalogue.products.iter().flat_map(|product| &product.sources);
    let packages: Vec<&String> = sources.filter(|source| source.starts_with("pypi ")).collect();
    assert!(packages.len() > 36, "only {} packages", packages.len());
    let is_pinned = |source: &&&String| {
        let version = source.rsplit(' ').next().unwrap_or("");
        source.split(' ').count() == 3 && version.split('.').all(|part| part.parse::<u32>().is_ok())
    };
    assert_eq!(packages.iter().filter(is_pinned).count(), packages.len());
    Ok(())
}

/// A folder of descriptions: product, version and text of each.
fn descriptions(root: &Path, files: &[(&str, &str, &str)]) -> Result<PathBuf, Box<dyn Error>> {
    let folder = root.join("descriptions");
    for (product, version, text) in files {
        let place = folder.join(product).join(version);
        fs::create_dir_all(&place)?;
        fs::write(place.join("api-docs.json"), text)?;
    }
    fs::write(folder.join("products.json"), "[]")?;
    Ok(folder)
}

#[test]
fn descriptions_replace_what_they_speak_of() -> Result<(), Box<dyn Error>> {
    let root = copy("metadata")?;
    ram_policy_generate::write(&root)?;
    let before = row(&root, "ecs", "RunInstances")?;
    let folder = descriptions(
        &root,
        &[
            ("Ecs", "2014-05-26", include_str!("metadata/ecs.json")),
            ("alikafka", "2019-09-16", include_str!("metadata/alikafka.json")),
            ("BrandNew", "2026-01-01", include_str!("metadata/brand-new.json")),
        ],
    )?;
    let lines = ram_policy_generate::import_metadata(&root, &folder, false)?;
    assert_eq!(
        lines,
        ["3 files: 4 actions of 3 services, 1 operations with an action of another name, \
          1 new condition keys"]
    );
    // An assumption becomes a fact, and a row no file speaks of stays.
    assert_eq!(
        row(&root, "ecs", "CreateNetworkInterfacePermission")?,
        "Documented | create | *NetworkInterface | ecs:tag/ | "
    );
    assert_eq!(row(&root, "ecs", "RunInstances")?, before);
    // A file that is silent on the access level leaves it.
    assert_eq!(row(&root, "ecs", "StopInstance")?, "Documented | update | all |  | ");
    // The operation needs an action of another name, so none has its own.
    assert_eq!(row(&root, "alikafka", "ListInstance")?, "Documented | list | all |  | ");
    assert!(row(&root, "alikafka", "GetInstanceList").is_err());
    assert_eq!(
        row(&root, "brandnew", "GetThing")?,
        "Documented | get | Thing | brandnew:Size acs:ResourceTag/ | "
    );
    let changes = ram_policy_generate::write(&root)?;
    assert_eq!(
        changes,
        [
            "alikafka: 1 removed: GetInstanceList",
            "alikafka: 1 changed: ListInstance",
            "brandnew: 1 added: GetThing",
            "ecs: 2 changed: CreateNetworkInterfacePermission, StopInstance",
        ]
    );
    // Once more: nothing changes.
    ram_policy_generate::import_metadata(&root, &folder, false)?;
    assert_eq!(ram_policy_generate::write(&root)?, [""; 0]);
    Ok(())
}

#[test]
fn a_description_that_is_not_understood_changes_nothing() -> Result<(), Box<dyn Error>> {
    let root = copy("metadata-refused")?;
    ram_policy_generate::write(&root)?;
    let text = r#"{"apis":{"GetA":{"ramActions":[{"action":"ecs:RunInstances","mood":"good"}]},
        "GetB":{"ramActions":[{"action":"ecs:StopInstance","operationType":"write"}]}}}"#;
    let folder = descriptions(&root, &[("Ecs", "2014-05-26", text)])?;
    let place = "Ecs/2014-05-26/api-docs.json: apis.GetA.ramActions[0].mood: is no field that is understood";
    let error = ram_policy_generate::import_metadata(&root, &folder, false);
    let error = error.err().map_or(String::new(), |error| error.to_string());
    assert!(error.contains("1 places are not understood") && error.ends_with(place), "{error}");
    assert_eq!(ram_policy_generate::check(&root)?, [""; 0]);

    let lines = ram_policy_generate::import_metadata(&root, &folder, true)?;
    assert!(
        lines.first().is_some_and(|line| line.starts_with("left out: ") && line.ends_with(place))
    );
    assert_eq!(ram_policy_generate::write(&root)?, ["ecs: 1 changed: StopInstance"]);
    let empty = ram_policy_generate::import_metadata(&root, &root.join("runtime"), false);
    assert!(empty.is_err_and(|error| error.message == "no `<product>/<version>/api-docs.json`"));
    Ok(())
}
