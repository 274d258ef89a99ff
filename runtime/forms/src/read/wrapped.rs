//! Terraform inside other files: templates of ROS that are Terraform, objects of KubeVela; and objects of
//! Crossplane, whose properties are those of the provider.

use ram_policy_model::text::json::{self, TextRange, Value};

use super::inner::{self, member, members, text};
use super::{pulumi, terraform};
use crate::embedded::Contents;

type Node = Value<TextRange>;

/// The policies of such a file; `None` where it is none.
pub(super) fn of_value(source: &str, value: &Node) -> Option<Contents> {
    let at = |path: &[&str]| path.iter().try_fold(value, |value, name| member(value, name));
    let is_terraform = at(&["Transform"])
        .and_then(text)
        .is_some_and(|transform| transform.starts_with("Aliyun::Terraform"));
    if let Some(files) = at(&["Workspace"]).filter(|_| is_terraform) {
        return Some(of_workspace(source, files));
    }
    let kind = at(&["kind"]).and_then(text)?;
    let inside = match kind {
        "Configuration" => at(&["spec", "hcl"]).or_else(|| at(&["spec", "JSON"])),
        "ComponentDefinition" => at(&["spec", "schematic", "terraform", "configuration"]),
        _ => None,
    };
    if let Some(inside) = inside {
        return text(inside).map(|written| of_text(source, inside.at, written, None));
    }
    let properties = at(&["spec", "forProvider"])?;
    let group = at(&["apiVersion"]).and_then(text)?.split('/').next()?;
    let module = group.split('.').next().filter(|_| group.contains("alicloud"))?;
    let name = at(&["metadata", "name"]).and_then(text).unwrap_or("");
    let resource = pulumi::terraform_type(module, kind);
    let mut contents = Contents::default();
    pulumi::of_properties(source, name, &resource, properties, "Crossplane", &mut contents);
    Some(contents)
}

/// The files of a template of ROS.
fn of_workspace(source: &str, files: &Node) -> Contents {
    let is_source = |name: &str| name.ends_with(".tf");
    let texts = members(files).iter().filter(|file| is_source(&file.name.value));
    let module = terraform::Module::new(texts.filter_map(|file| text(&file.value)));
    let mut contents = Contents::default();
    for file in members(files).iter().filter(|file| is_source(&file.name.value)) {
        let Some(written) = text(&file.value) else { continue };
        let inside = of_text(source, file.value.at, written, Some(&module));
        contents.policies.extend(inside.policies);
        contents.skipped.extend(inside.skipped);
    }
    contents
}

/// Terraform that stands as a text.
fn of_text(
    source: &str,
    at: TextRange,
    written: &str,
    module: Option<&terraform::Module>,
) -> Contents {
    let places = inner::places(source, at, written);
    let contents = match json::read(written) {
        Ok(value) => {
            let hcl = terraform::json::as_hcl(written, &value);
            terraform::read(&hcl.text, module).within(&hcl.places)
        }
        Err(_) => terraform::read(written, module),
    };
    contents.within(&places)
}
